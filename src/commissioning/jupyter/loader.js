// @ts-check
/* What each exercise in a notebook carries of its own: which texts it is made of. The script, its styles and its words
   are sent once, and saved once, however many exercises there are. */

/** A text that exercises share. @param {any} model @param {string} name @returns {Promise<string>} */
const shared = async (model, name) => (await model.widget_manager.get_model(model.get(name).replace("IPY_MODEL_", ""))).get("text");
/** @type {Map<string, Promise<any>>} */
const scripts = (/** @type {any} */ (globalThis).commissioningScripts ??= new Map());

/** @param {string} css */
function dress(css) {
  const sheets = [...document.querySelectorAll("style[data-commissioning]")];
  if (sheets.some((sheet) => sheet.textContent === css)) return;
  const sheet = document.createElement("style");
  sheet.dataset.commissioning = "";
  sheet.textContent = css;
  document.head.append(sheet);
}

/** @param {{model: any, el: HTMLElement}} given */
async function render({ model, el }) {
  const { script, style, words } = JSON.parse(await shared(model, "common"));
  const html = await shared(model, "sheet");
  if (!scripts.has(script)) scripts.set(script, import(URL.createObjectURL(new Blob([script], { type: "text/javascript" }))));
  dress(style);
  const { default: casebook } = await scripts.get(script);
  return casebook.render({ model, el, html, words });
}

export default { render };

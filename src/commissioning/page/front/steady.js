// ---- steady: no accident changes an answer; what was typed is printed whole; a file that does not come is told --------

/** Starts one part of a page by itself: what is wrong in it, or in what it reads, stops no neighbour. @template T @param {string} what @param {() => T} part @returns {T | undefined} */
function guarded(what, part) {
  try { return part(); } catch (error) { console.warn(`${what} could not be started:`, error); return undefined; }
}
/** The wheel over a number, a held key and the second press of a double one do nothing. @param {HTMLElement} root */
function steady(root) {
  const at = (/** @type {Event} */ event) => /** @type {HTMLElement} */ (event.target);
  root.addEventListener("wheel", (event) => {
    if (at(event) === document.activeElement && at(event).matches("input[type=number]")) at(event).blur(); // the page scrolls instead
  }, { passive: true });
  root.addEventListener("keydown", (event) => {
    if (event.repeat && event.key === "Enter" && at(event).matches("button, input, select, summary, [role=button]")) event.preventDefault();
  });
  root.addEventListener("click", (event) => {
    if (event.detail < 2 || !at(event).closest(".act button, .does button, button[data-forget]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
}

/** Paper shows only as much of a text box as its height does: beside each that holds words, all of them. @param {ParentNode} root */
function printWhole(root) {
  /** @type {(() => void)[]} */ let undo = [];
  addEventListener("beforeprint", () => {
    [...root.querySelectorAll("textarea")].filter((box) => box.value.trim() && !box.hasAttribute("data-written")).forEach((box) => {
      const sheet = document.createElement("div");
      sheet.className = "as-written";
      sheet.textContent = box.value;
      box.setAttribute("data-written", "");
      box.after(sheet);
      undo.push(() => { sheet.remove(); box.removeAttribute("data-written"); });
    });
  });
  addEventListener("afterprint", () => { undo.forEach((step) => step()); undo = []; });
}

/** Asks the browser to save a text as a file, and lays the text beside it: a framed page may save nothing and not say so.
 *  @param {HTMLElement} place  What it stands behind. @param {{name: string, text: string, type: string, label: string, copy: string, copied: string}} file */
function giveFile(place, { name, text, type, label, copy, copied }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  const [more, head, box, press] = [document.createElement("details"), document.createElement("summary"), document.createElement("textarea"), document.createElement("button")];
  Object.assign(box, { readOnly: true, rows: 6, value: text, autocomplete: "off" });
  box.setAttribute("aria-label", name);
  Object.assign(press, { type: "button", className: "quiet", textContent: copy });
  press.addEventListener("click", async () => {
    try { await navigator.clipboard.writeText(text); press.textContent = copied; } catch { box.focus(); box.select(); }
  });
  head.textContent = label;
  more.className = "more no-file";
  more.open = window.top !== window.self;
  more.append(head, box, press);
  const before = place.nextElementSibling;
  if (before?.matches(".no-file")) before.replaceWith(more); else place.after(more);
}

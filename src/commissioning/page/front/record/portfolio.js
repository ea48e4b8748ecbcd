// ---- set out for a portfolio: the questions, and the learner's own words --------------------------------------------

/** @type {Record<string, string[]>} */
const FORMS = { registrar: ["happened", "", "learned", "next", "capability"], foundation: ["happened", "", "learned", "next", "outcome"], student: [""] };
let warned = "";
/** @type {(() => void)[]} */ let looks = []; // what each box on the page does when another tab may have written

const form = () => all("[name=form]").find((f) => f.checked)?.value ?? "registrar";
/** @param {string} slug @param {string} prompt */
const noteName = (slug, prompt) => (prompt ? `${slug}.${prompt}` : slug);
/** @param {Chapter} chapter @param {string} prompt */
const asked = (chapter, prompt) => (prompt ? w.prompts[prompt] : chapter.prompt);

function showSetOut() {
  const chapter = chapters.find((c) => c.slug === one("#set-out-chapter").value);
  all("[data-form-note]").forEach((note) => { note.hidden = note.dataset.formNote !== form(); });
  if (!chapter) return;
  const maps = one("[data-maps]");
  maps.dataset.words ??= maps.textContent;
  maps.textContent = fill(maps.dataset.words, { x: chapter.maps.join("; ") });
  maps.hidden = form() === "student" || !chapter.maps.length;
  looks = [];
  one("[data-boxes]").replaceChildren(...FORMS[form()].map((prompt) => box(chapter, prompt)));
  showText();
}
/** @param {Chapter} chapter @param {string} prompt */
function box(chapter, prompt) {
  const name = noteName(chapter.slug, prompt);
  const id = `set-out-${prompt || "own"}`;
  const area = /** @type {HTMLTextAreaElement} */ (el("textarea", { id, placeholder: " ", "data-name": name, rows: prompt ? 3 : 6 }));
  const need = one("[data-box-need]");
  const look = keepWords(shelf, PARTS.reflection + name, area, {
    said: (kept) => { need.textContent = kept ? "" : w.not_saved; showText(); },
    lost: (_, back) => { need.textContent = ""; offer(need, w.forgotten_elsewhere, w.put_back, back); showText(); },
  });
  looks.push(look);
  return el("div", { class: "prompt" }, el("label", { for: id }, asked(chapter, prompt)), area);
}

/** The questions that have answers, with the answers. @returns {[string, string][]} */
const setOut = () => all("[data-boxes] textarea").filter((a) => a.value.trim()).map((a) => [a.closest(".prompt").querySelector("label").textContent, a.value.trim()]);
const headline = () => { const c = chapters.find((x) => x.slug === one("#set-out-chapter").value); return c ? `${data.book.title}. ${fill(w.chapter, { n: c.number })}, ${c.title}` : ""; };
const portfolioText = () => [headline(), ...setOut().flat()].join("\n\n");
const portfolioMd = () => [`## ${plainMd(headline())}`, ...setOut().flatMap(([q, a]) => [`### ${plainMd(q)}`, quotedMd(a)])].join("\n\n") + "\n";
const portfolioHtml = () => { const made = el("div", null, el("h2", null, headline()), ...setOut().flatMap(([q, a]) => [el("h3", null, q), ...a.split("\n").map((line) => el("p", null, line))])); return made.innerHTML; };

function showText() {
  const found = setOut();
  one("[data-text]").textContent = found.length ? portfolioText() : w.empty_text;
  const count = found.map(([, a]) => a.split(/\s+/).length).reduce((a, b) => a + b, 0);
  one("[data-word-count]").textContent = plural(w.words_count, count, { n: count.toLocaleString("en-GB") });
  if (warned !== portfolioText()) one("[data-warn]").textContent = "";
}
/** Whether the text may leave the screen: what looks like a person is named once, and then it is for the learner to say. */
function mayLeave() {
  const text = portfolioText();
  const found = identifying(setOut().map(([, a]) => a).join("\n"));
  if (!found.length || warned === text) { one("[data-warn]").textContent = ""; return true; }
  warned = text;
  one("[data-warn]").textContent = fill(w.warn, { x: found.slice(0, 4).map(([what, x]) => fill(w.looks_like[what], { x })).join("; ") });
  return false;
}
async function copy() {
  if (!setOut().length || !mayLeave()) return;
  try {
    const flavours = { "text/plain": portfolioText(), "text/html": portfolioHtml() };
    if ("ClipboardItem" in window) await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(Object.entries(flavours).map(([type, text]) => [type, new Blob([text], { type })])))]);
    else await navigator.clipboard.writeText(portfolioText());
    say(w.copied);
  } catch {
    getSelection()?.selectAllChildren(one("[data-text]"));
    say(w.not_copied);
  }
}

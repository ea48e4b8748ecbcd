// ---- set out for a portfolio: the questions, and the learner's own words --------------------------------------------

/** @type {Record<string, string[]>} */
const FORMS = { registrar: ["happened", "", "learned", "next", "capability"], foundation: ["happened", "", "learned", "next", "outcome"], student: [""] };
let warned = "";

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
  one("[data-boxes]").replaceChildren(...FORMS[form()].map((prompt) => box(chapter, prompt)));
  showText();
}
/** @param {Chapter} chapter @param {string} prompt */
function box(chapter, prompt) {
  const name = noteName(chapter.slug, prompt);
  const id = `set-out-${prompt || "own"}`;
  const area = /** @type {HTMLTextAreaElement} */ (el("textarea", { id, placeholder: " ", "data-name": name, rows: prompt ? 3 : 6 }));
  area.value = readWords(store.read(PARTS.reflection + name) ?? "").text;
  area.dataset.known = area.value;
  area.addEventListener("input", () => keepWords(area));
  return el("div", { class: "prompt" }, el("label", { for: id }, asked(chapter, prompt)), area);
}
/** Keeps what is typed; where another tab has written since, both are kept. @param {HTMLTextAreaElement} area */
function keepWords(area) {
  const name = area.dataset.name ?? "";
  try {
    const there = readWords(store.read(PARTS.reflection + name) ?? "").text;
    if (there !== area.dataset.known && !area.value.includes(there.trim())) area.value += BETWEEN + there;
    store.write(PARTS.reflection + name, writtenWords({ text: area.value, at: new Date().toISOString() }));
    area.dataset.known = area.value;
    one("[data-box-need]").textContent = memory ? w.not_saved : "";
  } catch { one("[data-box-need]").textContent = w.not_saved; }
  showText();
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

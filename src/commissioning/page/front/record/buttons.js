// ---- keep, move, forget ---------------------------------------------------------------------------------------------------

/** @param {string} words @param {boolean} [canUndo] */
function say(words, canUndo = undone.length > 0) {
  one("[data-said]").hidden = false;
  one("[data-status]").textContent = words;
  one("[data-undo]").hidden = !canUndo;
}
/** @param {string} name @param {string} text @param {string} type */
function save(name, text, type) {
  giveFile(one("[data-said]"), { name, text, type, label: w.no_file, copy: w.copy, copied: w.copied });
  say(fill(w.saved, { x: name }));
}
/** @param {string} type */
function download(type) {
  const mine = keptHere(Date.now());
  const named = `commissioning-record-${mine.made_at.slice(0, 10)}.${type}`;
  if (type === "json") return save(named, asJson(mine), "application/json");
  return type === "md" ? save(named, asMarkdown(mine), "text/markdown") : save(named, asCsv(mine), "text/csv");
}
/** @param {File} file */
async function add(file) {
  try {
    if (file.size > 4 * LARGEST) throw new Refusal(w.refusals.large);
    const { plan, count } = planFor(readRecord(await file.text()), Date.now());
    if (!plan.size) return say(fill(w.added_nothing, { x: file.name }));
    apply(plan, fill(w.added, { x: file.name, ...count }));
  } catch (error) {
    say(fill(w.refused, { x: file.name, why: error instanceof Refusal ? error.message : w.refusals.json }));
  }
  return undefined;
}
/** @param {Map<string, string | null>} plan @param {string} words */
function apply(plan, words) {
  const done = change(plan);
  if (!done) return say(w.no_room);
  undone.push({ change: done, said: words });
  show();
  say(words);
  return one("[data-undo]").focus();
}
/** The chapter that the game belongs to. */
const GAME = "your-first-hundred-days";
/** @param {string | null} slug  One chapter, or everything. */
function forget(slug) {
  const chapter = chapters.findIndex((c) => c.slug === slug);
  /** @param {string} name */
  const goes = (name) => {
    const [part, id] = name.split(/:(.*)/s);
    return slug === null || (part === "game" ? slug === GAME : id.split(/[.:]/)[0] === slug || exercises.get(id.split(":")[0])?.c === chapter || (slug === GAME && name.startsWith("aside:game-")));
  };
  const names = shelf.names().filter(goes);
  if (!names.length) return say(w.nothing_to_forget);
  const what = slug === null ? w.forgotten_all : chapters[chapter].name;
  return apply(new Map(names.map((name) => [name, null])), fill(w.forgotten, { x: what }));
}
function undo() {
  const last = undone.pop();
  if (!last) return;
  if (!takeBack(last.change)) { undone.push(last); say(w.no_room); return; }
  show();
  say(w.undone);
  (undone.length ? one("[data-undo]") : one("[data-status]")).focus();
}

function showAside() {
  const unread = [...kept.aside];
  const items = unread.map(([name, raw]) => {
    const id = name.split(":")[0];
    const state = readState(raw, id);
    const whole = state && !kept.decisions.has(id) && exercises.get(id)?.k === state.kind && score(exercises.get(id), state.last) !== null;
    const back = whole ? el("button", { class: "quiet", type: "button", "data-back": id }, w.aside_back) : null;
    back?.addEventListener("click", () => putBack(name, raw, id));
    return el("li", null, el("details", { class: "more" }, el("summary", null, exercises.get(id)?.t ?? id), el("pre", { tabindex: 0 }, raw.slice(0, 2000))), back);
  });
  one("[data-aside]").replaceChildren(...(items.length ? [el("h3", null, w.aside), p(plural(w.aside_note, items.length).replace(/^./, (m) => m.toUpperCase())), el("ul", { class: "entries" }, ...items)] : []));
}
/** What was put aside and can be read now goes back. @param {string} name @param {string} raw @param {string} id */
function putBack(name, raw, id) {
  const from = [PARTS.aside + name, ...everything().keys()].find((key) => shelf.read(key) === raw && key !== PARTS.decision + id);
  apply(new Map([[PARTS.decision + id, raw], ...(from ? [/** @type {[string, null]} */ ([from, null])] : [])]), w.aside_put_back);
}

// ---- start ------------------------------------------------------------------------------------------------------------------

function start() {
  all("[data-would]").forEach((part) => { part.hidden = true; });
  one("[data-keep]").hidden = false;
  one("[data-status]").tabIndex = -1;
  one("#record-chapter").addEventListener("change", (/** @type {any} */ event) => { chosen = event.target.value; show(); });
  one("[data-set-out]").addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
  one("#set-out-chapter").addEventListener("change", showSetOut);
  all("[name=form]").forEach((f) => f.addEventListener("change", showSetOut));
  one("[data-copy]").addEventListener("click", copy);
  all("[data-save]").forEach((b) => b.addEventListener("click", () => {
    if (!setOut().length || !mayLeave()) return;
    save(`${one("#set-out-chapter").value}-${form()}.${b.dataset.save}`, b.dataset.save === "md" ? portfolioMd() : `${portfolioText()}\n`, b.dataset.save === "md" ? "text/markdown" : "text/plain");
  }));
  all("[data-download]").forEach((b) => b.addEventListener("click", () => download(b.dataset.download)));
  one("[data-print]").addEventListener("click", () => print());
  one("[data-add]").addEventListener("change", (/** @type {any} */ event) => { const [file] = event.target.files; if (file) add(file).then(() => { event.target.value = ""; }); });
  all("[data-forget]").forEach((b) => b.addEventListener("click", () => forget(b.dataset.forget === "all" ? null : one("#record-forget").value)));
  one("[data-undo]").addEventListener("click", undo);
  root?.addEventListener("click", (event) => {
    const slug = /** @type {HTMLElement} */ (event.target).closest("[data-start]")?.getAttribute("data-start");
    if (!slug) return;
    one("#set-out-chapter").value = slug;
    one("[data-fold]").open = true;
    showSetOut();
    one("#set-out").focus();
  });
  shelf.watch(() => { if (asItStands() !== shown) show(); });
  show();
}

if (casebook) casebook.record = { readRecord, merge, asJson, canonical, begun, asCsv, asMarkdown, tell, met, score, due, calibration, outcomes, identifying, keptHere, show };
if (root && data && casebook) start();

// ---- any kind ---------------------------------------------------------------------------------------------------

/** Where each exercise's line of what is missing stands when nothing is refused elsewhere. @type {WeakMap<Live, Comment>} */
const homes = new WeakMap();
/** Says what is missing, in words, and goes there; a refusal stands right after what was pressed. @param {Live} x @param {string} text @param {HTMLElement | null} [focus] @param {HTMLElement | null} [near] */
function need(x, text, focus, near) {
  const line = one(".need", x.form);
  if (!homes.has(x)) { homes.set(x, document.createComment("")); line.before(/** @type {Comment} */ (homes.get(x))); }
  if (text || !near) (near ?? /** @type {Comment} */ (homes.get(x))).after(line);
  line.textContent = text;
  if (focus) focus.focus();
}
/** @param {Live} x @param {string} text @param {boolean} [mine] */
function setState(x, text, mine) {
  const state = one(".state", x.root);
  const span = document.createElement("span");
  if (mine) span.className = "yours";
  span.textContent = text;
  state.replaceChildren(span);
}
/** @param {Live} x */
function deciding(x) {
  need(x, "");
  if (x.root.dataset.state !== "decided") setState(x, x.words.deciding);
}
/** Tells the reader something that lasts: an update, a damage, a browser that keeps nothing. @param {Live} x @param {string} text */
function notice(x, text) {
  const box = one(".since", x.root);
  const p = document.createElement("p");
  p.textContent = text;
  box.replaceChildren(p);
  box.hidden = false;
}
/** Keeps the state; says so if the browser will not. @param {Live} x */
function keep(x) {
  if (x.state && !x.store.save(x.state)) notice(x, x.words.not_stored);
}

/** Whether a kept answer to this edition can be shown again, and the first one named beside it. @param {Live} x */
const isWhole = (x) => (/** @type {State} */ state) => [state.first, state.last].every((taken) => taken.edition !== x.root.dataset.edition || isComplete(x, taken.response));
/** Whether a response can be scored and lacks nothing: a ranking without a blank, three choices of three. @param {Live} x @param {any} response */
function isComplete(x, response) {
  const report = x.kind.score(x.marking, response);
  return report !== null && report.better_than_chance !== null && (!response.choices || response.choices.length === 3);
}

/** Shows what a response leads to. @param {Live} x @param {any} response @param {boolean} focus */
function reveal(x, response, focus) {
  closeBranches(x);
  x.after.hidden = false;
  const { title, score } = x.kind.show(x, response);
  const heading = one(".after-title", x.after);
  heading.textContent = title;
  const line = one(".score", x.after);
  line.textContent = score || "";
  const first = x.state && x.state.attempts > 1 && x.state.first.edition === x.root.dataset.edition ? fill(x.words.first_was, { x: x.kind.tell(x, x.state.first.response) }) : "";
  if (first) line.textContent = `${line.textContent} ${first}`.trim();
  x.root.dataset.state = "decided";
  setState(x, x.root.dataset.kind === "explorer" ? fill(x.words.predicted, { x: x.kind.tell(x, response) }) : x.words.decided, true);
  one(".go", x.form).closest(".act").hidden = true;
  const differ = one(".differ", x.after);
  if (differ) differ.open = true;
  one("[data-let-be]", x.form)?.remove();
  if (focus) {
    one("p[role=status]", x.root).textContent = line.textContent; // the heading says itself as it is focused
    heading.focus({ preventScroll: true });
    const { top } = heading.getBoundingClientRect();
    if (top < 72 || top > innerHeight / 3) heading.scrollIntoView();
  }
}

/** Back to an open question; the answers stay kept. @param {Live} x */
function reopen(x) {
  unfold(x);
  x.form.reset();
  all(".points input", x.after).forEach((b) => { /** @type {any} */ (b).checked = false; });
  x.after.hidden = true;
  x.root.dataset.state = "untouched";
  all(".taken", x.root).forEach((part) => part.classList.remove("taken"));
  one(".go", x.form).closest(".act").hidden = false;
  setState(x, x.root.dataset.untouched || "");
  offerBack(x);
  one("p[role=status]", x.root).textContent = "";
  need(x, "");
}

/** @param {Live} x */
function decide(x) {
  const response = x.kind.read(x);
  if ("need" in response) { keepDraft(x); return need(x, response.need, response.focus); }
  need(x, "");
  const before = x.store.load(isWhole(x)).state; // as it stands now: another tab may have decided, or forgotten
  const taken = { response, at: new Date().toISOString(), edition: x.root.dataset.edition || "" };
  x.state = { ...before, format: "commissioning-decision/1", id: x.id, kind: x.root.dataset.kind || "", first: before ? before.first : taken, last: taken, attempts: (before ? before.attempts : 0) + 1 };
  one(".since", x.root).hidden = true;
  dropDraft(x);
  keep(x);
  reveal(x, response, true);
  x.root.dispatchEvent(new Event("decided"));
}

/** Forgets at once; until the page is left, what was forgotten can be put back. @param {Live} x */
function forget(x) {
  const had = x.state;
  x.store.forget();
  dropDraft(x);
  x.state = null;
  reopen(x);
  one(".since", x.root).replaceChildren();
  offer(one(".since", x.root), x.words.forgotten, x.words.put_back, () => {
    if (x.store.load(isWhole(x)).state) return refresh(x); // decided again since, here or in another tab
    x.state = had;
    keep(x);
    one(".since", x.root).hidden = true;
    if (!had || had.last.edition !== x.root.dataset.edition) return resume(x);
    x.kind.write(x, had.last.response);
    return reveal(x, had.last.response, true);
  });
  one(".since", x.root).scrollIntoView({ block: "nearest" });
  one(".since button", x.root).focus();
}

/** Makes one <decision-exercise> live. @param {HTMLElement} root @param {{id?: string, words?: any, store?: Store}} [given] @returns {Live | null} */
function mount(root, given = {}) {
  if (root.dataset.after) { later(/** @type {HTMLDetailsElement} */ (root)); return null; }
  if (root.dataset.state) return null;
  let words = given.words;
  try {
    words ||= JSON.parse(one("script[data-commissioning-words]", document).textContent);
    const id = given.id || root.id; const name = root.dataset.kind || "";
    const x = /** @type {Live} */ ({ id, root, words, form: one("form", root), after: one(".after", root), marking: JSON.parse(one("script[data-marking]", root).textContent), kind: kinds[name], store: given.store || browserStore(id, name, root.hasAttribute("data-asked-again")), state: null, branches: all(".after > .branch", root) });
    root.dataset.untouched = one(".state", root).textContent;
    root.dataset.state = "untouched";
    x.after.hidden = true;
    all("input[type=checkbox]", x.after).forEach((tick) => { /** @type {any} */ (tick).checked = false; }); // whatever a browser filled in again
    steady(root);
    if (x.kind.start) x.kind.start(x);
    watchDraft(x);
    x.form.addEventListener("input", () => need(x, "")); // at the first key: a line that goes as Decide is pressed would move Decide away
    x.form.addEventListener("change", () => { deciding(x); drawFork(x, inputs(x, "choice").filter((i) => i.checked).map((i) => i.value), false); });
    x.form.addEventListener("submit", (event) => { event.preventDefault(); decide(x); });
    one("[data-again]", root).addEventListener("click", () => { reopen(x); one("input, select, textarea, .go", x.form).focus(); });
    const button = one("[data-forget]", root);
    button.addEventListener("click", () => forget(x));
    resume(x);
    if (!given.store) fold(x);
    x.store.watch?.(() => refresh(x));
    return x;
  } catch (error) {
    root.dataset.state = "broken";
    const after = one(".after", root);
    if (after) after.hidden = false;
    const p = document.createElement("p");
    p.className = "need"; p.textContent = words?.broken ?? "";
    root.prepend(p);
    console.warn(`decision "${root.id}" could not be made live:`, error);
    return null;
  }
}

/** Takes up what was kept: shows it, or says that the exercise has changed since, or that it could not be read. @param {Live} x */
function resume(x) {
  const { state, aside } = x.store.load(isWhole(x));
  x.state = state;
  const again = x.root.hasAttribute("data-asked-again");
  const told = aside ? fill(x.words.damaged, { x: aside }) : state && !again && state.last.edition !== x.root.dataset.edition ? fill(x.words.updated, { x: day(state.last.at) }) : "";
  if (told) notice(x, told);
  if (resumeDraft(x) || told || !state || again) return undefined;
  x.kind.write(x, state.last.response);
  return reveal(x, state.last.response, false);
}

/** Takes up half an answer, told apart from what was decided. Whether there was one. @param {Live} x */
function resumeDraft(x) {
  const draft = x.store.draft?.() ?? null;
  written.delete(x);
  if (!draft || !takeDraft(x, draft)) return false;
  written.set(x, contentOf(draftOf(x)));
  setState(x, x.words.deciding);
  const words = document.createElement("p");
  words.textContent = fill(x.state ? x.words.draft_again : x.words.draft_back, { x: draft.at ? day(draft.at) : "" });
  const box = one(".since", x.root);
  box.append(words);
  box.hidden = false;
  return true;
}

// ---- the page and the notebook ----------------------------------------------------------------------------------

/** Makes every decision of a page live. On paper, answers move to the end. @param {ParentNode} [within] */
function start(within = document) {
  guarded("Print", () => printWhole(within));
  all("decision-exercise", within).forEach((root) => mount(root));
}

Object.assign(casebook, { kinds, mount, start, shown, typedDigits });
export default casebook;

// ---- the game on its page: a page holds one, and what the parts below share is that game's ------------------------------

/** @type {HTMLElement} */ let root;
/** @type {any} */ let data;
/** @type {any} */ let rules;
/** @type {any} */ let w; // the book's words for the game
/** @type {any} */ let scenario;
/** @type {any} */ let evaluate;
/** @type {any} */ let stage;
/** @type {any} */ let sayer;
/** @type {any} */ let logBox;
const shelf = makeShelf();
/** @type {Record<string, ReturnType<typeof makeSlot>>} */ let slots = {}; // each telling's game, as this page last saw it
let asKept = ""; // the game on the page as it was last kept; empty while an earlier one is only looked at
let lookAgain = () => {}; // at a box whose words stand in the record
/** @type {string[]} */ let skins;
/** @type {Map<string, Map<string, HTMLElement>>} */ let texts;
/** @type {Save | null} */ let game = null;
/** @type {Run} */ let run = { states: [], parts: [] };
/** @type {Run | null} */ let ghost = null;
/** @type {string[]} */ let undone = [];
/** @type {string[]} */ let notices = [];
/** @type {any[]} */ let runs = []; // what is kept of finished games, also what this edition cannot play
/** @type {Log | null} */ let compared = null;

const now = () => /** @type {Save} */ (game);
const skin = () => data.skins[now().log.skin];
/** @param {string} text */
const say = (text) => { sayer.textContent = text; };

// ---- words of the telling ----

/** @param {string} key @param {string} [of] */
const found = (key, of = now().log.skin) => texts.get(of)?.get(key);
/** A text without its links. @param {string} key @param {string} [of] */
const text = (key, of) => (found(key, of)?.textContent ?? "").replace(/\s+/g, " ").trim();
/** A text with its links, as children of another element. @param {string} key @param {string} [of] @returns {Node[]} */
const rich = (key, of) => [...(found(key, of)?.childNodes ?? [])].map((node) => node.cloneNode(true));
/** @param {number} k */
const money = (k) => pounds(k, skin().money);
/** @param {number} k */
const plus = (k) => (k > 0 ? "+" : "") + money(k);
/** A variable, account or lens by its name. @param {string} id */
const nameOf = (id) => text(`variables.${id}.name`) || text(`accounts.${id}.name`) || text(`lenses.${id}.name`) || id;
/** @param {string} id */
const lensName = (id) => (id === NONE ? w.expect_none : text(`lenses.${id}.name`));
/** @param {string} id */
const isMoney = (id) => rules.accounts.includes(id) || id === "owed" || id === "lent" || id === "position";
/** @param {string} id @param {number} value */
const shown = (id, value) => (isMoney(id) ? money(value) : value.toFixed(1).replace(/\.0$/, ""));
/** A message, a name in front. @param {string} who */
const personOf = (who) => rich(`people.${who}`);
const titleOf = (/** @type {Log} */ log, n = log.turns.length) => fill(n < rules.turns ? w.days : w.day, { a: 20 * n + 1, b: 20 * n + 20, n: 100 });
/** The event of a turn. @param {number} turn */
const eventOf = (turn) => run.states[0].deck[turn - 1];

// ---- keeping ----

/** Keeps the game. Where another tab has written since, that stays, and what stands here is put aside and offered. */
function keep() {
  if (!game) return false;
  const slot = slots[game.log.skin];
  if (slot.isLate()) { catchUp(); return false; }
  asKept = JSON.stringify(game);
  slot.write(asKept);
  sayKept();
  return true;
}
/** Whether another tab has played on, begun afresh or forgotten. */
const isLate = () => (game ? asKept !== "" && slots[game.log.skin].isLate() : Object.values(slots).some((slot) => slot.isLate()));
/** Shows what stands now. */
function catchUp() {
  const mine = game && JSON.stringify(game) !== asKept ? JSON.stringify(game) : "";
  const name = game?.log.skin ?? "";
  runs = taken(`${KEY}runs`, w.runs_name, readRuns) ?? [];
  const save = name ? taken(KEY + name, name, (raw) => readSave(data, raw, name)) : null;
  if (mine && save) shelf.aside(`game-${name}`, mine);
  if (save) { takeUp(save, true); showNow(false); } else showStart(false);
  const told = el("div", { class: "notice" }, el("p", null, save || !name ? w.elsewhere : w.elsewhere_forgotten));
  if (mine) offer(told, w.elsewhere_aside, w.elsewhere_back, () => {
    const there = slots[name].read();
    if (there !== null) shelf.aside(`game-${name}`, there);
    takeUp(readSave(data, mine, name), true);
    keep();
    showNow();
  });
  if (name || mine) stage.prepend(told);
}
function sayKept() {
  const line = one("[data-kept]", stage);
  const words = shelf.works ? w.kept : w.not_kept;
  if (line && line.textContent !== words) { line.textContent = words; line.classList.toggle("need", !shelf.works); }
}
/** Reads a kept thing; what is refused is put aside, with the reason in words. @template T @param {string} name @param {string} what @param {(raw: string) => T} read @returns {T | null} */
function taken(name, what, read) {
  const slot = Object.values(slots).find((one) => one.name === name);
  const raw = slot ? slot.read() : shelf.read(name);
  if (raw === null) return null;
  try { return read(raw); } catch (error) {
    const why = error instanceof Refusal ? fill(w.refused[error.why], { n: error.turn }) : w.refused.rest;
    const other = shelf.aside(name.replaceAll(":", "-"), raw, name);
    slot?.read();
    notices.push(fill(other ? w.aside : w.aside_stuck, { x: what, y: other, why }));
    return null;
  }
}
/** @param {string} raw */
function readRuns(raw) {
  /** @type {any} */ let given;
  try { given = JSON.parse(raw); } catch { throw new Refusal("json"); }
  if (!isObject(given) || given.format !== RUNS || !Array.isArray(given.runs)) throw new Refusal("runs");
  return given.runs;
}
/** The finished games that can be played again, latest first. @param {string} [of] @returns {Log[]} */
const finished = (of) => runs.flatMap((run) => { try { return [checkLog(data, run)]; } catch { return []; } }).filter((log) => log.turns.length === rules.turns && (!of || log.skin === of)).reverse();
function keepRun() {
  runs = taken(`${KEY}runs`, w.runs_name, readRuns) ?? []; // another tab may have finished a game, or forgotten them
  const log = { ...copyOf(now().log), debrief: copyOf(now().debrief) };
  const same = runs.findIndex((run) => isObject(run) && run.made === log.made && run.seed === log.seed);
  if (same >= 0) runs[same] = log; else runs.push(log);
  runs = runs.slice(-KEPT_RUNS);
  shelf.write(`${KEY}runs`, JSON.stringify({ format: RUNS, runs }));
}
/** Two logs of the same game. @param {Log} a @param {Log} b */
const isSame = (a, b) => a.made === b.made && a.seed === b.seed && a.skin === b.skin;
/** @param {Log} log */
const runName = (log) => {
  const date = log.made ? new Date(log.made).toLocaleDateString("en-GB", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }) : w.no_date;
  return fill(w.run, { x: log.skin, n: log.seed, d: date }) + (log.changed ? `, ${w.run_changed}` : "");
};

// ---- showing a view ----

/** Puts a view on the stage; its heading takes the focus when the reader has asked for it. @param {string} phase @param {any[]} parts @param {boolean} [focus] */
function show(phase, parts, focus = true) {
  root.dataset.phase = phase;
  stage.hidden = false;
  stage.replaceChildren(...parts.flat().filter(Boolean));
  sayKept();
  if (!focus) return;
  const heading = one("[data-heading]", stage);
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start" });
  say(heading.textContent);
}
/** @param {string} words @param {Record<string, any>} [given] */
const heading = (words, given) => el("h2", { class: "view", tabindex: -1, "data-heading": true, ...given }, words);
/** @param {string} words */
const label = (words) => el("p", { class: "label" }, words);
/** @param {string} words @param {Record<string, any>} given @param {...any} inside */
const button = (words, given, ...inside) => el("button", { type: "button", class: "quiet", ...given }, ...inside, el("span", null, words));
/** @param {string} words @param {any} inside @param {Record<string, any>} [given] */
const fold = (words, inside, given = {}) => el("details", { class: "more", ...given }, el("summary", null, words), inside);
/** The same, made when it is first opened. @param {string} words @param {() => any} make @param {Record<string, any>} given */
function foldLater(words, make, given) {
  const made = fold(words, given.open ? make() : null, given);
  if (!given.open) made.addEventListener("toggle", () => made.append(...[make()].flat(3)), { once: true });
  return made;
}
/** @param {any} input @param {any} words @param {string} letter @param {any} note */
const path = (input, words, letter, note) => el("label", { class: "path" }, input, el("span", null, el("span", { class: "path-text" }, letter ? el("span", { class: "letter" }, letter, " ") : null, words), note ? el("span", { class: "path-note" }, note) : null));
/** The fork in a decision's head. @param {number} n @param {number} taken */
function fork(n, taken) {
  const way = (/** @type {number} */ i) => `M20 37V27C20 17 ${(4 + (i * 32) / (n - 1)).toFixed(1)} 19 ${(4 + (i * 32) / (n - 1)).toFixed(1)} 6`;
  const order = [...Array(n).keys()].sort((a, b) => Number(a === taken) - Number(b === taken));
  const glow = taken < 0 ? "" : `<path class="glow" d="${way(taken)}"/>`;
  return drawing(glow + order.map((i) => `<path class="${i === taken ? "taken" : ""}" d="${way(i)}"/><circle class="${i === taken ? "dot taken" : "dot"}" cx="${(4 + (i * 32) / (n - 1)).toFixed(1)}" cy="6" r="3"/>`).join(""), "fork", "0 0 40 40");
}

// ---- the start ----

/** @param {boolean} focus @param {{skin?: string, seed?: number, dial?: string}} [given] */
function showStart(focus, given = {}) {
  game = null;
  asKept = "";
  const saves = skins.flatMap((name) => taken(KEY + name, name, (raw) => readSave(data, raw, name)) ?? []);
  const open = saves.filter((save) => !isFinished(save));
  const asked = { skin: skins[0], seed: 1 + Math.floor(Math.random() * 9999), dial: "central", ...fromAddress(), ...given };
  const form = startForm(asked, open);
  const goOn = saves.map((save) => button(fill(isFinished(save) ? w.go_look : w.go_on, { x: save.log.skin, n: save.log.seed, d: titleOf(save.log, Math.min(save.read, rules.turns)) }), { class: isFinished(save) ? "quiet" : "go", "data-go-on": save.log.skin }));
  goOn.forEach((pressed, i) => pressed.addEventListener("click", () => { takeUp(saves[i], true); showNow(); }));
  show("start", [
    notices.map((words) => el("p", { class: "notice" }, words)),
    goOn.length ? el("section", { class: "go-on" }, el("h2", null, w.go_on_head), el("p", { class: "does" }, goOn)) : null,
    heading(w.begin_head), form, earlier(), el("p", { class: "small" }, w.invented),
  ], focus);
  notices = [];
}
/** Telling, seed and setting from the address, as a tutor's link gives them. */
function fromAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  const [telling, seed, dial] = [given.get("telling") ?? "", Number(given.get("seed")), given.get("dial") ?? ""];
  return { ...(skins.includes(telling) && { skin: telling }), ...(isWhole(seed, 1, LARGEST) && { seed }), ...(Object.hasOwn(data.dials, dial) && { dial }) };
}
/** @param {{skin: string, seed: number, dial: string}} asked @param {Save[]} open */
function startForm(asked, open) {
  const seed = el("input", { type: "number", id: "game-seed", inputmode: "numeric", min: 1, max: LARGEST, step: 1, value: asked.seed, "aria-describedby": "game-seed-help" });
  const link = el("a", null, w.class_link);
  const premise = el("div", { class: "premise story" });
  const need = el("p", { class: "need", role: "alert" });
  const go = el("button", { class: "go", type: "submit" }, w.begin);
  const form = el("form", { class: "begin room", novalidate: true },
    el("fieldset", { class: "paths" }, el("legend", null, w.which), skins.map((name) => path(el("input", { type: "radio", name: "game-skin", value: name, checked: name === asked.skin }), name, "", [w.tellings[name], data.skins[name].provisional ? ` ${w.provisional_mark}` : ""]))),
    premise,
    el("div", { class: "seed" }, el("label", { for: "game-seed" }, w.seed), el("span", { class: "seed-row" }, seed, button(w.seed_new, { "data-seed-new": true })), el("p", { class: "small", id: "game-seed-help" }, w.seed_help)),
    el("fieldset", { class: "paths" }, el("legend", null, w.dial), el("p", { class: "small" }, w.dial_help), Object.entries(w.dials).map(([name, [called, means]]) => path(el("input", { type: "radio", name: "game-dial", value: name, checked: name === asked.dial }), called, "", means))),
    need, el("div", { class: "act" }, go), el("p", { class: "small class-link" }, link));
  const chosen = () => ({ skin: one("[name=game-skin]:checked", form).value, seed: seed.valueAsNumber, dial: one("[name=game-dial]:checked", form).value });
  const update = () => {
    const now = chosen();
    if (premise.dataset.of !== now.skin) {
      premise.dataset.of = now.skin;
      const as = data.skins[now.skin];
      premise.replaceChildren(...rich("premise", now.skin), ...[as.provisional ? [fill(w.provisional, { x: as.as_at })] : [], as.money === 1 ? [] : rich("money_note", now.skin)].filter((words) => words.length).map((words) => el("p", { class: "small" }, words)));
    }
    link.setAttribute("href", `#telling=${now.skin}&seed=${now.seed}&dial=${now.dial}`);
    go.textContent = w.begin;
    need.textContent = "";
  };
  form.addEventListener("input", update);
  one("[data-seed-new]", form).addEventListener("click", () => { seed.value = String(1 + Math.floor(Math.random() * 9999)); update(); say(`${w.seed} ${seed.value}`); });
  form.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    const now = chosen();
    if (!isWhole(now.seed, 1, LARGEST)) { need.textContent = w.seed_need; seed.focus(); return; }
    const lost = open.find((save) => save.log.skin === now.skin && (save.log.turns.length || Object.keys(save.draft.choices).length));
    if (lost && !need.textContent) { need.textContent = fill(w.begin_over, { x: titleOf(lost.log, Math.min(lost.read, rules.turns)) }); return; }
    begin(now);
  });
  update();
  return form;
}
/** @returns {any} */
function earlier() {
  const logs = finished();
  if (!logs.length) return null;
  const rows = logs.map((log) => {
    const row = el("li", null, button(runName(log), { "data-look": true }));
    row.firstChild.addEventListener("click", () => { takeUp({ format: GAME, log, read: rules.turns, draft: noDraft(), debrief: log.debrief ?? { ...noDebrief(), phase: 4 }, ghost: finished(log.skin).find((other) => !isSame(other, log)) ?? null }); showNow(); });
    return row;
  });
  return el("section", { class: "earlier" }, el("h2", null, w.earlier), el("p", { class: "small" }, w.earlier_note), el("ul", null, rows));
}
const noDraft = () => ({ choices: /** @type {Choices} */ ({}), expected: "" });
/** Whether nothing is left of it but to look. @param {Save} save */
const isFinished = (save) => save.log.turns.length === rules.turns && save.debrief.phase === 4;
/** @param {{skin: string, seed: number, dial: string}} given */
function begin(given) {
  const log = { format: LOG, edition: data.edition, ...given, dials: data.dials[given.dial], turns: [], expected: [], changed: null, made: null };
  takeUp({ format: GAME, log, read: 0, draft: noDraft(), debrief: noDebrief(), ghost: finished(given.skin)[0] ?? null });
  if (keep()) showNow();
}
/** @param {Save} save @param {boolean} [isKept] as it stands in this browser */
function takeUp(save, isKept = false) {
  game = save;
  asKept = isKept ? JSON.stringify(save) : "";
  run = played(data, save.log);
  ghost = save.ghost && played(data, save.ghost);
  compared = save.ghost;
  undone = [];
}
/** The view in which the game stands. @param {boolean} [focus] */
function showNow(focus = true) {
  const { log, read, debrief } = now();
  if (read < log.turns.length) showHappened(log.turns.length, focus);
  else if (log.turns.length < rules.turns) showTurn(focus);
  else if (debrief.phase < 4) showDebrief(focus);
  else showEnd(focus);
}

// @ts-check
/* First Hundred Days in the page: choose, end the turn, see what happened and why, write, compare, play again.

   The engine is decision.js, which stands on the page before this file. Every text of a telling stands in the page's HTML
   and is taken from there by its `data-w`. A game is its choices: states are always played again from them, so that
   nothing kept can hold a result of its own. What is kept stands under `commissioning:game:`. Nothing here adds up lenses.
   Order: helpers, rules, keeping, words, turns, what happened, lenses and charts, afterwards, the log, the start. */

/** @typedef {Record<string, any>} Choices  What is chosen in a turn, as the engine takes it. */
/** @typedef {{turn: number, decision: string, was: string, now: string}} Changed  The one choice in which a replay differs. */
/** @typedef {{format: string, edition: string, skin: string, seed: number, dial: string, dials: Record<string, number>, turns: Choices[], expected: string[], changed: Changed | null, made: string | null, debrief?: Debrief}} Log  One game. */
/** @typedef {{phase: number, reactions: string, description: string, analysis: Record<string, string>}} Debrief  What was written; the sentence for real life stands in the record. */
/** @typedef {{format: string, log: Log, read: number, draft: {choices: Choices, expected: string}, debrief: Debrief, ghost: Log | null}} Save  A game on its way. */
/** @typedef {{states: any[], parts: Record<string, any[]>[]}} Run  A game as it was played. */
/** @typedef {{what: string, label: string, title: string, chose: string, story: string[], why: string[], differ: string, notes: string[], moves: Move[]}} Block  One thing that happened in a turn; story, why and differ are keys of texts. */
/** @typedef {{text: string, x?: string, c?: string, y?: string}} Move  A line of what moved; x, c and y are its parts, if it has any. */
/** @typedef {{level: number, text: string}} Line  One line of the log: 1 and 2 are headings. */

const GAME = "commissioning-game/1";
const LOG = "commissioning-game-log/1";
const RUNS = "commissioning-game-runs/1";
const KEY = "commissioning:game:";
const SENTENCE = "commissioning:reflection:your-first-hundred-days.one-sentence";
const STANCE = "stance"; const ATTENTION = "attention"; const SCRUTINY = "scrutiny";
const POINTS = 6; // a turn's points of attention, which the rules write into their equation
const LARGEST = 999999; const KEPT_RUNS = 20; const SPEAKERS = 5; const NONE = "none";

// ---- helpers ----------------------------------------------------------------------------------------------------

/** @type {any} */
const engine = () => /** @type {any} */ (globalThis).commissioning;
/** @type {(sel: string, root: ParentNode) => HTMLElement[]} */
const all = (sel, root) => [...root.querySelectorAll(sel)].map((e) => /** @type {HTMLElement} */ (e));
/** @type {(sel: string, root: ParentNode) => any} */
const one = (sel, root) => root.querySelector(sel);
/** Fills {x} in one of the book's words. @param {string} text @param {Record<string, any>} [values] */
const fill = (text, values = {}) => text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
/** @param {string} words */
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
/** The form of a word for a count: [one, many] or [none, one, many]. @param {string[]} forms @param {number} n */
const counted = (forms, n) => fill(forms[forms.length === 3 ? Math.min(n, 2) : n === 1 ? 0 : 1], { n });
/** @param {string} id */
const asName = (id) => id.replaceAll("-", "_");
/** @template T @param {T[]} list @returns {T} */
const last = (list) => list[list.length - 1];
/** Whether an id is a key of something; what only turns into one is not. @param {any} of @param {any} id */
const isOneOf = (of, id) => typeof id === "string" && Object.hasOwn(of, id);
/** @param {any} v */
const isObject = (v) => typeof v === "object" && v !== null && !Array.isArray(v);
/** @param {number} n @param {number} low @param {number} high */
const isWhole = (n, low, high) => Number.isInteger(n) && n >= low && n <= high;
/** @param {any} v @returns {any} */
const copyOf = (v) => JSON.parse(JSON.stringify(v));
/** An element. What is null or empty is left out. @param {string} tag @param {Record<string, any> | null} given @param {...any} inside @returns {any} */
function el(tag, given, ...inside) {
  const made = document.createElement(tag);
  Object.entries(given || {}).forEach(([name, value]) => { if (value !== null && value !== false && value !== undefined) made.setAttribute(name, value === true ? "" : String(value)); });
  made.append(...inside.flat(3).filter((part) => part !== null && part !== undefined && part !== ""));
  return made;
}
/** A drawing from our own numbers. @param {string} inner @param {string} name @param {string} box */
function drawing(inner, name, box) {
  const holder = document.createElement("span");
  holder.innerHTML = `<svg class="${name}" viewBox="${box}" aria-hidden="true">${inner}</svg>`;
  return /** @type {Element} */ (holder.firstChild);
}
/** @param {string} path */
const icon = (path) => drawing(`<path d="${path}"/>`, "icon", "0 0 20 20");
const LESS = "M4 10h12"; const MORE = "M4 10h12M10 4v12"; const BACK = "M7.5 4L3 8.5 7.5 13M3 8.5h9a4.5 4.5 0 0 1 0 9H9"; const SAVED = "M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13"; const PRINTER = "M6 7V3h8v4M6 13H3.5V7h13v6H14M6 11h8v6H6z";
/** A number with its sign. @param {number} n @param {number} [digits] */
function signed(n, digits = 1) {
  const text = Math.abs(n).toFixed(digits);
  return Number(text) === 0 ? text : `${n > 0 ? "+" : "−"}${text}`;
}
/** £450,000 and £1.2m, from £k of the rules and what they are worth in the telling. @param {number} k @param {number} scale */
function pounds(k, scale) {
  const thousands = Math.round(Math.abs(k) * scale);
  const text = thousands < 1000 ? `£${(thousands * 1000).toLocaleString("en-GB")}` : `£${(thousands / 1000).toLocaleString("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 })}m`;
  return (k < 0 && thousands ? "−" : "") + text;
}

// ---- the rules, as the page needs them -----------------------------------------------------------------------------

/** A turn, and its log cut into the parts of the rules' order. Each cut plays the turn as far as that part: the same dice,
 *  the same log. @param {any} rules @param {any} before @param {Choices} choices @returns {{after: any, parts: Record<string, any[]>}} */
function resolve(rules, before, choices) {
  const { scenario } = engine();
  const after = scenario.step(rules, before, choices);
  /** @type {Record<string, any[]>} */ const parts = {};
  let from = 0;
  rules.order.forEach((/** @type {string} */ part, /** @type {number} */ i) => {
    const to = i + 1 === rules.order.length ? after.log.length : scenario.step({ ...rules, order: rules.order.slice(0, i + 1) }, before, choices).log.length;
    parts[part] = after.log.slice(from, to);
    from = to;
  });
  return { after, parts };
}
/** A log played again, from its seed. Throws where it holds what the rules do not allow. @param {any} data @param {Log} log @returns {Run} */
function played(data, log) {
  const states = [engine().scenario.start(data.rules, log.seed, null, data.dials[log.dial])];
  const parts = log.turns.map((choices) => {
    const made = resolve(data.rules, last(states), choices);
    states.push(made.after);
    return made.parts;
  });
  return { states, parts };
}
/** What conditions read: the state's values, its reports, and which events have come. @param {any} rules @param {any} state @param {any} [later] */
function told(rules, state, later) {
  const { scenario } = engine();
  const met = state.deck.slice(0, state.turn - 1);
  if (scenario.isOver(rules, state)) met.push(SCRUTINY);
  const came = Object.fromEntries(Object.keys(rules.events).map((name) => [`came.${asName(name)}`, met.includes(name) ? 1 : 0]));
  const values = { ...state.values, turn: state.turn, ...came, ...scenario.reports(rules, state) };
  return later ? { ...values, day_365: scenario.reports(rules, later).day_365 } : values;
}
/** The decisions of a turn that are neither the stance nor the attention. @param {any} rules @param {number} turn */
const setPieces = (rules, turn) => Object.keys(rules.decisions).filter((name) => name !== STANCE && name !== ATTENTION && rules.decisions[name].turns.includes(turn));
/** How many points there are to spread, once some options are chosen. @param {any} rules @param {any} state @param {Choices} choices */
function pointsOf(rules, state, choices) {
  const decisions = Object.fromEntries(Object.entries(rules.decisions).filter(([name, part]) => !part.points && choices[name]));
  const chosen = Object.fromEntries(Object.keys(decisions).map((name) => [name, choices[name]]));
  const { values } = engine().scenario.step({ ...rules, order: ["choices"], decisions }, state, chosen);
  return { points: Math.max(0, POINTS + values.bonus - values.committed), promised: values.committed, extra: values.bonus };
}
/** What an option surely costs: payments and points that no chance decides. @param {any[]} steps */
function costsOf(steps) {
  const pays = steps.filter((step) => step[0] === "pay" && typeof step[3] === "number" && step[3] > 0).map(([, from, , amount]) => ({ from, amount }));
  /** @param {string} name */
  const points = (name) => Number(steps.find((step) => (step[0] === "set" || step[0] === "add") && step[1] === name)?.[2] ?? 0);
  return { pays, promised: points("committed"), extra: points("bonus") };
}
/** What a part of a log moved: each variable from first to last, each payment, each loan. @param {any[]} log @param {string | null} lender */
function moved(log, lender) {
  /** @type {Map<string, number[]>} */ const changed = new Map();
  /** @type {Map<string, any[]>} */ const paid = new Map();
  /** @type {any[][]} */ const lent = [];
  log.forEach(([what, a, b, c], i) => {
    if (what === "changed") changed.set(a, [changed.get(a)?.[0] ?? b, c]);
    if (what === "lent") lent.push([a, b]);
    const loan = what === "paid" && a === lender && log[i + 1]?.[0] === "lent";
    if (what === "paid" && !loan) paid.set(`${a} ${b}`, [a, b, c + (paid.get(`${a} ${b}`)?.[2] ?? 0)]);
  });
  return { changed, paid: [...paid.values()], lent };
}
/** Where a value lies among the reference games: how many of every 100 lie at or below it. @param {number[]} quantiles @param {number} value */
function placeOf(quantiles, value) {
  let place = 0;
  quantiles.forEach((quantile, p) => { if (quantile <= value) place = p; });
  return place;
}
/** The names that a compiled tree reads. @param {any} tree @returns {string[]} */
const namesIn = (tree) => (!Array.isArray(tree) ? [] : tree[0] === "var" ? [tree[1]] : tree.slice(1).flatMap(namesIn));

// ---- keeping ----------------------------------------------------------------------------------------------------------

/** Why something kept is not taken up: a name of the words under `refused`. */
class Refusal extends Error {
  /** @param {string} why @param {number} [turn] */
  constructor(why, turn = 0) { super(why); this.why = why; this.turn = turn; }
}
/** A log that these rules can play, with nothing in it but what a log holds. Throws a Refusal. @param {any} data @param {any} given @returns {Log} */
function checkLog(data, given) {
  if (!isObject(given) || given.format !== LOG) throw new Refusal("format");
  if (given.edition !== data.edition) throw new Refusal("edition");
  if (!isOneOf(data.skins, given.skin)) throw new Refusal("skin");
  if (!isWhole(given.seed, 0, 4294967295) || !isOneOf(data.dials, given.dial)) throw new Refusal("start");
  const { turns, expected } = given;
  if (!Array.isArray(turns) || turns.length > data.rules.turns || !turns.every(isObject)) throw new Refusal("rest");
  const lenses = [...data.lenses, NONE];
  if (!Array.isArray(expected) || expected.length !== turns.length || !expected.every((name) => lenses.includes(name))) throw new Refusal("rest");
  let state = engine().scenario.start(data.rules, given.seed, null, data.dials[given.dial]);
  turns.forEach((choices, i) => {
    if (choices[ATTENTION] !== undefined && !isObject(choices[ATTENTION])) throw new Refusal("turns", i + 1);
    try { state = engine().scenario.step(data.rules, state, choices); } catch { throw new Refusal("turns", i + 1); }
  });
  const made = typeof given.made === "string" && !Number.isNaN(Date.parse(given.made)) ? given.made : null;
  const log = { format: LOG, edition: data.edition, skin: given.skin, seed: given.seed, dial: given.dial, dials: data.dials[given.dial], turns: turns.map(copyOf), expected: [...expected], changed: checkChanged(data, given), made };
  return given.debrief === undefined ? log : { ...log, debrief: checkDebrief(given.debrief) };
}
/** @param {any} data @param {any} given @returns {Changed | null} */
function checkChanged(data, { changed, turns }) {
  if (changed === null || changed === undefined) return null;
  const { turn, decision, was, now } = isObject(changed) ? changed : /** @type {any} */ ({});
  const there = isWhole(turn, 1, turns.length) && isOneOf(data.rules.decisions, decision) && turns[turn - 1][decision] === now;
  if (!there || !isOneOf(data.rules.decisions[decision].options ?? {}, was)) throw new Refusal("rest");
  return { turn, decision, was, now };
}
/** @param {any} given @returns {Debrief} */
function checkDebrief(given) {
  const texts = isObject(given) && isObject(given.analysis) ? [given.reactions, given.description, ...Object.values(given.analysis)] : [null];
  if (!isWhole(given?.phase, 0, 4) || !texts.every((text) => typeof text === "string")) throw new Refusal("rest");
  const analysis = Object.fromEntries(Object.entries(given.analysis).filter(([theme]) => /^[0-6]$/.test(theme)));
  return { phase: given.phase, reactions: given.reactions, description: given.description, analysis };
}
/** @returns {Debrief} */
const noDebrief = () => ({ phase: 0, reactions: "", description: "", analysis: {} });
/** A kept game that can be gone on with. Throws a Refusal. @param {any} data @param {string} raw @param {string} skin @returns {Save} */
function readSave(data, raw, skin) {
  /** @type {any} */ let given;
  try { given = JSON.parse(raw); } catch { throw new Refusal("json"); }
  if (!isObject(given) || given.format !== GAME) throw new Refusal("format");
  const log = checkLog(data, given.log);
  if (log.skin !== skin) throw new Refusal("skin");
  if (!isWhole(given.read, Math.max(0, log.turns.length - 1), log.turns.length)) throw new Refusal("rest");
  const ghost = given.ghost === null ? null : checkLog(data, given.ghost);
  if (ghost && ghost.turns.length < data.rules.turns) throw new Refusal("rest");
  return { format: GAME, log, read: given.read, draft: checkDraft(data, given.draft, log.turns.length + 1), debrief: checkDebrief(given.debrief), ghost };
}
/** Half a turn: whatever is in it can be chosen. @param {any} data @param {any} given @param {number} turn */
function checkDraft(data, given, turn) {
  if (!isObject(given) || !isObject(given.choices) || !["", NONE, ...data.lenses].includes(given.expected)) throw new Refusal("rest");
  const { decisions } = data.rules;
  for (const [name, chosen] of Object.entries(given.choices)) {
    if (!Object.hasOwn(decisions, name) || !decisions[name].turns.includes(turn)) throw new Refusal("rest");
    const part = decisions[name];
    const good = part.points ? isObject(chosen) && Object.entries(chosen).every(([channel, n]) => part.points.includes(channel) && isWhole(n, 0, part.most)) : isOneOf(part.options, chosen);
    if (!good) throw new Refusal("rest");
  }
  return { choices: copyOf(given.choices), expected: given.expected };
}

/** This browser's storage; what it cannot keep stays in memory for this visit, and `works` says so. */
function makeStore() {
  /** @type {Map<string, string>} */ const memory = new Map();
  /** @type {Set<string>} */ const stuck = new Set(); // damaged and could not be put aside: never written over
  return {
    works: true,
    /** @param {string} name @returns {string | null} */
    read(name) { try { return localStorage.getItem(name) ?? memory.get(name) ?? null; } catch { this.works = false; return memory.get(name) ?? null; } },
    /** @param {string} name @param {string} raw */
    write(name, raw) {
      memory.set(name, raw);
      if (stuck.has(name)) { this.works = false; return false; }
      try { localStorage.setItem(name, raw); memory.delete(name); this.works = true; return true; } catch { this.works = false; return false; }
    },
    /** Puts what cannot be taken up under another name. @param {string} name @param {string} raw @param {string} as @returns {string} its name; empty if it had to stay */
    aside(name, raw, as) {
      const other = `commissioning:aside:${as}:${Date.now()}`;
      try { localStorage.setItem(other, raw); localStorage.removeItem(name); return other; } catch { stuck.add(name); return ""; }
    },
  };
}
/** The words of a reflection, as book.js and record.js keep them. @param {string | null} raw */
function reflectionText(raw) {
  try {
    const { format, text } = JSON.parse(raw ?? "");
    if (format === "commissioning-reflection/1" && typeof text === "string") return text;
  } catch { /* bare text, or none */ }
  return raw ?? "";
}
/** @param {string} name @param {string} text @param {string} type */
function saveFile(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// ---- the game on its page --------------------------------------------------------------------------------------------

/** Makes the game of a page live. @param {HTMLElement} root */
function mount(root) {
  const data = JSON.parse(one("[data-game-data]", root).textContent);
  const { rules, words: w } = data;
  const { scenario, evaluate } = engine();
  const [stage, sayer, logBox] = ["[data-stage]", "[data-say]", "[data-log]"].map((part) => one(part, root));
  const store = makeStore();
  const skins = Object.keys(data.skins);
  /** @type {Map<string, Map<string, HTMLElement>>} */
  const texts = new Map(skins.map((skin) => [skin, new Map(all("[data-w]", one(`[data-skin="${skin}"]`, root)).map((part) => [part.dataset.w ?? "", part]))]));
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

  function keep() {
    if (!game) return;
    store.write(KEY + game.log.skin, JSON.stringify(game));
    sayKept();
  }
  function sayKept() {
    const line = one("[data-kept]", stage);
    const words = store.works ? w.kept : w.not_kept;
    if (line && line.textContent !== words) { line.textContent = words; line.classList.toggle("need", !store.works); }
  }
  /** Reads a kept thing; what is refused is put aside, with the reason in words. @template T @param {string} name @param {string} what @param {(raw: string) => T} read @returns {T | null} */
  function taken(name, what, read) {
    const raw = store.read(name);
    if (raw === null) return null;
    try { return read(raw); } catch (error) {
      const why = error instanceof Refusal ? fill(w.refused[error.why], { n: error.turn }) : w.refused.rest;
      const other = store.aside(name, raw, name.slice("commissioning:".length).replaceAll(":", "-"));
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
    const log = { ...copyOf(now().log), debrief: copyOf(now().debrief) };
    const same = runs.findIndex((run) => isObject(run) && run.made === log.made && run.seed === log.seed);
    if (same >= 0) runs[same] = log; else runs.push(log);
    runs = runs.slice(-KEPT_RUNS);
    store.write(`${KEY}runs`, JSON.stringify({ format: RUNS, runs }));
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
    const saves = skins.flatMap((name) => taken(KEY + name, name, (raw) => readSave(data, raw, name)) ?? []);
    const open = saves.filter((save) => !isFinished(save));
    const asked = { skin: skins[0], seed: 1 + Math.floor(Math.random() * 9999), dial: "central", ...fromAddress(), ...given };
    const form = startForm(asked, open);
    const goOn = saves.map((save) => button(fill(isFinished(save) ? w.go_look : w.go_on, { x: save.log.skin, n: save.log.seed, d: titleOf(save.log, Math.min(save.read, rules.turns)) }), { class: isFinished(save) ? "quiet" : "go", "data-go-on": save.log.skin }));
    goOn.forEach((pressed, i) => pressed.addEventListener("click", () => { takeUp(saves[i]); showNow(); }));
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
    keep();
    showNow();
  }
  /** @param {Save} save */
  function takeUp(save) {
    game = save;
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

  // ---- a turn ----

  /** The line over every view: which game this is. */
  function over() {
    const { log } = now();
    const dial = w.dials[log.dial][0].toLowerCase();
    return el("p", { class: "label over" }, fill(w.over, { x: log.skin, n: log.seed, d: dial }) + (skin().provisional ? ` · ${w.provisional_short}` : ""));
  }
  /** Five turns as five bars. @param {number} at */
  function bars(at) {
    return el("ol", { class: "days", "aria-label": w.turns }, [...Array(rules.turns).keys()].map((i) => el("li", { class: i + 1 < at ? "past" : null, "aria-current": i + 1 === at ? "step" : null }, el("span", null, fill(w.turn, { n: i + 1 })), el("small", null, setPieces(rules, i + 1).map((name) => text(`decisions.${name}.title`)).join(", ")))));
  }
  /** @param {any} state */
  function purse(state) {
    const ids = ["reserve", "running", "owed", ...(state.values.lent ? ["lent"] : [])];
    return el("dl", { class: "purse" }, ids.map((id) => el("div", null, el("dt", null, w.purse[id]), el("dd", { "data-purse": id }, money(state.values[id]), el("small", null)))));
  }
  function showTurn(focus = true) {
    const state = last(run.states); const n = state.turn;
    const pieces = setPieces(rules, n);
    const ask = w.end_turn.replace("{n}", n);
    const bar = el("div", { class: "turn-bar" }, el("p", { class: "need", role: "alert", "data-need": true }), button(w.undo, { "data-undo": true }, icon(BACK)), el("p", { class: "small", "data-left": true }), el("button", { class: "go", type: "button", "data-end": true }, ask));
    const sections = [
      people(state), papers(n),
      ...pieces.map((name, i) => choice(name, i === 0 ? w.first : w.second, text(`decisions.${name}.title`), rich(`decisions.${name}.situation`), text(`decisions.${name}.ask`), rules.decisions[name].options, (key) => text(`decisions.${name}.${key}.text`), (key) => costNote(state, rules.decisions[name].options[key].do))),
      choice(STANCE, w.meanwhile, text(`events.${eventOf(n)}.title`), [...rich(`events.${eventOf(n)}.text`), el("p", { class: "small" }, w.meanwhile_note)], w.meet, rules.decisions[STANCE].options, (key) => text(`stances.${key}.text`), (key) => text(`stances.${key}.meaning`)),
      attention(), expectation(),
    ];
    const lensesHead = el("h3", { id: "game-lenses" }, w.lenses); const moneyHead = el("h3", { id: "game-money" }, w.money);
    show("turn", [
      el("header", { class: "turn-head" }, over(), heading(text(`turns.${n}.title`)), bars(n), purse(state), el("p", { class: "small jump" }, fill(w.jump, { x: "" }).replace(/\.$/, ""), el("a", { href: "#game-lenses" }, w.jump_lenses), " · ", el("a", { href: "#game-money" }, w.jump_money))),
      el("div", { class: "board" }, el("div", { class: "doing" }, sections), el("aside", { class: "standing", "aria-labelledby": "game-lenses" }, el("section", null, lensesHead, lensList(n - 1, true)), el("section", null, moneyHead, accounts(n - 1)), history(n - 1))),
      bar, el("p", { class: "small kept", "data-kept": true }),
    ], focus);
    applyDraft();
  }
  /** Up to five people who have something to say, the first thing that holds of each. @param {any} state */
  function people(state) {
    const values = told(rules, state);
    /** @type {Map<string, number>} */ const speaking = new Map();
    skin().messages.forEach((/** @type {[string, any]} */ [who, when], /** @type {number} */ i) => { if (!speaking.has(who) && evaluate(when, values)) speaking.set(who, i); });
    const rows = [...speaking].sort(([, a], [, b]) => a - b).slice(0, SPEAKERS).map(([who, i]) => el("li", null, el("p", { class: "who" }, personOf(who)), el("div", { class: "story" }, rich(`messages.${i}`))));
    return el("section", { class: "people" }, el("h3", null, w.people), el("ul", { class: "messages" }, rows));
  }
  /** @param {number} n */
  function papers(n) {
    const keys = [...(texts.get(now().log.skin)?.keys() ?? [])].filter((key) => key.startsWith(`turns.${n}.papers.`));
    return el("section", { class: "papers" }, el("h3", null, w.papers), keys.map((key) => el("div", { class: "paper" }, rich(key))));
  }
  /** What an option surely costs, in words. @param {any} state @param {any[]} steps */
  function costNote(state, steps) {
    const { pays, promised, extra } = costsOf(steps);
    const paid = pays.map(({ from, amount }) => fill(w.costs, { x: money(amount), a: nameOf(from) }) + (amount > state.values[from] ? ` (${fill(w.purse_short, { x: money(amount - state.values[from]) })})` : ""));
    return [...paid, promised ? counted(w.costs_points, promised) : "", extra ? counted(w.gives_points, extra) : ""].filter(Boolean).join(" · ");
  }
  /** One set of radio buttons in its own room. @param {string} name @param {string} kind @param {string} title @param {Node[]} situation @param {string} ask @param {any} options @param {(key: string) => string} words @param {(key: string) => string} note */
  function choice(name, kind, title, situation, ask, options, words, note) {
    const keys = Object.keys(options);
    return el("section", { class: "room choice", "data-choice": name },
      el("p", { class: "decision-label" }, el("span", { "data-fork": keys.length }, fork(keys.length, -1)), el("span", null, el("b", null, kind), el("span", { class: "state" }, w.not_yet))),
      el("h3", null, title), el("div", { class: "situation" }, situation),
      el("fieldset", { class: "paths" }, el("legend", null, ask), keys.map((key, i) => path(el("input", { type: "radio", name: `game-${name}`, value: key, "data-decides": name }), words(key), "ABCDEFGH"[i], note(key)))));
  }
  function attention() {
    const channels = rules.decisions[ATTENTION].points;
    return el("section", { class: "room attention", "data-choice": ATTENTION }, el("p", { class: "decision-label" }, drawing('<path d="M8 35V10M16 35V22M24 35V16M32 35V29"/>', "fork", "0 0 40 40"), el("span", null, el("b", null, w.attention))), el("h3", null, w.attention_title), el("p", { "data-points-note": true }),
      el("p", { class: "left" }, el("span", { class: "pips", "aria-hidden": "true" }), el("span", { "data-points-left": true })),
      el("ul", { class: "steps" }, channels.map((/** @type {string} */ id) => el("li", null, el("span", { class: "what" }, el("label", { for: `game-at-${id}` }, text(`channels.${id}.name`)), el("small", null, text(`channels.${id}.text`))), el("span", { class: "stepper" },
        el("button", { class: "move", type: "button", "data-step": -1, "data-channel": id, "aria-label": fill(w.less, { x: text(`channels.${id}.name`) }) }, icon(LESS)),
        el("input", { type: "number", inputmode: "numeric", id: `game-at-${id}`, min: 0, max: rules.decisions[ATTENTION].most, step: 1, value: 0, "data-points": id }),
        el("button", { class: "move", type: "button", "data-step": 1, "data-channel": id, "aria-label": fill(w.more, { x: text(`channels.${id}.name`) }) }, icon(MORE)))))));
  }
  function expectation() {
    return el("section", { class: "room expectation" }, label(w.expect_label), el("h3", null, el("label", { for: "game-expect" }, w.expect)),
      el("select", { id: "game-expect", class: "picker", "aria-describedby": "game-expect-note" }, el("option", { value: "" }, w.expect_choose), [...data.lenses, NONE].map((id) => el("option", { value: id }, lensName(id)))), el("p", { class: "small", id: "game-expect-note" }, w.expect_note));
  }
  const spread = () => /** @type {Record<string, number>} */ (now().draft.choices[ATTENTION] ?? {});
  /** How many points a spread uses. @param {Record<string, number>} given */
  const used = (given) => { let n = 0; Object.values(given).forEach((points) => { n += points; }); return n; };
  /** Points to spread, with what is chosen so far. */
  const had = () => pointsOf(rules, last(run.states), now().draft.choices);

  /** Changes the turn's draft; Undo takes it back. @param {(draft: Save["draft"]) => void} change */
  function edit(change) {
    undone.push(JSON.stringify(now().draft));
    change(now().draft);
    one("[data-need]", stage).textContent = "";
    applyDraft();
    keep();
  }
  /** Puts the draft into the form, and says what follows from it. */
  function applyDraft() {
    const { choices, expected } = now().draft;
    const state = last(run.states);
    /** @type {any[]} */ (all("[data-decides]", stage)).forEach((radio) => { radio.checked = choices[radio.dataset.decides] === radio.value; });
    all("section[data-choice]:not(.attention)", stage).forEach((section) => {
      const name = section.dataset.choice ?? "";
      const keys = Object.keys(rules.decisions[name].options); const at = keys.indexOf(choices[name]);
      one("[data-fork]", section).replaceChildren(fork(keys.length, at));
      one(".state", section).textContent = at < 0 ? w.not_yet : fill(w.deciding, { x: "ABCDEFGH"[at] });
    });
    /** @type {any[]} */ (all("[data-points]", stage)).forEach((box) => { const n = spread()[box.dataset.points] ?? 0; if (box.value !== String(n)) box.value = String(n); box.toggleAttribute("data-some", n > 0); });
    const { points, promised, extra } = had(); const left = points - used(spread());
    const pips = one(".pips", stage);
    pips.replaceChildren(...[...Array(Math.max(points, used(spread()))).keys()].map((i) => el("i", { class: i >= points ? "over" : i < used(spread()) ? "on" : null })));
    one("[data-points-left]", stage).textContent = leftWords(left, points);
    one("[data-points-note]", stage).textContent = fill(w.attention_note, { x: (promised ? fill(w.promised, { n: promised }) : "") + (extra ? fill(w.extra, { n: extra }) : "") });
    all("[data-step]", stage).forEach((move) => move.setAttribute("aria-disabled", String(Number(move.dataset.step) < 0 ? !spread()[move.dataset.channel ?? ""] : left <= 0)));
    one("#game-expect", stage).value = expected;
    const costs = Object.entries(choices).filter(([name]) => name !== ATTENTION).flatMap(([name, chosen]) => costsOf(rules.decisions[name].options[chosen].do).pays);
    all("[data-purse]", stage).forEach((dd) => {
      const id = dd.dataset.purse ?? ""; let spent = 0;
      costs.forEach(({ from, amount }) => { if (from === id) spent += amount; });
      one("small", dd).textContent = !spent ? "" : spent > state.values[id] ? fill(w.purse_short, { x: money(spent - state.values[id]) }) : fill(w.purse_after, { x: money(state.values[id] - spent) });
    });
    const required = [...setPieces(rules, state.turn), STANCE];
    const settled = required.filter((name) => choices[name]).length + (expected ? 1 : 0);
    one("[data-left]", stage).textContent = `${fill(w.settled, { n: settled, y: required.length + 1 })} · ${leftWords(left, points)}`;
    one("[data-undo]", stage).setAttribute("aria-disabled", String(!undone.length));
  }
  /** @param {number} left @param {number} points */
  const leftWords = (left, points) => (left < 0 ? fill(w.points_over, { n: -left, y: points }) : left === 0 ? w.points_none : counted(w.points_left, left));
  /** Gives a channel its points, no more than there are. @param {string} channel @param {number} wanted */
  function give(channel, wanted) {
    const before = spread()[channel] ?? 0;
    const room = Math.max(0, had().points - used(spread()) + before);
    const n = Math.max(0, Math.min(Number.isFinite(wanted) ? Math.round(wanted) : before, Math.max(room, wanted < before ? before : 0)));
    if (n !== before) edit((draft) => { draft.choices[ATTENTION] = { ...spread(), [channel]: n }; });
    else applyDraft();
    const name = text(`channels.${channel}.name`);
    say(wanted > n ? fill(w.points_more, { x: name, n }) : fill(w.points_has, { x: name, n, y: leftWords(had().points - used(spread()), had().points) }));
  }
  function undo() {
    const before = undone.pop();
    if (!before) { say(w.undo_nothing); return; }
    const after = now().draft;
    now().draft = JSON.parse(before);
    const { choices, expected } = now().draft;
    const what = Object.keys({ ...choices, ...after.choices }).find((name) => JSON.stringify(choices[name]) !== JSON.stringify(after.choices[name]));
    applyDraft();
    keep();
    const named = what === ATTENTION ? w.attention : what === STANCE ? text(`events.${eventOf(last(run.states).turn)}.title`) : what ? text(`decisions.${what}.title`) : expected !== after.expected ? w.expect : "";
    say(fill(w.undone, { x: named }));
  }
  /** @param {string} words @param {any} focus */
  function need(words, focus) {
    one("[data-need]", stage).textContent = words;
    if (!focus) return;
    focus.focus({ preventScroll: true });
    (focus.closest("section") ?? focus).scrollIntoView({ block: "start" });
  }
  /** Nothing is resolved before this. */
  function endTurn() {
    const { draft, log } = now();
    const state = last(run.states);
    const missing = [...setPieces(rules, state.turn), STANCE].find((name) => !draft.choices[name]);
    if (missing) return need(missing === STANCE ? fill(w.need_stance, { x: text(`events.${eventOf(state.turn)}.title`) }) : fill(w.need_decision, { x: text(`decisions.${missing}.title`) }), one(`[data-decides="${missing}"]`, stage));
    const { points } = had();
    if (used(spread()) > points) return need(fill(w.need_points, { n: used(spread()), y: points }), one("[data-points][data-some]", stage));
    if (!draft.expected) return need(w.need_expect, one("#game-expect", stage));
    const choices = copyOf({ ...draft.choices, [ATTENTION]: Object.fromEntries(Object.entries(spread()).filter(([, n]) => n)) });
    const { after, parts } = resolve(rules, state, choices);
    log.turns.push(choices);
    log.expected.push(draft.expected);
    run.states.push(after);
    run.parts.push(parts);
    now().draft = noDraft();
    undone = [];
    if (log.turns.length === rules.turns) { log.made = new Date().toISOString(); keepRun(); }
    keep();
    return showHappened(log.turns.length);
  }

  stage.addEventListener("change", (/** @type {any} */ event) => {
    const at = event.target;
    if (at.dataset.decides) edit((draft) => { draft.choices[at.dataset.decides] = at.value; });
    else if (at.id === "game-expect") edit((draft) => { draft.expected = at.value; });
    else if (at.dataset.points) give(at.dataset.points, at.value === "" ? NaN : at.valueAsNumber);
    else return;
    if (at.dataset.decides) say(one("[data-left]", stage).textContent);
  });
  stage.addEventListener("click", (/** @type {any} */ event) => {
    const step = event.target.closest("[data-step]");
    if (step) give(step.dataset.channel, (spread()[step.dataset.channel] ?? 0) + Number(step.dataset.step));
    else if (event.target.closest("[data-undo]")) undo();
    else if (event.target.closest("[data-end]")) endTurn();
  });

  // ---- what happened, and why ----

  /** The reports of a state, as the lenses show them. @param {any} state */
  const seen = (state) => scenario.reports(rules, state);
  /** The first of some conditional lines that holds. @param {string} key @param {number} turn @param {any[]} segment @param {string} origin @returns {string[]} keys */
  function depending(key, turn, segment, origin) {
    const [before, after] = [run.states[turn - 1], run.states[turn]];
    const chosen = Object.values(rules.decisions).filter((part) => part.turns.includes(turn) && !part.points).map((part) => [part.as, after.values[part.as]]);
    const values = { ...told(rules, before), ...Object.fromEntries(chosen) };
    const holds = (/** @type {any} */ when, /** @type {string | null} */ sign) => evaluate(when, values) && (!sign || (sign === "late" ? after.late.some((/** @type {any} */ late) => late.from === origin) : segment.some(([what, a]) => (what === "paid" || what === "changed") && a === sign)));
    const at = (skin().then[key] ?? []).findIndex((/** @type {[any, string | null]} */ [when, sign]) => holds(when, sign));
    return at < 0 ? [] : [`${key}.then.${at}`];
  }
  /** What a part of the log moved, a line each. @param {any[]} log @returns {Move[]} */
  function lines(log) {
    const { changed, paid, lent } = moved(log, rules.lender);
    const changes = [...changed].filter(([id, [a, b]]) => !data.unseen.includes(id) && id !== "lent" && Math.abs(b - a) >= 0.05).map(([id, [a, b]]) => move(w.change, { x: nameOf(id), c: isMoney(id) ? plus(b - a) : signed(b - a), y: fill(w.moved_to, { y: shown(id, b) }) }));
    const loans = lent.map(([who, k]) => ({ text: fill(w.lent, { x: money(k), a: nameOf(who) }) }));
    return [...changes, ...loans, ...paid.map(([from, to, k]) => ({ text: fill(w.paid, { x: money(k), a: nameOf(from), b: nameOf(to) }), x: fill(w.paid_way, { a: nameOf(from), b: nameOf(to) }), c: money(k), y: "" }))];
  }
  /** @param {string} words @param {{x: string, c: string, y: string}} parts @returns {Move} */
  const move = (words, parts) => ({ text: fill(words, parts), ...parts });
  /** @param {Partial<Block>} given @returns {Block} */
  const block = (given) => ({ what: "", label: "", title: "", chose: "", story: [], why: [], differ: "", notes: [], moves: [], ...given });
  /** The log of the choices, cut where each begins. @param {any[]} log @param {string} name */
  function segmentOf(log, name) {
    const from = log.findIndex(([what, decision]) => what === "chose" && decision === name);
    const to = log.findIndex(([what], i) => i > from && what === "chose");
    return from < 0 ? [] : log.slice(from, to < 0 ? undefined : to);
  }
  /** Everything that happened in a turn, in the order of the rules. @param {number} turn @returns {Block[]} */
  function accountOf(turn) {
    const choices = now().log.turns[turn - 1]; const parts = run.parts[turn - 1];
    const decided = setPieces(rules, turn).map((name) => {
      const key = `decisions.${name}.${choices[name]}`; const segment = segmentOf(parts.choices, name);
      return block({ what: "decision", label: fill(w.turn, { n: turn }), title: text(`decisions.${name}.title`), chose: text(`${key}.text`), story: [`${key}.consequence`, ...depending(key, turn, segment, `${name}.${choices[name]}`)], why: [`${key}.explanation`], differ: `decisions.${name}.disagreement`, moves: lines(segment) });
    });
    return [...decided, ...arrivals(parts.late ?? [], turn), cameOf(turn, choices[STANCE], parts.event ?? []), ...scrutinyOf(turn, parts.scrutiny ?? []), attended(turn), ...itself(turn)];
  }
  /** What arrives from an earlier turn. @param {any[]} log @param {number} turn @returns {Block[]} */
  function arrivals(log, turn) {
    const cuts = log.flatMap(([what], i) => (what === "late" ? [i] : []));
    return cuts.map((at, i) => {
      const segment = log.slice(at, cuts[i + 1]); const from = segment[0][1];
      const [name, option] = from.split(".");
      const since = option ? rules.decisions[name].turns[0] : run.states[0].deck.indexOf(name) + 1;
      const stance = now().log.turns[since - 1][STANCE];
      return block({ what: "late", label: fill(option ? w.arrives : w.arrives_stance, { n: since }), title: text(option ? `decisions.${name}.title` : `events.${name}.title`), chose: text(option ? `decisions.${from}.text` : `stances.${stance}.text`), story: [option ? `decisions.${from}.late` : `events.${name}.${stance}.late`], moves: lines(segment) });
    }).filter(() => turn > 1);
  }
  /** @param {number} turn @param {string} stance @param {any[]} log */
  function cameOf(turn, stance, log) {
    const name = eventOf(turn); const key = `events.${name}.${stance}`;
    const [low, span] = rules.severity; const hard = (log[0]?.[2] - low) / span;
    return block({ what: "event", label: w.event, title: text(`events.${name}.title`), chose: text(`stances.${stance}.text`), notes: [w.severity[hard < 1 / 3 ? 0 : hard < 2 / 3 ? 1 : 2]], story: [...depending(`events.${name}`, turn, log, name), `${key}.consequence`, ...depending(key, turn, log, name)], why: [`${key}.explanation`], moves: lines(log) });
  }
  /** @param {number} turn @param {any[]} log @returns {Block[]} */
  function scrutinyOf(turn, log) {
    if (!log.length) return [];
    const { values } = run.states[turn];
    return [block({ what: "event", label: w.event_last, title: text(`events.${SCRUTINY}.title`), story: [`events.${SCRUTINY}.text`, `events.${SCRUTINY}.${values.secret ? "secret" : "open"}`, `events.${SCRUTINY}.${values.mandate >= 45 ? "clear" : "unclear"}`], moves: lines(log) })];
  }
  /** @param {number} turn */
  function attended(turn) {
    const given = now().log.turns[turn - 1][ATTENTION] ?? {};
    const { points } = pointsOf(rules, run.states[turn - 1], now().log.turns[turn - 1]);
    const { changed } = moved(run.parts[turn - 1][ATTENTION] ?? [], rules.lender);
    const moves = rules.decisions[ATTENTION].points.map((/** @type {string} */ id) => {
      const [a, b] = changed.get(asName(id)) ?? [0, 0];
      return move(w.attention_line, { x: text(`channels.${id}.name`), y: counted(w.attention_points, given[id] ?? 0), c: a === b ? "0" : signed(b - a) });
    });
    return block({ what: "attention", title: w.attention_did, notes: used(given) > points ? [fill(w.attention_thin, { n: points, y: used(given) })] : [], moves });
  }
  /** What the rules do after the choices and events of a turn, part by part. @param {number} turn @returns {Block[]} */
  function itself(turn) {
    const parts = run.parts[turn - 1]; const { values } = run.states[turn];
    const rest = rules.order.slice(rules.order.indexOf(ATTENTION) + 1);
    return rest.flatMap((/** @type {string} */ part) => {
      const moves = lines(parts[part]); const notes = [];
      if (part === "redesigning" && turn < 3) notes.push(w.not_started);
      else if (part === "redesigning" && "backing" in values) {
        const by = Object.entries(w.brakes).map(([letter, name]) => [letter, values[/** @type {string} */ (name)]]);
        const named = { a: w.brake_names[0], b: w.brake_names[1], c: w.brake_names[2] };
        const lowest = [...by].sort((a, b) => a[1] - b[1])[0][0];
        notes.push(fill(w.brake, { ...Object.fromEntries(by.map(([letter, value]) => [letter, Math.round(value)])), x: named[/** @type {"a"} */ (lowest)] }));
      }
      if (part === "acting" && values.spell) notes.push(w.spell);
      if (part === "overperformance" && moves.length && "share" in values) notes.push(fill(w.over_plan, { x: shown("activity", values.activity + values.spell), y: Math.round(values.share * 100) }));
      return moves.length || notes.length ? [block({ what: "itself", title: w.parts[part] ?? w.parts.other, notes, moves })] : [];
    });
  }
  /** What was expected and what came. @param {number} turn */
  function surprise(turn) {
    const expected = now().log.expected[turn - 1];
    const [before, after] = [seen(run.states[turn - 1]), seen(run.states[turn])];
    const change = (/** @type {string} */ id) => after[id] - before[id];
    const fell = [...data.lenses].sort((a, b) => change(a) - change(b))[0];
    const any = change(fell) <= -0.05;
    const say = { x: lensName(expected), y: lensName(fell), z: any ? signed(change(fell)) : "" };
    if (expected === NONE) return any ? fill(w.expected_none_wrong, say) : w.expected_none_right;
    const c = signed(change(expected));
    if (!any) return fill(w.expected_none_fell, { ...say, c });
    return fill(expected === fell || change(expected) === change(fell) ? w.expected_right : w.expected_fell, { ...say, c });
  }
  /** @param {Move[]} moves @param {boolean} [bare] */
  const moveList = (moves, bare) => (moves.length ? [bare ? null : label(w.changes), el("ul", { class: "moves" }, moves.map(({ text: words, x, c, y }) => el("li", null, x ? [el("span", null, x), " ", el("b", null, c), " ", y ? el("small", null, y) : null] : words)))] : bare ? [] : [el("p", { class: "small" }, w.no_change)]);
  /** @param {Block} of */
  function blockView(of) {
    const pair = of.story.length || of.why.length ? el("div", { class: of.why.length ? "pair" : "pair one" }, el("div", null, label(w.what_happens), el("div", { class: "story" }, of.story.map((key) => rich(key)))), of.why.length ? el("div", null, label(w.why), of.why.map((key) => rich(key))) : null) : null;
    const differ = of.differ && found(of.differ) ? el("details", { class: "differ" }, el("summary", null, w.differ), el("div", { class: "sides" }, rich(of.differ))) : null;
    return el("section", { class: `came ${of.what}` }, of.label ? el("p", { class: "label" }, of.what === "late" ? el("span", { class: "yours" }, of.label) : of.label) : null, el("h3", null, of.title),
      of.chose ? el("p", { class: "chose" }, el("span", { class: of.what === "late" ? null : "yours" }, fill(w.you_chose, { x: of.chose }))) : null,
      of.notes.map((words) => el("p", { class: pair ? "small" : null }, words)), pair, moveList(of.moves, !pair), differ);
  }
  /** @param {number} turn */
  function blocksView(turn) {
    const blocks = accountOf(turn);
    const own = blocks.filter((one) => one.what === "itself");
    const section = own.length ? el("section", { class: "came itself-all" }, el("h3", null, w.itself), own.map((one) => el("div", { class: "part" }, el("h4", null, one.title), one.notes.map((words) => el("p", null, words)), moveList(one.moves, true)))) : null;
    return [...blocks.filter((one) => one.what !== "itself").map(blockView), section];
  }
  /** @param {number} turn @param {boolean} [focus] */
  function showHappened(turn, focus = true) {
    const next = el("button", { class: "go", type: "button" }, turn < rules.turns ? fill(w.next, { n: turn + 1 }) : w.next_last);
    next.addEventListener("click", () => { now().read = now().log.turns.length; keep(); showNow(); });
    show("happened", [
      el("header", { class: "turn-head" }, over(), heading(fill(w.happened, { d: fill(w.day, { n: 20 * turn }) })), el("p", { class: "surprise story" }, surprise(turn))),
      el("div", { class: "board" }, el("div", { class: "doing" }, blocksView(turn)), el("aside", { class: "standing", "aria-labelledby": "game-lenses" }, el("section", null, el("h3", { id: "game-lenses" }, w.lenses), lensList(turn, true)), el("section", null, el("h3", { id: "game-money" }, w.money), accounts(turn)), history(turn))),
      el("div", { class: "act" }, next), el("p", { class: "small kept", "data-kept": true }),
    ], focus);
  }

  // ---- lenses, accounts, charts ----

  /** Across a strip 300 wide. @param {number} value */
  const across = (value) => (10 + 2.8 * Math.max(0, Math.min(100, value))).toFixed(1);
  /** @param {{now: number, was?: number, ghost?: number, from?: number, to?: number}} given */
  function strip(given) {
    const y = 13; const at = across(given.now);
    const range = given.from === undefined || given.to === undefined ? "" : `<path class="range" d="M${across(given.from)} ${y}H${across(given.to)}"/><path class="ends" d="M${across(given.from)} ${y - 7}v14M${across(given.to)} ${y - 7}v14"/>`;
    const g = given.ghost === undefined ? 0 : Number(across(given.ghost));
    const ghostly = given.ghost === undefined ? "" : `<path class="ghost" d="M${g} ${y - 8}l8 8l-8 8l-8-8z"/>`;
    const was = given.was === undefined ? "" : `<path class="way" d="M${across(given.was)} ${y}H${at}"/><circle class="was" cx="${across(given.was)}" cy="${y}" r="3.5"/>`;
    return drawing(`<path class="track" d="M10 ${y}H290"/>${range}${ghostly}${was}<circle class="you" cx="${at}" cy="${y}" r="7"/>`, "strip", "0 0 300 26");
  }
  /** @param {number} change */
  const direction = (change) => (Math.abs(change) < 0.05 ? w.level : fill(change > 0 ? w.up : w.down, { x: Math.abs(change).toFixed(1) }));
  /** What the marks mean; each is drawn. @param {boolean} was @param {boolean} range */
  function key(was, range) {
    const marks = [[w.lens_key.you, '<circle class="you" cx="10" cy="10" r="7"/>']];
    if (was) marks.push([w.lens_key.was, '<circle class="was" cx="10" cy="10" r="3.5"/>']);
    if (ghost) marks.push([ghostName(), '<path class="ghost" d="M10 2l8 8l-8 8l-8-8z"/>']);
    if (range) marks.push([w.lens_key.range, '<path class="range" d="M1 10H19"/><path class="ends" d="M1 4v12M19 4v12"/>']);
    return el("p", { class: "small key" }, marks.map(([words, inner]) => el("span", null, drawing(inner, "icon strip", "0 0 20 20"), words)));
  }
  const ghostName = () => (now().log.changed && compared === now().ghost ? w.ghost_before : compared === now().ghost ? w.ghost_last : w.ghost_chosen);
  /** The seven lenses after a turn; 0 is the start. @param {number} turn @param {boolean} was @param {any} [reference] */
  function lensList(turn, was, reference = null) {
    const at = seen(run.states[turn]); const before = turn > 0 && was ? seen(run.states[turn - 1]) : null;
    const other = ghost && ghost.states[turn] ? seen(ghost.states[turn]) : null;
    const rows = data.lenses.map((/** @type {string} */ id) => {
      const value = at[id]; const level = value < 40 ? "low" : value < 60 ? "middle" : "high";
      const quantiles = reference?.lenses[id];
      const notes = [other ? fill(w.was_ghost, { g: capital(ghostName()), x: Math.round(other[id]) }) + (reference ? ` (${direction(value - other[id])})` : "") : "", quantiles ? `${fill(w.most, { a: Math.round(quantiles[10]), b: Math.round(quantiles[90]) })} ${fill(w.lower, { n: placeOf(quantiles, value) })}` : ""].filter(Boolean);
      return el("li", { "data-lens": id }, el("p", { class: "lens-head" }, el("span", null, text(`lenses.${id}.name`)), el("span", null, el("b", null, Math.round(value)), before ? el("small", null, direction(value - before[id])) : null)),
        strip({ now: value, was: before?.[id], ghost: other?.[id], ...(quantiles && { from: quantiles[10], to: quantiles[90] }) }),
        el("p", null, rich(`lenses.${id}.${level}`)), notes.length ? el("p", { class: "small" }, notes.join(reference ? ". " : " · ").replace(/\.\./g, ".")) : null);
    });
    return [key(Boolean(before), Boolean(reference)), el("ul", { class: "lenses" }, rows)];
  }
  /** @param {number} turn */
  function accounts(turn) {
    const values = run.states[turn].values; const before = turn > 0 ? run.states[turn - 1].values : null;
    const thousands = (/** @type {number} */ k) => Math.round(k * skin().money).toLocaleString("en-GB").replace("-", "−");
    const outside = rules.accounts.filter((/** @type {string} */ id) => rules.start[id] === 0);
    const row = (/** @type {string} */ id) => { const change = before ? values[id] - before[id] : 0; return el("tr", null, el("th", { scope: "row" }, nameOf(id)), el("td", { class: "n" }, thousands(values[id])), el("td", { class: "n" }, change ? (change > 0 ? "+" : "") + thousands(change) : "–")); };
    let whole = 0;
    rules.accounts.forEach((/** @type {string} */ id) => { whole += values[id]; });
    const rows = [...rules.accounts.filter((/** @type {string} */ id) => !outside.includes(id)).map(row), el("tr", null, el("th", { scope: "rowgroup", colspan: 3, class: "part" }, w.outside)), ...outside.map(row), el("tr", { class: "whole" }, el("th", { scope: "row" }, w.all_accounts), el("td", { class: "n" }, thousands(whole)), el("td", { class: "n" }, w.always))];
    return [el("p", null, fill(w.position, { x: money(seen(run.states[turn]).position) })), el("table", { class: "accounts" }, el("caption", null, fill(w.money_caption, { u: w.thousand })), el("thead", null, el("tr", null, el("th", { scope: "col" }, w.account), el("th", { scope: "col", class: "n" }, w.now), el("th", { scope: "col", class: "n" }, w.change_head))), el("tbody", null, rows))];
  }
  /** What stands under each lens: the variables and accounts that its report reads. @returns {[string, string[]][]} */
  function under() {
    const trees = Object.fromEntries(rules.reports);
    /** @param {string} id @returns {string[]} */
    const read = (id) => namesIn(trees[id]).flatMap((name) => (name in trees ? read(name) : name in rules.bounds || rules.accounts.includes(name) ? [name] : []));
    const groups = data.lenses.map((/** @type {string} */ id) => [id, [...new Set(read(id))]]);
    const shown = new Set(groups.flatMap((/** @type {[string, string[]]} */ [, ids]) => ids));
    const other = Object.keys(rules.bounds).filter((id) => !shown.has(id) && !data.unseen.includes(id));
    return [...groups, ["", other]];
  }
  /** One small chart: days across, the value up. @param {string} id @param {number[]} mine @param {number[] | null} other */
  function chart(id, mine, other) {
    const bounds = isMoney(id) ? null : id in rules.bounds ? rules.bounds[id] : [0, 100];
    const both = [...mine, ...(other ?? []), ...(bounds ?? [])];
    const [low, high] = [Math.min(...both), Math.max(...both)];
    const x = (/** @type {number} */ i) => (6 + (i * 108) / rules.turns).toFixed(1);
    const y = (/** @type {number} */ value) => (50 - (44 * (value - low)) / (high - low || 1)).toFixed(1);
    const line = (/** @type {number[]} */ values) => values.map((value, i) => `${i ? "L" : "M"}${x(i)} ${y(value)}`).join("");
    const at = mine.length - 1;
    return drawing(`<path class="base" d="M6 54H114"/>${other ? `<path class="ghost-line" d="${line(other)}"/>` : ""}<path class="line" d="${line(mine)}"/><circle class="you" cx="${x(at)}" cy="${y(mine[at])}" r="3.5"/>`, "spark", "0 0 120 58");
  }
  /** The history of everything, from day 0: charts, each with its text, and one table. @param {number} turn @param {boolean} [open] */
  function history(turn, open = false) {
    return turn < 1 ? null : foldLater(w.history, () => historyOf(turn), { class: "more history", open });
  }
  /** @param {number} turn @returns {any[]} */
  function historyOf(turn) {
    const states = run.states.slice(0, turn + 1); const others = ghost ? ghost.states : null;
    const values = (/** @type {any[]} */ from, /** @type {string} */ id) => from.map((state) => (data.lenses.includes(id) ? seen(state)[id] : state.values[id]));
    const figure = (/** @type {string} */ id, lens = false) => {
      const mine = values(states, id); const other = others && values(others, id);
      return el("figure", { class: lens ? "spark-figure whole" : "spark-figure" }, el("figcaption", null, lens ? lensName(id) : nameOf(id)), chart(id, mine, other), el("p", { class: "small" }, mine.map((value) => shown(id, value)).join(", ")));
    };
    const groups = under().map(([lens, ids]) => el("section", null, el("h4", null, lens ? lensName(lens) : w.history_other), el("div", { class: "sparks" }, lens && ids.length > 1 ? figure(lens, true) : null, ids.map((id) => figure(id)))));
    const days = states.map((_, i) => 20 * i);
    const rows = under().flatMap(([lens, ids]) => [...(lens && ids.length > 1 ? [lens] : []), ...ids]).map((id) => el("tr", null, el("th", { scope: "row" }, data.lenses.includes(id) ? lensName(id) : nameOf(id)), values(states, id).map((value) => el("td", { class: "n" }, shown(id, value)))));
    const table = el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": w.history_table }, el("table", null, el("thead", null, el("tr", null, el("th", { scope: "col" }, w.thing), days.map((d) => el("th", { scope: "col", class: "n" }, fill(w.day, { n: d }))))), el("tbody", null, rows)));
    return [el("p", { class: "small" }, fill(w.history_note, { d: fill(w.day, { n: 20 * turn }).toLowerCase(), x: ghost ? fill(w.history_ghost, { x: ghostName() }) : "" })), groups, fold(w.history_table, table)];
  }

  // ---- afterwards: four conversations, and only then a comparison ----

  /** @param {string} words @param {string} value @param {(text: string) => void} write @param {string} [note] @param {any} [described] */
  function writing(words, value, write, note = "", described = null) {
    const id = `game-words-${Math.random().toString(36).slice(2, 8)}`;
    const area = el("textarea", { id, placeholder: " ", "aria-describedby": described }, value);
    area.addEventListener("input", () => { write(area.value); });
    return el("div", { class: "prompt" }, el("label", { for: id }, words), area, note ? el("p", { class: "small" }, note) : null);
  }
  const wrote = () => { keep(); keepRun(); };
  /** @param {number} phase */
  function phaseBody(phase) {
    const own = now().debrief;
    if (phase === 0) return [el("div", { class: "asks" }, rich("debrief.reactions")), writing(w.debrief_write, own.reactions, (text) => { own.reactions = text; wrote(); })];
    if (phase === 1) return [el("div", { class: "asks" }, rich("debrief.description")), ownLog(), writing(w.debrief_write, own.description, (text) => { own.description = text; wrote(); })];
    if (phase === 2) return [...Array(7).keys()].map((i) => el("section", { class: "theme" }, el("h3", null, text(`debrief.analysis.${i}.theme`)), el("p", { class: "small" }, el("b", null, w.look_at), " ", rich(`debrief.analysis.${i}.look_at`)), el("p", { class: "story" }, rich(`debrief.analysis.${i}.ask`)), writing(w.debrief_theme, own.analysis[i] ?? "", (text) => { own.analysis[i] = text; wrote(); }))).concat(history(rules.turns) ?? []);
    return [sentence()];
  }
  /** The one sentence for real life, in the record. */
  function sentence() {
    const box = writing(text("debrief.application"), reflectionText(store.read(SENTENCE)), (text) => {
      const kept = store.write(SENTENCE, JSON.stringify({ format: "commissioning-reflection/1", text, at: new Date().toISOString() }));
      warning.textContent = kept ? "" : w.not_saved;
    }, w.sentence_note);
    const warning = el("p", { class: "need", role: "alert" });
    box.classList.add("sentence");
    box.append(warning);
    return box;
  }
  /** What was chosen in each turn, short. */
  function ownLog() {
    return el("ol", { class: "own-log" }, now().log.turns.map((choices, i) => el("li", null, el("b", null, text(`turns.${i + 1}.title`)), el("ul", null, chosenLines(i + 1, choices).map((line) => el("li", null, line))))));
  }
  /** @param {number} turn @param {Choices} choices */
  function chosenLines(turn, choices) {
    const spent = Object.entries(choices[ATTENTION] ?? {}).filter(([, n]) => n).map(([id, n]) => `${text(`channels.${id}.name`)} ${n}`).join(", ");
    return [...setPieces(rules, turn).map((name) => `${text(`decisions.${name}.title`)}: ${text(`decisions.${name}.${choices[name]}.text`)}`), `${text(`events.${eventOf(turn)}.title`)}: ${text(`stances.${choices[STANCE]}.text`)}`, fill(w.log_attention, { x: spent || w.log_none })];
  }
  /** Whether a phase has words in it. @param {number} phase */
  const hasWords = (phase) => { const own = now().debrief; return [own.reactions, own.description, Object.values(own.analysis).join(""), reflectionText(store.read(SENTENCE))][phase].trim() !== ""; };
  function showDebrief(focus = true) {
    const { phase } = now().debrief;
    const need = el("p", { class: "need", role: "alert" });
    const go = el("button", { class: "go", type: "button", "data-next-phase": true }, phase < 3 ? fill(w.debrief_next, { x: w.debrief_names[phase + 1].toLowerCase() }) : w.debrief_done);
    const without = button(w.debrief_without, { "data-without": true, hidden: true });
    const back = phase ? button(w.debrief_back, { "data-back": true }, icon(BACK)) : null;
    const to = (/** @type {number} */ next) => { now().debrief.phase = next; wrote(); showNow(); };
    go.addEventListener("click", () => {
      if (hasWords(phase)) { to(phase + 1); return; }
      need.textContent = phase === 2 ? w.debrief_need_theme : w.debrief_need;
      without.hidden = false;
      one("textarea", stage).focus();
    });
    without.addEventListener("click", () => to(phase + 1));
    back?.addEventListener("click", () => to(phase - 1));
    show("debrief", [over(), label(w.debrief_head), heading(fill(w.debrief_step, { n: phase + 1, x: w.debrief_names[phase] })), el("p", { class: "small" }, w.debrief_note), el("div", { class: "room debrief" }, phaseBody(phase), need, el("div", { class: "act" }, go, without, back)), el("p", { class: "small kept", "data-kept": true })], focus);
  }

  // ---- the ending ----

  function showEnd(focus = true) {
    const end = last(run.states); const later = scenario.afterwards(rules, end);
    const values = told(rules, end, later); const after = told(rules, later);
    const portrait = skin().endings.findIndex((/** @type {any} */ when) => evaluate(when, values));
    /** @param {string} part @param {any} from */
    const holding = (part, from) => skin()[part].flatMap((/** @type {any} */ when, /** @type {number} */ i) => (evaluate(when, from) ? [`${part}.${i}`] : []));
    const { changed, dial } = now().log; const { reference } = data;
    show("end", [
      over(), changed ? heading(w.end_changed_head) : heading(w.end_head), changed ? changedNote(changed) : null,
      el("section", { class: "portrait" }, label(w.portrait), el("h3", null, text(`endings.${portrait}.name`)), el("div", { class: "story" }, rich(`endings.${portrait}.text`))),
      el("section", null, el("h3", { id: "game-lenses" }, w.lenses), el("p", null, w.end_note), el("div", { class: "side-by-side" }, lensList(rules.turns, false, reference)), reference ? el("p", { class: "small" }, fill(w.reference, { n: reference.games.toLocaleString("en-GB") }), dial === "central" ? "" : ` ${fill(w.reference_dial, { x: w.dials[dial][0].toLowerCase() })}`) : null),
      el("section", null, el("h3", null, w.who_paid), el("div", { class: "story" }, holding("paid", values).map((/** @type {string} */ key) => rich(key)))),
      el("section", { class: "day-365" }, label(fill(w.day, { n: 365 })), el("h3", null, w.letter), el("p", { class: "small" }, fill(w.letter_money, { a: money(values.position), b: money(values.day_365) })), el("div", { class: "story" }, holding("letter", after).map((/** @type {string} */ key) => rich(key)))),
      history(rules.turns, Boolean(changed)), foldLater(w.look_back, () => [...Array(rules.turns).keys()].map((i) => fold(text(`turns.${i + 1}.title`), blocksView(i + 1))), { class: "more look-back" }),
      logSection(), againSection(), el("p", { class: "small kept", "data-kept": true }),
    ], focus);
  }
  /** @param {Changed} changed */
  function changedNote({ turn, decision, was, now: is }) {
    const called = (/** @type {string} */ key) => text(decision === STANCE ? `stances.${key}.text` : `decisions.${decision}.${key}.text`);
    const title = decision === STANCE ? fill(w.stance_of, { x: text(`events.${eventOf(turn)}.title`) }) : text(`decisions.${decision}.title`);
    const thin = used(now().log.turns[turn - 1][ATTENTION] ?? {}) > pointsOf(rules, run.states[turn - 1], now().log.turns[turn - 1]).points;
    return el("p", { class: "story" }, fill(w.end_changed, { n: turn, t: title, a: called(was), b: called(is) }), thin ? ` ${fill(w.end_changed_thin, { n: turn })}` : "");
  }
  function logSection() {
    const { log } = now(); const name = `first-hundred-days-${log.skin}-${log.seed}`;
    const view = foldLater(w.see_log, () => el("div", { class: "game-log-shown" }, logNodes("h4", "h5")), {});
    const [asText, asJson, print] = [button(w.log_text, { "data-save-text": true }, icon(SAVED)), button(w.log_json, { "data-save-json": true }, icon(SAVED)), button(w.log_print, { "data-print": true }, icon(PRINTER))];
    asText.addEventListener("click", () => saveFile(`${name}.txt`, logText(), "text/plain"));
    asJson.addEventListener("click", () => saveFile(`${name}.json`, `${JSON.stringify({ ...log, debrief: undefined }, null, 1)}\n`, "application/json"));
    print.addEventListener("click", () => { fillLog(); globalThis.print(); });
    return el("section", null, el("h3", null, w.log), el("p", { class: "does" }, asText, asJson, print), view);
  }
  function againSection() {
    const { log } = now();
    const same = button(w.again_same, { "data-again-same": true }); const fresh = button(w.again_new, { "data-again-new": true });
    same.addEventListener("click", () => begin({ skin: log.skin, seed: log.seed, dial: log.dial }));
    fresh.addEventListener("click", () => showStart(true, { skin: log.skin, dial: log.dial, seed: 1 + Math.floor(Math.random() * 9999) }));
    const others = finished(log.skin).filter((other) => !isSame(other, log));
    const compare = el("select", { id: "game-compare", class: "picker" }, el("option", { value: "" }, w.compare_none), others.map((other, i) => el("option", { value: i, selected: Boolean(compared && isSame(other, compared)) }, runName(other))));
    compare.addEventListener("change", () => {
      compared = compare.value === "" ? null : others[Number(compare.value)];
      ghost = compared && played(data, compared);
      showEnd(false);
      one("#game-compare", stage).focus();
    });
    return el("section", { class: "room again" }, el("h3", null, w.again_head), el("p", null, w.again_note), el("p", { class: "does" }, el("button", { class: "go", type: "button", "data-again": true, hidden: true }), same, fresh),
      changeForm(), others.length ? el("div", { class: "compare" }, el("label", { for: "game-compare" }, w.compare_with), compare) : null);
  }
  /** Choose one decision; the rest is played again as it was. */
  function changeForm() {
    const { log } = now();
    const which = log.turns.flatMap((_, i) => [...setPieces(rules, i + 1), STANCE].map((name) => ({ turn: i + 1, name })));
    const called = (/** @type {string} */ name, /** @type {string} */ key) => text(name === STANCE ? `stances.${key}.text` : `decisions.${name}.${key}.text`);
    const title = (/** @type {{turn: number, name: string}} */ { turn, name }) => (name === STANCE ? fill(w.stance_of, { x: text(`events.${eventOf(turn)}.title`) }) : text(`decisions.${name}.title`));
    const first = el("select", { id: "game-change-which", class: "picker" }, which.map((at, i) => el("option", { value: i }, fill(w.change_option, { n: at.turn, t: title(at), x: called(at.name, log.turns[at.turn - 1][at.name]) }))));
    const second = el("select", { id: "game-change-to", class: "picker" });
    const at = () => which[Number(first.value)];
    const offer = () => { const { turn, name } = at(); second.replaceChildren(...Object.keys(rules.decisions[name].options).filter((key) => key !== log.turns[turn - 1][name]).map((key) => el("option", { value: key }, called(name, key)))); };
    first.addEventListener("change", offer);
    offer();
    const form = el("form", { class: "change" }, el("h4", null, w.change_head_form), el("p", { class: "small" }, w.change_note), el("div", null, el("label", { for: "game-change-which" }, w.change_which), first), el("div", null, el("label", { for: "game-change-to" }, w.change_to), second), el("div", { class: "act" }, el("button", { class: "go", type: "submit" }, w.change_go)));
    form.addEventListener("submit", (/** @type {Event} */ event) => { event.preventDefault(); replay(at().turn, at().name, second.value); });
    return form;
  }
  /** @param {number} turn @param {string} decision @param {string} is */
  function replay(turn, decision, is) {
    const before = copyOf(now().log); const { debrief } = now();
    const log = { ...copyOf(before), changed: { turn, decision, was: before.turns[turn - 1][decision], now: is }, made: new Date().toISOString() };
    log.turns[turn - 1][decision] = is;
    takeUp({ format: GAME, log, read: rules.turns, draft: noDraft(), debrief: { ...copyOf(debrief), phase: 4 }, ghost: { ...before, debrief: undefined } });
    keepRun();
    keep();
    showEnd();
  }

  // ---- the log as text ----

  /** @returns {Line[]} */
  function logLines() {
    const { log } = now();
    /** @type {Line[]} */ const made = [];
    const add = (/** @type {number} */ level, /** @type {string} */ words) => { if (words) made.push({ level, text: words }); };
    add(1, fill(w.title, { x: log.skin, n: log.seed, d: w.dials[log.dial][0].toLowerCase() }));
    add(0, w.invented);
    if (log.changed) add(0, changedNote(log.changed).textContent ?? "");
    log.turns.forEach((choices, i) => {
      add(1, text(`turns.${i + 1}.title`));
      chosenLines(i + 1, choices).forEach((line) => add(3, line));
      add(3, fill(w.log_expected, { x: lensName(log.expected[i]) }));
      accountOf(i + 1).forEach((of) => {
        add(2, [of.label, of.title].filter(Boolean).join(": "));
        of.notes.forEach((words) => add(0, words));
        [...of.story, ...of.why].forEach((key) => add(0, text(key)));
        of.moves.forEach((line) => add(3, line.text));
      });
      const at = seen(run.states[i + 1]);
      add(0, fill(w.log_lenses, { x: data.lenses.map((/** @type {string} */ id) => `${lensName(id)} ${at[id].toFixed(1)}`).join("; ") }));
    });
    if (log.turns.length === rules.turns && now().debrief.phase === 4) endLines(add);
    if (log.turns.length === rules.turns) debriefLines(add);
    return made;
  }
  /** @param {(level: number, words: string) => void} add */
  function endLines(add) {
    const end = last(run.states); const later = scenario.afterwards(rules, end);
    const values = told(rules, end, later); const after = told(rules, later);
    add(1, w.log_end);
    const portrait = skin().endings.findIndex((/** @type {any} */ when) => evaluate(when, values));
    add(0, `${text(`endings.${portrait}.name`)}. ${text(`endings.${portrait}.text`)}`);
    add(2, w.who_paid);
    skin().paid.forEach((/** @type {any} */ when, /** @type {number} */ i) => { if (evaluate(when, values)) add(0, text(`paid.${i}`)); });
    add(2, w.letter);
    add(0, fill(w.letter_money, { a: money(values.position), b: money(values.day_365) }));
    skin().letter.forEach((/** @type {any} */ when, /** @type {number} */ i) => { if (evaluate(when, after)) add(0, text(`letter.${i}`)); });
  }
  /** @param {(level: number, words: string) => void} add */
  function debriefLines(add) {
    const own = now().debrief; const real = reflectionText(store.read(SENTENCE));
    const parts = [[w.debrief_names[0], own.reactions], [w.debrief_names[1], own.description], ...Object.entries(own.analysis).map(([i, words]) => [text(`debrief.analysis.${i}.theme`), words]), [text("debrief.application"), real]].filter(([, words]) => words.trim());
    if (!parts.length) return;
    add(1, w.log_debrief);
    parts.forEach(([title, words]) => { add(2, title); add(0, words); });
  }
  const logText = () => `${logLines().map(({ level, text }, i) => (level === 1 ? `${i ? "\n\n" : ""}${text}\n${"=".repeat(Math.min(72, text.length))}` : level === 2 ? `\n${text}` : level === 3 ? `- ${text}` : text)).join("\n")}\n`;
  /** @param {string} big @param {string} small */
  const logNodes = (big, small) => logLines().map(({ level, text }) => el(level === 1 ? big : level === 2 ? small : "p", { class: level === 3 ? "log-line" : null }, text));
  /** What paper shows: the game so far. */
  function fillLog() { logBox.replaceChildren(...(game && now().log.turns.length ? logNodes("h2", "h3") : [])); }

  // ---- at the start of the page ----

  addEventListener("beforeprint", fillLog);
  addEventListener("hashchange", () => { if (Object.keys(fromAddress()).length) showStart(true); });
  runs = taken(`${KEY}runs`, w.runs_name, readRuns) ?? [];
  showStart(false);
  root.dataset.live = "";
  return { resolve: () => run, log: () => copyOf(now().log) };
}

/** Starts the game of a page; where it cannot, says so, and leaves everything to read. */
function start() {
  all("[data-game]", document).forEach((root) => {
    try { mount(root); } catch (error) {
      root.dataset.broken = "";
      const stage = one("[data-stage]", root);
      if (stage) stage.hidden = true;
      const words = one("[data-broken]", root);
      if (words) words.hidden = false;
      console.warn("The game could not be started:", error);
    }
  });
}

const game = { start, mount, resolve, played, told, pointsOf, costsOf, moved, placeOf, pounds, checkLog, readSave };
export default game;

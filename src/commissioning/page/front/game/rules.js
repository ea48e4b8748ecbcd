// @ts-check
/* First Hundred Days in the page: choose, end the turn, see what happened and why, write, compare, play again.

   The engine is decision.js, which stands on the page before this file. Every text of a telling stands in the page's HTML
   and is taken from there by its `data-w`. A game is its choices: states are always played again from them, so that
   nothing kept can hold a result of its own. What is kept stands under `commissioning:game:`. Nothing here adds up lenses.
   Put together by page/scripts.py: rules, keeping, stage (words, views, the start), turn, happened, end. */

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
const KEY = "game:";
const SENTENCE = "reflection:your-first-hundred-days.one-sentence";
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

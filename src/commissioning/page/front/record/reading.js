// @ts-check
/* My record: what this browser has kept, shown, joined with other records, taken away, forgotten and brought back.

   Put together by page/scripts.py as one classic script, so that it also runs from disk. It stands behind decision.js,
   whose scores it asks for. Reading, joining and answers compute and touch nothing; they mirror commissioning.record,
   and the same cases are run against both.
   What a learner typed only ever becomes text. Nothing here is a mark: no total, no rank, no days counted.
   No template stands inside another and no regular expression holds a backtick: the build's minifier would lose its way. */

/** @typedef {{response: any, at: string, edition: string}} Taken */
/** @typedef {{format: string, id: string, kind: string, first: Taken, last: Taken, attempts: number}} State */
/** @typedef {{text: string, at: string | null}} Words */
/** @typedef {{format: string, edition: string, at: string | null, fields: Record<string, string | boolean>, half: any}} Half  Half an answer. */
/** @typedef {{made_at: string, book: any, decisions: Map<string, State>, reflections: Map<string, Words>, drafts: Map<string, Half>, aside: Map<string, string>, more: Map<string, any>}} Kept */
/** @typedef {{id: string, c: number, n: string, k: string, t: string, o: string[], e: string, q: number, x: Record<string, string>, u: string, m: any}} Entry */
/** @typedef {{slug: string, number: number, name: string, title: string, href: string, prompt: string, before?: string[], outcomes: Record<string, string>, maps: string[]}} Chapter */

const FORMAT = "commissioning-record/1";
const DECISION = "commissioning-decision/1";
const DRAFT = "commissioning-draft/1";
const REFLECTION = "commissioning-reflection/1";
const LARGEST = 20_000_000;
const DEEPEST = 50;
const STEPS = [1, 7, 30, 90];
const ENOUGH = 20;
const SLUG = /^[a-z0-9][a-z0-9-]{0,199}$/;
const DRAFTED = /^[a-z0-9][a-z0-9-]{0,199}(:again)?$/;
const NOTE = /^[a-z0-9][a-z0-9-]{0,199}(\.[a-z0-9-]{1,40})?$/;
const MOMENT = /^(19[7-9]\d|[2-8]\d{3})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:Z|[+-](\d\d):(\d\d))$/;
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** @type {any} */
const casebook = /** @type {any} */ (globalThis).commissioning;
const holder = document.querySelector("[data-record-index]");
const data = JSON.parse(holder?.textContent || "null");
const w = data?.words;
/** @type {Chapter[]} */
const chapters = data?.chapters ?? [];
/** @type {Map<string, Entry>} */
const exercises = new Map(Object.entries(data?.exercises ?? {}).map(([id, one]) => [id, { id, n: "", o: [], q: 0, x: {}, u: "", m: null, ...one }]));

// ---- words and times -------------------------------------------------------------------------------------------

/** Fills {x} in one of the book's words. @param {string} text @param {Record<string, any>} [values] */
const fill = (text, values = {}) => text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
/** @param {number} n */
const number = (n) => w.numbers[n] ?? n.toLocaleString("en-GB");
/** "one thing", "{n} things". @param {string[]} pair @param {number} n @param {Record<string, any>} [values] */
const plural = (pair, n, values = {}) => fill(pair[n === 1 ? 0 : 1], { n: number(n), ...values });
/** @param {string} at */
const moment = (at) => Date.parse(at);
const DATE = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric" });
const localDay = new Intl.DateTimeFormat("en-GB", DATE); // made once: a thousand answers have two thousand dates
/** @param {string} at */
const day = (at) => localDay.format(new Date(at));
/** The number of a day on the learner's own calendar. @param {string | number} at */
const dayNumber = (at) => { const d = new Date(at); return Math.round(Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()) / 864e5); };
/** @param {any} v @returns {v is Record<string, any>} */
const isObject = (v) => v !== null && typeof v === "object" && !Array.isArray(v);
/** @param {any} v */
const isNumber = (v) => typeof v === "number" && Number.isFinite(v);

/** Whether a text is a date and time with its zone, as ISO 8601 has it, on a day that there is. @param {any} at */
function isMoment(at) {
  const part = typeof at === "string" ? MOMENT.exec(at) : null;
  if (!part) return false;
  const [year, month, date, hour, minute, second, zone, rest] = part.slice(1).map(Number);
  const made = new Date(Date.UTC(year, month - 1, date));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === date && hour < 24 && minute < 60 && !(second > 59) && !(zone > 23) && !(rest > 59);
}

// ---- reading: a file is taken in whole or refused ------------------------------------------------------------------

class Refusal extends Error {}
/** @param {string} trail @returns {never} */
const damaged = (trail) => { throw new Refusal(fill(w.refusals.damaged, { x: trail })); };

/** @param {any} t @param {string} trail */
function checkTaken(t, trail) {
  if (!isObject(t)) damaged(trail);
  if (!isObject(t.response)) damaged(`${trail} → response`);
  if (!isMoment(t.at)) damaged(`${trail} → at`);
  if (typeof t.edition !== "string") damaged(`${trail} → edition`);
}

/** @param {any} s @param {string} trail @returns {State} */
function checkState(s, trail) {
  if (!isObject(s)) damaged(trail);
  if (s.format !== undefined && s.format !== DECISION) damaged(`${trail} → format`);
  if (typeof s.id !== "string" || !SLUG.test(s.id)) damaged(`${trail} → id`);
  if (typeof s.kind !== "string") damaged(`${trail} → kind`);
  if (!Number.isSafeInteger(s.attempts) || s.attempts < 1) damaged(`${trail} → attempts`);
  checkTaken(s.first, `${trail} → first`);
  checkTaken(s.last, `${trail} → last`);
  return /** @type {any} */ ({ ...s, format: DECISION });
}

/** @param {any} d @param {string} trail @returns {Half} */
function checkDraft(d, trail) {
  if (!isObject(d)) damaged(trail);
  const { format = DRAFT, edition, at = null, fields = {}, half = null, ...more } = /** @type {any} */ (d);
  if (format !== DRAFT) damaged(`${trail} → format`);
  if (typeof edition !== "string") damaged(`${trail} → edition`);
  if (!(at === null || isMoment(at))) damaged(`${trail} → at`);
  if (!isObject(fields) || !Object.values(fields).every((v) => typeof v === "string" || typeof v === "boolean")) damaged(`${trail} → fields`);
  return { ...more, format, edition, at, fields, half };
}

/** A decision or a draft that a later version of the book wrote. @param {any} s @param {string} own */
const isLater = (s, own) => isObject(s) && typeof s.format === "string" && s.format !== own && s.format.startsWith(own.slice(0, -1)) && /\/\d{1,9}$/.test(s.format);

/** Half characters, which no file can hold, replaced. @param {any} value @returns {any} */
function whole(value) {
  if (typeof value === "string") return value.replace(/\p{Surrogate}/gu, "\ufffd");
  if (!isObject(value) || !Object.keys(value).some((key) => /\p{Surrogate}/u.test(key))) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [whole(key), part]));
}
/** @param {any} value @param {number} [depth] @returns {number} */
function deep(value, depth = 0) {
  if (depth > DEEPEST || (typeof value === "number" && !Number.isFinite(value))) throw new Refusal(w.refusals.json);
  if (value !== null && typeof value === "object") Object.values(value).forEach((part) => deep(part, depth + 1));
  return depth;
}

/** The record in a file's text. Throws Refusal, in words, and changes nothing. @param {string} text @returns {Kept} */
function readRecord(text) {
  if (text.length > LARGEST) throw new Refusal(w.refusals.large);
  /** @type {any} */ let found;
  try { found = JSON.parse(text.replace(/^\ufeff/, ""), (_, value) => whole(value)); } catch { throw new Refusal(w.refusals.json); }
  deep(found);
  const format = isObject(found) ? found.format : undefined;
  if (format !== FORMAT) {
    const later = typeof format === "string" ? /^commissioning-record\/(\d{1,9})$/.exec(format) : null;
    throw new Refusal(later && Number(later[1]) > 1 ? fill(w.refusals.later, { x: format }) : w.refusals.other);
  }
  return checkRecord(/** @type {any} */ (found));
}

/** @param {Record<string, any>} found @returns {Kept} */
function checkRecord({ format, made_at, book = {}, decisions = {}, reflections = {}, drafts = {}, aside = {}, ...more }) {
  if (!isMoment(made_at)) damaged("made_at");
  for (const [name, part] of Object.entries({ book, decisions, reflections, drafts, aside })) if (!isObject(part)) damaged(name);
  if ([book.title ?? "", book.as_of ?? ""].some((v) => typeof v !== "string")) damaged("book");
  /** @type {Kept} */
  const kept = { made_at, book: { title: "", as_of: "", ...book }, decisions: new Map(), reflections: new Map(), drafts: new Map(), aside: new Map(Object.entries(aside)), more: new Map(Object.entries(more)) };
  kept.aside.forEach((raw, name) => { if (typeof raw !== "string") damaged(`aside → ${name}`); });
  /** @type {[string, string][]} */ const later = [];
  for (const [id, state] of Object.entries(decisions)) {
    if (isLater(state, DECISION)) { later.push([`${id}:later`, canonical(state)]); continue; }
    if (!SLUG.test(id)) damaged(`decisions → ${id}`);
    kept.decisions.set(id, checkState(state, `decisions → ${id}`));
  }
  for (const [name, draft] of Object.entries(drafts)) {
    if (isLater(draft, DRAFT)) { later.push([`${name}:later`, canonical(draft)]); continue; }
    if (!DRAFTED.test(name)) damaged(`drafts → ${name}`);
    kept.drafts.set(name, checkDraft(draft, `drafts → ${name}`));
  }
  if (later.length) kept.aside = joinAsides([...kept.aside, ...later]);
  for (const [name, words] of Object.entries(reflections)) {
    const { text, at = null, ...rest } = typeof words === "string" ? { text: words } : isObject(words) ? /** @type {any} */ (words) : damaged(`reflections → ${name}`);
    if (!NOTE.test(name) || typeof text !== "string" || !(at === null || isMoment(at))) damaged(`reflections → ${name}`);
    kept.reflections.set(name, { text, at, ...rest });
  }
  return kept;
}

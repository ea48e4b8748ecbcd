// ---- one order for everything that two records may hold; mirrors commissioning.record.ordering ----------------------

/** Seconds since 1970 in UTC, and nanoseconds. @typedef {[number, number]} Instant */
/** @type {Map<string, Instant>} */ const instants = new Map(); // a large record has few moments, and asks for each often
/** @param {string} at @returns {Instant} */
function instant(at) {
  const known = instants.get(at);
  if (known) return known;
  const part = /** @type {RegExpExecArray} */ (/^(.{10})T(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)$/.exec(at));
  const [, date, minutes, seconds = "00", fraction = "0", zone] = part;
  /** @type {Instant} */
  const found = [Date.parse(`${date}T${minutes}:${seconds}${zone}`) / 1000, Number(fraction.padEnd(9, "0"))];
  if (instants.size < 4096) instants.set(at, found);
  return found;
}
/** @param {Instant} a @param {Instant} b */
const laterOf = (a, b) => a[0] - b[0] || a[1] - b[1];
/** A moment in one spelling. @param {Instant} at */
function spelled([seconds, nanoseconds]) {
  const rest = nanoseconds ? `.${String(nanoseconds).padStart(9, "0").replace(/0+$/, "")}` : "";
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}${rest}Z`;
}
/** @type {Map<string, string>} */ const spellings = new Map(); // as for instants
/** The one spelling of a moment's text. @param {string} at @returns {string} */
function inOneSpelling(at) {
  const known = spellings.get(at) ?? spelled(instant(at));
  if (spellings.size < 4096) spellings.set(at, known);
  return known;
}
/** Which of two texts comes first, by code points as in Python. @param {string} a @param {string} b */
function textOrder(a, b) {
  if (a === b) return 0;
  const end = Math.min(a.length, b.length);
  let i = 0;
  while (i < end && a.charCodeAt(i) === b.charCodeAt(i)) i += 1;
  return i === end ? a.length - b.length : pointAt(a, i) - pointAt(b, i);
}
/** A unit of a text, those of the higher planes after all others. @param {string} text @param {number} i */
function pointAt(text, i) {
  const unit = text.charCodeAt(i);
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
/** Plain JSON as one text, the same in both languages. @param {any} value @returns {string} */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const parts = Object.keys(value).sort(textOrder).map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${parts.join(",")}}`;
}
/** The code points of a text. @param {string} text */
const lengthOf = (text) => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
/** How much there is in an answer: its letters, numbers and places. @param {any} value @returns {number} */
function fullness(value) {
  if (typeof value === "string") return lengthOf(value);
  if (Array.isArray(value)) return value.reduce((sum, part) => sum + fullness(part), 1);
  return isObject(value) ? Object.entries(value).reduce((sum, [key, part]) => sum + lengthOf(key) + fullness(part), 1) : 1;
}
/** Which of two values has more in it; a fixed order of those that are alike. @param {any} a @param {any} b */
const fullerOf = (a, b) => fullness(a) - fullness(b) || textOrder(canonical(a), canonical(b));
/** Eight hexadecimal digits of a text (FNV-1a over its code points). @param {string} text */
function hashed(text) {
  let found = 0x811c9dc5;
  for (const letter of text) found = Math.imul(found ^ /** @type {number} */ (letter.codePointAt(0)), 0x01000193);
  return (found >>> 0).toString(16).padStart(8, "0");
}

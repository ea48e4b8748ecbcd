// ---- joining: nothing of either side is lost -----------------------------------------------------------------------

/** @param {Taken} a @param {Taken} b  Which answer has more in it, where both were given at one moment. */
const weigh = (a, b) => {
  const [x, y] = [a, b].map((t) => JSON.stringify(sorted(t.response)));
  return x.length - y.length || (x < y ? -1 : x > y ? 1 : 0);
};
/** @param {any} v @returns {any} */
const sorted = (v) => (isObject(v) ? Object.fromEntries(Object.keys(v).sort().map((key) => [key, sorted(v[key])])) : Array.isArray(v) ? v.map(sorted) : v);

/** One exercise decided in two places: first is the earliest, last the latest. @param {State} a @param {State} b @returns {State} */
function mergeStates(a, b) {
  const earlier = moment(a.first.at) - moment(b.first.at) || weigh(a.first, b.first);
  const later = isLaterState(b, a) ? b : a;
  const other = later === a ? b : a;
  const times = new Set([a.first, a.last, b.first, b.last].map((t) => moment(t.at)));
  return { ...other, ...later, first: earlier <= 0 ? a.first : b.first, last: later.last, attempts: Math.max(a.attempts, b.attempts, times.size) };
}
/** @param {State} a @param {State} b */
const isLaterState = (a, b) => (moment(a.last.at) - moment(b.last.at) || weigh(a.last, b.last)) > 0;

/** One text if it holds the other, otherwise both, the older first. @param {Words} a @param {Words} b @returns {Words} */
function mergeWords(a, b) {
  /** @param {Words} x */
  const age = (x) => (x.at ? moment(x.at) : 0);
  const [older, newer] = age(a) - age(b) < 0 || (age(a) === age(b) && a.text <= b.text) ? [a, b] : [b, a];
  const at = newer.at ?? older.at;
  if (newer.text.includes(older.text.trim())) return { ...newer, at };
  if (older.text.includes(newer.text.trim())) return { ...older, at };
  return { ...newer, text: older.text.trimEnd() + BETWEEN + newer.text.trimStart(), at };
}

/** @param {Map<string, string>} aside @param {string} name @param {string} raw */
function putAside(aside, name, raw) {
  if ([...aside.values()].includes(raw)) return;
  let free = name;
  for (let i = 2; aside.has(free); i += 1) free = `${name}.${i}`;
  aside.set(free, raw);
}

/** Both records in one. @param {Kept} a @param {Kept} b @returns {Kept} */
function merge(a, b) {
  const [newer, older] = moment(a.made_at) >= moment(b.made_at) ? [a, b] : [b, a];
  const decisions = new Map([...a.decisions].map(([id, state]) => [id, mergeStates(state, state)]));
  const reflections = new Map(a.reflections);
  const aside = new Map(a.aside);
  b.aside.forEach((raw, name) => putAside(aside, name, raw));
  b.decisions.forEach((theirs, id) => {
    const mine = decisions.get(id) ?? theirs;
    if (mine.kind === theirs.kind) return decisions.set(id, mergeStates(mine, theirs));
    const [kept, other] = isLaterState(theirs, mine) ? [theirs, mine] : [mine, theirs];
    putAside(aside, `${id}:${other.kind}`, JSON.stringify(other));
    return decisions.set(id, kept);
  });
  b.reflections.forEach((words, name) => reflections.set(name, mergeWords(reflections.get(name) ?? words, words)));
  return { made_at: newer.made_at, book: newer.book, decisions, reflections, aside, more: new Map([...older.more, ...newer.more]) };
}

/** The text of a record's file. @param {Kept} kept */
function asJson(kept) {
  const parts = { decisions: kept.decisions, reflections: kept.reflections, aside: kept.aside };
  const plain = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, Object.fromEntries(part)]));
  return `${JSON.stringify({ ...Object.fromEntries(kept.more), format: FORMAT, made_at: kept.made_at, book: kept.book, ...plain }, null, 1)}\n`;
}

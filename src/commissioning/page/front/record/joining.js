// ---- joining: idempotent, commutative, associative; nothing of either side is lost, and nothing grows ----------------

const BLANK = /^[ \t\r\n]+|[ \t\r\n]+$/g;
const HASHED = /\.h[0-9a-f]{8}$/;
/** @template T @param {T} a @param {T} b @param {(a: T, b: T) => number} order @returns {T} */
const most = (a, b, order) => (order(a, b) >= 0 ? a : b);
/** Of two answers at one moment the fuller counts: a self-marked answer gains points. @param {Taken} a @param {Taken} b */
const weigh = (a, b) => fullness(a.response) - fullness(b.response) || textOrder(canonical(a), canonical(b));
/** @param {Taken} a @param {Taken} b */
const lateness = (a, b) => laterOf(instant(a.at), instant(b.at)) || weigh(a, b);
/** What a later version of the book added, of both. @param {Record<string, any>} a @param {Record<string, any>} b @param {string[]} ours @returns {Record<string, any>} */
function joinedExtras(a, b, ours) {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => !ours.includes(name)).sort(textOrder);
  return Object.fromEntries(names.map((name) => [name, !Object.hasOwn(a, name) ? b[name] : !Object.hasOwn(b, name) ? a[name] : most(a[name], b[name], fullerOf)]));
}
/** A moment; in UTC, the day before the first and the day after the last that a record may hold are some too. @param {any} at */
const isTime = (at) => typeof at === "string" && isMoment(at.replace(/^(?:1969-12-31|9000-01-01)T/, "2000-01-01T"));
/** Every moment at which an answer is known to have been given, in one spelling. @param {any} state @returns {string[]} */
const moments = (state) => [state.first.at, state.last.at, ...(Array.isArray(state.times) ? state.times.filter(isTime) : [])].map(inOneSpelling);

/** One exercise decided in two places: first is the earliest, last the latest; times, what lies between. @param {State} a @param {State} b @returns {State} */
function mergeStates(a, b) {
  const earlier = laterOf(instant(a.first.at), instant(b.first.at));
  const first = earlier < 0 ? a.first : earlier > 0 ? b.first : most(a.first, b.first, weigh);
  const last = most(a.last, b.last, lateness);
  const all_ = new Set([...moments(a), ...moments(b)]);
  const attempts = Math.max(a.attempts, b.attempts, all_.size);
  [first, last].forEach((taken) => all_.delete(inOneSpelling(taken.at)));
  const times = [...all_].sort((x, y) => laterOf(instant(x), instant(y)));
  const more = joinedExtras(a, b, ["format", "id", "kind", "first", "last", "attempts", "times"]);
  return { format: DECISION, id: a.id, kind: a.kind, first, last, attempts, ...more, ...(times.length && { times }) };
}

/** What a text is made of: a piece without blanks around it -> since when it is known, and how it stands. @param {any} words @returns {Map<string, [string | null, string]>} */
function piecesOf(words) {
  const parts = words.text.split(BETWEEN);
  const keys = parts.map((/** @type {string} */ part) => part.replace(BLANK, ""));
  /** @type {Map<string, [string | null, string]>} */
  const found = new Map(parts.length === 1 ? [[keys[0], [words.at, words.text]]] : keys.filter(Boolean).map((/** @type {string} */ key) => [key, [words.at, key]]));
  if (!found.size) found.set("", [words.at, ""]);
  const known = Array.isArray(words.pieces) && words.pieces.every(isObject) ? words.pieces : [];
  const said = new Set(known.map((/** @type {any} */ one) => one.text).filter((/** @type {any} */ text) => typeof text === "string"));
  if (said.size !== found.size || ![...said].every((key) => found.has(/** @type {string} */ (key)))) return found;
  known.forEach((/** @type {any} */ one) => found.set(one.text, [isMoment(one.at) ? one.at : null, /** @type {any} */ (found.get(one.text))[1]]));
  return found;
}
/** Which of two dates is the later; none is the earliest. @param {string | null} a @param {string | null} b */
const youth = (a, b) => (a === b ? 0 : a && b ? laterOf(instant(a), instant(b)) || textOrder(a, b) : Number(Boolean(a)) - Number(Boolean(b)));
/** One text if it begins with the other, otherwise both, the older first. @param {Words} a @param {Words} b @returns {Words} */
function mergeWords(a, b) {
  const found = piecesOf(a);
  piecesOf(b).forEach(([at, raw], key) => {
    const was = found.get(key) ?? [at, raw];
    found.set(key, [most(at, was[0], (x, y) => youth(y, x)), most(raw, was[1], textOrder)]);
  });
  /** @param {string} key */
  const of = (key) => /** @type {[string | null, string]} */ (found.get(key));
  const keys = [...found.keys()].sort(textOrder);
  const kept = keys.filter((key, i) => !keys[i + 1]?.startsWith(key)).sort((x, y) => youth(of(x)[0], of(y)[0])); // stable: by text within a moment
  const at = most(a.at, b.at, youth);
  const pieces = kept.length > 1 || of(kept[0])[0] !== at ? kept.map((key) => ({ text: key, at: of(key)[0] })) : null;
  return { text: kept.length === 1 ? of(kept[0])[1] : kept.join(BETWEEN), at, ...joinedExtras(a, b, ["text", "at", "pieces"]), ...(pieces && { pieces }) };
}

/** Each text once, by name; of several with one name all but the first carry their hash behind it. @param {Iterable<[string, string]>} pairs @returns {Map<string, string>} */
function joinAsides(pairs) {
  /** @type {Map<string, string>} */ const bases = new Map();
  for (const [name, raw] of pairs) {
    const base = name.replace(HASHED, "");
    const was = bases.get(raw);
    bases.set(raw, was === undefined || textOrder(base, was) < 0 ? base : was);
  }
  /** @type {Map<string, string[]>} */ const groups = new Map();
  [...bases.keys()].sort(textOrder).forEach((raw) => {
    const base = /** @type {string} */ (bases.get(raw));
    const group = groups.get(base);
    if (group) group.push(raw); else groups.set(base, [raw]);
  });
  /** @type {Map<string, string>} */ const made = new Map();
  [...groups.keys()].sort(textOrder).forEach((base) => /** @type {string[]} */ (groups.get(base)).forEach((raw, at) => {
    let salt = raw;
    let name = at ? `${base}.h${hashed(raw)}` : base;
    while (made.has(name)) { salt += "."; name = `${base}.h${hashed(salt)}`; }
    made.set(name, raw);
  }));
  return made;
}
/** Answers to another kind of exercise that were put aside when two records met. @param {string} name @param {string} raw @returns {State | null} */
function stateAside(name, raw) {
  if (!raw.includes(DECISION)) return null;
  try {
    const found = JSON.parse(raw, (_, value) => whole(value));
    deep(found);
    const state = checkState(found, name);
    return `${state.id}:${state.kind}` === name.replace(HASHED, "") ? state : null;
  } catch { return null; }
}
const DRAFT_ASIDE = /^\{"draft":\{[^]*"id":"([a-z0-9][a-z0-9-]{0,199}(?::again)?)"\}$/;
/** What a draft holds, whenever it was: as it lies aside. @param {string} id @param {any} draft */
const contentOfDraft = (id, { at, ...draft }) => canonical({ id, draft });
/** By exercise the draft that stands, the later; what lies aside is added to it. @param {[string, Half][]} drafts @param {[string, string][]} asides @returns {Map<string, Half>} */
function joinDrafts(drafts, asides) {
  /** @type {Map<string, Map<string, Half>>} */ const byName = new Map();
  drafts.forEach(([name, draft]) => {
    const found = byName.get(name) ?? byName.set(name, new Map()).get(name);
    const content = contentOfDraft(name, draft);
    found?.set(content, most(found.get(content) ?? draft, draft, (x, y) => youth(x.at, y.at)));
  });
  return new Map([...byName].sort(([x], [y]) => textOrder(x, y)).map(([name, found]) => {
    const [last] = [...found].reduce((x, y) => most(x, y, ([p, d], [q, e]) => youth(d.at, e.at) || textOrder(p, q)));
    found.forEach((_, content) => { if (content !== last) asides.push([`${name}:draft`, content]); });
    return [name, /** @type {Half} */ (found.get(last))];
  }));
}
/** Both records in one. @param {Kept} a @param {Kept} b @returns {Kept} */
function merge(a, b) {
  /** @type {Map<string, Map<string, State>>} */ const byId = new Map();
  /** @type {[string, string][]} */ const asides = [];
  /** @param {State} state */
  const take = (state) => {
    const kinds = byId.get(state.id) ?? byId.set(state.id, new Map()).get(state.id);
    kinds?.set(state.kind, mergeStates(kinds.get(state.kind) ?? state, state));
  };
  [a, b].forEach((side) => {
    side.decisions.forEach(take);
    side.aside.forEach((raw, name) => { const state = stateAside(name, raw); if (state) take(state); else asides.push([DRAFT_ASIDE.test(raw) ? `${DRAFT_ASIDE.exec(raw)?.[1]}:draft` : name, raw]); });
  });
  const drafts = joinDrafts([...a.drafts, ...b.drafts], asides);
  const standing = new Set([...drafts].map(([name, draft]) => contentOfDraft(name, draft)));
  /** @type {Map<string, State>} */ const decisions = new Map();
  [...byId].sort(([x], [y]) => textOrder(x, y)).forEach(([id, kinds]) => {
    const stands = [...kinds.values()].reduce((x, y) => most(x, y, (p, q) => lateness(p.last, q.last) || textOrder(p.kind, q.kind)));
    decisions.set(id, stands);
    kinds.forEach((state) => { if (state !== stands) asides.push([`${id}:${state.kind}`, canonical(state)]); });
  });
  const names = [...new Set([...a.reflections.keys(), ...b.reflections.keys()])].sort(textOrder);
  const reflections = new Map(names.map((name) => {
    const [x, y] = [a, b].map((side) => side.reflections.get(name));
    return [name, mergeWords(/** @type {Words} */ (x ?? y), /** @type {Words} */ (y ?? x))];
  }));
  const newer = most(a, b, (x, y) => laterOf(instant(x.made_at), instant(y.made_at)) || textOrder(x.made_at, y.made_at) || textOrder(canonical(x.book), canonical(y.book)));
  const more = new Map(Object.entries(joinedExtras(Object.fromEntries(a.more), Object.fromEntries(b.more), [])));
  return { made_at: newer.made_at, book: newer.book, decisions, reflections, drafts, aside: joinAsides(asides.filter(([, raw]) => !standing.has(raw))), more };
}

/** The text of a record's file. @param {Kept} kept */
function asJson(kept) {
  const parts = { decisions: kept.decisions, reflections: kept.reflections, drafts: kept.drafts, aside: kept.aside };
  const plain = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, Object.fromEntries(part)]));
  return `${JSON.stringify({ ...Object.fromEntries(kept.more), format: FORMAT, made_at: kept.made_at, book: kept.book, ...plain }, null, 1)}\n`;
}

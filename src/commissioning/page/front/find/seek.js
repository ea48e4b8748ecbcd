// ---- which places, in which order ---------------------------------------------------------------------------------

/** @typedef {{page: number, anchor: string, kind: string, title: string, gist: string, also: string[], own: Set<string>, named: Set<string>, names: string[]}} FindPlace */
/** @typedef {{pages: [string, string, string, number][], places: FindPlace[], words: string[], at: Map<string, number[]>, common: Set<string>, prior: number[]}} FindIndex */

/** What a match is worth: in a title, in another name, in the text; and half as a beginning of a word. */
const WORTH = { title: 8, name: 6, text: 2, begins: 0.4 };
/** Whole names: what is asked for is just this. */
const WHOLE = { title: 40, name: 36, phrase: 8, word: 12 };
/** A meaning, what became of a body and a person come before a passage that uses the word; tutors' pages come last. */
/** @type {Record<string, number>} */
const ENTRY = { t: 1.5, e: 1.35 };
const RANKS = [1, 0.85, 0.45];

/** The index as it is sent, made ready. @param {any} sent @returns {FindIndex} */
function readIndex(sent) {
  const common = new Set(sent.common.split(" "));
  const words = sent.words.split(" ");
  const places = sent.places.map((/** @type {any[]} */ [page, anchor, kind, title, gist = "", also = ""]) => {
    const names = [...also.split("|").filter(Boolean), ...(kind in ENTRY ? initials(title, common) : [])];
    const at = anchor.startsWith("=") ? anchor.slice(1) + slugOf(title) : anchor;
    return { page, anchor: at, kind, title, gist, also: names, own: new Set(wordsOf(title.replace(/\(.*?\)/g, ""))), named: new Set(names.flatMap(wordsOf)), names: names.map((name) => wordsOf(name).join(" ")) };
  });
  const at = new Map(sent.at.split(";").map((/** @type {string} */ steps, /** @type {number} */ i) => {
    let here = 0;
    return [words[i], steps.split(" ").map((step) => (here += parseInt(step, 36)))];
  }));
  const prior = places.map((/** @type {FindPlace} */ place) => RANKS[sent.pages[place.page][3]] * (ENTRY[place.kind] ?? 1));
  return { pages: sent.pages, places, words, at, common, prior };
}

/** The words of a question that say what it is about; all of them where none does. @param {FindIndex} index @param {string} query */
function asked(index, query) {
  const all = wordsOf(query);
  const told = all.filter((word) => !index.common.has(word));
  return [...new Set(told.length ? told : all)];
}

/** How much each place has to do with one word: place -> worth. @param {FindIndex} index @param {string} word @returns {Map<number, number>} */
function matches(index, word) {
  /** @type {Map<number, number>} */ const found = new Map();
  const best = (/** @type {number} */ place, /** @type {number} */ worth) => { if (worth > (found.get(place) ?? 0)) found.set(place, worth); };
  const begun = word.length > 2 ? index.words.filter((one) => one !== word && one.startsWith(word)) : [];
  for (const place of index.at.get(word) ?? []) best(place, WORTH.text);
  for (const one of begun) for (const place of index.at.get(one) ?? []) best(place, WORTH.text * WORTH.begins);
  index.places.forEach((place, i) => {
    const begins = (/** @type {Set<string>} */ names) => word.length > 2 && [...names].some((name) => name.startsWith(word));
    if (place.own.has(word)) best(i, WORTH.title); else if (begins(place.own)) best(i, WORTH.title * WORTH.begins);
    if (place.named.has(word)) best(i, WORTH.name); else if (begins(place.named)) best(i, WORTH.name * WORTH.begins);
  });
  return found;
}

/** The words that differ from one by a letter left out, put in, changed or swapped, where the book does not hold it. @param {FindIndex} index @param {string} word */
function near(index, word) {
  if (word.length < 5 || /\d/.test(word)) return [];
  const all = new Set([...index.words, ...index.places.flatMap((place) => [...place.own, ...place.named])]);
  return [...all].filter((one) => one[0] === word[0] && Math.abs(one.length - word.length) < 2 && isNear(one, word));
}
/** @param {string} a @param {string} b */
function isNear(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  const [x, y] = [a.slice(i), b.slice(i)];
  return x.slice(1) === y || x === y.slice(1) || x.slice(1) === y.slice(1) || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
}

/** The places that a question leads to, best first; and what was taken for a slip of the finger. @param {FindIndex} index @param {string} query
 *  @returns {{places: FindPlace[], words: string[], instead: string}} */
function seek(index, query) {
  let instead = "";
  const words = asked(index, query).map((word) => {
    if (matches(index, word).size) return word;
    const [other] = near(index, word);
    if (other) instead = [instead, other].filter(Boolean).join(" ");
    return other ?? word;
  });
  const found = words.map((word) => matches(index, word));
  const weights = found.map((places) => Math.log(1 + index.places.length / (1 + places.size)));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const whole = words.join(" ");
  const scored = index.places.map((place, i) => {
    const had = found.map((places) => places.get(i) ?? 0);
    const covered = weights.reduce((sum, weight, n) => sum + (had[n] ? weight : 0), 0) / (total || 1);
    const sum = had.reduce((all, worth, n) => all + worth * weights[n], 0) * covered;
    const title = [...place.own].filter((word) => !index.common.has(word)).join(" ");
    const named = whole && title === whole ? WHOLE.title : whole && place.names.includes(whole) ? WHOLE.name : words.length > 1 && title.includes(whole) ? WHOLE.phrase : words.includes(title) ? WHOLE.word : 0;
    return { place, covered, score: sum ? (sum + named) * index.prior[i] : 0 };
  });
  const most = Math.max(0, ...scored.map((one) => one.covered));
  const good = scored.filter((one) => one.score > 0 && one.covered > most * 0.5).sort((a, b) => b.score - a.score);
  return { places: good.map((one) => one.place), words, instead };
}

// @ts-check
/* The book's own search. Three parts: words (one rule with Python), seek (which places, in which order) and show (the
   search page; and on a page that a search led to, the marks). Loaded only there. The index is a script beside this one,
   `find-index-….js`, written when the book is built (site/finding.py); it holds nothing of what follows a decision. */

/** The words of a text as the search compares them. Mirrors finding.words_of. @param {string} text @returns {string[]} */
function wordsOf(text) {
  const bare = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’]s\b/g, "")
    .replace(/(\d),(?=\d{3})/g, "$1").replace(/(\d) ?(?:per ?cent\b|%)/g, "$1% ");
  return (bare.match(/\d+(?:\.\d+)?%?|[a-z]+/g) ?? []).map(stem);
}
/** One form for a word and its plural, and for what is done and doing it. Mirrors finding._stem. @param {string} word */
function stem(word) {
  for (const [ending, instead, least] of /** @type {[string, string, number][]} */ ([["ies", "y", 5], ["sses", "ss", 6], ["xes", "x", 5], ["ches", "ch", 6], ["shes", "sh", 6]])) {
    if (word.endsWith(ending) && word.length >= least) return word.slice(0, -ending.length) + instead;
  }
  let one = word;
  if (one.endsWith("s") && !/(?:ss|us|is)$/.test(one) && one.length > 3) one = one.slice(0, -1);
  for (const ending of ["ing", "ed"]) if (one.endsWith(ending) && one.length - ending.length > 3) return one.slice(0, -ending.length);
  return one;
}
/** What a name of several words is shortened to, with its small words and without: PbR.
 *  @param {string} title @param {Set<string>} common @returns {string[]} */
function initials(title, common) {
  const words = title.replace(/\(.*?\)/g, "").match(/[A-Za-zÀ-ÿ]+/g) ?? [];
  if (words.length < 2 || words.length > 7) return [];
  const short = [words, words.filter((word) => !common.has(word.toLowerCase()))].map((kept) => kept.map((word) => word[0]).join(""));
  return [...new Set(short)].filter((one) => one.length > 1);
}
/** The address that a heading is given. Mirrors finding.slug_of. @param {string} title */
const slugOf = (title) => title.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");

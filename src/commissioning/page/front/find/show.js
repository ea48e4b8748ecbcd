// ---- the search page, and the marks where it leads ------------------------------------------------------------------

const SHOWN = 12;

/** Marks in a text what was asked for, as ranges. @param {Node} within @param {string[]} words @returns {Range[]} */
function rangesOf(within, words) {
  const wanted = new Set(words);
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  /** @type {Range[]} */ const found = [];
  while (walker.nextNode()) {
    const text = /** @type {Text} */ (walker.currentNode);
    if (text.parentElement?.closest("script, style, .after[hidden], .unseen")) continue;
    for (const match of text.data.matchAll(/\d[\d,.]*\d(?: ?%| per ?cent\b)?|\d(?: ?%| per ?cent\b)?|[\p{L}\p{M}]+/gu)) {
      if (!wordsOf(match[0]).some((word) => wanted.has(word))) continue;
      const range = document.createRange();
      range.setStart(text, match.index);
      range.setEnd(text, match.index + match[0].length);
      found.push(range);
    }
  }
  return found;
}
/** The words marked, without a change to the page; where a browser cannot, they stay as they are. @param {Range[]} ranges */
function light(ranges) {
  if (!("highlights" in CSS) || typeof Highlight === "undefined") return;
  CSS.highlights.set("found", new Highlight(...ranges));
}
/** The parts of a page that an address names: a term with its meaning, a decision, a section; all of it for none.
 *  @param {string} anchor @returns {Element[]} */
function partsOf(anchor) {
  const target = (anchor && document.getElementById(anchor)) || document.getElementById("main");
  if (!target) return [];
  return target.tagName === "DT" ? [target, ...after(target)] : [target];
}
/** What belongs to a term of a list: all up to the next. @param {Element} term @returns {Element[]} */
function after(term) {
  const next = term.nextElementSibling;
  return next && next.tagName === "DD" ? [next, ...after(next)] : [];
}
/** On a page that a search led to: what it lies in is opened, and the words are marked. @param {string} query */
function markPage(query) {
  let anchor = location.hash.slice(1);
  try { anchor = decodeURIComponent(anchor); } catch { /* as it stands */ }
  const parts = partsOf(anchor);
  const words = wordsOf(query).filter((word) => word.length > 1 || /\d/.test(word));
  const fold = parts[0]?.closest("details:not([data-close])");
  if (fold && !fold.closest(".after")) { /** @type {any} */ (fold).open = true; parts[0].scrollIntoView(); }
  light(parts.flatMap((part) => rangesOf(part, words)));
}

/** The search page. @param {HTMLElement} list @param {any} said its words @param {FindIndex} index @param {HTMLInputElement} box */
function searchPage(list, said, index, box) {
  const told = /** @type {HTMLElement} */ (document.getElementById("search-progress"));
  let all = false;
  const fill = (/** @type {string} */ text, /** @type {Record<string, any>} */ values) => text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
  /** Where a place is. @param {FindPlace} place */
  const where = (place) => {
    const [, title, number] = index.pages[place.page];
    const label = number ? fill(said.chapter, { n: number, title }) : title;
    return place.kind === "d" ? fill(said.decision_in, { x: label }) : place.kind === "p" ? (number ? fill(said.chapter_itself, { n: number }) : said.page) : label;
  };
  const draw = () => {
    const query = box.value.trim();
    history.replaceState(null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname.split("/").pop() || "search.html");
    if (!query) { list.replaceChildren(); told.textContent = ""; return; }
    const { places, words, instead } = seek(index, query);
    const shown = all ? places : places.slice(0, SHOWN);
    const made = document.createElement("ol");
    made.className = "search";
    shown.forEach((place) => {
      const [address] = index.pages[place.page];
      const row = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${address}?find=${encodeURIComponent(words.join(" "))}${place.anchor ? `#${encodeURIComponent(place.anchor)}` : ""}`;
      link.textContent = place.title;
      const label = document.createElement("p");
      label.className = "small where";
      label.textContent = where(place);
      row.append(link, label);
      if (place.gist) { const gist = document.createElement("p"); gist.className = "context"; gist.textContent = place.gist; row.append(gist); }
      made.append(row);
    });
    list.replaceChildren(...(places.length ? [made] : []));
    if (places.length > shown.length) {
      const more = document.createElement("button");
      more.type = "button";
      more.className = "quiet";
      more.textContent = fill(said.more, { n: places.length - shown.length });
      more.addEventListener("click", () => { all = true; draw(); /** @type {HTMLElement | null} */ (list.querySelectorAll("a")[SHOWN])?.focus(); });
      list.append(more);
    }
    const count = places.length === 1 ? said.one_place : fill(said.places, { n: places.length });
    told.textContent = !places.length ? fill(said.nothing, { x: query }) : instead ? `${fill(said.instead, { x: instead })} ${count}` : count;
    light([...list.querySelectorAll(".context")].flatMap((gist) => rangesOf(gist, words)));
  };
  let waits = 0;
  box.addEventListener("input", () => { clearTimeout(waits); all = false; waits = setTimeout(draw, 120); });
  box.form?.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waits); draw(); });
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  draw();
}

const list = document.querySelector("[data-find-index]");
const box = document.querySelector("main .find-form input");
const sent = /** @type {any} */ (globalThis).commissioningFind;
if (list instanceof HTMLElement && box instanceof HTMLInputElement && sent) {
  searchPage(list, JSON.parse(document.querySelector("[data-find-words]")?.textContent ?? "{}"), readIndex(sent), box);
} else {
  const query = new URLSearchParams(location.search).get("find");
  if (query) markPage(query);
}
if (sent) Object.assign(sent, { wordsOf, seek: (/** @type {string} */ query) => seek(readIndex(sent), query).places });

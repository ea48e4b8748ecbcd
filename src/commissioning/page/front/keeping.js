// ---- keeping: the one rule for all that this book keeps in a browser -----------------------------------------------

/* Another tab, a page brought back by Back and a page left open write under the same keys as this one. So what stands
   there is read again before anything is written; every view hears of what others write, also when it comes back; and
   what would be lost is put aside and offered. Nothing that was forgotten elsewhere is written back.
   A book's own name stands in its keys, `commissioning:<book>:decision:<id>`, so that two books on one origin do not mix.
   Keys from before books had names are taken over one by one, by the page that reads them. */

const BETWEEN = "\n\n* * *\n\n";

function makeShelf() {
  const first = "commissioning:";
  const { book = "" } = document.documentElement.dataset;
  const prefix = book ? `${first}${book}:` : first;
  const unnamed = /^commissioning:(?:decision|draft|reflection|aside|game):/; // not the colours, which all books share
  /** @type {Map<string, string>} */ const memory = new Map(); // what the browser would not keep, for this visit
  /** @type {Set<string>} */ const stuck = new Set(); // damaged and could not be put aside: never written over
  let barred = false;
  try { localStorage.getItem(prefix); } catch { barred = true; }
  const shelf = {
    works: !barred,
    barred,
    /** @param {string} name */
    key: (name) => prefix + name,
    /** Writes or removes, and throws where the browser will not. @param {string} name @param {string | null} raw */
    put(name, raw) {
      if (barred) { if (raw === null) memory.delete(name); else memory.set(name, raw); return; }
      if (raw !== null) localStorage.setItem(prefix + name, raw); else localStorage.removeItem(prefix + name);
      if (prefix !== first) localStorage.removeItem(first + name);
      memory.delete(name);
    },
    /** @param {string} name @returns {string | null} */
    read(name) {
      const held = memory.get(name);
      if (held !== undefined || barred) return held ?? null;
      try {
        const raw = localStorage.getItem(prefix + name);
        const old = raw === null && prefix !== first ? localStorage.getItem(first + name) : null;
        if (old !== null) try { shelf.put(name, old); } catch { /* it stays where it was */ }
        return raw ?? old;
      } catch { return null; }
    },
    /** Whether the browser has kept it; if not, it lasts as long as the page. @param {string} name @param {string | null} raw */
    write(name, raw) {
      shelf.works = false;
      try {
        if (!stuck.has(name)) { shelf.put(name, raw); shelf.works = !barred; }
      } catch { /* full, or forbidden */ }
      if (!shelf.works && raw !== null) memory.set(name, raw); else if (!shelf.works) memory.delete(name);
      return shelf.works;
    },
    /** Every name of ours, also of things from before books had names. @returns {string[]} */
    names() {
      if (barred) return [...memory.keys()].sort();
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix) && (book || unnamed.test(key))).map((key) => key.slice(prefix.length));
      const old = book ? Object.keys(localStorage).filter((key) => unnamed.test(key)).map((key) => key.slice(first.length)) : [];
      return [...new Set([...keys, ...old, ...memory.keys()])].sort();
    },
    /** Puts what stands under a name aside, or something else that would be lost. Its key; empty if it could not be moved. @param {string} what @param {string} raw @param {string} [name] */
    aside(what, raw, name) {
      const other = `aside:${what}:${Date.now()}`;
      try {
        shelf.put(other, raw);
        if (name) { shelf.put(name, null); stuck.delete(name); }
        return barred ? "" : prefix + other;
      } catch {
        if (name) stuck.add(name);
        return "";
      }
    },
    /** Calls back when another tab may have written: under a name, or (null) anywhere. @param {(name: string | null) => void} changed */
    watch(changed) {
      addEventListener("storage", ({ key }) => {
        if (key === null) changed(null);
        else if (key.startsWith(prefix)) changed(key.slice(prefix.length));
      });
      addEventListener("pageshow", (event) => { if (event.persisted) changed(null); });
      document.addEventListener("visibilitychange", () => { if (!document.hidden) changed(null); });
    },
  };
  return shelf;
}

/** One thing under one name, as one view of it last saw it. @param {ReturnType<typeof makeShelf>} shelf @param {string} name */
function makeSlot(shelf, name) {
  /** @type {string | null} */ let known = null;
  return {
    name,
    /** What this view knows of. */
    known: () => known,
    /** @returns {string | null} */
    read() { known = shelf.read(name); return known; },
    /** Whether somebody else has written since. */
    isLate: () => shelf.read(name) !== known,
    /** Writes over what stands there; ask `isLate` first. Whether it was kept. @param {string | null} raw */
    write(raw) { known = raw; return shelf.write(name, raw); },
  };
}

/** The words under a reflection's key; before they had a date they were bare text. @param {string | null} raw @returns {{text: string, at: string | null}} */
function wordsIn(raw) {
  try {
    const { format, text, at, pieces } = JSON.parse(raw ?? "");
    if (format === "commissioning-reflection/1" && typeof text === "string") return { text, at: typeof at === "string" && !Number.isNaN(Date.parse(at)) ? at : null, ...(pieces && { pieces }) };
  } catch { /* bare text, or none */ }
  return { text: raw ?? "", at: null };
}
/** Both texts, without what one has of the other. @param {string} mine @param {string} theirs */
function bothTexts(mine, theirs) {
  const held = mine.split(BETWEEN);
  const more = theirs.split(BETWEEN).filter((piece) => piece.trim() && !held.some((own) => own.includes(piece.trim())));
  return [...held, ...more].join(BETWEEN);
}
/** A box whose words are kept as they are typed, and which shows what another tab wrote. Returns what looks again.
 *  @param {ReturnType<typeof makeShelf>} shelf @param {string} name @param {HTMLTextAreaElement} area
 *  @param {{said: (kept: boolean) => void, lost: (text: string, back: () => void) => void}} told  Whether it was kept; what stood here and was forgotten in another tab. */
function keepWords(shelf, name, area, told) {
  const slot = makeSlot(shelf, name);
  const write = () => told.said(slot.write(JSON.stringify({ format: "commissioning-reflection/1", text: area.value, at: new Date().toISOString() })));
  /** Takes in what stands there now; what stands only here stays, unless it was forgotten. @param {string} mine */
  const takeIn = (mine) => {
    const had = slot.known() !== null;
    const there = slot.read();
    if (there === null && had) {
      area.value = "";
      if (mine.trim()) told.lost(mine, () => { area.value = mine; write(); });
      return false;
    }
    area.value = mine ? bothTexts(mine, wordsIn(there).text) : wordsIn(there).text;
    return true;
  };
  area.value = wordsIn(slot.read()).text;
  area.addEventListener("input", () => { if (!slot.isLate() || takeIn(area.value)) write(); });
  return () => { if (area.isConnected && slot.isLate()) takeIn(area.value === wordsIn(slot.known()).text ? "" : area.value); };
}
/** What stood only here, one press away. @param {HTMLElement} box @param {string} words @param {string} label @param {() => void} back */
function offer(box, words, label, back) {
  const [line, press] = [document.createElement("p"), document.createElement("button")];
  Object.assign(press, { type: "button", className: "quiet", textContent: label });
  press.addEventListener("click", () => { line.remove(); press.remove(); back(); });
  line.textContent = words;
  box.append(line, press);
  box.hidden = false;
}

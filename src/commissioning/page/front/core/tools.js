// @ts-check
/* Makes the decisions of a page live: decide, see the consequence and the explanation of your choice and of the others.

   The HTML is complete without this file. Python wrote it, and the marking it needs (plain JSON) stands inside each
   <decision-exercise>. One section below belongs to each kind; `score` in each mirrors the Python module of the same
   name, and one contract file of cases is run against both. No imports: notebooks load this file as it is. */

/** @typedef {{response: any, at: string, edition: string}} Taken  One answer, when it was given, on which edition. */
/** @typedef {{format: string, id: string, kind: string, first: Taken, last: Taken, attempts: number, points?: number[]}} State */
/** @typedef {{load: (isWhole: (state: State) => boolean) => {state: State | null, aside?: string}, save: (state: State) => boolean, forget: () => void, draft?: () => Draft | null, keepDraft?: (draft: Draft | null) => boolean, isLate?: () => boolean, putAside?: (draft: Draft) => void, watch?: (changed: () => void) => void}} Store */
/** @typedef {{need: string, focus?: HTMLElement | null}} Need  What is missing before one can decide. */
/**
 * @typedef {object} Kind
 * @property {(marking: any, response: any) => any} score      The published rule; null where it cannot be scored.
 * @property {(x: Live) => any} read                           The response in the form, or {need} in words.
 * @property {(x: Live, response: any) => void} write          Puts a response back into the form.
 * @property {(x: Live, response: any) => {title: string, score?: string}} show  Opens what the response leads to.
 * @property {(x: Live) => void} [start]                       Wires what only this kind has.
 * @property {(x: Live, response: any) => string} tell         The response in a few words.
 * @property {(x: Live) => any} [half]                         Plain JSON: what half an answer holds besides the form's fields; null for nothing.
 * @property {(x: Live, half: any) => boolean} [resume]        Takes that up again; false, and nothing has changed, for what it does not know.
 */
/** @typedef {{id: string, root: HTMLElement, form: HTMLFormElement, after: HTMLElement, marking: any, words: any, kind: Kind, store: Store, state: State | null, branches: HTMLElement[]}} Live */

/** @type {(sel: string, root: ParentNode) => HTMLElement[]} */
const all = (sel, root) => [...root.querySelectorAll(sel)].map((e) => /** @type {HTMLElement} */ (e));
/** @type {(sel: string, root: ParentNode) => any} */
const one = (sel, root) => root.querySelector(sel);
/** Fills {x} in one of the book's words. @param {string} text @param {Record<string, any>} [values] */
const fill = (text, values = {}) => text.replace(/\{(\w+)\}/g, (all_, key) => (key in values ? String(values[key]) : all_));
/** @param {any} v */
const isNumber = (v) => typeof v === "number" && Number.isFinite(v);
/** @param {number} n */
const signed = (n) => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : "0");
/** @param {string} at */
const day = (at) => new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
const LETTERS = "ABCDEFGH";

/** A number as it is printed: rounded half up, with commas, £ before and other units after. Mirrors page.html.shown.
 *  @param {number | null} value @param {number} digits @param {string} unit @param {any} words */
function shown(value, digits, unit, words) {
  if (value === null) return words.endless;
  const scale = 10 ** digits;
  const rounded = Math.floor(Math.abs(value) * scale + 0.5) / scale;
  const places = Math.max(digits, 0);
  const text = rounded.toLocaleString("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });
  const sign = value < 0 && rounded ? "−" : "";
  return sign + (unit.startsWith("£") ? `£${text}${unit.slice(1)}` : unit === "%" ? `${text}%` : unit ? `${text} ${unit}` : text);
}

/** The decimals of a number as a person typed it, at most four; pence, where there are any, two. Mirrors page.html.typed_digits. @param {number} value @param {string} [unit] */
function typedDigits(value, unit = "") {
  const decimals = value.toFixed(4).replace(/0+$/, "").split(".")[1].length;
  return decimals && unit === "£" ? 2 : decimals;
}

/** What this script offers to other scripts. Parts that not every page holds add their own. @type {Record<string, any>} */
const casebook = {};

// ---- keeping answers --------------------------------------------------------------------------------------------

const shelf = makeShelf();

/** Answers kept in this browser; in memory, and saying so, where the browser forbids it. What cannot be read is put
 *  aside under another name, never deleted. @param {string} id @param {string} kind @param {boolean} [again] asked again in a later chapter @returns {Store} */
function browserStore(id, kind, again = false) {
  const mine = makeSlot(shelf, `decision:${id}`);
  const half = makeSlot(shelf, `draft:${id}${again ? ":again" : ""}`);
  return {
    load(isWhole) {
      const raw = mine.read();
      const state = raw === null ? null : readState(raw, id, kind);
      if (raw === null || (state && isWhole(state))) return { state };
      const aside = shelf.aside(id, raw, mine.name);
      mine.read();
      return { state: null, aside: aside || shelf.key(mine.name) };
    },
    save: (state) => mine.write(JSON.stringify(state)),
    forget: () => { mine.write(null); },
    draft: () => readDraft(half.read()),
    keepDraft: (draft) => half.write(draft && JSON.stringify(draft)) || !draft,
    isLate: () => half.isLate(),
    putAside: (draft) => { shelf.aside(`${id}:draft`, JSON.stringify(draft)); },
    watch: (changed) => shelf.watch((name) => {
      if ((name === null || name === mine.name || name === half.name) && (mine.isLate() || half.isLate())) changed();
    }),
  };
}

/** A state that this version wrote, or null. @param {string} raw @param {string} id @param {string} kind @returns {State | null} */
function readState(raw, id, kind) {
  /** @param {any} t */
  const isTaken = (t) => t && typeof t === "object" && typeof t.edition === "string" && !Number.isNaN(Date.parse(t.at)) && t.response && typeof t.response === "object";
  try {
    const s = JSON.parse(raw);
    const good = s && s.format === "commissioning-decision/1" && s.id === id && s.kind === kind && Number.isInteger(s.attempts) && isTaken(s.first) && isTaken(s.last);
    return good ? s : null;
  } catch { return null; }
}

// ---- branches ------------------------------------------------------------------------------------------------

/** @type {Record<string, Kind>} */
const kinds = {};

/** @param {Live} x @param {string} suffix @returns {HTMLInputElement[]} */
const inputs = (x, suffix) => /** @type {any} */ (all(`[name="${x.root.id}-${suffix}"]`, x.form));
/** Puts one choice back, and how sure one was where that was asked. @param {Live} x @param {any} response */
function writeChoice(x, response) {
  inputs(x, "choice").forEach((i) => { i.checked = i.value === response.choice; });
  inputs(x, "sure").forEach((i) => { i.checked = Number(i.value) === response.certainty; });
}
/** @param {Live} x @param {string} id */
const letter = (x, id) => LETTERS[x.marking.options.indexOf(id)] || "?";
/** Opens the chosen branches first and closes the rest. @param {Live} x @param {string[]} chosen */
function openBranches(x, chosen) {
  const branches = all(".branch", x.after);
  branches.forEach((b) => {
    const mine = chosen.includes(b.dataset.option || "");
    /** @type {any} */ (b).open = mine;
    b.classList.toggle("chosen-branch", mine);
    const tag = one(".yours", b);
    if (tag) tag.hidden = !mine;
    const best = one(".tag.best", b);
    if (best) one(".tags", b).append(best);
  });
  [...branches].reverse().filter((b) => b.classList.contains("chosen-branch")).forEach((b) => b.parentElement?.insertBefore(b, one(".branch", x.after)));
}
/** Puts branches back as they were written. @param {Live} x */
function closeBranches(x) {
  const first = one(".branch", x.after);
  if (!first) return;
  const mark = document.createComment("");
  first.before(mark);
  x.branches.forEach((b) => mark.before(b));
  mark.remove();
}
/** The fork in the head grows the branches that are chosen. @param {Live} x @param {string[]} chosen @param {boolean} decided */
function drawFork(x, chosen, decided) {
  const fork = one(".fork", x.root);
  if (!fork || !x.marking.options) return;
  ["glow", "road", "dot"].forEach((layer) => {
    const parts = all(`.${layer}`, fork);
    parts.forEach((part) => {
      const mine = chosen.includes(x.marking.options[Number(part.dataset.branch)]);
      part.classList.toggle("taken", mine && (decided || layer === "road"));
      if (mine) parts[parts.length - 1].after(part);
    });
  });
}
/** The words of an option, as its branch shows it. @param {Live} x @param {string} id */
function optionText(x, id) { return one(`.branch[data-option="${id}"] .name`, x.after).textContent.trim(); }

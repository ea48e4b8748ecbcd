// @ts-check
/* Makes the decisions of a page live: decide, see the consequence and the explanation of your choice and of the others.

   The HTML is complete without this file. Python wrote it, and the marking it needs (plain JSON) stands inside each
   <decision-exercise>. One section below belongs to each kind; `score` in each mirrors the Python module of the same
   name, and one contract file of cases is run against both. No imports: notebooks load this file as it is. */

/** @typedef {{response: any, at: string, edition: string}} Taken  One answer, when it was given, on which edition. */
/** @typedef {{format: string, id: string, kind: string, first: Taken, last: Taken, attempts: number, points?: number[]}} State */
/** @typedef {{load: (isWhole: (state: State) => boolean) => {state: State | null, aside?: string}, save: (state: State) => boolean, forget: () => void}} Store */
/** @typedef {{need: string, focus?: HTMLElement | null}} Need  What is missing before one can decide. */
/**
 * @typedef {object} Kind
 * @property {(marking: any, response: any) => any} score      The published rule; null where it cannot be scored.
 * @property {(x: Live) => any} read                           The response in the form, or {need} in words.
 * @property {(x: Live, response: any) => void} write          Puts a response back into the form.
 * @property {(x: Live, response: any) => {title: string, score?: string}} show  Opens what the response leads to.
 * @property {(x: Live) => void} [start]                       Wires what only this kind has.
 * @property {(x: Live, response: any) => string} tell         The response in a few words.
 */
/** @typedef {{root: HTMLElement, form: HTMLFormElement, after: HTMLElement, marking: any, words: any, kind: Kind, store: Store, state: State | null, branches: HTMLElement[]}} Live */

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

/** A number as it is printed: rounded half up, with commas, £ before and other units after. Mirrors page.shown.
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

// ---- keeping answers --------------------------------------------------------------------------------------------

const PREFIX = "commissioning:decision:";

/** Answers kept in this browser; in memory, and saying so, where the browser forbids it. What cannot be read is put
 *  aside under another name, never deleted. @param {string} id @param {string} kind @returns {Store} */
function browserStore(id, kind) {
  const name = PREFIX + id;
  /** @type {State | null} */ let kept = null;
  let stuck = false; // a damaged answer that could not be put aside: then nothing is written over it
  return {
    load(isWhole) {
      let raw = null;
      try { raw = localStorage.getItem(name); } catch { return { state: kept }; }
      if (raw === null) return { state: kept };
      const state = readState(raw, id, kind);
      if (state && isWhole(state)) return { state };
      const aside = `commissioning:aside:${id}:${Date.now()}`;
      try { localStorage.setItem(aside, raw); localStorage.removeItem(name); stuck = false; } catch { stuck = true; }
      return { state: kept, aside: stuck ? name : aside };
    },
    save(state) {
      kept = state;
      if (stuck) return false;
      try { localStorage.setItem(name, JSON.stringify(state)); return true; } catch { return false; }
    },
    forget() {
      kept = null; stuck = false;
      try { localStorage.removeItem(name); } catch { /* nothing was kept */ }
    },
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

// ---- best answer ------------------------------------------------------------------------------------------------

/** @type {Record<string, Kind>} */
const kinds = {};

/** @param {Live} x @param {string} suffix @returns {HTMLInputElement[]} */
const inputs = (x, suffix) => /** @type {any} */ (all(`[name="${x.root.id}-${suffix}"]`, x.form));
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

const bestAnswer = (kinds["best-answer"] = {
  score(marking, response) {
    const { choice, certainty } = response || {};
    if (!marking.options.includes(choice) || ![1, 2, 3].includes(certainty)) return null;
    const right = choice === marking.key;
    return { right, marks: right ? certainty : [0, 0, -2, -6][certainty], of: 3 };
  },
  read(x) {
    const choice = inputs(x, "choice").find((i) => i.checked);
    if (!choice) return { need: x.words.need_choice, focus: inputs(x, "choice")[0] };
    const sure = inputs(x, "sure").find((i) => i.checked);
    if (!sure) return { need: x.words.need_sure, focus: inputs(x, "sure")[0] };
    return { choice: choice.value, certainty: Number(sure.value) };
  },
  write(x, response) {
    inputs(x, "choice").forEach((i) => { i.checked = i.value === response.choice; });
    inputs(x, "sure").forEach((i) => { i.checked = Number(i.value) === response.certainty; });
  },
  show(x, response) {
    const { right, marks, of } = this.score(x.marking, response);
    openBranches(x, [response.choice]);
    drawFork(x, [response.choice], true);
    const best = right ? x.words.is_best : fill(x.words.best_is, { x: letter(x, x.marking.key) });
    return { title: fill(x.words.chose, { x: this.tell(x, response) }), score: `${fill(x.words.marks, { x: signed(marks), y: of })} ${best}` };
  },
  tell: (x, response) => `${letter(x, response.choice)}, ${x.words.sure[response.certainty - 1]}`,
});

// ---- claim ------------------------------------------------------------------------------------------------------

kinds.claim = {
  score: (marking, response) => (marking.options.includes(response?.choice) ? { right: response.choice === marking.key } : null),
  read(x) {
    const choice = inputs(x, "choice").find((i) => i.checked);
    return choice ? { choice: choice.value } : { need: x.words.need_choice, focus: inputs(x, "choice")[0] };
  },
  write: bestAnswer.write,
  show(x, response) {
    openBranches(x, [response.choice]);
    drawFork(x, [response.choice], true);
    const right = this.score(x.marking, response).right;
    return { title: fill(x.words.chose, { x: letter(x, response.choice) }), score: right ? x.words.claim_right : fill(x.words.claim_wrong, { x: letter(x, x.marking.key) }) };
  },
  tell: (x, response) => letter(x, response.choice),
};

// ---- choose three -----------------------------------------------------------------------------------------------

kinds["choose-three"] = {
  score(marking, response) {
    const choices = response?.choices;
    if (!Array.isArray(choices) || choices.some((c) => !marking.options.includes(c)) || new Set(choices).size > 3) return null;
    const hits = marking.key.filter((/** @type {string} */ id) => choices.includes(id));
    return { hits, marks: 4 * hits.length, of: 12 };
  },
  start(x) {
    const boxes = inputs(x, "choice");
    const count = () => {
      const n = boxes.filter((b) => b.checked).length;
      one(".count [role=status]", x.form).textContent = x.words.chosen[n];
      all(".pips i", x.form).forEach((pip, i) => pip.classList.toggle("on", i < n));
    };
    x.form.addEventListener("change", (event) => {
      const box = /** @type {HTMLInputElement} */ (event.target);
      const over = boxes.filter((b) => b.checked).length > 3;
      if (over) box.checked = false;
      count();
      if (over) setTimeout(() => need(x, x.words.only_three)); // once the form's own listener has cleared the last need
    });
    count();
    x.form.addEventListener("reset", () => setTimeout(count));
    x.root.addEventListener("written", count);
  },
  read(x) {
    const choices = inputs(x, "choice").filter((b) => b.checked).map((b) => b.value);
    const short = 3 - choices.length;
    if (short > 0) return { need: fill(x.words.need_three, { n: short }), focus: inputs(x, "choice").find((b) => !b.checked) };
    return { choices };
  },
  write(x, response) {
    inputs(x, "choice").forEach((b) => { b.checked = response.choices.includes(b.value); });
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const { hits, marks, of } = this.score(x.marking, response);
    openBranches(x, response.choices);
    drawFork(x, response.choices, true);
    return { title: fill(x.words.three_head, { x: this.tell(x, response) }), score: fill(x.words.three_score, { n: hits.length, x: marks, y: of }) };
  },
  tell(x, response) {
    const names = response.choices.map((/** @type {string} */ id) => letter(x, id)).sort();
    return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
  },
};

// ---- ranking ----------------------------------------------------------------------------------------------------

kinds.ranking = {
  score(marking, response) {
    const ranks = response?.ranks;
    const n = marking.key.length;
    if (!ranks || typeof ranks !== "object" || Array.isArray(ranks)) return null;
    /** @type {(number | null)[]} */
    const given = marking.key.map((/** @type {string} */ id) => (Number.isInteger(ranks[id]) && ranks[id] >= 1 && ranks[id] <= n ? ranks[id] : null));
    const single = given.map((r) => (r && given.filter((g) => g === r).length === 1 ? r : null));
    /** @type {Record<string, number>} */ const items = {};
    let marks = 0; let away = 0; let whole = true;
    single.forEach((r, i) => {
      const d = r ? Math.abs(r - (i + 1)) : 0;
      items[marking.key[i]] = r ? 4 - d : 0;
      marks += items[marking.key[i]]; away += d; whole = whole && r !== null;
    });
    return { items, marks, of: 4 * n, better_than_chance: whole ? 1 - away / ((n * n - 1) / 3) : null };
  },
  start(x) {
    const ladder = one(".ladder", x.form);
    const say = one("p[role=status]", x.root);
    const rows = () => all("li", ladder);
    /** @param {HTMLElement} [moved] */
    const number = (moved) => {
      rows().forEach((row, i, list) => {
        one("select", row).selectedIndex = i;
        all("[data-move]", row).forEach((b) => b.setAttribute("aria-disabled", String(Number(b.dataset.move) < 0 ? i === 0 : i === list.length - 1)));
        if (moved === row) say.textContent = fill(x.words.rank_now, { x: one(".what", row).textContent.trim(), n: i + 1, y: list.length });
      });
      if (moved) { moved.dataset.moved = ""; deciding(x); }
    };
    /** @param {HTMLElement} row @param {number} to */
    const place = (row, to) => {
      const list = rows(); const from = list.indexOf(row);
      if (to < 0 || to >= list.length || to === from) return;
      ladder.insertBefore(row, to > from ? list[to].nextSibling : list[to]);
      number(row);
    };
    ladder.addEventListener("click", (/** @type {any} */ event) => {
      const button = event.target.closest("[data-move]"); if (!button) return;
      const row = button.closest("li"); place(row, rows().indexOf(row) + Number(button.dataset.move)); button.focus();
    });
    ladder.addEventListener("change", (/** @type {any} */ event) => { place(event.target.closest("li"), event.target.selectedIndex); event.target.focus(); });
    // Dragging is a bonus: Up, Down and the numbers do the same.
    /** @type {HTMLElement | null} */ let held = null;
    rows().forEach((row) => { row.draggable = true; });
    ladder.addEventListener("dragstart", (/** @type {any} */ event) => { held = event.target.closest("li"); event.dataTransfer.effectAllowed = "move"; });
    ladder.addEventListener("dragover", (/** @type {any} */ event) => { if (held) event.preventDefault(); });
    ladder.addEventListener("drop", (/** @type {any} */ event) => {
      const over = event.target.closest("li"); event.preventDefault();
      if (held && over) place(held, rows().indexOf(over));
      held = null;
    });
    x.root.addEventListener("written", () => number());
    x.form.addEventListener("reset", () => setTimeout(() => {
      x.marking.options.forEach((/** @type {string} */ id) => ladder.append(one(`[data-option="${id}"]`, ladder)));
      rows().forEach((row) => { delete row.dataset.moved; });
      number();
    }));
    number();
  },
  read: (x) => ({ ranks: Object.fromEntries(all(".ladder li", x.form).map((row, i) => [row.dataset.option, i + 1])) }),
  write(x, response) {
    const order = [...x.marking.options].sort((a, b) => response.ranks[a] - response.ranks[b]);
    const ladder = one(".ladder", x.form);
    order.forEach((id) => { const row = one(`[data-option="${id}"]`, ladder); row.dataset.moved = ""; ladder.append(row); });
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const { marks, of, better_than_chance: z } = this.score(x.marking, response);
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    const w = x.words;
    all(".branch", x.after).forEach((b, i) => {
      const mine = response.ranks[b.dataset.option || ""];
      const tag = one(".ranks", b);
      tag.textContent = `${w.you} ${mine} · ${w.key} ${i + 1} · ${w.rank_apart[Math.abs(mine - i - 1)]}`;
      tag.hidden = false;
      /** @type {any} */ (b).open = i === 0;
    });
    const how = z === 1 ? w.rank_same : z > 0 ? fill(w.rank_better, { x: `${Math.round(z * 100)}%` }) : z < 0 ? w.rank_worse : w.rank_chance;
    const n = x.marking.key.length;
    return { title: w.rank_head, score: fill(w.rank_score, { x: marks, y: of, c: 4 * n - (n * n - 1) / 3, z: how }) };
  },
  tell: (x, response) => [...x.marking.options].sort((a, b) => response.ranks[a] - response.ranks[b]).map((id) => one(`.ladder [data-option="${id}"] .what`, x.form).textContent.trim()).join("; "),
};

// ---- estimate ---------------------------------------------------------------------------------------------------

const SLACK = 1e-9;
/** An estimate in words, with its unit. @param {Live} x @param {any} response */
function said(x, response) {
  const unit = one(".numbers .box span", x.form).textContent;
  const [a, b] = response.values.map((/** @type {number} */ v) => shown(v, Number.isInteger(v) ? 0 : 2, unit, x.words));
  return { x: a, y: b };
}
kinds.estimate = {
  score(marking, response) {
    const values = response?.values;
    const [low, high] = marking.between;
    if (!Array.isArray(values) || values.length !== marking.asks || !values.every((v) => isNumber(v) && low <= v && v <= high)) return null;
    /** @param {number} v */
    const range = (v) => (marking.ranges.find((/** @type {any} */ r) => r[1] <= v && v < r[2]) || marking.ranges[marking.ranges.length - 1])[0];
    if (marking.ranges) return { ranges: values.map(range) };
    const value = values[values.length - 1];
    if (Math.abs(value - marking.value) <= marking.tolerance + SLACK) return { right: true, error: null };
    const slip = marking.errors.find((/** @type {any} */ e) => Math.abs(value - e[1]) <= e[2] + SLACK);
    return { right: false, error: slip ? slip[0] : null };
  },
  read(x) {
    const boxes = /** @type {HTMLInputElement[]} */ (all("input[type=number]", x.form));
    const [low, high] = x.marking.between;
    const bad = boxes.find((b) => b.value === "" || !(low <= b.valueAsNumber && b.valueAsNumber <= high));
    return bad ? { need: fill(x.words.need_number, { x: low, y: high }), focus: bad } : { values: boxes.map((b) => b.valueAsNumber) };
  },
  write: (x, response) => all("input[type=number]", x.form).forEach((b, i) => { /** @type {any} */ (b).value = response.values[i]; }),
  show(x, response) {
    const s = this.score(x.marking, response);
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    const title = fill(response.values.length > 1 ? x.words.estimate_two : x.words.estimate_head, said(x, response));
    if (s.ranges) { openBranches(x, s.ranges); return { title }; }
    const slip = s.error && one(`[data-error="${s.error}"]`, x.after);
    openBranches(x, s.right ? ["right"] : []);
    all(".branch .yours", x.after).forEach((tag) => { tag.hidden = true; });
    const message = slip ? [...slip.childNodes].slice(1).map((c) => c.textContent).join("").trim() : one(".otherwise", x.after).textContent;
    return { title, score: s.right ? x.words.estimate_right : x.words.estimate_wrong + message };
  },
  tell(x, response) { const s = said(x, response); return s.y ? `${s.x}, ${s.y}` : s.x; },
};

// ---- short answer -----------------------------------------------------------------------------------------------

kinds["short-answer"] = {
  score(marking, response) {
    const points = response?.points;
    if (!Array.isArray(points) || points.some((p) => typeof p !== "number")) return null;
    return { had: new Set(points.filter((p) => Number.isInteger(p) && p >= 0 && p < marking.points)).size, of: marking.points };
  },
  start(x) {
    x.after.addEventListener("change", () => {
      if (!x.state) return;
      const kept = x.store.load(isWhole(x)).state;
      if (kept && kept.last.at > x.state.last.at) { x.state = kept; x.kind.write(x, kept.last.response); return reveal(x, kept.last.response, false); } // answered again in another tab
      const points = all(".points input", x.after).filter((b) => /** @type {any} */ (b).checked).map((b) => Number(/** @type {any} */ (b).value));
      const last = { ...x.state.last, response: { ...x.state.last.response, points } };
      const only = x.state.attempts === 1 && x.state.first.at === x.state.last.at;
      x.state = { ...x.state, last, first: only ? last : x.state.first };
      keep(x);
      const { had, of } = this.score(x.marking, last.response);
      one(".score", x.after).textContent = fill(x.words.short_had, { n: had, y: of });
    });
  },
  read: (x) => ({ text: one("textarea", x.form).value, points: [] }),
  write(x, response) {
    one("textarea", x.form).value = response.text || "";
    all(".points input", x.after).forEach((b) => { /** @type {any} */ (b).checked = (response.points || []).includes(Number(/** @type {any} */ (b).value)); });
  },
  show(x, response) {
    one(".model-answer", x.after).open = true;
    const { had, of } = this.score(x.marking, response) || {};
    return { title: x.words.short_head, score: had ? fill(x.words.short_had, { n: had, y: of }) : "" };
  },
  tell: (x, response) => response.text || "…",
};

// ---- explorer ---------------------------------------------------------------------------------------------------

/** The value of a compiled expression; null where it has none. Mirrors expression.evaluate. @param {any} tree @param {Record<string, any>} values @returns {any} */
function evaluate(tree, values) {
  if (!Array.isArray(tree)) return tree;
  if (tree[0] === "var") return values[tree[1]];
  if (tree[0] === "if") { const test = evaluate(tree[1], values); return test === null ? null : evaluate(tree[test ? 2 : 3], values); }
  const parts = tree.slice(1).map((part) => evaluate(part, values));
  const value = parts.includes(null) ? null : apply(tree[0], parts);
  return Number.isFinite(value) ? value : null;
}
/** The cube root by the fixed steps of expression.cube_root: Math.cbrt may differ in the last bit. @param {number} x */
function cubeRoot(x) {
  let a = Math.abs(x); let scale = 1;
  if (!(a > 0 && a < Infinity)) return a === 0 ? 0 : x;
  while (a >= 8) { a /= 8; scale *= 2; }
  while (a < 1) { a *= 8; scale /= 2; }
  let root = 1 + (a - 1) / 7;
  for (let i = 0; i < 6; i++) root = root - (root * root * root - a) / (3 * root * root);
  return x > 0 ? root * scale : -(root * scale);
}
/** One step of arithmetic. A division by zero is not finite, and so has no value; + 0 keeps minus nought away, as in
 *  Python. @param {string} operator @param {number[]} parts */
function apply(operator, parts) {
  const [a, b, c] = parts;
  switch (operator) {
    case "+": return a + b;
    case "-": return a - b;
    case "*": return a * b;
    case "/": return a / b;
    case "min": return parts.reduce((least, x) => (x < least ? x : least));
    case "max": return parts.reduce((most, x) => (x > most ? x : most));
    case "ceil": return Math.ceil(a) + 0;
    case "floor": return Math.floor(a) + 0;
    case "round": return Math.floor(a + 0.5) + 0;
    case "sqrt": return Math.sqrt(a);
    case "cbrt": return cubeRoot(a);
    case "abs": return Math.abs(a);
    case "clamp": { const x = b > a ? b : a; return c < x ? c : x; }
    case "<": return +(a < b);
    case "<=": return +(a <= b);
    case ">": return +(a > b);
    case ">=": return +(a >= b);
    case "==": return +(a === b);
    case "!=": return +(a !== b);
    case "and": return +parts.every(Boolean);
    case "or": return +parts.some(Boolean);
    default: return +!a; // not
  }
}
/** Every output of an explorer at one setting. Mirrors explorer.results. @param {any} marking @param {Record<string, number>} settings */
function results(marking, settings) {
  /** @type {Record<string, any>} */ const values = { ...settings };
  for (const [name, table] of Object.entries(marking.tables)) {
    const t = /** @type {any} */ (table);
    let row = 0;
    t.over.forEach((/** @type {number} */ v, /** @type {number} */ i) => { if (Math.abs(v - settings[t.by]) < Math.abs(t.over[row] - settings[t.by])) row = i; });
    for (const [column, cells] of Object.entries(t.columns)) values[`${name}.${column}`] = /** @type {any} */ (cells)[row];
  }
  for (const [name, tree] of marking.outputs) values[name] = evaluate(tree, values);
  return values;
}

kinds.explorer = {
  score(marking, response) {
    if (!isNumber(response?.prediction)) return null;
    const [output, at] = marking.prediction;
    const actual = results(marking, at)[output];
    return { actual, off: actual === null ? null : response.prediction - actual };
  },
  start(x) {
    const boxes = all("[data-box]", x.after); const ranges = all("[data-range]", x.after);
    /** @param {string} name @param {number} value */
    const set = (name, value) => {
      const [min, max, step] = x.marking.inputs[name];
      const tidy = Math.min(max, Math.max(min, min + Math.round((value - min) / step) * step));
      return Number(tidy.toFixed(6));
    };
    const update = () => {
      /** @type {Record<string, number>} */ const settings = {};
      ranges.forEach((r) => { settings[r.dataset.range || ""] = set(r.dataset.range || "", Number(/** @type {any} */ (r).value)); });
      const values = results(x.marking, settings);
      all("[data-out]", x.after).forEach((out) => { out.textContent = shown(values[out.dataset.out || ""], Number(out.dataset.digits), out.dataset.unit || "", x.words); });
      const bar = one("[data-bar]", x.after);
      if (bar) bar.firstElementChild.style.width = `${Math.min(100, values[bar.dataset.bar] || 0)}%`;
      const at = x.marking.regions.findIndex((/** @type {any} */ when) => Object.entries(when).every(([name, span]) => /** @type {any} */ (span)[0] <= settings[name] && settings[name] <= /** @type {any} */ (span)[1]));
      const region = one(".region", x.after);
      if (region.dataset.at !== String(at)) {
        region.dataset.at = String(at);
        const branch = one(`[data-region="${at}"]`, x.after);
        const name = document.createElement("p"); name.className = "region-name"; name.textContent = one("summary span", branch).textContent;
        region.replaceChildren(name, ...[...one(".pair", branch).children].map((part) => part.cloneNode(true)));
      }
    };
    ranges.forEach((range, i) => {
      const r = /** @type {any} */ (range); const b = /** @type {any} */ (boxes[i]);
      r.addEventListener("input", () => { b.value = r.value; update(); });
      b.addEventListener("change", () => { if (b.value === "" || Number.isNaN(b.valueAsNumber)) b.value = r.value; b.value = set(r.dataset.range, b.valueAsNumber); r.value = b.value; update(); });
    });
    x.root.addEventListener("written", update);
  },
  read(x) {
    const box = one(".numbers input", x.form);
    return box.value === "" || !isNumber(box.valueAsNumber) ? { need: x.words.need_prediction, focus: box } : { prediction: box.valueAsNumber };
  },
  write(x, response) { one(".numbers input", x.form).value = response.prediction; },
  show(x, response) {
    one(".dials", x.after).hidden = false;
    all(".branch", x.after).forEach((b) => { b.hidden = true; });
    x.root.dispatchEvent(new Event("written"));
    const { actual } = this.score(x.marking, response);
    const out = one(`[data-out="${x.marking.prediction[0]}"]`, x.after);
    const guess = this.tell(x, response);
    const text = actual === null ? fill(x.words.off_none, { x: guess }) : fill(x.words.off, { x: guess, y: shown(actual, Number(out.dataset.digits), out.dataset.unit, x.words) });
    return { title: one(".decision-title", x.root).textContent, score: text };
  },
  tell(x, response) { const out = one(`[data-out="${x.marking.prediction[0]}"]`, x.after); return shown(response.prediction, 0, out.dataset.unit, x.words); },
};

// ---- scenario ---------------------------------------------------------------------------------------------------

/** Where a story stands: plain JSON. @typedef {{format: string, seed: number, skin: string | null, turn: number, at: string | null, values: Record<string, number>, dice: number, deck: string[], late: any[], log: any[]}} Story */

/** The next number of mulberry32, and how it leaves the dice. Mirrors dice.draw. @param {number} dice @returns {[number, number]} */
function draw(dice) {
  const a = (dice + 0x6d2b79f5) | 0;
  let t = Math.imul(a ^ (a >>> 15), a | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return [((t ^ (t >>> 14)) >>> 0) / 4294967296, a >>> 0];
}
/** An id as expressions write it. @param {string} id */
const asName = (id) => id.replaceAll("-", "_");

/** Plays compiled rules; mirrors commissioning.scenario.engine, to the last bit. */
const scenario = {
  /** @param {any} rules @param {number} [seed] @param {string | null} [skin] @param {Record<string, number>} [dials] @returns {Story} */
  start(rules, seed = 1, skin = null, dials = {}) {
    if (skin !== null && !rules.skins.includes(skin)) throw new Error(`there is no skin '${skin}'.`);
    const values = { ...rules.start };
    for (const [name, value] of Object.entries(dials)) {
      const [low, high] = rules.dials[name] || [1, 0];
      if (!(low <= value && value <= high)) throw new Error(`'${name}' is no dial, or ${value} is outside it.`);
      values[name] = value;
    }
    let dice = seed >>> 0; let u = 0;
    const deck = [...rules.deck.shuffle];
    for (let i = deck.length - 1; i > 0; i--) {
      [u, dice] = draw(dice);
      const j = Math.floor(u * (i + 1));
      [deck[i], deck[j]] = [deck[j], deck[i]];
    }
    for (const [card, first, last] of rules.deck.between) {
      [u, dice] = draw(dice);
      deck.splice(first - 1 + Math.floor(u * (last - first + 1)), 0, card);
    }
    return { format: "commissioning-scenario-state/1", seed, skin, turn: 1, at: rules.first, values, dice, deck, late: [], log: [] };
  },
  /** @param {any} rules @param {Story} state */
  isOver: (rules, state) => (rules.form === "nodes" ? state.at === "end" : state.turn > rules.turns),
  /** What may be chosen now: {decision: options or channels} in a turn, {choice: goto} at a node. @param {any} rules @param {Story} state @returns {Record<string, any>} */
  options(rules, state) {
    if (this.isOver(rules, state)) return {};
    const values = { ...state.values, turn: state.turn };
    /** @type {(members: any) => string[]} */
    const open = (members) => Object.keys(members).filter((id) => evaluate(members[id].when, values));
    if (rules.form === "nodes") { const node = rules.nodes[state.at || ""]; return Object.fromEntries(open(node).map((id) => [id, node[id].goto])); }
    const now = Object.entries(rules.decisions).filter(([, decision]) => decision.turns.includes(state.turn));
    return Object.fromEntries(now.map(([name, decision]) => [name, decision.points || open(decision.options)]));
  },
  /** The state after one turn, or one choice at a node. @param {any} rules @param {Story} state @param {any} choices */
  step(rules, state, choices) {
    if (this.isOver(rules, state)) throw new Error("this story is over.");
    const run = makeRun(rules, state);
    if (rules.form === "nodes") run.move(choices); else run.turn(choices);
    return run.state();
  },
  /** Every state from start to end. @param {any} rules @param {(rules: any, state: Story) => any} policy @param {number} [seed] @param {string | null} [skin] @param {Record<string, number>} [dials] */
  play(rules, policy, seed, skin, dials) {
    const states = [this.start(rules, seed, skin, dials)];
    for (let now = states[0]; !this.isOver(rules, now); states.push(now)) now = this.step(rules, now, policy(rules, now));
    return states;
  },
  /** What follows the last turn when nobody decides any more. @param {any} rules @param {Story} state */
  afterwards(rules, state) { const run = makeRun(rules, state); run.all(rules.afterwards); return run.state(); },
  /** Each report by its name, and nothing that adds them up. @param {any} rules @param {Story} state */
  reports(rules, state) {
    /** @type {Record<string, any>} */ const values = { ...state.values, turn: state.turn };
    return Object.fromEntries(rules.reports.map((/** @type {[string, any]} */ [name, tree]) => [name, (values[name] = evaluate(tree, values))]));
  },
  /** The first ending that holds. @param {any} rules @param {Story} state @returns {string | null} */
  ending(rules, state) {
    const found = this.isOver(rules, state) && rules.endings.find((/** @type {[string, any]} */ [, when]) => evaluate(when, state.values));
    return found ? found[0] : null;
  },
};

/** One step as it happens: a working copy of a state, and the operations that rules are made of. @param {any} rules @param {Story} before */
function makeRun(rules, before) {
  let { turn: now, at, dice } = before;
  let late = [...before.late];
  /** @type {any[]} */ const log = [];
  /** @type {Record<string, number>} */ const values = { ...before.values, turn: now };
  let origin = "";
  const chance = () => { const [u, next] = draw(dice); dice = next; return u; };
  /** @param {any} tree */
  const value = (tree) => evaluate(tree, values);
  /** @param {any[]} steps */
  const all = (steps) => steps.forEach(([operation, ...rest]) => operations[operation](...rest));
  /** @param {string} name @param {number} x */
  const put = (name, x) => {
    if (name in rules.bounds) {
      const [low, high] = rules.bounds[name];
      if (!(low <= x && x <= high)) x = x < low ? low : high;
      if (x !== values[name]) log.push(["changed", name, values[name], x]);
    }
    values[name] = x;
  };
  /** @param {string} payer @param {string} payee @param {number} amount */
  const transfer = (payer, payee, amount) => {
    values[payer] -= amount; values[payee] += amount;
    if (amount) log.push(["paid", payer, payee, amount]);
  };
  /** @type {Record<string, (...given: any[]) => void>} */
  const operations = {
    up(name, tree) {
      const d = value(tree); const x = values[name]; const [low, high] = rules.bounds[name];
      if (d !== null) put(name, d >= 0 ? x + d * (high - x) / (high - low) : x + d * (x - low) / (high - low));
    },
    add(name, tree) { const d = value(tree); if (d !== null) put(name, values[name] + d); },
    set(name, tree) { const x = value(tree); if (x !== null) put(name, x); },
    draw(name, low, span) { put(name, low + span * chance()); },
    if(tree, then, otherwise) { all(value(tree) ? then : otherwise); },
    chance(tree, then, otherwise) { all(chance() < (value(tree) || 0) ? then : otherwise); },
    later(how, when, block, kept) {
      const due = how === "node" ? when : value(when);
      if (due !== null) late.push({ due: how === "in" ? now + due : due, block, from: origin, kept: Object.fromEntries(kept.map((/** @type {string} */ name) => [name, values[name]])) });
    },
    pay(payer, payee, tree) {
      let amount = Math.floor((value(tree) || 0) + 0.5);
      if (amount < 0) [payer, payee, amount] = [payee, payer, -amount];
      const lender = rules.lender;
      const short = payer === lender ? 0 : Math.max(0, amount - values[payer]);
      if (short && lender) {
        transfer(lender, payer, short);
        values.loan = short;
        log.push(["lent", payer, short]);
        all(rules.when_lent);
      }
      transfer(payer, payee, lender ? amount : amount - short);
    },
    repeat(times, steps) { for (let i = 0; i < times; i++) all(steps); },
    run(block) { all(rules.blocks[block]); },
    event(name) {
      const [low, span] = rules.severity;
      values.severity = low + span * chance();
      origin = name;
      log.push(["event", name, values.severity]);
      all(rules.events[name]);
    },
  };
  const land = () => {
    /** @param {any} one */
    const isDue = (one) => one.due === now || one.due === at;
    const due = late.filter(isDue);
    late = late.filter((one) => !isDue(one));
    for (const one of due) {
      origin = one.from;
      Object.assign(values, one.kept);
      log.push(["late", one.from, one.block]);
      all(rules.blocks[one.block]);
    }
  };
  const tidy = () => Object.entries(rules.scales).forEach(([name, scale]) => { values[name] = Math.floor(values[name] * scale + 0.5) / scale; });
  /** @param {string} name @param {any} decision @param {Record<string, number>} given */
  const spread = (name, decision, given) => {
    const points = Object.values(given);
    const whole = points.every((n) => Number.isInteger(n) && n >= 0);
    if (!whole || points.reduce((sum, n) => sum + n, 0) > decision.most || Object.keys(given).some((c) => !decision.points.includes(c))) throw new Error(`'${name}' takes at most ${decision.most} whole points over its own channels.`);
    for (const channel of decision.points) values[`${decision.as}.${asName(channel)}`] = given[channel] || 0;
    log.push(["chose", name, { ...given }]);
  };
  return {
    all,
    state: () => ({ ...before, turn: now, at, values, dice, late, log }),
    /** @param {Record<string, any>} choices */
    turn(choices) {
      const open = scenario.options(rules, before);
      for (const name of Object.keys(choices)) if (!Object.hasOwn(open, name)) throw new Error(`'${name}' is not decided in turn ${now}.`);
      const choose = () => Object.keys(open).forEach((name) => {
        const decision = rules.decisions[name]; const chosen = choices[name];
        if (decision.points) { spread(name, decision, chosen || {}); return; }
        if (!open[name].includes(chosen)) throw new Error(`'${chosen}' cannot be chosen for '${name}' now.`);
        values[decision.as] = decision.options[chosen].place;
        origin = `${name}.${chosen}`;
        log.push(["chose", name, chosen]);
        all(decision.options[chosen].do);
      });
      for (const part of rules.order) {
        origin = part;
        if (part === "choices") choose();
        else if (part === "late") land();
        else if (part === "event") operations.event(before.deck[now - 1]);
        else all(rules.blocks[part]);
      }
      tidy();
      now += 1;
    },
    /** @param {any} chosen */
    move(chosen) {
      const node = at || "";
      if (!Object.hasOwn(scenario.options(rules, before), chosen)) throw new Error(`'${chosen}' cannot be chosen at '${node}' now.`);
      const choice = rules.nodes[node][chosen];
      values[asName(node)] = choice.place;
      origin = `${node}.${chosen}`;
      log.push(["chose", node, chosen]);
      all(choice.do);
      at = choice.goto;
      now += 1;
      values.turn = now;
      land();
      tidy();
    },
  };
}

// ---- sorting ----------------------------------------------------------------------------------------------------

kinds.sorting = {
  score(marking, response) {
    if (marking.mode === "sequence") {
      const order = response?.order; const key = marking.key;
      if (!Array.isArray(order) || order.length !== key.length || !key.every((/** @type {string} */ id) => order.includes(id))) return null;
      const places = key.map((/** @type {string} */ id) => order.indexOf(id));
      const inversions = places.reduce((/** @type {number} */ sum, /** @type {number} */ place, /** @type {number} */ at) => sum + places.slice(at + 1).filter((/** @type {number} */ later) => later < place).length, 0);
      const pairs = (key.length * (key.length - 1)) / 2;
      return { inversions, had: pairs - inversions, of: pairs, share: 1 - inversions / pairs };
    }
    const placed = response?.placed; const cards = marking.cards;
    if (!placed || typeof placed !== "object" || Array.isArray(placed)) return null;
    const hits = cards.filter((/** @type {any} */ [id, into]) => into.includes(placed[id])).map((/** @type {any} */ card) => card[0]);
    return { hits, had: hits.length, of: cards.length, share: hits.length / cards.length };
  },
  start(x) {
    const order = x.marking.mode === "sequence";
    if (order) kinds.ranking.start?.(x);
    const list = one(".ladder, .cards", x.form); const undo = one("[data-undo]", x.form);
    const rows = () => all("[data-option]", list);
    const look = () => rows().map((row) => /** @type {const} */ ([row, row.dataset.moved, one("select", row).value]));
    let now = look(); let past = /** @type {(typeof now)[]} */ ([]);
    const paint = () => {
      undo.setAttribute("aria-disabled", String(!past.length));
      all("[data-bin]", x.form).forEach((bin) => {
        one("ul", bin).replaceChildren(...now.filter((was) => was[2] === bin.dataset.bin).map(([row]) => Object.assign(document.createElement("li"), { textContent: one(".what", row).textContent })));
      });
      now.forEach(([row, , value]) => { row.toggleAttribute("data-placed", !order && !!value); all("[data-tick]", row).forEach((tick) => tick.classList.toggle("on", tick.dataset.tick === value)); });
    };
    const noted = () => {
      const then = now; now = look();
      if (then.some(([row, , value], i) => row !== now[i][0] || value !== now[i][2])) past.push(then);
      paint();
    };
    const afresh = () => { now = look(); past = []; paint(); };
    ["click", "change", "drop"].forEach((what) => x.form.addEventListener(what, noted));
    x.root.addEventListener("written", afresh);
    x.form.addEventListener("reset", () => setTimeout(afresh));
    undo.addEventListener("click", () => {
      const then = past.pop(); const rest = past;
      if (!then) return;
      then.forEach(([row, moved, value]) => {
        list.append(row); one("select", row).value = value;
        if (moved === undefined) delete row.dataset.moved; else row.dataset.moved = moved;
      });
      x.root.dispatchEvent(new Event("written"));
      past = rest; paint(); deciding(x);
      one("p[role=status]", x.root).textContent = x.words.undone;
    });
    if (order) return;
    // Dragging is a bonus: the lists do the same.
    /** @type {HTMLElement | null} */ let held = null;
    rows().forEach((row) => { row.draggable = true; });
    list.addEventListener("dragstart", (/** @type {any} */ event) => { held = event.target.closest("li"); event.dataTransfer.effectAllowed = "move"; });
    all("[data-bin]", x.form).forEach((bin) => {
      bin.addEventListener("dragover", (event) => { if (held) event.preventDefault(); });
      bin.addEventListener("drop", (event) => { event.preventDefault(); if (held) one("select", held).value = bin.dataset.bin; held = null; deciding(x); });
    });
  },
  read(x) {
    const rows = all(".ladder li, .cards li", x.form);
    if (x.marking.mode === "sequence") return { order: rows.map((row) => row.dataset.option) };
    const blank = rows.find((row) => !one("select", row).value);
    if (blank) return { need: fill(x.words.need_place, { x: one(".what", blank).textContent.trim() }), focus: one("select", blank) };
    return { placed: Object.fromEntries(rows.map((row) => [row.dataset.option, one("select", row).value])) };
  },
  write(x, response) {
    if (x.marking.mode === "sequence") return kinds.ranking.write(x, { ranks: Object.fromEntries(response.order.map((/** @type {string} */ id, /** @type {number} */ i) => [id, i])) });
    all(".cards li", x.form).forEach((row) => { one("select", row).value = response.placed[row.dataset.option || ""] || ""; });
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const { hits, had, of } = this.score(x.marking, response); const w = x.words; const { bins, cards } = x.marking;
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    /** @param {string} id */
    const named = (id) => (bins.includes(id) ? one(`[data-bin="${id}"] p`, x.form).textContent : w.nowhere);
    const branches = all(".branch", x.after);
    const away = branches.filter((b, i) => {
      const id = b.dataset.option || ""; const tag = one(".ranks", b);
      const at = hits ? named(response.placed[id]) : response.order.indexOf(id) + 1;
      const right = hits ? cards.find((/** @type {any} */ card) => card[0] === id)[1].map(named).join(w.either) : i + 1;
      tag.textContent = `${w.you}: ${at} · ${w.key}: ${right}`;
      tag.hidden = false;
      return hits ? !hits.includes(id) : at !== right;
    });
    if (hits) openBranches(x, away.map((b) => b.dataset.option || ""));
    branches.forEach((b) => { /** @type {any} */ (b).open = (away.length ? away : branches).slice(0, hits && away.length ? 3 : 1).includes(b); });
    if (!hits) return { title: w.rank_head, score: fill(w.order_score, { x: had, y: of }) };
    const guess = cards.reduce((/** @type {number} */ sum, /** @type {any} */ card) => sum + card[1].length, 0) / bins.length;
    return { title: w.sort_head, score: fill(w.sort_score, { x: had, y: of, c: Number(guess.toFixed(1)) }) };
  },
  tell(x, response) { const { had, of, hits } = this.score(x.marking, response); return fill(hits ? x.words.sort_told : x.words.order_told, { x: had, y: of }); },
};

// ---- annotation -------------------------------------------------------------------------------------------------

kinds.annotation = {
  score(marking, response) {
    const { tags, missing } = response || {};
    if (!tags || typeof tags !== "object" || Array.isArray(tags) || !Array.isArray(missing)) return null;
    const { spans, elements } = marking; const marked = Object.keys(tags);
    /** @param {any[]} list */
    const ids = (list) => list.map((part) => part[0]);
    if (!marked.every((id) => ids(spans).includes(id) && marking.tags.includes(tags[id])) || !missing.every((id) => ids(elements).includes(id))) return null;
    /** @param {number} at */
    const held = (at) => ids(spans.filter((/** @type {any} */ span) => marked.includes(span[0]) && span[at].includes(tags[span[0]])));
    const hits = held(1);
    const key = spans.filter((/** @type {any} */ span) => span[1].length).length;
    const ticked = elements.filter((/** @type {any} */ part) => missing.includes(part[0]));
    const found = ids(ticked.filter((/** @type {any} */ part) => part[1]));
    return {
      hits, near: held(2), marked: marked.length, key, recall: hits.length / key, precision: marked.length ? hits.length / marked.length : null,
      found, lacking: elements.filter((/** @type {any} */ part) => part[1]).length, extra: ticked.length - found.length,
    };
  },
  start(x) {
    const passages = all(".passage", x.form); const list = one("[data-list]", x.form); const marks = one(".marks", x.form); const menu = one(".mark-menu", x.form);
    const choice = one("select", menu); const lines = one(".document", x.form);
    /** @type {HTMLElement | null} */ let open = null;
    /** @param {HTMLElement} passage */
    const own = (passage) => one(`[data-option="${passage.dataset.span}"] select`, marks);
    const close = () => {
      if (open && !list.checked) open.setAttribute("aria-expanded", "false");
      open = null; menu.hidden = true;
    };
    const paint = () => passages.forEach((passage) => {
      const select = own(passage);
      if (select.value) passage.dataset.given = select.selectedOptions[0].text; else delete passage.dataset.given;
    });
    /** The document's passages are buttons, or plain words above their list. */
    const view = () => {
      close();
      marks.hidden = !list.checked;
      passages.forEach((passage) => Object.entries({ role: "button", tabindex: "0", "aria-expanded": "false" }).forEach(([name, value]) => (list.checked ? passage.removeAttribute(name) : passage.setAttribute(name, value))));
    };
    /** @param {any} event */
    const press = (event) => {
      const passage = event.target.closest(".passage[role]");
      if (!passage || (event.key && event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      const again = open === passage;
      close();
      if (again) return;
      open = passage;
      one("q", menu).textContent = passage.textContent;
      choice.replaceChildren(...[...own(passage).options].map((option) => option.cloneNode(true)));
      choice.value = own(passage).value;
      passage.setAttribute("aria-expanded", "true");
      passage.closest("li").append(menu);
      menu.hidden = false;
      choice.focus();
    };
    const back = () => { const passage = open; close(); passage?.focus(); };
    lines.addEventListener("click", press);
    lines.addEventListener("keydown", press);
    one("button", menu).addEventListener("click", back);
    menu.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => { if (event.key === "Escape") back(); });
    list.addEventListener("change", (/** @type {Event} */ event) => { event.stopPropagation(); view(); });
    x.form.addEventListener("change", (event) => { if (open && event.target === choice) own(open).value = choice.value; paint(); });
    x.root.addEventListener("written", () => { close(); paint(); });
    x.form.addEventListener("reset", () => { const { checked } = list; close(); setTimeout(() => { list.checked = checked; paint(); }); });
    view();
  },
  read(x) {
    const rows = all(".marks li", x.form).filter((row) => one("select", row).value);
    const missing = inputs(x, "missing").filter((box) => box.checked).map((box) => box.value);
    if (!rows.length && !missing.length) return { need: x.words.need_mark, focus: all(".passage[role], .marks:not([hidden]) select", x.form)[0] };
    return { tags: Object.fromEntries(rows.map((row) => [row.dataset.option, one("select", row).value])), missing };
  },
  write(x, response) {
    all(".marks li", x.form).forEach((row) => { one("select", row).value = response.tags[row.dataset.option || ""] || ""; });
    inputs(x, "missing").forEach((box) => { box.checked = response.missing.includes(box.value); });
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const s = this.score(x.marking, response); const w = x.words;
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    x.root.dispatchEvent(new Event("written"));
    /** @param {string} id */
    const tag = (id) => { const given = all(".marks option", x.form).find((option) => /** @type {any} */ (option).value === id); return given ? given.textContent : w.no_mark; };
    const branches = all(".branch", x.after);
    const away = branches.filter((b) => {
      const id = b.dataset.option || ""; const accepted = x.marking.spans.find((/** @type {any} */ span) => span[0] === id)?.[1]; const mine = response.tags[id];
      if (!accepted) return false;
      one(".ranks", b).textContent = `${w.you}: ${tag(mine)} · ${w.key}: ${accepted.map(tag).join(w.either) || w.no_mark}`;
      one(".ranks", b).hidden = false;
      all(".near-miss", b).forEach((line) => one("b", line).classList.toggle("yours", line.dataset.tag === mine));
      return accepted.length ? !accepted.includes(mine) : !!mine;
    });
    all("[data-element] .yours", x.after).forEach((yours) => { yours.hidden = !response.missing.includes(/** @type {any} */ (yours.closest("li")).dataset.element); });
    away.sort((a, b) => +!response.tags[a.dataset.option || ""] - +!response.tags[b.dataset.option || ""]); // marks that do not hold, then passages missed
    branches.forEach((b) => { /** @type {any} */ (b).open = away.slice(0, 3).includes(b) || b.dataset.option === "left-out--"; });
    const said = [fill(s.marked ? w.mark_score : w.mark_none, { x: s.hits.length, y: s.key, n: s.marked })];
    if (s.near.length) said.push(fill(w.mark_near, { n: s.near.length }));
    if (s.lacking) said.push(fill(w.missing_score, { x: s.found.length, y: s.lacking }));
    if (s.extra) said.push(fill(w.missing_extra, { n: s.extra }));
    return { title: w.mark_head, score: said.join(" ") };
  },
  tell(x, response) { const s = this.score(x.marking, response); return `${s.hits.length}/${s.key}, ${s.found.length}/${s.lacking}`; },
};

// ---- allocation -------------------------------------------------------------------------------------------------

/** £ thousand as it is printed. @param {number} thousands @param {any} words */
const money = (thousands, words) => shown(thousands * 1000, 0, "£", words);
/** The words of an option, as the form shows it. @param {Live} x @param {string} id */
const named = (x, id) => one(`[data-option="${id}"] .what`, x.form).textContent.trim();
/** [low, most likely, high] that £k give. Mirrors allocation.gain. @param {any} curve @param {number} spend @returns {number[]} */
function gainOf(curve, spend) {
  if (!Array.isArray(curve)) return curve.limit.map((/** @type {number} */ limit) => (limit * spend) / (spend + curve.half));
  for (let i = 1; i < curve.length; i++) {
    const a = curve[i - 1]; const b = curve[i];
    if (spend < b[0]) return [1, 2, 3].map((k) => Math.min(a[k] + ((b[k] - a[k]) * (spend - a[0])) / (b[0] - a[0]), b[k]));
  }
  return curve[curve.length - 1].slice(1);
}

kinds.allocation = {
  score(marking, response) {
    const given = response?.spend;
    const names = Object.keys(marking.items).sort();
    if (!given || typeof given !== "object" || Array.isArray(given) || Object.keys(given).length !== names.length) return null;
    if (!names.every((n) => Number.isInteger(given[n]) && marking.items[n].floor <= given[n] && given[n] <= marking.items[n].most)) return null;
    const { total, step, months } = marking;
    const spent = names.reduce((sum, n) => sum + given[n], 0);
    if (spent > total) return null;
    /** @type {Record<string, any>} */ const items = {};
    /** @type {Record<string, number>} */ const sectors = {};
    let low = 0; let likely = 0; let high = 0; let first = 0; let waited = 0; let reached = 0;
    /** @type {[number, string | null] | null} */ let least = total - spent >= step ? [0, null] : null;
    names.forEach((n) => {
      const item = marking.items[n]; const spend = given[n]; const gain = gainOf(item.gains, spend);
      const last = spend - step >= item.floor ? gain[1] - gainOf(item.gains, spend - step)[1] : null;
      items[n] = { gain, last, next: spend + step <= item.most ? gainOf(item.gains, spend + step)[1] - gain[1] : null };
      if (last !== null && total - spent < step && (!least || last < least[0])) least = [last, n];
      low += gain[0]; likely += gain[1]; high += gain[2];
      first += (gain[1] * Math.max(0, months - item.lag)) / months;
      waited += gain[1] * item.lag; reached += gain[1] * item.equity;
      if (item.sector !== null) sectors[item.sector] = (sectors[item.sector] || 0) + spend;
    });
    /** @type {string | null} */ let to = null;
    names.forEach((n) => { if (least && n !== least[1] && items[n].next !== null && (to === null || items[n].next > items[to].next)) to = n; });
    const stances = Object.entries(marking.stances).map(([id, other]) => {
      const theirs = /** @type {Record<string, number>} */ (other);
      const kept = Math.abs(spent - names.reduce((sum, n) => sum + theirs[n], 0));
      return [id, names.reduce((sum, n) => sum + Math.abs(given[n] - theirs[n]), kept) / (2 * total)];
    });
    return {
      spent, reserve: total - spent, gain: [low, likely, high], first_year: first, first_year_cautious: (first * (100 - marking.optimism)) / 100,
      lag: likely ? waited / likely : null, equity: likely ? reached / likely : null, sectors, items,
      opportunity: least && to !== null ? { from: least[1], gave: least[0], to, would_give: items[to].next } : null,
      stances: Object.fromEntries(stances),
    };
  },
  start(x) {
    const m = x.marking; const w = x.words;
    const boxes = /** @type {HTMLInputElement[]} */ (all("[data-spend]", x.form));
    /** @type {Record<string, number>} */ const kept = {}; // always whole, within bounds, and within the total together
    const left = () => m.total - Object.values(kept).reduce((sum, v) => sum + v, 0);
    /** @param {HTMLElement} row @param {number} spend @param {number} floor @param {string} on */
    const lay = (row, spend, floor, on) => all(".tokens i", row).forEach((token, i) => {
      const share = Math.min(1, Math.max(0, spend / m.step - i));
      token.className = share ? ((i + 1) * m.step <= floor ? "fixed" : on) : "";
      token.style.setProperty("--part", `${share * 100}%`);
    });
    const update = () => {
      boxes.forEach((box) => {
        const id = box.dataset.spend || ""; const item = m.items[id]; const row = /** @type {HTMLElement} */ (box.closest("li"));
        box.toggleAttribute("data-some", kept[id] > item.floor);
        lay(row, kept[id], item.floor, "on");
        const ends = [kept[id] <= item.floor, kept[id] >= item.most || left() === 0];
        all("[data-step]", row).forEach((b, i) => b.setAttribute("aria-disabled", String(ends[i])));
      });
      const text = fill(w.alloc_left, { x: money(left(), w), y: money(m.total, w) });
      const say = one(".left [role=status]", x.form);
      if (say.textContent !== text) say.textContent = text;
      one(".reserve b", x.form).textContent = money(left(), w);
      lay(one(".reserve", x.form), left(), 0, "free");
    };
    /** Sets a sum as near to what is wanted as its bounds and the rest allow, and says why if it is not that. @param {HTMLInputElement} box @param {number} wanted */
    const set = (box, wanted) => {
      const id = box.dataset.spend || ""; const item = m.items[id]; const room = kept[id] + left();
      const most = Math.min(item.most, room);
      const why = !Number.isInteger(wanted) ? w.alloc_whole : wanted < item.floor ? (item.floor ? w.alloc_floor : w.alloc_whole) : wanted <= most ? "" : room < item.most ? w.alloc_short : w.alloc_most;
      kept[id] = Number.isFinite(wanted) ? Math.max(item.floor, Math.min(most, Math.round(wanted))) : kept[id];
      box.value = String(kept[id]);
      update();
      boxes.forEach((b) => { delete b.dataset.refused; });
      return why && fill(why, { x: named(x, id), y: money(item.most, w), z: money(item.floor, w), n: money(kept[id], w) });
    };
    const restart = () => { boxes.forEach((b) => { kept[b.dataset.spend || ""] = b.valueAsNumber; delete b.dataset.refused; }); update(); };
    x.form.addEventListener("input", (event) => { // what can stand is counted at once; what cannot waits until it is whole
      const box = /** @type {HTMLInputElement} */ (event.target); const id = box.dataset.spend || ""; const v = box.valueAsNumber;
      if (Number.isInteger(v) && m.items[id].floor <= v && v <= Math.min(m.items[id].most, kept[id] + left())) { kept[id] = v; update(); }
    });
    x.form.addEventListener("change", (event) => {
      const box = /** @type {HTMLInputElement} */ (event.target);
      const why = set(box, box.valueAsNumber);
      if (!why) return;
      box.dataset.refused = why; // until the next change, or until Decide has said it
      setTimeout(() => need(x, why)); // once the form's own listener has cleared the last need
    });
    x.form.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("[data-step]"));
      if (!button) return;
      const box = one("[data-spend]", /** @type {HTMLElement} */ (button.closest("li"))); const was = kept[box.dataset.spend];
      const to = was + Number(button.dataset.step) * m.step; const item = m.items[box.dataset.spend];
      const why = set(box, to < item.floor && was > item.floor ? item.floor : to);
      deciding(x);
      if (kept[box.dataset.spend] === was) need(x, why);
    });
    x.form.addEventListener("reset", () => setTimeout(restart));
    x.root.addEventListener("written", restart);
    restart();
  },
  read(x) {
    const boxes = /** @type {HTMLInputElement[]} */ (all("[data-spend]", x.form));
    const refused = boxes.find((b) => b.dataset.refused);
    if (!refused) return { spend: Object.fromEntries(boxes.map((b) => [b.dataset.spend, b.valueAsNumber])) };
    const why = refused.dataset.refused || "";
    delete refused.dataset.refused;
    return { need: why, focus: refused };
  },
  write(x, response) {
    all("[data-spend]", x.form).forEach((b) => { /** @type {any} */ (b).value = response.spend[b.dataset.spend || ""]; });
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const s = this.score(x.marking, response); const w = x.words; const m = x.marking;
    const report = one(".report", x.after); const digits = Number(report.dataset.digits); const unit = report.dataset.unit;
    /** @param {number} v @param {string} [of] */
    const amount = (v, of = unit) => shown(v, digits, of, w);
    /** @type {Record<string, string>} */
    const cells = { likely: amount(s.gain[1], ""), low: amount(s.gain[0], ""), first: amount(s.first_year, ""), cautious: amount(s.first_year_cautious, ""), equity: s.equity === null ? w.alloc_none : shown(s.equity, 0, "%", w), lag: s.lag === null ? w.alloc_none : shown(s.lag, 0, w.alloc_months, w) };
    all("[data-cell]", report).forEach((cell) => { cell.textContent = cells[cell.dataset.cell || ""] ?? money(s.sectors[cell.dataset.sector || ""] || 0, w); });
    all(".report, .opportunity", x.after).forEach((part) => { part.hidden = false; });
    const o = s.opportunity; const values = o && { x: o.from && named(x, o.from), y: named(x, o.to), n: amount(o.gave), m: amount(o.would_give), s: money(m.step, w), r: money(s.reserve, w) };
    one(".opportunity .story", x.after).textContent = !o ? w.alloc_no_other : fill(o.from === null ? w.alloc_from_reserve : o.would_give > o.gave ? w.alloc_from_item : w.alloc_from_best, values);
    all(".branch[data-option]", x.after).forEach((b) => {
      const id = b.dataset.option || ""; const item = s.items[id]; const funded = response.spend[id] > m.items[id].floor;
      one(".yours", b).textContent = money(response.spend[id], w);
      one(".yours", b).hidden = !funded;
      const steps = [item.last === null ? "" : fill(w.alloc_last, { s: money(m.step, w), n: amount(item.last, "") }), item.next === null ? "" : fill(w.alloc_next, { s: money(m.step, w), n: amount(item.next, "") })];
      one(".ranks", b).textContent = [funded ? fill(w.alloc_gives, { n: amount(item.gain[1]), a: amount(item.gain[0], ""), b: amount(item.gain[2], "") }) : w.alloc_unfunded, ...steps].filter(Boolean).join(" · ");
      one(".ranks", b).hidden = false;
      all("[data-when]", b).forEach((part) => { part.hidden = (part.dataset.when === "funded") !== funded; });
      /** @type {any} */ (b).open = Boolean(o && (o.from === id || o.to === id));
    });
    const nearest = Object.keys(s.stances).sort().reduce((a, b) => (s.stances[b] < s.stances[a] ? b : a));
    all("[data-stance]", x.after).forEach((b) => {
      const id = b.dataset.stance || "";
      one(".ranks", b).textContent = fill(id === nearest ? w.alloc_nearest : w.alloc_alike, { n: shown(100 - s.stances[id] * 100, 0, "%", w) });
      one(".ranks", b).hidden = false;
    });
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    return { title: fill(w.alloc_head, { x: money(s.spent, w), y: money(s.reserve, w) }), score: w.alloc_unmarked };
  },
  tell(x, response) {
    const ids = Object.keys(response.spend).filter((id) => response.spend[id]);
    const kept = x.marking.total - ids.reduce((sum, id) => sum + response.spend[id], 0);
    return [...ids.map((id) => `${named(x, id)} ${money(response.spend[id], x.words)}`), fill(x.words.alloc_kept, { x: money(kept, x.words) })].join("; ");
  },
};

// ---- priorities -------------------------------------------------------------------------------------------------

/** @type {Record<string, number[][]>} */
const drawn = {};
/** Mirrors priorities.sorted_draws; made once a page. @param {number} seed @param {number} draws @param {number} counters */
function sortedDraws(seed, draws, counters) {
  const key = `${seed} ${draws} ${counters}`;
  if (!drawn[key]) {
    let dice = seed; let number = 0;
    const next = () => { [number, dice] = draw(dice); return number; };
    drawn[key] = Array.from({ length: draws }, () => [0, ...Array.from({ length: counters - 1 }, next).sort((a, b) => a - b), 1]);
  }
  return drawn[key];
}
/** Mirrors priorities.shared_counters. @param {number[]} swings @param {number} counters */
function sharedCounters(swings, counters) {
  const whole = swings.reduce((sum, s) => sum + s, 0);
  const held = swings.map((s) => Math.floor((counters * s) / whole));
  const rest = swings.map((s) => (counters * s) % whole);
  const free = counters - held.reduce((sum, h) => sum + h, 0);
  swings.map((_, j) => j).sort((a, b) => rest[b] - rest[a] || a - b).slice(0, free).forEach((j) => { held[j]++; });
  swings.forEach((s, j) => {
    if (!s || held[j]) return;
    held[held.indexOf(Math.max(...held))]--;
    held[j] = 1;
  });
  return held;
}
/** Sum of weight times score, from the left. @param {number[]} weights @param {number[]} scores */
const worth = (weights, scores) => scores.reduce((sum, v, j) => sum + weights[j] * v, 0);
/** Indices of values, the greatest first; equals keep their order. @param {number[]} values */
const ranked = (values) => values.map((_, i) => i).sort((a, b) => values[b] - values[a] || a - b);
/** Mirrors priorities.rest. @param {number[]} swings @param {number[]} scores @param {number} j */
function restOf(swings, scores, j) {
  const shares = swings.some((s, k) => s && k !== j) ? swings : swings.map(() => 1);
  let whole = 0; let value = 0;
  shares.forEach((s, k) => { if (k !== j) { whole += s; value += s * scores[k]; } });
  return value / whole;
}
/** Ids in alphabetical order, and the most likely scores in that order. @param {any} marking */
function tableOf(marking) {
  const criteria = [...marking.criteria].sort(); const names = Object.keys(marking.scores).sort();
  return { criteria, names, likely: names.map((n) => criteria.map((c) => marking.scores[n][c][1])) };
}

kinds.priorities = {
  score(marking, response) {
    const given = response?.swings;
    const { criteria, names, likely } = tableOf(marking);
    if (!given || typeof given !== "object" || Array.isArray(given) || Object.keys(given).length !== criteria.length) return null;
    const swings = criteria.map((c) => given[c]);
    if (!swings.every((s) => Number.isInteger(s) && s >= 0 && s <= 100) || !swings.some(Boolean)) return null;
    /** @param {number[]} points */
    const shares = (points) => { const whole = points.reduce((sum, s) => sum + s, 0); return points.map((s) => s / whole); };
    /** @param {string[]} keys @param {any[]} values */
    const zip = (keys, values) => Object.fromEntries(keys.map((key, i) => [key, values[i]]));
    const weights = shares(swings);
    const values = names.map((n) => [0, 1, 2].map((k) => worth(weights, criteria.map((c) => marking.scores[n][c][k]))));
    const order = ranked(values.map((v) => v[1])); const top = order[0];
    /** @type {Record<string, string[]>} */ const dominated = {};
    likely.forEach((mine, i) => {
      const by = names.filter((_, k) => likely[k].every((v, j) => v >= mine[j]) && likely[k].some((v, j) => v > mine[j]));
      if (by.length) dominated[names[i]] = by;
    });
    const crossings = criteria.map((_, j) => {
      /** @type {any} */ let below = null;
      /** @type {any} */ let above = null;
      const rests = likely.map((scores) => restOf(swings, scores, j));
      names.forEach((name, i) => {
        const ahead = likely[top][j] - likely[i][j]; const atNothing = rests[top] - rests[i];
        const root = atNothing / (atNothing - ahead);
        if (ahead < 0 && ahead < atNothing) { const at = Math.max(root, weights[j]); if (!above || at < above.at) above = { at, top: name }; }
        if (atNothing < 0 && atNothing < ahead) { const at = Math.min(root, weights[j]); if (!below || at > below.at) below = { at, top: name }; }
      });
      return { below, above };
    });
    const counts = names.map(() => names.map(() => 0));
    const held = sharedCounters(swings, marking.counters);
    sortedDraws(marking.seed, marking.draws, marking.counters).forEach((row) => {
      let end = 0;
      const drawnWeights = held.map((n) => { const from = row[end]; end += n; return row[end] - from; });
      ranked(likely.map((scores) => worth(drawnWeights, scores))).forEach((i, rank) => { counts[i][rank]++; });
    });
    const stances = Object.entries(marking.stances).map(([id, points]) => {
      const theirs = shares(criteria.map((c) => /** @type {any} */ (points)[c]));
      return [id, { top: names[ranked(likely.map((scores) => worth(theirs, scores)))[0]], apart: weights.reduce((sum, v, j) => sum + Math.abs(v - theirs[j]), 0) / 2 }];
    });
    return { weights: zip(criteria, weights), values: zip(names, values), order: order.map((i) => names[i]), dominated, crossings: zip(criteria, crossings), acceptability: zip(names, counts), stances: Object.fromEntries(stances) };
  },
  start(x) {
    const boxes = /** @type {HTMLInputElement[]} */ (all("[data-swing]", x.form)); const ranges = /** @type {HTMLInputElement[]} */ (all("[data-swing-range]", x.form));
    const update = () => {
      const points = boxes.map((b) => (b.validity.valid && b.value !== "" ? b.valueAsNumber : 0)); const whole = points.reduce((sum, p) => sum + p, 0);
      boxes.forEach((b, i) => {
        ranges[i].value = String(points[i]);
        b.toggleAttribute("data-some", points[i] > 0);
        one(".weight", /** @type {HTMLElement} */ (b.closest(".dial"))).textContent = whole ? fill(x.words.prio_weight, { n: shown((points[i] / whole) * 100, 0, "%", x.words) }) : "";
      });
    };
    boxes.forEach((b, i) => { b.addEventListener("input", update); ranges[i].addEventListener("input", () => { b.value = ranges[i].value; update(); }); });
    x.form.addEventListener("reset", () => setTimeout(update));
    x.root.addEventListener("written", update);
    const mover = one(".mover", x.after); const pick = one("select", mover); const range = one("input", mover);
    /** The order at another weight of one criterion, the rest in the learner's proportions; nothing is kept. @param {boolean} [fresh] */
    const move = (fresh) => {
      if (!x.state) return;
      const { swings } = x.state.last.response;
      const { criteria, names, likely } = tableOf(x.marking); const j = criteria.indexOf(pick.value); const points = criteria.map((c) => swings[c]);
      if (fresh) range.value = String(Math.round((points[j] / points.reduce((sum, p) => sum + p, 0)) * 100));
      const share = Number(range.value) / 100;
      const values = likely.map((scores) => share * scores[j] + (1 - share) * restOf(points, scores, j));
      const order = ranked(values);
      one("output", mover).textContent = `${range.value}%`;
      one("ol", mover).replaceChildren(...order.map((i) => { const row = document.createElement("li"); const b = document.createElement("b"); b.textContent = shown(values[i], 1, "", x.words); row.append(b, ` ${optionText(x, names[i])}`); return row; }));
      const first = fill(x.words.prio_now_first, { x: optionText(x, names[order[0]]) }); const say = one("[role=status]", mover);
      if (say.textContent !== first) say.textContent = first;
    };
    pick.addEventListener("change", () => move(true));
    range.addEventListener("input", () => move());
    x.after.addEventListener("decided", () => move(true));
  },
  read(x) {
    const boxes = /** @type {HTMLInputElement[]} */ (all("[data-swing]", x.form));
    const bad = boxes.find((b) => b.value === "" || !b.validity.valid);
    if (bad) return { need: x.words.prio_need_whole, focus: bad };
    if (!boxes.some((b) => b.valueAsNumber > 0)) return { need: x.words.prio_need_some, focus: boxes[0] };
    return { swings: Object.fromEntries(boxes.map((b) => [b.dataset.swing, b.valueAsNumber])) };
  },
  write(x, response) {
    all("[data-swing]", x.form).forEach((b) => { /** @type {any} */ (b).value = response.swings[b.dataset.swing || ""]; });
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const s = this.score(x.marking, response); const w = x.words; const top = s.order[0];
    /** @param {number} share */
    const percent = (share) => shown(share * 100, 0, "%", w);
    /** @param {string} id */
    const survives = (id) => percent(s.acceptability[id][0] / x.marking.draws);
    [...s.order].reverse().forEach((id) => {
      const b = one(`.branch[data-option="${id}"]`, x.after); const v = s.values[id];
      one(".letter", b).textContent = s.order.indexOf(id) + 1;
      one(".ranks", b).textContent = [fill(w.prio_value, { n: shown(v[1], 1, "", w), a: shown(v[0], 0, "", w), b: shown(v[2], 0, "", w) }), fill(w.prio_first_in, { n: survives(id) }), s.dominated[id] ? fill(w.prio_dominated, { x: s.dominated[id].map((/** @type {string} */ by) => optionText(x, by)).join("; ") }) : ""].filter(Boolean).join(" · ");
      const strip = one(".strip", b);
      strip.style.setProperty("--from", `${v[0]}%`); strip.style.setProperty("--to", `${v[2]}%`); strip.style.setProperty("--at", `${v[1]}%`);
      [one(".ranks", b), strip].forEach((part) => { part.hidden = false; });
      b.classList.toggle("chosen-branch", id === top);
      b.open = id === top;
      b.parentElement.insertBefore(b, one(".branch[data-option]", x.after));
    });
    all("[data-crossing]", x.after).forEach((row) => {
      const c = row.dataset.crossing || ""; const { below, above } = s.crossings[c];
      const parts = [below && fill(w.prio_below, { n: percent(below.at), x: optionText(x, below.top) }), above && fill(w.prio_above, { n: percent(above.at), x: optionText(x, above.top) })].filter(Boolean);
      one(".now", row).textContent = percent(s.weights[c]);
      one(".then", row).textContent = parts.join(" ") || w.prio_never;
    });
    all("[data-stance]", x.after).forEach((b) => {
      const { top: theirs, apart } = s.stances[b.dataset.stance || ""];
      one(".ranks", b).textContent = fill(w.prio_stance, { x: optionText(x, theirs), n: percent(1 - apart) });
      one(".ranks", b).hidden = false;
    });
    all(".crossings, .mover", x.after).forEach((part) => { part.hidden = false; });
    x.root.dispatchEvent(new Event("written"));
    x.after.dispatchEvent(new Event("decided"));
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    const losers = Object.keys(s.dominated).length;
    return { title: fill(w.prio_head, { x: optionText(x, top) }), score: [fill(w.prio_survives, { n: survives(top), d: x.marking.draws.toLocaleString("en-GB") }), losers ? w.prio_some_dominated : ""].filter(Boolean).join(" ") };
  },
  tell: (x, response) => all("[data-swing]", x.form).map((b) => `${one("label", /** @type {HTMLElement} */ (b.closest(".dial"))).textContent} ${response.swings[b.dataset.swing || ""]}`).join("; "),
};
/** The words of an option, as its branch shows it. @param {Live} x @param {string} id */
function optionText(x, id) { return one(`.branch[data-option="${id}"] .name`, x.after).textContent.trim(); }

/** The choices made so far, and how often the reader went back. @type {WeakMap<Live, {path: string[], backs: number}>} */
const routes = new WeakMap();
/** @param {Live} x */
const route = (x) => /** @type {{path: string[], backs: number}} */ (routes.get(x));
/** Every state on a path from the start, or null if it is not one. @param {any} rules @param {any} path @returns {Story[] | null} */
function walk(rules, path) {
  const states = [scenario.start(rules)];
  try { for (const choice of path) states.push(scenario.step(rules, states[states.length - 1], choice)); } catch { return null; }
  return states;
}
/** A line of text in an element of a class. @param {string} text @param {string} [name] @param {string} [tag] */
function lineOf(text, name = "", tag = "p") {
  const p = document.createElement(tag);
  p.className = name; p.textContent = text;
  return p;
}
/** A variable's value as it is printed. @param {Live} x @param {string} name @param {number} value */
function metered(x, name, value) {
  const meter = one(`[data-meter="${name}"]`, x.form);
  return shown(value, Number(meter.dataset.digits), meter.dataset.unit, x.words);
}
/** What changed, in words. @param {Live} x @param {any[]} log */
function changes(x, log) {
  return Object.keys(x.marking.bounds).flatMap((name) => {
    const own = log.filter((entry) => entry[0] === "changed" && entry[1] === name);
    return !own.length ? [] : fill(x.words.story_change, { x: one(`[data-meter="${name}"]`, x.form).dataset.label, y: metered(x, name, own[own.length - 1][3]), z: metered(x, name, own[0][2]) });
  }).join("; ");
}
/** The title of a node. @param {Live} x @param {string} node */
const titleOf = (x, node) => one(`[data-node="${node}"] .paragraph-title`, x.form).lastChild.textContent.trim();
/** The log of a step in two: what the choice did itself, and one log for each late effect that arrived. @param {any[]} log @returns {{own: any[], late: any[][]}} */
function parted(log) {
  const cuts = log.flatMap(([what], i) => (what === "late" ? [i] : []));
  return { own: log.slice(0, cuts[0]), late: cuts.map((at, i) => log.slice(at, cuts[i + 1])) };
}
/** "Arriving now, from your choice at …" @param {Live} x @param {any[]} log */
const arriving = (x, log) => fill(x.words.story_arrives, { x: titleOf(x, log[0][1].split(".")[0]) });
/** What a choice led to: its consequence, what changed, whatever arrived from earlier choices, and why. @param {Live} x @param {Story} state @returns {HTMLElement[]} */
function news(x, state) {
  const { own, late } = parted(state.log);
  const mine = one(`[data-choice="${own[0][1]}.${own[0][2]}"]`, x.after);
  const parts = [lineOf(fill(x.words.story_at, { x: one(".letter", mine).textContent }), "label"), one(".story", mine).cloneNode(true), lineOf(changes(x, own), "small")];
  for (const log of late) {
    const text = one(`[data-late="${log[0][2]}"]`, x.after).cloneNode(true);
    text.removeAttribute("data-late");
    parts.push(lineOf(arriving(x, log), "label arrives"), text, lineOf(changes(x, log), "small"));
  }
  // Why, without a further press: it stands where the choice was made.
  parts.splice(3, 0, one(".because", mine).cloneNode(true));
  return parts;
}
/** Shows where the story stands: the figures, the news, and the one paragraph to decide. @param {Live} x */
function drawStory(x) {
  const states = /** @type {Story[]} */ (walk(x.marking, route(x).path));
  const now = states[states.length - 1]; const was = states[states.length - 2];
  all(".paragraph", x.form).forEach((part) => part.classList.toggle("current", part.dataset.node === now.at));
  all("[data-meter]", x.form).forEach((meter) => {
    const name = meter.dataset.meter || "";
    one("b", meter).textContent = metered(x, name, now.values[name]);
    one(".was", meter).textContent = was && was.values[name] !== now.values[name] ? fill(x.words.story_from, { x: metered(x, name, was.values[name]) }) : "";
  });
  const box = one(".news", x.form);
  box.hidden = !was;
  box.replaceChildren(...(was ? news(x, now) : []));
  one("[data-back]", x.form).hidden = !was;
  // Only what can be chosen now can be seen.
  const open = scenario.options(x.marking, now);
  all(".current .path", x.form).forEach((path) => { path.hidden = !Object.hasOwn(open, one("input", path).value); });
}
/** Half a path, kept so that a reload does not lose it; in a notebook only what is decided is kept. @param {Live} x */
const draftOf = (x) => (x.root.closest(".commissioning-widget") ? null : `commissioning:draft:${x.root.id}`);
/** @param {Live} x */
function keepDraft(x) {
  const name = draftOf(x);
  if (!name) return;
  try {
    if (route(x).path.length) localStorage.setItem(name, JSON.stringify({ edition: x.root.dataset.edition, ...route(x) }));
    else localStorage.removeItem(name);
  } catch { /* this browser keeps nothing: the path lasts as long as the page */ }
}
/** @param {Live} x @returns {{path: string[], backs: number}} */
function readDraft(x) {
  try {
    const draft = JSON.parse(localStorage.getItem(draftOf(x) || "") || "null");
    const states = draft && draft.edition === x.root.dataset.edition && Array.isArray(draft.path) && walk(x.marking, draft.path);
    if (states && !scenario.isOver(x.marking, states[states.length - 1])) return { path: draft.path, backs: Number.isInteger(draft.backs) ? draft.backs : 0 };
  } catch { /* nothing that can be read */ }
  return { path: [], backs: 0 };
}

kinds.scenario = {
  score(marking, response) {
    const states = Array.isArray(response?.path) ? walk(marking, response.path) : null;
    const end = states && states[states.length - 1];
    if (!end || !scenario.isOver(marking, end)) return null;
    return { ending: scenario.ending(marking, end), profile: Object.fromEntries(Object.keys(marking.bounds).map((name) => [name, end.values[name]])) };
  },
  start(x) {
    routes.set(x, readDraft(x));
    const anew = () => { routes.set(x, { path: [], backs: 0 }); keepDraft(x); drawStory(x); };
    x.form.addEventListener("reset", anew);
    x.root.addEventListener("written", () => drawStory(x));
    one("[data-back]", x.form).addEventListener("click", () => {
      route(x).path.pop();
      route(x).backs += 1;
      keepDraft(x);
      drawStory(x);
      need(x, "");
      one(".current .path:not([hidden]) input:checked, .current .path:not([hidden]) input", x.form).focus();
    });
    drawStory(x);
  },
  read(x) {
    const own = route(x);
    const radios = /** @type {HTMLInputElement[]} */ (all(".current .path:not([hidden]) input", x.form));
    const chosen = radios.find((radio) => radio.checked);
    if (!chosen) return { need: x.words.need_choice, focus: radios[0] };
    own.path.push(chosen.value);
    drawStory(x);
    if (!one(".current", x.form)) {
      const response = { path: [...own.path], backs: own.backs };
      own.path = []; keepDraft(x); own.path = response.path;
      return response;
    }
    keepDraft(x);
    deciding(x);
    one("p[role=status]", x.root).textContent = titleOf(x, one(".current", x.form).dataset.node);
    return { need: "", focus: one(".news", x.form) };
  },
  write(x, response) {
    routes.set(x, { path: [...response.path], backs: response.backs || 0 });
    const states = /** @type {Story[]} */ (walk(x.marking, response.path));
    response.path.forEach((/** @type {string} */ choice, /** @type {number} */ i) => inputs(x, states[i].at || "").forEach((radio) => { radio.checked = radio.value === choice; }));
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const states = /** @type {Story[]} */ (walk(x.marking, response.path));
    const { ending, profile } = this.score(x.marking, response);
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    one("[data-back]", x.form).hidden = true;
    const taken = response.path.map((/** @type {string} */ choice, /** @type {number} */ i) => `${states[i].at}.${choice}`);
    all(".branch", x.after).forEach((branch) => {
      const mine = branch.dataset.ending === ending || taken.includes(branch.dataset.choice);
      /** @type {any} */ (branch).open = mine;
      branch.classList.toggle("chosen-branch", mine);
      one(".yours", branch).hidden = !mine;
    });
    const way = one(".your-way", x.after);
    way.hidden = false;
    one("ol", way).replaceChildren(...taken.map((/** @type {string} */ id, /** @type {number} */ i) => {
      const item = document.createElement("li");
      const mine = one(`[data-choice="${id}"]`, x.after);
      const { own, late } = parted(states[i + 1].log);
      item.append(lineOf(titleOf(x, id.split(".")[0]), "label"), lineOf(`${one(".letter", mine).textContent} ${one(".what", mine).textContent}`), lineOf(changes(x, own), "small"));
      for (const log of late) item.append(lineOf(`${arriving(x, log)}: ${changes(x, log)}`, "small"));
      return item;
    }));
    const told = Object.keys(profile).map((name) => {
      const began = x.marking.start[name];
      const [y, z] = [profile[name], began].map((value) => metered(x, name, value));
      return fill(x.words.story_change, { x: one(`[data-meter="${name}"]`, x.form).dataset.label, y, z });
    });
    return { title: one(`[data-ending="${ending}"] summary > span`, x.after).firstChild.textContent.trim(), score: `${told.join("; ")}.` };
  },
  tell(x, response) {
    const states = walk(x.marking, response.path);
    return states ? response.path.map((/** @type {string} */ choice, /** @type {number} */ i) => one(`[data-choice="${states[i].at}.${choice}"] .letter`, x.after).textContent).join(", ") : "?";
  },
};

// ---- decision rights --------------------------------------------------------------------------------------------

kinds["decision-rights"] = {
  score(marking, response) {
    const grid = response?.grid;
    const { parties, rows } = marking;
    /** @param {any} value */
    const isMapping = (value) => value && typeof value === "object" && !Array.isArray(value);
    /** @type {(entry: [string, any]) => boolean} */
    const isRow = ([name, cells]) => rows.some((/** @type {any} */ r) => r[0] === name) && isMapping(cells) && Object.entries(cells).every(([p, letter]) => parties.includes(p) && ["R", "A", "C", "I"].includes(/** @type {any} */ (letter)));
    if (!isMapping(grid) || !Object.entries(grid).every(isRow)) return null;
    /** @type {any} */ const judged = {};
    let valid = 0; let agreed = 0; let filled = 0;
    const only = new Set(parties);
    rows.forEach((/** @type {any} */ [name, allowed]) => {
      const cells = Object.hasOwn(grid, name) ? grid[name] : {};
      /** @type {(string | null)[]} */
      const letters = parties.map((/** @type {string} */ p) => (Object.hasOwn(cells, p) ? cells[p] : null));
      letters.forEach((letter, i) => {
        if (letter !== "C") only.delete(parties[i]);
        if (letter) { filled += 1; agreed += +allowed[parties[i]].includes(letter); }
      });
      judged[name] = rightsRow(letters);
      valid += +judged[name].valid;
    });
    return filled ? { rows: judged, valid, allowed: agreed, filled, agreement: agreed / filled, only_consulted: parties.filter((/** @type {string} */ p) => only.has(p)) } : null;
  },
  start(x) {
    const rows = all("tr[data-row]", x.form);
    const told = all(".told", x.form);
    /** Names under each row what is wrong with it: two that answer at once, the rest when every cell has a letter. @param {Event} [event] */
    const look = (event) => {
      const grid = this.read(x).grid || {};
      rows.forEach((row, i) => {
        const letters = x.marking.parties.map((/** @type {string} */ p) => grid[row.dataset.row || ""]?.[p] || null);
        const text = rightsRow(letters).patterns.filter((p) => p === "two-answer" || !letters.includes(null)).map((p) => x.words.rights[p]).join(" ");
        one("p", told[i]).textContent = text;
        told[i].hidden = !text;
        if (event && row.contains(/** @type {Node} */ (event.target))) one("p[role=status]", x.root).textContent = text;
      });
    };
    rowByRow(x, look);
  },
  read(x) {
    /** @type {any} */ const grid = {};
    all("tr[data-row]", x.form).forEach((row) => {
      const cells = all("select", row).map((s) => [s.dataset.party, /** @type {any} */ (s).value]).filter(([, letter]) => letter);
      if (cells.length) grid[row.dataset.row || ""] = Object.fromEntries(cells);
    });
    return Object.keys(grid).length ? { grid } : { need: x.words.need_letter, focus: all("tr:not([data-away]) select", x.form)[0] };
  },
  write(x, response) {
    all("tr[data-row]", x.form).forEach((row) => all("select", row).forEach((s) => { /** @type {any} */ (s).value = response.grid[row.dataset.row || ""]?.[s.dataset.party || ""] || ""; }));
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const { rows, valid, allowed, filled, agreement, only_consulted } = this.score(x.marking, response);
    const w = x.words;
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    all(".branch", x.after).forEach((branch) => {
      const id = branch.dataset.option || "";
      /** @type {Record<string, string>} */ const cells = response.grid[id] || {};
      const { patterns } = rows[id];
      const answer = Object.values(cells).filter((letter) => letter === "A").length;
      const tag = one(".ranks", branch);
      tag.textContent = patterns.length ? patterns.map((/** @type {string} */ p) => w.rights[p]).join(" ") : w.row_valid;
      tag.hidden = false;
      all("[data-when]", branch).forEach((part) => { one(".yours", part).hidden = part.dataset.when !== ["none", "one", "two"][Math.min(answer, 2)]; });
      all("[data-party]", branch).forEach((part) => {
        const letter = cells[part.dataset.party || ""];
        const mine = one(".yours", part);
        mine.textContent = fill(w.your_letter, { x: letter || w.no_letter });
        mine.hidden = false;
        all("[data-letter]", part).forEach((note) => note.classList.toggle("said", note.dataset.letter === letter));
      });
      /** @type {any} */ (branch).open = false;
    });
    const first = all(".branch", x.after).find((b) => rows[b.dataset.option || ""].patterns.length) || one(".branch", x.after);
    first.open = true;
    const heads = all("thead th", x.form);
    const asked = only_consulted.map((/** @type {string} */ p) => fill(w.only_consulted, { x: heads[1 + x.marking.parties.indexOf(p)].textContent }));
    const score = fill(w.rights_score, { x: valid, y: x.marking.rows.length, n: filled, a: allowed, p: `${Math.round(agreement * 100)}%` });
    return { title: w.rights_head, score: [score, ...asked].join(" ") };
  },
  tell(x, response) { return fill(x.words.rights_told, { x: this.score(x.marking, response).valid, y: x.marking.rows.length }); },
};
/** One row by the published rule, and what commonly goes wrong in it. Mirrors decision_rights._patterns. @param {(string | null)[]} letters */
function rightsRow(letters) {
  /** @param {string | null} letter */
  const count = (letter) => letters.filter((l) => l === letter).length;
  const [r, a, c, i] = ["R", "A", "C", "I"].map(count);
  /** @type {[string, boolean][]} */
  const found = [["two-answer", a > 1], ["none-answers", a === 0], ["nobody-does", a > 0 && !r], ["all-consulted", c >= 2 && r + a + c === letters.length], ["none-informed", !i && count(null) > 0 && a > 0]];
  return { valid: a === 1 && r > 0, patterns: found.filter(([, holds]) => holds).map(([name]) => name) };
}

/** One row of a grid at a time, where the page is narrow. Returns what goes to a row. @param {Live} x @param {(event?: Event) => void} look */
function rowByRow(x, look) {
  const rows = all("tr[data-row]", x.form);
  const buttons = all("[data-go]", x.form);
  let at = 0;
  /** @param {number} to @param {boolean} [focus] */
  const go = (to, focus) => {
    at = to;
    [rows, all(".told", x.form)].forEach((list) => list.forEach((row, i) => row.toggleAttribute("data-away", i !== at)));
    one(".row-at", x.form).textContent = fill(x.words.row_at, { n: at + 1, y: rows.length });
    buttons.forEach((b) => b.setAttribute("aria-disabled", String(!rows[at + Number(b.dataset.go)])));
    look();
    if (focus) (one("input:checked", rows[at]) || one("select, input", rows[at])).focus();
  };
  buttons.forEach((b) => b.addEventListener("click", () => { if (b.getAttribute("aria-disabled") !== "true") go(at + Number(b.dataset.go), true); }));
  x.form.addEventListener("change", look);
  x.form.addEventListener("reset", () => setTimeout(() => go(0)));
  x.root.addEventListener("written", () => look());
  go(0);
  return go;
}

// ---- sourcing ---------------------------------------------------------------------------------------------------

kinds.sourcing = {
  score(marking, response) {
    const chosen = response?.chosen;
    const { total, suppliers, functions, remarks } = marking;
    if (!chosen || typeof chosen !== "object" || Array.isArray(chosen) || Object.keys(chosen).length !== functions.length) return null;
    let cost = 0;
    /** @type {any[]} */ const arrives = [];
    for (const [name, cells] of functions) {
      const who = Object.hasOwn(chosen, name) ? chosen[name] : null;
      if (typeof who !== "string" || !Object.hasOwn(cells, who)) return null;
      cost += cells[who][0];
      if (cells[who][1]) arrives.push([cells[who][1], "cell", name]);
    }
    if (cost > total) return null;
    /** @param {string[]} names @param {string} who */
    const count = (names, who) => names.filter((n) => chosen[n] === who).length;
    remarks.forEach((/** @type {any} */ [who, counted, low, high, month], /** @type {number} */ i) => {
      const n = count(counted, who);
      if (n >= low && n <= high) arrives.push([month, "remark", i]);
    });
    arrives.sort((a, b) => a[0] - b[0]);
    return { cost, left: total - cost, with: Object.fromEntries(suppliers.map((/** @type {string} */ s) => [s, count(Object.keys(chosen), s)])), arrives };
  },
  start(x) {
    /** @type {any} */ (x).go = rowByRow(x, () => {
      const { cost, left } = boardOf(x);
      const over = left < 0;
      const say = one(".left [role=status]", x.form);
      const text = fill(x.words[over ? "shop_over" : "shop_so_far"], { x: thousands(x, cost), y: thousands(x, x.marking.total), z: thousands(x, Math.abs(left)) });
      if (say.textContent !== text) say.textContent = text;
      say.classList.toggle("over", over);
    });
  },
  read(x) {
    const { chosen, left } = boardOf(x);
    const rows = all("tr[data-row]", x.form);
    const open = rows.filter((row) => !chosen[row.dataset.row || ""]);
    if (open.length) {
      /** @type {any} */ (x).go(rows.indexOf(open[0]), true);
      return { need: fill(x.words.shop_need_some, { x: open.map((row) => one("th", row).textContent).join("; ") }) };
    }
    return left < 0 ? { need: fill(x.words.shop_need_less, { z: thousands(x, -left) }) } : { chosen };
  },
  write(x, response) {
    all(".offer input", x.form).forEach((i) => { /** @type {any} */ (i).checked = response.chosen[i.closest("tr")?.dataset.row || ""] === /** @type {any} */ (i).value; });
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const s = this.score(x.marking, response);
    const { chosen } = response;
    const w = x.words;
    const heads = all("thead th", x.form).slice(1).map((th) => th.textContent);
    const { suppliers } = x.marking;
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    all(".branch", x.after).forEach((branch, i) => {
      const who = chosen[branch.dataset.option || ""];
      const tag = one(".ranks", branch);
      tag.replaceChildren(made("span", "yours", `${heads[suppliers.indexOf(who)]}, ${thousands(x, x.marking.functions[i][1][who][0])}`));
      tag.hidden = false;
      one(".own", branch).replaceChildren(one(`[data-supplier="${who}"] .pair`, branch).cloneNode(true));
      all("[data-supplier]", branch).forEach((part) => { part.hidden = part.dataset.supplier === who; });
      /** @type {any} */ (branch).open = true;
    });
    all("[data-month]", x.after).forEach((part) => {
      const own = s.arrives.filter((/** @type {any} */ a) => String(a[0]) === part.dataset.month);
      part.hidden = !own.length;
      const ids = own.map((/** @type {any} */ [, what, id]) => (what === "cell" ? `${id} ${chosen[id]}` : id));
      one("div", part).replaceChildren(...ids.map((/** @type {any} */ id) => copyOf(x, `[data-late="${id}"]`)));
    });
    const counts = suppliers.map((/** @type {string} */ id, /** @type {number} */ i) => `${heads[i]} ${s.with[id]}`).join(", ");
    return { title: fill(w.shop_head, { x: thousands(x, s.cost), y: thousands(x, s.left) }), score: fill(w.shop_unmarked, { x: counts }) };
  },
  tell(x, response) {
    const heads = all("thead th", x.form).slice(1);
    return all("tr[data-row]", x.form).map((row) => `${one("th", row).textContent}: ${heads[x.marking.suppliers.indexOf(response.chosen[row.dataset.row || ""])].textContent}`).join("; ");
  },
};
/** £ thousand, short. @param {Live} x @param {number} k */
const thousands = (x, k) => shown(k, 0, "£k", x.words);
/** The board as it stands: who does what, what it costs and what it leaves (below nothing: too much). @param {Live} x */
function boardOf(x) {
  /** @type {Record<string, string>} */ const chosen = {};
  let cost = 0;
  for (const [name, cells] of x.marking.functions) {
    const box = inputs(x, name).find((i) => i.checked);
    if (box) { chosen[name] = box.value; cost += cells[box.value][0]; }
  }
  return { chosen, cost, left: x.marking.total - cost };
}

// ---- concordance ------------------------------------------------------------------------------------------------

kinds.concordance = {
  score(marking, response) {
    const given = response?.anchors;
    const reasons = response?.reasons === undefined ? {} : response.reasons;
    if (![given, reasons].every((v) => v && typeof v === "object" && !Array.isArray(v))) return null;
    const names = marking.items.map((/** @type {any} */ item) => item[0]);
    /** @param {any} a */
    const isAnchor = (a) => Number.isInteger(a) && a >= -2 && a <= 2;
    if (Object.keys(given).length !== names.length || !names.every((/** @type {string} */ n) => Object.hasOwn(given, n) && isAnchor(given[n]))) return null;
    if (!Object.entries(reasons).every(([n, text]) => names.includes(n) && typeof text === "string")) return null;
    /** @param {any} item */
    const judged = ([name, counts, held]) => [name, { credit: counts ? counts[given[name] + 2] / Math.max(...counts) : null, held: held.some((/** @type {number} */ a) => a === given[name]) }];
    return { items: Object.fromEntries(marking.items.map(judged)) };
  },
  read(x) {
    /** @type {Record<string, number>} */ const anchors = {};
    /** @type {Record<string, string>} */ const reasons = {};
    for (const [id] of x.marking.items) {
      const boxes = inputs(x, `item-${id}`);
      const chosen = boxes.find((b) => b.checked);
      if (!chosen) return { need: x.words.need_anchor, focus: boxes[0] };
      anchors[id] = Number(chosen.value);
      const text = one(`[data-reason="${id}"]`, x.form).value.trim();
      if (text) reasons[id] = text;
    }
    return { anchors, reasons };
  },
  write(x, response) {
    for (const [id] of x.marking.items) {
      inputs(x, `item-${id}`).forEach((b) => { b.checked = Number(b.value) === response.anchors[id]; });
      const box = one(`[data-reason="${id}"]`, x.form);
      box.value = response.reasons?.[id] || "";
      if (box.value) box.closest("details").open = true;
    }
  },
  show(x, response) {
    const { items } = this.score(x.marking, response);
    all(".fork .glow, .fork .road", x.root).forEach((part) => part.classList.add("taken"));
    all(".branch", x.after).forEach((branch, i) => {
      const id = branch.dataset.option || "";
      all("[data-anchor]", branch).forEach((part) => {
        const mine = Number(part.dataset.anchor) === response.anchors[id];
        part.classList.toggle("mine", mine);
        all(".yours", part).forEach((tag) => { tag.hidden = !mine; });
      });
      const { credit, held } = items[id];
      const tag = one(".ranks", branch);
      tag.textContent = credit === null ? fill(held ? x.words.anchor_held : x.words.anchor_alone, { x: signed(response.anchors[id]) }) : fill(x.words.anchor_credit, { x: signed(response.anchors[id]), y: credit.toFixed(2) });
      tag.hidden = false;
      /** @type {any} */ (branch).open = i === 0;
    });
    return { title: x.words.concordance_head, score: x.words.concordance_score };
  },
  tell: (x, response) => x.marking.items.map((/** @type {any} */ item) => signed(response.anchors[item[0]])).join(", "),
};

// ---- negotiation ------------------------------------------------------------------------------------------------

/** Packages, as the place of one option for each issue, and the talk about them. Mirrors kinds/negotiation.py. */
const deals = {
  /** @param {any} m @returns {number[][]} */
  packages: (m) => m.issues.reduce((/** @type {number[][]} */ made, /** @type {any} */ [, options]) => made.flatMap((picks) => options.map((/** @type {any} */ _, /** @type {number} */ i) => [...picks, i])), [[]]),
  /** @param {any} m @param {number[]} picks @returns {[number, number]} */
  worth(m, picks) {
    const terms = picks.map((pick, i) => m.issues[i][1][pick]);
    /** @param {number} k */
    const sum = (k) => terms.reduce((total, term) => total + term[k], 0);
    return [sum(1), sum(2)];
  },
  /** @param {any} m @param {number[]} picks @returns {Record<string, string>} */
  asPackage: (m, picks) => Object.fromEntries(picks.map((pick, i) => [m.issues[i][0], m.issues[i][1][pick][0]])),
  /** @param {any} m @param {any} given @returns {number[] | null} */
  asPicks(m, given) {
    if (!given || typeof given !== "object" || Array.isArray(given) || Object.keys(given).length !== m.issues.length) return null;
    const picks = m.issues.map((/** @type {any} */ [name, options]) => (Object.hasOwn(given, name) ? options.findIndex((/** @type {any} */ o) => o[0] === given[name]) : -1));
    return picks.includes(-1) ? null : picks;
  },
  /** @param {number[]} a @param {number[]} b */
  beats: (a, b) => a[0] >= b[0] && a[1] >= b[1] && (a[0] > b[0] || a[1] > b[1]),
  /** The first of the highest. @template T @param {T[]} list @param {(item: T) => number} by @returns {T} */
  top: (list, by) => list.reduce((best, item) => (by(item) > by(best) ? item : best)),
  /** @param {any} m @returns {any} */
  start: (m) => ({ relation: m.relation, pressure: 0, round: 0, over: false, deal: null, by: null, table: null, used: [], learnt: [], log: [] }),
  /** @param {any} m @param {any} talk */
  need(m, talk) {
    const least = m.alternatives[1];
    const best = m.issues.reduce((/** @type {number} */ sum, /** @type {any} */ [, options]) => sum + Math.max(...options.map((/** @type {any} */ o) => o[2])), 0);
    const more = Math.floor(((best - least) * (m.rounds - talk.round + 1) * (100 - talk.relation)) / (100 * m.rounds));
    return Math.max(least, least + more - talk.pressure);
  },
  /** Plays one turn; false, and nothing has changed, where it cannot be played. @param {any} m @param {any} talk @param {any} given */
  turn(m, talk, given) {
    const move = given?.move;
    if (talk.over || typeof move !== "string") return false;
    if (move === "leave" || move === "accept") {
      if (move === "accept" && !talk.table) return false;
      talk.over = true;
      if (move === "accept") { talk.deal = talk.table; talk.by = "you"; }
      return true;
    }
    if (!Object.hasOwn(m.moves, move) || talk.round === m.rounds) return false;
    const [gain, pressure, puts, asks] = m.moves[move];
    const picks = puts ? this.asPicks(m, given.package) : null;
    if (puts && !picks) return false;
    const put = picks && this.worth(m, picks);
    const insult = put && put[1] < m.alternatives[1];
    const before = talk.relation;
    talk.round += 1;
    talk.relation = Math.min(100, Math.max(0, before + (gain > 0 && talk.used.includes(move) ? 0 : gain) - (insult ? 5 : 0)));
    talk.pressure += pressure;
    talk.used.push(move);
    const least = this.need(m, talk);
    let reply = "talks";
    if (talk.relation < m.signs_at) { reply = "refuses"; talk.table = null; }
    else if (put && put[1] >= least) { reply = "accepts"; talk.over = true; talk.deal = picks; talk.by = "them"; }
    else if (picks) { reply = insult ? "insulted" : "counters"; talk.table = this.counter(m, picks, least, talk.relation >= m.open_at); }
    const left = asks && talk.relation >= m.open_at ? m.interests.find((/** @type {string} */ name) => !talk.learnt.includes(name)) : null;
    if (left) talk.learnt.push(left);
    const isCounter = reply === "counters" || reply === "insulted";
    talk.log.push({ move, change: talk.relation - before, relation: talk.relation, need: least, reply, put, counter: isCounter ? this.asPackage(m, talk.table) : null, learnt: left || null });
    return true;
  },
  /** @param {any} m @param {number[]} picks @param {number} least @param {boolean} generous */
  counter(m, picks, least, generous) {
    const every = this.packages(m);
    const enough = every.filter((p) => this.worth(m, p)[1] >= least);
    if (!enough.length) return this.top(every, (p) => this.worth(m, p)[1]);
    /** @param {number[]} p */
    const changed = (p) => p.filter((pick, i) => pick !== picks[i]).length;
    const fewest = Math.min(...enough.map(changed));
    return this.top(enough.filter((p) => changed(p) === fewest), (p) => this.worth(m, p)[generous ? 0 : 1]);
  },
  /** @param {any} m @param {any[]} log */
  turning(m, log) {
    let stands = m.alternatives[0] + m.alternatives[1];
    const swings = log.map(({ change, put }) => {
      const now = put ? put[0] + put[1] : stands;
      const swing = Math.abs(change) + Math.abs(now - stands);
      stands = now;
      return swing;
    });
    return [...log.keys()].sort((a, b) => swings[b] - swings[a]).slice(0, 3).sort((a, b) => a - b);
  },
};
/** The talk that is going on in an exercise, and its turns so far. @type {WeakMap<HTMLElement, {talk: any, turns: any[]}>} */
const talks = new WeakMap();
/** An element with a class and text. @param {string} tag @param {string} className @param {string} [text] */
function made(tag, className, text = "") { const e = document.createElement(tag); e.className = className; e.textContent = text; return e; }
/** What the author wrote for one part, to show once more. @param {Live} x @param {string} sel */
const copyOf = (x, sel) => { const part = one(sel, x.after).cloneNode(true); part.hidden = false; return part; };
/** A package in words. @param {Live} x @param {Record<string, string>} terms */
const inWords = (x, terms) => Object.entries(terms).map(([issue, option]) => one(`[data-term="${issue}:${option}"]`, x.form).textContent.trim()).join("; ");

/** The package in the form, or null. @param {Live} x */
function termsIn(x) {
  const chosen = x.marking.issues.map((/** @type {any} */ [name]) => [name, inputs(x, `term-${name}`).find((i) => i.checked)?.value]);
  return chosen.every((/** @type {any} */ [, value]) => value) ? Object.fromEntries(chosen) : null;
}
/** Adds a turn to what was said so far. @param {Live} x @param {any} talk @param {any} given */
function say(x, talk, given) {
  const turn = made("li", "");
  turn.tabIndex = -1;
  one(".talk", x.form).append(turn);
  if (given.move === "accept" || given.move === "leave") { turn.append(made("p", "", given.move === "accept" ? x.words.you_accept : x.words.you_leave)); return turn; }
  const { change, reply, counter, learnt } = talk.log[talk.log.length - 1];
  const own = made("p", "");
  own.append(made("span", "yours", one(`[data-move-text="${given.move}"]`, x.form).textContent.trim()));
  if (given.package) own.append(document.createElement("br"), `${inWords(x, given.package)}.`);
  turn.append(made("p", "label", fill(x.words.round, { n: talk.round, y: x.marking.rounds })), own, copyOf(x, `[data-option="${given.move}"] .story`));
  if (reply !== "talks") turn.append(copyOf(x, `[data-reply="${reply}"]`));
  if (learnt) turn.append(copyOf(x, `[data-interest="${learnt}"] .story`));
  const put = counter && fill(x.words.they_put, { x: inWords(x, counter), n: deals.worth(x.marking, /** @type {any} */ (deals.asPicks(x.marking, counter)))[0] });
  if (put) turn.append(made("p", "put", put));
  turn.append(made("p", "small", fill(x.words.relation_now, { n: talk.relation, c: signed(change) })));
  return turn;
}

kinds.negotiation = {
  score(marking, response) {
    if (!Array.isArray(response?.turns)) return null;
    const talk = deals.start(marking);
    if (!response.turns.every((/** @type {any} */ given) => deals.turn(marking, talk, given)) || !talk.over) return null;
    const [you, them] = talk.deal ? deals.worth(marking, talk.deal) : marking.alternatives;
    const every = deals.packages(marking);
    /** @param {number[]} p */
    const both = (p) => { const [a, b] = deals.worth(marking, p); return a + b; };
    const joint = you + them; const best = Math.max(...every.map(both));
    const better = talk.deal ? every.filter((p) => deals.beats(deals.worth(marking, p), [you, them])) : [];
    return {
      deal: talk.deal && deals.asPackage(marking, talk.deal), by: talk.by, you, them, joint, best, created: best > 0 ? joint / best : null, claimed: joint > 0 ? you / joint : null,
      relation: talk.relation, beaten: better.length, better: better.length ? deals.asPackage(marking, deals.top(better, both)) : null, learnt: talk.learnt, log: talk.log, turning: deals.turning(marking, talk.log),
    };
  },
  start(x) {
    const m = x.marking;
    const reset = () => { talks.set(x.root, { talk: deals.start(m), turns: [] }); one(".talk", x.form).replaceChildren(); look(); };
    /** What can be pressed now, and what your package is worth to you. */
    const look = () => {
      const { talk, turns } = talks.get(x.root) || { talk: deals.start(m), turns: [] };
      const move = inputs(x, "move").find((i) => i.checked);
      const ended = talk.round === m.rounds;
      one(".terms", x.form).hidden = ended || (!!move && !m.moves[move.value][2]);
      one(".paths", x.form).hidden = ended;
      one(".go", x.form).hidden = ended;
      one("[data-accept]", x.form).hidden = !talk.table;
      one("[data-leave]", x.form).hidden = !turns.length;
      one(".relation b", x.form).textContent = String(talk.relation);
      one(".meter circle", x.form).setAttribute("cx", String(6 + 1.88 * talk.relation));
      one(".round", x.form).textContent = ended ? x.words.last_round : fill(x.words.round, { n: talk.round + 1, y: m.rounds });
      const picks = termsIn(x);
      one(".worth", x.form).textContent = picks ? fill(x.words.worth_now, { n: deals.worth(m, /** @type {any} */ (deals.asPicks(m, picks)))[0], y: m.alternatives[0] }) : "";
    };
    x.form.addEventListener("change", look);
    x.form.addEventListener("reset", () => setTimeout(reset));
    x.root.addEventListener("written", look);
    all("[data-accept], [data-leave]", x.form).forEach((b) => b.addEventListener("click", () => { one(".act", x.form).dataset.end = b.hasAttribute("data-accept") ? "accept" : "leave"; decide(x); }));
    reset();
  },
  read(x) {
    const now = talks.get(x.root) || { talk: deals.start(x.marking), turns: [] };
    const end = one(".act", x.form).dataset.end;
    delete one(".act", x.form).dataset.end;
    const move = end || inputs(x, "move").find((i) => i.checked)?.value;
    if (!move) return { need: x.words.need_move, focus: inputs(x, "move")[0] };
    const puts = !end && x.marking.moves[move][2];
    const terms = puts ? termsIn(x) : null;
    if (puts && !terms) { const open = x.marking.issues.find((/** @type {any} */ [name]) => !inputs(x, `term-${name}`).some((i) => i.checked)); return { need: x.words.need_terms, focus: inputs(x, `term-${open[0]}`)[0] }; }
    const given = terms ? { move, package: terms } : { move };
    if (!deals.turn(x.marking, now.talk, given)) return { need: x.words.need_move };
    now.turns.push(given);
    const said = say(x, now.talk, given);
    inputs(x, "move").forEach((i) => { i.checked = false; });
    x.root.dispatchEvent(new Event("written"));
    return now.talk.over ? { turns: now.turns } : { need: "", focus: said };
  },
  write(x, response) {
    const now = { talk: deals.start(x.marking), turns: response.turns };
    talks.set(x.root, now);
    one(".talk", x.form).replaceChildren();
    response.turns.forEach((/** @type {any} */ given) => { deals.turn(x.marking, now.talk, given); say(x, now.talk, given); });
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const s = this.score(x.marking, response);
    const w = x.words;
    /** @param {number} n */
    const points = (n) => shown(n, 0, "", w);
    /** @param {number | null} share */
    const percent = (share) => (share === null ? "–" : `${Math.round(share * 100)}%`);
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    all("[data-cell]", x.after).forEach((cell) => { cell.textContent = { created: percent(s.created), claimed: percent(s.claimed), relation: String(s.relation) }[cell.dataset.cell || ""] || ""; });
    const deal = s.deal ? `${inWords(x, s.deal)}. ` : "";
    one(".deal-words", x.after).textContent = deal + fill(s.deal ? w.deal_worth : w.no_deal_worth, { you: points(s.you), them: points(s.them) });
    one(".deal-better", x.after).textContent = !s.deal ? "" : s.better ? fill(w.deal_better, { n: s.beaten, x: inWords(x, s.better) }) : w.deal_on_frontier;
    const point = one(".frontier .you", x.after); const svg = one(".frontier svg", x.after);

    /** @param {"x" | "y"} axis @param {number} value */
    const at = (axis, value) => { const [from, low, scale] = (svg.dataset[axis] || "").split(" ").map(Number); return from + (value - low) * scale; };
    point.setAttribute("transform", `translate(${at("x", s.you)} ${at("y", s.them)})`);
    const right = at("x", s.you) > 230;
    one("text", point).setAttribute("text-anchor", right ? "end" : "start");
    one("text", point).setAttribute("x", right ? "-13" : "13");
    point.removeAttribute("hidden");
    const own = one(".your-row", x.after);
    own.hidden = false;
    all("[data-fill]", own).forEach((cell, i) => { cell.textContent = [s.deal ? inWords(x, s.deal) : w.no_deal, points(s.you), points(s.them), points(s.joint)][i]; });
    /** @param {any} entry @param {number} n */
    const round = (entry, n) => {
      const li = made("li", "");
      const put = entry.put ? fill(w.thought_put, { n: points(entry.put[1]), y: entry.need }) : fill(w.thought_talk, { y: entry.need });
      const head = made("p", "", `${fill(w.round, { n: n + 1, y: x.marking.rounds })}. `);
      head.append(made("span", "yours", one(`[data-move-text="${entry.move}"]`, x.form).textContent.trim()));
      if (s.turning.includes(n)) head.append(" ", made("b", "turning", w.turning));
      li.append(head, copyOf(x, `[data-thought="${entry.move}"]`), made("p", "small", `${put} ${fill(w.relation_now, { n: entry.relation, c: signed(entry.change) })}`));
      return li;
    };
    one(".thoughts ol", x.after).replaceChildren(...s.log.map(round));
    all(".live", x.after).forEach((part) => { part.hidden = false; });
    all("[data-interest] .yours", x.after).forEach((tag) => { tag.hidden = !s.learnt.includes(tag.closest("[data-interest]")?.getAttribute("data-interest")); });
    openBranches(x, s.log.map((/** @type {any} */ entry) => entry.move));
    all(".branch", x.after).forEach((branch) => { /** @type {any} */ (branch).open = false; });
    all("[data-outcome]", x.after).forEach((part) => { part.hidden = !s.deal || s.deal[part.closest("[data-issue]")?.getAttribute("data-issue") || ""] !== part.dataset.outcome; });
    return { title: s.deal ? fill(w.deal_head, { n: s.you }) : w.no_deal_head, score: fill(w.deal_score, { x: percent(s.created), j: s.joint, b: s.best, y: percent(s.claimed), n: s.relation }) };
  },
  tell(x, response) { const s = this.score(x.marking, response); return fill(s.deal ? x.words.deal_told : x.words.no_deal_told, { n: s.you }); },
};

// ---- any kind ---------------------------------------------------------------------------------------------------

/** Says what is missing, in words, and goes there. @param {Live} x @param {string} text @param {HTMLElement | null} [focus] */
function need(x, text, focus) {
  const line = one(".need", x.form);
  line.textContent = text;
  if (focus) focus.focus();
}
/** @param {Live} x @param {string} text @param {boolean} [mine] */
function setState(x, text, mine) {
  const state = one(".state", x.root);
  const span = document.createElement("span");
  if (mine) span.className = "yours";
  span.textContent = text;
  state.replaceChildren(span);
}
/** @param {Live} x */
function deciding(x) {
  need(x, "");
  if (x.root.dataset.state !== "decided") setState(x, x.words.deciding);
}
/** Tells the reader something that lasts: an update, a damage, a browser that keeps nothing. @param {Live} x @param {string} text */
function notice(x, text) {
  const box = one(".since", x.root);
  const p = document.createElement("p");
  p.textContent = text;
  box.replaceChildren(p);
  box.hidden = false;
}
/** Keeps the state; says so if the browser will not. @param {Live} x */
function keep(x) {
  if (x.state && !x.store.save(x.state)) notice(x, x.words.not_stored);
}

/** Whether a kept answer to this edition can be shown again, and the first one named beside it. @param {Live} x */
const isWhole = (x) => (/** @type {State} */ state) => [state.first, state.last].every((taken) => taken.edition !== x.root.dataset.edition || isComplete(x, taken.response));
/** Whether a response can be scored and lacks nothing: a ranking without a blank, three choices of three. @param {Live} x @param {any} response */
function isComplete(x, response) {
  const report = x.kind.score(x.marking, response);
  return report !== null && report.better_than_chance !== null && (!response.choices || response.choices.length === 3);
}

/** Shows what a response leads to. @param {Live} x @param {any} response @param {boolean} focus */
function reveal(x, response, focus) {
  closeBranches(x);
  x.after.hidden = false;
  const { title, score } = x.kind.show(x, response);
  const heading = one(".after-title", x.after);
  heading.textContent = title;
  const line = one(".score", x.after);
  line.textContent = score || "";
  const first = x.state && x.state.attempts > 1 && x.state.first.edition === x.root.dataset.edition ? fill(x.words.first_was, { x: x.kind.tell(x, x.state.first.response) }) : "";
  if (first) line.textContent = `${line.textContent} ${first}`.trim();
  x.root.dataset.state = "decided";
  setState(x, x.root.dataset.kind === "explorer" ? fill(x.words.predicted, { x: x.kind.tell(x, response) }) : x.words.decided, true);
  one(".go", x.form).closest(".act").hidden = true;
  const differ = one(".differ", x.after);
  if (differ) differ.open = true;
  if (focus) {
    one("p[role=status]", x.root).textContent = `${title}. ${line.textContent}`;
    heading.focus();
  }
}

/** Back to an open question; the answers stay kept. @param {Live} x */
function reopen(x) {
  x.form.reset();
  all(".points input", x.after).forEach((b) => { /** @type {any} */ (b).checked = false; });
  x.after.hidden = true;
  x.root.dataset.state = "untouched";
  all(".taken", x.root).forEach((part) => part.classList.remove("taken"));
  one(".go", x.form).closest(".act").hidden = false;
  setState(x, x.root.dataset.untouched || "");
  one("p[role=status]", x.root).textContent = "";
  need(x, "");
}

/** @param {Live} x */
function decide(x) {
  const response = x.kind.read(x);
  if ("need" in response) return need(x, response.need, response.focus);
  need(x, "");
  const before = x.store.load(isWhole(x)).state || x.state;
  const taken = { response, at: new Date().toISOString(), edition: x.root.dataset.edition || "" };
  x.state = { format: "commissioning-decision/1", id: x.root.id, kind: x.root.dataset.kind || "", first: before ? before.first : taken, last: taken, attempts: (before ? before.attempts : 0) + 1 };
  one(".since", x.root).hidden = true;
  keep(x);
  reveal(x, response, true);
}

/** The first press asks, the second forgets. @param {Live} x @param {HTMLElement} button */
function forget(x, button) {
  const sure = button.hasAttribute("data-sure");
  button.toggleAttribute("data-sure", !sure);
  button.textContent = sure ? button.dataset.words || "" : x.words.forget_sure;
  one("p[role=status]", x.root).textContent = sure ? x.words.forgotten : x.words.forget_sure;
  if (!sure) return;
  x.store.forget();
  x.state = null;
  reopen(x);
  notice(x, x.words.forgotten);
  one("input, select, textarea, .go", x.form).focus();
}

/** Makes one <decision-exercise> live. @param {HTMLElement} root @param {{words?: any, store?: Store}} [given] @returns {Live | null} */
function mount(root, given = {}) {
  if (root.dataset.state) return null;
  const words = given.words || JSON.parse(one("script[data-commissioning-words]", document).textContent);
  try {
    const id = root.id; const name = root.dataset.kind || "";
    const x = /** @type {Live} */ ({ root, words, form: one("form", root), after: one(".after", root), marking: JSON.parse(one("script[data-marking]", root).textContent), kind: kinds[name], store: given.store || browserStore(id, name), state: null, branches: all(".after > .branch", root) });
    root.dataset.untouched = one(".state", root).textContent;
    root.dataset.state = "untouched";
    x.after.hidden = true;
    if (x.kind.start) x.kind.start(x);
    x.form.addEventListener("input", () => need(x, "")); // at the first key: a line that goes as Decide is pressed would move Decide away
    x.form.addEventListener("change", () => { deciding(x); drawFork(x, inputs(x, "choice").filter((i) => i.checked).map((i) => i.value), false); });
    x.form.addEventListener("submit", (event) => { event.preventDefault(); decide(x); });
    one("[data-again]", root).addEventListener("click", () => { reopen(x); one("input, select, textarea, .go", x.form).focus(); });
    const button = one("[data-forget]", root);
    button.dataset.words = button.textContent;
    button.addEventListener("click", () => forget(x, button));
    button.addEventListener("blur", () => { button.removeAttribute("data-sure"); button.textContent = button.dataset.words; });
    resume(x);
    return x;
  } catch (error) {
    root.dataset.state = "broken";
    const after = one(".after", root);
    if (after) after.hidden = false;
    const p = document.createElement("p");
    p.className = "need"; p.textContent = words.broken;
    root.prepend(p);
    console.warn(`decision "${root.id}" could not be made live:`, error);
    return null;
  }
}

/** Takes up what was kept: shows it, or says that the exercise has changed since, or that it could not be read. @param {Live} x */
function resume(x) {
  const { state, aside } = x.store.load(isWhole(x));
  if (aside) return notice(x, fill(x.words.damaged, { x: aside }));
  if (!state) return undefined;
  x.state = state;
  if (x.root.hasAttribute("data-asked-again")) return undefined;
  if (state.last.edition !== x.root.dataset.edition) return notice(x, fill(x.words.updated, { x: day(state.last.at) }));
  x.kind.write(x, state.last.response);
  return reveal(x, state.last.response, false);
}

// ---- the page and the notebook ----------------------------------------------------------------------------------

/** Makes every decision of a page live. On paper, answers move to the end. @param {ParentNode} [within] */
function start(within = document) {
  all("decision-exercise", within).forEach((root) => mount(root));
}

/** An exercise in a notebook: the same HTML, with the answer kept in the widget. @param {{model: any, el: HTMLElement}} given */
function render({ model, el }) {
  el.classList.add("commissioning-widget");
  // JupyterLab would take arrow keys for its own (unless what has the focus says no), and undo Enter in a box of ours.
  el.addEventListener("focusin", (event) => { /** @type {HTMLElement} */ (event.target).dataset.lmSuppressShortcuts = "true"; });
  el.addEventListener("beforeinput", (event) => { if (event.inputType === "insertLineBreak") event.stopPropagation(); }, true);
  el.innerHTML = model.get("html");
  all("decision-exercise", el).forEach((root) => {
    const kept = () => ({ ...model.get("states") });
    mount(root, {
      words: model.get("words"),
      store: {
        load: () => ({ state: kept()[root.id] || null }),
        save: (state) => { model.set("states", { ...kept(), [root.id]: state }); model.save_changes(); return true; },
        forget: () => { const states = kept(); delete states[root.id]; model.set("states", states); model.save_changes(); },
      },
    });
  });
}

const casebook = { kinds, mount, start, render, results, shown, scenario, evaluate };
export default casebook;

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
  return sign + (unit === "£" ? `£${text}` : unit === "%" ? `${text}%` : unit ? `${text} ${unit}` : text);
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
const isWhole = (x) => (/** @type {State} */ state) => [state.first, state.last].every((taken) => taken.edition !== x.root.dataset.edition || x.kind.score(x.marking, taken.response) !== null);

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
    const x = /** @type {Live} */ ({ root, words, form: one("form", root), after: one(".after", root), marking: JSON.parse(one("script[data-marking]", root).textContent), kind: kinds[name], store: given.store || browserStore(id, name), state: null, branches: all(".branch", root) });
    root.dataset.untouched = one(".state", root).textContent;
    root.dataset.state = "untouched";
    x.after.hidden = true;
    if (x.kind.start) x.kind.start(x);
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

const casebook = { kinds, mount, start, render, results, shown };
export default casebook;

/** @type {Record<string, number[][]>} */
const drawn = {};
/** [normal, logarithm of an even number], 16 for each draw. Mirrors priorities.draws.stream; made once a page. @param {number} seed @param {number} draws */
function streamOf(seed, draws) {
  const key = `${seed} ${draws}`;
  if (drawn[key]) return drawn[key];
  let dice = seed; let number = 0;
  const next = () => { [number, dice] = draw(dice); return number; };
  /** @type {number[][]} */ const made = [];
  while (made.length < draws * 16) {
    const one = 2 * next() - 1; const two = 2 * next() - 1;
    const s = one * one + two * two;
    if (s > 0 && s < 1) made.push([one * exact.sqrt((-2 * Math.log(s)) / s), Math.log(next() + 2 ** -33)]);
  }
  drawn[key] = made;
  return made;
}
/** A gamma variate for each parameter, draw by draw. Mirrors priorities.draws.gammas. @param {number} seed @param {number} draws @param {number[]} parameters @returns {number[][]} */
function gammasOf(seed, draws, parameters) {
  const pairs = streamOf(seed, draws); let at = 0;
  const next = () => pairs[at++ % pairs.length];
  /** @param {number} given */
  const gamma = (given) => {
    const boost = given < 1 ? Math.exp(next()[1] / given) : 1;
    const d = (given < 1 ? given + 1 : given) - 1 / 3; const c = 1 / exact.sqrt(9 * d);
    for (;;) {
      const [x, logU] = next();
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      if (logU < 0.5 * x * x + d - d * v + d * Math.log(v)) return boost * d * v;
    }
  };
  return Array.from({ length: draws }, () => parameters.map((shape) => (shape ? gamma(shape) : 0)));
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
    const whole = swings.reduce((sum, s) => sum + s, 0);
    gammasOf(marking.seed, marking.draws, swings.map((s) => (marking.concentration * s) / whole)).forEach((drawnWeights) => {
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

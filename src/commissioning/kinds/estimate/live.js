const SLACK = 1e-9;
/** An estimate in words, with its unit. @param {Live} x @param {any} response */
function said(x, response) {
  const unit = one(".numbers .box span", x.form).textContent;
  const [a, b] = response.values.map((/** @type {number} */ v) => shown(v, typedDigits(v, unit), unit, x.words));
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

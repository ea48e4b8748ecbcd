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
      const at = regionAt(x.marking, values);
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
  tell(x, response) { const out = one(`[data-out="${x.marking.prediction[0]}"]`, x.after); return shown(response.prediction, typedDigits(response.prediction, out.dataset.unit), out.dataset.unit, x.words); },
};

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

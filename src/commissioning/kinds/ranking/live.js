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
  half(x) {
    const rows = all(".ladder li", x.form);
    const order = rows.map((row) => row.dataset.option || "");
    const moved = rows.filter((row) => row.dataset.moved !== undefined).map((row) => row.dataset.option);
    return moved.length || order.some((id, i) => id !== x.marking.options[i]) ? { order, moved } : null;
  },
  resume(x, half) {
    const { order, moved } = half ?? {};
    if (!Array.isArray(order) || !Array.isArray(moved) || [...order].sort().join() !== [...x.marking.options].sort().join()) return false;
    const ladder = one(".ladder", x.form);
    order.forEach((id) => { const row = one(`[data-option="${id}"]`, ladder); if (moved.includes(id)) row.dataset.moved = ""; ladder.append(row); });
    return true;
  },
};

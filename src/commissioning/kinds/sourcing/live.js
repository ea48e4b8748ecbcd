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
      tag.replaceChildren(element("span", "yours", `${heads[suppliers.indexOf(who)]}, ${thousands(x, x.marking.functions[i][1][who][0])}`));
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

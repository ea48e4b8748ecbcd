/** £ thousand as it is printed. @param {number} thousands @param {any} words */
const money = (thousands, words) => shown(thousands * 1000, 0, "£", words);
/** The words of an option, as the form shows it. @param {Live} x @param {string} id */
const named = (x, id) => one(`[data-option="${id}"] .what`, x.form).textContent.trim();
/** [low, most likely, high] that £k give. Mirrors moves.gain. @param {any} curve @param {number} spend @returns {number[]} */
function gainOf(curve, spend) {
  if (!Array.isArray(curve)) return curve.limit.map((/** @type {number} */ limit) => (limit * spend) / (spend + curve.half));
  for (let i = 1; i < curve.length; i++) {
    const a = curve[i - 1]; const b = curve[i];
    if (spend < b[0]) return [1, 2, 3].map((k) => Math.min(a[k] + ((b[k] - a[k]) * (spend - a[0])) / (b[0] - a[0]), b[k]));
  }
  return curve[curve.length - 1].slice(1);
}

/** What more money, or (below 0) less, adds to the most likely gain. Mirrors moves.more_for. @param {any} item @param {number} spend @param {number} more */
const moreOf = (item, spend, more) => gainOf(item.gains, spend + more)[1] - gainOf(item.gains, spend)[1];
const MOST_STEPS = 40;
/** Mirrors moves.lump. @param {any} item @param {number} spend @param {number} step */
function lumpOf(item, spend, step) {
  let best = moreOf(item, spend, step); let lump = null;
  for (let k = 2; k <= Math.min(MOST_STEPS, Math.floor((item.most - spend) / step)); k++) {
    const gives = moreOf(item, spend, k * step);
    if (gives / k > best) { best = gives / k; lump = [k * step, gives]; }
  }
  return lump;
}
/** Mirrors moves.opportunity. @param {any} marking @param {Record<string, number>} given @param {string[]} names @param {Record<string, any>} items */
function opportunityOf(marking, given, names, items) {
  const { step } = marking; const reserve = marking.total - names.reduce((sum, n) => sum + given[n], 0);
  /** @type {any} */ let found = null;
  let best = 0;
  for (let money = step; money <= MOST_STEPS * step; money += step) {
    /** @type {[string | null, number][]} */ const sources = reserve >= step
      ? (money <= reserve ? [[null, 0]] : [])
      : names.filter((n) => given[n] - money >= marking.items[n].floor).map((n) => [n, -moreOf(marking.items[n], given[n], -money)]);
    sources.forEach(([source, gave]) => names.forEach((n) => {
      if (n === source || given[n] + money > marking.items[n].most) return;
      const gives = moreOf(marking.items[n], given[n], money);
      if (gives - gave > best || (source === null && !found)) { best = gives - gave; found = { from: source, money, gave, to: n, would_give: gives }; }
    }));
  }
  if (found) return found;
  /** @type {string | null} */ let least = null;
  names.forEach((n) => { if (items[n].last !== null && (least === null || items[n].last < items[least].last)) least = n; });
  /** @type {string | null} */ let to = null;
  names.forEach((n) => { if (n !== least && items[n].next !== null && (to === null || items[n].next > items[to].next)) to = n; });
  return least === null || to === null ? null : { from: least, money: step, gave: items[least].last, to, would_give: items[to].next };
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
    names.forEach((n) => {
      const item = marking.items[n]; const spend = given[n]; const gain = gainOf(item.gains, spend);
      const last = spend - step >= item.floor ? gain[1] - gainOf(item.gains, spend - step)[1] : null;
      items[n] = { gain, last, next: spend + step <= item.most ? gainOf(item.gains, spend + step)[1] - gain[1] : null, lump: spend + step <= item.most ? lumpOf(item, spend, step) : null };
      low += gain[0]; likely += gain[1]; high += gain[2];
      first += (gain[1] * Math.max(0, months - item.lag)) / months;
      waited += gain[1] * item.lag; reached += gain[1] * item.equity;
      if (item.sector !== null) sectors[item.sector] = (sectors[item.sector] || 0) + spend;
    });
    const stances = Object.entries(marking.stances).map(([id, other]) => {
      const theirs = /** @type {Record<string, number>} */ (other);
      const kept = Math.abs(spent - names.reduce((sum, n) => sum + theirs[n], 0));
      return [id, names.reduce((sum, n) => sum + Math.abs(given[n] - theirs[n]), kept) / (2 * total)];
    });
    return {
      spent, reserve: total - spent, gain: [low, likely, high], first_year: first, first_year_cautious: (first * (100 - marking.optimism)) / 100,
      lag: likely ? waited / likely : null, equity: likely ? reached / likely : null, sectors, items,
      opportunity: opportunityOf(marking, given, names, items),
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
    const restart = () => {
      boxes.forEach((b) => { kept[b.dataset.spend || ""] = m.items[b.dataset.spend || ""].floor; });
      boxes.forEach((b) => set(b, b.valueAsNumber)); // a half-typed sum may be none that can stand
    };
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
    const cells = { likely: amount(s.gain[1], ""), low: amount(s.gain[0], ""), first: amount(s.first_year, ""), cautious: amount(s.first_year_cautious, ""), equity: s.equity === null ? w.alloc_none : shown(s.equity, 0, "%", w), lag: s.lag === null ? w.alloc_none : shown(s.lag, 0, Math.round(s.lag) === 1 ? w.alloc_month : w.alloc_months, w) };
    all("[data-cell]", report).forEach((cell) => { cell.textContent = cells[cell.dataset.cell || ""] ?? money(s.sectors[cell.dataset.sector || ""] || 0, w); });
    all(".report, .opportunity", x.after).forEach((part) => { part.hidden = false; });
    const o = s.opportunity; const values = o && { x: o.from && named(x, o.from), y: named(x, o.to), n: amount(o.gave), m: amount(o.would_give), s: money(o.money, w), r: money(s.reserve, w) };
    one(".opportunity .story", x.after).textContent = !o ? w.alloc_no_other : fill(o.from === null ? w.alloc_from_reserve : o.would_give > o.gave ? w.alloc_from_item : w.alloc_from_best, values);
    all(".branch[data-option]", x.after).forEach((b) => {
      const id = b.dataset.option || ""; const item = s.items[id]; const funded = response.spend[id] > m.items[id].floor;
      one(".yours", b).textContent = money(response.spend[id], w);
      one(".yours", b).hidden = !funded;
      const steps = [item.last === null ? "" : fill(w.alloc_last, { s: money(m.step, w), n: amount(item.last, "") }), item.next === null ? "" : fill(w.alloc_next, { s: money(m.step, w), n: amount(item.next, "") }), item.lump ? fill(w.alloc_lump, { s: money(item.lump[0], w), n: amount(item.lump[1], "") }) : ""];
      one(".ranks", b).textContent = [funded || item.gain[1] ? fill(funded ? w.alloc_gives : w.alloc_promised, { n: amount(item.gain[1]), a: amount(item.gain[0], ""), b: amount(item.gain[2], "") }) : w.alloc_unfunded, ...steps].filter(Boolean).join(" · ");
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

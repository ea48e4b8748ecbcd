kinds["plain-words"] = {
  score(marking, response) {
    const { text, points } = response ?? {};
    if (typeof text !== "string" || !Array.isArray(points) || !points.every((p) => marking.points.includes(p))) return null;
    const words = (text.match(/[^ \t\r\n\u00a0\u2028\u2029]+/g) ?? []).length;
    return words ? { had: new Set(points).size, of: marking.points.length, words, over: Math.max(0, words - marking.most) } : null;
  },
  start(x) {
    const box = one("textarea", x.form); const counted = one("[data-counted]", x.form);
    const count = () => {
      const words = this.score(x.marking, { text: box.value, points: [] })?.words ?? 0;
      counted.textContent = words ? fill(x.words.plain_now, { n: words }) : "";
    };
    box.addEventListener("input", count);
    x.root.addEventListener("written", count);
    x.form.addEventListener("reset", () => setTimeout(count));
    x.after.addEventListener("change", () => {
      if (!x.state) return;
      const kept = x.store.load(isWhole(x)).state;
      if (kept?.last.at !== x.state.last.at) return refresh(x); // answered again, or forgotten, in another tab
      const points = all(".points input", x.after).filter((b) => /** @type {any} */ (b).checked).map((b) => /** @type {any} */ (b).value);
      const last = { ...x.state.last, response: { ...x.state.last.response, points } };
      const only = x.state.attempts === 1 && x.state.first.at === x.state.last.at;
      x.state = { ...x.state, last, first: only ? last : x.state.first };
      keep(x);
      one(".score", x.after).textContent = this.show(x, last.response).score;
    });
  },
  read(x) {
    const box = one("textarea", x.form);
    return this.score(x.marking, { text: box.value, points: [] }) ? { text: box.value, points: [] } : { need: x.words.need_words, focus: box };
  },
  write(x, response) {
    one("textarea", x.form).value = response.text;
    all(".points input", x.after).forEach((b) => { const tick = /** @type {any} */ (b); tick.checked = response.points.includes(tick.value); });
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const s = this.score(x.marking, response);
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    const length = fill(s.over ? x.words.plain_over : x.words.plain_words, { n: s.words, x: s.over });
    return { title: x.words.plain_head, score: `${fill(x.words.short_had, { n: s.had, y: s.of })} ${length}` };
  },
  tell(x, response) {
    const written = response.text.trim().split(/\s+/);
    return written.length > 12 ? `${written.slice(0, 12).join(" ")} …` : written.join(" ");
  },
};

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
      if (kept?.last.at !== x.state.last.at) return refresh(x); // answered again, or forgotten, in another tab
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

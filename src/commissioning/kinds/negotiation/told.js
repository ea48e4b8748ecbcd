toldBy.negotiation = {
  told({ turns }, t) {
    const last = Array.isArray(turns) ? turns.at(-1) : null;
    return isObject(last) ? fill(t.words.turns, { n: turns.length, x: t.name(last.move ?? "–") }) : null;
  },
};

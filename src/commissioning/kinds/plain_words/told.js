toldBy["plain-words"] = {
  met: (score) => 3 * score.had >= 2 * score.of,
  verdict: (score, w) => fill(w.points, { x: score.had, n: score.of }),
};

toldBy["choose-three"] = {
  met: (score) => 3 * score.marks >= 2 * score.of,
  verdict: (score, w) => fill(w.marks, { x: score.marks, n: score.of }),
  told: byLetter,
};

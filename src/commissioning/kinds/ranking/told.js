toldBy.ranking = {
  met: (score) => (score.better_than_chance || 0) >= 0.5,
  verdict: (score, w) => fill(w.marks, { x: score.marks, n: score.of }),
};

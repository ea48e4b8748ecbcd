toldBy["decision-rights"] = {
  met: (score) => score.valid === Object.keys(score.rows).length,
  verdict: (score, w) => fill(w.valid, { x: score.valid, n: Object.keys(score.rows).length }),
};

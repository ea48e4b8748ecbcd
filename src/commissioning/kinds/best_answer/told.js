toldBy["best-answer"] = {
  met: (score) => score.right,
  verdict: (score, w) => (score.right ? w.right : w.not_right),
  told: byLetter,
};

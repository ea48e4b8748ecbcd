toldBy.claim = {
  met: (score) => score.right,
  verdict: (score, w) => (score.right ? w.plot_right : w.plot_wrong),
  told: byLetter,
};

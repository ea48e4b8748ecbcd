toldBy.sorting = {
  met: (score) => 3 * score.had >= 2 * score.of,
  verdict: (score, w) => fill("inversions" in score ? w.pairs : w.cards, { x: score.had, n: score.of }),
};

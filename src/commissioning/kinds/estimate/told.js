toldBy.estimate = {
  met: (score) => ("right" in score ? score.right : null),
  isMarked: (marking) => !("ranges" in marking),
};

kinds["best-answer"] = {
  score(marking, response) {
    const { choice, certainty } = response || {};
    if (!marking.options.includes(choice) || ![1, 2, 3].includes(certainty)) return null;
    const right = choice === marking.key;
    return { right, marks: right ? certainty : [0, 0, -2, -6][certainty], of: 3 };
  },
  read(x) {
    const choice = inputs(x, "choice").find((i) => i.checked);
    if (!choice) return { need: x.words.need_choice, focus: inputs(x, "choice")[0] };
    const sure = inputs(x, "sure").find((i) => i.checked);
    if (!sure) return { need: x.words.need_sure, focus: inputs(x, "sure")[0] };
    return { choice: choice.value, certainty: Number(sure.value) };
  },
  write: writeChoice,
  show(x, response) {
    const { right, marks, of } = this.score(x.marking, response);
    openBranches(x, [response.choice]);
    drawFork(x, [response.choice], true);
    const best = right ? x.words.is_best : fill(x.words.best_is, { x: letter(x, x.marking.key) });
    return { title: fill(x.words.chose, { x: this.tell(x, response) }), score: `${fill(x.words.marks, { x: signed(marks), y: of })} ${best}` };
  },
  tell: (x, response) => `${letter(x, response.choice)}, ${x.words.sure[response.certainty - 1]}`,
};

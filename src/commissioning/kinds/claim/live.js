kinds.claim = {
  score: (marking, response) => (marking.options.includes(response?.choice) ? { right: response.choice === marking.key } : null),
  read(x) {
    const choice = inputs(x, "choice").find((i) => i.checked);
    return choice ? { choice: choice.value } : { need: x.words.need_choice, focus: inputs(x, "choice")[0] };
  },
  write: writeChoice,
  show(x, response) {
    openBranches(x, [response.choice]);
    drawFork(x, [response.choice], true);
    const right = this.score(x.marking, response).right;
    return { title: fill(x.words.chose, { x: letter(x, response.choice) }), score: right ? x.words.claim_right : fill(x.words.claim_wrong, { x: letter(x, x.marking.key) }) };
  },
  tell: (x, response) => letter(x, response.choice),
};

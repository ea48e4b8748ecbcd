kinds["choose-three"] = {
  score(marking, response) {
    const choices = response?.choices;
    if (!Array.isArray(choices) || choices.some((c) => !marking.options.includes(c)) || new Set(choices).size > 3) return null;
    const hits = marking.key.filter((/** @type {string} */ id) => choices.includes(id));
    return { hits, marks: 4 * hits.length, of: 12 };
  },
  start(x) {
    const boxes = inputs(x, "choice");
    const count = () => {
      const n = boxes.filter((b) => b.checked).length;
      one(".count [role=status]", x.form).textContent = x.words.chosen[n];
      all(".pips i", x.form).forEach((pip, i) => pip.classList.toggle("on", i < n));
    };
    x.form.addEventListener("change", (event) => {
      const box = /** @type {HTMLInputElement} */ (event.target);
      const over = boxes.filter((b) => b.checked).length > 3;
      if (over) box.checked = false;
      count();
      if (over) setTimeout(() => need(x, x.words.only_three, null, /** @type {HTMLElement | null} */ (/** @type {HTMLElement | null} */ (box.closest(".path"))))); // once the form's own listener has cleared the last need
    });
    count();
    x.form.addEventListener("reset", () => setTimeout(count));
    x.root.addEventListener("written", count);
  },
  read(x) {
    const choices = inputs(x, "choice").filter((b) => b.checked).map((b) => b.value);
    const short = 3 - choices.length;
    if (short > 0) return { need: fill(x.words.need_three, { n: short }), focus: inputs(x, "choice").find((b) => !b.checked) };
    return { choices };
  },
  write(x, response) {
    inputs(x, "choice").forEach((b) => { b.checked = response.choices.includes(b.value); });
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const { hits, marks, of } = this.score(x.marking, response);
    openBranches(x, response.choices);
    drawFork(x, response.choices, true);
    return { title: fill(x.words.three_head, { x: this.tell(x, response) }), score: fill(x.words.three_score, { n: hits.length, x: marks, y: of }) };
  },
  tell(x, response) {
    const names = response.choices.map((/** @type {string} */ id) => letter(x, id)).sort();
    return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
  },
};

kinds["decision-rights"] = {
  score(marking, response) {
    const grid = response?.grid;
    const { parties, rows } = marking;
    /** @param {any} value */
    const isMapping = (value) => value && typeof value === "object" && !Array.isArray(value);
    /** @type {(entry: [string, any]) => boolean} */
    const isRow = ([name, cells]) => rows.some((/** @type {any} */ r) => r[0] === name) && isMapping(cells) && Object.entries(cells).every(([p, letter]) => parties.includes(p) && ["R", "A", "C", "I"].includes(/** @type {any} */ (letter)));
    if (!isMapping(grid) || !Object.entries(grid).every(isRow)) return null;
    /** @type {any} */ const judged = {};
    let valid = 0; let agreed = 0; let filled = 0;
    const only = new Set(parties);
    rows.forEach((/** @type {any} */ [name, allowed]) => {
      const cells = Object.hasOwn(grid, name) ? grid[name] : {};
      /** @type {(string | null)[]} */
      const letters = parties.map((/** @type {string} */ p) => (Object.hasOwn(cells, p) ? cells[p] : null));
      letters.forEach((letter, i) => {
        if (letter !== "C") only.delete(parties[i]);
        if (letter) { filled += 1; agreed += +allowed[parties[i]].includes(letter); }
      });
      judged[name] = rightsRow(letters);
      valid += +judged[name].valid;
    });
    return filled ? { rows: judged, valid, allowed: agreed, filled, agreement: agreed / filled, only_consulted: parties.filter((/** @type {string} */ p) => only.has(p)) } : null;
  },
  start(x) {
    const rows = all("tr[data-row]", x.form);
    const told = all(".told", x.form);
    /** Names under each row what is wrong with it: two that answer at once, the rest when every cell has a letter. @param {Event} [event] */
    const look = (event) => {
      const grid = this.read(x).grid || {};
      rows.forEach((row, i) => {
        const letters = x.marking.parties.map((/** @type {string} */ p) => grid[row.dataset.row || ""]?.[p] || null);
        const text = rightsRow(letters).patterns.filter((p) => p === "two-answer" || !letters.includes(null)).map((p) => x.words.rights[p]).join(" ");
        one("p", told[i]).textContent = text;
        told[i].hidden = !text;
        if (event && row.contains(/** @type {Node} */ (event.target))) one("p[role=status]", x.root).textContent = text;
      });
    };
    rowByRow(x, look);
  },
  read(x) {
    /** @type {any} */ const grid = {};
    all("tr[data-row]", x.form).forEach((row) => {
      const cells = all("select", row).map((s) => [s.dataset.party, /** @type {any} */ (s).value]).filter(([, letter]) => letter);
      if (cells.length) grid[row.dataset.row || ""] = Object.fromEntries(cells);
    });
    return Object.keys(grid).length ? { grid } : { need: x.words.need_letter, focus: all("tr:not([data-away]) select", x.form)[0] };
  },
  write(x, response) {
    all("tr[data-row]", x.form).forEach((row) => all("select", row).forEach((s) => { /** @type {any} */ (s).value = response.grid[row.dataset.row || ""]?.[s.dataset.party || ""] || ""; }));
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const { rows, valid, allowed, filled, agreement, only_consulted } = this.score(x.marking, response);
    const w = x.words;
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    all(".branch", x.after).forEach((branch) => {
      const id = branch.dataset.option || "";
      /** @type {Record<string, string>} */ const cells = response.grid[id] || {};
      const { patterns } = rows[id];
      const answer = Object.values(cells).filter((letter) => letter === "A").length;
      const tag = one(".ranks", branch);
      tag.textContent = patterns.length ? patterns.map((/** @type {string} */ p) => w.rights[p]).join(" ") : w.row_valid;
      tag.hidden = false;
      all("[data-when]", branch).forEach((part) => { one(".yours", part).hidden = part.dataset.when !== ["none", "one", "two"][Math.min(answer, 2)]; });
      all("[data-party]", branch).forEach((part) => {
        const letter = cells[part.dataset.party || ""];
        const mine = one(".yours", part);
        mine.textContent = fill(w.your_letter, { x: letter || w.no_letter });
        mine.hidden = false;
        all("[data-letter]", part).forEach((note) => note.classList.toggle("said", note.dataset.letter === letter));
      });
      /** @type {any} */ (branch).open = false;
    });
    const first = all(".branch", x.after).find((b) => rows[b.dataset.option || ""].patterns.length) || one(".branch", x.after);
    first.open = true;
    const heads = all("thead th", x.form);
    const asked = only_consulted.map((/** @type {string} */ p) => fill(w.only_consulted, { x: heads[1 + x.marking.parties.indexOf(p)].textContent }));
    const score = fill(w.rights_score, { x: valid, y: x.marking.rows.length, n: filled, a: allowed, p: `${Math.round(agreement * 100)}%` });
    return { title: w.rights_head, score: [score, ...asked].join(" ") };
  },
  tell(x, response) { return fill(x.words.rights_told, { x: this.score(x.marking, response).valid, y: x.marking.rows.length }); },
};
/** One row by the published rule, and what commonly goes wrong in it. Mirrors decision_rights._patterns. @param {(string | null)[]} letters */
function rightsRow(letters) {
  /** @param {string | null} letter */
  const count = (letter) => letters.filter((l) => l === letter).length;
  const [r, a, c, i] = ["R", "A", "C", "I"].map(count);
  /** @type {[string, boolean][]} */
  const found = [["two-answer", a > 1], ["none-answers", a === 0], ["nobody-does", a > 0 && !r], ["all-consulted", c >= 2 && r + a + c === letters.length], ["none-informed", !i && count(null) > 0 && a > 0]];
  return { valid: a === 1 && r > 0, patterns: found.filter(([, holds]) => holds).map(([name]) => name) };
}

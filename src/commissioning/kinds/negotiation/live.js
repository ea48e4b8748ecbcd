/** Packages, as the place of one option for each issue, and the talk about them. Mirrors kinds.negotiation. */
const deals = {
  /** @param {any} m @returns {number[][]} */
  packages: (m) => m.issues.reduce((/** @type {number[][]} */ made, /** @type {any} */ [, options]) => made.flatMap((picks) => options.map((/** @type {any} */ _, /** @type {number} */ i) => [...picks, i])), [[]]),
  /** @param {any} m @param {number[]} picks @returns {[number, number]} */
  worth(m, picks) {
    const terms = picks.map((pick, i) => m.issues[i][1][pick]);
    /** @param {number} k */
    const sum = (k) => terms.reduce((total, term) => total + term[k], 0);
    return [sum(1), sum(2)];
  },
  /** @param {any} m @param {number[]} picks @returns {Record<string, string>} */
  asPackage: (m, picks) => Object.fromEntries(picks.map((pick, i) => [m.issues[i][0], m.issues[i][1][pick][0]])),
  /** @param {any} m @param {any} given @returns {number[] | null} */
  asPicks(m, given) {
    if (!given || typeof given !== "object" || Array.isArray(given) || Object.keys(given).length !== m.issues.length) return null;
    const picks = m.issues.map((/** @type {any} */ [name, options]) => (Object.hasOwn(given, name) ? options.findIndex((/** @type {any} */ o) => o[0] === given[name]) : -1));
    return picks.includes(-1) ? null : picks;
  },
  /** @param {number[]} a @param {number[]} b */
  beats: (a, b) => a[0] >= b[0] && a[1] >= b[1] && (a[0] > b[0] || a[1] > b[1]),
  /** The first of the highest. @template T @param {T[]} list @param {(item: T) => number} by @returns {T} */
  top: (list, by) => list.reduce((best, item) => (by(item) > by(best) ? item : best)),
  /** @param {any} m @returns {any} */
  start: (m) => ({ relation: m.relation, pressure: 0, round: 0, over: false, deal: null, by: null, table: null, used: [], learnt: [], log: [] }),
  /** @param {any} m @param {any} talk */
  need(m, talk) {
    const least = m.alternatives[1];
    const best = m.issues.reduce((/** @type {number} */ sum, /** @type {any} */ [, options]) => sum + Math.max(...options.map((/** @type {any} */ o) => o[2])), 0);
    const more = Math.floor(((best - least) * (m.rounds - talk.round + 1) * (100 - talk.relation)) / (100 * m.rounds));
    return Math.max(least, least + more - talk.pressure);
  },
  /** Plays one turn; false, and nothing has changed, where it cannot be played. @param {any} m @param {any} talk @param {any} given */
  turn(m, talk, given) {
    const move = given?.move;
    if (talk.over || typeof move !== "string") return false;
    if (move === "leave" || move === "accept") {
      if (move === "accept" && !talk.table) return false;
      talk.over = true;
      if (move === "accept") { talk.deal = talk.table; talk.by = "you"; }
      return true;
    }
    if (!Object.hasOwn(m.moves, move) || talk.round === m.rounds) return false;
    const [gain, pressure, puts, asks] = m.moves[move];
    const picks = puts ? this.asPicks(m, given.package) : null;
    if (puts && !picks) return false;
    const put = picks && this.worth(m, picks);
    const insult = put && put[1] < m.alternatives[1];
    const before = talk.relation;
    talk.round += 1;
    talk.relation = Math.min(100, Math.max(0, before + (gain > 0 && talk.used.includes(move) ? 0 : gain) - (insult ? 5 : 0)));
    talk.pressure += pressure;
    talk.used.push(move);
    const least = this.need(m, talk);
    let reply = "talks";
    if (talk.relation < m.signs_at) { reply = "refuses"; talk.table = null; }
    else if (put && put[1] >= least) { reply = "accepts"; talk.over = true; talk.deal = picks; talk.by = "them"; }
    else if (picks) { reply = insult ? "insulted" : "counters"; talk.table = this.counter(m, picks, least, talk.relation >= m.open_at); }
    const left = asks && talk.relation >= m.open_at ? m.interests.find((/** @type {string} */ name) => !talk.learnt.includes(name)) : null;
    if (left) talk.learnt.push(left);
    const isCounter = reply === "counters" || reply === "insulted";
    talk.log.push({ move, change: talk.relation - before, relation: talk.relation, need: least, reply, put, counter: isCounter ? this.asPackage(m, talk.table) : null, learnt: left || null });
    return true;
  },
  /** @param {any} m @param {number[]} picks @param {number} least @param {boolean} generous */
  counter(m, picks, least, generous) {
    const every = this.packages(m);
    const enough = every.filter((p) => this.worth(m, p)[1] >= least);
    if (!enough.length) return this.top(every, (p) => this.worth(m, p)[1]);
    /** @param {number[]} p */
    const changed = (p) => p.filter((pick, i) => pick !== picks[i]).length;
    const fewest = Math.min(...enough.map(changed));
    return this.top(enough.filter((p) => changed(p) === fewest), (p) => this.worth(m, p)[generous ? 0 : 1]);
  },
  /** @param {any} m @param {any[]} log */
  turning(m, log) {
    let stands = m.alternatives[0] + m.alternatives[1];
    const swings = log.map(({ change, put }) => {
      const now = put ? put[0] + put[1] : stands;
      const swing = Math.abs(change) + Math.abs(now - stands);
      stands = now;
      return swing;
    });
    return [...log.keys()].sort((a, b) => swings[b] - swings[a]).slice(0, 3).sort((a, b) => a - b);
  },
};
/** The talk that is going on in an exercise, and its turns so far. @type {WeakMap<HTMLElement, {talk: any, turns: any[]}>} */
const talks = new WeakMap();
/** A package in words. @param {Live} x @param {Record<string, string>} terms */
const inWords = (x, terms) => Object.entries(terms).map(([issue, option]) => one(`[data-term="${issue}:${option}"]`, x.form).textContent.trim()).join("; ");

/** The package in the form, or null. @param {Live} x */
function termsIn(x) {
  const chosen = x.marking.issues.map((/** @type {any} */ [name]) => [name, inputs(x, `term-${name}`).find((i) => i.checked)?.value]);
  return chosen.every((/** @type {any} */ [, value]) => value) ? Object.fromEntries(chosen) : null;
}
/** Adds a turn to what was said so far. @param {Live} x @param {any} talk @param {any} given */
function say(x, talk, given) {
  const turn = element("li", "");
  turn.tabIndex = -1;
  one(".talk", x.form).append(turn);
  if (given.move === "accept" || given.move === "leave") { turn.append(element("p", "", given.move === "accept" ? x.words.you_accept : x.words.you_leave)); return turn; }
  const { change, reply, counter, learnt } = talk.log[talk.log.length - 1];
  const own = element("p", "");
  own.append(element("span", "yours", one(`[data-move-text="${given.move}"]`, x.form).textContent.trim()));
  if (given.package) own.append(document.createElement("br"), `${inWords(x, given.package)}.`);
  turn.append(element("p", "label", fill(x.words.round, { n: talk.round, y: x.marking.rounds })), own, copyOf(x, `[data-option="${given.move}"] .story`));
  if (reply !== "talks") turn.append(copyOf(x, `[data-reply="${reply}"]`));
  if (learnt) turn.append(copyOf(x, `[data-interest="${learnt}"] .story`));
  const put = counter && fill(x.words.they_put, { x: inWords(x, counter), n: deals.worth(x.marking, /** @type {any} */ (deals.asPicks(x.marking, counter)))[0] });
  if (put) turn.append(element("p", "put", put));
  turn.append(element("p", "small", fill(x.words.relation_now, { n: talk.relation, c: signed(change) })));
  return turn;
}

kinds.negotiation = {
  score(marking, response) {
    if (!Array.isArray(response?.turns)) return null;
    const talk = deals.start(marking);
    if (!response.turns.every((/** @type {any} */ given) => deals.turn(marking, talk, given)) || !talk.over) return null;
    const [you, them] = talk.deal ? deals.worth(marking, talk.deal) : marking.alternatives;
    const every = deals.packages(marking);
    /** @param {number[]} p */
    const both = (p) => { const [a, b] = deals.worth(marking, p); return a + b; };
    const joint = you + them; const best = Math.max(...every.map(both));
    const better = talk.deal ? every.filter((p) => deals.beats(deals.worth(marking, p), [you, them])) : [];
    return {
      deal: talk.deal && deals.asPackage(marking, talk.deal), by: talk.by, you, them, joint, best, created: talk.deal && best > 0 ? joint / best : null, claimed: talk.deal && joint > 0 ? you / joint : null,
      relation: talk.relation, beaten: better.length, better: better.length ? deals.asPackage(marking, deals.top(better, both)) : null, learnt: talk.learnt, log: talk.log, turning: deals.turning(marking, talk.log),
    };
  },
  start(x) {
    const m = x.marking;
    const reset = () => { talks.set(x.root, { talk: deals.start(m), turns: [] }); one(".talk", x.form).replaceChildren(); look(); };
    /** What can be pressed now, and what your package is worth to you. */
    const look = () => {
      const { talk, turns } = talks.get(x.root) || { talk: deals.start(m), turns: [] };
      const move = inputs(x, "move").find((i) => i.checked);
      const ended = talk.round === m.rounds;
      one(".terms", x.form).hidden = ended || (!!move && !m.moves[move.value][2]);
      one(".paths", x.form).hidden = ended;
      one(".go", x.form).hidden = ended;
      one("[data-accept]", x.form).hidden = !talk.table;
      one("[data-leave]", x.form).hidden = !turns.length;
      one(".relation b", x.form).textContent = String(talk.relation);
      one(".meter circle", x.form).setAttribute("cx", String(6 + 1.88 * talk.relation));
      one(".round", x.form).textContent = ended ? x.words.last_round : fill(x.words.round, { n: talk.round + 1, y: m.rounds });
      const picks = termsIn(x);
      one(".worth", x.form).textContent = picks ? fill(x.words.worth_now, { n: deals.worth(m, /** @type {any} */ (deals.asPicks(m, picks)))[0], y: m.alternatives[0] }) : "";
    };
    x.form.addEventListener("change", look);
    x.form.addEventListener("reset", () => setTimeout(reset));
    x.root.addEventListener("written", look);
    all("[data-accept], [data-leave]", x.form).forEach((b) => b.addEventListener("click", () => { one(".act", x.form).dataset.end = b.hasAttribute("data-accept") ? "accept" : "leave"; decide(x); }));
    reset();
  },
  read(x) {
    const now = talks.get(x.root) || { talk: deals.start(x.marking), turns: [] };
    const end = one(".act", x.form).dataset.end;
    delete one(".act", x.form).dataset.end;
    const move = end || inputs(x, "move").find((i) => i.checked)?.value;
    if (!move) return { need: x.words.need_move, focus: inputs(x, "move")[0] };
    const puts = !end && x.marking.moves[move][2];
    const terms = puts ? termsIn(x) : null;
    if (puts && !terms) { const open = x.marking.issues.find((/** @type {any} */ [name]) => !inputs(x, `term-${name}`).some((i) => i.checked)); return { need: x.words.need_terms, focus: inputs(x, `term-${open[0]}`)[0] }; }
    const given = terms ? { move, package: terms } : { move };
    if (!deals.turn(x.marking, now.talk, given)) return { need: x.words.need_move };
    now.turns.push(given);
    const said = say(x, now.talk, given);
    inputs(x, "move").forEach((i) => { i.checked = false; });
    x.root.dispatchEvent(new Event("written"));
    return now.talk.over ? { turns: now.turns } : { need: "", focus: said };
  },
  write(x, response) {
    const now = { talk: deals.start(x.marking), turns: response.turns };
    talks.set(x.root, now);
    one(".talk", x.form).replaceChildren();
    response.turns.forEach((/** @type {any} */ given) => { deals.turn(x.marking, now.talk, given); say(x, now.talk, given); });
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const s = this.score(x.marking, response);
    const w = x.words;
    /** @param {number} n */
    const points = (n) => shown(n, 0, "", w);
    /** @param {number | null} share */
    const percent = (share) => (share === null ? "–" : `${Math.round(share * 100)}%`);
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    all("[data-cell]", x.after).forEach((cell) => { cell.textContent = { created: percent(s.created), claimed: percent(s.claimed), relation: String(s.relation) }[cell.dataset.cell || ""] || ""; });
    const deal = s.deal ? `${inWords(x, s.deal)}. ` : "";
    one(".deal-words", x.after).textContent = deal + fill(s.deal ? w.deal_worth : w.no_deal_worth, { you: points(s.you), them: points(s.them) });
    one(".deal-better", x.after).textContent = !s.deal ? "" : s.better ? fill(w.deal_better, { n: s.beaten, x: inWords(x, s.better) }) : w.deal_on_frontier;
    const point = one(".frontier .you", x.after); const svg = one(".frontier svg", x.after);

    /** @param {"x" | "y"} axis @param {number} value */
    const at = (axis, value) => { const [from, low, scale] = (svg.dataset[axis] || "").split(" ").map(Number); return from + (value - low) * scale; };
    point.setAttribute("transform", `translate(${at("x", s.you)} ${at("y", s.them)})`);
    const right = at("x", s.you) > 230;
    one("text", point).setAttribute("text-anchor", right ? "end" : "start");
    one("text", point).setAttribute("x", right ? "-13" : "13");
    point.removeAttribute("display");
    const own = one(".your-row", x.after);
    own.hidden = false;
    all("[data-fill]", own).forEach((cell, i) => { cell.textContent = [s.deal ? inWords(x, s.deal) : w.no_deal, points(s.you), points(s.them), points(s.joint)][i]; });
    /** @param {any} entry @param {number} n */
    const round = (entry, n) => {
      const li = element("li", "");
      const put = entry.put ? fill(w.thought_put, { n: points(entry.put[1]), y: entry.need }) : fill(w.thought_talk, { y: entry.need });
      const head = element("p", "", `${fill(w.round, { n: n + 1, y: x.marking.rounds })}. `);
      head.append(element("span", "yours", one(`[data-move-text="${entry.move}"]`, x.form).textContent.trim()));
      if (s.turning.includes(n)) head.append(" ", element("b", "turning", w.turning));
      li.append(head, copyOf(x, `[data-thought="${entry.move}"]`), element("p", "small", `${put} ${fill(w.relation_now, { n: entry.relation, c: signed(entry.change) })}`));
      return li;
    };
    one(".thoughts ol", x.after).replaceChildren(...s.log.map(round));
    all(".live", x.after).forEach((part) => { part.hidden = false; });
    all("[data-interest] .yours", x.after).forEach((tag) => { tag.hidden = !s.learnt.includes(tag.closest("[data-interest]")?.getAttribute("data-interest")); });
    openBranches(x, s.log.map((/** @type {any} */ entry) => entry.move));
    all(".branch", x.after).forEach((branch) => { /** @type {any} */ (branch).open = false; });
    all("[data-outcome]", x.after).forEach((part) => { part.hidden = !s.deal || s.deal[part.closest("[data-issue]")?.getAttribute("data-issue") || ""] !== part.dataset.outcome; });
    return { title: s.deal ? fill(w.deal_head, { n: s.you }) : w.no_deal_head, score: fill(s.deal ? w.deal_score : w.no_deal_score, { x: percent(s.created), j: s.joint, b: s.best, y: percent(s.claimed), n: s.relation }) };
  },
  tell(x, response) { const s = this.score(x.marking, response); return fill(s.deal ? x.words.deal_told : x.words.no_deal_told, { n: s.you }); },
  half(x) {
    const { turns } = talks.get(x.root) || { turns: [] };
    return turns.length ? { turns } : null;
  },
  resume(x, half) {
    const talk = deals.start(x.marking);
    if (!Array.isArray(half?.turns) || !half.turns.every((/** @type {any} */ given) => deals.turn(x.marking, talk, given)) || talk.over) return false;
    this.write(x, { turns: [...half.turns] });
    return true;
  },
};

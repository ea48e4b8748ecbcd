// ---- a turn ----

/** The line over every view: which game this is. */
function over() {
  const { log } = now();
  const dial = w.dials[log.dial][0].toLowerCase();
  return el("p", { class: "label over" }, fill(w.over, { x: log.skin, n: log.seed, d: dial }) + (skin().provisional ? ` · ${w.provisional_short}` : ""));
}
/** Five turns as five bars. @param {number} at */
function bars(at) {
  return el("ol", { class: "days", "aria-label": w.turns }, [...Array(rules.turns).keys()].map((i) => el("li", { class: i + 1 < at ? "past" : null, "aria-current": i + 1 === at ? "step" : null }, el("span", null, fill(w.turn, { n: i + 1 })), el("small", null, setPieces(rules, i + 1).map((name) => text(`decisions.${name}.title`)).join(", ")))));
}
/** @param {any} state */
function purse(state) {
  const ids = ["reserve", "running", "owed", ...(state.values.lent ? ["lent"] : [])];
  return el("dl", { class: "purse" }, ids.map((id) => el("div", null, el("dt", null, w.purse[id]), el("dd", { "data-purse": id }, money(state.values[id]), el("small", null)))));
}
function showTurn(focus = true) {
  const state = last(run.states); const n = state.turn;
  const pieces = setPieces(rules, n);
  const ask = w.end_turn.replace("{n}", n);
  const bar = el("div", { class: "turn-bar" }, el("p", { class: "need", role: "alert", "data-need": true }), button(w.undo, { "data-undo": true }, icon(BACK)), el("p", { class: "small", "data-left": true }), el("button", { class: "go", type: "button", "data-end": true }, ask));
  const sections = [
    people(state), papers(n),
    ...pieces.map((name, i) => choice(name, i === 0 ? w.first : w.second, text(`decisions.${name}.title`), rich(`decisions.${name}.situation`), text(`decisions.${name}.ask`), rules.decisions[name].options, (key) => text(`decisions.${name}.${key}.text`), (key) => costNote(state, rules.decisions[name].options[key].do))),
    choice(STANCE, w.meanwhile, text(`events.${eventOf(n)}.title`), [...rich(`events.${eventOf(n)}.text`), el("p", { class: "small" }, w.meanwhile_note)], w.meet, rules.decisions[STANCE].options, (key) => text(`stances.${key}.text`), (key) => text(`stances.${key}.meaning`)),
    attention(), expectation(),
  ];
  const lensesHead = el("h3", { id: "game-lenses" }, w.lenses); const moneyHead = el("h3", { id: "game-money" }, w.money);
  show("turn", [
    el("header", { class: "turn-head" }, over(), heading(text(`turns.${n}.title`)), bars(n), purse(state), el("p", { class: "small jump" }, fill(w.jump, { x: "" }).replace(/\.$/, ""), el("a", { href: "#game-lenses" }, w.jump_lenses), " · ", el("a", { href: "#game-money" }, w.jump_money))),
    el("div", { class: "board" }, el("div", { class: "doing" }, sections), el("aside", { class: "standing", "aria-labelledby": "game-lenses" }, el("section", null, lensesHead, lensList(n - 1, true)), el("section", null, moneyHead, accounts(n - 1)), history(n - 1))),
    bar, el("p", { class: "small kept", "data-kept": true }),
  ], focus);
  applyDraft();
}
/** Up to five people who have something to say, the first thing that holds of each. @param {any} state */
function people(state) {
  const values = told(rules, state);
  /** @type {Map<string, number>} */ const speaking = new Map();
  skin().messages.forEach((/** @type {[string, any]} */ [who, when], /** @type {number} */ i) => { if (!speaking.has(who) && evaluate(when, values)) speaking.set(who, i); });
  const rows = [...speaking].sort(([, a], [, b]) => a - b).slice(0, SPEAKERS).map(([who, i]) => el("li", null, el("p", { class: "who" }, personOf(who)), el("div", { class: "story" }, rich(`messages.${i}`))));
  return el("section", { class: "people" }, el("h3", null, w.people), el("ul", { class: "messages" }, rows));
}
/** @param {number} n */
function papers(n) {
  const keys = [...(texts.get(now().log.skin)?.keys() ?? [])].filter((key) => key.startsWith(`turns.${n}.papers.`));
  return el("section", { class: "papers" }, el("h3", null, w.papers), keys.map((key) => el("div", { class: "paper" }, rich(key))));
}
/** What an option surely costs, in words. @param {any} state @param {any[]} steps */
function costNote(state, steps) {
  const { pays, promised, extra } = costsOf(steps);
  const paid = pays.map(({ from, amount }) => fill(w.costs, { x: money(amount), a: nameOf(from) }) + (amount > state.values[from] ? ` (${fill(w.purse_short, { x: money(amount - state.values[from]) })})` : ""));
  return [...paid, promised ? counted(w.costs_points, promised) : "", extra ? counted(w.gives_points, extra) : ""].filter(Boolean).join(" · ");
}
/** One set of radio buttons in its own room. @param {string} name @param {string} kind @param {string} title @param {Node[]} situation @param {string} ask @param {any} options @param {(key: string) => string} words @param {(key: string) => string} note */
function choice(name, kind, title, situation, ask, options, words, note) {
  const keys = Object.keys(options);
  return el("section", { class: "room choice", "data-choice": name },
    el("p", { class: "decision-label" }, el("span", { "data-fork": keys.length }, fork(keys.length, -1)), el("span", null, el("b", null, kind), el("span", { class: "state" }, w.not_yet))),
    el("h3", null, title), el("div", { class: "situation" }, situation),
    el("fieldset", { class: "paths" }, el("legend", null, ask), keys.map((key, i) => path(el("input", { type: "radio", name: `game-${name}`, value: key, "data-decides": name }), words(key), "ABCDEFGH"[i], note(key)))));
}
function attention() {
  const channels = rules.decisions[ATTENTION].points;
  return el("section", { class: "room attention", "data-choice": ATTENTION }, el("p", { class: "decision-label" }, drawing('<path d="M8 35V10M16 35V22M24 35V16M32 35V29"/>', "fork", "0 0 40 40"), el("span", null, el("b", null, w.attention))), el("h3", null, w.attention_title), el("p", { "data-points-note": true }),
    el("p", { class: "left" }, el("span", { class: "pips", "aria-hidden": "true" }), el("span", { "data-points-left": true })),
    el("ul", { class: "steps" }, channels.map((/** @type {string} */ id) => el("li", null, el("span", { class: "what" }, el("label", { for: `game-at-${id}` }, text(`channels.${id}.name`)), el("small", null, text(`channels.${id}.text`))), el("span", { class: "stepper" },
      el("button", { class: "move", type: "button", "data-step": -1, "data-channel": id, "aria-label": fill(w.less, { x: text(`channels.${id}.name`) }) }, icon(LESS)),
      el("input", { type: "number", inputmode: "numeric", id: `game-at-${id}`, min: 0, max: rules.decisions[ATTENTION].most, step: 1, value: 0, "data-points": id }),
      el("button", { class: "move", type: "button", "data-step": 1, "data-channel": id, "aria-label": fill(w.more, { x: text(`channels.${id}.name`) }) }, icon(MORE)))))));
}
function expectation() {
  return el("section", { class: "room expectation" }, label(w.expect_label), el("h3", null, el("label", { for: "game-expect" }, w.expect)),
    el("select", { id: "game-expect", class: "picker", "aria-describedby": "game-expect-note" }, el("option", { value: "" }, w.expect_choose), [...data.lenses, NONE].map((id) => el("option", { value: id }, lensName(id)))), el("p", { class: "small", id: "game-expect-note" }, w.expect_note));
}
const spread = () => /** @type {Record<string, number>} */ (now().draft.choices[ATTENTION] ?? {});
/** How many points a spread uses. @param {Record<string, number>} given */
const used = (given) => { let n = 0; Object.values(given).forEach((points) => { n += points; }); return n; };
/** Points to spread, with what is chosen so far. */
const had = () => pointsOf(rules, last(run.states), now().draft.choices);

/** Changes the turn's draft; Undo takes it back. @param {(draft: Save["draft"]) => void} change */
function edit(change) {
  undone.push(JSON.stringify(now().draft));
  change(now().draft);
  one("[data-need]", stage).textContent = "";
  applyDraft();
  keep();
}
/** Puts the draft into the form, and says what follows from it. */
function applyDraft() {
  const { choices, expected } = now().draft;
  const state = last(run.states);
  /** @type {any[]} */ (all("[data-decides]", stage)).forEach((radio) => { radio.checked = choices[radio.dataset.decides] === radio.value; });
  all("section[data-choice]:not(.attention)", stage).forEach((section) => {
    const name = section.dataset.choice ?? "";
    const keys = Object.keys(rules.decisions[name].options); const at = keys.indexOf(choices[name]);
    one("[data-fork]", section).replaceChildren(fork(keys.length, at));
    one(".state", section).textContent = at < 0 ? w.not_yet : fill(w.deciding, { x: "ABCDEFGH"[at] });
  });
  /** @type {any[]} */ (all("[data-points]", stage)).forEach((box) => { const n = spread()[box.dataset.points] ?? 0; if (box.value !== String(n)) box.value = String(n); box.toggleAttribute("data-some", n > 0); });
  const { points, promised, extra } = had(); const left = points - used(spread());
  const pips = one(".pips", stage);
  pips.replaceChildren(...[...Array(Math.max(points, used(spread()))).keys()].map((i) => el("i", { class: i >= points ? "over" : i < used(spread()) ? "on" : null })));
  one("[data-points-left]", stage).textContent = leftWords(left, points);
  one("[data-points-note]", stage).textContent = fill(w.attention_note, { x: (promised ? fill(w.promised, { n: promised }) : "") + (extra ? fill(w.extra, { n: extra }) : "") });
  all("[data-step]", stage).forEach((move) => move.setAttribute("aria-disabled", String(Number(move.dataset.step) < 0 ? !spread()[move.dataset.channel ?? ""] : left <= 0)));
  one("#game-expect", stage).value = expected;
  const costs = Object.entries(choices).filter(([name]) => name !== ATTENTION).flatMap(([name, chosen]) => costsOf(rules.decisions[name].options[chosen].do).pays);
  all("[data-purse]", stage).forEach((dd) => {
    const id = dd.dataset.purse ?? ""; let spent = 0;
    costs.forEach(({ from, amount }) => { if (from === id) spent += amount; });
    one("small", dd).textContent = !spent ? "" : spent > state.values[id] ? fill(w.purse_short, { x: money(spent - state.values[id]) }) : fill(w.purse_after, { x: money(state.values[id] - spent) });
  });
  const required = [...setPieces(rules, state.turn), STANCE];
  const settled = required.filter((name) => choices[name]).length + (expected ? 1 : 0);
  one("[data-left]", stage).textContent = `${fill(w.settled, { n: settled, y: required.length + 1 })} · ${leftWords(left, points)}`;
  one("[data-undo]", stage).setAttribute("aria-disabled", String(!undone.length));
}
/** @param {number} left @param {number} points */
const leftWords = (left, points) => (left < 0 ? fill(w.points_over, { n: -left, y: points }) : left === 0 ? w.points_none : counted(w.points_left, left));
/** Gives a channel its points, no more than there are. @param {string} channel @param {number} wanted */
function give(channel, wanted) {
  const before = spread()[channel] ?? 0;
  const room = Math.max(0, had().points - used(spread()) + before);
  const n = Math.max(0, Math.min(Number.isFinite(wanted) ? Math.round(wanted) : before, Math.max(room, wanted < before ? before : 0)));
  if (n !== before) edit((draft) => { draft.choices[ATTENTION] = { ...spread(), [channel]: n }; });
  else applyDraft();
  const name = text(`channels.${channel}.name`);
  say(wanted > n ? fill(w.points_more, { x: name, n }) : fill(w.points_has, { x: name, n, y: leftWords(had().points - used(spread()), had().points) }));
}
function undo() {
  const before = undone.pop();
  if (!before) { say(w.undo_nothing); return; }
  const after = now().draft;
  now().draft = JSON.parse(before);
  const { choices, expected } = now().draft;
  const what = Object.keys({ ...choices, ...after.choices }).find((name) => JSON.stringify(choices[name]) !== JSON.stringify(after.choices[name]));
  applyDraft();
  keep();
  const named = what === ATTENTION ? w.attention : what === STANCE ? text(`events.${eventOf(last(run.states).turn)}.title`) : what ? text(`decisions.${what}.title`) : expected !== after.expected ? w.expect : "";
  say(fill(w.undone, { x: named }));
}
/** @param {string} words @param {any} focus */
function need(words, focus) {
  one("[data-need]", stage).textContent = words;
  if (!focus) return;
  focus.focus({ preventScroll: true });
  (focus.closest("section") ?? focus).scrollIntoView({ block: "start" });
}
/** Nothing is resolved before this. */
function endTurn() {
  const { draft, log } = now();
  const state = last(run.states);
  const missing = [...setPieces(rules, state.turn), STANCE].find((name) => !draft.choices[name]);
  if (missing) return need(missing === STANCE ? fill(w.need_stance, { x: text(`events.${eventOf(state.turn)}.title`) }) : fill(w.need_decision, { x: text(`decisions.${missing}.title`) }), one(`[data-decides="${missing}"]`, stage));
  const { points } = had();
  if (used(spread()) > points) return need(fill(w.need_points, { n: used(spread()), y: points }), one("[data-points][data-some]", stage));
  if (!draft.expected) return need(w.need_expect, one("#game-expect", stage));
  const choices = copyOf({ ...draft.choices, [ATTENTION]: Object.fromEntries(Object.entries(spread()).filter(([, n]) => n)) });
  const { after, parts } = resolve(rules, state, choices);
  log.turns.push(choices);
  log.expected.push(draft.expected);
  run.states.push(after);
  run.parts.push(parts);
  now().draft = noDraft();
  undone = [];
  if (log.turns.length === rules.turns) { log.made = new Date().toISOString(); keepRun(); }
  return keep() ? showHappened(log.turns.length) : undefined;
}

/** What is chosen and pressed in a turn. */
function listen() {
  stage.addEventListener("change", (/** @type {any} */ event) => {
    const at = event.target;
    if (at.dataset.decides) edit((draft) => { draft.choices[at.dataset.decides] = at.value; });
    else if (at.id === "game-expect") edit((draft) => { draft.expected = at.value; });
    else if (at.dataset.points) give(at.dataset.points, at.value === "" ? NaN : at.valueAsNumber);
    else return;
    if (at.dataset.decides) say(one("[data-left]", stage).textContent);
  });
  stage.addEventListener("click", (/** @type {any} */ event) => {
    const step = event.target.closest("[data-step]");
    if (step) give(step.dataset.channel, (spread()[step.dataset.channel] ?? 0) + Number(step.dataset.step));
    else if (event.target.closest("[data-undo]")) undo();
    else if (event.target.closest("[data-end]")) endTurn();
  });
}

// ---- what happened, and why ----

/** The reports of a state, as the lenses show them. @param {any} state */
const seen = (state) => scenario.reports(rules, state);
/** The first of some conditional lines that holds. @param {string} key @param {number} turn @param {any[]} segment @param {string} origin @returns {string[]} keys */
function depending(key, turn, segment, origin) {
  const [before, after] = [run.states[turn - 1], run.states[turn]];
  const chosen = Object.values(rules.decisions).filter((part) => part.turns.includes(turn) && !part.points).map((part) => [part.as, after.values[part.as]]);
  const values = { ...told(rules, before), ...Object.fromEntries(chosen) };
  const holds = (/** @type {any} */ when, /** @type {string | null} */ sign) => evaluate(when, values) && (!sign || (sign === "late" ? after.late.some((/** @type {any} */ late) => late.from === origin) : segment.some(([what, a]) => (what === "paid" || what === "changed") && a === sign)));
  const at = (skin().then[key] ?? []).findIndex((/** @type {[any, string | null]} */ [when, sign]) => holds(when, sign));
  return at < 0 ? [] : [`${key}.then.${at}`];
}
/** What a part of the log moved, a line each. @param {any[]} log @returns {Move[]} */
function lines(log) {
  const { changed, paid, lent } = moved(log, rules.lender);
  const changes = [...changed].filter(([id, [a, b]]) => !data.unseen.includes(id) && id !== "lent" && Math.abs(b - a) >= 0.05).map(([id, [a, b]]) => move(w.change, { x: nameOf(id), c: isMoney(id) ? plus(b - a) : signed(b - a), y: fill(w.moved_to, { y: shown(id, b) }) }));
  const loans = lent.map(([who, k]) => ({ text: fill(w.lent, { x: money(k), a: nameOf(who) }) }));
  return [...changes, ...loans, ...paid.map(([from, to, k]) => ({ text: fill(w.paid, { x: money(k), a: nameOf(from), b: nameOf(to) }), x: fill(w.paid_way, { a: nameOf(from), b: nameOf(to) }), c: money(k), y: "" }))];
}
/** @param {string} words @param {{x: string, c: string, y: string}} parts @returns {Move} */
const move = (words, parts) => ({ text: fill(words, parts), ...parts });
/** @param {Partial<Block>} given @returns {Block} */
const block = (given) => ({ what: "", label: "", title: "", chose: "", story: [], why: [], differ: "", notes: [], moves: [], ...given });
/** The log of the choices, cut where each begins. @param {any[]} log @param {string} name */
function segmentOf(log, name) {
  const from = log.findIndex(([what, decision]) => what === "chose" && decision === name);
  const to = log.findIndex(([what], i) => i > from && what === "chose");
  return from < 0 ? [] : log.slice(from, to < 0 ? undefined : to);
}
/** Everything that happened in a turn, in the order of the rules. @param {number} turn @returns {Block[]} */
function accountOf(turn) {
  const choices = now().log.turns[turn - 1]; const parts = run.parts[turn - 1];
  const decided = setPieces(rules, turn).map((name) => {
    const key = `decisions.${name}.${choices[name]}`; const segment = segmentOf(parts.choices, name);
    return block({ what: "decision", label: fill(w.turn, { n: turn }), title: text(`decisions.${name}.title`), chose: text(`${key}.text`), story: [`${key}.consequence`, ...depending(key, turn, segment, `${name}.${choices[name]}`)], why: [`${key}.explanation`], differ: `decisions.${name}.disagreement`, moves: lines(segment) });
  });
  return [...decided, ...arrivals(parts.late ?? [], turn), cameOf(turn, choices[STANCE], parts.event ?? []), ...scrutinyOf(turn, parts.scrutiny ?? []), attended(turn), ...itself(turn)];
}
/** What arrives from an earlier turn. @param {any[]} log @param {number} turn @returns {Block[]} */
function arrivals(log, turn) {
  const cuts = log.flatMap(([what], i) => (what === "late" ? [i] : []));
  return cuts.map((at, i) => {
    const segment = log.slice(at, cuts[i + 1]); const from = segment[0][1];
    const [name, option] = from.split(".");
    const since = option ? rules.decisions[name].turns[0] : run.states[0].deck.indexOf(name) + 1;
    const stance = now().log.turns[since - 1][STANCE];
    return block({ what: "late", label: fill(option ? w.arrives : w.arrives_stance, { n: since }), title: text(option ? `decisions.${name}.title` : `events.${name}.title`), chose: text(option ? `decisions.${from}.text` : `stances.${stance}.text`), story: [option ? `decisions.${from}.late` : `events.${name}.${stance}.late`], moves: lines(segment) });
  }).filter(() => turn > 1);
}
/** @param {number} turn @param {string} stance @param {any[]} log */
function cameOf(turn, stance, log) {
  const name = eventOf(turn); const key = `events.${name}.${stance}`;
  const [low, span] = rules.severity; const hard = (log[0]?.[2] - low) / span;
  return block({ what: "event", label: w.event, title: text(`events.${name}.title`), chose: text(`stances.${stance}.text`), notes: [w.severity[hard < 1 / 3 ? 0 : hard < 2 / 3 ? 1 : 2]], story: [...depending(`events.${name}`, turn, log, name), `${key}.consequence`, ...depending(key, turn, log, name)], why: [`${key}.explanation`], moves: lines(log) });
}
/** @param {number} turn @param {any[]} log @returns {Block[]} */
function scrutinyOf(turn, log) {
  if (!log.length) return [];
  const { values } = run.states[turn];
  return [block({ what: "event", label: w.event_last, title: text(`events.${SCRUTINY}.title`), story: [`events.${SCRUTINY}.text`, `events.${SCRUTINY}.${values.secret ? "secret" : "open"}`, `events.${SCRUTINY}.${values.mandate >= 45 ? "clear" : "unclear"}`], moves: lines(log) })];
}
/** @param {number} turn */
function attended(turn) {
  const given = now().log.turns[turn - 1][ATTENTION] ?? {};
  const { points } = pointsOf(rules, run.states[turn - 1], now().log.turns[turn - 1]);
  const { changed } = moved(run.parts[turn - 1][ATTENTION] ?? [], rules.lender);
  const moves = rules.decisions[ATTENTION].points.map((/** @type {string} */ id) => {
    const [a, b] = changed.get(asName(id)) ?? [0, 0];
    return move(w.attention_line, { x: text(`channels.${id}.name`), y: counted(w.attention_points, given[id] ?? 0), c: a === b ? "0" : signed(b - a) });
  });
  return block({ what: "attention", title: w.attention_did, notes: used(given) > points ? [fill(w.attention_thin, { n: points, y: used(given) })] : [], moves });
}
/** What the rules do after the choices and events of a turn, part by part. @param {number} turn @returns {Block[]} */
function itself(turn) {
  const parts = run.parts[turn - 1]; const { values } = run.states[turn];
  const rest = rules.order.slice(rules.order.indexOf(ATTENTION) + 1);
  return rest.flatMap((/** @type {string} */ part) => {
    const moves = lines(parts[part]); const notes = [];
    if (part === "redesigning" && turn < 3) notes.push(w.not_started);
    else if (part === "redesigning" && "backing" in values) {
      const by = Object.entries(w.brakes).map(([letter, name]) => [letter, values[/** @type {string} */ (name)]]);
      const named = { a: w.brake_names[0], b: w.brake_names[1], c: w.brake_names[2] };
      const lowest = [...by].sort((a, b) => a[1] - b[1])[0][0];
      notes.push(fill(w.brake, { ...Object.fromEntries(by.map(([letter, value]) => [letter, Math.round(value)])), x: named[/** @type {"a"} */ (lowest)] }));
    }
    if (part === "acting" && values.spell) notes.push(w.spell);
    if (part === "overperformance" && moves.length && "share" in values) notes.push(fill(w.over_plan, { x: shown("activity", values.activity + values.spell), y: Math.round(values.share * 100) }));
    return moves.length || notes.length ? [block({ what: "itself", title: w.parts[part] ?? w.parts.other, notes, moves })] : [];
  });
}
/** What was expected and what came. @param {number} turn */
function surprise(turn) {
  const expected = now().log.expected[turn - 1];
  const [before, after] = [seen(run.states[turn - 1]), seen(run.states[turn])];
  const change = (/** @type {string} */ id) => after[id] - before[id];
  const fell = [...data.lenses].sort((a, b) => change(a) - change(b))[0];
  const any = change(fell) <= -0.05;
  const say = { x: lensName(expected), y: lensName(fell), z: any ? signed(change(fell)) : "" };
  if (expected === NONE) return any ? fill(w.expected_none_wrong, say) : w.expected_none_right;
  const c = signed(change(expected));
  if (!any) return fill(w.expected_none_fell, { ...say, c });
  return fill(expected === fell || change(expected) === change(fell) ? w.expected_right : w.expected_fell, { ...say, c });
}
/** @param {Move[]} moves @param {boolean} [bare] */
const moveList = (moves, bare) => (moves.length ? [bare ? null : label(w.changes), el("ul", { class: "moves" }, moves.map(({ text: words, x, c, y }) => el("li", null, x ? [el("span", null, x), " ", el("b", null, c), " ", y ? el("small", null, y) : null] : words)))] : bare ? [] : [el("p", { class: "small" }, w.no_change)]);
/** @param {Block} of */
function blockView(of) {
  const pair = of.story.length || of.why.length ? el("div", { class: of.why.length ? "pair" : "pair one" }, el("div", null, label(w.what_happens), el("div", { class: "story" }, of.story.map((key) => rich(key)))), of.why.length ? el("div", null, label(w.why), of.why.map((key) => rich(key))) : null) : null;
  const differ = of.differ && found(of.differ) ? el("details", { class: "differ" }, el("summary", null, w.differ), el("div", { class: "sides" }, rich(of.differ))) : null;
  return el("section", { class: `came ${of.what}` }, of.label ? el("p", { class: "label" }, of.what === "late" ? el("span", { class: "yours" }, of.label) : of.label) : null, el("h3", null, of.title),
    of.chose ? el("p", { class: "chose" }, el("span", { class: of.what === "late" ? null : "yours" }, fill(w.you_chose, { x: of.chose }))) : null,
    of.notes.map((words) => el("p", { class: pair ? "small" : null }, words)), pair, moveList(of.moves, !pair), differ);
}
/** @param {number} turn */
function blocksView(turn) {
  const blocks = accountOf(turn);
  const own = blocks.filter((one) => one.what === "itself");
  const section = own.length ? el("section", { class: "came itself-all" }, el("h3", null, w.itself), own.map((one) => el("div", { class: "part" }, el("h4", null, one.title), one.notes.map((words) => el("p", null, words)), moveList(one.moves, true)))) : null;
  return [...blocks.filter((one) => one.what !== "itself").map(blockView), section];
}
/** @param {number} turn @param {boolean} [focus] */
function showHappened(turn, focus = true) {
  const next = el("button", { class: "go", type: "button" }, turn < rules.turns ? fill(w.next, { n: turn + 1 }) : w.next_last);
  next.addEventListener("click", () => { now().read = now().log.turns.length; if (keep()) showNow(); });
  show("happened", [
    el("header", { class: "turn-head" }, over(), heading(fill(w.happened, { d: fill(w.day, { n: 20 * turn }) })), el("p", { class: "surprise story" }, surprise(turn))),
    el("div", { class: "board" }, el("div", { class: "doing" }, blocksView(turn)), el("aside", { class: "standing", "aria-labelledby": "game-lenses" }, el("section", null, el("h3", { id: "game-lenses" }, w.lenses), lensList(turn, true)), el("section", null, el("h3", { id: "game-money" }, w.money), accounts(turn)), history(turn))),
    el("div", { class: "act" }, next), el("p", { class: "small kept", "data-kept": true }),
  ], focus);
}

// ---- lenses, accounts, charts ----

/** Across a strip 300 wide. @param {number} value */
const across = (value) => (10 + 2.8 * Math.max(0, Math.min(100, value))).toFixed(1);
/** @param {{now: number, was?: number, ghost?: number, from?: number, to?: number}} given */
function strip(given) {
  const y = 13; const at = across(given.now);
  const range = given.from === undefined || given.to === undefined ? "" : `<path class="range" d="M${across(given.from)} ${y}H${across(given.to)}"/><path class="ends" d="M${across(given.from)} ${y - 7}v14M${across(given.to)} ${y - 7}v14"/>`;
  const g = given.ghost === undefined ? 0 : Number(across(given.ghost));
  const ghostly = given.ghost === undefined ? "" : `<path class="ghost" d="M${g} ${y - 8}l8 8l-8 8l-8-8z"/>`;
  const was = given.was === undefined ? "" : `<path class="way" d="M${across(given.was)} ${y}H${at}"/><circle class="was" cx="${across(given.was)}" cy="${y}" r="3.5"/>`;
  return drawing(`<path class="track" d="M10 ${y}H290"/>${range}${ghostly}${was}<circle class="you" cx="${at}" cy="${y}" r="7"/>`, "strip", "0 0 300 26");
}
/** @param {number} change */
const direction = (change) => (Math.abs(change) < 0.05 ? w.level : fill(change > 0 ? w.up : w.down, { x: Math.abs(change).toFixed(1) }));
/** What the marks mean; each is drawn. @param {boolean} was @param {boolean} range */
function key(was, range) {
  const marks = [[w.lens_key.you, '<circle class="you" cx="10" cy="10" r="7"/>']];
  if (was) marks.push([w.lens_key.was, '<circle class="was" cx="10" cy="10" r="3.5"/>']);
  if (ghost) marks.push([ghostName(), '<path class="ghost" d="M10 2l8 8l-8 8l-8-8z"/>']);
  if (range) marks.push([w.lens_key.range, '<path class="range" d="M1 10H19"/><path class="ends" d="M1 4v12M19 4v12"/>']);
  return el("p", { class: "small key" }, marks.map(([words, inner]) => el("span", null, drawing(inner, "icon strip", "0 0 20 20"), words)));
}
const ghostName = () => (now().log.changed && compared === now().ghost ? w.ghost_before : compared === now().ghost ? w.ghost_last : w.ghost_chosen);
/** The seven lenses after a turn; 0 is the start. @param {number} turn @param {boolean} was @param {any} [reference] */
function lensList(turn, was, reference = null) {
  const at = seen(run.states[turn]); const before = turn > 0 && was ? seen(run.states[turn - 1]) : null;
  const other = ghost && ghost.states[turn] ? seen(ghost.states[turn]) : null;
  const rows = data.lenses.map((/** @type {string} */ id) => {
    const value = at[id]; const level = value < 40 ? "low" : value < 60 ? "middle" : "high";
    const quantiles = reference?.lenses[id];
    const notes = [other ? fill(w.was_ghost, { g: capital(ghostName()), x: Math.round(other[id]) }) + (reference ? ` (${direction(value - other[id])})` : "") : "", quantiles ? `${fill(w.most, { a: Math.round(quantiles[10]), b: Math.round(quantiles[90]) })} ${fill(w.lower, { n: placeOf(quantiles, value) })}` : ""].filter(Boolean);
    return el("li", { "data-lens": id }, el("p", { class: "lens-head" }, el("span", null, text(`lenses.${id}.name`)), el("span", null, el("b", null, Math.round(value)), before ? el("small", null, direction(value - before[id])) : null)),
      strip({ now: value, was: before?.[id], ghost: other?.[id], ...(quantiles && { from: quantiles[10], to: quantiles[90] }) }),
      el("p", null, rich(`lenses.${id}.${level}`)), notes.length ? el("p", { class: "small" }, notes.join(reference ? ". " : " · ").replace(/\.\./g, ".")) : null);
  });
  return [key(Boolean(before), Boolean(reference)), el("ul", { class: "lenses" }, rows)];
}
/** @param {number} turn */
function accounts(turn) {
  const values = run.states[turn].values; const before = turn > 0 ? run.states[turn - 1].values : null;
  const thousands = (/** @type {number} */ k) => Math.round(k * skin().money).toLocaleString("en-GB").replace("-", "−");
  const outside = rules.accounts.filter((/** @type {string} */ id) => rules.start[id] === 0);
  const row = (/** @type {string} */ id) => { const change = before ? values[id] - before[id] : 0; return el("tr", null, el("th", { scope: "row" }, nameOf(id)), el("td", { class: "n" }, thousands(values[id])), el("td", { class: "n" }, change ? (change > 0 ? "+" : "") + thousands(change) : "–")); };
  let whole = 0;
  rules.accounts.forEach((/** @type {string} */ id) => { whole += values[id]; });
  const rows = [...rules.accounts.filter((/** @type {string} */ id) => !outside.includes(id)).map(row), el("tr", null, el("th", { scope: "rowgroup", colspan: 3, class: "part" }, w.outside)), ...outside.map(row), el("tr", { class: "whole" }, el("th", { scope: "row" }, w.all_accounts), el("td", { class: "n" }, thousands(whole)), el("td", { class: "n" }, w.always))];
  return [el("p", null, fill(w.position, { x: money(seen(run.states[turn]).position) })), el("table", { class: "accounts" }, el("caption", null, fill(w.money_caption, { u: w.thousand })), el("thead", null, el("tr", null, el("th", { scope: "col" }, w.account), el("th", { scope: "col", class: "n" }, w.now), el("th", { scope: "col", class: "n" }, w.change_head))), el("tbody", null, rows))];
}
/** What stands under each lens: the variables and accounts that its report reads. @returns {[string, string[]][]} */
function under() {
  const trees = Object.fromEntries(rules.reports);
  /** @param {string} id @returns {string[]} */
  const read = (id) => namesIn(trees[id]).flatMap((name) => (name in trees ? read(name) : name in rules.bounds || rules.accounts.includes(name) ? [name] : []));
  const groups = data.lenses.map((/** @type {string} */ id) => [id, [...new Set(read(id))]]);
  const shown = new Set(groups.flatMap((/** @type {[string, string[]]} */ [, ids]) => ids));
  const other = Object.keys(rules.bounds).filter((id) => !shown.has(id) && !data.unseen.includes(id));
  return [...groups, ["", other]];
}
/** One small chart: days across, the value up. @param {string} id @param {number[]} mine @param {number[] | null} other */
function chart(id, mine, other) {
  const bounds = isMoney(id) ? null : id in rules.bounds ? rules.bounds[id] : [0, 100];
  const both = [...mine, ...(other ?? []), ...(bounds ?? [])];
  const [low, high] = [Math.min(...both), Math.max(...both)];
  const x = (/** @type {number} */ i) => (6 + (i * 108) / rules.turns).toFixed(1);
  const y = (/** @type {number} */ value) => (50 - (44 * (value - low)) / (high - low || 1)).toFixed(1);
  const line = (/** @type {number[]} */ values) => values.map((value, i) => `${i ? "L" : "M"}${x(i)} ${y(value)}`).join("");
  const at = mine.length - 1;
  return drawing(`<path class="base" d="M6 54H114"/>${other ? `<path class="ghost-line" d="${line(other)}"/>` : ""}<path class="line" d="${line(mine)}"/><circle class="you" cx="${x(at)}" cy="${y(mine[at])}" r="3.5"/>`, "spark", "0 0 120 58");
}
/** The history of everything, from day 0: charts, each with its text, and one table. @param {number} turn @param {boolean} [open] */
function history(turn, open = false) {
  return turn < 1 ? null : foldLater(w.history, () => historyOf(turn), { class: "more history", open });
}
/** @param {number} turn @returns {any[]} */
function historyOf(turn) {
  const states = run.states.slice(0, turn + 1); const others = ghost ? ghost.states : null;
  const values = (/** @type {any[]} */ from, /** @type {string} */ id) => from.map((state) => (data.lenses.includes(id) ? seen(state)[id] : state.values[id]));
  const figure = (/** @type {string} */ id, lens = false) => {
    const mine = values(states, id); const other = others && values(others, id);
    return el("figure", { class: lens ? "spark-figure whole" : "spark-figure" }, el("figcaption", null, lens ? lensName(id) : nameOf(id)), chart(id, mine, other), el("p", { class: "small" }, mine.map((value) => shown(id, value)).join(", ")));
  };
  const groups = under().map(([lens, ids]) => el("section", null, el("h4", null, lens ? lensName(lens) : w.history_other), el("div", { class: "sparks" }, lens && ids.length > 1 ? figure(lens, true) : null, ids.map((id) => figure(id)))));
  const days = states.map((_, i) => 20 * i);
  const rows = under().flatMap(([lens, ids]) => [...(lens && ids.length > 1 ? [lens] : []), ...ids]).map((id) => el("tr", null, el("th", { scope: "row" }, data.lenses.includes(id) ? lensName(id) : nameOf(id)), values(states, id).map((value) => el("td", { class: "n" }, shown(id, value)))));
  const table = el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": w.history_table }, el("table", null, el("thead", null, el("tr", null, el("th", { scope: "col" }, w.thing), days.map((d) => el("th", { scope: "col", class: "n" }, fill(w.day, { n: d }))))), el("tbody", null, rows)));
  return [el("p", { class: "small" }, fill(w.history_note, { d: fill(w.day, { n: 20 * turn }).toLowerCase(), x: ghost ? fill(w.history_ghost, { x: ghostName() }) : "" })), groups, fold(w.history_table, table)];
}

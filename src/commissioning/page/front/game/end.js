// ---- afterwards: four conversations, and only then a comparison ----

/** @param {string} words @param {string} value @param {(text: string) => void} write @param {string} [note] @param {any} [described] */
function writing(words, value, write, note = "", described = null) {
  const id = `game-words-${Math.random().toString(36).slice(2, 8)}`;
  const area = el("textarea", { id, placeholder: " ", "aria-describedby": described }, value);
  area.addEventListener("input", () => { write(area.value); });
  return el("div", { class: "prompt" }, el("label", { for: id }, words), area, note ? el("p", { class: "small" }, note) : null);
}
const wrote = () => { if (!keep()) return false; keepRun(); return true; };
/** @param {number} phase */
function phaseBody(phase) {
  const own = now().debrief;
  if (phase === 0) return [el("div", { class: "asks" }, rich("debrief.reactions")), writing(w.debrief_write, own.reactions, (text) => { own.reactions = text; wrote(); })];
  if (phase === 1) return [el("div", { class: "asks" }, rich("debrief.description")), ownLog(), writing(w.debrief_write, own.description, (text) => { own.description = text; wrote(); })];
  if (phase === 2) return [...Array(7).keys()].map((i) => el("section", { class: "theme" }, el("h3", null, text(`debrief.analysis.${i}.theme`)), el("p", { class: "small" }, el("b", null, w.look_at), " ", rich(`debrief.analysis.${i}.look_at`)), el("p", { class: "story" }, rich(`debrief.analysis.${i}.ask`)), writing(w.debrief_theme, own.analysis[i] ?? "", (text) => { own.analysis[i] = text; wrote(); }))).concat(history(rules.turns) ?? []);
  return [sentence()];
}
/** The one sentence for real life, in the record. */
function sentence() {
  const box = writing(text("debrief.application"), "", () => {}, w.sentence_note);
  const warning = el("div", { class: "need", role: "alert" });
  lookAgain = keepWords(shelf, SENTENCE, one("textarea", box), {
    said: (kept) => { warning.textContent = kept ? "" : w.not_saved; },
    lost: (_, back) => { warning.textContent = ""; offer(warning, w.forgotten_elsewhere, w.put_back, back); },
  });
  box.classList.add("sentence");
  box.append(warning);
  return box;
}
/** What was chosen in each turn, short. */
function ownLog() {
  return el("ol", { class: "own-log" }, now().log.turns.map((choices, i) => el("li", null, el("b", null, text(`turns.${i + 1}.title`)), el("ul", null, chosenLines(i + 1, choices).map((line) => el("li", null, line))))));
}
/** @param {number} turn @param {Choices} choices */
function chosenLines(turn, choices) {
  const spent = Object.entries(choices[ATTENTION] ?? {}).filter(([, n]) => n).map(([id, n]) => `${text(`channels.${id}.name`)} ${n}`).join(", ");
  return [...setPieces(rules, turn).map((name) => `${text(`decisions.${name}.title`)}: ${text(`decisions.${name}.${choices[name]}.text`)}`), `${text(`events.${eventOf(turn)}.title`)}: ${text(`stances.${choices[STANCE]}.text`)}`, fill(w.log_attention, { x: spent || w.log_none })];
}
/** Whether a phase has words in it. @param {number} phase */
const hasWords = (phase) => { const own = now().debrief; return [own.reactions, own.description, Object.values(own.analysis).join(""), wordsIn(shelf.read(SENTENCE)).text][phase].trim() !== ""; };
function showDebrief(focus = true) {
  const { phase } = now().debrief;
  const need = el("p", { class: "need", role: "alert" });
  const go = el("button", { class: "go", type: "button", "data-next-phase": true }, phase < 3 ? fill(w.debrief_next, { x: w.debrief_names[phase + 1].toLowerCase() }) : w.debrief_done);
  const without = button(w.debrief_without, { "data-without": true, hidden: true });
  const back = phase ? button(w.debrief_back, { "data-back": true }, icon(BACK)) : null;
  const to = (/** @type {number} */ next) => { now().debrief.phase = next; if (wrote()) showNow(); };
  go.addEventListener("click", () => {
    if (hasWords(phase)) { to(phase + 1); return; }
    need.textContent = phase === 2 ? w.debrief_need_theme : w.debrief_need;
    without.hidden = false;
    one("textarea", stage).focus();
  });
  without.addEventListener("click", () => to(phase + 1));
  back?.addEventListener("click", () => to(phase - 1));
  show("debrief", [over(), label(w.debrief_head), heading(fill(w.debrief_step, { n: phase + 1, x: w.debrief_names[phase] })), el("p", { class: "small" }, w.debrief_note), el("div", { class: "room debrief" }, phaseBody(phase), need, el("div", { class: "act" }, go, without, back)), el("p", { class: "small kept", "data-kept": true })], focus);
}

// ---- the ending ----

function showEnd(focus = true) {
  const end = last(run.states); const later = scenario.afterwards(rules, end);
  const values = told(rules, end, later); const after = told(rules, later);
  const portrait = skin().endings.findIndex((/** @type {any} */ when) => evaluate(when, values));
  /** @param {string} part @param {any} from */
  const holding = (part, from) => skin()[part].flatMap((/** @type {any} */ when, /** @type {number} */ i) => (evaluate(when, from) ? [`${part}.${i}`] : []));
  const { changed, dial } = now().log; const { reference } = data;
  show("end", [
    over(), changed ? heading(w.end_changed_head) : heading(w.end_head), changed ? changedNote(changed) : null,
    el("section", { class: "portrait" }, label(w.portrait), el("h3", null, text(`endings.${portrait}.name`)), el("div", { class: "story" }, rich(`endings.${portrait}.text`))),
    el("section", null, el("h3", { id: "game-lenses" }, w.lenses), el("p", null, w.end_note), el("div", { class: "side-by-side" }, lensList(rules.turns, false, reference)), reference ? el("p", { class: "small" }, fill(w.reference, { n: reference.games.toLocaleString("en-GB") }), dial === "central" ? "" : ` ${fill(w.reference_dial, { x: w.dials[dial][0].toLowerCase() })}`) : null),
    el("section", null, el("h3", null, w.who_paid), el("div", { class: "story" }, holding("paid", values).map((/** @type {string} */ key) => rich(key)))),
    el("section", { class: "day-365" }, label(fill(w.day, { n: 365 })), el("h3", null, w.letter), el("p", { class: "small" }, fill(w.letter_money, { a: money(values.position), b: money(values.day_365) })), el("div", { class: "story" }, holding("letter", after).map((/** @type {string} */ key) => rich(key)))),
    history(rules.turns, Boolean(changed)), foldLater(w.look_back, () => [...Array(rules.turns).keys()].map((i) => fold(text(`turns.${i + 1}.title`), blocksView(i + 1))), { class: "more look-back" }),
    logSection(), againSection(), el("p", { class: "small kept", "data-kept": true }),
  ], focus);
}
/** @param {Changed} changed */
function changedNote({ turn, decision, was, now: is }) {
  const called = (/** @type {string} */ key) => text(decision === STANCE ? `stances.${key}.text` : `decisions.${decision}.${key}.text`);
  const title = decision === STANCE ? fill(w.stance_of, { x: text(`events.${eventOf(turn)}.title`) }) : text(`decisions.${decision}.title`);
  const thin = used(now().log.turns[turn - 1][ATTENTION] ?? {}) > pointsOf(rules, run.states[turn - 1], now().log.turns[turn - 1]).points;
  return el("p", { class: "story" }, fill(w.end_changed, { n: turn, t: title, a: called(was), b: called(is) }), thin ? ` ${fill(w.end_changed_thin, { n: turn })}` : "");
}
/** @param {HTMLElement} press @param {string} name @param {string} text @param {string} type */
const handOver = (press, name, text, type) => giveFile(/** @type {HTMLElement} */ (press.parentElement), { name, text, type, label: w.no_file, copy: w.copy, copied: w.copied });
function logSection() {
  const { log } = now(); const name = `first-hundred-days-${log.skin}-${log.seed}`;
  const view = foldLater(w.see_log, () => el("div", { class: "game-log-shown" }, logNodes("h4", "h5")), {});
  const [asText, asJson, print] = [button(w.log_text, { "data-save-text": true }, icon(SAVED)), button(w.log_json, { "data-save-json": true }, icon(SAVED)), button(w.log_print, { "data-print": true }, icon(PRINTER))];
  asText.addEventListener("click", () => handOver(asText, `${name}.txt`, logText(), "text/plain"));
  asJson.addEventListener("click", () => handOver(asJson, `${name}.json`, `${JSON.stringify({ ...log, debrief: undefined }, null, 1)}\n`, "application/json"));
  print.addEventListener("click", () => { fillLog(); globalThis.print(); });
  return el("section", null, el("h3", null, w.log), el("p", { class: "does" }, asText, asJson, print), view);
}
function againSection() {
  const { log } = now();
  const same = button(w.again_same, { "data-again-same": true }); const fresh = button(w.again_new, { "data-again-new": true });
  same.addEventListener("click", () => begin({ skin: log.skin, seed: log.seed, dial: log.dial }));
  fresh.addEventListener("click", () => showStart(true, { skin: log.skin, dial: log.dial, seed: 1 + Math.floor(Math.random() * 9999) }));
  const others = finished(log.skin).filter((other) => !isSame(other, log));
  const compare = el("select", { id: "game-compare", class: "picker" }, el("option", { value: "" }, w.compare_none), others.map((other, i) => el("option", { value: i, selected: Boolean(compared && isSame(other, compared)) }, runName(other))));
  compare.addEventListener("change", () => {
    compared = compare.value === "" ? null : others[Number(compare.value)];
    ghost = compared && played(data, compared);
    showEnd(false);
    one("#game-compare", stage).focus();
  });
  return el("section", { class: "room again" }, el("h3", null, w.again_head), el("p", null, w.again_note), el("p", { class: "does" }, el("button", { class: "go", type: "button", "data-again": true, hidden: true }), same, fresh),
    changeForm(), others.length ? el("div", { class: "compare" }, el("label", { for: "game-compare" }, w.compare_with), compare) : null);
}
/** Choose one decision; the rest is played again as it was. */
function changeForm() {
  const { log } = now();
  const which = log.turns.flatMap((_, i) => [...setPieces(rules, i + 1), STANCE].map((name) => ({ turn: i + 1, name })));
  const called = (/** @type {string} */ name, /** @type {string} */ key) => text(name === STANCE ? `stances.${key}.text` : `decisions.${name}.${key}.text`);
  const title = (/** @type {{turn: number, name: string}} */ { turn, name }) => (name === STANCE ? fill(w.stance_of, { x: text(`events.${eventOf(turn)}.title`) }) : text(`decisions.${name}.title`));
  const first = el("select", { id: "game-change-which", class: "picker" }, which.map((at, i) => el("option", { value: i }, fill(w.change_option, { n: at.turn, t: title(at), x: called(at.name, log.turns[at.turn - 1][at.name]) }))));
  const second = el("select", { id: "game-change-to", class: "picker" });
  const at = () => which[Number(first.value)];
  const offer = () => { const { turn, name } = at(); second.replaceChildren(...Object.keys(rules.decisions[name].options).filter((key) => key !== log.turns[turn - 1][name]).map((key) => el("option", { value: key }, called(name, key)))); };
  first.addEventListener("change", offer);
  offer();
  const form = el("form", { class: "change" }, el("h4", null, w.change_head_form), el("p", { class: "small" }, w.change_note), el("div", null, el("label", { for: "game-change-which" }, w.change_which), first), el("div", null, el("label", { for: "game-change-to" }, w.change_to), second), el("div", { class: "act" }, el("button", { class: "go", type: "submit" }, w.change_go)));
  form.addEventListener("submit", (/** @type {Event} */ event) => { event.preventDefault(); replay(at().turn, at().name, second.value); });
  return form;
}
/** @param {number} turn @param {string} decision @param {string} is */
function replay(turn, decision, is) {
  const before = copyOf(now().log); const { debrief } = now();
  const log = { ...copyOf(before), changed: { turn, decision, was: before.turns[turn - 1][decision], now: is }, made: new Date().toISOString() };
  log.turns[turn - 1][decision] = is;
  takeUp({ format: GAME, log, read: rules.turns, draft: noDraft(), debrief: { ...copyOf(debrief), phase: 4 }, ghost: { ...before, debrief: undefined } });
  if (!keep()) return;
  keepRun();
  showEnd();
}

// ---- the log as text ----

/** @returns {Line[]} */
function logLines() {
  const { log } = now();
  /** @type {Line[]} */ const made = [];
  const add = (/** @type {number} */ level, /** @type {string} */ words) => { if (words) made.push({ level, text: words }); };
  add(1, fill(w.title, { x: log.skin, n: log.seed, d: w.dials[log.dial][0].toLowerCase() }));
  add(0, w.invented);
  if (log.changed) add(0, changedNote(log.changed).textContent ?? "");
  log.turns.forEach((choices, i) => {
    add(1, text(`turns.${i + 1}.title`));
    chosenLines(i + 1, choices).forEach((line) => add(3, line));
    add(3, fill(w.log_expected, { x: lensName(log.expected[i]) }));
    accountOf(i + 1).forEach((of) => {
      add(2, [of.label, of.title].filter(Boolean).join(": "));
      of.notes.forEach((words) => add(0, words));
      [...of.story, ...of.why].forEach((key) => add(0, text(key)));
      of.moves.forEach((line) => add(3, line.text));
    });
    const at = seen(run.states[i + 1]);
    add(0, fill(w.log_lenses, { x: data.lenses.map((/** @type {string} */ id) => `${lensName(id)} ${at[id].toFixed(1)}`).join("; ") }));
  });
  if (log.turns.length === rules.turns && now().debrief.phase === 4) endLines(add);
  if (log.turns.length === rules.turns) debriefLines(add);
  return made;
}
/** @param {(level: number, words: string) => void} add */
function endLines(add) {
  const end = last(run.states); const later = scenario.afterwards(rules, end);
  const values = told(rules, end, later); const after = told(rules, later);
  add(1, w.log_end);
  const portrait = skin().endings.findIndex((/** @type {any} */ when) => evaluate(when, values));
  add(0, `${text(`endings.${portrait}.name`)}. ${text(`endings.${portrait}.text`)}`);
  add(2, w.who_paid);
  skin().paid.forEach((/** @type {any} */ when, /** @type {number} */ i) => { if (evaluate(when, values)) add(0, text(`paid.${i}`)); });
  add(2, w.letter);
  add(0, fill(w.letter_money, { a: money(values.position), b: money(values.day_365) }));
  skin().letter.forEach((/** @type {any} */ when, /** @type {number} */ i) => { if (evaluate(when, after)) add(0, text(`letter.${i}`)); });
}
/** @param {(level: number, words: string) => void} add */
function debriefLines(add) {
  const own = now().debrief; const real = wordsIn(shelf.read(SENTENCE)).text;
  const parts = [[w.debrief_names[0], own.reactions], [w.debrief_names[1], own.description], ...Object.entries(own.analysis).map(([i, words]) => [text(`debrief.analysis.${i}.theme`), words]), [text("debrief.application"), real]].filter(([, words]) => words.trim());
  if (!parts.length) return;
  add(1, w.log_debrief);
  parts.forEach(([title, words]) => { add(2, title); add(0, words); });
}
const logText = () => `${logLines().map(({ level, text }, i) => (level === 1 ? `${i ? "\n\n" : ""}${text}\n${"=".repeat(Math.min(72, text.length))}` : level === 2 ? `\n${text}` : level === 3 ? `- ${text}` : text)).join("\n")}\n`;
/** @param {string} big @param {string} small */
const logNodes = (big, small) => logLines().map(({ level, text }) => el(level === 1 ? big : level === 2 ? small : "p", { class: level === 3 ? "log-line" : null }, text));
/** What paper shows: the game so far. */
function fillLog() { logBox.replaceChildren(...(game && now().log.turns.length ? logNodes("h2", "h3") : [])); }

/** Before anything is pressed or chosen, and whenever another tab has written: what stands now. */
function guard() {
  ["click", "change", "submit"].forEach((what) => stage.addEventListener(what, (/** @type {Event} */ event) => {
    if (!isLate()) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    catchUp();
  }, true));
  shelf.watch(() => {
    if (!stage.isConnected) return;
    lookAgain();
    if (isLate()) catchUp();
  });
}

// ---- at the start of the page ---------------------------------------------------------------------------------------

/** Makes the game of a page live. @param {HTMLElement} holder */
function mount(holder) {
  root = holder;
  data = JSON.parse(one("[data-game-data]", root).textContent);
  ({ rules, words: w } = data);
  ({ scenario, evaluate } = engine());
  [stage, sayer, logBox] = ["[data-stage]", "[data-say]", "[data-log]"].map((part) => one(part, root));
  skins = Object.keys(data.skins);
  slots = Object.fromEntries(skins.map((name) => [name, makeSlot(shelf, KEY + name)]));
  texts = new Map(skins.map((name) => [name, new Map(all("[data-w]", one(`[data-skin="${name}"]`, root)).map((part) => [part.dataset.w ?? "", part]))]));
  [game, run, ghost, undone, notices, compared] = [null, { states: [], parts: [] }, null, [], [], null];
  listen();
  guard();
  steady(root);
  addEventListener("beforeprint", fillLog);
  addEventListener("hashchange", () => { if (Object.keys(fromAddress()).length) showStart(true); });
  runs = taken(`${KEY}runs`, w.runs_name, readRuns) ?? [];
  showStart(false);
  root.dataset.live = "";
  return { resolve: () => run, log: () => copyOf(now().log) };
}

/** Starts the game of a page; where it cannot, says so, and leaves everything to read. */
function start() {
  all("[data-game]", document).forEach((holder) => {
    try { mount(holder); } catch (error) {
      holder.dataset.broken = "";
      const place = one("[data-stage]", holder);
      if (place) place.hidden = true;
      const words = one("[data-broken]", holder);
      if (words) words.hidden = false;
      console.warn("The game could not be started:", error);
    }
  });
}

const hundredDays = { start, mount, resolve, played, told, pointsOf, costsOf, moved, placeOf, pounds, checkLog, readSave };
export default hundredDays;

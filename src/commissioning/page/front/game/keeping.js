// ---- keeping ----------------------------------------------------------------------------------------------------------

/** Why something kept is not taken up: a name of the words under `refused`. */
class Refusal extends Error {
  /** @param {string} why @param {number} [turn] */
  constructor(why, turn = 0) { super(why); this.why = why; this.turn = turn; }
}
/** A log that these rules can play, with nothing in it but what a log holds. Throws a Refusal. @param {any} data @param {any} given @returns {Log} */
function checkLog(data, given) {
  if (!isObject(given) || given.format !== LOG) throw new Refusal("format");
  if (given.edition !== data.edition) throw new Refusal("edition");
  if (!isOneOf(data.skins, given.skin)) throw new Refusal("skin");
  if (!isWhole(given.seed, 0, 4294967295) || !isOneOf(data.dials, given.dial)) throw new Refusal("start");
  const { turns, expected } = given;
  if (!Array.isArray(turns) || turns.length > data.rules.turns || !turns.every(isObject)) throw new Refusal("rest");
  const lenses = [...data.lenses, NONE];
  if (!Array.isArray(expected) || expected.length !== turns.length || !expected.every((name) => lenses.includes(name))) throw new Refusal("rest");
  let state = engine().scenario.start(data.rules, given.seed, null, data.dials[given.dial]);
  turns.forEach((choices, i) => {
    if (choices[ATTENTION] !== undefined && !isObject(choices[ATTENTION])) throw new Refusal("turns", i + 1);
    try { state = engine().scenario.step(data.rules, state, choices); } catch { throw new Refusal("turns", i + 1); }
  });
  const made = typeof given.made === "string" && !Number.isNaN(Date.parse(given.made)) ? given.made : null;
  const log = { format: LOG, edition: data.edition, skin: given.skin, seed: given.seed, dial: given.dial, dials: data.dials[given.dial], turns: turns.map(copyOf), expected: [...expected], changed: checkChanged(data, given), made };
  return given.debrief === undefined ? log : { ...log, debrief: checkDebrief(given.debrief) };
}
/** @param {any} data @param {any} given @returns {Changed | null} */
function checkChanged(data, { changed, turns }) {
  if (changed === null || changed === undefined) return null;
  const { turn, decision, was, now } = isObject(changed) ? changed : /** @type {any} */ ({});
  const there = isWhole(turn, 1, turns.length) && isOneOf(data.rules.decisions, decision) && turns[turn - 1][decision] === now;
  if (!there || !isOneOf(data.rules.decisions[decision].options ?? {}, was)) throw new Refusal("rest");
  return { turn, decision, was, now };
}
/** @param {any} given @returns {Debrief} */
function checkDebrief(given) {
  const texts = isObject(given) && isObject(given.analysis) ? [given.reactions, given.description, ...Object.values(given.analysis)] : [null];
  if (!isWhole(given?.phase, 0, 4) || !texts.every((text) => typeof text === "string")) throw new Refusal("rest");
  const analysis = Object.fromEntries(Object.entries(given.analysis).filter(([theme]) => /^[0-6]$/.test(theme)));
  return { phase: given.phase, reactions: given.reactions, description: given.description, analysis };
}
/** @returns {Debrief} */
const noDebrief = () => ({ phase: 0, reactions: "", description: "", analysis: {} });
/** A kept game that can be gone on with. Throws a Refusal. @param {any} data @param {string} raw @param {string} skin @returns {Save} */
function readSave(data, raw, skin) {
  /** @type {any} */ let given;
  try { given = JSON.parse(raw); } catch { throw new Refusal("json"); }
  if (!isObject(given) || given.format !== GAME) throw new Refusal("format");
  const log = checkLog(data, given.log);
  if (log.skin !== skin) throw new Refusal("skin");
  if (!isWhole(given.read, Math.max(0, log.turns.length - 1), log.turns.length)) throw new Refusal("rest");
  const ghost = given.ghost === null ? null : checkLog(data, given.ghost);
  if (ghost && ghost.turns.length < data.rules.turns) throw new Refusal("rest");
  return { format: GAME, log, read: given.read, draft: checkDraft(data, given.draft, log.turns.length + 1), debrief: checkDebrief(given.debrief), ghost };
}
/** Half a turn: whatever is in it can be chosen. @param {any} data @param {any} given @param {number} turn */
function checkDraft(data, given, turn) {
  if (!isObject(given) || !isObject(given.choices) || !["", NONE, ...data.lenses].includes(given.expected)) throw new Refusal("rest");
  const { decisions } = data.rules;
  for (const [name, chosen] of Object.entries(given.choices)) {
    if (!Object.hasOwn(decisions, name) || !decisions[name].turns.includes(turn)) throw new Refusal("rest");
    const part = decisions[name];
    const good = part.points ? isObject(chosen) && Object.entries(chosen).every(([channel, n]) => part.points.includes(channel) && isWhole(n, 0, part.most)) : isOneOf(part.options, chosen);
    if (!good) throw new Refusal("rest");
  }
  return { choices: copyOf(given.choices), expected: given.expected };
}

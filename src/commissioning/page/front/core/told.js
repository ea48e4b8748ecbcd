// ---- numbers and sentences told from state -----------------------------------------------------------------------

/** The values that a text is told from: all of them, the variables rounded as after each choice, and the size of each
 *  one's change. Mirrors scenario.paths.told_values. @param {any} rules @param {Record<string, number>} rest
 *  @param {Record<string, number>} now @param {Record<string, number>} before @returns {Record<string, number>} */
function toldValues(rules, rest, now, before) {
  const made = { ...rest };
  for (const [name, scale] of Object.entries(rules.scales)) {
    const rounded = (/** @type {number} */ x) => Math.floor(x * scale + 0.5) / scale;
    made[name] = rounded(now[name]);
    made[`${name}_change`] = rounded(Math.abs(made[name] - rounded(before[name])));
  }
  return made;
}
/** What one choice tells, its own part first and then each that arrives late, with the values it leaves. Mirrors
 *  scenario.paths.moments. @param {any} rules @param {Story} was @param {Story} now @returns {{log: any[], values: Record<string, number>}[]} */
function toldMoments(rules, was, now) {
  const cuts = [0, ...now.log.flatMap(([what], i) => (what === "late" ? [i] : []))];
  /** @type {Record<string, number>} */
  let before = Object.fromEntries(Object.keys(rules.bounds).map((name) => [name, was.values[name]]));
  return cuts.map((at, i) => {
    const log = now.log.slice(at, cuts[i + 1]);
    const after = { ...before };
    for (const [what, name, , value] of log) if (what === "changed" && Object.hasOwn(before, name)) after[name] = value;
    const values = toldValues(rules, now.values, after, before);
    before = after;
    return { log, values };
  });
}
/** The values that a moment of the story or an ending is told from. @param {any} rules @param {Story} state */
const sinceStart = (rules, state) => toldValues(rules, state.values, state.values, rules.start);
/** Writes the numbers of a text from state, and hides the sentences that do not hold; without values everything stands
 *  as it was printed. @param {HTMLElement} root @param {Record<string, number> | null} values @param {any} words */
function tellFrom(root, values, words) {
  for (const part of all("[data-told]", root)) {
    const { told, digits, unit } = part.dataset;
    part.dataset.still ??= part.textContent || "";
    part.textContent = values ? shown(evaluate(JSON.parse(told || "0"), values), Number(digits), unit || "", words) : part.dataset.still;
  }
  for (const part of all("[data-if]", root)) {
    part.hidden = values !== null && !evaluate(JSON.parse(part.dataset.if || "1"), values);
    one(".told-if", part).hidden = values !== null;
  }
}

// ---- what dials lead to -------------------------------------------------------------------------------------------

/** Every output of an explorer at one setting. Mirrors explorer.results. @param {any} marking @param {Record<string, number>} settings */
function results(marking, settings) {
  /** @type {Record<string, any>} */ const values = { ...settings };
  for (const [name, table] of Object.entries(marking.tables)) {
    const t = /** @type {any} */ (table);
    let row = 0;
    t.over.forEach((/** @type {number} */ v, /** @type {number} */ i) => { if (Math.abs(v - settings[t.by]) < Math.abs(t.over[row] - settings[t.by])) row = i; });
    for (const [column, cells] of Object.entries(t.columns)) values[`${name}.${column}`] = /** @type {any} */ (cells)[row];
  }
  for (const [name, tree] of marking.outputs) values[name] = evaluate(tree, values);
  return values;
}

/** The place of the first region that holds. Mirrors explorer.region. @param {any} marking @param {Record<string, any>} values */
function regionAt(marking, values) {
  return marking.regions.findIndex((/** @type {any} */ when) => Object.entries(when).every(([name, span]) => values[name] !== null && /** @type {any} */ (span)[0] <= values[name] && values[name] <= /** @type {any} */ (span)[1]));
}
Object.assign(casebook, { results, regionAt });

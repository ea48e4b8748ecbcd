// ---- stories ----------------------------------------------------------------------------------------------------

/** Where a story stands: plain JSON. @typedef {{format: string, seed: number, skin: string | null, turn: number, at: string | null, values: Record<string, number>, dice: number, deck: string[], late: any[], log: any[]}} Story */

/** An id as expressions write it. @param {string} id */
const asName = (id) => id.replaceAll("-", "_");

/** Plays compiled rules; mirrors commissioning.scenario.engine, to the last bit. */
const scenario = {
  /** @param {any} rules @param {number} [seed] @param {string | null} [skin] @param {Record<string, number>} [dials] @returns {Story} */
  start(rules, seed = 1, skin = null, dials = {}) {
    if (skin !== null && !rules.skins.includes(skin)) throw new Error(`there is no skin '${skin}'.`);
    const values = { ...rules.start };
    for (const [name, value] of Object.entries(dials)) {
      const [low, high] = rules.dials[name] || [1, 0];
      if (!(low <= value && value <= high)) throw new Error(`'${name}' is no dial, or ${value} is outside it.`);
      values[name] = value;
    }
    let dice = seed >>> 0; let u = 0;
    const deck = [...rules.deck.shuffle];
    for (let i = deck.length - 1; i > 0; i--) {
      [u, dice] = draw(dice);
      const j = Math.floor(u * (i + 1));
      [deck[i], deck[j]] = [deck[j], deck[i]];
    }
    for (const [card, first, last] of rules.deck.between) {
      [u, dice] = draw(dice);
      deck.splice(first - 1 + Math.floor(u * (last - first + 1)), 0, card);
    }
    return { format: "commissioning-scenario-state/1", seed, skin, turn: 1, at: rules.first, values, dice, deck, late: [], log: [] };
  },
  /** @param {any} rules @param {Story} state */
  isOver: (rules, state) => (rules.form === "nodes" ? state.at === "end" : state.turn > rules.turns),
  /** What may be chosen now: {decision: options or channels} in a turn, {choice: goto} at a node. @param {any} rules @param {Story} state @returns {Record<string, any>} */
  options(rules, state) {
    if (this.isOver(rules, state)) return {};
    const values = { ...state.values, turn: state.turn };
    /** @type {(members: any) => string[]} */
    const open = (members) => Object.keys(members).filter((id) => evaluate(members[id].when, values));
    if (rules.form === "nodes") { const node = rules.nodes[state.at || ""]; return Object.fromEntries(open(node).map((id) => [id, node[id].goto])); }
    const now = Object.entries(rules.decisions).filter(([, decision]) => decision.turns.includes(state.turn));
    return Object.fromEntries(now.map(([name, decision]) => [name, decision.points || open(decision.options)]));
  },
  /** The state after one turn, or one choice at a node. @param {any} rules @param {Story} state @param {any} choices */
  step(rules, state, choices) {
    if (this.isOver(rules, state)) throw new Error("this story is over.");
    const run = makeRun(rules, state);
    if (rules.form === "nodes") run.move(choices); else run.turn(choices);
    return run.state();
  },
  /** Every state from start to end. @param {any} rules @param {(rules: any, state: Story) => any} policy @param {number} [seed] @param {string | null} [skin] @param {Record<string, number>} [dials] */
  play(rules, policy, seed, skin, dials) {
    const states = [this.start(rules, seed, skin, dials)];
    for (let now = states[0]; !this.isOver(rules, now); states.push(now)) now = this.step(rules, now, policy(rules, now));
    return states;
  },
  /** What follows the last turn when nobody decides any more. @param {any} rules @param {Story} state */
  afterwards(rules, state) { const run = makeRun(rules, state); run.all(rules.afterwards); return run.state(); },
  /** Each report by its name, and nothing that adds them up. @param {any} rules @param {Story} state */
  reports(rules, state) {
    /** @type {Record<string, any>} */ const values = { ...state.values, turn: state.turn };
    return Object.fromEntries(rules.reports.map((/** @type {[string, any]} */ [name, tree]) => [name, (values[name] = evaluate(tree, values))]));
  },
  /** The first ending that holds. @param {any} rules @param {Story} state @returns {string | null} */
  ending(rules, state) {
    const found = this.isOver(rules, state) && rules.endings.find((/** @type {[string, any]} */ [, when]) => evaluate(when, state.values));
    return found ? found[0] : null;
  },
};

/** One step as it happens: a working copy of a state, and the operations that rules are made of. @param {any} rules @param {Story} before */
function makeRun(rules, before) {
  let { turn: now, at, dice } = before;
  let late = [...before.late];
  /** @type {any[]} */ const log = [];
  /** @type {Record<string, number>} */ const values = { ...before.values, turn: now };
  let origin = "";
  const chance = () => { const [u, next] = draw(dice); dice = next; return u; };
  /** @param {any} tree */
  const value = (tree) => evaluate(tree, values);
  /** @param {any[]} steps */
  const all = (steps) => steps.forEach(([operation, ...rest]) => operations[operation](...rest));
  /** @param {string} name @param {number} x */
  const put = (name, x) => {
    if (name in rules.bounds) {
      const [low, high] = rules.bounds[name];
      if (!(low <= x && x <= high)) x = x < low ? low : high;
      if (x !== values[name]) log.push(["changed", name, values[name], x]);
    }
    values[name] = x;
  };
  /** @param {string} payer @param {string} payee @param {number} amount */
  const transfer = (payer, payee, amount) => {
    values[payer] -= amount; values[payee] += amount;
    if (amount) log.push(["paid", payer, payee, amount]);
  };
  /** @type {Record<string, (...given: any[]) => void>} */
  const operations = {
    up(name, tree) {
      const d = value(tree); const x = values[name]; const [low, high] = rules.bounds[name];
      if (d !== null) put(name, d >= 0 ? x + d * (high - x) / (high - low) : x + d * (x - low) / (high - low));
    },
    add(name, tree) { const d = value(tree); if (d !== null) put(name, values[name] + d); },
    set(name, tree) { const x = value(tree); if (x !== null) put(name, x); },
    draw(name, low, span) { put(name, low + span * chance()); },
    if(tree, then, otherwise) { all(value(tree) ? then : otherwise); },
    chance(tree, then, otherwise) { all(chance() < (value(tree) || 0) ? then : otherwise); },
    later(how, when, block, kept) {
      const due = how === "node" ? when : value(when);
      if (due !== null) late.push({ due: how === "in" ? now + due : due, block, from: origin, kept: Object.fromEntries(kept.map((/** @type {string} */ name) => [name, values[name]])) });
    },
    pay(payer, payee, tree) {
      let amount = Math.floor((value(tree) || 0) + 0.5);
      if (amount < 0) [payer, payee, amount] = [payee, payer, -amount];
      const lender = rules.lender;
      const short = payer === lender ? 0 : Math.max(0, amount - values[payer]);
      if (short && lender) {
        transfer(lender, payer, short);
        values.loan = short;
        log.push(["lent", payer, short]);
        all(rules.when_lent);
      }
      transfer(payer, payee, lender ? amount : amount - short);
    },
    repeat(times, steps) { for (let i = 0; i < times; i++) all(steps); },
    run(block) { all(rules.blocks[block]); },
    event(name) {
      const [low, span] = rules.severity;
      values.severity = low + span * chance();
      origin = name;
      log.push(["event", name, values.severity]);
      all(rules.events[name]);
    },
  };
  const land = () => {
    /** @param {any} one */
    const isDue = (one) => one.due === now || one.due === at;
    const due = late.filter(isDue);
    late = late.filter((one) => !isDue(one));
    for (const one of due) {
      origin = one.from;
      Object.assign(values, one.kept);
      log.push(["late", one.from, one.block]);
      all(rules.blocks[one.block]);
    }
  };
  const tidy = () => Object.entries(rules.scales).forEach(([name, scale]) => { values[name] = Math.floor(values[name] * scale + 0.5) / scale; });
  /** @param {string} name @param {any} decision @param {Record<string, number>} given */
  const spread = (name, decision, given) => {
    const points = Object.values(given);
    const whole = points.every((n) => Number.isInteger(n) && n >= 0);
    if (!whole || points.reduce((sum, n) => sum + n, 0) > decision.most || Object.keys(given).some((c) => !decision.points.includes(c))) throw new Error(`'${name}' takes at most ${decision.most} whole points over its own channels.`);
    for (const channel of decision.points) values[`${decision.as}.${asName(channel)}`] = given[channel] || 0;
    log.push(["chose", name, { ...given }]);
  };
  return {
    all,
    state: () => ({ ...before, turn: now, at, values, dice, late, log }),
    /** @param {Record<string, any>} choices */
    turn(choices) {
      const open = scenario.options(rules, before);
      for (const name of Object.keys(choices)) if (!Object.hasOwn(open, name)) throw new Error(`'${name}' is not decided in turn ${now}.`);
      const choose = () => Object.keys(open).forEach((name) => {
        const decision = rules.decisions[name]; const chosen = choices[name];
        if (decision.points) { spread(name, decision, chosen || {}); return; }
        if (!open[name].includes(chosen)) throw new Error(`'${chosen}' cannot be chosen for '${name}' now.`);
        values[decision.as] = decision.options[chosen].place;
        origin = `${name}.${chosen}`;
        log.push(["chose", name, chosen]);
        all(decision.options[chosen].do);
      });
      for (const part of rules.order) {
        origin = part;
        if (part === "choices") choose();
        else if (part === "late") land();
        else if (part === "event") operations.event(before.deck[now - 1]);
        else all(rules.blocks[part]);
      }
      tidy();
      now += 1;
    },
    /** @param {any} chosen */
    move(chosen) {
      const node = at || "";
      if (!Object.hasOwn(scenario.options(rules, before), chosen)) throw new Error(`'${chosen}' cannot be chosen at '${node}' now.`);
      const choice = rules.nodes[node][chosen];
      values[asName(node)] = choice.place;
      origin = `${node}.${chosen}`;
      log.push(["chose", node, chosen]);
      all(choice.do);
      at = choice.goto;
      now += 1;
      values.turn = now;
      land();
      tidy();
    },
  };
}
Object.assign(casebook, { scenario });

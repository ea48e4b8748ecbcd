/** The choices made so far, and how often the reader went back. @type {WeakMap<Live, {path: string[], backs: number}>} */
const routes = new WeakMap();
/** @param {Live} x */
const route = (x) => /** @type {{path: string[], backs: number}} */ (routes.get(x));
/** Every state on a path from the start, or null if it is not one. @param {any} rules @param {any} path @returns {Story[] | null} */
function walk(rules, path) {
  const states = [scenario.start(rules)];
  try { for (const choice of path) states.push(scenario.step(rules, states[states.length - 1], choice)); } catch { return null; }
  return states;
}
/** A line of text in an element of a class. @param {string} text @param {string} [name] @param {string} [tag] */
function lineOf(text, name = "", tag = "p") {
  const p = document.createElement(tag);
  p.className = name; p.textContent = text;
  return p;
}
/** A variable's value as it is printed. @param {Live} x @param {string} name @param {number} value */
function metered(x, name, value) {
  const meter = one(`[data-meter="${name}"]`, x.form);
  return shown(value, Number(meter.dataset.digits), meter.dataset.unit, x.words);
}
/** What changed, in words. @param {Live} x @param {any[]} log */
function changes(x, log) {
  return Object.keys(x.marking.bounds).flatMap((name) => {
    const own = log.filter((entry) => entry[0] === "changed" && entry[1] === name);
    const meter = one(`[data-meter="${name}"]`, x.form);
    return !own.length || meter.hidden ? [] : fill(x.words.story_change, { x: meter.dataset.label, y: metered(x, name, own[own.length - 1][3]), z: metered(x, name, own[0][2]) });
  }).join("; ");
}
/** The title of a node. @param {Live} x @param {string} node */
const titleOf = (x, node) => one(`[data-node="${node}"] .paragraph-title`, x.form).lastChild.textContent.trim();
/** The log of a step in two: what the choice did itself, and one log for each late effect that arrived. @param {any[]} log @returns {{own: any[], late: any[][]}} */
function parted(log) {
  const cuts = log.flatMap(([what], i) => (what === "late" ? [i] : []));
  return { own: log.slice(0, cuts[0]), late: cuts.map((at, i) => log.slice(at, cuts[i + 1])) };
}
/** "Arriving now, from your choice at …" @param {Live} x @param {any[]} log */
const arriving = (x, log) => fill(x.words.story_arrives, { x: titleOf(x, log[0][1].split(".")[0]) });
/** What a choice led to: its consequence, what changed, whatever arrived from earlier choices, and why. @param {Live} x @param {Story} was @param {Story} state @returns {HTMLElement[]} */
function news(x, was, state) {
  const [{ log: own, values }, ...late] = toldMoments(x.marking, was, state);
  const mine = one(`[data-choice="${own[0][1]}.${own[0][2]}"]`, x.after);
  /** A copy of a text, told from state. @param {any} part @param {Record<string, number>} from */
  const copy = (part, from) => { const made = part.cloneNode(true); tellFrom(made, from, x.words); return made; };
  const parts = [lineOf(fill(x.words.story_at, { x: one(".letter", mine).textContent }), "label"), copy(one(".story", mine), values), lineOf(changes(x, own), "small")];
  for (const { log, values: then } of late) {
    const text = copy(one(`[data-late="${log[0][2]}"]`, x.after), then);
    text.removeAttribute("data-late");
    parts.push(lineOf(arriving(x, log), "label arrives"), text, lineOf(changes(x, log), "small"));
  }
  // Why, without a further press: it stands where the choice was made.
  parts.splice(3, 0, copy(one(".because", mine), values));
  return parts;
}
/** Shows where the story stands: the figures, the news, and the one paragraph to decide. @param {Live} x */
function drawStory(x) {
  const states = /** @type {Story[]} */ (walk(x.marking, route(x).path));
  const now = states[states.length - 1]; const was = states[states.length - 2];
  all(".paragraph", x.form).forEach((part) => part.classList.toggle("current", part.dataset.node === now.at));
  if (now.at !== "end") tellFrom(one(".current .story", x.form), sinceStart(x.marking, now), x.words);
  all("[data-meter]", x.form).forEach((meter) => {
    const name = meter.dataset.meter || "";
    const until = (meter.dataset.hiddenUntil || "").split(" ").filter(Boolean);
    meter.hidden = now.at !== "end" && until.length > 0 && !states.some((state) => until.includes(state.at || ""));
    one("b", meter).textContent = metered(x, name, now.values[name]);
    one(".was", meter).textContent = was && was.values[name] !== now.values[name] ? fill(x.words.story_from, { x: metered(x, name, was.values[name]) }) : "";
  });
  const box = one(".news", x.form);
  box.hidden = !was;
  box.replaceChildren(...(was ? news(x, was, now) : []));
  one("[data-back]", x.form).hidden = !was;
  // Only what can be chosen now can be seen.
  const open = scenario.options(x.marking, now);
  all(".current .path", x.form).forEach((path) => { path.hidden = !Object.hasOwn(open, one("input", path).value); });
}
/** Tells the map of all choices from this path: what was met, what the other choices at the same moments would have told,
 *  and the ending; the rest stands as it is printed. @param {Live} x @param {Story[]} states */
function tellMap(x, states) {
  all(".branch", x.after).forEach((branch) => tellFrom(branch, null, x.words));
  for (const state of states) {
    for (const choice of Object.keys(scenario.options(x.marking, state))) {
      const [own] = toldMoments(x.marking, state, scenario.step(x.marking, state, choice));
      const branch = one(`[data-choice="${state.at}.${choice}"]`, x.after);
      tellFrom(branch, own.values, x.words);
      all("[data-late]", branch).forEach((part) => tellFrom(part, null, x.words));
    }
  }
  states.slice(1).forEach((state, i) => {
    for (const { log, values } of toldMoments(x.marking, states[i], state).slice(1)) tellFrom(one(`[data-late="${log[0][2]}"]`, x.after), values, x.words);
  });
  const end = states[states.length - 1];
  tellFrom(one(`[data-ending="${scenario.ending(x.marking, end)}"]`, x.after), sinceStart(x.marking, end), x.words);
}

kinds.scenario = {
  score(marking, response) {
    const states = Array.isArray(response?.path) ? walk(marking, response.path) : null;
    const end = states && states[states.length - 1];
    if (!end || !scenario.isOver(marking, end)) return null;
    return { ending: scenario.ending(marking, end), profile: Object.fromEntries(Object.keys(marking.bounds).map((name) => [name, end.values[name]])) };
  },
  start(x) {
    const anew = () => { routes.set(x, { path: [], backs: 0 }); drawStory(x); };
    routes.set(x, { path: [], backs: 0 });
    x.form.addEventListener("reset", anew);
    x.root.addEventListener("written", () => drawStory(x));
    one("[data-back]", x.form).addEventListener("click", () => {
      route(x).path.pop();
      route(x).backs += 1;
      drawStory(x);
      need(x, "");
      one(".current .path:not([hidden]) input:checked, .current .path:not([hidden]) input", x.form).focus();
    });
    drawStory(x);
  },
  read(x) {
    const own = route(x);
    const radios = /** @type {HTMLInputElement[]} */ (all(".current .path:not([hidden]) input", x.form));
    const chosen = radios.find((radio) => radio.checked);
    if (!chosen) return { need: x.words.need_choice, focus: radios[0] };
    own.path.push(chosen.value);
    drawStory(x);
    if (!one(".current", x.form)) return { path: [...own.path], backs: own.backs };
    deciding(x);
    one("p[role=status]", x.root).textContent = titleOf(x, one(".current", x.form).dataset.node);
    return { need: "", focus: one(".news", x.form) };
  },
  write(x, response) {
    routes.set(x, { path: [...response.path], backs: response.backs || 0 });
    const states = /** @type {Story[]} */ (walk(x.marking, response.path));
    response.path.forEach((/** @type {string} */ choice, /** @type {number} */ i) => inputs(x, states[i].at || "").forEach((radio) => { radio.checked = radio.value === choice; }));
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const states = /** @type {Story[]} */ (walk(x.marking, response.path));
    const { ending, profile } = this.score(x.marking, response);
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    one("[data-back]", x.form).hidden = true;
    const taken = response.path.map((/** @type {string} */ choice, /** @type {number} */ i) => `${states[i].at}.${choice}`);
    all(".branch", x.after).forEach((branch) => {
      const mine = branch.dataset.ending === ending || taken.includes(branch.dataset.choice);
      /** @type {any} */ (branch).open = mine;
      branch.classList.toggle("chosen-branch", mine);
      one(".yours", branch).hidden = !mine;
    });
    tellMap(x, states);
    const way = one(".your-way", x.after);
    way.hidden = false;
    one("ol", way).replaceChildren(...taken.map((/** @type {string} */ id, /** @type {number} */ i) => {
      const item = document.createElement("li");
      const mine = one(`[data-choice="${id}"]`, x.after);
      const { own, late } = parted(states[i + 1].log);
      item.append(lineOf(titleOf(x, id.split(".")[0]), "label"), lineOf(`${one(".letter", mine).textContent} ${one(".what", mine).textContent}`), lineOf(changes(x, own), "small"));
      for (const log of late) item.append(lineOf(`${arriving(x, log)}: ${changes(x, log)}`, "small"));
      return item;
    }));
    const told = Object.keys(profile).map((name) => {
      const began = x.marking.start[name];
      const [y, z] = [profile[name], began].map((value) => metered(x, name, value));
      return fill(x.words.story_change, { x: one(`[data-meter="${name}"]`, x.form).dataset.label, y, z });
    });
    return { title: one(`[data-ending="${ending}"] summary > span`, x.after).firstChild.textContent.trim(), score: `${told.join("; ")}.` };
  },
  tell(x, response) {
    const states = walk(x.marking, response.path);
    return states ? response.path.map((/** @type {string} */ choice, /** @type {number} */ i) => one(`[data-choice="${states[i].at}.${choice}"] .letter`, x.after).textContent).join(", ") : "?";
  },
  half: (x) => (route(x).path.length || route(x).backs ? { ...route(x) } : null),
  resume(x, half) {
    const { path, backs } = half ?? {};
    const states = Array.isArray(path) ? walk(x.marking, path) : null;
    if (!states || scenario.isOver(x.marking, states[states.length - 1])) return false;
    routes.set(x, { path: [...path], backs: Number.isInteger(backs) ? backs : 0 });
    return true;
  },
};

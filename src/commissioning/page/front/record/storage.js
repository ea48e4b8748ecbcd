// ---- this browser's storage ------------------------------------------------------------------------------------------

const PARTS = { decision: "decision:", reflection: "reflection:", draft: "draft:", aside: "aside:" };
const shelf = makeShelf();

/** Every name of ours, with what it holds. @returns {Map<string, string>} */
const everything = () => new Map(shelf.names().map((name) => [name, shelf.read(name) ?? ""]));

/** @typedef {{name: string, before: string | null, after: string | null}} Change */
/** Makes all of these changes or none. @param {Map<string, string | null>} plan @returns {Change[] | null} what was changed; null if there was no room */
function change(plan) {
  /** @type {Change[]} */ const done = [];
  try {
    const removals = [...plan].sort(([, a], [, b]) => Number(a !== null) - Number(b !== null)); // what goes makes room for what comes
    for (const [name, after] of removals) {
      const before = shelf.read(name);
      if (before === after) continue;
      shelf.put(name, after);
      done.push({ name, before, after });
    }
    return done;
  } catch {
    done.reverse().forEach(({ name, before }) => { try { shelf.put(name, null); shelf.put(name, before); } catch { /* it was there a moment ago */ } });
    return null;
  }
}

/** Puts everything back exactly; where somebody has written since, both are kept. @param {Change[]} done */
function takeBack(done) {
  /** @type {Map<string, string | null>} */ const plan = new Map();
  done.forEach(({ name, before, after }) => {
    const now = shelf.read(name);
    plan.set(name, now === after ? before : before === null ? now : joinedRaw(name, before, now));
    const isHalf = name.startsWith(PARTS.draft) && before !== null && now !== after && now !== null && now !== before;
    if (isHalf) plan.set(`${PARTS.aside}${name.slice(PARTS.draft.length)}:draft:${Date.now()}`, before); // both are kept
  });
  return change(plan) !== null;
}
/** @param {string} name @param {string} before @param {string | null} now */
function joinedRaw(name, before, now) {
  if (now === null) return before;
  if (name.startsWith(PARTS.reflection)) return writtenWords(mergeWords(wordsIn(before), wordsIn(now)));
  if (!name.startsWith(PARTS.decision)) return now;
  const [a, b] = [before, now].map((raw) => readState(raw, name.slice(PARTS.decision.length)));
  return a && b && a.kind === b.kind ? JSON.stringify(mergeStates(a, b)) : now;
}

/** One kept decision, or null for what this version did not write. @param {string} raw @param {string} id @returns {State | null} */
function readState(raw, id) {
  try {
    const s = JSON.parse(raw);
    deep(s);
    [s.first, s.last].forEach((t) => { if (!isMoment(t.at) && typeof t.at === "string" && !Number.isNaN(moment(t.at))) t.at = new Date(t.at).toISOString(); });
    return s.format === DECISION && s.id === id ? checkState(s, id) : null;
  } catch { return null; }
}
/** One kept draft, or null for what this version did not write. Before all kinds had drafts, a scenario's path stood alone. @param {string} raw @returns {Half | null} */
function readHalf(raw) {
  try {
    const d = JSON.parse(raw);
    deep(d);
    if (d.format === undefined && Array.isArray(d.path)) return { format: DRAFT, edition: String(d.edition), at: null, fields: {}, half: { path: d.path, backs: d.backs ?? null } };
    return d.format === DRAFT ? checkDraft({ ...d, at: d.at || null }, "") : null;
  } catch { return null; }
}
/** @param {Words} words */
const writtenWords = ({ text, at, ...more }) => JSON.stringify({ format: REFLECTION, text, at, ...more });

/** Under a name that is free. @param {Map<string, string>} aside @param {string} name @param {string} raw */
function putAside(aside, name, raw) {
  let free = name;
  for (let i = 2; aside.has(free) && aside.get(free) !== raw; i += 1) free = `${name}.${i}`;
  aside.set(free, raw);
}
/** What this browser has kept, as a record that every reader takes: the rest goes with it, put aside. @param {number} now @returns {Kept} */
function keptHere(now) {
  /** @type {Kept} */
  const kept = { made_at: new Date(now).toISOString(), book: data.book, decisions: new Map(), reflections: new Map(), drafts: new Map(), aside: new Map(), more: new Map() };
  everything().forEach((raw, name) => {
    const [part, prefix] = Object.entries(PARTS).find(([, start]) => name.startsWith(start)) ?? ["other", ""];
    const id = name.slice(prefix.length);
    const state = part === "decision" && SLUG.test(id) ? readState(raw, id) : null;
    const half = part === "draft" && DRAFTED.test(id) ? readHalf(raw) : null;
    if (state) kept.decisions.set(id, state);
    else if (half) kept.drafts.set(id, half);
    else if (part === "reflection" && NOTE.test(id)) kept.reflections.set(id, wordsIn(raw));
    else if (part === "aside") putAside(kept.aside, id, raw);
    else if (part !== "other") putAside(kept.aside, `${id}:here`, raw);
  });
  return kept;
}

/** What to write so that this browser holds another record too. @param {Kept} theirs @param {number} now */
function planFor(theirs, now) {
  const mine = keptHere(now);
  const both = merge(mine, theirs);
  /** @type {Map<string, string | null>} */ const plan = new Map();
  const count = { new: 0, joined: 0, same: 0 };
  /** @param {string} name @param {string} raw @param {boolean} isNew @param {boolean} isSame */
  const note = (name, raw, isNew, isSame) => {
    count[isNew ? "new" : isSame ? "same" : "joined"] += 1;
    if (!isSame) plan.set(name, raw);
  };
  theirs.decisions.forEach((_, id) => {
    const [key, raw] = [PARTS.decision + id, JSON.stringify(both.decisions.get(id))];
    const here = mine.decisions.get(id);
    note(key, raw, !here, Boolean(here) && canonical(both.decisions.get(id)) === canonical(here));
  });
  theirs.reflections.forEach((_, name) => {
    const words = /** @type {Words} */ (both.reflections.get(name));
    const here = mine.reflections.get(name);
    note(PARTS.reflection + name, writtenWords(words), !here, Boolean(here) && here?.text === words.text);
  });
  theirs.drafts.forEach((_, name) => {
    const draft = /** @type {Half} */ (both.drafts.get(name));
    const here = mine.drafts.get(name);
    const isSame = Boolean(here) && contentOfDraft(name, draft) === contentOfDraft(name, here);
    const decided = both.decisions.get(name.split(":")[0]);
    // half an answer that was decided since goes aside: what was decided is what stands
    if (!isSame && decided && youth(decided.last.at, draft.at) >= 0) putAside(both.aside, `${name}:draft`, contentOfDraft(name, draft));
    else note(PARTS.draft + name, JSON.stringify({ ...draft, at: draft.at ?? "" }), !here, isSame);
  });
  theirs.more.forEach((value, name) => putAside(both.aside, `file-${name}:later`, JSON.stringify({ [name]: value })));
  // What stands under a key that is about to be written is not held any more: what could not be read goes aside.
  const held = new Set([...everything()].flatMap(([name, raw]) => (plan.has(name) ? [] : raw)));
  both.aside.forEach((raw, name) => {
    if (held.has(raw)) return;
    if (!mine.aside.has(name)) count.new += 1;
    plan.set(PARTS.aside + name.replace(/:here$/, `:${now}`), raw);
  });
  return { plan, count };
}

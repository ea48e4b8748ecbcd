// ---- what answers say ----------------------------------------------------------------------------------------------

/** @typedef {"right" | "not-yet" | "done"} Met */
/** What a kind is given to tell an answer with. @typedef {{name: (id: any) => string, lettered: (id: any) => string, number: (v: number) => string, said: (value: any) => string, words: any, sure: string[]}} With */
/** What a kind makes of an answer here: the sections `told.js` of their folders.
 * @typedef {object} Tells
 * @property {(score: any) => boolean | null} [met]                     Good enough, or not yet; null where nothing is marked.
 * @property {(response: any, t: With) => string | null} [told]         The answer in a few words; null to say it as it stands.
 * @property {(score: any, words: any) => string} [verdict]             What is made of it, in the words that its exercise uses.
 * @property {(marking: any) => boolean} [isMarked]                     Whether this exercise is marked, where not all of the kind are.
 */
/** @type {Record<string, Tells>} */ const toldBy = {};
/** Mirrors views.answers.met. @param {Entry | undefined} one @param {any} score @returns {Met | null} */
function met(one, score) {
  if (!one || !score) return null;
  const good = Object.keys(score).length ? toldBy[one.k]?.met?.(score) ?? null : null;
  return good === null ? "done" : good ? "right" : "not-yet";
}
/** The score of an answer to this edition; {} where nothing is marked; null where it cannot be scored. @param {Entry | undefined} one @param {Taken} taken */
function score(one, taken) {
  if (!one || taken.edition !== one.e || !casebook.kinds[one.k]) return null;
  try { return one.m ? casebook.kinds[one.k].score(one.m, taken.response) : {}; } catch { return null; }
}
/** @param {Entry} one */
const isMarked = (one) => Boolean(one.m) && (toldBy[one.k]?.isMarked?.(one.m) ?? true);

/** A response in words, whole, as its kind has it. Mirrors views.answers.tell. @param {Entry | undefined} one @param {any} response @param {string} [kind] @returns {string} */
function tell(one, response, kind = one?.k ?? "") {
  const names = one?.x ?? {};
  /** @param {any} id */
  const name = (id) => (Object.hasOwn(names, id) ? names[id] : String(id));
  const told = (toldBy[kind]?.told ?? plainly)(response, {
    name,
    lettered: (id) => (Object.hasOwn(names, id) ? `${"ABCDEFGH"[Object.keys(names).indexOf(id)]}, ${names[id]}` : String(id)),
    number: (v) => casebook.shown(v, casebook.typedDigits(v, one?.u ?? ""), one?.u ?? "", { endless: "" }),
    said: (value) => said(value, {}),
    words: w.told,
    sure: w.sure,
  });
  if (told !== null) return told;
  const parts = Object.values(response);
  return said(parts.length === 1 ? parts[0] : response, names);
}
/** A choice, an order, numbers or a text. Mirrors kinds.told.plainly. @param {any} response @param {With} t @returns {string | null} */
const plainly = (response, t) => shapeTold(response, t, t.name, (all) => all);
/** The same, of options that the page shows with letters. Mirrors kinds.told.by_letter. @param {any} response @param {With} t @returns {string | null} */
const byLetter = (response, t) => shapeTold(response, t, t.lettered, (all) => all.sort());
/** @param {any} response @param {With} t @param {(id: any) => string} name @param {(all: string[]) => string[]} put @returns {string | null} */
function shapeTold(response, t, name, put) {
  const { choice, choices, ranks, certainty, text } = response;
  const values = "values" in response ? response.values : [response.prediction];
  if (typeof choice === "string") return name(choice) + ([1, 2, 3].includes(certainty) ? `, ${t.sure[certainty - 1]}` : "");
  if (Array.isArray(choices)) return put(choices.map(name)).join("; ");
  if (isObject(ranks) && Object.values(ranks).every(isNumber)) return Object.keys(ranks).sort((a, b) => ranks[a] - ranks[b]).map(name).join("; ");
  if (Array.isArray(values) && values.length && values.every(isNumber)) return values.map(t.number).join(", ");
  return typeof text === "string" ? text : null;
}
/** At most 300 characters, for the page: what is taken away has all of it. @param {string} text */
const cut = (text) => { const letters = [...text]; return letters.length > 300 ? `${letters.slice(0, 299).join("")}…` : text; };
/** Any plain JSON in words. @param {any} value @param {Record<string, string>} names @param {number} [depth] @returns {string} */
function said(value, names, depth = 0) {
  /** @param {any} id */
  const name = (id) => (Object.hasOwn(names, id) ? names[id] : String(id));
  if (Array.isArray(value)) return value.map((part) => said(part, names, depth + 1)).join(", ");
  if (isObject(value)) return Object.entries(value).map(([key, part]) => `${name(key)}${depth ? "" : ":"} ${said(part, names, depth + 1)}`).join(depth ? ", " : "; ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (isNumber(value)) return casebook.shown(value, casebook.typedDigits(value), "", { endless: "" });
  return value === null ? "–" : name(value);
}

/** What is made of an answer, in the words that its exercise uses; never an addition of marks. @param {Entry} one @param {any} given */
function verdict(one, given) {
  if (given === null) return w.unscored;
  if (!Object.keys(given).length) return "";
  const kind = toldBy[one.k];
  if (kind?.verdict) return kind.verdict(given, w);
  const good = kind?.met?.(given) ?? null;
  return good === null ? "" : good ? w.is_right : w.is_wrong;
}

/** The step that asks for another look today, or 0. Mirrors views.progress._step. @param {State} state @param {number} now */
function step(state, now) {
  const [first, last, today] = [state.first.at, state.last.at, now].map(dayNumber);
  const due = STEPS.filter((s) => today - first >= s).pop() ?? 0;
  return last - first < due ? due : 0;
}
/** @param {Entry} one @param {State} state */
function isConfidentButWrong(one, state) {
  const [first, last] = [state.first, state.last].map((t) => score(one, t)?.right === false);
  const [a, b] = [state.first, state.last].map((t) => t.response.certainty === 3);
  return last && (b || (first && a));
}
/** What is worth another look today: very sure and wrong, not right yet, the rest. @param {Kept} kept @param {number} now @returns {{one: Entry, state: State, step: number, urgency: number}[]} */
function due(kept, now) {
  const found = [...exercises.values()].filter((one) => chapters[one.c].number).flatMap((one) => {
    const state = kept.decisions.get(one.id);
    const asked = state ? step(state, now) : 0;
    return state && asked ? [{ one, state, step: asked, urgency: isConfidentButWrong(one, state) ? 0 : met(one, score(one, state.last)) === "not-yet" ? 1 : 2 }] : [];
  });
  return found.sort((a, b) => a.urgency - b.urgency);
}
/** The next day on which something asks for another look. @param {Kept} kept @param {number} now */
function nextDue(kept, now) {
  const days = [...kept.decisions.values()].filter((s) => chapters[exercises.get(s.id)?.c ?? -1]?.number).flatMap((s) => STEPS.map((n) => dayNumber(s.first.at) + n)).filter((d) => d > dayNumber(now));
  return days.length ? Math.min(...days) : null;
}
/** For unsure, fairly and very sure: first answers, of which right. @param {Kept} kept */
function calibration(kept) {
  const levels = [[0, 0], [0, 0], [0, 0]];
  kept.decisions.forEach((state, id) => {
    const sure = state.first.response.certainty;
    const right = score(exercises.get(id), state.first)?.right;
    if (![1, 2, 3].includes(sure) || typeof right !== "boolean") return;
    levels[sure - 1][0] += 1;
    levels[sure - 1][1] += Number(right);
  });
  return levels;
}
/** Chapter -> outcome -> "first try", "later", "not yet" or "", with ", revisited". Mirrors views.progress.outcomes. @param {Kept} kept */
function outcomes(kept) {
  /** @type {Map<string, Entry[]>} */ const carrying = new Map();
  exercises.forEach((one) => one.o.forEach((name) => carrying.set(`${one.c} ${name}`, [...(carrying.get(`${one.c} ${name}`) ?? []), one])));
  return Object.fromEntries(chapters.map((chapter, c) => [chapter.slug, Object.fromEntries(Object.keys(chapter.outcomes).map((name) => [name, outcome(kept, carrying.get(`${c} ${name}`) ?? [])]))]));
}
/** @param {Kept} kept @param {Entry[]} carrying */
function outcome(kept, carrying) {
  const marked = carrying.filter(isMarked);
  const current = (marked.length ? marked : carrying).flatMap((one) => {
    const state = kept.decisions.get(one.id);
    const last = state && met(one, score(one, state.last));
    return state && last ? [{ first: met(one, score(one, state.first)), last, again: dayNumber(state.last.at) > dayNumber(state.first.at) }] : [];
  });
  if (!current.length) return "";
  if (current.some((x) => x.last === "not-yet")) return "not yet";
  const how = current.every((x) => x.first === "right" || x.first === "done") ? "first try" : "later";
  return current.some((x) => x.again) ? `${how}, revisited` : how;
}

/** Half an answer: what it belongs to, the chapter in which to go on, its words. @typedef {{name: string, one: Entry | undefined, c: number, half: Half, again: boolean, words: string}} Begun */
const AGAIN = ":again";
/** What is half-made, in reading order; what the book no longer has comes last. Mirrors views.begun.begun. @param {Kept} kept @returns {Begun[]} */
function begun(kept) {
  const there = [...exercises.keys()].flatMap((id) => [id, id + AGAIN]).filter((name) => kept.drafts.has(name));
  const gone = [...kept.drafts.keys()].filter((name) => !there.includes(name)).sort();
  return [...there, ...gone].map((name) => {
    const again = name.endsWith(AGAIN);
    const one = exercises.get(again ? name.slice(0, -AGAIN.length) : name);
    const half = /** @type {Half} */ (kept.drafts.get(name));
    const later = one && again ? chapters.findIndex((c) => c.before?.includes(one.id)) : -1;
    const texts = Object.entries(half.fields).sort(([a], [b]) => textOrder(a, b)).map(([, text]) => text);
    const words = texts.filter((text) => typeof text === "string" && text.replace(/^ +| +$/g, "").includes(" ")).join("\n\n");
    return { name, one, c: later < 0 ? one?.c ?? -1 : later, half, again, words };
  });
}

// ---- to take away --------------------------------------------------------------------------------------------------

/** @param {string} line */
const escaped = (line) => line.trim().replace(/[\\\x60*_[\]<>&~|$]/g, "\\$&").replace(/^([#+\-=:]|\d{1,9}(?=[.)]))/, (m) => (/\d/.test(m) ? `${m}\\` : `\\${m}`));
/** One line in which Markdown and HTML find nothing to act on. @param {string} text */
const plainMd = (text) => escaped(text.split(/\s+/).join(" "));
/** A quotation that keeps its lines. @param {string} text */
const quotedMd = (text) => text.split(/\r\n|\r|\n/).map((line) => (line.trim() ? `> ${escaped(line)}  ` : ">")).join("\n");
/** No spreadsheet takes the cell for a formula. @param {string} cell */
const safe = (cell) => (FORMULA.test(cell) ? `'${cell}` : cell);

/** @param {Kept} kept @returns {any[][]} */
function rows(kept) {
  const gone = [...kept.decisions.keys()].filter((id) => !exercises.has(id)).sort();
  const made = [...exercises.keys(), ...gone].flatMap((id) => {
    const state = kept.decisions.get(id);
    if (!state) return [];
    const one = exercises.get(id);
    return [[one ? (one.q ? "question" : "decision") : "no longer in the book", one ? chapters[one.c].title : "", one?.n ?? "", id, one?.t ?? "", state.kind,
      state.first.at, tell(one, state.first.response, state.kind), state.last.at, tell(one, state.last.response, state.kind), state.attempts, (met(one, score(one, state.last)) ?? "").replace("-", " ")]];
  });
  const notes = [...kept.reflections.keys()].sort().map((name) => {
    const [slug, prompt = ""] = name.split(".");
    const words = kept.reflections.get(name);
    return ["reflection", chapters.find((c) => c.slug === slug)?.title ?? "", "", name, prompt, "", "", "", words?.at ?? "", words?.text ?? "", "", ""];
  });
  const halves = begun(kept).map(({ name, one, c, half, words }) => ["begun", one ? chapters[c].title : "", one?.n ?? "", name, one?.t ?? "", one?.k ?? "", "", "", half.at ?? "", words, "", ""]);
  return [...made, ...halves, ...notes];
}
/** @param {Kept} kept */
function asCsv(kept) {
  const quoted = (/** @type {any} */ cell) => `"${safe(String(cell)).replaceAll('"', '""')}"`;
  const lines = [data.columns, ...rows(kept)].map((row) => row.map(quoted).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/** @param {Kept} kept */
function asMarkdown(kept) {
  const parts = [`# ${w.title}`, fill(w.made, { x: day(kept.made_at) })];
  const metBy = outcomes(kept);
  chapters.forEach((chapter, c) => {
    const mine = [...exercises.values()].filter((one) => one.c === c && kept.decisions.has(one.id));
    const notes = notesOf(kept, chapter.slug);
    if (!mine.length && !notes.length) return;
    parts.push(`## ${plainMd(chapter.name)}`);
    mine.forEach((one) => parts.push(entryMd(one, /** @type {State} */ (kept.decisions.get(one.id)))));
    const lines = Object.entries(metBy[chapter.slug]).filter(([, how]) => how).map(([name, how]) => `- ${plainMd(chapter.outcomes[name])}: ${how}`);
    if (lines.length) parts.push(`### ${w.can}`, lines.join("\n"));
    if (notes.length) parts.push(`### ${w.wrote}`);
    notes.forEach(([name, words]) => parts.push(plainMd(w.prompts[name.split(".")[1]] ?? chapter.prompt), quotedMd(words.text)));
  });
  parts.push(...begunMd(begun(kept)));
  const gone = [...kept.decisions.values()].filter((s) => !exercises.has(s.id)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const others = [...kept.reflections].filter(([name, words]) => words.text && !chapters.some((c) => c.slug === name.split(".")[0]));
  if (gone.length || others.length) parts.push(`## ${w.gone_head}`);
  gone.forEach((s) => parts.push(`### ${plainMd(s.id)}`, answerMd(w.last, undefined, s.last)));
  others.forEach(([name, words]) => parts.push(plainMd(name), quotedMd(words.text)));
  return `${parts.join("\n\n")}\n`;
}
/** @param {Begun[]} halves @returns {string[]} */
function begunMd(halves) {
  const told = halves.flatMap((b) => [`### ${[b.one?.q ? "" : b.one?.n, plainMd(b.one?.t ?? b.name)].filter(Boolean).join(" ")}`, leftWords(b), b.words ? quotedMd(b.words) : ""]);
  return halves.length ? [`## ${w.begun_head}`, ...told.filter(Boolean)] : [];
}
/** When it was left, and that it is asked again or no longer there. @param {Begun} b */
const leftWords = (b) => [b.half.at ? fill(w.begun_left, { x: day(b.half.at) }) : w.no_date, b.one && b.again ? w.begun_again : "", b.one ? "" : w.gone_head].filter(Boolean).join(" · ");
/** @param {Entry} one @param {State} state */
function entryMd(one, state) {
  const lines = [`### ${[one.q ? "" : one.n, plainMd(one.t)].filter(Boolean).join(" ")}`];
  if (state.attempts > 1) lines.push(answerMd(w.first, one, state.first));
  lines.push(answerMd(state.attempts > 1 ? w.last : w.only, one, state.last));
  if (state.last.edition !== one.e) lines.push(w.updated);
  return lines.join("\n\n");
}
/** @param {string} label @param {Entry | undefined} one @param {Taken} taken */
function answerMd(label, one, taken) {
  const told = tell(one, taken.response);
  return `${label}, ${day(taken.at)}:` + ("text" in taken.response ? `\n\n${quotedMd(told)}` : ` ${plainMd(told)}`);
}

/** A chapter's texts that are not empty, its own prompt first. @param {Kept} kept @param {string} slug */
const notesOf = (kept, slug) => [...kept.reflections].filter(([name, words]) => name.split(".")[0] === slug && words.text.trim()).sort(([a], [b]) => (a < b ? -1 : 1));

/** What may be a date of birth, an NHS number or a postcode. @param {string} text @returns {[string, string][]} */
function identifying(text) {
  const plain = text.replace(/[\u00a0\u2000-\u200b\u202f]/g, " ");
  return Object.entries(data.identifying).flatMap(([what, pattern]) => [...plain.matchAll(new RegExp(pattern, "gi"))].map((m) => /** @type {[string, string]} */ ([what, m[0].trim()])));
}

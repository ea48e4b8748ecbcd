// @ts-check
/* My record: what this browser has kept, shown, joined with other records, taken away, forgotten and brought back.

   A classic script, so that it also runs from disk. It stands behind decision.js, whose scores it asks for. The first
   part computes and touches nothing; it mirrors record.py and record_views.py, and the same cases are run against both.
   What a learner typed only ever becomes text. Nothing here is a mark: no total, no rank, no days counted.
   No template stands inside another and no regular expression holds a backtick: the build's minifier would lose its way. */
(() => {
  "use strict";

  /** @typedef {{response: any, at: string, edition: string}} Taken */
  /** @typedef {{format: string, id: string, kind: string, first: Taken, last: Taken, attempts: number}} State */
  /** @typedef {{text: string, at: string | null}} Words */
  /** @typedef {{made_at: string, book: any, decisions: Map<string, State>, reflections: Map<string, Words>, aside: Map<string, string>, more: Map<string, any>}} Kept */
  /** @typedef {{id: string, c: number, n: string, k: string, t: string, o: string[], e: string, q: number, x: Record<string, string>, u: string, m: any}} Entry */
  /** @typedef {{slug: string, number: number, name: string, title: string, href: string, prompt: string, outcomes: Record<string, string>, maps: string[]}} Chapter */

  const FORMAT = "commissioning-record/1";
  const DECISION = "commissioning-decision/1";
  const REFLECTION = "commissioning-reflection/1";
  const LARGEST = 20_000_000;
  const DEEPEST = 50;
  const BETWEEN = "\n\n* * *\n\n";
  const STEPS = [1, 7, 30, 90];
  const ENOUGH = 20;
  const SLUG = /^[a-z0-9][a-z0-9-]{0,199}$/;
  const NOTE = /^[a-z0-9][a-z0-9-]{0,199}(\.[a-z0-9-]{1,40})?$/;
  const MOMENT = /^(19[7-9]\d|[2-8]\d{3})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:Z|[+-](\d\d):(\d\d))$/;
  const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

  /** @type {any} */
  const casebook = /** @type {any} */ (globalThis).commissioning;
  const holder = document.querySelector("[data-record-index]");
  const data = JSON.parse(holder?.textContent || "null");
  const w = data?.words;
  /** @type {Chapter[]} */
  const chapters = data?.chapters ?? [];
  /** @type {Map<string, Entry>} */
  const exercises = new Map(Object.entries(data?.exercises ?? {}).map(([id, one]) => [id, { id, n: "", o: [], q: 0, x: {}, u: "", m: null, ...one }]));

  // ---- words and times -------------------------------------------------------------------------------------------

  /** Fills {x} in one of the book's words. @param {string} text @param {Record<string, any>} [values] */
  const fill = (text, values = {}) => text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
  /** @param {number} n */
  const number = (n) => w.numbers[n] ?? n.toLocaleString("en-GB");
  /** "one thing", "{n} things". @param {string[]} pair @param {number} n @param {Record<string, any>} [values] */
  const plural = (pair, n, values = {}) => fill(pair[n === 1 ? 0 : 1], { n: number(n), ...values });
  /** @param {string} at */
  const moment = (at) => Date.parse(at);
  const DATE = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric" });
  const localDay = new Intl.DateTimeFormat("en-GB", DATE); // made once: a thousand answers have two thousand dates
  /** @param {string} at */
  const day = (at) => localDay.format(new Date(at));
  /** The number of a day on the learner's own calendar. @param {string | number} at */
  const dayNumber = (at) => { const d = new Date(at); return Math.round(Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()) / 864e5); };
  /** @param {any} v @returns {v is Record<string, any>} */
  const isObject = (v) => v !== null && typeof v === "object" && !Array.isArray(v);
  /** @param {any} v */
  const isNumber = (v) => typeof v === "number" && Number.isFinite(v);

  /** Whether a text is a date and time with its zone, as ISO 8601 has it, on a day that there is. @param {any} at */
  function isMoment(at) {
    const part = typeof at === "string" ? MOMENT.exec(at) : null;
    if (!part) return false;
    const [year, month, date, hour, minute, second, zone, rest] = part.slice(1).map(Number);
    const made = new Date(Date.UTC(year, month - 1, date));
    return made.getUTCMonth() === month - 1 && made.getUTCDate() === date && hour < 24 && minute < 60 && !(second > 59) && !(zone > 23) && !(rest > 59);
  }

  // ---- reading: a file is taken in whole or refused ------------------------------------------------------------------

  class Refusal extends Error {}
  /** @param {string} trail @returns {never} */
  const damaged = (trail) => { throw new Refusal(fill(w.refusals.damaged, { x: trail })); };

  /** @param {any} t @param {string} trail */
  function checkTaken(t, trail) {
    if (!isObject(t)) damaged(trail);
    if (!isObject(t.response)) damaged(`${trail} → response`);
    if (!isMoment(t.at)) damaged(`${trail} → at`);
    if (typeof t.edition !== "string") damaged(`${trail} → edition`);
  }

  /** @param {any} s @param {string} trail @returns {State} */
  function checkState(s, trail) {
    if (!isObject(s)) damaged(trail);
    if (s.format !== undefined && s.format !== DECISION) damaged(`${trail} → format`);
    if (typeof s.id !== "string" || !SLUG.test(s.id)) damaged(`${trail} → id`);
    if (typeof s.kind !== "string") damaged(`${trail} → kind`);
    if (!Number.isInteger(s.attempts) || s.attempts < 1) damaged(`${trail} → attempts`);
    checkTaken(s.first, `${trail} → first`);
    checkTaken(s.last, `${trail} → last`);
    return /** @type {any} */ ({ ...s, format: DECISION });
  }

  /** A decision that a later version of the book wrote. @param {any} s */
  const isLater = (s) => isObject(s) && s.format !== DECISION && /^commissioning-decision\/\d{1,9}$/.test(s.format);

  /** @param {any} value @param {number} [depth] @returns {number} */
  function deep(value, depth = 0) {
    if (depth > DEEPEST || (typeof value === "number" && !Number.isFinite(value))) throw new Refusal(w.refusals.json);
    if (value !== null && typeof value === "object") Object.values(value).forEach((part) => deep(part, depth + 1));
    return depth;
  }

  /** The record in a file's text. Throws Refusal, in words, and changes nothing. @param {string} text @returns {Kept} */
  function readRecord(text) {
    if (text.length > LARGEST) throw new Refusal(w.refusals.large);
    /** @type {any} */ let found;
    try { found = JSON.parse(text.replace(/^\ufeff/, "")); } catch { throw new Refusal(w.refusals.json); }
    deep(found);
    const format = isObject(found) ? found.format : undefined;
    if (format !== FORMAT) {
      const later = typeof format === "string" ? /^commissioning-record\/(\d{1,9})$/.exec(format) : null;
      throw new Refusal(later && Number(later[1]) > 1 ? fill(w.refusals.later, { x: format }) : w.refusals.other);
    }
    return checkRecord(/** @type {any} */ (found));
  }

  /** @param {Record<string, any>} found @returns {Kept} */
  function checkRecord({ format, made_at, book = {}, decisions = {}, reflections = {}, aside = {}, ...more }) {
    if (!isMoment(made_at)) damaged("made_at");
    for (const [name, part] of Object.entries({ book, decisions, reflections, aside })) if (!isObject(part)) damaged(name);
    if ([book.title ?? "", book.as_of ?? ""].some((v) => typeof v !== "string")) damaged("book");
    /** @type {Kept} */
    const kept = { made_at, book, decisions: new Map(), reflections: new Map(), aside: new Map(Object.entries(aside)), more: new Map(Object.entries(more)) };
    kept.aside.forEach((raw, name) => { if (typeof raw !== "string") damaged(`aside → ${name}`); });
    for (const [id, state] of Object.entries(decisions)) {
      if (isLater(state)) { putAside(kept.aside, `${id}:later`, JSON.stringify(state)); continue; }
      if (!SLUG.test(id)) damaged(`decisions → ${id}`);
      kept.decisions.set(id, checkState(state, `decisions → ${id}`));
    }
    for (const [name, words] of Object.entries(reflections)) {
      const { text, at = null, ...rest } = typeof words === "string" ? { text: words } : isObject(words) ? /** @type {any} */ (words) : damaged(`reflections → ${name}`);
      if (!NOTE.test(name) || typeof text !== "string" || !(at === null || isMoment(at))) damaged(`reflections → ${name}`);
      kept.reflections.set(name, { text, at, ...rest });
    }
    return kept;
  }

  // ---- joining: nothing of either side is lost -----------------------------------------------------------------------

  /** @param {Taken} a @param {Taken} b  Which answer has more in it, where both were given at one moment. */
  const weigh = (a, b) => {
    const [x, y] = [a, b].map((t) => JSON.stringify(sorted(t.response)));
    return x.length - y.length || (x < y ? -1 : x > y ? 1 : 0);
  };
  /** @param {any} v @returns {any} */
  const sorted = (v) => (isObject(v) ? Object.fromEntries(Object.keys(v).sort().map((key) => [key, sorted(v[key])])) : Array.isArray(v) ? v.map(sorted) : v);

  /** One exercise decided in two places: first is the earliest, last the latest. @param {State} a @param {State} b @returns {State} */
  function mergeStates(a, b) {
    const earlier = moment(a.first.at) - moment(b.first.at) || weigh(a.first, b.first);
    const later = isLaterState(b, a) ? b : a;
    const other = later === a ? b : a;
    const times = new Set([a.first, a.last, b.first, b.last].map((t) => moment(t.at)));
    return { ...other, ...later, first: earlier <= 0 ? a.first : b.first, last: later.last, attempts: Math.max(a.attempts, b.attempts, times.size) };
  }
  /** @param {State} a @param {State} b */
  const isLaterState = (a, b) => (moment(a.last.at) - moment(b.last.at) || weigh(a.last, b.last)) > 0;

  /** One text if it holds the other, otherwise both, the older first. @param {Words} a @param {Words} b @returns {Words} */
  function mergeWords(a, b) {
    /** @param {Words} x */
    const age = (x) => (x.at ? moment(x.at) : 0);
    const [older, newer] = age(a) - age(b) < 0 || (age(a) === age(b) && a.text <= b.text) ? [a, b] : [b, a];
    const at = newer.at ?? older.at;
    if (newer.text.includes(older.text.trim())) return { ...newer, at };
    if (older.text.includes(newer.text.trim())) return { ...older, at };
    return { ...newer, text: older.text.trimEnd() + BETWEEN + newer.text.trimStart(), at };
  }

  /** @param {Map<string, string>} aside @param {string} name @param {string} raw */
  function putAside(aside, name, raw) {
    if ([...aside.values()].includes(raw)) return;
    let free = name;
    for (let i = 2; aside.has(free); i += 1) free = `${name}.${i}`;
    aside.set(free, raw);
  }

  /** Both records in one. @param {Kept} a @param {Kept} b @returns {Kept} */
  function merge(a, b) {
    const [newer, older] = moment(a.made_at) >= moment(b.made_at) ? [a, b] : [b, a];
    const decisions = new Map([...a.decisions].map(([id, state]) => [id, mergeStates(state, state)]));
    const reflections = new Map(a.reflections);
    const aside = new Map(a.aside);
    b.aside.forEach((raw, name) => putAside(aside, name, raw));
    b.decisions.forEach((theirs, id) => {
      const mine = decisions.get(id) ?? theirs;
      if (mine.kind === theirs.kind) return decisions.set(id, mergeStates(mine, theirs));
      const [kept, other] = isLaterState(theirs, mine) ? [theirs, mine] : [mine, theirs];
      putAside(aside, `${id}:${other.kind}`, JSON.stringify(other));
      return decisions.set(id, kept);
    });
    b.reflections.forEach((words, name) => reflections.set(name, mergeWords(reflections.get(name) ?? words, words)));
    return { made_at: newer.made_at, book: newer.book, decisions, reflections, aside, more: new Map([...older.more, ...newer.more]) };
  }

  /** The text of a record's file. @param {Kept} kept */
  function asJson(kept) {
    const parts = { decisions: kept.decisions, reflections: kept.reflections, aside: kept.aside };
    const plain = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, Object.fromEntries(part)]));
    return `${JSON.stringify({ ...Object.fromEntries(kept.more), format: FORMAT, made_at: kept.made_at, book: kept.book, ...plain }, null, 1)}\n`;
  }

  // ---- what answers say ----------------------------------------------------------------------------------------------

  /** @typedef {"right" | "not-yet" | "done"} Met */
  /** Mirrors record_views.met. @param {any} score @returns {Met | null} */
  function met(score) {
    if (!score) return null;
    const good = "right" in score ? score.right
      : "recall" in score ? 3 * score.hits.length >= 2 * score.key
      : "agreement" in score ? score.valid === Object.keys(score.rows).length
      : "had" in score ? 3 * score.had >= 2 * score.of
      : "better_than_chance" in score ? (score.better_than_chance || 0) >= 0.5
      : "marks" in score && "of" in score ? 3 * score.marks >= 2 * score.of : null;
    return good === null ? "done" : good ? "right" : "not-yet";
  }
  /** The score of an answer to this edition; {} where nothing is marked; null where it cannot be scored. @param {Entry | undefined} one @param {Taken} taken */
  function score(one, taken) {
    if (!one || taken.edition !== one.e || !casebook.kinds[one.k]) return null;
    try { return one.m ? casebook.kinds[one.k].score(one.m, taken.response) : {}; } catch { return null; }
  }
  /** @param {Entry} one */
  const isMarked = (one) => Boolean(one.m) && !("ranges" in one.m);

  /** A response in a few words, for any kind. Mirrors record_views.tell. @param {Entry | undefined} one @param {any} response @returns {string} */
  function tell(one, response) {
    const names = one?.x ?? {};
    const lettered = one !== undefined && data.lettered.includes(one.k);
    /** @param {any} id */
    const name = (id) => (Object.hasOwn(names, id) ? (lettered ? `${"ABCDEFGH"[Object.keys(names).indexOf(id)]}, ${names[id]}` : names[id]) : String(id));
    /** @param {number} v */
    const shown = (v) => casebook.shown(v, Number.isInteger(v) ? 0 : 2, one?.u ?? "", { endless: "" });
    const { choice, choices, ranks, certainty, text } = response;
    const values = "values" in response ? response.values : [response.prediction];
    if (typeof choice === "string") return name(choice) + ([1, 2, 3].includes(certainty) ? `, ${w.sure[certainty - 1]}` : "");
    if (Array.isArray(choices)) return (lettered ? choices.map(name).sort() : choices.map(name)).join("; ");
    if (isObject(ranks) && Object.values(ranks).every(isNumber)) return Object.keys(ranks).sort((a, b) => ranks[a] - ranks[b]).map(name).join("; ");
    if (Array.isArray(values) && values.length && values.every(isNumber)) return values.map(shown).join(", ");
    if (typeof text === "string") return text;
    if (isObject(response.tags) && Array.isArray(response.missing)) return fill(w.told.marked, { x: Object.keys(response.tags).length, n: response.missing.length });
    if (Array.isArray(response.turns) && isObject(response.turns.at(-1))) return fill(w.told.turns, { n: response.turns.length, x: name(response.turns.at(-1).move ?? "–") });
    if (Array.isArray(response.path)) return fill(w.told.path, { n: response.path.length });
    if (isObject(response.spend)) return cut(Object.entries(response.spend).map(([id, money]) => `${name(id)} £${said(money, {})}k`).join(", "));
    const parts = Object.values(response);
    return cut(said(parts.length === 1 ? parts[0] : response, names));
  }
  /** At most 300 characters of what has no shape of its own. @param {string} text */
  const cut = (text) => { const letters = [...text]; return letters.length > 300 ? `${letters.slice(0, 299).join("")}…` : text; };
  /** Any plain JSON in words. @param {any} value @param {Record<string, string>} names @param {number} [depth] @returns {string} */
  function said(value, names, depth = 0) {
    /** @param {any} id */
    const name = (id) => (Object.hasOwn(names, id) ? names[id] : String(id));
    if (Array.isArray(value)) return value.map((part) => said(part, names, depth + 1)).join(", ");
    if (isObject(value)) return Object.entries(value).map(([key, part]) => `${name(key)}${depth ? "" : ":"} ${said(part, names, depth + 1)}`).join(depth ? ", " : "; ");
    if (typeof value === "boolean") return value ? "yes" : "no";
    if (isNumber(value)) return casebook.shown(value, Number.isInteger(value) ? 0 : 2, "", { endless: "" });
    return value === null ? "–" : name(value);
  }

  /** What is made of an answer, in the words that its exercise uses; never an addition of marks. @param {Entry} one @param {any} given */
  function verdict(one, given) {
    if (given === null) return w.unscored;
    if (one.k === "claim") return given.right ? w.plot_right : w.plot_wrong;
    if ("right" in given) return one.k === "best-answer" ? (given.right ? w.right : w.not_right) : given.right ? w.is_right : w.is_wrong;
    if ("recall" in given) return fill(w.passages, { x: given.hits.length, n: given.key });
    if ("agreement" in given) return fill(w.valid, { x: given.valid, n: Object.keys(given.rows).length });
    if ("had" in given) return fill("inversions" in given ? w.pairs : one.k === "short-answer" ? w.points : w.cards, { x: given.had, n: given.of });
    return "marks" in given && "of" in given ? fill(w.marks, { x: given.marks, n: given.of }) : "";
  }

  /** The step that asks for another look today, or 0. Mirrors record_views._step. @param {State} state @param {number} now */
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
      return state && asked ? [{ one, state, step: asked, urgency: isConfidentButWrong(one, state) ? 0 : met(score(one, state.last)) === "not-yet" ? 1 : 2 }] : [];
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
  /** Chapter -> outcome -> "first try", "later", "not yet" or "", with ", revisited". Mirrors record_views.outcomes. @param {Kept} kept */
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
      const last = state && met(score(one, state.last));
      return state && last ? [{ first: met(score(one, state.first)), last, again: dayNumber(state.last.at) > dayNumber(state.first.at) }] : [];
    });
    if (!current.length) return "";
    if (current.some((x) => x.last === "not-yet")) return "not yet";
    const how = current.every((x) => x.first === "right" || x.first === "done") ? "first try" : "later";
    return current.some((x) => x.again) ? `${how}, revisited` : how;
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
        state.first.at, tell(one, state.first.response), state.last.at, tell(one, state.last.response), state.attempts, (met(score(one, state.last)) ?? "").replace("-", " ")]];
    });
    const notes = [...kept.reflections.keys()].sort().map((name) => {
      const [slug, prompt = ""] = name.split(".");
      const words = kept.reflections.get(name);
      return ["reflection", chapters.find((c) => c.slug === slug)?.title ?? "", "", name, prompt, "", "", "", words?.at ?? "", words?.text ?? "", "", ""];
    });
    return [...made, ...notes];
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
    const gone = [...kept.decisions.values()].filter((s) => !exercises.has(s.id)).sort((a, b) => (a.id < b.id ? -1 : 1));
    const others = [...kept.reflections].filter(([name, words]) => words.text && !chapters.some((c) => c.slug === name.split(".")[0]));
    if (gone.length || others.length) parts.push(`## ${w.gone_head}`);
    gone.forEach((s) => parts.push(`### ${plainMd(s.id)}`, answerMd(w.last, undefined, s.last)));
    others.forEach(([name, words]) => parts.push(plainMd(name), quotedMd(words.text)));
    return `${parts.join("\n\n")}\n`;
  }
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

  // ---- this browser's storage ------------------------------------------------------------------------------------------

  const OURS = "commissioning:";
  const PARTS = { decision: `${OURS}decision:`, reflection: `${OURS}reflection:`, aside: `${OURS}aside:` };
  /** @type {Map<string, string> | null} */
  let memory = null; // where the browser forbids storage: for this visit only

  const store = {
    /** Every key of ours but the colours, with what it holds. @returns {Map<string, string>} */
    all() {
      if (memory) return memory;
      try {
        const names = Object.keys(localStorage).filter((name) => name.startsWith(OURS) && name !== `${OURS}scheme`).sort();
        return new Map(names.map((name) => [name, localStorage.getItem(name) ?? ""]));
      } catch { memory = new Map(); return memory; }
    },
    /** @param {string} name @returns {string | null} */
    read(name) { return memory ? memory.get(name) ?? null : localStorage.getItem(name); },
    /** @param {string} name @param {string | null} raw */
    write(name, raw) {
      if (memory) { if (raw === null) memory.delete(name); else memory.set(name, raw); return; }
      if (raw === null) localStorage.removeItem(name); else localStorage.setItem(name, raw);
    },
  };

  /** @typedef {{name: string, before: string | null, after: string | null}} Change */
  /** Makes all of these changes or none. @param {Map<string, string | null>} plan @returns {Change[] | null} what was changed; null if there was no room */
  function change(plan) {
    /** @type {Change[]} */ const done = [];
    try {
      const removals = [...plan].sort(([, a], [, b]) => Number(a !== null) - Number(b !== null)); // what goes makes room for what comes
      for (const [name, after] of removals) {
        const before = store.read(name);
        if (before === after) continue;
        store.write(name, after);
        done.push({ name, before, after });
      }
      return done;
    } catch {
      done.reverse().forEach(({ name, before }) => { try { store.write(name, null); store.write(name, before); } catch { /* it was there a moment ago */ } });
      return null;
    }
  }

  /** Puts everything back exactly; where somebody has written since, both are kept. @param {Change[]} done */
  function takeBack(done) {
    /** @type {Map<string, string | null>} */ const plan = new Map();
    done.forEach(({ name, before, after }) => {
      const now = store.read(name);
      plan.set(name, now === after ? before : before === null ? now : joinedRaw(name, before, now));
    });
    return change(plan) !== null;
  }
  /** @param {string} name @param {string} before @param {string | null} now */
  function joinedRaw(name, before, now) {
    if (now === null) return before;
    if (name.startsWith(PARTS.reflection)) return writtenWords(mergeWords(readWords(before), readWords(now)));
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
  /** The words under a reflection's key; before they had a date they were bare text. @param {string} raw @returns {Words} */
  function readWords(raw) {
    try {
      const { format, text, at } = JSON.parse(raw);
      if (format === REFLECTION && typeof text === "string") return { text, at: isMoment(at) ? at : null };
    } catch { /* bare text */ }
    return { text: raw, at: null };
  }
  /** @param {Words} words */
  const writtenWords = ({ text, at }) => JSON.stringify({ format: REFLECTION, text, at });

  /** What this browser has kept, as a record that every reader takes: the rest goes with it, put aside. @param {number} now @returns {Kept} */
  function keptHere(now) {
    /** @type {Kept} */
    const kept = { made_at: new Date(now).toISOString(), book: data.book, decisions: new Map(), reflections: new Map(), aside: new Map(), more: new Map() };
    store.all().forEach((raw, name) => {
      const [part, prefix] = Object.entries(PARTS).find(([, start]) => name.startsWith(start)) ?? ["other", OURS];
      const id = name.slice(prefix.length);
      const state = part === "decision" && SLUG.test(id) ? readState(raw, id) : null;
      if (state) kept.decisions.set(id, state);
      else if (part === "reflection" && NOTE.test(id)) kept.reflections.set(id, readWords(raw));
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
      note(key, raw, !here, Boolean(here) && raw === JSON.stringify(here));
    });
    theirs.reflections.forEach((_, name) => {
      const words = /** @type {Words} */ (both.reflections.get(name));
      const here = mine.reflections.get(name);
      note(PARTS.reflection + name, writtenWords(words), !here, Boolean(here) && here?.text === words.text);
    });
    theirs.more.forEach((value, name) => putAside(both.aside, `file-${name}:later`, JSON.stringify({ [name]: value })));
    // What stands under a key that is about to be written is not held any more: what could not be read goes aside.
    const held = new Set([...store.all()].flatMap(([name, raw]) => (plan.has(name) ? [] : raw)));
    both.aside.forEach((raw, name) => {
      if (held.has(raw)) return;
      if (!mine.aside.has(name)) count.new += 1;
      plan.set(PARTS.aside + name.replace(/:here$/, `:${now}`), raw);
    });
    return { plan, count };
  }

  // ---- the page --------------------------------------------------------------------------------------------------------

  const SVG = "http://www.w3.org/2000/svg";
  /** @param {string} tag @param {Record<string, any> | null} [given] @param {...(Node | string | null | undefined)} children @returns {HTMLElement} */
  function el(tag, given, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(given ?? {})) if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : String(value));
    made.append(...children.filter((c) => c !== null && c !== undefined && c !== "").map((c) => /** @type {Node | string} */ (c)));
    return made;
  }
  /** @param {string} tag @param {Record<string, any>} given */
  function shape(tag, given) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(given)) made.setAttribute(name, String(value));
    return made;
  }
  /** @param {Record<string, any>} given @param {...Element} parts */
  function drawn(given, ...parts) {
    const made = shape("svg", { "aria-hidden": "true", ...given });
    made.append(...parts);
    return made;
  }

  /** The drawing of one decision: as many branches as options, and the ones that were taken. @param {Entry | undefined} one @param {State} state */
  function fork(one, state) {
    /** @type {Element[]} */ const parts = [];
    const ids = Object.keys(one?.x ?? {});
    const { choice, choices } = state.last.response;
    const taken = (Array.isArray(choices) ? choices : [choice]).map((id) => ids.indexOf(id)).filter((i) => i >= 0);
    const lines = (/** @type {string} */ d, /** @type {string} */ name) => d && parts.push(shape("path", { class: name, d }));
    if (taken.length && ids.length > 1) {
      const x = (/** @type {number} */ i) => (4 + (i * 32) / (ids.length - 1)).toFixed(1);
      const road = (/** @type {number} */ i) => `M20 37V27C20 17 ${x(i)} 19 ${x(i)} 6`;
      lines(ids.map((_, i) => (taken.includes(i) ? "" : road(i))).join(""), "road");
      lines(taken.map(road).join(""), "glow taken");
      lines(taken.map(road).join(""), "road taken");
      if (ids.length < 6) taken.forEach((i) => parts.push(shape("circle", { class: "dot taken", cx: x(i), cy: 6, r: 3.4 })));
    } else if (state.kind === "ranking") {
      lines("M7 7H34M7 13.5H29M7 20H24M7 26.5H19", "glow taken");
      lines("M7 7H34M7 13.5H29M7 20H24M7 26.5H19", "road taken");
    } else if (state.kind === "estimate") {
      lines("M4 28H36M4 22v6M12 25v3M20 22v6M28 25v3M36 22v6", "road");
      lines("M24 8v14", "glow taken");
      lines("M24 8v14M20 18l4 4 4-4", "road taken");
    } else {
      lines("M4 20H36", "road");
      parts.push(shape("circle", { class: "knob", cx: 24, cy: 20, r: 7 }));
    }
    if (one && state.last.edition !== one.e) parts.push(shape("circle", { class: "ring", cx: 20, cy: 33, r: 4.5 }));
    return drawn({ class: "fork", viewBox: "0 0 40 40" }, ...parts);
  }

  const root = /** @type {HTMLElement | null} */ (document.querySelector("[data-record]"));
  /** @param {string} selector @returns {any} */
  const one = (selector) => root?.querySelector(selector);
  /** @param {string} selector @returns {any[]} */
  const all = (selector) => [...(root?.querySelectorAll(selector) ?? [])];
  /** @param {string} name @param {...(Node | string | null)} children */
  const put = (name, ...children) => one(`[data-part="${name}"]`).replaceChildren(...children.filter((c) => c !== null));
  /** @param {string} words @param {string} [name] */
  const p = (words, name) => el("p", name ? { class: name } : null, words);
  /** @param {Entry} entry @param {string} [words] */
  const link = (entry, words) => el("a", { href: `${chapters[entry.c].href}#${entry.id}` }, words ?? entry.t);
  /** "6.2", or "Closing question, chapter 6". @param {Entry} entry */
  const place = (entry) => (entry.q ? fill(w.question_of, { n: chapters[entry.c].number }) : entry.n);

  /** @type {Kept} */ let kept;
  /** @type {{change: Change[], said: string}[]} */ const undone = [];
  let chosen = "";
  let now = 0;

  /** Reads what is kept and shows all of it. */
  function show() {
    now = Date.now();
    kept = keptHere(now);
    if (memory) trouble(w.not_kept);
    const chapter = chapters.findIndex((c) => c.slug === chosen);
    const begun = new Set([...kept.decisions.keys()].flatMap((id) => exercises.get(id)?.c ?? []));
    [...kept.reflections].forEach(([name, words]) => { const c = chapters.findIndex((x) => x.slug === name.split(".")[0]); if (c >= 0 && words.text.trim()) begun.add(c); });
    showHead();
    showChapters([...begun].sort((a, b) => a - b));
    showDue(chapter);
    showSure(chapter);
    showDecided(chapter);
    showCan(chapter, begun);
    showWrote(chapter);
    showAside();
  }

  /** @param {string} words */
  function trouble(words) {
    const box = one("[data-trouble]");
    box.textContent = words;
    box.hidden = !words;
  }

  function showHead() {
    const [mine, asked] = [false, true].map((q) => [...kept.decisions.keys()].filter((id) => Boolean(exercises.get(id)?.q) === q).map((id) => /** @type {State} */ (kept.decisions.get(id))));
    const texts = [...kept.reflections].filter(([name, words]) => !name.includes(".") && words.text.trim());
    const changed = [...kept.decisions.values()].filter((s) => exercises.has(s.id) && exercises.get(s.id)?.e !== s.last.edition).length;
    const count = new Set([...kept.decisions.keys()].flatMap((id) => { const e = exercises.get(id); return e && !e.q && chapters[e.c].number ? e.c : []; })).size;
    const have = [
      mine.length ? [plural(w.decided, mine.length), count ? plural(w.in_chapters, count) : ""].join(" ").trim() : "",
      asked.length ? plural(w.answered, asked.length) : "",
      texts.length ? plural(w.written, texts.length) : "",
    ].filter(Boolean);
    const whole = have.length > 1 ? `${have.slice(0, -1).join(", ")}${w.and}${have[have.length - 1]}` : have[0];
    one("[data-says]").textContent = whole ? [fill(w.have, { x: whole }), changed ? plural(w.changed, changed) : ""].join(" ").trim() : w.nothing;
    const inOrder = mine.sort((a, b) => moment(a.first.at) - moment(b.first.at));
    const latest = inOrder.slice(-60);
    const items = latest.map((s) => { const e = exercises.get(s.id); const label = e?.n || e?.t || s.id; return el("li", null, e ? el("a", { href: `${chapters[e.c].href}#${e.id}`, title: e.t }, fork(e, s), label) : el("span", null, fork(e, s), label)); });
    const note = [w.trail_note, latest.some((s) => exercises.has(s.id) && exercises.get(s.id)?.e !== s.last.edition) ? w.trail_ring : "", inOrder.length > latest.length ? fill(w.trail_last, { n: latest.length }) : ""];
    one("[data-trail]").replaceChildren(...(items.length ? [el("ol", { class: "trail", "aria-label": w.trail }, ...items), p(note.filter(Boolean).join(" "), "small")] : []));
  }

  /** @param {number[]} begun */
  function showChapters(begun) {
    const option = (/** @type {number} */ c) => el("option", { value: chapters[c].slug }, chapters[c].name);
    [["#record-chapter", chosen], ["#record-forget", ""], ["#set-out-chapter", ""]].forEach(([name, wanted]) => {
      const list = one(name);
      const was = wanted || list.value;
      const offered = name === "#set-out-chapter" ? begun.filter((c) => chapters[c].number) : begun;
      list.replaceChildren(...(name === "#record-chapter" ? [list.options[0]] : []), ...offered.map(option));
      list.value = [...list.options].some((o) => o.value === was) ? was : list.options[0]?.value ?? "";
    });
    one("[data-filter]").hidden = begun.length < 2;
    one(".forget").hidden = !begun.length;
  }

  /** @param {number} chapter */
  function showDue(chapter) {
    const found = due(kept, now).filter((d) => chapter < 0 || d.one.c === chapter);
    const items = found.map(({ one: e, step: n, urgency }) => el("li", null, el("p", { class: "what" }, link(e)), p([place(e), plural(w.due_step, n), urgency === 0 ? w.due_wrong : urgency === 1 ? w.due_not_yet : ""].filter(Boolean).join(" · "), "small")));
    const next = nextDue(kept, now);
    if (!items.length) return put("due", p([w.due_none, next === null ? "" : fill(w.due_next, { x: new Date(next * 864e5).toLocaleDateString("en-GB", { ...DATE, timeZone: "UTC" }) })].filter(Boolean).join(" ")));
    const head = plural(w.due_head, items.length);
    return put("due", p(head[0].toUpperCase() + head.slice(1)), el("ol", { class: "entries" }, ...items.slice(0, 8)), more(items.slice(8)));
  }

  /** The rest of a list, one press away. @param {HTMLElement[]} items */
  const more = (items) => (items.length ? el("details", { class: "more" }, el("summary", null, fill(w.rest, { n: number(items.length) })), el("ol", { class: "entries" }, ...items)) : null);

  /** @param {number} chapter */
  function showSure(chapter) {
    const levels = calibration(kept);
    const total = levels.reduce((sum, [n]) => sum + n, 0);
    const wrong = [...exercises.values()].filter((e) => (chapter < 0 || e.c === chapter) && kept.decisions.has(e.id) && isConfidentButWrong(e, /** @type {State} */ (kept.decisions.get(e.id))));
    const list = wrong.map((e) => el("li", null, el("p", { class: "what" }, link(e)), p(`${place(e)} · ${tell(e, kept.decisions.get(e.id)?.last.response)}`, "small")));
    const first = list.length ? [el("h3", null, w.sure_wrong), el("ol", { class: "entries" }, ...list)] : [];
    if (total < ENOUGH) return put("sure", ...first, p(total ? plural(w.sure_few, total) : w.sure_none));
    return put("sure", ...first, picture(levels, total));
  }

  /** How often each certainty was right; the band is where it pays. @param {number[][]} levels @param {number} total */
  function picture(levels, total) {
    const [n, right] = levels[2];
    const head = n < 5 ? w.sure_plain : right / n > 0.8 ? w.sure_holds : right / n >= 0.67 ? w.sure_fairly : w.sure_unsure;
    const [left, width] = [112, 268];
    const bands = [[0, 0.67], [0.67, 0.8], [0.8, 1]].map((band) => band.map((b) => Math.round(left + width * b)));
    const text = (/** @type {any} */ given, /** @type {string} */ words) => { const t = shape("text", given); t.textContent = words; return t; };
    const lines = levels.flatMap(([of, good], i) => {
      const y = 34 + 50 * i;
      const [from, to] = bands[i];
      return [
        shape("path", { class: "track", d: `M${left} ${y}H${left + width}` }), shape("path", { class: "band", d: `M${from} ${y}H${to}` }), shape("path", { class: "ends", d: `M${from} ${y - 11}v22M${to} ${y - 11}v22` }),
        ...(of ? [shape("circle", { class: "you", cx: (left + (width * good) / of).toFixed(1), cy: y, r: 8 })] : []),
        text({ class: "strong", x: 0, y: y - 3 }, w.levels[i]), text({ class: "soft", x: 0, y: y + 15 }, fill(w.of, { x: good, n: of })),
      ];
    });
    const said_ = Object.fromEntries(levels.map(([of, good], i) => ["abc"[i], fill(w.of, { x: good, n: of })]));
    const svg = shape("svg", { class: "calibration", viewBox: "0 0 400 190", role: "img", "aria-label": fill(w.picture, said_) });
    svg.append(...lines, text({ class: "soft", x: left, y: 182 }, w.never), text({ class: "soft", x: left + width, y: 182, "text-anchor": "end" }, w.always));
    const cells = (/** @type {string} */ tag, /** @type {any[]} */ values) => values.map((v, i) => el(i === 0 && tag === "td" ? "th" : tag, { scope: tag === "th" ? "col" : i === 0 ? "row" : null, class: i === 1 || i === 2 ? "n" : null }, String(v)));
    const table = el("table", null, el("thead", null, el("tr", null, ...cells("th", w.columns_sure))), el("tbody", null, ...levels.map((l, i) => el("tr", null, ...cells("td", [w.levels[i], l[0], l[1], w.pays[i]])))));
    return el("figure", null, el("figcaption", null, el("h3", null, head), p(fill(w.sure_note, { n: total }), "small")), svg, el("details", { class: "more" }, el("summary", null, w.table), table));
  }

  /** @param {number} chapter */
  function showDecided(chapter) {
    /** @type {Map<number, HTMLElement[]>} */ const byChapter = new Map();
    exercises.forEach((e) => {
      const state = kept.decisions.get(e.id);
      if (state && (chapter < 0 || e.c === chapter)) byChapter.set(e.c, [...(byChapter.get(e.c) ?? []), decided(e, state)]);
    });
    const gone = chapter < 0 ? [...kept.decisions.values()].filter((s) => !exercises.has(s.id)).map((s) => decided(undefined, s)) : [];
    const blocks = [...byChapter].map(([c, items]) => block(chapters[c].name, items, byChapter.size === 1));
    if (gone.length) blocks.push(block(w.gone_head, gone, !blocks.length));
    put("decided", ...(blocks.length ? blocks : [p(w.none_here)]));
  }
  /** @param {string} title @param {HTMLElement[]} items @param {boolean} open */
  const block = (title, items, open) => el("details", { class: "chapter-block", open }, el("summary", null, el("h3", null, plural(w.chapter_count, items.length, { x: title }))), el("ol", { class: "entries drawn" }, ...items));

  /** One answer: what, when, what is made of it, and the first one beside the last. @param {Entry | undefined} e @param {State} state */
  function decided(e, state) {
    const current = e && state.last.edition === e.e;
    const again = state.attempts > 1;
    const told = !e ? w.gone : current ? verdict(e, score(e, state.last)) : w.updated;
    const [from, to] = [day(state.first.at), day(state.last.at)];
    const when = again ? fill(from === to ? w.same_day : w.between, { x: from, y: to, n: number(state.attempts) }) : to;
    return el("li", null, fork(e, state), el("div", null,
      el("p", { class: "what" }, e ? link(e) : state.id),
      answer(again ? w.last : w.only, e, state.last),
      told ? p(told, e && current ? "verdict" : "verdict strong") : null,
      again ? answer(w.first, e, state.first) : null,
      p([e ? (e.q ? w.question : e.n) : "", when].filter(Boolean).join(" · "), "small")));
  }
  /** @param {string} label @param {Entry | undefined} e @param {Taken} taken */
  function answer(label, e, taken) {
    const told = tell(e, taken.response);
    return el("p", { class: "answer" }, `${label}: `, told.length > 90 ? told : el("b", null, told));
  }

  /** A full, half or empty disc. @param {string} how */
  function disc(how) {
    const ring = shape("circle", { cx: 10, cy: 10, r: 7.5, class: how.startsWith("first") ? "full" : how.startsWith("later") ? "ring" : "empty" });
    return drawn({ viewBox: "0 0 20 20" }, ...(how.startsWith("later") ? [shape("path", { class: "half", d: "M10 2.5a7.5 7.5 0 0 0 0 15z" })] : []), ring);
  }

  /** @param {number} chapter @param {Set<number>} begun */
  function showCan(chapter, begun) {
    const found = outcomes(kept);
    const groups = [...begun].sort((a, b) => a - b).filter((c) => chapters[c].number && (chapter < 0 || c === chapter)).map((c) => el("tbody", null,
      el("tr", null, el("th", { scope: "rowgroup", colspan: 2 }, chapters[c].name)),
      ...Object.entries(chapters[c].outcomes).map(([name, words]) => {
        const [how, again] = found[chapters[c].slug][name].split(", ");
        const text = again ? fill(w.revisited, { x: w.met_by[how] }) : w.met_by[how];
        return el("tr", null, el("td", null, words[0].toUpperCase() + words.slice(1)), el("td", null, el("span", { class: "met" }, disc(how), text)));
      })));
    if (!groups.length) return put("can", p(w.can_none));
    const head = el("thead", null, el("tr", null, el("th", { scope: "col" }, w.outcome), el("th", { scope: "col" }, w.met)));
    return put("can", p(w.can_note), el("table", null, head, ...groups));
  }

  /** @param {number} chapter */
  function showWrote(chapter) {
    const texts = [...kept.reflections].filter(([, words]) => words.text.trim()).sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1));
    const shown = texts.filter(([name]) => chapter < 0 || order(name) === chapter);
    put("wrote", ...(shown.length ? shown.map(([name, words]) => reflection(name, words)) : [p(w.wrote_none)]));
    one("[data-fold]").hidden = !one("#set-out-chapter").options.length;
    if (!one("[data-set-out]").contains(document.activeElement)) showSetOut();
  }
  /** Where a text's chapter stands; last if the book no longer has it. @param {string} name */
  const order = (name) => { const c = chapters.findIndex((x) => x.slug === name.split(".")[0]); return c < 0 ? chapters.length : c; };

  /** @param {string} name @param {Words} words */
  function reflection(name, words) {
    const [slug, prompt] = name.split(".");
    const chapter = chapters.find((c) => c.slug === slug);
    const head = [chapter?.number ? fill(w.chapter, { n: chapter.number }) : w.gone_head, words.at ? day(words.at) : w.no_date].join(" · ");
    const buttons = chapter && !prompt ? el("p", { class: "does" }, el("a", { class: "quiet", href: `${chapter.href}#reflection-${slug}` }, w.edit), el("button", { class: "quiet", type: "button", "data-start": slug }, w.set_out)) : null;
    return el("div", { class: "reflection" }, p(head, "label"), p(prompt ? w.prompts[prompt] ?? prompt : chapter?.prompt ?? slug, "small"), el("div", { class: "own" }, words.text), buttons);
  }

  // ---- set out for a portfolio: the questions, and the learner's own words --------------------------------------------

  /** @type {Record<string, string[]>} */
  const FORMS = { registrar: ["happened", "", "learned", "next", "capability"], foundation: ["happened", "", "learned", "next", "outcome"], student: [""] };
  let warned = "";

  const form = () => all("[name=form]").find((f) => f.checked)?.value ?? "registrar";
  /** @param {string} slug @param {string} prompt */
  const noteName = (slug, prompt) => (prompt ? `${slug}.${prompt}` : slug);
  /** @param {Chapter} chapter @param {string} prompt */
  const asked = (chapter, prompt) => (prompt ? w.prompts[prompt] : chapter.prompt);

  function showSetOut() {
    const chapter = chapters.find((c) => c.slug === one("#set-out-chapter").value);
    all("[data-form-note]").forEach((note) => { note.hidden = note.dataset.formNote !== form(); });
    if (!chapter) return;
    const maps = one("[data-maps]");
    maps.dataset.words ??= maps.textContent;
    maps.textContent = fill(maps.dataset.words, { x: chapter.maps.join("; ") });
    maps.hidden = form() === "student" || !chapter.maps.length;
    one("[data-boxes]").replaceChildren(...FORMS[form()].map((prompt) => box(chapter, prompt)));
    showText();
  }
  /** @param {Chapter} chapter @param {string} prompt */
  function box(chapter, prompt) {
    const name = noteName(chapter.slug, prompt);
    const id = `set-out-${prompt || "own"}`;
    const area = /** @type {HTMLTextAreaElement} */ (el("textarea", { id, placeholder: " ", "data-name": name, rows: prompt ? 3 : 6 }));
    area.value = readWords(store.read(PARTS.reflection + name) ?? "").text;
    area.dataset.known = area.value;
    area.addEventListener("input", () => keepWords(area));
    return el("div", { class: "prompt" }, el("label", { for: id }, asked(chapter, prompt)), area);
  }
  /** Keeps what is typed; where another tab has written since, both are kept. @param {HTMLTextAreaElement} area */
  function keepWords(area) {
    const name = area.dataset.name ?? "";
    try {
      const there = readWords(store.read(PARTS.reflection + name) ?? "").text;
      if (there !== area.dataset.known && !area.value.includes(there.trim())) area.value += BETWEEN + there;
      store.write(PARTS.reflection + name, writtenWords({ text: area.value, at: new Date().toISOString() }));
      area.dataset.known = area.value;
      one("[data-box-need]").textContent = memory ? w.not_saved : "";
    } catch { one("[data-box-need]").textContent = w.not_saved; }
    showText();
  }

  /** The questions that have answers, with the answers. @returns {[string, string][]} */
  const setOut = () => all("[data-boxes] textarea").filter((a) => a.value.trim()).map((a) => [a.closest(".prompt").querySelector("label").textContent, a.value.trim()]);
  const headline = () => { const c = chapters.find((x) => x.slug === one("#set-out-chapter").value); return c ? `${data.book.title}. ${fill(w.chapter, { n: c.number })}, ${c.title}` : ""; };
  const portfolioText = () => [headline(), ...setOut().flat()].join("\n\n");
  const portfolioMd = () => [`## ${plainMd(headline())}`, ...setOut().flatMap(([q, a]) => [`### ${plainMd(q)}`, quotedMd(a)])].join("\n\n") + "\n";
  const portfolioHtml = () => { const made = el("div", null, el("h2", null, headline()), ...setOut().flatMap(([q, a]) => [el("h3", null, q), ...a.split("\n").map((line) => el("p", null, line))])); return made.innerHTML; };

  function showText() {
    const found = setOut();
    one("[data-text]").textContent = found.length ? portfolioText() : w.empty_text;
    const count = found.map(([, a]) => a.split(/\s+/).length).reduce((a, b) => a + b, 0);
    one("[data-word-count]").textContent = plural(w.words_count, count, { n: count.toLocaleString("en-GB") });
    if (warned !== portfolioText()) one("[data-warn]").textContent = "";
  }
  /** Whether the text may leave the screen: what looks like a person is named once, and then it is for the learner to say. */
  function mayLeave() {
    const text = portfolioText();
    const found = identifying(setOut().map(([, a]) => a).join("\n"));
    if (!found.length || warned === text) { one("[data-warn]").textContent = ""; return true; }
    warned = text;
    one("[data-warn]").textContent = fill(w.warn, { x: found.slice(0, 4).map(([what, x]) => fill(w.looks_like[what], { x })).join("; ") });
    return false;
  }
  async function copy() {
    if (!setOut().length || !mayLeave()) return;
    try {
      const flavours = { "text/plain": portfolioText(), "text/html": portfolioHtml() };
      if ("ClipboardItem" in window) await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(Object.entries(flavours).map(([type, text]) => [type, new Blob([text], { type })])))]);
      else await navigator.clipboard.writeText(portfolioText());
      say(w.copied);
    } catch {
      getSelection()?.selectAllChildren(one("[data-text]"));
      say(w.not_copied);
    }
  }

  // ---- keep, move, forget ---------------------------------------------------------------------------------------------------

  /** @param {string} words @param {boolean} [canUndo] */
  function say(words, canUndo = undone.length > 0) {
    one("[data-said]").hidden = false;
    one("[data-status]").textContent = words;
    one("[data-undo]").hidden = !canUndo;
  }
  /** @param {string} name @param {string} text @param {string} type */
  function save(name, text, type) {
    const href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    const made = /** @type {HTMLAnchorElement} */ (el("a", { href, download: name }));
    made.click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
    say(w.saved);
  }
  /** @param {string} type */
  function download(type) {
    const mine = keptHere(Date.now());
    const named = `commissioning-record-${mine.made_at.slice(0, 10)}.${type}`;
    if (type === "json") return save(named, asJson(mine), "application/json");
    return type === "md" ? save(named, asMarkdown(mine), "text/markdown") : save(named, asCsv(mine), "text/csv");
  }
  /** @param {File} file */
  async function add(file) {
    try {
      if (file.size > 4 * LARGEST) throw new Refusal(w.refusals.large);
      const { plan, count } = planFor(readRecord(await file.text()), Date.now());
      if (!plan.size) return say(fill(w.added_nothing, { x: file.name }));
      apply(plan, fill(w.added, { x: file.name, ...count }));
    } catch (error) {
      say(fill(w.refused, { x: file.name, why: error instanceof Refusal ? error.message : w.refusals.json }));
    }
    return undefined;
  }
  /** @param {Map<string, string | null>} plan @param {string} words */
  function apply(plan, words) {
    const done = change(plan);
    if (!done) return say(w.no_room);
    undone.push({ change: done, said: words });
    show();
    say(words);
    return one("[data-undo]").focus();
  }
  /** @param {string | null} slug  One chapter, or everything. */
  function forget(slug) {
    const chapter = chapters.findIndex((c) => c.slug === slug);
    /** @param {string} name */
    const goes = (name) => {
      const [, id] = [PARTS.decision, PARTS.aside, PARTS.reflection].flatMap((start) => (name.startsWith(start) ? [start, name.slice(start.length)] : []));
      return slug === null || (id !== undefined && (id.split(/[.:]/)[0] === slug || exercises.get(id.split(":")[0])?.c === chapter));
    };
    const names = [...store.all().keys()].filter(goes);
    if (!names.length) return say(w.nothing_to_forget);
    const what = slug === null ? w.forgotten_all : chapters[chapter].name;
    return apply(new Map(names.map((name) => [name, null])), fill(w.forgotten, { x: what }));
  }
  function undo() {
    const last = undone.pop();
    if (!last) return;
    if (!takeBack(last.change)) { undone.push(last); say(w.no_room); return; }
    show();
    say(w.undone);
    (undone.length ? one("[data-undo]") : one("[data-status]")).focus();
  }

  function showAside() {
    const unread = [...kept.aside];
    const items = unread.map(([name, raw]) => {
      const id = name.split(":")[0];
      const state = readState(raw, id);
      const whole = state && !kept.decisions.has(id) && exercises.get(id)?.k === state.kind && score(exercises.get(id), state.last) !== null;
      const back = whole ? el("button", { class: "quiet", type: "button", "data-back": id }, w.aside_back) : null;
      back?.addEventListener("click", () => putBack(name, raw, id));
      return el("li", null, el("details", { class: "more" }, el("summary", null, exercises.get(id)?.t ?? id), el("pre", { tabindex: 0 }, raw.slice(0, 2000))), back);
    });
    one("[data-aside]").replaceChildren(...(items.length ? [el("h3", null, w.aside), p(plural(w.aside_note, items.length).replace(/^./, (m) => m.toUpperCase())), el("ul", { class: "entries" }, ...items)] : []));
  }
  /** What was put aside and can be read now goes back. @param {string} name @param {string} raw @param {string} id */
  function putBack(name, raw, id) {
    const from = [PARTS.aside + name, ...store.all().keys()].find((key) => store.read(key) === raw && key !== PARTS.decision + id);
    apply(new Map([[PARTS.decision + id, raw], ...(from ? [/** @type {[string, null]} */ ([from, null])] : [])]), w.aside_put_back);
  }

  // ---- start ------------------------------------------------------------------------------------------------------------------

  function start() {
    all("[data-would]").forEach((part) => { part.hidden = true; });
    one("[data-keep]").hidden = false;
    one("[data-status]").tabIndex = -1;
    one("#record-chapter").addEventListener("change", (/** @type {any} */ event) => { chosen = event.target.value; show(); });
    one("[data-set-out]").addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
    one("#set-out-chapter").addEventListener("change", showSetOut);
    all("[name=form]").forEach((f) => f.addEventListener("change", showSetOut));
    one("[data-copy]").addEventListener("click", copy);
    all("[data-save]").forEach((b) => b.addEventListener("click", () => {
      if (!setOut().length || !mayLeave()) return;
      save(`${one("#set-out-chapter").value}-${form()}.${b.dataset.save}`, b.dataset.save === "md" ? portfolioMd() : `${portfolioText()}\n`, b.dataset.save === "md" ? "text/markdown" : "text/plain");
    }));
    all("[data-download]").forEach((b) => b.addEventListener("click", () => download(b.dataset.download)));
    one("[data-print]").addEventListener("click", () => print());
    one("[data-add]").addEventListener("change", (/** @type {any} */ event) => { const [file] = event.target.files; if (file) add(file).then(() => { event.target.value = ""; }); });
    all("[data-forget]").forEach((b) => b.addEventListener("click", () => forget(b.dataset.forget === "all" ? null : one("#record-forget").value)));
    one("[data-undo]").addEventListener("click", undo);
    root?.addEventListener("click", (event) => {
      const slug = /** @type {HTMLElement} */ (event.target).closest("[data-start]")?.getAttribute("data-start");
      if (!slug) return;
      one("#set-out-chapter").value = slug;
      one("[data-fold]").open = true;
      showSetOut();
      one("#set-out").focus();
    });
    addEventListener("storage", (event) => { if (event.key === null || event.key.startsWith(OURS)) show(); });
    addEventListener("pageshow", (event) => { if (event.persisted) show(); });
    show();
  }

  if (casebook) casebook.record = { readRecord, merge, asJson, asCsv, asMarkdown, tell, met, score, due, calibration, outcomes, identifying, keptHere, show };
  if (root && data && casebook) start();
})();

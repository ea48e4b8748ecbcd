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

/** The drawing of one decision: as many branches as options and the ones that were taken, or its kind's own. @param {Entry | undefined} one @param {State} state */
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
  } else {
    const own = /** @type {HTMLTemplateElement | null} */ (document.querySelector(`template[data-drawing="${state.kind}"]`));
    parts.push(.../** @type {Element[]} */ ([...(own?.content.firstElementChild?.cloneNode(true).childNodes ?? [])]));
    parts.filter((part) => part.matches(".glow, .road")).forEach((part) => part.classList.add("taken"));
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

let shown = "";
const asItStands = () => JSON.stringify([...everything()]);

/** Reads what is kept and shows all of it. */
function show() {
  now = Date.now();
  shown = asItStands();
  kept = keptHere(now);
  if (shelf.barred) trouble(w.not_kept);
  const chapter = chapters.findIndex((c) => c.slug === chosen);
  const withAnswers = new Set([...kept.decisions.keys()].flatMap((id) => exercises.get(id)?.c ?? []));
  [...kept.reflections].forEach(([name, words]) => { const c = chapters.findIndex((x) => x.slug === name.split(".")[0]); if (c >= 0 && words.text.trim()) withAnswers.add(c); });
  const empty = !kept.decisions.size && !withAnswers.size;
  const halves = begun(kept);
  halves.forEach((b) => { if (b.c >= 0) withAnswers.add(b.c); });
  one("[data-begun]").hidden = !halves.length;
  all("section[data-of-answers]").forEach((part) => { part.hidden = empty; });
  all("[data-download], [data-print], [data-forget=all]").forEach((press) => { press.hidden = empty && !kept.drafts?.size; });
  const parts = { showHead, showChapters: () => showChapters([...withAnswers].sort((a, b) => a - b)), showBegun: () => showBegun(halves, chapter), showDue: () => showDue(chapter), showSure: () => showSure(chapter), showDecided: () => showDecided(chapter), showCan: () => showCan(chapter, withAnswers), showWrote: () => showWrote(chapter), showAside };
  Object.entries(parts).forEach(([name, part]) => guarded(name, part)); // one that fails leaves the others to be read
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
  one("[data-says]").textContent = whole ? [fill(w.have, { x: whole }), changed ? plural(w.changed, changed).replace(/^./, (c) => c.toUpperCase()) : ""].join(" ").trim() : w.nothing;
  const halves = kept.drafts.size;
  if (halves) one("[data-says]").append(` ${plural(w.begun, halves).replace(/^./, (c) => c.toUpperCase())}`);
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

/** What is half-made, each with the way to go on; an exercise that is asked again is begun where that is. @param {Begun[]} halves @param {number} chapter */
function showBegun(halves, chapter) {
  const found = halves.filter((b) => chapter < 0 || b.c === chapter);
  const items = found.map((b) => el("li", null,
    el("p", { class: "what" }, b.one ? el("a", { href: `${chapters[b.c].href}#${b.one.id}` }, b.one.t) : b.name),
    b.words ? el("p", { class: "answer" }, cut(b.words)) : null,
    p([b.one ? place(b.one) : "", leftWords(b)].filter(Boolean).join(" · "), "small")));
  put("begun", ...(items.length ? [el("ol", { class: "entries" }, ...items)] : [p(w.none_here)]));
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
  const list = wrong.map((e) => el("li", null, el("p", { class: "what" }, link(e)), p(`${place(e)} · ${cut(tell(e, kept.decisions.get(e.id)?.last.response))}`, "small")));
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
  const told = cut(tell(e, taken.response));
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
    ...Object.entries(chapters[c].outcomes).filter(([name]) => found[chapters[c].slug][name]).map(([name, words]) => {
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
  if (one("[data-set-out]").contains(document.activeElement)) looks.forEach((look) => look()); else showSetOut();
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

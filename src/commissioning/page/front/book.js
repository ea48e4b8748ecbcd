// The book's own behaviour, on pages that already work without it: colours, contents, sources and meanings in place,
// charts, portfolio, print. A classic script, so that it also runs from disk. Keeps nothing but `commissioning:` keys.
(() => {
  "use strict";

  /** @param {string} selector @param {ParentNode} [root] @returns {HTMLElement[]} */
  const all = (selector, root = document) => [...root.querySelectorAll(selector)].map((found) => /** @type {HTMLElement} */ (found));
  /** @param {string} selector @param {ParentNode} [root] @returns {HTMLElement | null} */
  const one = (selector, root = document) => root.querySelector(selector);
  const html = document.documentElement;

  const shelf = makeShelf();
  guarded("Steadiness", () => steady(document.body));
  guarded("Print", () => printWhole(document));

  // ---- colours: the system's, until the reader chooses ---------------------------------------------------------------
  const systemDark = guarded("The system's colours", () => matchMedia("(prefers-color-scheme: dark)"));
  const isDark = () => (html.dataset.theme ? html.dataset.theme === "dark" : Boolean(systemDark?.matches));
  const scheme = one("[data-scheme]");

  function nameScheme() {
    const words = scheme && one("span", scheme);
    if (words) words.textContent = (isDark() ? scheme.dataset.light : scheme.dataset.dark) ?? "";
  }

  scheme?.addEventListener("click", () => {
    html.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("commissioning:scheme", html.dataset.theme); } catch { /* for this page only */ }
    schemeChanged();
  });
  systemDark?.addEventListener("change", schemeChanged);

  // ---- contents on a phone -------------------------------------------------------------------------------------------
  const menu = one(".menu-button");
  const contents = one(".contents");

  /** @param {boolean} open */
  function showContents(open) {
    contents?.toggleAttribute("data-open", open);
    menu?.setAttribute("aria-expanded", String(open));
  }

  menu?.addEventListener("click", () => showContents(!contents?.hasAttribute("data-open")));
  contents?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !contents.hasAttribute("data-open")) return;
    showContents(false);
    menu?.focus();
  });

  // ---- lists at the end of a page: closed until asked for, open on paper and when a link leads into them ------------
  all("details[data-close]").forEach((list) => list.removeAttribute("open"));

  function openTarget() {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch { /* no address of ours: looked for as it stands */ }
    const target = name && document.getElementById(name);
    const list = target && target.closest("details[data-close], details.waits");
    if (list) { list.setAttribute("open", ""); target.scrollIntoView(); }
  }
  guarded("The address", openTarget);
  addEventListener("hashchange", openTarget);

  // ---- a page that the search led to: its words are marked (find.js) --------------------------------------------------
  if (new URLSearchParams(location.search).has("find") && html.dataset.find) {
    const marks = document.createElement("script");
    marks.src = html.dataset.find;
    document.head.append(marks);
  }

  // ---- what is wider than the column can be scrolled with the keyboard too ---------------------------------------------
  function reachWide() {
    all("pre, .cell_output .output, .still, .live").forEach((box) => {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  }
  guarded("Wide parts", reachWide);
  addEventListener("resize", reachWide);

  // ---- sources: a sheet at the foot of the screen --------------------------------------------------------------------
  /** @type {HTMLElement | null} */
  let sheet = null;
  /** @type {HTMLElement | null} */
  let sheetFor = null;

  function makeSheet() {
    const made = document.createElement("div");
    made.className = "sheet";
    made.setAttribute("popover", "auto");
    made.setAttribute("role", "dialog");
    made.setAttribute("aria-label", html.dataset.source ?? "Source");
    made.addEventListener("toggle", (event) => {
      if (/** @type {ToggleEvent} */ (event).newState === "open") return;
      const had = made.contains(document.activeElement) || document.activeElement === document.body;
      if (had) sheetFor?.focus({ preventScroll: true });
    });
    made.addEventListener("focusout", ({ relatedTarget: to }) => { if (to instanceof Node && !made.contains(to)) made.hidePopover(); });
    return made;
  }

  /** @param {HTMLElement} link @param {HTMLElement} source @returns {boolean} */
  function showSource(link, source) {
    if (!("showPopover" in HTMLElement.prototype)) return false;
    sheet ??= makeSheet();
    const copy = /** @type {HTMLElement} */ (source.cloneNode(true));
    copy.removeAttribute("id");
    const made = source.closest(".made-here")?.firstElementChild;
    if (made) copy.append(made.cloneNode(true));
    const close = document.createElement("button");
    close.type = "button";
    close.className = "quiet";
    close.textContent = html.dataset.close ?? "Close";
    close.addEventListener("click", () => sheet?.hidePopover());
    if (sheet.matches(":popover-open")) sheet.hidePopover();
    sheet.replaceChildren(close, copy);
    sheetFor = link;
    (link.closest("label, summary, legend") ?? link).after(sheet); // so that the next stop is what follows the link
    sheet.showPopover();
    close.focus({ preventScroll: true });
    return true;
  }

  // ---- meanings: under the line a word stands in ---------------------------------------------------------------------
  /** @param {HTMLElement} link @param {HTMLElement} entry */
  function toggleMeaning(link, entry) {
    const open = link.nextElementSibling;
    if (open instanceof HTMLElement && open.matches("span.meaning")) return closeMeaning(link, open);
    const meaning = document.createElement("span");
    meaning.className = "meaning";
    meaning.setAttribute("role", "note");
    meaning.append(...(one(".gist", entry) ?? entry).cloneNode(true).childNodes);
    link.after(meaning);
    link.setAttribute("aria-expanded", "true");
    return true;
  }

  /** @param {HTMLElement} link @param {HTMLElement} meaning */
  function closeMeaning(link, meaning) {
    meaning.remove();
    link.setAttribute("aria-expanded", "false");
    return true;
  }

  /** The element that an evidence link leads to, if it stands on this page. @param {Element | null} link */
  const entryOf = (link) => document.getElementById(link?.getAttribute("href")?.slice(1) ?? "");
  /** Whether an entry can be shown in place. @param {Element | null} entry */
  const inPlace = (entry) => entry?.matches(".source:not(div), p.meaning") ?? false;

  all("a.term").forEach((link) => { if (inPlace(entryOf(link))) link.setAttribute("aria-expanded", "false"); });

  document.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("a.fact, a.term"));
    const entry = entryOf(link);
    if (!link || !entry || !inPlace(entry) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const shown = link.classList.contains("term") ? toggleMeaning(link, entry) : showSource(link, entry);
    if (shown) event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    const at = document.activeElement;
    if (event.key === " " && at instanceof HTMLElement && at.matches("a.fact, a.term") && inPlace(entryOf(at))) {
      event.preventDefault();
      at.click();
      return;
    }
    if (event.key !== "Escape" || !(at instanceof HTMLElement)) return;
    const meaning = at.closest("span.meaning") ?? (at.matches(".term[aria-expanded='true']") ? at.nextElementSibling : null);
    const link = meaning?.previousElementSibling;
    if (!(meaning instanceof HTMLElement) || !(link instanceof HTMLElement)) return;
    closeMeaning(link, meaning);
    link.focus();
  });

  // ---- portfolio: the learner's own words, kept in their browser -----------------------------------------------------
  all("[data-reflection]").forEach((prompt) => guarded("A reflection", () => startReflection(prompt)));
  /** @param {HTMLElement} prompt */
  function startReflection(prompt) {
    const box = /** @type {HTMLTextAreaElement | null} */ (one("textarea", prompt));
    const warning = one("[data-not-saved]", prompt);
    const name = `reflection:${prompt.dataset.reflection}`;
    if (!box || !warning) return;
    const look = keepWords(shelf, name, box, {
      said: (saved) => { warning.textContent = saved ? "" : warning.dataset.notSaved ?? ""; },
      lost: (_, back) => { warning.textContent = ""; offer(warning, warning.dataset.forgotten ?? "", warning.dataset.back ?? "", back); },
    });
    shelf.watch(look);
    const press = one("[data-download]", prompt);
    press?.addEventListener("click", () => {
      const asked = one("label", prompt)?.textContent ?? "";
      const { download: named = "", noFile: label = "", copy = "", copied = "" } = press.dataset;
      giveFile(press.parentElement ?? press, { name: named, text: `${asked}\n\n${box.value}\n`, type: "text/plain", label, copy, copied });
    });
  }

  guarded("Where one is", () => showHere(() => showContents(false)));
  guarded("The way through the book", () => showWay(shelf));

  // ---- ways to print: asked for when they are wanted -------------------------------------------------------------------
  one("[data-print-ways]")?.addEventListener("toggle", () => {
    document.head.append(Object.assign(document.createElement("script"), { src: `${html.dataset.content_root ?? ""}_static/commissioning/paper.js` }));
  }, { once: true });

  // ---- charts: a still picture until one comes into view; then what draws it (charts.js), once ------------------------
  /** @type {Promise<void> | null} */
  let drawing = null;

  /** @param {HTMLElement} figure */
  async function draw(figure) {
    if (!html.dataset.vega) return;
    drawing ??= new Promise((resolve, reject) => {
      const tag = Object.assign(document.createElement("script"), { src: `${html.dataset.content_root ?? ""}_static/commissioning/charts.js` });
      tag.onload = () => resolve();
      tag.onerror = () => reject(new Error(tag.src));
      document.head.append(tag);
    });
    try { await drawing; } catch (error) { console.warn("A chart stays a still picture:", error); return; }
    /** @type {any} */ (window).commissioningDraw(figure);
  }

  const charts = all("[data-chart]");
  if (charts.length && "IntersectionObserver" in window) {
    const seen = guarded("Charts in view", () => new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      seen?.unobserve(entry.target);
      draw(/** @type {HTMLElement} */ (entry.target));
    }), { rootMargin: "200px" }));
    charts.forEach((chart) => seen?.observe(chart));
  }

  function schemeChanged() {
    nameScheme();
    charts.filter((chart) => "drawn" in chart.dataset).forEach(draw);
  }
  nameScheme();

  // ---- print: everything open; what each choice leads to comes last, so that a class can decide on paper ------------
  /** @type {(() => void)[]} */
  let undo = [];

  addEventListener("beforeprint", () => {
    all("details:not([open])").forEach((list) => {
      list.setAttribute("open", "");
      undo.push(() => list.removeAttribute("open"));
    });
    moveAnswers();
  });
  addEventListener("afterprint", () => {
    undo.reverse().forEach((step) => step());
    undo = [];
  });

  function moveAnswers() {
    const answers = all("decision-exercise .after");
    const page = one(".page");
    if (!answers.length || !page) return;
    const last = document.createElement("section");
    last.className = "answers-last";
    last.append(headed("h2", html.dataset.answers ?? ""));
    page.append(last);
    undo.push(() => last.remove());  // undone last: by then each answer is back in its place
    answers.forEach((after) => last.append(moved(after)));
  }

  /** One exercise's answers, with its name, in an element that its stylesheet knows. @param {HTMLElement} after */
  function moved(after) {
    const exercise = /** @type {HTMLElement} */ (after.closest("decision-exercise"));
    const again = /** @type {HTMLElement} */ (exercise.cloneNode(false));
    const place = document.createComment("");
    const wasHidden = after.hidden;
    const number = one(".decision-label b", exercise)?.textContent ?? "";
    const name = document.getElementById(`${exercise.id}-title`)?.textContent ?? "";
    again.removeAttribute("id");
    after.before(place);
    after.hidden = false;
    again.append(headed("h3", [number, name].filter(Boolean).join(". ")), after);
    undo.push(() => { place.replaceWith(after); after.hidden = wasHidden; });
    return again;
  }

  /** @param {string} level @param {string} words */
  function headed(level, words) {
    const title = document.createElement(level);
    title.textContent = words;
    return title;
  }
})();

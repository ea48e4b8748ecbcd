// ---- the reader's way: the sittings of a chapter, where one is in it, and where to go on --------------------------------

/** Everything is worked out from the answers kept here; nothing else is kept. @param {ReturnType<typeof makeShelf>} shelf */
function showWay(shelf) {
  /** @param {string} sel @param {ParentNode} [root] @returns {any[]} */
  const every = (sel, root = document) => [...root.querySelectorAll(sel)];
  /** @param {string} name @param {string} cls @param {string} [text] */
  const made = (name, cls, text = "") => Object.assign(document.createElement(name), { className: cls, textContent: text });
  /** @param {string} text @param {Record<string, string | number>} values */
  const filled = (text, values) => text.replace(/\{(\w)\}/g, (_, key) => String(values[key]));
  const isDone = (/** @type {string} */ id) => shelf.read(`decision:${id}`) !== null;
  const root = document.documentElement.dataset.content_root ?? "";
  const [list] = every(".sittings");
  const [bar] = every("header.bar");
  const rows = every("li", list ?? document.createElement("p")).map((item) => {
    const link = item.querySelector("a");
    const said = item.querySelector(".small");
    return { item, said, words: said.textContent.trim(), title: link.textContent, ids: item.dataset.holds.split(" ").filter(Boolean), section: document.getElementById(link.hash.slice(1)) };
  });

  /** How much of each sitting is decided, in words and along the line. */
  function mark() {
    rows.forEach(({ item, said, words, ids }, at) => {
      const many = ids.filter(isDone).length;
      const all = many > 0 && many === ids.length;
      item.toggleAttribute("data-done", all);
      said.textContent = many ? filled(list.dataset.done, { w: words.split(",")[0], n: many, m: ids.length }) : words;
      line.children[at]?.toggleAttribute("data-done", all);
    });
  }

  const line = made("span", "way-line");
  const place = /** @type {HTMLAnchorElement} */ (made("a", "you-are"));
  if (rows.length && bar) {
    place.href = "#sittings";
    const where = made("span", "small");
    place.append(made("b", "", document.querySelector("h1")?.firstChild?.textContent ?? ""), where);
    line.setAttribute("aria-hidden", "true");
    rows.forEach(({ words }) => { const part = made("i", ""); part.style.flexGrow = String(parseInt(words, 10)); line.append(part); });
    bar.querySelector(".brand")?.after(place);
    bar.append(line);
    const decisions = every("decision-exercise:not(.question)");
    let waits = false;
    const look = () => {
      waits = false;
      const going = list.getBoundingClientRect().bottom < 0;
      bar.toggleAttribute("data-going", going);
      if (!going) return;
      const here = Math.max(0, rows.filter(({ section }) => section && section.getBoundingClientRect().top < innerHeight / 3).length - 1);
      rows.forEach((_, at) => line.children[at].toggleAttribute("data-here", at === here));
      const next = decisions.find((one) => one.getBoundingClientRect().bottom > innerHeight / 3);
      const number = /[\d.]+$/.exec(next?.querySelector(".decision-label b")?.textContent ?? "")?.[0];
      where.textContent = (number ? `${filled(list.dataset.of, { x: number, y: decisions.length })} · ` : "") + rows[here].title;
    };
    addEventListener("scroll", () => { if (!waits) { waits = true; requestAnimationFrame(look); } }, { passive: true });
    look();
    mark();
    if (shelf.barred) every(".pause .kept").forEach((said) => said.remove());
    new MutationObserver(mark).observe(document.body, { subtree: true, attributeFilter: ["data-state"] });
    shelf.watch(mark);
  }

  /** The next thing not decided after what was last answered: in one chapter, or from there on. @param {any[]} chapters @param {any} [only] */
  function next(chapters, only) {
    const stops = chapters.flatMap((c) => c.s.flatMap((/** @type {any} */ [, , held]) => held.map((/** @type {any} */ [id, head, anchor]) => ({ c, id, head, anchor }))));
    const when = (/** @type {string} */ name) => { try { const kept = JSON.parse(shelf.read(name) ?? ""); return String(kept.last?.at ?? kept.at ?? ""); } catch { return ""; } };
    const times = stops.map(({ c, id }) => (only && c !== only ? "" : [when(`decision:${id}`), when(`draft:${id}`)].sort()[1]));
    const last = times.lastIndexOf(times.reduce((a, b) => (a > b ? a : b), ""));
    if (!times[last]) return null;
    const mine = stops[last].c;
    const left = stops.filter(({ id }) => !isDone(id));
    const after = left.filter((stop) => stops.indexOf(stop) >= last);
    const inIt = (/** @type {any} */ stop) => stop.c === mine;
    return after.find(inIt) ?? left.find(inIt) ?? (only ? null : after[0] ?? left[0] ?? null);
  }
  /** The minutes of a chapter that are left. @param {any} chapter */
  const left = (chapter) => Math.round(chapter.s.reduce((/** @type {number} */ sum, /** @type {any} */ [, long, held]) => sum + long * (held.length ? held.filter((/** @type {any} */ [id]) => !isDone(id)).length / held.length : 0), 0));

  every("[data-grows]").forEach((fork) => {
    const grow = () => {
      const read = (/** @type {string} */ name) => { try { return JSON.parse(shelf.read(name) ?? ""); } catch { return {}; } };
      const id = fork.dataset.grows;
      const response = read(`decision:${id}`).last?.response ?? {};
      const taken = read(`draft:${id}`).half?.path?.[0] ?? response.path?.[0] ?? response.choice;
      every("[data-choice]", fork).forEach((part) => part.toggleAttribute("data-taken", part.dataset.choice === taken));
      every(`[data-choice="${taken}"]`, fork).forEach((part) => part.parentNode.append(part)); // above the others
    };
    grow();
    document.getElementById(fork.dataset.grows)?.addEventListener("click", () => setTimeout(grow, 50)); // once it is kept
    shelf.watch(grow);
  });

  const kept = shelf.names().some((name) => /^(decision|draft):/.test(name));
  if (!kept) return;
  const script = document.createElement("script");
  script.src = `${root}_static/commissioning/way.js`;
  script.onload = () => {
    const way = /** @type {any} */ (window).commissioningWay;
    if (!way) return; // an error page came in its place
    const { words, chapters } = way;
    const here = chapters.find((/** @type {any} */ c) => new URL(root + c.u, location.href).pathname === location.pathname);
    /** @param {Element} box @param {any} stop @param {boolean} named */
    const offerStop = (box, stop, named) => {
      box.querySelector(".goes-on")?.remove();
      if (!stop) return;
      const p = made("p", "goes-on");
      const link = /** @type {HTMLAnchorElement} */ (made("a", "", filled(words.go_on, { x: named ? `${stop.c.n}. ${stop.c.t}: ${stop.head}` : stop.head })));
      link.href = `${stop.c === here ? "" : root + stop.c.u}#${stop.anchor}`;
      p.append(link, made("span", "small", filled(words.left, { n: left(stop.c) })));
      const after = box.querySelector(".find-form");
      if (after) after.after(p); else box.append(p);
    };
    /** A chapter's line in the contents says whether it is begun or done. @param {any} c @param {boolean} any @param {boolean} done */
    const markChapter = (c, any, done) => every(".contents .n").filter((number) => number.firstChild?.textContent === String(c.n)).forEach((number) => {
      const line = number.closest("li");
      line.toggleAttribute("data-begun", any && !done);
      line.toggleAttribute("data-done", done);
      line.querySelector(".mark")?.remove();
      if (any) number.nextElementSibling.append(made("span", "unseen mark", `, ${done ? words.done : words.begun}`));
    });
    const show = () => {
      every("[data-go-on], .contents").forEach((box) => offerStop(box, next(chapters), true));
      if (list && here) offerStop(list, next(chapters, here), false);
      chapters.forEach((/** @type {any} */ c) => {
        const ids = c.s.flatMap((/** @type {any} */ [, , held]) => held.map((/** @type {any} */ [id]) => id));
        const any = ids.some(isDone);
        markChapter(c, any, any && ids.every(isDone));
        every(`.stops [data-n="${c.n}"]`).forEach((stop) => stop.toggleAttribute("data-done", any));
      });
    };
    show();
    shelf.watch(show);
  };
  document.head.append(script);
}

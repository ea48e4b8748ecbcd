// ---- paper: a handout of at most eight pages, or the whole chapter. Loaded when a reader opens "Print" -----------------

(() => {
  const ways = document.querySelector("[data-print-ways]");
  const page = document.querySelector(".page");
  if (!(ways instanceof HTMLElement) || !page) return;
  const html = document.documentElement;
  const most = Number(ways.dataset.pages);
  const chosen = /** @type {HTMLElement} */ (ways.querySelector("fieldset"));
  const said = /** @type {HTMLElement} */ (ways.querySelector("[data-room]"));
  const decisions = [...document.querySelectorAll("decision-exercise:not(.question)")];
  const sections = [...page.querySelectorAll("section:has(> h2)")];
  const opens = [sections[0], ...sections.filter((one) => one.querySelector(":scope > .case-label, :scope > .case"))].filter(Boolean);

  /** What a part of the opening or the case prints: all but its decisions, and what waits for one of them. @param {Element} part */
  const own = (part) => [...part.children].filter((one) => !one.matches("section, .waits, .pause, .does") && !one.querySelector("decision-exercise"));
  /** Of a page, how much a part will take: by its letters and boxes, for what is folded away has no height. @param {Element} part */
  function takes(part) {
    const copy = /** @type {HTMLElement} */ (part.cloneNode(true));
    copy.querySelectorAll(".after, script, svg, select, figure details").forEach((one) => one.remove());
    const high = /** @type {[string, number][]} */ ([[".path", 0.035], ["tr", 0.04], [".cards li", 0.07], [".ladder li, .share > li, .dial", 0.06], ["textarea", 0.14], ["fieldset", 0.06], ["figure", 0.6]]);
    const boxes = high.reduce((sum, [what, size]) => sum + copy.querySelectorAll(what).length * size, copy.matches("figure") ? 0.6 : 0);
    return (copy.textContent ?? "").replace(/\s+/g, " ").length / 3000 + boxes + (part.matches("decision-exercise") ? 0.15 : 0.02);
  }
  /** In the page's order: what is on every handout, and each decision. @type {{part: Element, size: number}[]} */
  const parts = [...opens.flatMap(own), ...decisions].map((part) => ({ part, size: takes(part) }))
    .sort((a, b) => (a.part.compareDocumentPosition(b.part) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  const boxes = decisions.map((one) => {
    const [label, box] = [document.createElement("label"), document.createElement("input")];
    box.type = "checkbox";
    box.autocomplete = "off";
    label.className = "near";
    const number = one.querySelector(".decision-label b")?.textContent ?? "";
    const title = document.getElementById(`${one.id}-title`)?.textContent ?? "";
    label.append(box, Object.assign(document.createElement("span"), { textContent: `${number}. ${title}` }));
    chosen.append(label);
    return box;
  });
  /** Pages when these are laid one after another: a decision or a figure that does not fit begins a new one. @param {Set<Element>} with_ */
  function total(with_) {
    return parts.filter(({ part }) => !decisions.includes(part) || with_.has(part)).reduce((at, { part, size }) => {
      const whole = part.matches("decision-exercise, figure") && at % 1 + size > 1;
      return (whole ? Math.ceil(at) : at) + size;
    }, 0.25);
  }
  const ticked = () => new Set(decisions.filter((_, at) => boxes[at].checked));
  /** Whether a decision fits beside the others. @param {number} at */
  const fits = (at) => total(ticked().add(decisions[at])) <= most;

  /** What no longer fits cannot be ticked. */
  function look() {
    boxes.forEach((box, at) => { box.disabled = !box.checked && !fits(at); });
    said.textContent = (said.dataset.room ?? "").replace("{n}", String(Math.ceil(total(ticked())))).replace("{m}", String(most));
  }
  boxes.forEach((box, at) => { box.checked = ticked().size < 3 && fits(at); });
  chosen.addEventListener("change", look);
  look();

  /** @type {Element[]} */ let off = [];
  /** Takes off the paper whatever is none of these and holds none of them. @param {Element} within @param {Set<Element>} kept */
  function prune(within, kept) {
    [...within.children].filter((part) => !kept.has(part)).forEach((part) => {
      if ([...kept].some((one) => part.contains(one))) { prune(part, kept); return; }
      part.setAttribute("data-off-paper", "");
      off.push(part);
    });
  }
  function restore() {
    off.forEach((part) => part.removeAttribute("data-off-paper"));
    off = [];
    delete html.dataset.handout;
  }
  function lay() {
    restore();
    const head = [...page?.querySelectorAll(".over-title, h1, .standfirst, .on-screen") ?? []];
    const kept = new Set([...head, ...opens.flatMap(own), ...ticked()]);
    prune(/** @type {Element} */ (page), kept);
    html.dataset.handout = "";
  }
  addEventListener("afterprint", restore);
  ways.addEventListener("click", ({ target }) => {
    const way = /** @type {Element} */ (target).closest("[data-print]")?.getAttribute("data-print");
    if (way === "handout") lay(); else if (way) restore();
    if (way) print();
  });
})();

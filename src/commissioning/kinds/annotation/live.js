kinds.annotation = {
  score(marking, response) {
    const { tags, missing } = response || {};
    if (!tags || typeof tags !== "object" || Array.isArray(tags) || !Array.isArray(missing)) return null;
    const { spans, elements } = marking; const marked = Object.keys(tags);
    /** @param {any[]} list */
    const ids = (list) => list.map((part) => part[0]);
    if (!marked.every((id) => ids(spans).includes(id) && marking.tags.includes(tags[id])) || !missing.every((id) => ids(elements).includes(id))) return null;
    /** @param {number} at */
    const held = (at) => ids(spans.filter((/** @type {any} */ span) => marked.includes(span[0]) && span[at].includes(tags[span[0]])));
    const hits = held(1);
    const key = spans.filter((/** @type {any} */ span) => span[1].length).length;
    const ticked = elements.filter((/** @type {any} */ part) => missing.includes(part[0]));
    const found = ids(ticked.filter((/** @type {any} */ part) => part[1]));
    return {
      hits, near: held(2), marked: marked.length, key, recall: hits.length / key, precision: marked.length ? hits.length / marked.length : null,
      found, lacking: elements.filter((/** @type {any} */ part) => part[1]).length, extra: ticked.length - found.length,
    };
  },
  start(x) {
    const passages = all(".passage", x.form); const list = one("[data-list]", x.form); const marks = one(".marks", x.form); const menu = one(".mark-menu", x.form);
    const choice = one("select", menu); const lines = one(".document", x.form);
    /** @type {HTMLElement | null} */ let open = null;
    /** @param {HTMLElement} passage */
    const own = (passage) => one(`[data-option="${passage.dataset.span}"] select`, marks);
    const close = () => {
      if (open && !list.checked) open.setAttribute("aria-expanded", "false");
      open = null; menu.hidden = true;
    };
    const paint = () => passages.forEach((passage) => {
      const select = own(passage);
      if (select.value) passage.dataset.given = select.selectedOptions[0].text; else delete passage.dataset.given;
    });
    /** The document's passages are buttons, or plain words above their list. */
    const view = () => {
      close();
      marks.hidden = !list.checked;
      passages.forEach((passage) => Object.entries({ role: "button", tabindex: "0", "aria-expanded": "false" }).forEach(([name, value]) => (list.checked ? passage.removeAttribute(name) : passage.setAttribute(name, value))));
    };
    /** @param {any} event */
    const press = (event) => {
      const passage = event.target.closest(".passage[role]");
      if (!passage || (event.key && event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      const again = open === passage;
      close();
      if (again) return;
      open = passage;
      one("q", menu).textContent = passage.textContent;
      choice.replaceChildren(...[...own(passage).options].map((option) => option.cloneNode(true)));
      choice.value = own(passage).value;
      passage.setAttribute("aria-expanded", "true");
      passage.closest("li").append(menu);
      menu.hidden = false;
      choice.focus();
    };
    const back = () => { const passage = open; close(); passage?.focus(); };
    lines.addEventListener("click", press);
    lines.addEventListener("keydown", press);
    one("button", menu).addEventListener("click", back);
    menu.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => { if (event.key === "Escape") back(); });
    list.addEventListener("change", (/** @type {Event} */ event) => { event.stopPropagation(); view(); });
    x.form.addEventListener("change", (event) => { if (open && event.target === choice) own(open).value = choice.value; paint(); });
    x.root.addEventListener("written", () => { close(); paint(); });
    x.form.addEventListener("reset", () => { const { checked } = list; close(); setTimeout(() => { list.checked = checked; paint(); }); });
    view();
  },
  read(x) {
    const rows = all(".marks li", x.form).filter((row) => one("select", row).value);
    const missing = inputs(x, "missing").filter((box) => box.checked).map((box) => box.value);
    if (!rows.length && !missing.length) return { need: x.words.need_mark, focus: all(".passage[role], .marks:not([hidden]) select", x.form)[0] };
    return { tags: Object.fromEntries(rows.map((row) => [row.dataset.option, one("select", row).value])), missing };
  },
  write(x, response) {
    all(".marks li", x.form).forEach((row) => { one("select", row).value = response.tags[row.dataset.option || ""] || ""; });
    inputs(x, "missing").forEach((box) => { box.checked = response.missing.includes(box.value); });
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const s = this.score(x.marking, response); const w = x.words;
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    x.root.dispatchEvent(new Event("written"));
    /** @param {string} id */
    const tag = (id) => { const given = all(".marks option", x.form).find((option) => /** @type {any} */ (option).value === id); return given ? given.textContent : w.no_mark; };
    const branches = all(".branch", x.after);
    const away = branches.filter((b) => {
      const id = b.dataset.option || ""; const accepted = x.marking.spans.find((/** @type {any} */ span) => span[0] === id)?.[1]; const mine = response.tags[id];
      if (!accepted) return false;
      one(".ranks", b).textContent = `${w.you}: ${tag(mine)} · ${w.key}: ${accepted.map(tag).join(w.either) || w.no_mark}`;
      one(".ranks", b).hidden = false;
      all(".near-miss", b).forEach((line) => one("b", line).classList.toggle("yours", line.dataset.tag === mine));
      return accepted.length ? !accepted.includes(mine) : !!mine;
    });
    all("[data-element] .yours", x.after).forEach((yours) => { yours.hidden = !response.missing.includes(/** @type {any} */ (yours.closest("li")).dataset.element); });
    away.sort((a, b) => +!response.tags[a.dataset.option || ""] - +!response.tags[b.dataset.option || ""]); // marks that do not hold, then passages missed
    branches.forEach((b) => { /** @type {any} */ (b).open = away.slice(0, 3).includes(b) || b.dataset.option === "left-out--"; });
    const said = [fill(s.marked ? w.mark_score : w.mark_none, { x: s.hits.length, y: s.key, n: s.marked })];
    if (s.near.length) said.push(fill(w.mark_near, { n: s.near.length }));
    if (s.lacking) said.push(fill(w.missing_score, { x: s.found.length, y: s.lacking }));
    if (s.extra) said.push(fill(w.missing_extra, { n: s.extra }));
    return { title: w.mark_head, score: said.join(" ") };
  },
  tell(x, response) { const s = this.score(x.marking, response); return `${s.hits.length}/${s.key}, ${s.found.length}/${s.lacking}`; },
};

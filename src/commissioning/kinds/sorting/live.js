kinds.sorting = {
  score(marking, response) {
    if (marking.mode === "sequence") {
      const order = response?.order; const key = marking.key;
      if (!Array.isArray(order) || order.length !== key.length || !key.every((/** @type {string} */ id) => order.includes(id))) return null;
      const places = key.map((/** @type {string} */ id) => order.indexOf(id));
      const inversions = places.reduce((/** @type {number} */ sum, /** @type {number} */ place, /** @type {number} */ at) => sum + places.slice(at + 1).filter((/** @type {number} */ later) => later < place).length, 0);
      const pairs = (key.length * (key.length - 1)) / 2;
      return { inversions, had: pairs - inversions, of: pairs, share: 1 - inversions / pairs };
    }
    const placed = response?.placed; const cards = marking.cards;
    if (!placed || typeof placed !== "object" || Array.isArray(placed)) return null;
    const hits = cards.filter((/** @type {any} */ [id, into]) => into.includes(placed[id])).map((/** @type {any} */ card) => card[0]);
    return { hits, had: hits.length, of: cards.length, share: hits.length / cards.length };
  },
  start(x) {
    const order = x.marking.mode === "sequence";
    if (order) kinds.ranking.start?.(x);
    const list = one(".ladder, .cards", x.form); const undo = one("[data-undo]", x.form);
    const rows = () => all("[data-option]", list);
    const look = () => rows().map((row) => /** @type {const} */ ([row, row.dataset.moved, one("select", row).value]));
    let now = look(); let past = /** @type {(typeof now)[]} */ ([]);
    const paint = () => {
      undo.setAttribute("aria-disabled", String(!past.length));
      all("[data-bin]", x.form).forEach((bin) => {
        one("ul", bin).replaceChildren(...now.filter((was) => was[2] === bin.dataset.bin).map(([row]) => Object.assign(document.createElement("li"), { textContent: one(".what", row).textContent })));
      });
      now.forEach(([row, , value]) => { row.toggleAttribute("data-placed", !order && !!value); all("[data-tick]", row).forEach((tick) => tick.classList.toggle("on", tick.dataset.tick === value)); });
    };
    const noted = () => {
      const then = now; now = look();
      if (then.some(([row, , value], i) => row !== now[i][0] || value !== now[i][2])) past.push(then);
      paint();
    };
    const afresh = () => { now = look(); past = []; paint(); };
    ["click", "change", "drop"].forEach((what) => x.form.addEventListener(what, noted));
    x.root.addEventListener("written", afresh);
    x.form.addEventListener("reset", () => setTimeout(afresh));
    undo.addEventListener("click", () => {
      const then = past.pop(); const rest = past;
      if (!then) return;
      then.forEach(([row, moved, value]) => {
        list.append(row); one("select", row).value = value;
        if (moved === undefined) delete row.dataset.moved; else row.dataset.moved = moved;
      });
      x.root.dispatchEvent(new Event("written"));
      past = rest; paint(); deciding(x);
      one("p[role=status]", x.root).textContent = x.words.undone;
    });
    if (order) return;
    // Dragging is a bonus: the lists do the same.
    /** @type {HTMLElement | null} */ let held = null;
    rows().forEach((row) => { row.draggable = true; });
    list.addEventListener("dragstart", (/** @type {any} */ event) => { held = event.target.closest("li"); event.dataTransfer.effectAllowed = "move"; });
    all("[data-bin]", x.form).forEach((bin) => {
      bin.addEventListener("dragover", (event) => { if (held) event.preventDefault(); });
      bin.addEventListener("drop", (event) => { event.preventDefault(); if (held) one("select", held).value = bin.dataset.bin; held = null; deciding(x); });
    });
  },
  read(x) {
    const rows = all(".ladder li, .cards li", x.form);
    if (x.marking.mode === "sequence") return { order: rows.map((row) => row.dataset.option) };
    const blank = rows.find((row) => !one("select", row).value);
    if (blank) return { need: fill(x.words.need_place, { x: one(".what", blank).textContent.trim() }), focus: one("select", blank) };
    return { placed: Object.fromEntries(rows.map((row) => [row.dataset.option, one("select", row).value])) };
  },
  write(x, response) {
    if (x.marking.mode === "sequence") return kinds.ranking.write(x, { ranks: Object.fromEntries(response.order.map((/** @type {string} */ id, /** @type {number} */ i) => [id, i])) });
    all(".cards li", x.form).forEach((row) => { one("select", row).value = response.placed[row.dataset.option || ""] || ""; });
    x.root.dispatchEvent(new Event("written"));
  },
  show(x, response) {
    const { hits, had, of } = this.score(x.marking, response); const w = x.words; const { bins, cards } = x.marking;
    all(".fork .road, .fork .glow", x.root).forEach((part) => part.classList.add("taken"));
    /** @param {string} id */
    const named = (id) => (bins.includes(id) ? one(`[data-bin="${id}"] p`, x.form).textContent : w.nowhere);
    const branches = all(".branch", x.after);
    const away = branches.filter((b, i) => {
      const id = b.dataset.option || ""; const tag = one(".ranks", b);
      const at = hits ? named(response.placed[id]) : response.order.indexOf(id) + 1;
      const right = hits ? cards.find((/** @type {any} */ card) => card[0] === id)[1].map(named).join(w.either) : i + 1;
      tag.textContent = `${w.you}: ${at} · ${w.key}: ${right}`;
      tag.hidden = false;
      return hits ? !hits.includes(id) : at !== right;
    });
    if (hits) openBranches(x, away.map((b) => b.dataset.option || ""));
    branches.forEach((b) => { /** @type {any} */ (b).open = (away.length ? away : branches).slice(0, hits && away.length ? 3 : 1).includes(b); });
    if (!hits) return { title: w.rank_head, score: fill(w.order_score, { x: had, y: of }) };
    const guess = cards.reduce((/** @type {number} */ sum, /** @type {any} */ card) => sum + card[1].length, 0) / bins.length;
    return { title: w.sort_head, score: fill(w.sort_score, { x: had, y: of, c: Number(guess.toFixed(1)) }) };
  },
  tell(x, response) { const { had, of, hits } = this.score(x.marking, response); return fill(hits ? x.words.sort_told : x.words.order_told, { x: had, y: of }); },
  half: (x) => (x.marking.mode === "sequence" ? kinds.ranking.half?.(x) : null),
  resume: (x, half) => x.marking.mode === "sequence" && Boolean(kinds.ranking.resume?.(x, half)),
};

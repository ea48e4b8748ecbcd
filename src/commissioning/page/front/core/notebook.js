// ---- the notebook -----------------------------------------------------------------------------------------------------

/** The views of each exercise in this document, by number: the first has the exercise's own ids. @returns {Map<string, Set<number>>} */
const viewsHere = () => (/** @type {any} */ (globalThis).commissioningViews ??= new Map());
/** The number of a new view of an exercise. @param {string} id */
function viewOf(id) {
  const taken = viewsHere().get(id) ?? new Set();
  let view = 1;
  while (taken.has(view)) view += 1;
  viewsHere().set(id, taken.add(view));
  return view;
}
/** Gives a further view of an exercise ids and names of its own, so that its labels act on its own controls. @param {HTMLElement} root @param {number} view */
function renumber(root, view) {
  const own = new RegExp(`(^|[\\s#])${root.id}(?=$|[-\\s)])`, "g");
  if (view > 1) [root, ...all("*", root)].forEach((part) => [...part.attributes].forEach(({ name, value }) => {
    if (!/^(class|value|data-.*)$/.test(name) && value.includes(root.dataset.of || "")) part.setAttribute(name, value.replace(own, `$1${root.dataset.of}--${view}`));
  }));
}
/** Where a view keeps its exercise: in the widget, which its kernel and its other views share. @param {any} model @param {string} id @param {boolean} again @returns {Store & {stop: () => void}} */
function widgetStore(model, id, again) {
  const name = again ? `${id}:again` : id;
  /** @type {[string, () => void][]} */ const heard = [];
  const now = () => JSON.stringify([model.get("states")[id] ?? null, model.get("drafts")[name] ?? null]);
  let known = now();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let waits;
  /** Words not yet sent. The model has them only when they go: the echo of words sent before would put those over these. @type {{draft: Draft | null} | null} */ let unsent = null;
  const send = () => {
    clearTimeout(waits);
    waits = undefined;
    if (unsent) { const { draft } = unsent; unsent = null; put("drafts", name, draft); }
    model.save_changes();
  };
  /** @param {"states" | "drafts"} trait @param {string} key @param {any} part */
  const put = (trait, key, part) => {
    const { [key]: _, ...rest } = model.get(trait);
    const next = part === null ? rest : { ...rest, [key]: part };
    const mine = { states: model.get("states"), drafts: model.get("drafts"), [trait]: next };
    known = JSON.stringify([mine.states[id] ?? null, mine.drafts[name] ?? null]); // ours: this view need not hear of it
    model.set(trait, next);
  };
  return {
    load(isWhole) {
      if (now() !== known) unsent = null; // what stands is shown; who asks has put these aside
      known = now();
      const state = model.get("states")[id] ?? null;
      return { state: state && isWhole(state) ? state : null };
    },
    save(state) { put("states", id, state); send(); return model.get("is_kept") !== false; },
    forget() { put("states", id, null); send(); },
    draft: () => (unsent ? unsent.draft : readDraft(JSON.stringify(model.get("drafts")[name] ?? null))),
    keepDraft(draft) {
      if (!draft && !unsent && !(name in model.get("drafts"))) return true;
      unsent = { draft };
      waits ??= setTimeout(send, 300); // a word at a time, not a letter
      return true;
    },
    isLate: () => now() !== known,
    putAside: (draft) => model.send({ aside: name, raw: JSON.stringify(draft) }),
    watch(changed) {
      ["change:states", "change:drafts"].forEach((what) => {
        const hear = () => {
          if (now() === known) return;
          if (unsent?.draft) model.send({ aside: name, raw: JSON.stringify(unsent.draft) });
          changed();
        };
        heard.push([what, hear]);
        model.on(what, hear);
      });
    },
    stop() { if (waits) send(); heard.forEach(([what, hear]) => model.off(what, hear)); },
  };
}
/** The same in plain words stands below, for paper and for export: hidden where the exercise is live. @param {string} id */
function hidePlain(id) {
  const live = `decision-exercise[data-of="${id}"][data-state]:not([data-state="broken"])`;
  const rule = `@media screen { body:has(${live}) :is(.commissioning-kept-${id}, .jp-OutputArea-child:has(> * > .commissioning-kept-${id}, > * > * > .commissioning-kept-${id})) { display: none; } }`;
  if ([...document.querySelectorAll("style[data-commissioning-plain]")].some((sheet) => sheet.textContent === rule)) return;
  const sheet = document.createElement("style");
  sheet.dataset.commissioningPlain = "";
  sheet.textContent = rule;
  document.head.append(sheet);
}

/** An exercise in a notebook: the same HTML, with the answer kept in the widget. Returns what ends the view. @param {{model: any, el: HTMLElement, html: string, words: any}} given */
function render({ model, el, html, words }) {
  el.classList.add("commissioning-widget");
  // JupyterLab would take arrow keys for its own (unless what has the focus says no), and undo Enter in a box of ours.
  el.addEventListener("focusin", (event) => { /** @type {HTMLElement} */ (event.target).dataset.lmSuppressShortcuts = "true"; });
  el.addEventListener("beforeinput", (event) => { if (event.inputType === "insertLineBreak") event.stopPropagation(); }, true);
  el.innerHTML = html;
  printWhole(el);
  const ends = all("decision-exercise", el).map((root) => {
    const id = root.id;
    const view = viewOf(id);
    root.dataset.of = id;
    renumber(root, view);
    hidePlain(id);
    const store = widgetStore(model, id, root.hasAttribute("data-asked-again"));
    const x = mount(root, { id, words, store });
    const unkept = () => { if (x && model.get("is_kept") === false) notice(x, words.not_kept_here); };
    model.on("change:is_kept", unkept);
    return () => { store.stop(); model.off("change:is_kept", unkept); viewsHere().get(id)?.delete(view); };
  });
  return () => ends.forEach((end) => end());
}

Object.assign(casebook, { render });

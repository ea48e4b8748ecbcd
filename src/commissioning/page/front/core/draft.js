// ---- half-made answers -------------------------------------------------------------------------------------------

/** Half an answer, kept as it grows and told apart from what was decided: the fields that differ from an empty form,
 *  and what only the kind knows (an order, the turns so far). @typedef {{format: string, edition: string, at: string, fields: Record<string, string | boolean>, half: any}} Draft */

/** The controls of the form by names that outlast a change of wording; not what only changes the view. @param {Live} x @returns {Map<string, any>} */
function fieldsOf(x) {
  const own = (/** @type {string} */ text) => text.slice(x.root.id.length + 1);
  return new Map(all("input, select, textarea", x.form).filter((e) => !e.hasAttribute("data-view")).map((e) => {
    const field = /** @type {any} */ (e);
    if (field.name) return [`${own(field.name)}=${field.value}`, field];
    const row = /** @type {HTMLElement | null} */ (field.closest("[data-row], [data-option]"));
    const { row: at = "", option = "" } = row?.dataset ?? {};
    return [field.id ? own(field.id) : `:${[at, option, field.dataset.party, field.dataset.swing].filter(Boolean).join(":")}`, field];
  }));
}
/** What a field holds, and what it held in an empty form. @param {any} field @returns {(string | boolean)[]} */
function heldBy(field) {
  if (field.type === "radio" || field.type === "checkbox") return [field.checked, field.defaultChecked];
  if (field.tagName !== "SELECT") return [field.value, field.defaultValue];
  return [field.value, ([...field.options].find((o) => o.defaultSelected) ?? field.options[0])?.value ?? ""];
}
/** What stands half-made in the form; null where it is as empty as it was. @param {Live} x @returns {Draft | null} */
function draftOf(x) {
  const filled = [...fieldsOf(x)].map(([name, field]) => /** @type {const} */ ([name, heldBy(field)])).filter(([, [now, empty]]) => now !== empty);
  const half = x.kind.half?.(x) ?? null;
  if (!filled.length && half === null) return null;
  return { format: "commissioning-draft/1", edition: x.root.dataset.edition || "", at: new Date().toISOString(), fields: Object.fromEntries(filled.map(([name, [now]]) => [name, now])), half };
}
/** Puts a draft into an empty form, as far as it fits. Whether anything did. @param {Live} x @param {Draft} draft */
function takeDraft(x, draft) {
  const fields = fieldsOf(x);
  let any = false;
  Object.entries(draft.fields).forEach(([name, value]) => {
    const field = fields.get(name);
    if (!field) return;
    if (typeof value === "boolean") field.checked = value; else field.value = value;
    any = true;
    if (field.tagName === "TEXTAREA" && field.value) field.closest("details:not(.fold)")?.setAttribute("open", "");
  });
  if (draft.half !== null && draft.edition === x.root.dataset.edition) any = Boolean(x.kind.resume?.(x, draft.half)) || any;
  if (!any) return false;
  x.root.dispatchEvent(new Event("written"));
  drawFork(x, inputs(x, "choice").filter((i) => i.checked).map((i) => i.value), false);
  return true;
}
/** What was kept of each exercise's form, to write nothing twice. @type {WeakMap<Live, string>} */
const written = new WeakMap();
/** @param {Draft | null} draft */
const contentOf = (draft) => (draft ? JSON.stringify([draft.fields, draft.half]) : "");
/** Keeps what stands in the form; an empty form keeps nothing. Says so where the browser will not. What another tab has
 *  kept since stays, and what stands here is put aside and offered. @param {Live} x */
function keepDraft(x) {
  if (!x.store.keepDraft || x.root.dataset.state === "decided") return;
  const draft = draftOf(x);
  if (contentOf(draft) === (written.get(x) ?? "")) return;
  if (x.store.isLate?.()) { refresh(x, draft); return; }
  written.set(x, contentOf(draft));
  if (!x.store.keepDraft(draft)) setState(x, x.words.draft_not_kept);
}
/** Another tab has decided, forgotten or gone on: shows what stands now, and offers what stood only here. @param {Live} x @param {Draft | null} [mine] */
function refresh(x, mine = null) {
  if (!["untouched", "decided"].includes(x.root.dataset.state || "")) return;
  const had = x.state;
  reopen(x);
  one(".since", x.root).hidden = true;
  setTimeout(() => { // once every kind has emptied its form
    resume(x);
    if (had && !x.state) notice(x, x.words.forgotten);
    if (!mine || contentOf(mine) === (written.get(x) ?? "")) return;
    if (written.get(x) || x.state) x.store.putAside?.(mine);
    offer(one(".since", x.root), x.words.draft_elsewhere, x.words.draft_take_up, () => {
      one(".since", x.root).hidden = true;
      reopen(x);
      setTimeout(() => { takeDraft(x, mine); deciding(x); keepDraft(x); });
    });
  });
}
/** It was decided, or forgotten. @param {Live} x */
function dropDraft(x) {
  written.delete(x);
  x.store.keepDraft?.(null);
}
/** Listens to everything that may change the form. What a kind does about it is done first. @param {Live} x */
function watchDraft(x) {
  let waits = false;
  const soon = () => { if (!waits) { waits = true; setTimeout(() => { waits = false; keepDraft(x); }); } };
  ["input", "change", "click", "drop"].forEach((what) => x.form.addEventListener(what, soon));
}
/** A draft as it was kept, or null for what is none. Before all kinds had drafts, a scenario's path stood alone. @param {string | null} raw @returns {Draft | null} */
function readDraft(raw) {
  try {
    const d = JSON.parse(raw ?? "null");
    if (d?.format === undefined && Array.isArray(d?.path)) return { format: "commissioning-draft/1", edition: d.edition, at: "", fields: {}, half: { path: d.path, backs: d.backs } };
    const good = d?.format === "commissioning-draft/1" && typeof d.edition === "string" && d.fields && typeof d.fields === "object" && Object.values(d.fields).every((v) => typeof v === "string" || typeof v === "boolean");
    return good ? { half: null, ...d } : null;
  } catch { return null; }
}

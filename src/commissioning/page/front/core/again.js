// ---- coming back: what was decided is one line; what follows a decision waits for it; nothing is lost by a slip ---------

/** What the reader said, in one line. @param {Live} x @param {any} response */
function saidIn(x, response) {
  const [heading, told] = [one(".after-title", x.after).textContent, x.kind.tell(x, response)];
  if (x.root.dataset.kind === "explorer") return fill(x.words.predicted, { x: told });
  return heading.startsWith("You ") || told.length > 60 ? heading : `${heading}: ${told}`;
}
/** A decision taken on an earlier visit stands as one line until it is asked for, found or led to. @param {Live} x */
function fold(x) {
  if (x.root.dataset.state !== "decided" || x.root.matches(".question") || one(".since:not([hidden])", x.root) || isLedTo(x)) return;
  const line = document.createElement("p");
  const [name, show] = [document.createElement("b"), document.createElement("button")];
  const number = /[\d.]+$/.exec(one(".decision-label b", x.root)?.textContent ?? "")?.[0] ?? "";
  name.textContent = `${number} ${one(".decision-title", x.root)?.textContent ?? ""}`.trim();
  const said = saidIn(x, /** @type {State} */ (x.state).last.response);
  Object.assign(show, { type: "button", className: "quiet", textContent: x.words.show });
  show.setAttribute("aria-expanded", "false");
  show.addEventListener("click", () => { unfold(x); one(".after-title", x.after).focus(); });
  line.className = "said-before";
  line.append(name, ` ${said[0].toUpperCase()}${said.slice(1)}. `, show);
  x.root.prepend(line);
  [x.form, x.after].forEach((part) => {
    /** @type {any} */ (part).hidden = "until-found"; // a browser's own search still finds what is in it
    part.ariaHidden = "true"; // or a form without a name would be told
  });
  x.root.addEventListener("beforematch", () => unfold(x));
  addEventListener("hashchange", () => { if (isLedTo(x)) { unfold(x); x.root.scrollIntoView(); } });
}
/** @param {Live} x */
function unfold(x) {
  const line = one(".said-before", x.root);
  if (!line) return;
  line.remove();
  [x.form, x.after].forEach((part) => part.removeAttribute("aria-hidden"));
  x.form.hidden = false;
  x.after.hidden = x.root.dataset.state !== "decided";
}
/** @param {Live} x */
const isLedTo = (x) => location.hash.slice(1) === x.root.id;

/** What gives a decision's answer is shown once it is decided, or asked for all the same. @param {HTMLDetailsElement} box */
function later(box) {
  const id = box.dataset.after ?? "";
  const asked = document.getElementById(id);
  const told = () => { box.open = true; box.toggleAttribute("data-told", true); };
  if (!asked?.dataset.state || asked.dataset.state === "broken" || asked.dataset.state === "decided" || shelf.read(`decision:${id}`) !== null) return told();
  box.open = false;
  return asked.addEventListener("decided", told);
}

/** Beside Decide, while an answer is kept: a way back to it. @param {Live} x */
function offerBack(x) {
  const act = one(".go", x.form).closest(".act");
  one("[data-let-be]", act)?.remove();
  if (!x.state || x.state.last.edition !== x.root.dataset.edition) return;
  const leave = document.createElement("button");
  Object.assign(leave, { type: "button", className: "quiet", textContent: x.words.leave });
  leave.dataset.letBe = "";
  leave.addEventListener("click", () => {
    x.store.keepDraft?.(null);
    written.delete(x);
    reopen(x);
    setTimeout(() => { // once every kind has emptied its form
      x.kind.write(x, /** @type {State} */ (x.state).last.response);
      reveal(x, /** @type {State} */ (x.state).last.response, true);
    });
  });
  one(".go", act).after(leave);
}

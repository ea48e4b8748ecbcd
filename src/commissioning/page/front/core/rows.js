// ---- a grid, one row at a time ----------------------------------------------------------------------------------

/** One row of a grid at a time, where the page is narrow. Returns what goes to a row. @param {Live} x @param {(event?: Event) => void} look */
function rowByRow(x, look) {
  const rows = all("tr[data-row]", x.form);
  const buttons = all("[data-go]", x.form);
  let at = 0;
  /** @param {number} to @param {boolean} [focus] */
  const go = (to, focus) => {
    at = to;
    [rows, all(".told", x.form)].forEach((list) => list.forEach((row, i) => row.toggleAttribute("data-away", i !== at)));
    one(".row-at", x.form).textContent = `${fill(x.words.row_at, { n: at + 1, y: rows.length })}: ${one("th", rows[at]).textContent}`;
    buttons.forEach((b) => b.setAttribute("aria-disabled", String(!rows[at + Number(b.dataset.go)])));
    look();
    if (!focus) return;
    (one("input:checked", rows[at]) || one("select, input", rows[at])).focus({ preventScroll: true });
    const narrow = one(".row-nav", x.form).offsetParent;
    const top = (narrow && one(".left", x.form)) || rows[at]; // narrow, what the rows come to stands above the one row
    if (top.getBoundingClientRect().top < 72 || rows[at].getBoundingClientRect().bottom > innerHeight) top.scrollIntoView();
  };
  buttons.forEach((b) => b.addEventListener("click", () => { if (b.getAttribute("aria-disabled") !== "true") go(at + Number(b.dataset.go), true); }));
  x.form.addEventListener("change", look);
  x.form.addEventListener("reset", () => setTimeout(() => go(0)));
  x.root.addEventListener("written", () => look());
  go(0);
  return go;
}

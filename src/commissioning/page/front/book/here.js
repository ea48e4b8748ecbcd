// ---- where one is: the list of the page's sections, and the page in the contents -----------------------------------------

/** The list stands beside the page where there is room, else first in the contents; the section that is being read is
 *  marked in it, and the page's own entry in the contents is in view. @param {() => void} leave closes the contents on a phone */
function showHere(leave) {
  const contents = document.querySelector("nav.contents");
  const list = document.querySelector("nav.toc");
  const wide = matchMedia("(min-width: 75rem)");
  const page = contents?.querySelector('[aria-current="page"]');
  if (contents && page && wide.matches) contents.scrollTop = Math.max(0, page.getBoundingClientRect().top - contents.getBoundingClientRect().top - contents.clientHeight / 2);
  contents?.addEventListener("click", (event) => { if (/** @type {Element} */ (event.target).closest('a[href^="#"]')) leave(); });
  if (!contents || !list) return;

  const place = () => { if (wide.matches) contents.before(list); else contents.prepend(list); };
  place();
  wide.addEventListener("change", place);

  const links = [...list.querySelectorAll("a")];
  const parts = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let waits = false;
  /** Whether a part is on the page at all: not one that is shown only once there is something in it. @param {HTMLElement | null} part */
  const isThere = (part) => Boolean(part) && !part?.closest('[hidden]:not([hidden="until-found"])');
  function mark() {
    waits = false;
    const line = innerHeight / 3;
    const there = parts.map(isThere);
    const here = parts.reduce((last, part, i) => (part && there[i] && part.getBoundingClientRect().top < line ? i : last), -1);
    links.forEach((link, i) => { /** @type {HTMLElement} */ (link.parentElement).hidden = !there[i]; });
    /** @type {HTMLElement} */ (list).hidden = !there.includes(true);
    links.forEach((link, i) => {
      if (i !== here) { link.removeAttribute("aria-current"); return; }
      if (link.hasAttribute("aria-current")) return;
      link.setAttribute("aria-current", "true");
      const box = /** @type {Element} */ (list);
      const [one, all] = [link.getBoundingClientRect(), box.getBoundingClientRect()];
      if (wide.matches && (one.top < all.top || one.bottom > all.bottom)) box.scrollTop += one.top - all.top - all.height / 3;
    });
  }
  mark();
  const soon = () => { if (!waits) { waits = true; requestAnimationFrame(mark); } };
  addEventListener("scroll", soon, { passive: true });
  new MutationObserver(soon).observe(document.querySelector("main") ?? document.body, { subtree: true, attributeFilter: ["hidden"] });
}

"""How long from navigation until the first question can be answered: ours, and the same question by jupyterquiz.

Both pages come from the same server code to the same browser, cold, in turn. The clock is the page's own, from the
start of navigation to the first frame after the question can be answered.
"""

from __future__ import annotations

from books import QUIZ as PACKAGE
from books import Books
from browser import cold_page
from page_bytes import OURS, QUIZ, Weight, weigh
from playwright.sync_api import Browser
from served import Served, served
from tables import Table, middle, p95

LOADS = 20
SLOW_LOADS = 15
READY = {
    "ours": 'decision-exercise[data-state="untouched"] form input',
    "jupyterquiz": ".Quiz .Answer input, .Quiz .Answer button, .Quiz .MCButton",
}
WATCH = """(selector => {
  const isReady = () => [...document.querySelectorAll(selector)].some(at => at.getClientRects().length > 0);
  const look = () => {
    if (!isReady()) return false;
    watcher.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.readyAt = performance.now(); }));
    return true;
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"]});
})"""


def first_decision(browser: Browser, books: Books) -> list[Table]:
    """Times on a fast and on a slow network, and what was asked for, side by side."""
    with served(books.ours.site) as ours, served(books.plain.site) as plain:
        pages = {"ours": (ours, OURS), "jupyterquiz": (plain, QUIZ)}
        weights = {name: weigh(browser, *page) for name, page in pages.items()}
        load(browser, *pages["ours"], "ours"), load(browser, *pages["jupyterquiz"], "jupyterquiz")  # warm the machine
        fast = times(browser, pages, LOADS)
        slow = times(browser, pages, SLOW_LOADS, slow=True)
    return [
        beside("first", "First decision: no network limits", fast, weights),
        beside("first-slow", "First decision: 1.6 Mbit/s, 150 ms", slow, weights),
    ]


def times(
    browser: Browser, pages: dict[str, tuple[Served, str]], loads: int, *, slow: bool = False
) -> dict[str, list[float]]:
    """Milliseconds of each load, the two pages in turn."""
    found: dict[str, list[float]] = {name: [] for name in pages}
    for turn in range(loads):
        order = list(pages) if turn % 2 else list(reversed(pages))
        for name in order:
            found[name].append(load(browser, *pages[name], name, slow=slow))
    return found


def load(browser: Browser, site: Served, path: str, name: str, *, slow: bool = False) -> float:
    """One cold load: milliseconds from navigation to the first frame in which the question can be answered."""
    with cold_page(browser, slow=slow) as page:
        page.add_init_script(f"{WATCH}({READY[name]!r})")
        page.goto(site.address + path, wait_until="commit")
        page.wait_for_function("() => window.readyAt", timeout=60_000, polling=50)
        return float(page.evaluate("() => window.readyAt"))


def beside(name: str, title: str, found: dict[str, list[float]], weights: dict[str, Weight]) -> Table:
    """Ours and theirs in one table, and whether ours is faster, with fewer requests and fewer bytes."""
    head = ["page", "median ms", "p95 ms", "loads", "requests", "of these to other hosts", "KB as sent"]
    rows = [
        [label, middle(found[key]), p95(found[key]), len(found[key]), w.requests, len(w.elsewhere), w.total]
        for key, label in (("ours", "our chapter"), ("jupyterquiz", f"plain Jupyter Book, {PACKAGE}"))
        for w in (weights[key],)
    ]
    table = Table(name, title, head, [list(row) for row in rows])
    mine, theirs = weights["ours"], weights["jupyterquiz"]
    table.promise(middle(found["ours"]) < middle(found["jupyterquiz"]), "ours is not faster at the median.")
    table.promise(p95(found["ours"]) < p95(found["jupyterquiz"]), "ours is not faster at the 95th percentile.")
    table.promise(mine.requests < theirs.requests, "ours makes no fewer requests.")
    table.promise(mine.total < theirs.total, "ours asks for no fewer bytes.")
    return table

"""How long from navigation until the first question can be answered: ours, and the same question by jupyterquiz.

Both pages come from the same server code to the same browser, cold, in turn. The clock is the page's own, from the
start of navigation to the first frame after the question can be answered.
"""

from __future__ import annotations

from dataclasses import dataclass

from books import QUIZ as PACKAGE
from books import Books
from browser import cold_page
from page_bytes import OURS, QUIZ, Weight, weigh
from playwright.sync_api import Browser
from served import Served, served
from tables import Table, middle, p95

LOADS = 20
SLOW_LOADS = 15
OUR_QUESTION = 'decision-exercise[data-state="untouched"] form input'
THEIR_QUESTION = ".Quiz .Answer input, .Quiz .Answer button, .Quiz .MCButton"
CHAPTER, ALIKE, THEIRS = "our chapter, whole", "our book, same prose and question", f"plain Jupyter Book, {PACKAGE}"
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


DONE = """() => {
  const painted = performance.getEntriesByName("first-contentful-paint")[0];
  return window.readyAt && painted ? Math.max(window.readyAt, painted.startTime) : null;
}"""


@dataclass(frozen=True)
class Case:
    """One page of the comparison."""

    site: Served
    path: str
    question: str


def first_decision(browser: Browser, books: Books) -> list[Table]:
    """Times on a fast and on a slow network, and what was asked for, side by side."""
    alike = books.alike
    with served(books.ours.site) as ours, served(books.plain.site) as plain:
        cases = {
            CHAPTER: Case(ours, OURS, OUR_QUESTION),
            ALIKE: Case(ours, alike, OUR_QUESTION),
            THEIRS: Case(plain, QUIZ, THEIR_QUESTION),
        }
        weights = {name: weigh(browser, case.site, case.path) for name, case in cases.items()}
        times(browser, cases, 1)  # the machine's own caches
        fast = times(browser, cases, LOADS)
        slow = times(browser, cases, SLOW_LOADS, slow=True)
    return [
        beside("first", "First decision: network without limits", fast, weights),
        beside("first-slow", "First decision: 1.6 Mbit/s, 150 ms", slow, weights),
    ]


def times(browser: Browser, cases: dict[str, Case], loads: int, *, slow: bool = False) -> dict[str, list[float]]:
    """Milliseconds of each load, the pages in turn, each turn beginning with another."""
    found: dict[str, list[float]] = {name: [] for name in cases}
    for turn in range(loads):
        names = list(cases)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            found[name].append(load(browser, cases[name], slow=slow))
    return found


def load(browser: Browser, case: Case, *, slow: bool = False) -> float:
    """One cold load: milliseconds from navigation to the first frame in which the question can be answered."""
    with cold_page(browser, slow=slow) as page:
        page.add_init_script(f"{WATCH}({case.question!r})")
        page.goto(case.site.address + case.path, wait_until="commit")
        return float(page.wait_for_function(DONE, timeout=60_000, polling=50).json_value())


def beside(name: str, title: str, found: dict[str, list[float]], weights: dict[str, Weight]) -> Table:
    """All pages in one table, and whether ours are faster, with fewer requests and fewer bytes."""
    head = ["page", "median ms", "p95 ms", "loads", "requests", "of these to other hosts", "KB as sent"]
    rows: list[list[str | float]] = [
        [label, middle(took), p95(took), len(took), weight.requests, len(weight.elsewhere), weight.total]
        for label, took in found.items()
        for weight in (weights[label],)
    ]
    table = Table(name, title, head, [*rows])
    theirs = weights[THEIRS]
    for label in (CHAPTER, ALIKE):
        mine = weights[label]
        table.promise(middle(found[label]) < middle(found[THEIRS]), f"{label}: not faster at the median ({name}).")
        table.promise(mine.requests < theirs.requests, f"{label}: no fewer requests.")
        table.promise(mine.total < theirs.total, f"{label}: no fewer bytes.")
    return table

"""How long my record takes to show 1,000 answers in a book of 1,000 decisions, a quarter of them answered twice.

From reading the browser's storage to a page that has been laid out. The page stands outside a built book, so that the
number is the record's own. It is counted twice: by the clock, and in the time that the page's thread had the processor,
which other work on the machine does not lengthen. With a processor slowed four times as well: a cheap phone.
"""

from __future__ import annotations

import json
from typing import Any

from books import Books
from browser import HEIGHT, WIDTH, devtools
from fixture_book import FIXTURES
from playwright.sync_api import Browser, CDPSession, Page
from record_on_a_page import ADDRESS, large_index, lay_out, state
from tables import Table, middle

from commissioning.book import read_book

ANSWERS = 1000
ROUNDS = 9
LIMIT = 200  # ms of the processor at the median
SLOWER = 4
SHOW = """() => {
  const from = performance.now();
  globalThis.commissioning.record.show();
  document.body.getBoundingClientRect();
  return performance.now() - from;
}"""


def record(browser: Browser, books: Books) -> list[Table]:
    """Milliseconds to show a large record, and what the page then holds."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    lay_out(context, large_index(read_book(FIXTURES / "book"), ANSWERS))
    page = context.new_page()
    page.goto(ADDRESS)
    page.evaluate("kept => kept.forEach(([name, raw]) => localStorage.setItem(name, raw))", kept())
    rows: list[list[str | float]] = [
        ["processor as it is", *times(page, rate=1)],
        [f"processor {SLOWER} times slower", *times(page, rate=SLOWER)],
    ]
    page.reload()
    nodes = int(page.evaluate("() => document.querySelectorAll('.record *').length"))
    context.close()
    table = Table(
        "record",
        f"My record with {ANSWERS:,} answers",
        ["machine", "median ms by the clock", "median ms of the processor", "most of these"],
        rows,
    )
    table.notes.append(f"Limit: {LIMIT} ms of the processor, as it is. {nodes:,} elements stand in the page.")
    at = float(rows[0][2])
    table.promise(at < LIMIT, f"a record of {ANSWERS:,} answers takes {at:.0f} ms; the limit is {LIMIT} ms.")
    return [table]


def times(page: Page, *, rate: int) -> list[float]:
    """Of several rounds: the median by the clock, and the median and the most of the processor's own time."""
    session = devtools(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    page.reload()
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    clock, own = [], []
    for _ in range(ROUNDS):
        before = worked(session)
        clock.append(float(page.evaluate(SHOW)))
        own.append(worked(session) - before)
    session.send("Performance.disable")
    return [middle(clock), middle(own), max(own)]


def worked(session: CDPSession) -> float:
    """Milliseconds for which the page's thread has had the processor."""
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return 1000 * float(metrics["TaskDuration"])


def kept() -> list[list[str]]:
    """A browser's storage: answers right and wrong, with every certainty."""
    made: list[list[str]] = []
    for n in range(ANSWERS):
        choices: list[Any] = [(f"option-{n % 4}", n % 3 + 1)] + ([("option-1", 3)] if n % 4 == 0 else [])
        days = (1 + n % 20, 21 + n % 8)
        one = state(f"exercise-{n}", *choices, days=days if len(choices) > 1 else (days[0], days[0]))
        made.append([f"commissioning:decision:exercise-{n}", json.dumps(one)])
    return made

"""How long from the press of Decide until the feedback is on the screen, for every exercise of the chapter in turn.

The clock starts with the press itself (the event's own time) and stops after the first frame that shows the feedback
(two animation frames). With a processor slowed four times as well: a cheap phone.
"""

from __future__ import annotations

from books import Books
from browser import cold_page, devtools
from page_bytes import OURS
from playwright.sync_api import Browser, Page
from served import served
from tables import Table, middle, p95

ROUNDS = 4
LIMIT = 100  # ms at the 95th percentile
SLOWER = 4
CLOCK = """() => {
  document.querySelectorAll("details").forEach(fold => { fold.open = true; });
  document.addEventListener("click", event => {
    const exercise = event.target.closest(".go")?.closest("decision-exercise");
    if (!exercise) return;
    window.took = null;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const shown = exercise.dataset.state === "decided" && !exercise.querySelector(".after").hidden;
      window.took = shown ? performance.now() - event.timeStamp : -1;
    }));
  }, true);
}"""
FILL = """(name, round) => {
  const exercise = document.getElementById(name);
  exercise.querySelector("details.fold")?.setAttribute("open", "");
  exercise.querySelector("[data-again]").click();
  const form = exercise.querySelector("form");
  const groups = new Set([...form.querySelectorAll("input[type=radio]")].map(one => one.name));
  groups.forEach(group => {
    const all = form.querySelectorAll(`[name="${group}"]`);
    all[round % all.length].checked = true;
  });
  [...form.querySelectorAll("input[type=checkbox]")].slice(round, round + 3).forEach(box => { box.checked = true; });
  form.querySelectorAll("input[type=number]").forEach(box => {
    box.value = box.max ? Math.round(box.max * (round + 1) / 5) : 9 * (round + 1);
  });
  form.dispatchEvent(new Event("change"));
}"""


def feedback(browser: Browser, books: Books) -> list[Table]:
    """Milliseconds at the median and the 95th percentile, at full speed and with the processor slowed."""
    with served(books.ours.site) as site:
        found = {rate: decide_all(browser, site.address + OURS, rate) for rate in (1, SLOWER)}
    labels = {1: "processor as it is", SLOWER: f"processor {SLOWER} times slower"}
    rows: list[list[str | float]] = [
        [labels[rate], middle(took), p95(took), max(took), len(took)] for rate, took in found.items()
    ]
    table = Table(
        "feedback", "Press to feedback on screen", ["machine", "median ms", "p95 ms", "most", "decisions"], rows
    )
    table.notes.append(f"Limit: {LIMIT} ms at the 95th percentile, processor as it is.")
    at = p95(found[1])
    table.promise(at <= LIMIT, f"feedback takes {at:.0f} ms at the 95th percentile; the limit is {LIMIT} ms.")
    return [table]


def decide_all(browser: Browser, address: str, rate: int) -> list[float]:
    """Decide every exercise of the page, several times, by real presses of the mouse; milliseconds of each."""
    with cold_page(browser) as page:
        page.goto(address, wait_until="load")
        names: list[str] = page.eval_on_selector_all("decision-exercise", "all => all.map(one => one.id)")
        page.evaluate(CLOCK)
        devtools(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
        return [decide(page, name, turn) for turn in range(ROUNDS) for name in names]


def decide(page: Page, name: str, turn: int) -> float:
    """Fill one form, press its button, and read the page's clock."""
    page.evaluate(f"([name, round]) => ({FILL})(name, round)", [name, turn])
    page.locator(f'[id="{name}"] .go').click()
    page.wait_for_function("() => window.took !== null && window.took !== undefined", polling=20)
    took = float(page.evaluate("() => window.took"))
    if took < 0:
        missing = page.locator(f'[id="{name}"] .need').inner_text()
        raise RuntimeError(f"{name} showed no feedback: {missing}")
    return took

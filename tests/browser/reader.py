"""What a reader does in a page, by mouse: opens, chooses, types, decides. And what a test reads off it.

Names of exercises are ids in the built chapter; marking is read from the page, so that an author's edit breaks no test.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

CHAPTER = "book/finding-people-at-risk/index.html"
GALLERY = "book/kinds-of-decision/index.html"
KINDS = ("best-answer", "choose-three", "claim", "estimate", "explorer", "ranking", "short-answer")
BEST, THREE, CLAIM = "what-the-trial-shows", "a-list-of-names", "what-the-gap-shows"
RANGES, NUMBER, EXPLORER, RANKING = (
    "matrons-triumph",
    "how-far-it-fell",
    "where-to-draw-the-line",
    "questions-for-a-claim",
)
RECALL = "finding-people-at-risk--regression-in-a-sentence"


def pages(site: Path) -> list[str]:
    """Every page of the book by its path in the site; not the one at its root, which only leads on to the first."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [path for path in found if path != "index.html"]


def see_charts(page: Page) -> None:
    """Read on anyway where a chart waits for a decision, scroll to each, and wait until it is live."""
    page.locator("details.waits").evaluate_all("all => all.forEach(one => { one.open = true; })")
    for chart in page.locator("[data-chart]").all():
        chart.scroll_into_view_if_needed()
        expect(chart).to_have_attribute("data-drawn", "", timeout=20_000)


def show_decided(page: Page) -> None:
    """Show what was decided on an earlier visit, and stands as one line."""
    page.locator("decision-exercise > .said-before button").evaluate_all("all => all.forEach(one => one.click())")


def open_everything(page: Page) -> None:
    """Open all that is folded, at once."""
    show_decided(page)
    page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true; })")


def exercise(page: Page, name: str) -> Locator:
    """One exercise."""
    return page.locator(f'decision-exercise[id="{name}"]')


KEPT = "commissioning:commissioning-casebook:"
OWN = "decision-exercise:not([data-asked-again])"


def exercises(page: Page) -> list[str]:
    """The ids of every exercise, in the page's order; not those asked again from earlier chapters."""
    names: list[str] = page.eval_on_selector_all(OWN, "all => all.map(one => one.id)")
    return names


def kind(page: Page, name: str) -> str:
    """Its kind, as in its data-kind."""
    return str(exercise(page, name).get_attribute("data-kind"))


def state(page: Page, name: str) -> str:
    """untouched, decided or broken."""
    return str(exercise(page, name).get_attribute("data-state"))


def marking(page: Page, name: str) -> dict[str, Any]:
    """What the page marks it by."""
    found: dict[str, Any] = json.loads(exercise(page, name).locator("script[data-marking]").text_content() or "")
    return found


def letter(page: Page, name: str, option: str) -> str:
    """A for the first option, and so on."""
    return "ABCDEFGH"[marking(page, name)["options"].index(option)]


def unfold(page: Page, name: str) -> None:
    """Open a closing question, which starts folded."""
    fold = exercise(page, name).locator("details.fold")
    if fold.count() and fold.get_attribute("open") is None:
        fold.locator("> summary").click()


def choose(page: Page, name: str, *options: str) -> None:
    """Click these options' rows."""
    for option in options:
        exercise(page, name).locator(f'.path:has(input[value="{option}"])').click()


def be_sure(page: Page, name: str, level: int) -> None:
    """Say how sure: 1, 2 or 3."""
    exercise(page, name).locator(".sure label").nth(level - 1).click()


def type_numbers(page: Page, name: str, *numbers: float) -> None:
    """Type into the form's number boxes, in order."""
    for box, number in zip(exercise(page, name).locator("form input[type=number]").all(), numbers, strict=True):
        box.fill(f"{number:g}")


def press_decide(page: Page, name: str) -> None:
    """Press the exercise's own button."""
    exercise(page, name).locator(".go").click()


def show_again(page: Page, name: str) -> None:
    """Press "Show" on a decision that comes back as one line."""
    exercise(page, name).locator(".said-before button").click()


def press_again(page: Page, name: str) -> None:
    """Press "Try again"."""
    exercise(page, name).locator("[data-again]").click()


def answer(page: Page, name: str, *, well: bool = True) -> None:
    """Fill the form, by the key or against it, without deciding."""
    unfold(page, name)
    marked = marking(page, name)
    key = marked.get("key")
    match kind(page, name):
        case "best-answer":
            choose(page, name, key if well else wrong_options(marked)[0])
            be_sure(page, name, 3)
        case "claim":
            choose(page, name, key if well else wrong_options(marked)[0])
        case "choose-three":
            choose(page, name, *(key if well else wrong_options(marked)[:3]))
        case "estimate":
            low, high = marked["between"]
            right = marked.get("value", (low + high) / 2)
            type_numbers(page, name, *[right if well else high] * marked["asks"])
        case "explorer":
            type_numbers(page, name, 500 if well else 1)
        case "ranking":
            exercise(page, name).locator("[data-move='1']").first.click()
        case "short-answer":
            exercise(page, name).locator("textarea").fill("What made them extreme was partly luck.")
        case "plain-words":
            exercise(page, name).locator("textarea").fill("It moves on Monday, and we do not yet know for how long.")
        case "sorting" | "decision-rights":
            for select in exercise(page, name).locator("form select").all():
                select.select_option(index=1)
        case "annotation":
            exercise(page, name).locator(".passage").first.click()
            exercise(page, name).locator(".mark-menu select").select_option(index=1)
            page.keyboard.press("Escape")
        case "concordance":
            for scale in exercise(page, name).locator(".scale").all():
                scale.locator("label").first.click()
        case "allocation":
            exercise(page, name).locator("[data-step='1']").first.click()
        case "priorities":
            exercise(page, name).locator("[data-swing]").first.fill("40")
        case "sourcing":
            give_each_job_to_the_cheapest(page, name)
        case "negotiation":
            negotiate_once(page, name)
        case "scenario":
            play_to_the_last_choice(page, name)


def negotiate_once(page: Page, name: str, move: int = 0) -> None:
    """One round with a move, by its place, and the first of each term if it puts a package."""
    exercise(page, name).locator(".path").nth(move).click()
    for issue in exercise(page, name).locator(".terms fieldset:visible").all():
        issue.locator("label").first.click()
    press_decide(page, name)


def give_each_job_to_the_cheapest(page: Page, name: str) -> None:
    """One choice for each function, of whoever does it for least; row by row where one row is seen at a time."""
    for function, cells in marking(page, name)["functions"]:
        row = exercise(page, name).locator(f'tr[data-row="{function}"]')
        while not row.is_visible():
            exercise(page, name).locator("[data-go='1']").click()
        row.locator(f'.offer:has(input[value="{min(cells, key=lambda who: cells[who][0])}"])').click()


def play_to_the_last_choice(page: Page, name: str) -> None:
    """Always the first choice that can be seen; the last one is made and not yet pressed."""
    nodes = marking(page, name)["nodes"]
    for _ in nodes:
        now = exercise(page, name).locator(".paragraph.current")
        path = now.locator(".path:visible").first
        path.click()
        choice = nodes[now.get_attribute("data-node")][path.locator("input").get_attribute("value")]
        if choice["goto"] not in nodes:
            return
        press_decide(page, name)


def decide(page: Page, name: str, *, well: bool = True) -> None:
    """Answer it and press its button."""
    answer(page, name, well=well)
    if kind(page, name) == "negotiation":
        exercise(page, name).locator("[data-accept]:visible, [data-leave]:visible").first.click()
    else:
        press_decide(page, name)
    expect(exercise(page, name)).to_have_attribute("data-state", "decided")


def wrong_options(marked: dict[str, Any]) -> list[str]:
    """The options that are not in the key."""
    key = marked["key"] if isinstance(marked["key"], list) else [marked["key"]]
    return [option for option in marked["options"] if option not in key]


def words(page: Page, name: str, part: str) -> str:
    """The words a reader sees in one part of an exercise (a CSS selector), on one line."""
    return " ".join(exercise(page, name).locator(part).first.inner_text().split())


def open_branches(page: Page, name: str) -> list[str]:
    """The option ids of the branches that stand open, in the page's order."""
    found: list[str] = (
        exercise(page, name).locator("details.branch[open]").evaluate_all("all => all.map(one => one.dataset.option)")
    )
    return found


def focused(page: Page) -> str:
    """What has the focus: the id of its exercise and its class or kind, as "exercise .class"."""
    found: str = page.evaluate(
        """() => { const at = document.activeElement;
                   return `${at.closest("decision-exercise")?.id ?? ""} .${at.className || at.type || at.tagName}`; }"""
    )
    return found


def kept(page: Page, name: str) -> dict[str, Any] | None:
    """What the browser has kept for an exercise."""
    raw = page.evaluate(
        "name => localStorage.getItem(Object.keys(localStorage).find(key => key.endsWith(`:decision:${name}`)) ?? '')",
        name,
    )
    return None if raw is None else dict(json.loads(raw))


def wait_for_attempts(page: Page, name: str, count: int) -> None:
    """Until this tab sees what another wrote: Chromium hands storage from process to process in its own time."""
    page.wait_for_function(
        """([name, n]) => { const key = Object.keys(localStorage).find(key => key.endsWith(`:decision:${name}`));
             return JSON.parse(localStorage.getItem(key) ?? "{}").attempts === n; }""",
        arg=[name, count],
    )


def keys(page: Page) -> list[str]:
    """Every key in localStorage."""
    found: list[str] = page.evaluate("() => Object.keys(localStorage)")
    return found

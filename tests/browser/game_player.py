"""A player of the game in its page: begins, chooses, ends turns, writes; and looks at what is shown and kept."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import game_pages
from playwright.sync_api import Page, expect

from commissioning import page as book_page
from commissioning import scenario

ADDRESS = "http://game.test/play.html"
RULES = game_pages.RULES
SAVE, RUNS = "commissioning:game:2013", "commissioning:game:runs"
SENTENCE = "commissioning:reflection:your-first-hundred-days.one-sentence"
FORBIDDEN = """Object.defineProperty(window, "localStorage",
  { get() { throw new DOMException("The request was denied.", "SecurityError"); } });"""
FULL = """Storage.prototype.setItem = () => { throw new DOMException("Full.", "QuotaExceededError"); };"""


@cache
def html() -> str:
    """The page of the tests' own telling."""
    return game_pages.html()


# -- what a player does ------------------------------------------------------------------------------------------------


def begin(page: Page, *, skin: str = "2013", seed: int = 417) -> None:
    """Choose a telling and a seed, and begin."""
    page.locator(f'[name=game-skin][value="{skin}"]').check()
    page.locator("#game-seed").fill(str(seed))
    page.locator(".begin .go").click()
    if page.locator(".begin").count():
        page.locator(".begin .go").click()
    expect(page.locator("[data-heading]")).to_have_text("Days 1 to 20")


CHOOSE = """pick => {
  const at = name => document.querySelector(`section[data-choice="${name}"]`);
  const names = [...document.querySelectorAll("section[data-choice]:not(.attention)")].map(one => one.dataset.choice);
  for (const name of names) {
    const ways = at(name).querySelectorAll(".path");
    ways[Math.min(pick, ways.length - 1)].click();
  }
  for (let n = 0; n < 6; n++) {
    const more = document.querySelectorAll("[data-step='1']")[n % 4];
    if (more.getAttribute("aria-disabled") === "false") more.click();
  }
  const expected = document.querySelector("#game-expect");
  expected.selectedIndex = 1 + pick;
  for (const name of ["input", "change"]) expected.dispatchEvent(new Event(name, { bubbles: true }));
}"""
"""All of a turn's clicks in one step: a game is played dozens of times to come to what a test is about."""


def choose(page: Page, pick: int = 0, *, by_mouse: bool = False) -> None:
    """The option with this number everywhere, as many points as there are, and something expected."""
    if not by_mouse:
        page.evaluate(CHOOSE, pick)
        return
    for section in page.locator("section[data-choice]:not(.attention)").all():
        options = section.locator(".path")
        options.nth(min(pick, options.count() - 1)).click()
    more = page.locator('[data-step="1"]')
    for n in range(6):
        if more.nth(n % 4).get_attribute("aria-disabled") == "false":
            more.nth(n % 4).click()
    page.select_option("#game-expect", index=1 + pick)


def play_turn(page: Page, pick: int = 0, *, by_mouse: bool = False) -> None:
    """Choose, and end the turn."""
    choose(page, pick, by_mouse=by_mouse)
    press(page, "[data-end]", by_mouse=by_mouse)
    expect(page.locator(".game")).to_have_attribute("data-phase", "happened")


def press(page: Page, button: str, *, by_mouse: bool = False) -> None:
    """Press a button that is there: with the mouse, or as a script does, which is a tenth of the work."""
    if by_mouse:
        page.locator(button).click()
    else:
        page.locator(button).dispatch_event("click")


def go_on(page: Page, *, by_mouse: bool = False) -> None:
    """From what happened to what comes next."""
    press(page, ".act .go", by_mouse=by_mouse)


def play(page: Page, pick: int = 0, *, by_mouse: bool = False) -> None:
    """Five turns, to the first of the four conversations."""
    for turn in range(5):
        play_turn(page, (pick + turn) % 3, by_mouse=by_mouse)
        go_on(page, by_mouse=by_mouse)
    expect(page.locator(".game")).to_have_attribute("data-phase", "debrief")


def write(page: Page, *, by_mouse: bool = False) -> None:
    """A few words in each conversation, to the ending."""
    for _ in range(4):
        page.locator("textarea").first.fill("A few words.")
        press(page, "[data-next-phase]", by_mouse=by_mouse)
    expect(page.locator(".game")).to_have_attribute("data-phase", "end")


def kept(page: Page, key: str = SAVE) -> Any:
    """What is kept under a key."""
    raw = page.evaluate("key => localStorage.getItem(key)", key)
    return None if raw is None else json.loads(raw)


def words(page: Page, part: str) -> str:
    """What a reader sees of the first such part, on one line."""
    return " ".join(page.locator(part).first.inner_text().split())


def said(name: str) -> str:
    """One of the game's own words, up to its first blank."""
    return str(book_page.words()["game"]["says"][name]).split("{")[0]


def played(log: dict[str, Any]) -> list[scenario.State]:
    """The game of a log, by Python's engine."""
    turns = iter(log["turns"])
    return scenario.play(RULES, lambda *_: next(turns), seed=log["seed"], dials=log["dials"])

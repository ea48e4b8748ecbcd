"""Two tabs, Back, and pages left open: what one decides or forgets the others show, and write nothing older over it.

A page that has heard nothing is made by writing to its storage from inside it: a page gets no event of its own writes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import kinds_page
import pytest
import reader as r
from playwright.sync_api import Browser, Page, expect

from commissioning.kinds import KINDS

BEST, SHORT = "best-answer", "short-answer"
BACK = """() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))"""
Open = Callable[[str], Page]


@pytest.fixture
def tab(chromium: Browser) -> Any:
    """Opens the page of a kind in a further tab of one browser."""
    with kinds_page.browsed(chromium) as context:

        def open_tab(kind: str) -> Page:
            page = context.new_page()
            page.goto(kinds_page.ADDRESS + kind)
            r.unfold(page, name(kind))
            return page

        yield open_tab


def name(kind: str) -> str:
    return kinds_page.exercises()[kind].id


def everything(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate("() => ({ ...localStorage })")
    return found


def elsewhere(page: Page, kept: dict[str, str]) -> None:
    """Another tab has left storage so, and this page has heard nothing of it."""
    page.evaluate(
        "all => { localStorage.clear(); Object.entries(all).forEach(([k, v]) => localStorage.setItem(k, v)); }", kept
    )


def forget(page: Page, kind: str) -> None:
    r.exercise(page, name(kind)).locator("[data-forget]").click()


def test_what_one_tab_decides_and_forgets_the_other_shows(tab: Open) -> None:
    here, there = tab(BEST), tab(BEST)
    one = r.exercise(there, name(BEST))
    r.decide(here, name(BEST))
    expect(one).to_have_attribute("data-state", "decided")
    assert r.words(there, name(BEST), ".after-title") == r.words(here, name(BEST), ".after-title")
    forget(here, BEST)
    expect(one).to_have_attribute("data-state", "untouched")
    expect(one.locator(".since")).to_have_text("Forgotten. You can decide afresh.")
    assert one.locator("input:checked").count() == 0


def test_half_an_answer_is_the_same_in_both_tabs(tab: Open) -> None:
    here, there = tab(SHORT), tab(SHORT)
    box = r.exercise(there, name(SHORT)).locator("textarea")
    r.exercise(here, name(SHORT)).locator("textarea").fill("Half a")
    expect(box).to_have_value("Half a")
    box.fill("Half a sentence")
    expect(r.exercise(here, name(SHORT)).locator("textarea")).to_have_value("Half a sentence")
    r.decide(here, name(SHORT))
    expect(r.exercise(there, name(SHORT))).to_have_attribute("data-state", "decided")


@pytest.mark.parametrize("kind", ["best-answer", "ranking", "negotiation", "scenario", "allocation"])
def test_a_page_that_back_brings_back_shows_what_stands_now(tab: Open, kind: str) -> None:
    page = tab(kind)
    nothing = everything(page)
    r.decide(page, name(kind))
    decided = everything(page)
    elsewhere(page, nothing)
    page.evaluate(BACK)
    expect(r.exercise(page, name(kind))).to_have_attribute("data-state", "untouched")
    page.evaluate("() => new Promise(done => setTimeout(done))")
    assert everything(page) == nothing
    elsewhere(page, decided)
    page.evaluate(BACK)
    expect(r.exercise(page, name(kind))).to_have_attribute("data-state", "decided")
    assert everything(page) == decided


def test_deciding_in_a_page_left_open_writes_nothing_forgotten_back(tab: Open) -> None:
    page = tab(BEST)
    r.decide(page, name(BEST))
    r.press_again(page, name(BEST))
    elsewhere(page, {})
    r.answer(page, name(BEST), well=False)
    page.wait_for_function("localStorage.length > 0")  # what is half made has been kept, and no timer is left to fire
    elsewhere(page, {})
    r.press_decide(page, name(BEST))
    expect(r.exercise(page, name(BEST))).to_have_attribute("data-state", "decided")
    r.wait_for_attempts(page, name(BEST), 1)
    kept = r.kept(page, name(BEST))
    assert kept
    assert (kept["attempts"], kept["first"]) == (1, kept["last"])


def test_marking_oneself_in_a_page_left_open_writes_nothing_forgotten_back(tab: Open) -> None:
    page = tab(SHORT)
    r.decide(page, name(SHORT))
    elsewhere(page, {})
    r.exercise(page, name(SHORT)).locator(".points input").first.click(force=True)
    expect(r.exercise(page, name(SHORT))).to_have_attribute("data-state", "untouched")
    assert everything(page) == {}


def test_words_typed_in_two_tabs_at_once_are_both_there_to_take_up(tab: Open) -> None:
    page = tab(SHORT)
    box = r.exercise(page, name(SHORT)).locator("textarea")
    box.fill("Mine")
    page.evaluate("() => new Promise(done => setTimeout(done))")
    ((key, raw),) = everything(page).items()
    elsewhere(page, {key: raw.replace('"Mine"', '"Theirs"')})
    box.press_sequentially("!")
    expect(box).to_have_value("Theirs")
    aside = [value for key, value in everything(page).items() if ":aside:" in key]
    assert len(aside) == 1
    assert '"Mine!"' in aside[0]
    r.exercise(page, name(SHORT)).get_by_role("button", name="Take up what stood here").click()
    expect(box).to_have_value("Mine!")
    page.reload()
    expect(box).to_have_value("Mine!")


def test_words_typed_after_they_were_forgotten_elsewhere_come_back_only_when_asked_for(tab: Open) -> None:
    page = tab(SHORT)
    box = r.exercise(page, name(SHORT)).locator("textarea")
    box.fill("Mine")
    page.evaluate("() => new Promise(done => setTimeout(done))")
    elsewhere(page, {})
    box.press_sequentially("!")
    expect(box).to_have_value("")
    assert everything(page) == {}
    r.exercise(page, name(SHORT)).get_by_role("button", name="Take up what stood here").click()
    expect(box).to_have_value("Mine!")


BUTTONS = """form => [...form.querySelectorAll("button:not([data-let-be])")]
  .map(button => [button.textContent.trim(), ...Object.keys(button.dataset).sort()].join(" "))"""


def test_trying_again_gives_each_kind_back_all_that_it_had_to_press(tab: Open) -> None:
    """What the page adds beside Decide while an answer is kept is its own, and no kind's."""
    lost = {}
    for kind in KINDS:
        page = tab(kind)
        form = r.exercise(page, name(kind)).locator("form")
        had = form.evaluate(BUTTONS)
        r.decide(page, name(kind))
        r.press_again(page, name(kind))
        expect(r.exercise(page, name(kind))).to_have_attribute("data-state", "untouched")
        page.evaluate("() => new Promise(done => setTimeout(done))")
        if sorted(form.evaluate(BUTTONS)) != sorted(had):
            lost[kind] = (had, form.evaluate(BUTTONS))
        page.close()
    assert lost == {}

"""Half a decision survives a reload, a crash and Back, in every kind; it is told apart from what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import kinds_page
import pytest
import reader as r
from playwright.sync_api import Browser, BrowserContext, Page, expect

from commissioning.kinds import KINDS

PARTS = ", ".join(f"form {part}" for part in ("input", "select", "textarea", ".talk li", ".current"))
FORM = f"""one => [...one.querySelectorAll("{PARTS}")].filter(part => !part.hasAttribute("data-view")).map(part => [
  part.tagName, part.ariaLabel, part.name || part.id || part.dataset.party || part.dataset.node || part.textContent,
  part.value, part.checked])"""


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """One browser for all kinds, each of which keeps its own."""
    with kinds_page.browsed(chromium, 1280, 900) as made:
        yield made


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page in a browser that has kept nothing."""
    opened = context.new_page()
    opened.goto(f"{kinds_page.ADDRESS}nothing")
    opened.evaluate("localStorage.clear()")
    yield opened
    opened.close()


def go(page: Page, kind: str) -> str:
    """To the page of a kind; the id of its exercise."""
    page.goto(kinds_page.ADDRESS + kind)
    return kinds_page.exercises()[kind].id


def begin(page: Page, kind: str) -> None:
    """Half an answer of a kind, as a reader leaves it when the telephone rings."""
    name = kinds_page.exercises()[kind].id
    one = r.exercise(page, name)
    r.unfold(page, name)
    match kind:
        case "best-answer":
            one.locator(".path").nth(1).click()
        case "choose-three":
            one.locator(".path").nth(1).click()
            one.locator(".path").nth(4).click()
        case "short-answer":
            one.locator("textarea").fill("What made them extreme")
        case "estimate" | "explorer":
            one.locator("form input[type=number]").first.fill("12")
        case "concordance":
            one.locator(".scale label").nth(1).click()
            one.locator("details.reason summary").first.click()
            one.locator("[data-reason]").first.fill("Because")
        case "sourcing":
            one.locator(".offer").first.click()
        case "ranking":
            one.locator("[data-move='1']").first.click()
            one.locator("[data-move='-1']").last.click()
        case "sorting" | "decision-rights":
            one.locator("form select").first.select_option(index=1)
        case "negotiation":
            r.negotiate_once(page, name)
            one.locator(".path").nth(1).click()
        case "scenario":
            one.locator(".current .path").first.click()
            r.press_decide(page, name)
            one.locator(".current .path").nth(1).click()
        case _:
            r.answer(page, name)


def draft(page: Page, name: str) -> str | None:
    """What is kept of a half-made answer, once the page has had its turn."""
    page.evaluate("() => new Promise(done => setTimeout(done))")
    return next((raw for key, raw in everything(page).items() if key.endswith(f":draft:{name}")), None)


def everything(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate("() => ({ ...localStorage })")
    return found


def form(page: Page, name: str) -> Any:
    return r.exercise(page, name).evaluate(FORM)


@pytest.mark.parametrize("kind", list(KINDS))
def test_half_an_answer_is_there_again_and_goes_when_it_is_decided(page: Page, kind: str) -> None:
    name = go(page, kind)
    untouched = form(page, name)
    begin(page, kind)
    before = form(page, name)
    assert before != untouched
    assert draft(page, name)
    page.reload()
    assert form(page, name) == before
    assert (r.state(page, name), r.kept(page, name)) == ("untouched", None)
    r.unfold(page, name)
    expect(r.exercise(page, name).locator(".state")).to_have_text("deciding")
    expect(r.exercise(page, name).locator(".since")).to_have_text(
        "This is your half-made answer, as you left it. Nothing is decided yet."
    )
    r.decide(page, name)
    assert draft(page, name) is None
    page.reload()
    assert r.state(page, name) == "decided"
    expect(r.exercise(page, name).locator(".since")).to_be_hidden()


@pytest.mark.parametrize("kind", list(KINDS))
def test_half_a_further_answer_leaves_what_was_decided(page: Page, kind: str) -> None:
    name = go(page, kind)
    r.decide(page, name)
    decided = r.kept(page, name)
    r.press_again(page, name)
    assert draft(page, name) is None
    begin(page, kind)
    before = form(page, name)
    assert draft(page, name)
    page.reload()
    assert (form(page, name), r.kept(page, name)) == (before, decided)
    r.unfold(page, name)
    assert r.words(page, name, ".since").startswith("You decided this before, and that answer is kept.")


def test_a_draft_emptied_by_hand_leaves_nothing(page: Page) -> None:
    name = go(page, "short-answer")
    begin(page, "short-answer")
    assert draft(page, name)
    r.exercise(page, name).locator("textarea").fill("")
    assert draft(page, name) is None


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_draft_that_fits_nothing_begins_afresh(page: Page, kind: str) -> None:
    name = go(page, kind)
    untouched = form(page, name)
    odd = '{"order": 7, "turns": [{"move": "shout"}], "path": ["nowhere"]}'
    for raw in (
        '{"format": "commissioning-draft/1", "edition": "x", "at": "", "fields": {"gone": "1"}, "half": null}',
        f'{{"format": "commissioning-draft/1", "edition": "{kinds_page.exercises()[kind].edition}", "at": "", '
        f'"fields": {{}}, "half": {odd}}}',
        "{", "[]", "7", "null", '{"format": "commissioning-draft/9"}',
    ):  # fmt: skip
        page.evaluate("([name, raw]) => localStorage.setItem(name, raw)", [f"commissioning:draft:{name}", raw])
        page.reload()
        assert (r.state(page, name), form(page, name)) == ("untouched", untouched), raw


def test_more_money_than_there_is_in_a_draft_is_cut_to_what_there_is(page: Page) -> None:
    name = go(page, "allocation")
    begin(page, "allocation")
    boxes = r.exercise(page, name).locator("[data-spend]")
    most = int(boxes.first.get_attribute("max") or 0)
    boxes.first.press_sequentially("99999")
    assert draft(page, name)
    page.reload()
    assert int(boxes.first.input_value()) <= most
    r.press_decide(page, name)
    assert r.state(page, name) == "decided"

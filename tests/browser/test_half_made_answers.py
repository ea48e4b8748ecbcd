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
FORMS = f"""() => Object.fromEntries([...document.querySelectorAll("decision-exercise")].map(one => [
  one.id, {{ state: one.dataset.state, form: ({FORM})(one) }}]))"""


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


def forms(page: Page) -> dict[str, Any]:
    """The state and the form of everything on the page, by its id."""
    found: dict[str, Any] = page.evaluate(FORMS)
    return found


def go_to_every(page: Page) -> dict[str, str]:
    """To the page that holds every kind; the id of each."""
    page.goto(kinds_page.ADDRESS + kinds_page.EVERY)
    return {kind: kinds_page.exercises()[kind].id for kind in KINDS}


def test_half_an_answer_is_there_again_and_goes_when_it_is_decided(page: Page) -> None:
    ids = go_to_every(page)
    untouched = forms(page)
    for kind in ids:
        begin(page, kind)
    before = forms(page)
    assert [kind for kind, name in ids.items() if before[name] == untouched[name]] == []
    page.evaluate("() => new Promise(done => setTimeout(done))")
    kept = everything(page)
    assert sorted(kept) == sorted(f"commissioning:draft:{name}" for name in ids.values())
    page.reload()
    after = forms(page)
    for kind, name in ids.items():
        assert (kind, after[name]) == (kind, {**before[name], "state": "untouched"})
        assert (kind, r.kept(page, name)) == (kind, None)
        r.unfold(page, name)
        expect(r.exercise(page, name).locator(".state"), kind).to_have_text("deciding")
        expect(r.exercise(page, name).locator(".since"), kind).to_have_text(
            "This is your half-made answer, as you left it. Nothing is decided yet."
        )
        r.decide(page, name)
        assert draft(page, name) is None, kind
    page.reload()
    for kind, name in ids.items():
        assert (kind, r.state(page, name)) == (kind, "decided")
        expect(r.exercise(page, name).locator(".since"), kind).to_be_hidden()


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


def test_a_draft_that_fits_nothing_begins_afresh(page: Page) -> None:
    ids = go_to_every(page)
    untouched = forms(page)
    odd = '{"order": 7, "turns": [{"move": "shout"}], "path": ["nowhere"]}'
    for raw in (
        '{"format": "commissioning-draft/1", "edition": "x", "at": "", "fields": {"gone": "1"}, "half": null}',
        f'{{"format": "commissioning-draft/1", "edition": "EDITION", "at": "", "fields": {{}}, "half": {odd}}}',
        "{", "[]", "7", "null", '{"format": "commissioning-draft/9"}',
    ):  # fmt: skip
        fitted = {n: raw.replace("EDITION", kinds_page.exercises()[kind].edition) for kind, n in ids.items()}
        page.evaluate(
            "all => Object.entries(all).forEach(([n, raw]) => localStorage.setItem(`commissioning:draft:${n}`, raw))",
            fitted,
        )
        page.reload()
        after = forms(page)
        for name in ids.values():
            assert (raw, name, after[name]) == (raw, name, {**untouched[name], "state": "untouched"})


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

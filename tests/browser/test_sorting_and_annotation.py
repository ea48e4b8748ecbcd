"""Sorting and annotation in Chromium, each on a page of its own: by keyboard, by mouse, by dragging, and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from fixture_book import ROOT
from playwright.sync_api import expect

from commissioning import kinds
from commissioning import page as pages
from commissioning.book.book import sheet
from commissioning.book.compile import Exercise, edition
from commissioning.kinds import sorting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

SORT, MARK, ORDER = "example-sorting", "example-annotation", "an-order"


def compiled(name: str, content: Any) -> str:
    made = kinds.compiled(content)
    return pages.render(Exercise(name, content.kind, "c", "", content, made, edition(content.kind, made), ()))


def example(name: str) -> Any:
    return sheet(ROOT / f"book/kinds-of-decision/decisions/{name}.yaml", "decision").model


def an_order() -> sorting.Decision:
    about = {"consequence": "Somebody waits for it", "explanation": "The next needs this one"}
    cards = {name: sorting.Card(text=f"Step {name}", **about) for name in "cabd"}
    common = {"title": "T", "kind": "sorting", "era": "now", "minutes": 1, "outcomes": ["o"], "situation": "S"}
    return sorting.Decision(**common, ask="A", mode="sequence", cards=cards, key=list("abcd"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with one of each, as a file."""
    exercises = [compiled(SORT, example(SORT)), compiled(MARK, example(MARK)), compiled(ORDER, an_order())]
    words = f'<script type="application/json" data-commissioning-words>{pages.page_words_json()}</script>'
    script = f"<script>{pages.as_classic(pages.front('decision.js'))};commissioning.start()</script>"
    style = f"<style>{pages.front('tokens.css')}{pages.front('decision.css')}</style>"
    head = f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Two kinds</title>{style}<body>'
    path = tmp_path_factory.mktemp("kinds") / "page.html"
    path.write_text("\n".join([head, *exercises, words, script]), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """It, in a browser that has kept nothing. Nothing may be thrown."""
    thrown: list[str] = []
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.on("weberror", lambda error: thrown.append(str(error.error)))
    opened = context.new_page()
    opened.goto(address)
    yield opened
    context.close()
    assert thrown == []


def of(page: Page, name: str, part: str = "") -> Locator:
    return page.locator(f'decision-exercise[id="{name}"] {part}'.strip())


def tab_to(page: Page, wanted: Locator) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"Tab never came to {wanted}")


def board(page: Page) -> list[int]:
    """How many cards stand in each bin."""
    return [one.locator("li").count() for one in of(page, SORT, ".bin").all()]


def order(page: Page) -> list[str]:
    found: list[str] = of(page, ORDER, ".ladder li").evaluate_all("all => all.map(one => one.dataset.option)")
    return found


def kept(page: Page, name: str) -> Any:
    raw = page.evaluate("name => localStorage.getItem('commissioning:decision:' + name)", name)
    return json.loads(raw)["last"]["response"]


# -- sorting -------------------------------------------------------------------------------------------------------


def test_a_sort_is_finished_by_keyboard_alone(page: Page) -> None:
    selects = of(page, SORT, ".cards select")
    for at in range(selects.count()):
        tab_to(page, selects.nth(at))
        page.keyboard.press("ArrowDown")
    assert board(page) == [9, 0, 0]
    tab_to(page, of(page, SORT, ".go"))
    page.keyboard.press("Enter")
    expect(of(page, SORT)).to_have_attribute("data-state", "decided")
    expect(of(page, SORT, ".score")).to_contain_text("Placed where the authors would place them: 5 of 9.")
    assert set(kept(page, SORT)["placed"].values()) == {"first"}


def test_a_card_without_a_place_is_named_and_gets_the_focus(page: Page) -> None:
    of(page, SORT, ".cards select").first.select_option("first")
    of(page, SORT, ".go").click()
    expect(of(page, SORT, ".need")).to_contain_text("This one has none: An integrated care board")
    expect(of(page, SORT, ".cards select").nth(1)).to_be_focused()
    expect(of(page, SORT)).to_have_attribute("data-state", "untouched")


def test_a_dragged_card_is_placed_and_undo_takes_it_back(page: Page) -> None:
    of(page, SORT, '.cards [data-option="group"] .what').drag_to(of(page, SORT, '[data-bin="middle"]'))
    assert board(page) == [0, 1, 0]
    of(page, SORT, '.cards [data-option="group"] select').select_option("now")
    assert board(page) == [0, 0, 1]
    undo = of(page, SORT, "[data-undo]")
    for left in ([0, 1, 0], [0, 0, 0]):
        undo.press("Enter")
        assert board(page) == left
    expect(undo).to_have_attribute("aria-disabled", "true")
    undo.press("Enter")
    assert board(page) == [0, 0, 0]


def test_misplaced_cards_open_first_and_say_where_they_belong(page: Page) -> None:
    for card in of(page, SORT, ".cards li").all():
        card.locator("select").select_option("now" if card.get_attribute("data-option") == "group" else "middle")
    of(page, SORT, ".go").click()
    first = of(page, SORT, ".branch").first
    expect(first).to_have_attribute("open", "")
    expect(first.locator(".ranks")).to_have_text("You: 2026 · Authors: 2012 to 2014 or 2015 to 2022")


def test_a_sort_stands_again_after_a_reload_and_try_again_clears_it(page: Page) -> None:
    for select in of(page, SORT, ".cards select").all():
        select.select_option("now")
    of(page, SORT, ".go").click()
    page.reload()
    expect(of(page, SORT)).to_have_attribute("data-state", "decided")
    assert board(page) == [0, 0, 9]
    of(page, SORT, ".said-before button").click()
    of(page, SORT, "[data-again]").click()
    expect(of(page, SORT, ".bin li")).to_have_count(0)
    expect(of(page, SORT, ".cards select").first).to_be_focused()


def test_an_order_is_made_by_keyboard_and_undone_step_by_step(page: Page) -> None:
    tab_to(page, of(page, ORDER, '[data-option="c"] [data-move="1"]'))
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert order(page) == list("abcd")
    of(page, ORDER, "[data-undo]").press("Enter")
    assert order(page) == list("acbd")
    of(page, ORDER, "[data-undo]").press("Enter")
    assert order(page) == list("cabd")
    assert of(page, ORDER, "[data-moved]").count() == 0
    of(page, ORDER, '[data-option="c"] select').select_option("3")
    of(page, ORDER, ".go").click()
    expect(of(page, ORDER, ".score")).to_contain_text("Pairs in the authors’ order: 6 of 6.")
    page.reload()
    assert order(page) == list("abcd")


# -- annotation ----------------------------------------------------------------------------------------------------


def test_a_document_is_marked_by_keyboard_alone(page: Page) -> None:
    fall = of(page, MARK, '[data-span="fall"]')
    tab_to(page, fall)
    page.keyboard.press("Enter")
    expect(of(page, MARK, ".mark-menu select")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(fall).to_be_focused()
    expect(of(page, MARK, ".mark-menu")).to_be_hidden()
    expect(fall).to_have_attribute("data-given", "Claim without support")
    tab_to(page, of(page, MARK, ".left-out input").first)
    page.keyboard.press("Space")
    tab_to(page, of(page, MARK, ".go"))
    page.keyboard.press("Enter")
    expect(of(page, MARK, ".score")).to_contain_text("have one that the authors accept: 1 of 8")
    assert kept(page, MARK) == {"tags": {"fall": "unsupported"}, "missing": ["who-came"]}


def test_passages_are_buttons_in_reading_order_that_say_their_mark(page: Page) -> None:
    of(page, MARK, '[data-span="rest"]').click()
    of(page, MARK, ".mark-menu select").select_option("no-owner")
    page.keyboard.press("Escape")
    tree = of(page, MARK, ".document").aria_snapshot()
    names = [line.strip() for line in tree.splitlines() if "button" in line]
    assert len(names) == 11
    assert "Present" in names[0]
    assert "the others will follow in due course – No owner or no date" in names[3].replace("\xa0", " ")


def test_the_list_does_the_same_and_leaves_no_second_set_of_buttons(page: Page) -> None:
    of(page, MARK, "[data-list]").check()
    assert of(page, MARK, ".passage[role]").count() == 0
    of(page, MARK, ".marks").get_by_label("Line 8 The scheme will pay").select_option("unsupported")
    expect(of(page, MARK, '[data-span="pays"]')).to_have_attribute("data-given", "Claim without support")
    of(page, MARK, ".go").click()
    of(page, MARK, "[data-again]").click()
    expect(of(page, MARK, "[data-list]")).to_be_focused()
    expect(of(page, MARK, "[data-list]")).to_be_checked()
    assert of(page, MARK, "[data-given]").count() == 0


def test_a_near_miss_gets_its_message_and_no_mark(page: Page) -> None:
    of(page, MARK, '[data-span="access"]').click()
    of(page, MARK, ".mark-menu select").select_option("no-owner")
    of(page, MARK, ".go").click()
    expect(of(page, MARK, ".score")).to_contain_text("have one that the authors accept: 0 of 8")
    expect(of(page, MARK, ".score")).to_contain_text("Near misses: 1.")
    branch = of(page, MARK, '.branch[data-option="access"]')
    expect(branch).to_have_attribute("open", "")
    expect(branch.locator(".near-miss .yours")).to_have_text("No owner or no date?")


def test_nothing_marked_and_nothing_ticked_is_no_answer(page: Page) -> None:
    of(page, MARK, ".go").click()
    expect(of(page, MARK, ".need")).to_contain_text("Mark a passage")
    expect(of(page, MARK, '[data-span="present"]')).to_be_focused()

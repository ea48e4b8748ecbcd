"""The start page: its title, one sentence, the fork that grows the branch taken, and strips with the reader's marks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import reader as r
from playwright.sync_api import Page, StorageState, expect

Fresh = Callable[..., Page]
START = "book/index.html"
FIRST = "decision-exercise"


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_the_first_decision_is_on_the_first_screen(fresh: Fresh, address: str, size: tuple[int, int]) -> None:
    page = fresh(viewport={"width": size[0], "height": size[1]})
    page.goto(address + START)
    assert page.locator("h1").inner_text() == "The Commissioning Casebook"
    title = page.locator(f"{FIRST} .decision-title").bounding_box()
    assert title
    assert title["y"] + title["height"] < size[1]
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    lines = page.locator("h1").evaluate(
        "one => { const r = document.createRange(); r.selectNodeContents(one); return [...r.getClientRects()].length }"
    )
    assert lines <= 3  # no word of it is broken


def test_the_large_fork_grows_the_branch_that_is_taken(fresh: Fresh, address: str) -> None:
    page = fresh()
    page.goto(address + START)
    fork = page.locator(".big-fork")
    expect(fork).to_be_visible()
    branches = fork.locator(".road")
    choices = page.locator(f"{FIRST} .current .path input")
    assert branches.count() == choices.count() > 1
    assert fork.locator("[data-taken]").count() == 0
    last = page.locator(f"{FIRST} .current .path").last
    value = last.locator("input").get_attribute("value")
    last.click()
    page.locator(f"{FIRST} .go").click()
    expect(fork.locator(".road[data-taken]")).to_have_attribute("data-choice", str(value))
    page.reload()
    expect(fork.locator(".road[data-taken]")).to_have_attribute("data-choice", str(value))


def test_strips_mark_the_chapters_that_one_has_decided_in(fresh: Fresh, address: str, decided: StorageState) -> None:
    page = fresh()
    page.goto(address + START)
    strips = page.locator(".route .stops")
    assert strips.count() == page.locator(".route").count() >= 4
    assert {strip.locator("li").count() for strip in strips.all()} == {14}
    assert page.locator(".stops [data-done]").count() == 0
    page = fresh(storage_state=decided)
    page.goto(address + START)
    expect(page.locator('.stops [data-n="6"]').first).to_have_attribute("data-done", "")
    marked = page.locator(".stops [data-done]").evaluate_all("all => [...new Set(all.map(one => one.dataset.n))]")
    assert marked == ["6"]
    expect(page.locator(".cover .goes-on a")).to_contain_text("Go on: ")


def test_the_steps_of_a_route_are_one_press_away(page: Page, address: str) -> None:
    page.goto(address + START)
    route = page.locator(".route").first
    expect(route.locator("ol:not(.stops) a").first).to_be_hidden()
    route.locator("summary").click()
    expect(route.locator("ol:not(.stops) a").first).to_be_visible()
    for link in page.locator(".route ol:not(.stops) a").all():
        assert page.request.get(page.evaluate("link => link.href", link.element_handle())).ok


def test_a_source_is_left_where_it_was_opened(chapter: Page) -> None:
    fact = chapter.locator("main p a.fact:visible").first
    fact.focus()
    before = chapter.evaluate("scrollY")
    chapter.keyboard.press("Enter")
    close = chapter.locator(".sheet button")
    expect(close).to_be_focused()
    chapter.keyboard.press("Escape")
    expect(fact).to_be_focused()
    chapter.keyboard.press("Enter")
    expect(close).to_be_focused()
    for _ in range(chapter.locator(".sheet a").count() + 1):
        chapter.keyboard.press("Tab")
    expect(chapter.locator(".sheet")).to_be_hidden()
    follows = fact.evaluate("one => one.compareDocumentPosition(document.activeElement) & 4")
    assert follows
    assert chapter.evaluate("document.activeElement.matches('main a, main button, main input, main summary')")
    assert abs(chapter.evaluate("scrollY") - before) < 900


def test_a_fact_in_an_option_or_a_label_decides_nothing_when_its_source_is_read(chapter: Page) -> None:
    r.open_everything(chapter)
    fact = chapter.locator("decision-exercise label a.fact, decision-exercise legend a.fact").first
    if not fact.count():
        pytest.skip("no option of the chapter holds a fact")
    fact.click()
    chapter.locator(".sheet").click(position={"x": 30, "y": 30})
    assert chapter.locator("decision-exercise input:checked").count() == 0


def test_a_row_of_a_board_is_named_wherever_one_is(fresh: Fresh, address: str) -> None:
    page = fresh(viewport={"width": 390, "height": 844})
    page.goto(address + r.GALLERY)
    board = page.locator('decision-exercise[data-kind="sourcing"]')
    rows = board.locator("tr[data-row]")
    for at in range(min(rows.count(), 3)):
        name = rows.nth(at).locator("th").text_content() or ""
        expect(board.locator(".row-at")).to_contain_text(name)
        board.locator("[data-go='1']").click()
    board.locator(".go").click()
    row = board.locator("tr[data-row]:not([data-away])")
    top = row.locator("th").evaluate("one => one.getBoundingClientRect().top")
    assert 57 <= top <= 844

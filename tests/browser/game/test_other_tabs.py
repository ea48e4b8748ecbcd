"""The game in two tabs: a page left open, or brought back by Back, never writes an older game over a newer one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from game_player import ADDRESS, RUNS, SAVE, SENTENCE, begin, choose, go_on, kept, play, play_turn, words
from playwright.sync_api import Page, expect

BACK = """() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))"""


def turns(page: Page) -> int:
    return len((kept(page) or {"log": {"turns": []}})["log"]["turns"])


def elsewhere(page: Page, values: dict[str, str | None]) -> None:
    """Another tab has written this, and the page has heard nothing: a page gets no event of its own writes."""
    page.evaluate(
        """all => Object.entries(all).forEach(([key, raw]) =>
             raw === null ? localStorage.removeItem(key) : localStorage.setItem(key, raw))""",
        values,
    )


def raw(page: Page) -> str:
    found: str = page.evaluate("key => localStorage.getItem(key)", SAVE)
    return found


def test_two_tabs_show_the_same_game(page: Page) -> None:
    begin(page)
    other = page.context.new_page()
    other.goto(ADDRESS)
    other.locator("[data-go-on]").click()
    choose(page, 0)
    expect(other.locator("[data-decides]:checked")).to_have_count(page.locator("[data-decides]:checked").count())
    play_turn(page)
    expect(other.locator("[data-game]")).to_have_attribute("data-phase", "happened")
    page.evaluate("localStorage.clear()")
    expect(other.locator("[data-game]")).to_have_attribute("data-phase", "start")
    expect(other.locator(".notice")).to_have_text("This game was forgotten in another tab.")


@pytest.mark.parametrize("press", ["[data-step='1']", "[data-decides]", "[data-end]"])
def test_what_is_pressed_in_an_old_page_does_not_take_back_the_turns_of_another(page: Page, press: str) -> None:
    begin(page)
    old = raw(page)
    for _ in range(2):
        play_turn(page)
        go_on(page)
    new = raw(page)
    elsewhere(page, {SAVE: old})
    page.reload()
    page.locator("[data-go-on]").click()
    choose(page)
    elsewhere(page, {SAVE: new})
    page.evaluate("press => document.querySelector(press).click()", press)
    assert (turns(page), raw(page)) == (2, new)
    expect(page.locator(".notice")).to_have_text("This game went on in another tab. This is where it stands now.")
    assert words(page, "[data-heading]") == "Days 41 to 60"


def test_back_brings_the_game_back_as_it_stands_now(page: Page) -> None:
    begin(page)
    play_turn(page)
    go_on(page)
    old = raw(page)
    play_turn(page)
    new = raw(page)
    for there, phase in ((old, "turn"), (new, "happened"), (None, "start")):
        elsewhere(page, {SAVE: there})
        page.evaluate(BACK)
        expect(page.locator("[data-game]")).to_have_attribute("data-phase", phase)
        assert raw(page) == there


def test_words_typed_in_an_old_page_are_put_aside_and_offered(page: Page) -> None:
    begin(page)
    play(page)
    page.locator("textarea").fill("What I felt")
    save: dict[str, Any] = kept(page) or {}
    save["debrief"]["reactions"] = "Written in the other tab"
    elsewhere(page, {SAVE: json.dumps(save)})
    page.locator("textarea").press_sequentially("!")
    expect(page.locator("textarea")).to_have_value("Written in the other tab")
    aside = page.evaluate("() => Object.entries(localStorage).filter(([key]) => key.includes(':aside:game-'))")
    assert [json.loads(raw)["debrief"]["reactions"] for _, raw in aside] == ["What I felt!"]
    page.get_by_role("button", name="Go on from what you did here").click()
    expect(page.locator("textarea")).to_have_value("What I felt!")
    assert (kept(page) or {})["debrief"]["reactions"] == "What I felt!"


def test_finished_games_of_another_tab_are_not_dropped(page: Page) -> None:
    begin(page)
    play(page)
    runs: dict[str, Any] = kept(page, RUNS) or {}
    assert len(runs["runs"]) == 1
    theirs = {**runs["runs"][0], "made": "2026-11-01T10:00:00.000Z"}
    elsewhere(page, {RUNS: json.dumps({**runs, "runs": [*runs["runs"], theirs]})})
    page.locator("textarea").fill("What I felt")
    assert len((kept(page, RUNS) or {})["runs"]) == 2


def test_a_forgotten_sentence_is_not_written_back(page: Page) -> None:
    begin(page)
    play(page)
    for _ in range(3):
        page.locator("textarea").first.fill("A few words.")
        page.locator("[data-next-phase]").click()
    box = page.locator("textarea")
    box.fill("Ring the practice first")
    elsewhere(page, {SENTENCE: None})
    box.press_sequentially("!")
    expect(box).to_have_value("")
    assert kept(page, SENTENCE) is None
    page.get_by_role("button", name="Put back what stood here").click()
    expect(box).to_have_value("Ring the practice first!")
    assert (kept(page, SENTENCE) or {})["text"] == "Ring the practice first!"

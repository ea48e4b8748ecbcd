"""Deciding by the keyboard alone: Tab, arrows, Space, Enter and typing. No mouse is used in this file."""

from __future__ import annotations

from typing import Any

import pytest
import reader as r
from playwright.sync_api import Page, expect

AT = """() => {
  const at = document.activeElement, exercise = at.closest("decision-exercise");
  const ticked = exercise ? exercise.querySelectorAll("form input[type=checkbox]:checked").length : 0;
  return { exercise: exercise?.id ?? "", state: exercise?.dataset.state ?? "", kind: exercise?.dataset.kind ?? "",
           tag: at.tagName.toLowerCase(), type: at.type ?? "", ticked, checked: !!at.checked,
           go: at.matches(".go"), end: at === document.body, after: !!at.closest(".after"),
           fold: at.matches(".fold > summary") && !at.parentElement.open };
}"""


def test_every_exercise_of_the_chapter_can_be_finished(chapter: Page) -> None:
    chapter.locator("#main").focus()
    for _ in range(700):
        chapter.keyboard.press("Tab")
        at = chapter.evaluate(AT)
        if at["end"]:
            break
        act(chapter, at)
    states = {name: r.state(chapter, name) for name in r.exercises(chapter)}
    assert set(states.values()) == {"decided"}, states
    assert all(r.kept(chapter, name) for name in states)


def act(page: Page, at: dict[str, Any]) -> None:
    """What a reader presses who has come to an element by Tab."""
    press = page.keyboard.press
    if at["fold"]:
        press("Enter")
    elif not at["exercise"] or at["after"] or at["state"] != "untouched":
        return
    elif at["type"] == "radio" and not at["checked"]:
        press("Space")
        press("ArrowDown")
    elif at["type"] == "checkbox" and at["ticked"] < 3:
        press("Space")
    elif at["type"] == "number":
        page.keyboard.type("50")
    elif at["tag"] == "textarea":
        page.keyboard.type("Chosen at their worst, they drew a better ticket.")
    elif at["go"]:
        press("Enter")


def tab_to(page: Page, name: str, part: str, *, backwards: bool = False) -> None:
    """Press Tab until the focus is on a part of an exercise."""
    wanted = r.exercise(page, name).locator(part).first
    for _ in range(80):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    pytest.fail(f"Tab never came to {part} of {name}")


def stand_before(page: Page, name: str) -> None:
    """Put the reader just before an exercise, as if they had tabbed there."""
    r.exercise(page, name).evaluate("one => { one.tabIndex = -1; one.focus(); one.removeAttribute('tabindex'); }")


def order(page: Page) -> list[str]:
    """The ladder's options, from the top."""
    found: list[str] = (
        r.exercise(page, r.RANKING).locator(".ladder li").evaluate_all("all => all.map(one => one.dataset.option)")
    )
    return found


def test_an_arrow_button_moves_a_row_says_where_it_stands_and_keeps_the_focus(chapter: Page) -> None:
    a, b, c, *rest = order(chapter)
    stand_before(chapter, r.RANKING)
    tab_to(chapter, r.RANKING, f'[data-option="{a}"] [data-move="1"]')
    chapter.keyboard.press("Enter")
    chapter.keyboard.press("Space")
    assert order(chapter) == [b, c, a, *rest]
    said = r.exercise(chapter, r.RANKING).locator("> p[role=status]").inner_text()
    assert said.endswith("now 3 of 5.")
    assert (
        r.exercise(chapter, r.RANKING)
        .locator(f'[data-option="{a}"] [data-move="1"]')
        .evaluate("one => one === document.activeElement")
    )
    tab_to(chapter, r.RANKING, f'[data-option="{a}"] [data-move="-1"]', backwards=True)
    chapter.keyboard.press("Enter")
    assert order(chapter) == [b, a, c, *rest]


def test_the_first_row_cannot_go_up_and_says_so_to_a_screen_reader(chapter: Page) -> None:
    before = order(chapter)
    up = r.exercise(chapter, r.RANKING).locator("[data-move='-1']").first
    expect(up).to_have_attribute("aria-disabled", "true")
    up.focus()
    chapter.keyboard.press("Enter")
    assert order(chapter) == before


def test_a_number_moves_a_row_to_that_place(chapter: Page) -> None:
    a, *others = order(chapter)
    stand_before(chapter, r.RANKING)
    tab_to(chapter, r.RANKING, f'[data-option="{a}"] select')
    chapter.keyboard.type("4")
    chapter.keyboard.press("Enter")
    assert order(chapter) == [*others[:3], a, *others[3:]]
    numbers = r.exercise(chapter, r.RANKING).locator("select").evaluate_all("all => all.map(one => one.value)")
    assert numbers == ["1", "2", "3", "4", "5"]


@pytest.fixture
def explorer(chapter: Page) -> Page:
    """The explorer, its prediction made and its sliders open."""
    stand_before(chapter, r.EXPLORER)
    tab_to(chapter, r.EXPLORER, "form input[type=number]")
    chapter.keyboard.type("500")
    chapter.keyboard.press("Enter")
    expect(r.exercise(chapter, r.EXPLORER)).to_have_attribute("data-state", "decided")
    return chapter


def test_enter_in_a_number_box_decides(explorer: Page) -> None:
    assert r.words(explorer, r.EXPLORER, ".state") == "you predicted £500"


def test_arrow_keys_on_a_slider_move_it_by_one_step(explorer: Page) -> None:
    tab_to(explorer, r.EXPLORER, "[data-range=share]")
    before = r.words(explorer, r.EXPLORER, ".readouts")
    explorer.keyboard.press("ArrowRight")
    _, _, step, start = r.marking(explorer, r.EXPLORER)["inputs"]["share"]
    box = r.exercise(explorer, r.EXPLORER).locator("[data-box=share]")
    assert float(box.input_value()) == start + step
    assert r.words(explorer, r.EXPLORER, ".readouts") != before


def test_a_number_typed_beside_a_slider_is_taken_to_the_nearest_step(explorer: Page) -> None:
    box = r.exercise(explorer, r.EXPLORER).locator("[data-box=share]")
    for typed, taken in {"10": "10", "10.3": "10.5", "999": "20", "-4": "0.5", "": "0.5"}.items():
        box.focus()
        explorer.keyboard.press("ControlOrMeta+a")
        explorer.keyboard.press("Delete")
        explorer.keyboard.type(typed)
        explorer.keyboard.press("Tab")
        assert box.input_value() == taken, typed
        assert r.exercise(explorer, r.EXPLORER).locator("[data-range=share]").input_value() == taken, typed


def test_the_explanation_follows_the_region_the_sliders_are_in(explorer: Page) -> None:
    seen = set()
    for effect in ("0", "5", "20"):
        tab_to(explorer, r.EXPLORER, "[data-box=effect]", backwards=effect != "0")
        explorer.keyboard.press("ControlOrMeta+a")
        explorer.keyboard.type(effect)
        explorer.keyboard.press("Tab")
        seen.add(r.words(explorer, r.EXPLORER, ".region-name"))
    assert len(seen) >= 2
    tab_to(explorer, r.EXPLORER, "[data-box=effect]", backwards=True)
    explorer.keyboard.press("ControlOrMeta+a")
    explorer.keyboard.type("0")
    explorer.keyboard.press("Tab")
    assert "no end to it" in r.words(explorer, r.EXPLORER, ".readouts")


def test_try_again_leaves_the_focus_in_the_form_and_forget_on_its_undoing(chapter: Page) -> None:
    r.decide(chapter, r.CLAIM)
    tab_to(chapter, r.CLAIM, "[data-again]")
    chapter.keyboard.press("Enter")
    assert r.focused(chapter) == f"{r.CLAIM} .radio"
    assert r.exercise(chapter, r.CLAIM).locator("input:checked").count() == 0
    chapter.keyboard.press("Space")
    tab_to(chapter, r.CLAIM, ".go")
    chapter.keyboard.press("Space")
    tab_to(chapter, r.CLAIM, "[data-forget]")
    chapter.keyboard.press("Enter")
    assert r.kept(chapter, r.CLAIM) is None
    chapter.keyboard.press("Enter")  # the focus is on what puts it back
    assert r.kept(chapter, r.CLAIM)

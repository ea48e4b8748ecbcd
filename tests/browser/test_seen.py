"""What is chosen can be seen: in light and dark, in forced colours, with motion reduced, and never by colour alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import reader as r
from playwright.sync_api import Page, expect

Fresh = Callable[..., Page]
LOOK = """(one, marks) => { const text = getComputedStyle(one.querySelector(".path-text"));
  const input = getComputedStyle(one.querySelector("input")), box = getComputedStyle(one);
  return { ground: text.backgroundColor, ink: text.color, outline: text.outlineStyle, inner: input.boxShadow,
           appearance: input.appearance }; }"""


def look(page: Page, option: int) -> dict[str, str]:
    """How one option of the best answer is drawn."""
    found: dict[str, str] = r.exercise(page, r.BEST).locator(".path").nth(option).evaluate(LOOK)
    return found


def chosen_and_not(page: Page) -> tuple[dict[str, str], dict[str, str]]:
    """How a chosen option and its neighbour are drawn, once the decision is made."""
    r.choose(page, r.BEST, r.marking(page, r.BEST)["options"][0])
    r.be_sure(page, r.BEST, 1)
    r.press_decide(page, r.BEST)
    expect(r.exercise(page, r.BEST)).to_have_attribute("data-state", "decided")
    return look(page, 0), look(page, 1)


def luminance(colour: str) -> float:
    """Relative luminance of an rgb() colour, 0 to 1 (WCAG 2.2)."""
    parts = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chosen_option_has_a_ground_of_its_own_a_filled_circle_and_readable_ink(
    fresh: Fresh, address: str, scheme: str
) -> None:
    page = fresh(color_scheme=scheme)
    page.goto(address + r.CHAPTER)
    mine, other = chosen_and_not(page)
    assert mine["ground"] != other["ground"]
    assert mine["inner"] != other["inner"]
    assert contrast(mine["ground"], mine["ink"]) >= 7
    body = page.evaluate("() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]; }")
    assert contrast(*body) >= 7
    assert (luminance(body[0]) < 0.1) == (scheme == "dark")
    assert page.evaluate("() => getComputedStyle(document.documentElement).colorScheme") == scheme


def test_the_readers_choice_of_colours_is_kept_and_beats_the_systems(fresh: Fresh, address: str) -> None:
    page = fresh(color_scheme="dark")
    page.goto(address + r.CHAPTER)
    button = page.locator("[data-scheme]")
    expect(button).to_have_accessible_name("Use light colours")
    button.click()
    expect(button).to_have_accessible_name("Use dark colours")
    page.goto(f"{address}book/glossary.html")
    assert page.evaluate("() => getComputedStyle(document.documentElement).colorScheme") == "light"


def test_in_forced_colours_the_chosen_option_is_outlined_and_its_button_drawn_by_the_system(
    fresh: Fresh, address: str
) -> None:
    page = fresh(forced_colors="active")
    page.goto(address + r.CHAPTER)
    mine, other = chosen_and_not(page)
    assert (mine["outline"], other["outline"]) == ("solid", "none")
    assert mine["appearance"] == "auto"
    sure = r.exercise(page, r.BEST).locator(".sure label")
    grounds = sure.evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)")
    assert grounds[0] not in grounds[1:]
    yours = r.exercise(page, r.BEST).locator(".branch .yours").first
    expect(yours).to_have_text("Your choice")
    expect(yours).to_have_css("forced-color-adjust", "none")  # or the system lays a plate of its own over the words


def test_with_reduced_motion_nothing_in_a_decision_moves(fresh: Fresh, address: str) -> None:
    page = fresh(reduced_motion="reduce")
    page.goto(address + r.CHAPTER)
    chosen_and_not(page)
    moving: list[Any] = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter(one => { const s = getComputedStyle(one);
             return `${s.transitionDuration},${s.animationDuration}`.split(",").some(time => parseFloat(time) > 0); })
             .slice(0, 5).map(one => `${one.tagName}.${one.className}`)"""
    )
    assert moving == []
    assert page.evaluate("() => document.getAnimations().length") == 0


def test_the_focus_is_drawn_three_pixels_wide_on_everything_a_key_can_reach(chapter: Page) -> None:
    chapter.keyboard.press("Tab")
    parts = (".path input", ".sure label:has(input)", ".go", ".ladder select", "[data-move]", ".numbers input")
    for part in parts:
        target = chapter.locator(f"{r.OWN} {part}").first
        (target.locator("input") if part.startswith(".sure") else target).focus()
        width = target.evaluate("one => getComputedStyle(one).outlineWidth")
        style = target.evaluate("one => getComputedStyle(one).outlineStyle")
        assert (width, style) == ("3px", "solid"), part

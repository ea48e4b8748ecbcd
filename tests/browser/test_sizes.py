"""At 320 pixels, on a phone, with text twice as large: nothing runs off the side, and everything can be touched."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import reader as r
from playwright.sync_api import Page, StorageState, expect

Fresh = Callable[..., Page]
TOUCH = 44  # CSS pixels
LARGE = "document.addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%'; });"

WIDER = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const scrolls = one => one && one !== document.body
    && (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
  const out = [...document.body.querySelectorAll("*")]
    .filter(one => one.getBoundingClientRect().right > wide + 1 && !scrolls(one.parentElement));
  return ["…", ...out.slice(0, 5).map(one => `${one.tagName}.${one.className} ${one.getBoundingClientRect().right}`)];
}"""

SMALL = """(touch) => {
  const ours = `button, summary, select, textarea, input:not([type=radio], [type=checkbox], [type=hidden]),
    .path, .offer, .sure label, .near, nav.contents a, .onward a`;
  return [...document.querySelectorAll(ours)]
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length)
    .map(one => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => box.height < touch - 0.5 || (one.matches("button, select") && box.width < touch - 0.5))
    .map(([one, box]) => `${one.tagName}.${one.className} ${box.width.toFixed(1)} × ${box.height.toFixed(1)}: `
      + (one.innerText || one.getAttribute("aria-label") || "").slice(0, 40));
}"""


@pytest.mark.parametrize(("width", "text"), [(320, "normal"), (390, "twice as large")])
def test_nothing_scrolls_sideways_once_everything_is_open(
    fresh: Fresh, address: str, decided: StorageState, width: int, text: str
) -> None:
    page = fresh(live_charts=True, viewport={"width": width, "height": 700}, storage_state=decided)
    if text != "normal":
        page.add_init_script(LARGE)
    page.goto(address + r.CHAPTER)
    r.open_everything(page)
    r.see_charts(page)
    assert page.evaluate(WIDER) == []
    page.locator("a.term").first.click()
    page.locator(".menu-button").click()
    assert page.evaluate(WIDER) == []


def test_everything_that_is_pressed_is_44_pixels_high_before_and_after_deciding(
    fresh: Fresh, address: str, decided: StorageState
) -> None:
    for state in (None, decided):
        page = fresh(viewport={"width": 390, "height": 844}, **({"storage_state": state} if state else {}))
        page.goto(address + r.CHAPTER)
        r.open_everything(page)
        assert page.evaluate(SMALL, TOUCH) == []
        page.locator(".menu-button").click()
        assert page.evaluate(SMALL, TOUCH) == []


def test_a_decision_is_made_at_320_pixels_by_touch(fresh: Fresh, address: str) -> None:
    page = fresh(viewport={"width": 320, "height": 568}, has_touch=True, is_mobile=True)
    page.goto(address + r.CHAPTER)
    made = r.exercise(page, r.BEST)
    made.locator(".path").first.tap()
    made.locator(".sure label").last.tap()
    made.locator(".go").tap()
    expect(made).to_have_attribute("data-state", "decided")
    expect(made.locator(".after-title")).to_be_in_viewport()

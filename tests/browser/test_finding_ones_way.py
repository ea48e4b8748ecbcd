"""On this page, at every width: where one is, what else there is, and nothing that is still hidden."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import reader as r
from playwright.sync_api import Page, expect

Fresh = Callable[..., Page]
MARKED = 'nav.toc a[aria-current="true"]'


def at(fresh: Fresh, address: str, width: int, path: str = r.CHAPTER) -> Page:
    """A page in a window of this width."""
    page = fresh(viewport={"width": width, "height": 844})
    page.goto(address + path)
    return page


@pytest.mark.parametrize("width", [390, 1120, 1280])
def test_the_list_names_what_can_be_seen_and_leads_there(fresh: Fresh, address: str, width: int) -> None:
    page = at(fresh, address, width)
    listed = page.locator("nav.toc a").evaluate_all("all => all.map((one) => one.hash.slice(1))")
    assert len(listed) > 10
    assert page.evaluate("(ids) => ids.filter((id) => document.getElementById(id)?.closest('.after'))", listed) == []
    assert "What each choice leads to" not in page.locator("nav.toc").inner_text()
    if width < 1000:
        page.locator(".menu-button").click()
    expect(page.locator("nav.toc")).to_be_visible()
    page.locator("nav.toc a", has_text="What a score ranks").click()
    expect(page.locator("#what-a-score-ranks")).to_be_in_viewport()
    expect(page.locator(MARKED)).to_have_count(1)
    if width < 1000:
        expect(page.locator("nav.contents")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1120])
def test_where_there_is_no_room_beside_the_page_it_is_first_in_the_contents(
    fresh: Fresh, address: str, width: int
) -> None:
    page = at(fresh, address, width)
    assert page.evaluate("document.querySelector('nav.contents').firstElementChild.matches('nav.toc')")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_is_early_for_the_keyboard(fresh: Fresh, address: str) -> None:
    page = at(fresh, address, 1280)
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("Boolean(document.activeElement.closest('nav.toc'))"):
            break
    else:
        pytest.fail("six presses of Tab do not reach the list")


def test_the_contents_show_chapters_and_one_entry_for_tutors_and_fold_the_rest(fresh: Fresh, address: str) -> None:
    page = at(fresh, address, 1280)
    expect(page.locator("nav.contents details.part")).to_have_count(1)
    expect(page.locator("nav.contents details.part[open]")).to_have_count(0)
    page = at(fresh, address, 1280, "book/people.html")
    expect(page.locator("nav.contents details.part[open]")).to_have_count(1)
    expect(page.locator('nav.contents [aria-current="page"]')).to_be_in_viewport()
    page = at(fresh, address, 1280, "book/your-first-hundred-days/session.html")
    expect(page.locator("nav.contents details.part[open]")).to_have_count(0)
    expect(page.locator('nav.contents [aria-current="page"]')).to_be_in_viewport()


@pytest.mark.parametrize("path", [r.CHAPTER, "book/your-first-hundred-days/play.html", "book/my-record.html"])
def test_nothing_keeps_a_part_of_a_low_window(fresh: Fresh, address: str, path: str) -> None:
    """At four times its size, a screen of 1280 by 800 shows 320 by 200."""
    page = fresh(viewport={"width": 320, "height": 200})
    page.goto(address + path)
    page.evaluate("document.querySelector('.game button')?.click()")
    stuck = """[...document.querySelectorAll("body *")].filter((one) => one.checkVisibility()
      && ["sticky", "fixed"].includes(getComputedStyle(one).position)).map((one) => one.className)"""
    assert page.evaluate(stuck) == []


def test_the_list_of_an_empty_record_names_nothing_that_is_hidden(page: Page, address: str) -> None:
    """It named six headings, and five of them stood on no screen until something was decided."""
    page.goto(address + "book/my-record.html")
    seen = "all => all.filter(one => one.checkVisibility()).map(one => one.hash.slice(1))"
    there = "ids => ids.filter(id => !document.getElementById(id)?.checkVisibility())"
    few = page.locator("nav.toc a").evaluate_all(seen)
    assert page.evaluate(there, few) == []
    page.goto(address + r.CHAPTER)
    r.decide(page, r.BEST)
    page.goto(address + "book/my-record.html")
    expect(page.locator("nav.toc a", has_text="What you decided")).to_be_visible()
    more = page.locator("nav.toc a").evaluate_all(seen)
    assert len(more) > len(few)
    assert page.evaluate(there, more) == []

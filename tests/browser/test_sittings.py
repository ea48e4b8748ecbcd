"""Sittings in a browser: the head's list, the bar, Go on, bands that fold on return, and what waits for a decision."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import reader as r
from playwright.sync_api import Page, StorageState, expect

from commissioning import page as front

Fresh = Callable[..., Page]
MOST_ON_A_PHONE = 30_000
PHONE = {"width": 390, "height": 844}


def later(page: Page, name: str) -> dict[str, object]:
    found: dict[str, object] = page.locator(f'details.waits[data-after="{name}"]').evaluate(
        "box => ({ open: box.open, asks: getComputedStyle(box.firstElementChild).display !== 'none' })"
    )
    return found


def test_the_head_lists_the_sittings_and_marks_what_is_decided(chapter: Page) -> None:
    rows = chapter.locator(".sittings li")
    assert 3 <= rows.count() <= 5
    for link in chapter.locator(".sittings a").all():
        assert chapter.locator(link.get_attribute("href") or "").count() == 1
    first = rows.first
    names = (first.get_attribute("data-holds") or "").split()
    for at, name in enumerate(names, 1):
        r.decide(chapter, name)
        expect(first.locator(".small")).to_contain_text(f", {at} of {len(names)} decided")
    expect(first).to_have_attribute("data-done", "")


def test_each_sitting_but_the_last_ends_on_a_place_to_stop(chapter: Page) -> None:
    titles = chapter.locator(".sittings a").all_inner_texts()
    assert chapter.locator(".pause a").all_inner_texts() == titles[1:]
    below = chapter.evaluate(
        "() => [...document.querySelectorAll('.pause')].every(one => one.nextElementSibling?.id === "
        "one.querySelector('a').hash.slice(1))"
    )
    assert below


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}])
def test_the_bar_says_where_one_is(fresh: Fresh, address: str, size: dict[str, int]) -> None:
    page = fresh(viewport=size)
    page.goto(address + r.CHAPTER)
    expect(page.locator(".you-are")).to_be_hidden()
    page.locator(f'decision-exercise[id="{r.BEST}"]').scroll_into_view_if_needed()
    page.evaluate("name => document.getElementById(name).scrollIntoView()", r.BEST)
    number = page.locator(f'decision-exercise[id="{r.BEST}"] .decision-label b').inner_text().split()[-1]
    many = page.locator("decision-exercise:not(.question)").count()
    expect(page.locator(".you-are .small")).to_contain_text(f"{number} of {many} · ")
    expect(page.locator(".way-line i[data-here]")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.locator(".you-are").click()
    expect(page.locator(".sittings")).to_be_in_viewport()


def test_go_on_is_offered_from_the_record_alone(chapter: Page, address: str) -> None:
    assert chapter.locator(".goes-on").count() == 0
    names = (chapter.locator(".sittings li").first.get_attribute("data-holds") or "").split()
    r.decide(chapter, names[0])
    chapter.reload()
    offered = chapter.locator(".sittings .goes-on a")
    expect(offered).to_contain_text("Go on: ")
    heading = chapter.locator(offered.get_attribute("href") or "")
    assert heading.locator(f'decision-exercise[id="{names[1]}"]').count() == 1
    chapter.goto(address + "book/index.html")
    expect(chapter.locator(".contents .goes-on")).to_contain_text("minutes left in the chapter")
    chapter.locator(".contents .goes-on a").click()
    expect(chapter.locator(f'decision-exercise[id="{names[1]}"]')).to_be_attached()


def test_a_decided_chapter_comes_back_folded_and_is_short_on_a_phone(
    fresh: Fresh, address: str, decided: StorageState
) -> None:
    page = fresh(viewport=PHONE, storage_state=decided)
    page.goto(address + r.CHAPTER)
    bands = page.locator("decision-exercise:not(.question)").count()
    expect(page.locator(".said-before")).to_have_count(bands)
    assert page.evaluate("document.documentElement.scrollHeight") <= MOST_ON_A_PHONE
    line = r.exercise(page, r.BEST).locator(".said-before")
    said = r.exercise(page, r.BEST).locator(".after-title").text_content()
    expect(line).to_contain_text(str(said))
    line.get_by_role("button", name="Show").click()
    expect(r.exercise(page, r.BEST).locator(".after")).to_be_visible()
    expect(r.exercise(page, r.BEST).locator("form")).to_be_visible()
    expect(r.exercise(page, r.BEST).locator(".after-title")).to_be_focused()


def test_a_link_to_a_folded_decision_opens_it(fresh: Fresh, address: str, decided: StorageState) -> None:
    page = fresh(storage_state=decided)
    page.goto(f"{address}{r.CHAPTER}#{r.BEST}")
    expect(r.exercise(page, r.BEST).locator(".after")).to_be_visible()
    expect(r.exercise(page, r.THREE).locator(".after")).to_be_hidden()
    page.evaluate("name => { location.hash = name; }", r.THREE)
    expect(r.exercise(page, r.THREE).locator(".after")).to_be_visible()


def test_what_follows_a_decision_waits_for_it(chapter: Page) -> None:
    name = r.BEST
    assert later(chapter, name) == {"open": False, "asks": True}
    r.decide(chapter, name)
    assert later(chapter, name) == {"open": True, "asks": False}
    chapter.reload()
    assert later(chapter, name) == {"open": True, "asks": False}


def test_one_can_read_on_without_deciding(chapter: Page) -> None:
    box = chapter.locator(f'details.waits[data-after="{r.BEST}"]')
    expect(box.locator("summary")).to_contain_text("You have not decided")
    box.locator("summary").focus()
    chapter.keyboard.press("Enter")
    assert later(chapter, r.BEST) == {"open": True, "asks": True}


def test_without_a_script_all_of_it_is_open(fresh: Fresh, address: str) -> None:
    page = fresh(java_script_enabled=False)
    page.goto(address + r.CHAPTER)
    assert page.locator("details.waits:not([open])").count() == 0
    expect(page.locator("details.waits > summary").first).to_be_hidden()
    expect(page.locator(".sittings a").first).to_be_visible()
    expect(page.locator(".you-are")).to_be_hidden()


def test_on_paper_a_folded_decision_is_whole(fresh: Fresh, address: str, decided: StorageState) -> None:
    page = fresh(storage_state=decided)
    page.goto(address + r.CHAPTER)
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(f'decision-exercise[id="{r.BEST}"] .decision-title')).to_be_visible()
    expect(page.locator(f'decision-exercise[id="{r.BEST}"] form .path-text').first).to_be_visible()
    assert page.locator(".said-before:visible").count() == 0
    assert page.locator(".answers-last .after:visible").count() >= 8


def test_the_result_comes_into_the_upper_third_and_is_said_once(fresh: Fresh, address: str) -> None:
    page = fresh(viewport=PHONE)
    page.goto(address + r.CHAPTER)
    for name in (r.BEST, r.THREE, r.NUMBER, r.RANKING):
        r.answer(page, name)
        go = r.exercise(page, name).locator(".go")
        go.evaluate("button => button.scrollIntoView({ block: 'end' })")
        r.press_decide(page, name)
        heading = r.exercise(page, name).locator(".after-title")
        expect(heading).to_be_focused()
        top = heading.evaluate("one => one.getBoundingClientRect().top")
        assert 50 <= top <= PHONE["height"] / 3, name
        status = r.exercise(page, name).locator("> p[role=status]").text_content() or ""
        assert (heading.text_content() or "") not in status


def test_a_fourth_choice_is_refused_where_the_finger_is(fresh: Fresh, address: str) -> None:
    page = fresh(viewport=PHONE)
    page.goto(address + r.CHAPTER)
    options = r.marking(page, r.THREE)["options"]
    r.choose(page, r.THREE, *options[:3])
    r.choose(page, r.THREE, options[0])  # untick, so that the first is the one refused
    r.choose(page, r.THREE, options[3])
    r.choose(page, r.THREE, options[0])
    row = r.exercise(page, r.THREE).locator(f'.path:has(input[value="{options[0]}"]) + .need')
    expect(row).to_contain_text("Three are chosen already")
    expect(row).to_be_in_viewport()
    r.choose(page, r.THREE, options[3])
    expect(r.exercise(page, r.THREE).locator(".path + .need")).to_have_count(0)


def test_the_index_holds_every_decision_under_a_heading_of_its_page(page: Page, address: str) -> None:
    text = page.request.get(address + "_static/commissioning/way.js").text()
    chapters = json.loads(text.removeprefix("commissioningWay=").rstrip().removesuffix(";"))["chapters"]
    for chapter in chapters:
        html = page.request.get(address + chapter["u"]).text()
        for _, minutes, held in chapter["s"]:
            assert 1 <= minutes <= 20
            for name, _, anchor in held:
                assert f'id="{name}"' in html
                assert f'id="{anchor}"' in html


SHARED = {"small", "standfirst", "route", "routes", "on", "dot", "glow", "road", "minutes"}
"""Dressed only inside the cover, the fork and the strips."""
WRITTEN = {
    "cover": "div",
    "big-fork": "svg",
    "stops": "ol",
    "sittings": "nav",
    "pause": "p",
    "waits": "details",
    "bar": "header",
    "brand": "a",
    "contents": "nav",
}


def test_the_ways_stylesheet_dresses_only_what_it_is_for(site: Path) -> None:
    """No citation, table or kind may have a class that way.css hides; what its script makes stands in no page."""
    named = set(re.findall(r"\.([a-z][a-z-]+)", front.front("way.css"))) - SHARED
    for path in r.pages(site):
        html = (site / path).read_text(encoding="utf-8")
        for tag, classes in re.findall(r'<([a-z-]+)\b[^>]*?\sclass="([^"]*)"', html):
            for name in named & set(classes.split()):
                assert WRITTEN.get(name) == tag, f"{path}: <{tag} class={classes!r}>"


def test_the_contents_say_which_chapters_are_begun_and_done(
    chapter: Page, fresh: Fresh, address: str, decided: StorageState
) -> None:
    line = '.contents li:has(> a[href*="finding-people-at-risk/index.html"])'
    r.decide(chapter, r.BEST)
    chapter.goto(address + "book/index.html")
    expect(chapter.locator(line)).to_have_attribute("data-begun", "")
    expect(chapter.locator(f"{line} a")).to_have_accessible_name(re.compile(", begun$"))
    expect(chapter.locator(".contents li[data-begun], .contents li[data-done]")).to_have_count(1)
    page = fresh(storage_state=decided)
    page.goto(address + "book/index.html")
    expect(page.locator(line)).to_have_attribute("data-done", "")
    expect(page.locator(f"{line} a")).to_have_accessible_name(re.compile(", done$"))
    expect(page.locator(f"{line}[data-begun]")).to_have_count(0)

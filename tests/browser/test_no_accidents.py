"""No accident changes an answer; a file that does not come is told; two books on one origin keep apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import kinds_page
import pytest
import reader as r
import record_on_a_page as rec
from playwright.sync_api import Browser, BrowserContext, Page, expect

from commissioning.book import Book
from commissioning.kinds import KINDS


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    with kinds_page.browsed(chromium, 1000, 700) as made:
        yield made


def go(context: BrowserContext, kind: str) -> Page:
    page = context.new_page()
    page.goto(kinds_page.ADDRESS + kind)
    r.unfold(page, name(kind))
    return page


def name(kind: str) -> str:
    return kinds_page.exercises()[kind].id


@pytest.mark.parametrize("kind", ["estimate", "allocation", "priorities", "explorer"])
def test_the_wheel_over_a_number_scrolls_the_page_and_changes_no_answer(context: BrowserContext, kind: str) -> None:
    page = go(context, kind)
    page.add_style_tag(content="main { padding-bottom: 3000px; }")
    field = r.exercise(page, name(kind)).locator("form input[type=number]").first
    field.fill("20")
    field.press("Tab")
    before = field.input_value()
    field.hover()
    field.focus()
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => scrollY > 0")
    assert field.input_value() == before


def test_a_double_press_decides_once_and_loses_nothing(context: BrowserContext) -> None:
    page = go(context, "best-answer")
    r.answer(page, name("best-answer"))
    r.exercise(page, name("best-answer")).locator(".go").dblclick()
    kept = r.kept(page, name("best-answer"))
    assert kept
    assert (kept["attempts"], r.state(page, name("best-answer"))) == (1, "decided")
    r.exercise(page, name("best-answer")).locator("[data-forget]").dblclick()
    put_back(page)
    assert r.kept(page, name("best-answer")) == kept


def put_back(page: Page) -> None:
    """What one press has forgotten stands there again."""
    r.exercise(page, name("best-answer")).get_by_role("button", name="Put my answers back").click()


def test_what_a_held_key_forgets_can_be_put_back(context: BrowserContext) -> None:
    page = go(context, "best-answer")
    r.decide(page, name("best-answer"))
    kept = r.kept(page, name("best-answer"))
    r.exercise(page, name("best-answer")).locator("[data-forget]").focus()
    for _ in range(4):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    assert r.kept(page, name("best-answer")) is None
    put_back(page)
    assert r.kept(page, name("best-answer")) == kept


FIELDS = """() => [...document.querySelectorAll("input, select, textarea")]
  .filter(field => !(field.type === "file" || field.matches(".after input[type=checkbox]")))
  .filter(field => field.form?.autocomplete !== "off" && field.autocomplete !== "off").map(field => field.outerHTML)"""


def test_no_browser_fills_in_a_field_by_itself_and_one_that_may_be_negative_can_be_typed_on_a_phone(
    context: BrowserContext,
) -> None:
    """An iPhone's keys for inputmode decimal and numeric have no minus."""
    page = context.new_page()
    page.goto(kinds_page.ADDRESS + kinds_page.EVERY)
    for kind in KINDS:
        r.unfold(page, name(kind))
    assert page.evaluate(FIELDS) == []
    fields: list[list[Any]] = page.eval_on_selector_all(
        "input[type=number], input[inputmode]", "all => all.map(one => [one.min, one.inputMode, one.outerHTML])"
    )
    assert fields
    for least, mode, html in fields:
        assert mode == "" or (least != "" and float(least) >= 0), html


@pytest.mark.parametrize("kind", ["short-answer", "plain-words"])
def test_a_point_that_a_browser_ticks_again_is_not_given(context: BrowserContext, kind: str) -> None:
    """As Firefox does with a page that is loaded again: HTML has no `autocomplete` for a box to tick."""
    context.add_init_script("""new MutationObserver(() => document.querySelectorAll(".points input:not([data-seen])")
      .forEach(box => { box.dataset.seen = ""; box.checked = true; }))
      .observe(document, { subtree: true, childList: true });""")
    page = go(context, kind)
    assert page.locator(".points input").count() == page.locator(".points input[data-seen]").count() > 0
    assert page.locator(".points input:checked").count() == 0


def test_no_browser_fills_in_a_field_of_the_record(context: BrowserContext, small_book: Book) -> None:
    rec.lay_out(context, rec.large_index(small_book, 6, chapters=3))
    page = context.new_page()
    page.goto(rec.ADDRESS)
    assert page.evaluate(FIELDS) == []


FRAME = '<!doctype html><iframe sandbox="allow-scripts allow-same-origin" src="%s" width="900" height="650"></iframe>'


def test_a_file_that_a_framed_page_may_not_save_is_told_and_its_text_can_be_copied(
    context: BrowserContext, small_book: Book
) -> None:
    rec.lay_out(context, rec.large_index(small_book, 6, chapters=3))
    context.route("http://casebook.test/frame.html", lambda route: route.fulfill(
        body=FRAME % rec.ADDRESS, content_type="text/html"))  # fmt: skip
    page = context.new_page()
    page.goto(rec.ADDRESS)
    rec.keep(page, reflection__chapter_1="My own words.")
    page.goto("http://casebook.test/frame.html")
    frame = page.frame_locator("iframe")
    frame.locator('[data-download="json"]').click()
    expect(frame.locator("[data-status]")).to_contain_text("Your browser was asked to save commissioning-record-")
    text = frame.locator(".no-file textarea")
    expect(text).to_be_visible()
    assert "My own words." in text.input_value()


def test_what_is_typed_is_printed_whole(context: BrowserContext) -> None:
    page = go(context, "short-answer")
    words = " ".join(f"word{n}" for n in range(300))
    r.exercise(page, name("short-answer")).locator("textarea").fill(words)
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    shown = page.locator(".as-written")
    expect(shown).to_be_visible()
    assert shown.inner_text() == words
    assert shown.evaluate("one => one.scrollHeight <= one.clientHeight + 1")
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert shown.count() == 0


def test_two_books_on_one_origin_keep_apart_and_take_over_what_was_kept_before(context: BrowserContext) -> None:
    page = go(context, "best-answer")
    r.decide(page, name("best-answer"))
    old = page.evaluate("() => ({ ...localStorage })")
    assert list(old) == [f"commissioning:decision:{name('best-answer')}"]
    first, second = context.new_page(), context.new_page()
    for tab, book in ((first, "one"), (second, "two")):
        tab.goto(f"{kinds_page.ADDRESS}best-answer?book={book}")
    assert r.state(first, name("best-answer")) == "decided"
    assert list(first.evaluate("() => ({ ...localStorage })")) == [f"commissioning:one:decision:{name('best-answer')}"]
    assert r.state(second, name("best-answer")) == "untouched"
    r.decide(second, name("best-answer"), well=False)
    forget = r.exercise(second, name("best-answer")).locator("[data-forget]")
    forget.click()
    first.reload()
    assert r.state(first, name("best-answer")) == "decided"

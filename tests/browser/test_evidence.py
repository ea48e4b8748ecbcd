"""Sources and meanings in place: by click, by Enter, by Space; closed by Escape, with the focus back where it was."""

from __future__ import annotations

import reader as r
from playwright.sync_api import Locator, Page, expect

OPEN = ("click", "Enter", "Space")


def open_by(page: Page, link: Locator, how: str) -> None:
    """Open a fact or a term."""
    link.scroll_into_view_if_needed()
    if how == "click":
        link.click()
    else:
        link.focus()
        page.keyboard.press(how)


def has_focus(part: Locator) -> bool:
    """Whether the focus is on it."""
    return bool(part.evaluate("one => one === document.activeElement"))


def test_a_fact_shows_its_source_and_its_date_and_gives_the_focus_back(chapter: Page) -> None:
    fact = chapter.locator("main section > p a.fact").first
    sheet = chapter.locator(".sheet")
    for how in OPEN:
        open_by(chapter, fact, how)
        expect(sheet).to_be_visible()
        assert len(sheet.inner_text().split()) > 8, how
        assert has_focus(sheet.locator("button")), how
        chapter.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
        assert has_focus(fact), how
    open_by(chapter, fact, "Enter")
    sheet.locator("button").click()
    expect(sheet).to_be_hidden()
    assert has_focus(fact)


def test_a_term_says_its_meaning_in_place_and_gives_the_focus_back(chapter: Page) -> None:
    term = chapter.locator("main section > p a.term").first
    meaning = chapter.locator("span.meaning")
    for how in OPEN:
        open_by(chapter, term, how)
        expect(meaning).to_be_visible()
        expect(term).to_have_attribute("aria-expanded", "true")
        term.focus()
        chapter.keyboard.press("Escape")
        expect(meaning).to_have_count(0)
        expect(term).to_have_attribute("aria-expanded", "false")
        assert has_focus(term), how
    open_by(chapter, term, "click")
    open_by(chapter, term, "click")
    expect(meaning).to_have_count(0)


def test_a_fact_inside_a_decision_shows_the_decisions_own_source(chapter: Page) -> None:
    fact = r.exercise(chapter, r.RANGES).locator("a.fact:visible").first
    target = (fact.get_attribute("href") or "")[1:]
    claim = chapter.locator(f'[id="{target}"] .claim').text_content() or "?"
    fact.click()
    expect(chapter.locator(".sheet")).to_contain_text(claim.split(" As at")[0].strip())


def test_a_link_into_a_closed_list_opens_it(page: Page, address: str) -> None:
    page.goto(address + r.CHAPTER)
    target = (page.locator("main section > p a.fact").first.get_attribute("href") or "")[1:]
    page.goto("about:blank")
    page.goto(f"{address}{r.CHAPTER}#{target}")
    expect(page.locator(f'[id="{target}"]')).to_be_in_viewport()


def test_the_portfolio_keeps_its_words_and_gives_them_as_a_file(chapter: Page) -> None:
    box = chapter.locator("[data-reflection] textarea")
    box.fill("Three lines of my own.")
    chapter.reload()
    assert box.input_value() == "Three lines of my own."
    with chapter.expect_download() as download:
        chapter.locator("[data-download]").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.endswith("\n\nThree lines of my own.\n")
    assert download.value.suggested_filename.endswith(".txt")

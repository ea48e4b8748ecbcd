"""Two ways to print: a handout of at most eight pages, whatever is ticked, and the whole without a cut table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from commissioning.site import paper

WIDTH = 673  # px: A4 without its margins
WIDER = (
    "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent.trim().slice(0, 60))"
)


def pages(pdf: bytes) -> int:
    """How many pages a printed file has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def shown(page: Page, part: str) -> list[bool]:
    """For each element of a part of the page, whether it is on the paper."""
    found: list[bool] = page.eval_on_selector_all(part, "all => all.map(one => one.checkVisibility())")
    return found


def open_ways(page: Page, path: Path) -> None:
    """Open a chapter from disk and the two ways to print it, with a printer that only notes that it was asked."""
    page.goto(path.as_uri())
    page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    page.locator("[data-print-ways] > summary").click()
    expect(page.locator("[data-print-ways] label").first).to_be_visible()


def test_a_handout_has_at_most_eight_pages_whatever_is_ticked(page: Page, site: Path) -> None:
    long: dict[str, int] = {}
    chapters = [path.with_name("index.html") for path in sorted(site.glob("book/*/session.html"))]
    assert chapters
    for path in chapters:
        open_ways(page, path)
        ticks = page.locator("[data-print-ways] input")
        assert ticks.count() == page.locator("decision-exercise:not(.question)").count()
        for box in ticks.all():
            if box.is_enabled():
                box.check()
        for sheet in ("A4", "Letter"):
            page.locator("[data-print=handout]").click()  # what was printed is a whole page again
            long[f"{path.parent.name}, {sheet}"] = pages(page.pdf(format=sheet, prefer_css_page_size=True))
    assert max(long.values()) <= paper.PAGES, long


def test_a_handout_holds_the_opening_the_case_and_the_ticked_and_then_the_page_is_whole_again(
    page: Page, site: Path
) -> None:
    open_ways(page, site / "book/finding-people-at-risk/index.html")
    before = page.locator("main").evaluate("one => one.outerHTML.length")
    page.locator("[data-print-ways] input:checked").first.uncheck()
    page.locator("[data-print=handout]").click()
    assert page.evaluate("() => window.printed") == 1
    ticked = [box.is_checked() for box in page.locator("[data-print-ways] input").all()]
    page.emulate_media(media="print")
    assert shown(page, "decision-exercise:not(.question)") == ticked
    assert 0 < sum(ticked) < len(ticked)
    assert all(shown(page, "h1, .standfirst, .case-label, .case, section:has(> h2):first-of-type > .story"))
    assert not any(shown(page, ".evidence, .question, .prompt, .outcomes-list, .answers-last, .after, .waits > *"))
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert not page.locator("[data-off-paper]").count()
    assert all(shown(page, "decision-exercise:not(.question)"))
    page.emulate_media(media="screen")
    assert page.locator("main").evaluate("one => one.outerHTML.length") == before


def test_the_whole_chapter_cuts_no_table_and_splits_no_decision(page: Page, site: Path) -> None:
    open_ways(page, site / "book/buying-help/index.html")
    page.locator("[data-print=whole]").click()
    page.set_viewport_size({"width": WIDTH, "height": 900})
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main .scroll").evaluate_all(WIDER) == []
    kept = "all => all.filter(one => getComputedStyle(one).breakInside !== 'avoid').length"
    assert page.locator("table, decision-exercise[id], main figure").evaluate_all(kept) == 0
    assert not any(shown(page, "decision-exercise .sources"))
    columns = "all => all.map(one => getComputedStyle(one).columnCount)"
    assert page.locator(".evidence").evaluate_all(columns) == ["2", "2"]
    source = page.locator(".evidence .source").first
    assert source.evaluate("one => one.getBoundingClientRect().width") < WIDTH / 2


@pytest.mark.parametrize("title", ['Whose "list"?', "A & B \\ <c>"])
def test_the_running_title_is_what_the_page_is_called_and_cannot_leave_its_rule(page: Page, title: str) -> None:
    page.set_content(f"<style>{paper.running('A book', '6', title)}</style>")
    rule = "() => [...document.styleSheets[0].cssRules].map(one => one.cssText).join(' ')"
    said = page.evaluate(rule)
    assert page.evaluate("() => document.styleSheets[0].cssRules.length") == 1
    assert 'counter(page) " / " counter(pages)' in said
    assert f"A book · 6 {title}" in said.replace('\\"', '"').replace("\\\\", "\\")


def test_a_chapters_address_stands_on_paper_if_the_book_has_one() -> None:
    assert paper.on_screen("") == ""
    made = paper.on_screen("https://example.org/book/risk/index.html")
    assert "<svg" in made
    assert "example.org/book/risk/index.html" in made
    assert made != paper.on_screen("https://example.org/book/risk/other.html")

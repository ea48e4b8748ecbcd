"""With JavaScript off: every word is there and can be reached, and nothing is shown that could not work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import reader as r
from playwright.sync_api import Page, expect

Fresh = Callable[..., Page]
# What a reader sees of each element, whatever its ancestors fold away.
SEEN = "all => all.map(one => one.checkVisibility({contentVisibilityAuto: true}) ? one.innerText.trim() : '')"


@pytest.fixture
def plain(fresh: Fresh, address: str) -> Page:
    """The chapter in a browser that runs no script."""
    page = fresh(java_script_enabled=False)
    page.goto(address + r.CHAPTER)
    return page


def test_everything_folded_can_be_opened_by_click(plain: Page) -> None:
    for fold in plain.locator(f'[id="{r.BEST}"] details, [id="{r.RECALL}"] details, [id="{r.NUMBER}"] details').all():
        fold.locator("> summary").click()
        expect(fold).to_have_attribute("open", "")
        assert len(fold.inner_text()) > len(fold.locator("> summary").inner_text())


def test_every_option_consequence_and_explanation_can_be_read(plain: Page) -> None:
    r.open_everything(plain)
    for name in r.exercises(plain):
        made = r.exercise(plain, name)
        for part in (
            ".path-text",
            ".what",
            ".branch > summary",
            ".branch .pair",
            ".differ .sides p",
            ".sources a.fact",
        ):
            texts = made.locator(part).evaluate_all(SEEN)
            assert all(texts), f"{name}: {part} is empty or hidden"
        assert made.locator(".branch .pair").count() >= 1


def test_the_key_is_named(plain: Page) -> None:
    r.open_everything(plain)
    for name in r.exercises(plain):
        best = r.exercise(plain, name).locator(".tag.best")
        expected = {"best-answer": 1, "claim": 1, "choose-three": 3}.get(r.kind(plain, name), 0)
        assert best.count() == expected, name
        assert all(best.evaluate_all(SEEN)), name
    key = r.marking(plain, r.RANKING)["key"]
    order = r.exercise(plain, r.RANKING).locator(".branch")
    assert order.evaluate_all("all => all.map(one => one.dataset.option)") == key
    assert order.locator(".letter").all_inner_texts() == ["1", "2", "3", "4", "5"]
    expect(r.exercise(plain, r.NUMBER).locator("[data-option=right]")).to_contain_text("give or take")


def test_the_explorer_shows_its_settings_as_a_table(plain: Page) -> None:
    r.open_everything(plain)
    rows = r.exercise(plain, r.EXPLORER).locator(".settings tbody tr")
    assert rows.count() == 9
    assert all(rows.evaluate_all(SEEN))


def test_no_button_is_shown_that_could_not_work(plain: Page) -> None:
    r.open_everything(plain)
    buttons = plain.locator("button:visible, input[type=range]:visible").evaluate_all(
        "all => all.map(one => one.outerHTML)"
    )
    search = plain.locator(".find-form button:visible").evaluate_all("all => all.map(one => one.outerHTML)")
    assert buttons == search


def test_charts_show_a_still_picture_and_their_table(plain: Page) -> None:
    charts = plain.locator("[data-chart]")
    assert charts.count() >= 3
    for chart in charts.all():
        expect(chart.locator(".still img")).to_be_visible()
        expect(chart.locator(".live")).to_be_hidden()
        chart.locator("summary").click()
        expect(chart.locator(".description")).to_be_visible()
        expect(chart.locator("table td").first).to_be_visible()


def test_sources_and_words_stand_open_at_the_end_and_links_lead_to_them(plain: Page) -> None:
    for part in ("a.fact", "a.term"):
        link = plain.locator(f"main section > p {part}").first
        target = link.get_attribute("href") or ""
        link.click()
        expect(plain.locator(f'[id="{target[1:]}"]')).to_be_in_viewport()


def test_contents_stand_open_and_every_page_has_its_words(plain: Page, address: str) -> None:
    expect(plain.locator("nav.contents a").first).to_be_visible()
    for path in ("book/index.html", "book/glossary.html", "book/sources.html", "book/for-tutors.html", "search.html"):
        plain.goto(address + path)
        expect(plain.locator("h1")).to_be_visible()
        assert len(plain.locator("main").inner_text().split()) > 10, path

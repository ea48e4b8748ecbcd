"""axe-core finds nothing serious or critical: each page, light and dark, phone and desk; the chapter in each state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import reader as r
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, StorageState, expect

Fresh = Callable[..., Page]
OPTIONS = {"resultTypes": ["violations"], "preload": False}
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
BOTH = [(size, scheme) for size in (PHONE, DESK) for scheme in ("light", "dark")]
NAMES = [f"{size['width']}-{scheme}" for size, scheme in BOTH]


def faults(page: Page, part: str | None = None) -> list[str]:
    """What axe-core finds that is serious or critical in a page or a part of it, one line for each rule."""
    found: list[dict[str, Any]] = Axe().run(page, context=part, options=OPTIONS).response["violations"]
    return [
        f"{rule['id']}: {[node['target'] for node in rule['nodes'][:4]]} {rule['nodes'][0]['failureSummary']}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("size", "scheme"), BOTH, ids=NAMES)
def test_the_chapter_untouched(fresh: Fresh, address: str, size: dict[str, int], scheme: str) -> None:
    page = fresh(viewport=size, color_scheme=scheme)
    page.goto(address + r.CHAPTER)
    for fold in page.locator("details.fold > summary").all():
        fold.click()
    assert faults(page) == []


@pytest.mark.parametrize(("size", "scheme"), BOTH, ids=NAMES)
def test_the_chapter_with_needs_unmet_wrong_answers_and_a_source_open(
    fresh: Fresh, address: str, decided_wrongly: StorageState, size: dict[str, int], scheme: str
) -> None:
    page = fresh(viewport=size, color_scheme=scheme, storage_state=decided_wrongly)
    page.goto(address + r.CHAPTER)
    for name in (r.RANGES, r.EXPLORER, "choose-the-comparison"):
        r.press_decide(page, name)
    page.locator("a.term").first.click()
    page.locator("main section > p a.fact").first.click()
    expect(page.locator(".sheet")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize(("size", "scheme"), BOTH, ids=NAMES)
def test_the_chapter_complete_with_everything_open(
    fresh: Fresh, address: str, decided: StorageState, size: dict[str, int], scheme: str
) -> None:
    page = fresh(viewport=size, color_scheme=scheme, storage_state=decided)
    page.goto(address + r.CHAPTER)
    r.open_everything(page)
    assert faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_that_have_become_live(fresh: Fresh, address: str, scheme: str) -> None:
    page = fresh(viewport=PHONE if scheme == "light" else DESK, color_scheme=scheme)
    page.goto(address + r.CHAPTER)
    r.see_charts(page)
    assert faults(page, "[data-chart]") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_other_page(fresh: Fresh, address: str, site: Path, scheme: str) -> None:
    page = fresh(viewport=PHONE if scheme == "dark" else DESK, color_scheme=scheme)
    found = {}
    for path in r.pages(site):
        if path != r.CHAPTER:
            page.goto(address + path)
            found[path] = faults(page)
    assert {path: list_ for path, list_ in found.items() if list_} == {}


def test_search_results_and_the_open_menu(fresh: Fresh, address: str) -> None:
    page = fresh(viewport=PHONE)
    page.goto(f"{address}search.html?q=regression")
    expect(page.locator("#search-results a").first).to_be_visible()
    assert faults(page) == []
    page.locator(".menu-button").click()
    assert faults(page) == []

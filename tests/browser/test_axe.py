"""axe-core finds nothing serious or critical: each page, light and dark, phone and desk; the chapter in each state.

One page of each template, without a decision made: test_every_page.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import reader as r
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, StorageState, expect

Fresh = Callable[..., Page]
OPTIONS = {"resultTypes": ["violations"], "preload": False}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
SCRIPT = Axe().axe_script
RUN = "([part, options]) => axe.run(part ?? document, options).then(result => result.violations)"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def faults(page: Page, part: str | None = None, **options: Any) -> list[str]:
    """What axe-core finds that is serious or critical in a page or a part of it, one line for each rule."""
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(SCRIPT)
    asked = [{"include": [[part]]} if part else None, OPTIONS | options]
    found: list[dict[str, Any]] = page.evaluate(RUN, asked)
    return [
        f"{rule['id']}: {[node['target'] for node in rule['nodes'][:4]]} {rule['nodes'][0]['failureSummary']}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


def faults_in_both(page: Page, size: dict[str, int], scheme: str) -> dict[str, list[str]]:
    """Every rule in one size and scheme; in the other two, contrast, which alone depends on colours."""
    other = (DESK if size == PHONE else PHONE, "dark" if scheme == "light" else "light")
    found = {}
    for (width, colours), options in (((size, scheme), {}), (other, CONTRAST)):
        page.set_viewport_size(width)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
        found[f"{width['width']} {colours}"] = faults(page, "main", **options) if options else faults(page)
    return {where: list_ for where, list_ in found.items() if list_}


def test_the_chapter_untouched(fresh: Fresh, address: str) -> None:
    page = fresh(reduced_motion="reduce")
    page.goto(address + r.CHAPTER)
    for fold in page.locator("details.fold > summary").all():
        fold.click()
    assert faults_in_both(page, PHONE, "light") == {}


def test_the_chapter_with_needs_unmet_and_wrong_answers(
    fresh: Fresh, address: str, decided_wrongly: StorageState
) -> None:
    page = fresh(reduced_motion="reduce", storage_state=decided_wrongly)
    page.goto(address + r.CHAPTER)
    for name in (r.RANGES, r.EXPLORER, "choose-the-comparison"):
        r.press_decide(page, name)
    page.locator("a.term").first.click()
    assert faults_in_both(page, DESK, "dark") == {}


def test_the_chapter_complete_with_everything_open(fresh: Fresh, address: str, decided: StorageState) -> None:
    page = fresh(reduced_motion="reduce", storage_state=decided)
    page.goto(address + r.CHAPTER)
    r.open_everything(page)
    assert faults_in_both(page, PHONE, "dark") == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_source_that_is_shown(fresh: Fresh, address: str, scheme: str) -> None:
    page = fresh(viewport=PHONE, color_scheme=scheme)
    page.goto(address + r.CHAPTER)
    page.locator("main section > p a.fact").first.click()
    expect(page.locator(".sheet")).to_be_visible()
    assert faults(page, ".sheet") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_that_have_become_live(fresh: Fresh, address: str, scheme: str) -> None:
    page = fresh(live_charts=True, viewport=PHONE if scheme == "light" else DESK, color_scheme=scheme)
    page.goto(address + r.CHAPTER)
    r.see_charts(page)
    assert faults(page, "[data-chart]") == []


def test_search_results_and_the_open_menu(fresh: Fresh, address: str) -> None:
    page = fresh(viewport=PHONE)
    page.goto(f"{address}search.html?q=regression")
    expect(page.locator("#search-results a").first).to_be_visible()
    assert faults(page) == []
    page.locator(".menu-button").click()
    assert faults(page) == []

"""Every page of the book, opened once and asked everything: hosts, faults, charts, sizes; and axe for each template."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import reader as r
from playwright.sync_api import Page, Route
from test_axe import CONTRAST, DESK, PHONE, faults
from test_sizes import SMALL, TOUCH, WIDER

Fresh = Callable[..., Page]
SHARES = 4
"""The pages are dealt out into so many tests, so that workers share them."""
LARGE = "document.documentElement.style.fontSize = '200%'"


def template(path: str) -> str:
    """What makes a page look as it does: chapters, and their plans, are alike; every other page is one of a kind."""
    folder, name = Path(path).parent.name, Path(path).name
    return f"a chapter's {name}" if name in ("index.html", "session.html") and folder != "book" else path


def representatives(paths: list[str]) -> set[str]:
    """One page of each template: the chapter that other tests decide, and the first of the rest."""
    first: dict[str, str] = {template(r.CHAPTER): r.CHAPTER}
    for path in paths:
        first.setdefault(template(path), path)
    return set(first.values())


def troubles(page: Page, *, with_axe: bool) -> dict[str, Any]:
    """What is wrong with the page that is open, by what was asked of it."""
    found: dict[str, Any] = {}
    page.set_viewport_size({"width": 320, "height": 700})
    found["wider than 320 pixels"] = page.evaluate(WIDER)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    found["too small to touch"] = page.evaluate(SMALL, TOUCH)
    if with_axe:
        page.emulate_media(color_scheme="dark")
        found["axe, a dark phone"] = faults(page)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        found["contrast, a light desk"] = faults(page, "main", **CONTRAST)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.evaluate(LARGE)
    found["wider than 390 pixels with text twice as large"] = page.evaluate(WIDER)
    return {asked: answer for asked, answer in found.items() if answer}


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_asks_no_other_host_fits_every_hand_and_has_no_fault(
    fresh: Fresh, address: str, site: Path, share: int
) -> None:
    page = fresh(live_charts=True, reduced_motion="reduce")  # no colour is caught on its way to another
    elsewhere: list[str] = []
    failed: list[str] = []

    def only_ours(route: Route) -> None:
        if route.request.url.startswith(address) or urlsplit(route.request.url).scheme in ("data", "blob"):
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    page.route("**/*", only_ours)
    page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    paths = r.pages(site)
    chosen = representatives(paths)
    found = {}
    for path in paths[share::SHARES]:
        page.goto(address + path)
        r.see_charts(page)
        found[path] = troubles(page, with_axe=path in chosen and path != r.CHAPTER)
    assert {path: what for path, what in found.items() if what} == {}
    assert elsewhere == []
    assert failed == []


def test_one_page_of_each_template_is_asked(site: Path) -> None:
    paths = r.pages(site)
    chosen = representatives(paths)
    assert {template(path) for path in paths} == {template(path) for path in chosen}
    assert len(chosen) == len({template(path) for path in chosen})
    assert r.CHAPTER in chosen

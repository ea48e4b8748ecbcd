"""The game's page in a fresh browser, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from game_player import ADDRESS, html
from playwright.sync_api import Browser, Page, Route
from test_axe import DESK

Fresh = Callable[..., Page]


@pytest.fixture
def fresh(chromium: Browser) -> Iterator[Fresh]:
    """Opens the game in a browser that has kept nothing. What the page throws fails the test."""
    contexts: list[Any] = []
    troubles: list[str] = []

    def serve(route: Route) -> None:
        if route.request.url.split("#")[0] == ADDRESS:
            route.fulfill(body=html(), content_type="text/html; charset=utf-8")
        else:
            troubles.append(f"asked for {route.request.url}")
            route.abort()

    def open_page(*, address: str = ADDRESS, before: str = "", **options: Any) -> Page:
        context = chromium.new_context(**{"viewport": DESK, "reduced_motion": "reduce", **options})
        context.set_default_timeout(15_000)
        context.on("weberror", lambda error: troubles.append(f"thrown: {error.error}"))
        context.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        context.route("**/*", serve)
        if before:
            context.add_init_script(before)
        contexts.append(context)
        page: Page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def page(fresh: Fresh) -> Page:
    """The game's page, untouched."""
    return fresh()

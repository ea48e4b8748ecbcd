"""The record page of a fresh browser, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import record_on_a_page as rec
from playwright.sync_api import Browser, BrowserContext, Page

from commissioning.book import Book


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that has kept nothing, reads in London, and copies what it is asked to."""
    made = chromium.new_context(timezone_id="Europe/London", viewport={"width": 390, "height": 844})
    made.set_default_timeout(5000)
    troubles: list[str] = []
    made.on("weberror", lambda error: troubles.append(str(error.error)))
    yield made
    made.close()
    assert troubles == []


@pytest.fixture
def mine(context: BrowserContext, small_book: Book) -> Page:
    """The record page of a book of 60 decisions in three chapters, with nothing kept."""
    rec.lay_out(context, rec.large_index(small_book, 60, chapters=3))
    page = context.new_page()
    page.goto(rec.ADDRESS)
    return page

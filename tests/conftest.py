"""What test modules share: the fixture book, a copy of it to break, the book itself, and an installed browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import ARGUMENTS, find_chromium
from fixture_book import FIXTURES, ROOT, Copy
from hypothesis import settings

from commissioning.book import Book, read_book

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("no stopwatch", deadline=None)  # times live in benchmarks: a busy machine fails no test
settings.load_profile("no stopwatch")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A fresh copy of the fixture book."""
    shutil.copytree(FIXTURES / "book", tmp_path / "copy")
    return Copy(tmp_path / "copy")


@pytest.fixture(scope="session")
def small_book() -> Book:
    """The fixture book."""
    return read_book(FIXTURES / "book")


@pytest.fixture(scope="session")
def real_book() -> Book:
    """The book itself."""
    return read_book(ROOT)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium: an installed one if there is any, otherwise Playwright's own."""
    from playwright.sync_api import sync_playwright

    path = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()

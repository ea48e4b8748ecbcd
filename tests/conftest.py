"""What test modules share: the fixture book, a copy of it to break, the book itself, and an installed browser."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import ARGUMENTS, find_shell
from fixture_book import FIXTURES, ROOT, Copy
from hypothesis import settings

from commissioning.book import Book, read_book
from commissioning.record import kernel
from commissioning.source.quick import without

with without():  # as every command does: what loads it later takes it as it is here
    import jsonschema  # noqa: F401

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("no stopwatch", deadline=None)  # times live in benchmarks: a busy machine fails no test
settings.load_profile("no stopwatch")
COUNT = itertools.count()
pytest.register_assert_rewrite("kinds_page", "scenario_pages", "game_pages", "record_on_a_page", "story_paths")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A module stays with one worker, so that what it makes once is made once; those with slow tests begin first."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
    for item in items:
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(autouse=True)
def _own_record(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test decides in a notebook is kept in a file of its own; this process, as a kernel, begins afresh."""
    folder = tmp_path_factory.getbasetemp()
    monkeypatch.setenv(kernel.NAMED, str(folder / f"notebooks-{next(COUNT)}.json"))
    monkeypatch.setattr(kernel, "_HERE", kernel._Kernel())


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
    """A headless Chromium: an installed one if there is any, best its shell; otherwise Playwright's own."""
    from playwright.sync_api import sync_playwright

    path = find_shell()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()

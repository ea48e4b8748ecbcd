"""The pages of the built book, read without a browser."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from built_book import built_book, shared_by_workers

CHAPTER = "book/finding-people-at-risk/index.html"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder reads the built book."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.book)
            item.add_marker(pytest.mark.xdist_group("built-book"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built book."""
    return built_book(shared_by_workers(tmp_path_factory))


@lru_cache
def soup(path: Path) -> BeautifulSoup:
    """A page, parsed once."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every page by its path in the site."""
    return {path.relative_to(site).as_posix(): soup(path) for path in sorted(site.rglob("*.html"))}


@pytest.fixture(scope="session")
def chapter(pages: dict[str, BeautifulSoup]) -> BeautifulSoup:
    """The chapter's page."""
    return pages[CHAPTER]

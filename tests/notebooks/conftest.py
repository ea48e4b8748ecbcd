"""Each lab's notebooks, and one chapter with its copy, for the tests of this folder."""

from __future__ import annotations

import nbformat
import pytest
from fixture_book import ROOT
from lab_notebooks import NAME, NOTEBOOKS, Lab
from nbformat import NotebookNode

from commissioning.book import Book, Chapter
from commissioning.jupyter.notebooks.chapters import chapter_notebook


@pytest.fixture(scope="module", params=NOTEBOOKS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def lab(name: str) -> Lab:
    return NOTEBOOKS[name]


@pytest.fixture(scope="module")
def solution(name: str) -> NotebookNode:
    return nbformat.read(ROOT / "solutions" / f"{name}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def exercise(name: str) -> NotebookNode:
    return nbformat.read(ROOT / "exercises" / f"{name}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def chapter(real_book: Book) -> Chapter:
    return real_book.chapters[NAME]


@pytest.fixture(scope="module")
def copied(real_book: Book, chapter: Chapter) -> NotebookNode:
    return chapter_notebook(real_book, chapter)

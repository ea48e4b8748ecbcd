"""A tired reader can read it: the median reading ease of each chapter is 50 or more."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixture_book import ROOT

from commissioning.book import read_book
from commissioning.check.readability import reading_ease, scores

PLAIN = "The board met on a Monday. It was cold. Nobody had brought the chart, so they went home and came back later.\n"
HARD = (
    "Organisational accountability arrangements necessitate comprehensive interdisciplinary consideration of "
    "institutional responsibilities, particularly regarding multifaceted commissioning relationships.\n"
)


@pytest.mark.parametrize("slug", list(read_book(ROOT).chapters))
def test_a_chapter_is_easy_enough_to_read(slug: str) -> None:
    assert reading_ease(ROOT / "book" / slug / "index.md") >= 50


def test_short_words_in_short_sentences_are_easier(tmp_path: Path) -> None:
    page = tmp_path / "index.md"
    page.write_text(
        f"---\nchapter: {HARD}---\n\n# Heading\n\n{PLAIN}\n```{{code-cell}}\n{HARD}```\n\n{HARD}", encoding="utf-8"
    )
    easy, hard = scores(page)
    assert easy > 90 > 0 > hard


def test_what_a_reader_does_not_see_is_not_counted(tmp_path: Path) -> None:
    page = tmp_path / "index.md"
    page.write_text(PLAIN, encoding="utf-8")
    bare = scores(page)
    page.write_text(
        PLAIN.replace("the chart", "{fact}`the chart <interdisciplinary-accountability-2013>`"), encoding="utf-8"
    )
    assert scores(page) == bare

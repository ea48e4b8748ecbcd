"""Short answers. Scores: tests/contract/short-answer.json; faults: tests/fixtures/broken.yaml."""

from __future__ import annotations

from fixture_book import CHAPTER

from commissioning.book import Book
from commissioning.book.compile import compile_questions


def test_only_the_number_of_points_matters_to_marking(small_book: Book) -> None:
    made = {one.id.partition("--")[2]: one.marking for one in compile_questions(small_book, CHAPTER)}
    assert (made["say-why"], made["say-how"]) == ({"points": 2}, {"points": 3})

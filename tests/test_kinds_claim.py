"""Claims. Scores: tests/contract/claim.json; faults: tests/fixtures/broken.yaml."""

from __future__ import annotations

from commissioning.book import Book
from commissioning.kinds import claim


def test_marking_holds_ids_and_the_key(small_book: Book) -> None:
    content = small_book.chapter_of("what-the-plot-says").decisions["what-the-plot-says"].model
    assert claim.compiled(content) == {"options": ["better", "shorter", "cheaper"], "key": "shorter"}


def test_a_claim_is_right_or_not_and_earns_no_marks() -> None:
    assert claim.score({"options": ["a", "b"], "key": "a"}, {"choice": "a"}) == {"right": True}

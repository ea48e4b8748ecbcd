"""Single best answer with certainty. Scores: tests/contract/best-answer.json; faults: tests/fixtures/broken.yaml."""

from __future__ import annotations

from fractions import Fraction

import pytest

from commissioning.book import Book
from commissioning.kinds import best_answer
from commissioning.kinds.best_answer import RIGHT, WRONG, find_telling_length


def expected(certainty: int, chance: Fraction) -> Fraction:
    """Marks earned on average by somebody who is right with this chance."""
    return chance * RIGHT[certainty] + (1 - chance) * WRONG[certainty]


@pytest.mark.parametrize(
    ("chance", "best"),
    [
        (Fraction(1, 2), 1),
        (Fraction(66, 100), 1),
        (Fraction(67, 100), 2),
        (Fraction(79, 100), 2),
        (Fraction(81, 100), 3),
    ],
)
def test_it_pays_to_say_how_sure_one_is(chance: Fraction, best: int) -> None:
    assert max(RIGHT, key=lambda certainty: expected(certainty, chance)) == best


def test_the_turning_points_are_two_thirds_and_four_fifths() -> None:
    assert expected(1, Fraction(2, 3)) == expected(2, Fraction(2, 3))
    assert expected(2, Fraction(4, 5)) == expected(3, Fraction(4, 5))


def test_marking_holds_ids_and_the_key_and_no_wording(small_book: Book) -> None:
    content = small_book.chapter_of("first-step").decisions["first-step"].model
    options = ["telephone", "new-scanner", "write-letters", "wait-and-see"]
    assert best_answer.compiled(content) == {"options": options, "key": "telephone"}


@pytest.mark.parametrize(("length", "is_telling"), [(10, False), (15, False), (16, True)])
def test_a_key_half_as_long_again_as_every_other_gives_itself_away(length: int, is_telling: bool) -> None:
    texts = {"a": "x" * 10, "b": "x" * 4, "c": "x" * length}
    assert bool(list(find_telling_length("c", texts))) == is_telling


def test_a_long_option_that_is_no_key_gives_nothing_away() -> None:
    assert list(find_telling_length("a", {"a": "x" * 10, "b": "x" * 90})) == []

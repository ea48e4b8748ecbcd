"""Choose three of eight. Scores: tests/contract/choose-three.json; faults: tests/fixtures/broken.yaml."""

from __future__ import annotations

import itertools
from statistics import fmean

from commissioning.book import Book
from commissioning.kinds import choose_three

MARKING = {"options": list("abcdefgh"), "key": ["a", "d", "h"]}


def marks(choices: tuple[str, ...]) -> int:
    score = choose_three.score(MARKING, {"choices": list(choices)})
    assert score
    return int(score["marks"])


def test_guessing_earns_four_and_a_half_on_average() -> None:
    assert fmean(marks(three) for three in itertools.combinations("abcdefgh", 3)) == 4.5


def test_only_one_choice_of_three_earns_all_twelve() -> None:
    best = [three for three in itertools.combinations("abcdefgh", 3) if marks(three) == 12]
    assert best == [("a", "d", "h")]


def test_marking_gives_the_key_in_the_order_shown(small_book: Book) -> None:
    content = small_book.chapter_of("three-of-eight").decisions["three-of-eight"].model
    shuffled = content.model_copy(update={"key": ["five", "one", "three"]})
    assert choose_three.compiled(shuffled) == choose_three.compiled(content)
    assert choose_three.compiled(content)["key"] == ["one", "three", "five"]

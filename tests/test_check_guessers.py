"""Readers of form alone: what they choose, what chance would get right, and what an author is told when they win."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from fixture_book import ROOT, Copy
from hypothesis import given
from hypothesis import strategies as st

from commissioning.book import Book, read_book
from commissioning.check import guessers

WON = """\
chapter/decisions/first-step.yaml:27  key
  over the whole book, one who reads no content and chooses the longest gets 6.5 right in 7 items; chance gets 3.0, \
give or take 1.3. At most two standard errors above chance. Reword options where that works: \
waiting-for-a-scan/first-step, waiting-for-a-scan/three-of-eight, waiting-for-a-scan/what-the-plot-says, \
waiting-for-a-scan/who-waits, waiting-for-a-scan/what-first."""
LONGEST = """\
chapter/questions.yaml:1
  the key is the longest option in 3.5 of 5 items with one key (first-step, who-waits, what-first). At most 40%: \
lengthen a wrong option, or shorten the key."""


def item(texts: list[str], key: set[int], *, above: str = "", kind: str = "claim") -> guessers.Item:
    """An item of its own, in no file."""
    return guessers.Item(None, (), "chapter", kind, "it", tuple(texts), frozenset(key), above)  # type: ignore[arg-type]


def test_keys_that_are_longest_are_told(copy: Copy) -> None:
    copy.change("chapter/decisions/first-step.yaml", "have waited longest", "have waited longest of all on it")
    copy.change("chapter/decisions/three-of-eight.yaml", "A clerk for a month", "A clerk for a month and a day")
    copy.change("chapter/decisions/three-of-eight.yaml", "A count of the list", "A count of the whole list")
    copy.change("chapter/decisions/three-of-eight.yaml", "An evening clinic", "An evening clinic for all")
    copy.change("chapter/questions.yaml", "Those referred and not seen", "Those referred who have not been seen")
    copy.change("chapter/questions.yaml", "text: A count,", "text: A good count,")
    assert copy.faults() == [WON, LONGEST]


@pytest.mark.parametrize(
    ("guesser", "texts", "chosen"),
    [
        ("the longest", ["a", "bbb", "cc"], 1),
        ("the shortest", ["aa", "bbb", "c"], 2),
        ("no 'so', 'since' or 'because'", ["It fell, so it works", "It fell because of us", "It fell"], 2),
        ("the most hedged", ["It works", "It may work", "It will"], 1),
        ("the most commas", ["a, b", "a, b, c", "a"], 1),
        ("the fewest absolutes", ["All fell", "Some fell", "It never fell"], 1),
        ("the most numbers", ["It fell by 3 in 10", "It fell by half", "It fell"], 0),
        ("the first", ["x", "y", "z"], 0),
        ("the middle", ["x", "y", "z"], 1),
        ("the last", ["x", "y", "z"], 2),
        ("the most rare words of the page above", ["Ask a dentist", "Ask the lock-keeper", "Ask nobody"], 1),
    ],
)
def test_each_guesser_chooses_what_it_says(guesser: str, texts: list[str], chosen: int) -> None:
    asked = item(texts, {chosen}, above="The lock-keeper had waited.")
    assert guessers.guess(guesser, [asked]).right == 1.0


def test_every_guesser_is_tried_above() -> None:
    assert len(guessers.GUESSERS) == 11


def test_tied_options_share_a_choice() -> None:
    assert guessers.choices([2, 1, 1, 0], 2) == [1, 0.5, 0.5, 0]
    assert guessers.choices([0, 0, 0, 0], 1) == [0.25] * 4


@given(st.lists(st.integers(0, 3), min_size=3, max_size=6), st.integers(1, 2))
def test_chance_and_its_error_are_those_of_all_places_of_the_key(scores: list[int], many: int) -> None:
    """Against every way in which the keys could stand: the mean and the variance of the hits, in whole fractions."""
    texts = ["x" * (score + 1) for score in scores]
    ways = [set(way) for way in itertools.combinations(range(len(scores)), many)]
    hits = [Fraction(guessers.guess("the longest", [item(texts, way)]).right).limit_denominator(1000) for way in ways]
    mean = sum(hits) / len(hits)
    variance = sum((hit - mean) ** 2 for hit in hits) / len(hits)
    made = guessers.guess("the longest", [item(texts, ways[0])])
    assert made.chance == pytest.approx(float(mean))
    assert made.error**2 == pytest.approx(float(variance), abs=1e-9)


def test_a_kind_with_three_items_is_no_test_and_four_are() -> None:
    three = [item(["a", "bb", "c", "d"], {1})] * 3
    assert guessers.guess("the longest", three).beats
    assert guessers.LEAST_ITEMS == 4


def test_every_keyed_item_of_the_book_is_asked() -> None:
    whole = read_book(ROOT)
    keyed = {
        f"{page.slug}/{name}"
        for page in whole.pages.values()
        for name, content in [
            *((name, sheet.model) for name, sheet in page.decisions.items()),
            *(page.questions.model.items() if page.questions else ()),
        ]
        if content.kind in ("best-answer", "claim", "choose-three", "ranking")
    }
    assert {one.label for one in guessers.items(whole)} == keyed
    assert len(keyed) > 30


def test_a_concordance_is_keyed_only_by_a_real_panel(small_book: Book) -> None:
    assert all(one.kind != "concordance" for one in guessers.items(small_book))

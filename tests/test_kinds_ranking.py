"""Ranking. Scores: tests/contract/ranking.json; faults: tests/fixtures/broken.yaml."""

from __future__ import annotations

import itertools
from statistics import fmean

import pytest

from commissioning.book import Book
from commissioning.kinds import ranking


def scores_of_every_order(n: int) -> list[dict[str, float]]:
    marking = {"options": list("abcde"[:n]), "key": list("abcde"[:n])}
    orders = itertools.permutations(range(1, n + 1))
    made = [ranking.score(marking, {"ranks": dict(zip(marking["key"], order, strict=True))}) for order in orders]
    return [score for score in made if score]


@pytest.mark.parametrize(("n", "average", "lowest", "highest"), [(5, 12, 8, 20), (4, 11, 8, 16)])
def test_a_random_order_earns_what_the_page_says(n: int, average: float, lowest: int, highest: int) -> None:
    marks = [score["marks"] for score in scores_of_every_order(n)]
    assert (fmean(marks), min(marks), max(marks)) == (average, lowest, highest)


@pytest.mark.parametrize(("n", "worst"), [(5, -0.5), (4, -0.6)])
def test_chance_is_nothing_the_key_is_one_and_no_order_is_worse_than_its_reverse(n: int, worst: float) -> None:
    better = [score["better_than_chance"] for score in scores_of_every_order(n)]
    assert fmean(better) == pytest.approx(0, abs=1e-12)
    assert (max(better), min(better)) == (1, pytest.approx(worst))


def test_marking_holds_both_orders(small_book: Book) -> None:
    content = small_book.chapter_of("in-what-order").decisions["in-what-order"].model
    assert ranking.compiled(content) == {
        "options": ["file", "ring", "ask-them", "report"],
        "key": ["ring", "ask-them", "report", "file"],
    }

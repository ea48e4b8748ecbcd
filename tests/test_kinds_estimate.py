"""Estimates. Scores: tests/contract/estimate.json; faults: tests/fixtures/broken.yaml."""

from __future__ import annotations

import pytest
from fixture_book import Copy

from commissioning import labs, page
from commissioning.book import Book, read_book
from commissioning.book.compile import compile_decision
from commissioning.kinds import estimate


def test_every_possible_answer_falls_in_one_range(small_book: Book) -> None:
    marking = compile_decision(small_book, "how-long-a-queue").marking
    names = [estimate.score(marking, {"values": [n / 10, 100 - n / 10]}) for n in range(1001)]
    assert all(names)
    assert {name for score in names if score for name in score["ranges"]} == {"few", "some", "most"}


def test_an_unmarked_estimate_carries_no_answer(small_book: Book) -> None:
    assert compile_decision(small_book, "how-long-a-queue").marking == {
        "between": [0, 100],
        "asks": 2,
        "ranges": [["few", 0, 30], ["some", 30, 70], ["most", 70, 100]],
    }


def test_a_marked_estimate_carries_its_answer_and_the_known_slips(small_book: Book) -> None:
    assert compile_decision(small_book, "count-again").marking == {
        "between": [0, 100],
        "asks": 1,
        "value": 25,
        "tolerance": 0.5,
        "errors": [["over-the-rest", 33.3, 0.4], ["upside-down", 4, 0]],
    }


def test_an_answer_may_be_a_labs_figure_and_changes_with_it(copy: Copy) -> None:
    copy.change("chapter/decisions/count-again.yaml", "value: 25\n", "value: L6-fall\n")
    marking = compile_decision(read_book(copy.root), "count-again").marking
    assert marking["value"] == labs.figures()["L6-fall"].value


@pytest.mark.parametrize("name", ["over-the-rest", "upside-down"])
def test_each_known_slip_is_recognised_and_never_right(small_book: Book, name: str) -> None:
    marking = compile_decision(small_book, "count-again").marking
    value = {slip: at for slip, at, _ in marking["errors"]}[name]
    assert estimate.score(marking, {"values": [value]}) == {"right": False, "error": name}


def test_whole_answers_and_slips_are_printed_whole(real_book: Book) -> None:
    """A count of bodies was printed as "3.00 bodies, give or take 0"."""
    html = page.render(compile_decision(real_book, "how-many-buyers"))
    assert "<b>3 bodies.</b>" in html
    assert "<b>4 bodies</b>" in html
    assert "give or take" not in html

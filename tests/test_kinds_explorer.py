"""Explorers. Scores: tests/contract/explorer.json; faults: tests/fixtures/broken.yaml."""

from __future__ import annotations

import pytest

from commissioning import labs
from commissioning.book import Book
from commissioning.book.compile import compile_decision
from commissioning.kinds import explorer


@pytest.fixture(scope="module")
def marking(small_book: Book) -> dict[str, object]:
    return compile_decision(small_book, "turn-the-dial").marking


def test_outputs_are_worked_out_from_top_to_bottom(marking: dict[str, object]) -> None:
    people = labs.tables()["risk-reach"]["columns"]["people"]
    got = explorer.results(marking, {"slots": 10, "kept": 50})
    assert list(got) == ["seen", "staff", "each", "share"]
    assert (got["seen"], got["staff"], got["each"]) == (5, 2, 160)
    assert got["share"] == min(100, 100 * 5 / people[19])  # the twentieth row of the table is at 10


def test_where_nobody_is_seen_there_is_no_price(marking: dict[str, object]) -> None:
    got = explorer.results(marking, {"slots": 0, "kept": 100})
    assert (got["seen"], got["each"]) == (0, None)


def test_whole_and_broken_numbers_come_to_the_same(marking: dict[str, object]) -> None:
    assert explorer.results(marking, {"slots": 10, "kept": 50}) == explorer.results(
        marking, {"slots": 10.0, "kept": 50.0}
    )


def test_marking_holds_sliders_tables_arithmetic_regions_and_the_prediction(marking: dict[str, object]) -> None:
    assert list(marking) == ["inputs", "tables", "outputs", "regions", "prediction"]
    assert marking["inputs"] == {"slots": [0, 20, 5, 10], "kept": [0, 100, 25, 50]}
    assert marking["regions"] == [{"slots": [0, 0]}, {"slots": [5, 10], "kept": [50, 100]}, {}]
    assert marking["prediction"] == ["each", {"slots": 10, "kept": 50}]


def test_a_prediction_is_compared_and_not_marked(marking: dict[str, object]) -> None:
    assert explorer.score(marking, {"prediction": 200}) == {"actual": 160, "off": 40}


def test_a_region_may_be_bounded_by_an_output_and_none_holds_where_that_has_no_value() -> None:
    marking = {
        "inputs": {"x": [0, 4, 1, 1]},
        "tables": {},
        "outputs": [["y", ["/", 8, ["var", "x"]], 0]],
        "regions": [{"y": [4, 100]}, {"x": [1, 3], "y": [0, 3]}, {}],
        "prediction": ["y", {"x": 1}],
    }
    assert [explorer.region(marking, {"x": x}) for x in range(5)] == [2, 0, 0, 1, 2]

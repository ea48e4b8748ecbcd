"""Decision rights. Scores: tests/contract/decision-rights.json."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.book import Book
from commissioning.check import exercises
from commissioning.kinds import decision_rights
from commissioning.source import markdown

LETTERS: list[str | None] = [None, *decision_rights.LETTERS]


def model_of(**change: Any) -> decision_rights.Decision:
    """A grid of three parties and two decisions without a fault, or with one."""

    def row(*allowed: str) -> dict[str, Any]:
        cells = {
            party: {"allowed": list(one), "explanation": f"For {party} {one}."}
            for party, one in zip("abc", allowed, strict=True)
        }
        return {
            "text": "t",
            "one_answers": "1",
            "two_answer": "2",
            "none_answers": "0",
            "explanation": "e",
            "cells": cells,
        }

    made: dict[str, Any] = {
        "title": "t",
        "kind": "decision-rights",
        "era": "now",
        "minutes": 3,
        "outcomes": ["o"],
        "situation": "s",
        "ask": "a",
        "parties": {party: {"name": party, "short": party} for party in "abc"},
        "decisions": {"x": row("A", "RC", "I"), "y": row("C", "A", "R")},
    }
    for name, cells in change.items():
        made["decisions"][name]["cells"] = cells
    return decision_rights.Decision.model_validate(made)


def faults(**change: Any) -> list[str]:
    return [wrong for _, wrong, _ in decision_rights.find(model_of(**change))]


def cells(**allowed: str) -> dict[str, Any]:
    return {party: {"allowed": list(letters), "explanation": "e"} for party, letters in allowed.items()}


def score_of(letters: tuple[str | None, ...]) -> dict[str, Any] | None:
    marking = {"parties": ["a", "b", "c"], "rows": [["x", {"a": ["A"], "b": ["R"], "c": ["I"]}]]}
    row = {party: letter for party, letter in zip("abc", letters, strict=True) if letter}
    return decision_rights.score(marking, {"grid": {"x": row}})


def test_a_row_is_valid_with_exactly_one_that_answers_and_somebody_who_does_it() -> None:
    for letters in product(LETTERS, repeat=3):
        score = score_of(letters)
        if score is None:
            assert not any(letters)
        else:
            assert score["rows"]["x"]["valid"] == (letters.count("A") == 1 and "R" in letters)


def test_every_row_that_is_not_valid_says_why_in_words() -> None:
    for letters in product(LETTERS, repeat=3):
        if score := score_of(letters):
            named = {"two-answer", "none-answers", "nobody-does"} & set(score["rows"]["x"]["patterns"])
            assert bool(named) == (not score["rows"]["x"]["valid"])


@given(st.dictionaries(st.sampled_from("xy"), st.dictionaries(st.sampled_from("abc"), st.sampled_from("RACI"))))
def test_agreement_is_a_share_of_the_letters_given_and_order_changes_nothing(grid: dict[str, Any]) -> None:
    marking = decision_rights.compiled(model_of())
    score = decision_rights.score(marking, {"grid": grid})
    turned = {name: dict(reversed(row.items())) for name, row in reversed(grid.items())}
    assert score == decision_rights.score(marking, {"grid": turned})
    if score:
        assert 0 <= score["allowed"] <= score["filled"] == sum(map(len, grid.values()))
        assert score["agreement"] == score["allowed"] / score["filled"]


def test_a_sound_grid_has_no_fault() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (cells(a="A", b="R"), "'c' has no cell here."),
        (cells(a="A", b="R", c="I", d="C"), "there is no party 'd'."),
        (cells(a="AA", b="R", c="I"), "a letter is named twice."),
        (cells(a="A", b="C", c="I"), "the letters allowed here cannot give one party A and another R."),
        (cells(a="AR", b="C", c="I"), "the letters allowed here cannot give one party A and another R."),
    ],
)
def test_a_row_that_does_not_hold_is_named(change: dict[str, Any], told: str) -> None:
    assert told in faults(x=change)


def test_a_grid_that_one_letter_would_fill_is_unbalanced() -> None:
    every = cells(a="AC", b="RC", c="CI")
    assert faults(x=every, y=every) == ["the key is unbalanced: 'C' is allowed in 6 of 6 cells."]


def test_a_note_to_the_only_letter_allowed_says_nothing_new() -> None:
    noted = cells(a="A", b="R", c="I")
    noted["a"]["letters"] = {"A": "Well said."}
    assert faults(x=noted) == ["'A' is the one letter allowed."]


def test_the_example_can_be_agreed_with_in_every_cell_and_row(real_book: Book) -> None:
    chapter = real_book.chapter_of("example-decision-rights")
    marking = decision_rights.compiled(chapter.decisions["example-decision-rights"].model)
    grid = {}
    for name, allowed in marking["rows"]:
        choices = product(*(allowed[party] for party in marking["parties"]))
        grid[name] = dict(
            zip(marking["parties"], next(c for c in choices if c.count("A") == 1 and "R" in c), strict=True)
        )
    score = decision_rights.score(marking, {"grid": grid})
    assert score
    assert (score["agreement"], score["valid"]) == (1, len(marking["rows"]))


def test_every_text_that_follows_a_choice_is_short_and_like_no_other(real_book: Book) -> None:
    content = real_book.chapter_of("example-decision-rights").decisions["example-decision-rights"].model
    texts = [(role, text) for _, role, text in decision_rights.explained(content)]
    most = {"explanation": exercises.MOST_EXPLAINED, "consequence": exercises.MOST_HAPPENING}
    assert [text for role, text in texts if not 4 <= markdown.words(text) <= most[role]] == []
    assert len(set(texts)) == len(texts)

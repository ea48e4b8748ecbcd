"""Concordance. Scores: tests/contract/concordance.json."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from commissioning.book import Book
from commissioning.check import exercises
from commissioning.kinds import concordance
from commissioning.source import markdown

COUNTS = st.lists(st.integers(0, 40), min_size=5, max_size=5).filter(lambda counts: sum(counts) >= 10)


def model_of(*held: tuple[int, ...], panel: Any = None, counts: list[int] | None = None) -> concordance.Decision:
    """Three items or more, with positions at the anchors given."""
    items = {
        f"i{n}": {
            "text": "t",
            "anchors": {anchor: f"Why {anchor}." for anchor in concordance.ANCHORS},
            "consequence": "c",
            "positions": [{"who": "w", "says": "s", "anchor": anchor} for anchor in anchors],
            **({"panel": counts} if counts else {}),
        }
        for n, anchors in enumerate(held)
    }
    return concordance.Decision.model_validate(
        {
            "title": "t",
            "kind": "concordance",
            "era": "now",
            "minutes": 3,
            "outcomes": ["o"],
            "situation": "s",
            "ask": "a",
            "hypothesis": "h",
            "scale": ["a", "b", "c", "d", "e"],
            "items": items,
            "panel": panel,
        }
    )


def faults(*held: tuple[int, ...]) -> list[str]:
    return [wrong.partition(":")[0] for _, wrong, _ in concordance.find(model_of(*held))]


def test_positions_on_both_sides_have_no_fault() -> None:
    assert faults((1, 2), (-1, -2), (0, 1), (-1, 0)) == []


def test_positions_that_all_agree_teach_nothing() -> None:
    assert faults((1, 1), (-1, -2), (0, 1)) == ["all positions stand at the same anchor."]


def test_a_set_in_which_one_who_never_moves_sits_best_is_unbalanced() -> None:
    assert faults((0, 1), (0, -1), (0, 2)) == ["the key is unbalanced"]


def test_a_panel_that_likes_the_middle_is_unbalanced_too() -> None:
    panel = {"n": 12, "who": "w", "when": "2026"}
    content = model_of((0, 1), (-1, 1), (1, 2), panel=panel, counts=[0, 2, 8, 2, 0])
    assert [wrong.partition(":")[0] for _, wrong, _ in concordance.find(content)] == ["the key is unbalanced"]


@given(st.lists(st.sets(st.integers(-2, 2), min_size=2, max_size=4), min_size=3, max_size=5))
def test_no_faultless_set_rewards_always_nought_more_than_the_median(held: list[set[int]]) -> None:
    content = model_of(*map(tuple, held))
    if not list(concordance.find(content)):
        support = concordance.support(concordance.compiled(content))
        assert support[2] <= sorted(support)[2]


@pytest.mark.parametrize(
    ("panel", "counts"),
    [
        ({"n": 9, "who": "w", "when": "2026"}, [0, 2, 3, 4, 0]),
        ({"n": 12, "who": "w", "when": "2026"}, [0, 2, 3, 4, 0]),
        ({"n": 12, "who": "w", "when": "2026"}, [0, 2, 8, 4, 0]),
        ({"n": 12, "who": "w", "when": "2026"}, [2, 8, 2]),
        ({"n": 12, "who": "w", "when": "2026"}, [-1, 9, 2, 2, 0]),
        ({"n": 12, "who": "w", "when": "2026"}, None),
        (None, [0, 2, 4, 6, 0]),
    ],
    ids=[
        "too few",
        "too few answered",
        "more counted than asked",
        "three counts",
        "below nought",
        "no counts",
        "no panel",
    ],
)
def test_counts_without_a_real_panel_of_ten_are_refused(panel: Any, counts: list[int] | None) -> None:
    with pytest.raises(ValidationError):
        model_of((0, 1), (-1, 1), (1, 2), panel=panel, counts=counts)


@given(COUNTS)
def test_credit_is_one_for_the_commonest_and_nought_for_what_nobody_said(counts: list[int]) -> None:
    marking = {"items": [["i", counts, [0, 1]]]}
    credits = []
    for anchor in concordance.ANCHORS:
        score = concordance.score(marking, {"anchors": {"i": anchor}})
        assert score
        credits.append(score["items"]["i"]["credit"])
    assert max(credits) == 1
    assert [credit == 0 for credit in credits] == [count == 0 for count in counts]
    assert sorted(range(5), key=credits.__getitem__) == sorted(range(5), key=counts.__getitem__)


def test_nothing_is_ever_added_up(real_book: Book) -> None:
    content = real_book.chapter_of("example-concordance").decisions["example-concordance"].model
    marking = concordance.compiled(content)
    score = concordance.score(marking, {"anchors": {name: 0 for name, _, _ in marking["items"]}})
    assert score
    assert list(score) == ["items"]
    assert all(item["credit"] is None for item in score["items"].values())


def test_every_text_that_follows_a_choice_is_short_and_like_no_other(real_book: Book) -> None:
    content = real_book.chapter_of("example-concordance").decisions["example-concordance"].model
    texts = [(role, text) for _, role, text in concordance.explained(content)]
    most = {"explanation": exercises.MOST_EXPLAINED, "consequence": exercises.MOST_HAPPENING}
    assert [text for role, text in texts if not 4 <= markdown.words(text) <= most[role]] == []
    assert len(set(texts)) == len(texts)

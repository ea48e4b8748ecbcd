"""Sorting. Golden scores: tests/contract/sorting.json."""

from __future__ import annotations

import itertools
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from commissioning.kinds import sorting

COMMON = {
    "title": "T",
    "kind": "sorting",
    "era": "now",
    "minutes": 3,
    "outcomes": ["o"],
    "situation": "S",
    "ask": "A",
}


def card(**more: Any) -> dict[str, Any]:
    return {"text": "A card", "consequence": "It lies there", "explanation": "It belongs elsewhere", **more}


def decision(**more: Any) -> sorting.Decision:
    made: sorting.Decision = TypeAdapter(sorting.Decision).validate_python(COMMON | more)
    return made


def sort(*into: list[str], bins: str = "xyz", mode: str = "sort") -> sorting.Decision:
    cards = {f"card-{i}": card(into=names) for i, names in enumerate(into)}
    return decision(mode=mode, bins={name: f"Bin {name}" for name in bins}, cards=cards)


def sequence(shown: str, key: str) -> sorting.Decision:
    return decision(mode="sequence", cards={name: card() for name in shown}, key=list(key))


def faults(exercise: sorting.Decision) -> list[str]:
    return [wrong for _, wrong, _ in sorting.find(exercise)]


def test_sound_sorts_sequences_and_matches_have_no_fault() -> None:
    assert faults(sort(["x"], ["y"], ["x", "z"])) == []
    assert faults(sort(["x"], ["y"], ["z"], bins="wxyz", mode="match")) == []
    assert faults(sequence("bca", "abc")) == []


@pytest.mark.parametrize(
    ("exercise", "wrong"),
    [
        (sort(["x"], ["y"], ["zz"]), "there is no bin 'zz'."),
        (sort(["x"], ["y"], ["x", "x"], ["z"]), "a bin is named twice."),
        (sort(["x"], ["y"], ["x"]), "no card belongs in 'z'."),
        (sort(["x"], ["y"], ["x", "y"], bins="xy"), "the card may go into every bin."),
        (sort(["x"], ["x"], ["x"], ["x"], ["y"], bins="xy"), "the key is unbalanced: 4 of 5 cards may go into 'x'."),
        (sort(["x"], ["y", "z"], ["w"], bins="wxyz", mode="match"), "a card is matched with one bin."),
        (sort(["x"], ["y"], ["x"], mode="match"), "'x' is matched with 'card-0' too."),
        (sequence("abc", "abd"), "key names 'd', which is not a card."),
        (sequence("bac", "aab"), "key must name each card once."),
        (sequence("abc", "abc"), "the key is unbalanced: the cards are shown in its own order."),
        (sequence("abc", "cba"), "the key is unbalanced: the cards are shown in its own order."),
    ],
)
def test_a_fault_of_sense_is_named(exercise: sorting.Decision, wrong: str) -> None:
    assert wrong in faults(exercise)


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        ({"mode": "sequence", "cards": {n: card() for n in "abc"}}, "a sequence needs 'key'"),
        ({"mode": "sequence", "cards": {n: card(into=["x"]) for n in "abc"}, "key": ["a"]}, "no 'into'"),
        ({"mode": "sort", "cards": {n: card() for n in "abc"}, "bins": {"x": "X", "y": "Y"}}, "needs 'into'"),
        ({"mode": "sort", "cards": {n: card(into=["x"]) for n in "abc"}, "bins": {"x": "X"}}, "needs 2 to 6 bins"),
        ({"mode": "match", "cards": {n: card(into=["x"]) for n in "abc"}, "key": ["a"]}, "has no 'key'"),
        ({"mode": "sort", "cards": {n: card(into=["x"]) for n in "ab"}}, "at least 3 items"),
        ({"mode": "sort", "cards": {n: card(into=list("xyz")) for n in "abc"}}, "at most 2 items"),
    ],
)
def test_a_mode_says_what_it_needs(parts: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ValidationError, match=wrong):
        decision(**parts)


def test_marking_holds_bins_and_homes_or_both_orders_and_no_words() -> None:
    assert sorting.compiled(sort(["x"], ["y"], ["x", "z"])) == {
        "mode": "sort",
        "bins": ["x", "y", "z"],
        "cards": [["card-0", ["x"]], ["card-1", ["y"]], ["card-2", ["x", "z"]]],
    }
    assert sorting.compiled(sequence("bca", "abc")) == {"mode": "sequence", "options": list("bca"), "key": list("abc")}


@pytest.mark.parametrize("n", [3, 4, 5, 6])
def test_a_random_order_has_half_of_the_pairs_on_average_as_the_page_says(n: int) -> None:
    key = list("abcdef"[:n])
    made = [sorting.score({"mode": "sequence", "key": key}, {"order": list(o)}) for o in itertools.permutations(key)]
    shares = [score["share"] for score in made if score]
    assert (fmean(shares), min(shares), max(shares)) == (pytest.approx(0.5), 0, 1)


def test_putting_cards_anywhere_earns_what_the_page_says_on_average() -> None:
    marking = sorting.compiled(sort(["x"], ["y"], ["x", "z"]))
    every = itertools.product("xyz", repeat=3)
    made = [
        sorting.score(marking, {"placed": dict(zip(["card-0", "card-1", "card-2"], p, strict=True))}) for p in every
    ]
    assert fmean(score["had"] for score in made if score) == pytest.approx((1 + 1 + 2) / 3)


@settings(deadline=None)
@given(st.permutations("abcdefgh"), st.integers(0, 6))
def test_changing_two_neighbours_about_changes_one_pair(order: list[str], at: int) -> None:
    swapped = [*order[:at], order[at + 1], order[at], *order[at + 2 :]]
    marking = {"mode": "sequence", "key": list("abcdefgh")}
    before, after = (sorting.score(marking, {"order": one}) for one in (order, swapped))
    assert before is not None
    assert after is not None
    assert abs(before["inversions"] - after["inversions"]) == 1


@settings(deadline=None)
@given(st.permutations("abcdef"), st.lists(st.sampled_from("xyz"), min_size=6, max_size=6))
def test_the_order_in_which_cards_are_shown_changes_no_score(shown: list[str], bins: list[str]) -> None:
    homes = dict(zip("abcdef", (["x"], ["y"], ["z"], ["x", "y"], ["x"], ["y"]), strict=True))
    response = {"placed": dict(zip("abcdef", bins, strict=True))}
    scores = [
        sorting.score({"mode": "sort", "bins": list("xyz"), "cards": [[name, homes[name]] for name in names]}, response)
        for names in ("abcdef", shown)
    ]
    assert scores[0]
    assert scores[1]
    assert (scores[0]["share"], set(scores[0]["hits"])) == (scores[1]["share"], set(scores[1]["hits"]))

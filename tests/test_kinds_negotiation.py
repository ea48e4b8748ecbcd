"""Negotiation. Scores: tests/contract/negotiation.json."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commissioning.book import Book
from commissioning.check import exercises
from commissioning.kinds import negotiation
from commissioning.page import words
from commissioning.source import markdown

NAME = "example-negotiation"


@pytest.fixture(scope="module")
def example(real_book: Book) -> negotiation.Decision:
    model: negotiation.Decision = real_book.chapter_of(NAME).decisions[NAME].model
    return model


POINTS = st.integers(-40, 40)


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    """Any negotiation: two or three issues, five moves, any points."""
    issues = [
        [name, [[option, draw(POINTS), draw(POINTS)] for option in "xyz"[: draw(st.integers(2, 3))]]]
        for name in "abc"[: draw(st.integers(2, 3))]
    ]
    moves = {
        name: [draw(st.integers(-30, 30)), draw(st.integers(-5, 20)), name in "pq", name in "rs"] for name in "pqrst"
    }
    return {
        "rounds": draw(st.integers(3, 6)),
        "relation": draw(st.integers(0, 100)),
        "signs_at": draw(st.integers(0, 50)),
        "open_at": draw(st.integers(40, 100)),
        "alternatives": [draw(POINTS), draw(POINTS)],
        "issues": issues,
        "moves": moves,
        "interests": ["one", "two"],
    }


@st.composite
def plays(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A negotiation, and one way of going through it to its end."""
    marking = draw(rules())
    talk, turns = negotiation.start(marking), []
    while not talk.over and talk.round < marking["rounds"]:
        move = draw(st.sampled_from(list(marking["moves"])))
        picks = tuple(draw(st.integers(0, len(options) - 1)) for _, options in marking["issues"])
        turns.append({"move": move, "package": negotiation.as_package(marking, picks)})
        assert negotiation.turn(marking, talk, turns[-1])
    if not talk.over:
        turns.append({"move": "accept" if talk.table and draw(st.booleans()) else "leave"})
    return marking, {"turns": turns}


@settings(max_examples=60, deadline=None)
@given(plays())
def test_whatever_is_said_stays_within_its_bounds(play: tuple[dict[str, Any], dict[str, Any]]) -> None:
    marking, response = play
    score = negotiation.score(marking, response)
    assert score
    assert score["joint"] == score["you"] + score["them"] <= max(score["best"], sum(marking["alternatives"]))
    assert all(0 <= entry["relation"] <= 100 for entry in score["log"])
    assert all(entry["need"] >= marking["alternatives"][1] for entry in score["log"])
    assert len(score["turning"]) == min(3, len(score["log"]))
    if score["by"] == "them":
        assert score["them"] >= score["log"][-1]["need"]
    assert bool(score["beaten"]) == bool(score["better"])


@settings(max_examples=60, deadline=None)
@given(rules())
def test_nothing_on_the_frontier_is_beaten_and_everything_off_it_is(marking: dict[str, Any]) -> None:
    front = {negotiation.worth(marking, picks) for picks in negotiation.frontier(marking)}
    for picks in negotiation.packages(marking):
        own = negotiation.worth(marking, picks)
        beaten = any(you >= own[0] and them >= own[1] and (you, them) != own for you, them in front)
        assert beaten == (own not in front)


@settings(max_examples=40, deadline=None)
@given(rules(), st.integers(0, 99), st.integers(1, 3))
def test_goodwill_and_time_lower_what_they_need(marking: dict[str, Any], relation: int, n: int) -> None:
    best = sum(max(term[2] for term in options) for _, options in marking["issues"])
    marking["alternatives"][1] = min(marking["alternatives"][1], best)
    talk = negotiation.Talk(relation=relation, round=n)
    warmer = negotiation.Talk(relation=relation + 1, round=n)
    later = negotiation.Talk(relation=relation, round=n + 1)
    assert negotiation.need(marking, warmer) <= negotiation.need(marking, talk)
    assert negotiation.need(marking, later) <= negotiation.need(marking, talk)


def test_the_best_joint_result_of_the_winter_beds_is_computed(example: negotiation.Decision) -> None:
    best = [deal for deal in example.frontier() if deal["best"]]
    assert [(deal["package"]["beds"], deal["you"], deal["them"]) for deal in best] == [
        ("twenty", 58, 47),
        ("ten", 43, 62),
    ]
    assert {deal["joint"] for deal in best} == {105}
    assert all(
        (deal["package"]["payment"], deal["package"]["ward-nine"], deal["package"]["credit"])
        == ("march", "close", "joint")
        for deal in best
    )


PACKAGE = {"beds": "twenty", "payment": "march", "ward-nine": "close", "credit": "joint"}
GREEDY = {"beds": "twenty", "payment": "april", "ward-nine": "close", "credit": "you-announce"}


def played(example: negotiation.Decision, *turns: dict[str, Any]) -> dict[str, Any]:
    score = negotiation.score(negotiation.compiled(example), {"turns": list(turns)})
    assert score
    return score


def test_who_asks_first_learns_all_and_can_have_the_whole_of_it(example: negotiation.Decision) -> None:
    asks = [{"move": "ask-why"}] * 3
    score = played(example, *asks, {"move": "trade", "package": PACKAGE})
    assert score["learnt"] == ["march-cash", "the-roof", "the-chair"]
    assert (score["created"], score["claimed"], score["beaten"]) == (1, 58 / 105, 0)


def test_who_threatens_twice_signs_nothing(example: negotiation.Decision) -> None:
    threats = [{"move": "threaten", "package": GREEDY}] * 2
    score = played(example, *threats, {"move": "leave"})
    assert [entry["reply"] for entry in score["log"]] == ["refuses", "refuses"]
    assert (score["deal"], score["you"], score["them"]) == (None, 20, 15)
    assert (score["created"], score["claimed"]) == (None, None), "what each had before was not created by leaving"


def test_one_can_claim_more_by_creating_less(example: negotiation.Decision) -> None:
    package = PACKAGE | {"payment": "monthly"}
    score = played(example, {"move": "anchor", "package": GREEDY}, *[{"move": "clinician"}] * 5,
                   {"move": "trade", "package": package})  # fmt: skip
    assert score["you"] > 58
    assert score["created"] < 1


def test_the_printed_rule_gives_the_need_of_every_round(example: negotiation.Decision) -> None:
    """The sentence on the page holds every number of the rule, and its formula, worked out as printed, is the need."""
    printed = words()["rule_text"]
    for part in ("{a} + ({b} − {a}) × ({n} + 1 − r) ÷ {n} × (100 − relation) ÷ 100", "{f}", "{i}", "as listed", "{q}"):
        assert part in printed
    assert "near the best" not in printed
    rules, least, best = negotiation.compiled(example), example.them.alternative, example.most_for_them
    assert best == max(negotiation.worth(rules, picks)[1] for picks in negotiation.packages(rules))
    for r in range(1, example.rounds + 1):
        for relation in range(101):
            more = Fraction((best - least) * (example.rounds + 1 - r) * (100 - relation), example.rounds * 100)
            talk = negotiation.Talk(relation=relation, round=r)
            assert negotiation.need(rules, talk) == least + floor(more)
    assert example.first_need == negotiation.need(rules, negotiation.Talk(relation=example.relation, round=1)) == 45
    assert example.insult == negotiation.INSULT


def faults(example: negotiation.Decision, **change: Any) -> list[str]:
    content = negotiation.Decision.model_validate(example.model_dump(by_alias=True) | change)
    return [wrong for _, wrong, _ in negotiation.find(content)]


def test_the_example_has_no_fault(example: negotiation.Decision) -> None:
    assert faults(example) == []


def test_what_cannot_be_negotiated_is_named(example: negotiation.Decision) -> None:
    dump = example.model_dump(by_alias=True)
    dear = dump["you"] | {"alternative": 200}
    assert faults(example, you=dear) == ["no package is better for both than no deal."]
    same = {i: {"text": "t", "options": {o: dump["issues"]["beds"]["options"]["ten"] | {"you": n, "them": n}
            for n, o in enumerate(("x", "y"))}} for i in ("one", "two")}  # fmt: skip
    assert "one package is best for both, so nothing has to be traded." in faults(example, issues=same)
    assert faults(example, relation=20) == ["relation begins at 20, below the 30 at which they sign."]
    assert faults(example, open_at=10) == ["they are open with you before they would sign."]
    silent = {name: move | {"asks": False} for name, move in dump["moves"].items()}
    assert faults(example, moves=silent) == ["no move asks, so the interests stay hidden."]
    mute = {name: move | {"puts": False} for name, move in dump["moves"].items()}
    assert faults(example, moves=mute) == ["no move puts a package."]
    ends = {"accept": dump["moves"]["trade"], **dump["moves"]}
    assert faults(example, moves=ends) == ["'accept' is how every negotiation can end."]


def test_every_text_that_follows_a_choice_is_short_and_like_no_other(real_book: Book) -> None:
    content = real_book.chapter_of("example-negotiation").decisions["example-negotiation"].model
    texts = [(role, text) for _, role, text in negotiation.explained(content)]
    most = {"explanation": exercises.MOST_EXPLAINED, "consequence": exercises.MOST_HAPPENING}
    assert [text for role, text in texts if not 4 <= markdown.words(text) <= most[role]] == []
    assert len(set(texts)) == len(texts)

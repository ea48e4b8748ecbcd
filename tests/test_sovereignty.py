"""Chapter 13 keeps what it says: its scores and counts, the deal that can be reached, its story and its handouts."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from commissioning.book import read_book
from commissioning.kinds import negotiation
from commissioning.labs import figures, signals
from commissioning.labs.signals.figures import LAST, scored

ROOT = Path(__file__).resolve().parents[1]
CHAPTER = read_book(ROOT).pages["sovereignty-and-diplomacy"]
DEAL = CHAPTER.decisions["the-winter-bed-deal"].model
RULES = negotiation.compiled(DEAL)
SIGNED = {"beds": "ten", "guarantee": "six-months", "figures": "to-learn", "operations": "fewer"}
WORDS = " ".join(re.sub(r"\{\w+\}`([^`<]+?)(?: <[^>]+>)?`", r"\1", CHAPTER.text).split())
SESSION = " ".join((ROOT / "book/sovereignty-and-diplomacy/session.yaml").read_text("utf-8").split())
WARDS, TEAMS = scored("General"), scored("Fenside")


def six_of(unit: str) -> list[str]:
    table = WARDS if unit.startswith("Ward") else TEAMS
    return [f"{score:.1f}" for score in signals.of_unit(table, unit, LAST)]


def test_the_six_scores_of_the_opening_the_bare_case_and_the_plan_are_the_datas() -> None:
    opening = CHAPTER.decisions["one-question-for-nasrin"].model.situation
    rows = re.findall(r"^\| ([A-Z][a-z ]+) \| ([\d.]+) \|$", opening, re.M)
    assert [score for _, score in rows] == six_of("Ward 6")
    assert f"| {' | '.join(six_of('Team 4'))} | 7.4 |" in WORDS
    names = [name.lower() for name, _ in rows]
    said = ", ".join(f"{name} {score}" for name, score in zip(names, six_of("Ward 6"), strict=True))
    assert said in SESSION


def test_the_two_other_months_as_high_are_those_that_the_story_names() -> None:
    mine = figures()["L13-alone"].value
    high = WARDS[WARDS["alone"] >= mine - 1e-9]
    assert sorted(zip(high["unit"], high["month"], strict=True)) == [
        ("Ward 16", "2012-06"),
        ("Ward 3", "2012-10"),
        ("Ward 6", LAST),
    ]
    assert "On Ward 3, in October 2012" in WORDS
    assert "On Ward 16, in June 2012" in WORDS


def test_what_the_page_works_out_from_the_counts_is_so() -> None:
    numbers = {name: figure.value for name, figure in figures().items() if name.startswith("L13-")}
    assert 104 / numbers["L13-joint-alarms-2"] == pytest.approx(7, abs=0.5), "a visit every seven weeks or so"
    assert 24 / numbers["L13-as-high"] == 8, "about every eight months"
    assert 160 * 12 / 8 == 240
    assert 1 - numbers["L13-joint"] / numbers["L13-alone"] == pytest.approx(1 / 3, abs=0.02), "a third of the score"
    assert numbers["L13-alarms-2"] / numbers["L13-expected-2"] == pytest.approx(4, abs=0.3), "about four times as many"
    assert numbers["L13-sum"] / 6 == pytest.approx(1.55, abs=0.01), "a little over 1.5"
    assert numbers["L13-bare-joint"] > numbers["L13-joint"]
    four = 6 / math.sqrt(4 + 12 * 0.3)
    assert four == pytest.approx(2.2, abs=0.05), "the closing question"


def test_the_deal_that_was_signed_is_the_best_for_both_and_no_better_was_left() -> None:
    worth = negotiation.worth(RULES, negotiation.as_picks(RULES, SIGNED))
    assert worth == (55, 46)
    assert sum(worth) == negotiation.best_joint(RULES)
    assert "the most that both can have together is 101" in SESSION
    assert "55 for the group and 46 for the hospital" in SESSION


def test_asking_gets_the_group_more_than_guessing_and_greed_gets_it_nothing() -> None:
    dear = {"beds": "twenty", "guarantee": "six-months", "figures": "to-learn", "operations": "fewer"}
    greedy = {"beds": "twenty", "guarantee": "if-used", "figures": "with-fines", "operations": "fewer"}
    asked = [{"move": "ask-why"}, {"move": "doctor"}, {"move": "ask-why"}, {"move": "summarise", "package": dear}]
    score = negotiation.score(RULES, {"turns": asked})
    assert score is not None
    assert (score["you"], score["them"]) == (68, 29)
    assert score["learnt"] == ["nurses", "operations", "figures"]
    talk = negotiation.start(RULES)
    assert negotiation.turn(RULES, talk, {"move": "anchor", "package": dear})
    assert not talk.over, "the same package, put first, is not enough"
    talk = negotiation.start(RULES)
    for _ in range(DEAL.rounds):
        negotiation.turn(RULES, talk, {"move": "anchor", "package": greedy})
    assert (talk.over, talk.table) == (False, None)


def test_the_slips_of_the_plan_hold_the_points_of_the_decision() -> None:
    ours, theirs = [
        re.search(rf"Without a deal you have {n}\.(.*?)\*", SESSION).group(1)  # type: ignore[union-attr]
        for n in (DEAL.you.alternative, DEAL.them.alternative)
    ]
    for slip, side in ((ours, "you"), (theirs, "them")):
        printed = [int(n.replace("−", "-")) for n in re.findall(r"−?\d+", slip)]
        points = [getattr(term, side) for issue in DEAL.issues.values() for term in issue.options.values()]
        assert printed[: len(points)] == points


def test_no_term_of_the_deal_tells_what_only_another_term_could_bring() -> None:
    """Each is told beside every other: none counts nurses, or names beds, that the rest of the package may not have."""
    for name, issue in DEAL.issues.items():
        for term in issue.options.values():
            if name != "beds":
                assert not re.search(r"\b(ten|twenty|nine)\b", term.consequence.lower()), term.consequence


def test_the_three_jobs_have_one_owner_each_and_it_is_the_same_in_two() -> None:
    grid = CHAPTER.decisions["a-doorstep-for-ward-6"].model
    owners = {name: [p for p, cell in row.cells.items() if "A" in cell.allowed] for name, row in grid.decisions.items()}
    assert owners == {"visit": ["hospital", "ours"], "staff": ["hospital"], "letters": ["hospital"]}
    assert not any("A" in row.cells["surveillance"].allowed for row in grid.decisions.values())

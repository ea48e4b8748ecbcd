"""Chapter 5's story: what it tells is what the lab computes, on every path, and what it leaves open stays open."""

from __future__ import annotations

import re
from typing import Any

import pytest
from story_paths import paths

from commissioning import place
from commissioning.book import Book
from commissioning.kinds import priorities, scenario
from commissioning.labs import figures, variation
from commissioning.labs.variation.figures import AFTER, BARE, BEFORE, PRINTED, TABLED, year_of

STORY, GOAL = "sack-the-worst-five", "one-patient-one-population"
RULES = {"five-highest": "highest", "above-average": "above-average", "risers": "risers", "most-extra": "most-extra"}
"""The story's choices, and the lab's rules."""


def decision(book: Book, name: str) -> Any:
    return book.chapter_of(name).decisions[name].model


def years() -> list[Any]:
    town = place.practice_years(alike=True)
    return [year_of(town, name) for name in (BEFORE, TABLED, AFTER)]


@pytest.mark.parametrize(("choice", "rule"), RULES.items())
def test_each_rule_meets_what_the_lab_computes_for_it(real_book: Book, choice: str, rule: str) -> None:
    effects = decision(real_book, STORY).nodes["june-2013"].choices[choice].effects
    found = variation.visited(*years(), rule=rule)
    told = {name: float(effects.get(name, 0)) for name in ("visited", "again", "fall")}
    assert told == {"visited": len(found.picked), "again": found.again, "fall": round(found.fall, 1)}


def test_a_second_round_visits_as_many_as_the_rule_picks_then(real_book: Book) -> None:
    before, year, after = years()
    for path, values, _ in paths(scenario.compiled(decision(real_book, STORY))):
        if path[-1][1] == "same-rule":
            rule = RULES[path[0][1]]
            first, second = (variation.RULES[rule](*two) for two in ((before, year), (year, after)))
            assert values["visited"] == len(first) + len(second), path


def test_the_five_lowest_rose_as_the_story_says(real_book: Book) -> None:
    told = decision(real_book, STORY).nodes["scrutiny"].choices["look"].consequence
    printed = [figures()[f"L5-lowest-{when}"].text for when in ("before", "after")]
    assert re.findall(r"\d+", told) == printed
    assert "{fall}" in told
    assert float(printed[1]) > 100 > float(printed[0])


def test_none_that_is_said_to_be_unvisited_was_visited_whatever_the_rule(real_book: Book) -> None:
    """Of the five that had risen most one was among the five lowest: it was once told that no doctor had been near."""
    before, year, after = years()
    by_ratio = variation.compared(year).sort_values("ratio")["practice_id"]
    lowest, order = set(by_ratio.head(5)), list(reversed(list(by_ratio)))
    visits = {choice: set(variation.RULES[rule](before, year)) for choice, rule in RULES.items()}
    assert {choice for choice, seen in visits.items() if seen & lowest} == {"risers"}
    unvisited = lowest - visits["risers"]
    assert len(unvisited) == 4
    told = decision(real_book, STORY).nodes["scrutiny"].choices["look-at-four"].consequence
    of_four = [one[one["practice_id"].isin(unvisited)] for one in (year, after)]
    assert re.findall(r"\d+", told) == [f"{100 * one['observed'].sum() / one['expected'].sum():.0f}" for one in of_four]
    assert sorted(order.index(name) for name in visits["risers"])[:4] == [1, 2, 3, 4], "four stand near the top"
    for path, _, ending in paths(scenario.compiled(decision(real_book, STORY))):
        looked = {at for _, at in path if at.startswith("look")}
        assert looked <= {"look-at-four" if path[0][1] == "risers" else "look"}
        assert (ending == "looked") == bool(looked)


def test_going_back_is_open_only_where_a_practice_was_picked_twice(real_book: Book) -> None:
    walked = list(paths(scenario.compiled(decision(real_book, STORY))))
    assert len(walked) == 4 * 4 + 3
    twice = {path[0][1] for path, _, _ in walked if path[1][1] == "both-years"}
    assert twice == {"five-highest", "above-average", "most-extra"}


def test_whatever_is_chosen_the_figures_come_down(real_book: Book) -> None:
    """That is the lesson: no path lets the visits seem to fail."""
    assert min(values["fall"] for _, values, _ in paths(scenario.compiled(decision(real_book, STORY)))) > 3


def test_the_key_on_hours_is_what_the_lab_finds(real_book: Book) -> None:
    exercise = decision(real_book, "hours-and-attendances")
    attendances = place.ed_attendances()
    by_fifth = variation.attendance_rates(attendances)
    assert (by_fifth["Y"] < by_fifth["N"]).all()
    assert exercise.key == "fewer-like-with-like"
    assert f"about {round(100 - 100 * variation.fair_ratio(attendances))}%" in exercise.options[exercise.key].text


def test_the_bare_case_can_be_done_from_what_the_page_prints(real_book: Book) -> None:
    """Every practice that it leaves out was inside both pairs of lines, and each fifth has as many children."""
    text = real_book.pages["knowing-a-population"].text
    bare = year_of(place.practice_years(), BARE)
    printed = set(re.findall(r"<L5-bare-(P\d\d)-expected>", text))
    assert printed == set(PRINTED)
    assert not (set(variation.outside(bare)) | set(variation.outside(bare, coverage=variation.OUTER))) - printed
    attendances = place.ed_attendances()
    people = attendances[attendances["age"] == "under 18"].groupby("imd_quintile")["persons"].sum()
    assert people.max() - people.min() < 10
    assert (
        text.index('decision("first-step-for-p23")') < text.index("### In which order to ask") < text.index("bare-P23")
    )


def test_the_funnel_that_a_tutor_draws_has_both_pairs(real_book: Book) -> None:
    told = next(need for need in real_book.pages["knowing-a-population"].session.model.needs if "funnel" in need)
    for coverage in (variation.INNER, variation.OUTER):
        points = [
            [f"{100 * end / size:.0f}" for end in variation.limits(size, coverage=coverage)]
            for size in (400, 1000, 2000)
        ]
        first, *others = (
            f"{low} and {high} at {size}" for (low, high), size in zip(points, ("400", "1,000", "2,000"), strict=True)
        )
        assert f"through {first}" in told
        assert all(other in told for other in others)


def test_each_scheme_comes_first_for_the_goal_of_somebody_in_the_room(real_book: Book) -> None:
    """The goal decides: no option is best whatever one wants, and none is there for nothing."""
    exercise = decision(real_book, GOAL)
    marking = priorities.compiled(exercise)
    firsts = {who: _first(marking, stance.swings) for who, stance in exercise.stances.items()}
    assert firsts["gp"] == "frail-visits"
    assert firsts["public-health"] == "pressure-drive"
    assert firsts["maureen"] == "ask-first"
    assert firsts["helen"] == "half-each"
    assert set(firsts.values()) == set(exercise.options)


def _first(marking: dict[str, Any], swings: dict[str, int]) -> str:
    report = priorities.score(marking, {"swings": swings})
    assert report is not None
    return str(report["order"][0])

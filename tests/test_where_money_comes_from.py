"""Chapter 8 keeps what it says: its story's endings, its tables and headlines, the chart of its session."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from story_paths import paths

from commissioning import place
from commissioning.book import read_book
from commissioning.kinds import scenario as kind
from commissioning.labs import allocations
from commissioning.scenario.paths import walk

ROOT = Path(__file__).resolve().parents[1]
CHAPTER = read_book(ROOT).pages["where-the-money-comes-from"]
STORY = CHAPTER.decisions["the-top-slice"].model
WORDS = " ".join(re.sub(r"\{\w+\}`([^`<]+?)(?: <[^>]+>)?`", r"\1", CHAPTER.text).split())
LINES = allocations.of_group(place.allocation_lines(), "Larkmere")
OUT = allocations.unmatched(LINES)


def last(steps: list[tuple[str, str]]) -> dict[str, str]:
    """What was chosen at each moment of one path."""
    return dict(steps)


# ---- the story -----------------------------------------------------------------------------------------------------


def test_what_the_endings_of_the_top_slice_say_is_so_on_every_path() -> None:
    met = set()
    hole = OUT["gap_k"].sum() / 1000
    for steps, values, ending in paths(kind.compiled(STORY)):
        chosen, back = last(steps), values["back"]
        says = {
            # "It came back because the hospitals' books said the same as yours."
            "shown": chosen.get("whose-books") == "joint" and back >= 1.2,
            # "at least half of what is disputed can be kept"
            "halved": chosen.get("the-offer") == "halves" and 0 < back <= hole / 2,
            "part": 0.5 <= back < 1.2,
            # "Most of it pays for other towns' patients now"
            "left": back < hole / 2 and chosen.get("the-offer") != "halves",
        }
        assert says[ending], (ending, steps, values)
        met.add(ending)
    assert met == set(STORY.endings)


def test_no_more_comes_back_than_was_wrong_and_weeks_of_nursing_are_those_the_endings_tell() -> None:
    for steps, values, _ in paths(kind.compiled(STORY)):
        assert 0 <= values["back"] <= OUT["gap_k"].sum() / 1000 + 1e-9, steps
        assert values["nursed"] in (0, 15, 30), steps


def test_no_road_is_best_in_everything_that_the_story_counts_as_the_page_says() -> None:
    found = [values for _, values, _ in paths(kind.compiled(STORY))]
    best = {name: (min if name == "uncovered" else max)(end[name] for end in found) for name in STORY.variables}
    assert {name: variable.better for name, variable in STORY.variables.items()} == {
        name: "lower" if name == "uncovered" else "higher" for name in best
    }
    ends = ["back", "uncovered", "nursed", "standing"]
    assert not any(all(end[name] == best[name] for name in ends) for end in found)
    assert "none is best in everything that the story counts" in WORDS


def test_what_the_groups_own_books_show_is_what_is_offered_for_them_alone() -> None:
    """Five lines need no other's books: those counted twice, and those with too little taken."""
    twice = OUT[OUT["note"].str.contains("Same patients")]["gap_k"].sum()
    under = OUT[OUT["gap_k"] < 0]["gap_k"].sum()
    offered = {}
    for path in walk(kind.compiled(STORY)):
        steps = {move.node: move.choice for move in path}
        if steps.get("whose-books") == "alone":
            offered[steps["nine-lines"]] = path[-1].after["values"]["offer"]
    assert offered["both-ways"] == pytest.approx((twice + under) / 1000)
    assert offered["seven-lines"] == pytest.approx(twice / 1000)


def test_whom_the_story_names_it_introduces_on_every_path() -> None:
    """The first time that a path can meet one of these people or bodies, the same text says who or what it is."""
    roles = {
        "Wickramasinghe": "medical lead",
        "Nasrin Chowdhury": "analyst",
        "Jas Sandhu": "finance director",
        "Bronagh Tully": "matron",
        "Maureen Gill": "patient partner",
        "Adwoa Asante": "keeps the books",
    }
    told: list[Any] = [
        STORY.situation,
        *(choice.consequence for node in STORY.nodes.values() for choice in node.choices.values()),
    ]
    for name, role in roles.items():
        naming = [text for text in told if name in text]
        assert naming, name
        known = any(name in text and role in text for text in told[:1])
        assert known or all(role in text for text in naming), (name, naming)
    for short in ("Adwoa", "Bronagh", "Jas"):
        full = next(name for name in roles if name.startswith(short))
        assert not [text for text in told if re.search(rf"\b{short}\b", text) and full not in text]


# ---- the page ------------------------------------------------------------------------------------------------------


def test_the_nine_lines_of_the_page_are_the_books() -> None:
    assert len(OUT) == 9
    for row in OUT.to_dict("records"):
        moved = row["general_k"] + row["elsewhere_k"]
        assert re.search(rf"\| {re.escape(row['service'])} \| {row['deducted_k']} \| {moved} \| ", CHAPTER.text), row


def test_the_hospital_had_the_largest_part_of_each_years_growth_as_long_as_the_page_says() -> None:
    cash = place.spend_series().pivot(index="year", columns="sector", values="cash_m")
    first = cash.diff().dropna().idxmax(axis=1)
    years = [year for year, sector in first.items() if sector == "Hospital"]
    assert years == list(first.index[: len(years)])
    assert f"up to {years[-1]} the hospital had the largest part of it" in WORDS


def test_what_the_headline_says_of_money_after_prices_is_the_series() -> None:
    real = allocations.of_sector(place.spend_series(), "General practice").set_index("year")["real_m"]
    falls = [year for year, by in real.diff().dropna().items() if by < 0]
    said = CHAPTER.decisions["which-headline"].model.options["kept-pace"].explanation
    assert len(falls) == 3
    assert len(real) - 1 == 9
    assert "fell in three of the nine" in said
    years = list(real.index)
    assert all(year not in falls for year in years[years.index("2008/09") : years.index("2010/11") + 1])
    assert "the three years to 2010/11" in said


def test_the_stances_of_the_tokens_share_out_no_more_than_there_is() -> None:
    model = CHAPTER.decisions["three-and-a-half-million"].model
    spent = {name: sum(stance.spend.values()) for name, stance in model.stances.items()}
    assert all(sum_ <= model.total for sum_ in spent.values()), spent
    assert model.total - spent["helen"] == 500


# ---- the session ---------------------------------------------------------------------------------------------------


def test_the_chart_of_the_session_is_the_books() -> None:
    """Nine lines with what was taken and moved, and the rest in one sum."""
    chart = next(need for need in CHAPTER.session.model.needs if "turned over" in need)
    shown = sorted(re.findall(r"(\d+), (\d+)", chart.split("moved.")[1]))
    moved = LINES["general_k"] + LINES["elsewhere_k"]
    out = LINES["line"].isin(OUT["line"])
    rest = (str(LINES.loc[~out, "deducted_k"].sum()), str(moved[~out].sum()))
    nine = [(str(taken), str(went)) for taken, went in zip(LINES.loc[out, "deducted_k"], moved[out], strict=True)]
    assert shown == sorted([*nine, rest])
    assert f"The other {(~out).sum()} lines" in chart


@pytest.mark.parametrize("page", ["where-the-money-comes-from", "owning-other-peoples-problems"])
def test_two_fifths_of_a_played_story_are_for_talk(page: str) -> None:
    """A session that plays a scenario keeps at least 40 % of that step for what the room makes of it."""
    numbers = {"five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
    session = read_book(ROOT).pages[page].session.model
    played = [step for step in session.plan if step.do.startswith("Play it aloud")]
    assert played
    for step in played:
        play, talk = re.search(r"allow (\w+) minutes.*keep (\w+) for", step.do, re.DOTALL).groups()  # type: ignore[union-attr]
        assert numbers[play] + numbers[talk] == step.minutes
        assert numbers[talk] / step.minutes >= 0.4

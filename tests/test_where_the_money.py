"""Chapter 8 keeps what it says: its tables and headlines, its story's endings, its notebook and its handouts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from story_paths import paths

from commissioning import place
from commissioning.book import read_book
from commissioning.kinds import scenario as kind
from commissioning.labs import allocations, figures
from commissioning.labs.allocations.figures import ALONE, TOTAL_M
from commissioning.place.deductions import TWICE
from commissioning.scenario.paths import walk

ROOT = Path(__file__).resolve().parents[1]
CHAPTER = read_book(ROOT).pages["where-the-money-comes-from"]
STORY = CHAPTER.decisions["the-top-slice"].model
RULES = kind.compiled(STORY)
LINES = place.allocation_lines()
WORDS = " ".join(re.sub(r"\{\w+\}`([^`<]+?)(?: <[^>]+>)?`", r"\1", CHAPTER.text).split())
OURS = allocations.of_group(LINES, "Larkmere")
OUT = allocations.unmatched(OURS)


def test_the_formulas_table_is_the_formulas() -> None:
    groups = place.fair_shares()
    ways = [allocations.shared_out(groups, TOTAL_M, weights) for weights in ((), ("age",), ("age", "need"))]
    for row in groups.to_dict("records"):
        shares = " | ".join(f"{money[row['group']]:.0f}" for money in ways)
        weights = f"{row['age_index']:.2f} | {row['need_index']:.2f}"
        printed = f"| {row['group']} | {row['listed'] // 1000} | {weights} | {shares} |"
        assert printed in CHAPTER.text


def test_the_nine_lines_of_the_page_are_those_that_do_not_match() -> None:
    out = allocations.unmatched(allocations.of_group(LINES, "Larkmere"))
    for row in out.to_dict("records"):
        moved = row["general_k"] + row["elsewhere_k"]
        assert f"| {row['service']} | {row['deducted_k']} | {moved} | {row['note']} |" in CHAPTER.text
    assert len(out) == 9


def test_the_bare_case_adds_up_to_north_vales_lines_and_holds_all_that_do_not_match() -> None:
    lines = allocations.of_group(LINES, "North Vale")
    table = CHAPTER.text.split("| Line | Taken | The General fell | Others fell |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| ([^|]+?)(?: \([^|]+\))? \| (\d+) \| (\d+) \| (\d+) \|$", table, re.M)
    named = {name: [int(n) for n in numbers] for name, *numbers in rows}
    rest = named.pop("The other 22")
    assert len(named) + 22 == len(lines)
    for name, numbers in named.items():
        found = lines.loc[lines["service"] == name, ["deducted_k", "general_k", "elsewhere_k"]]
        assert found.to_numpy().tolist() == [numbers], name
    left = lines[~lines["service"].isin(list(named))]
    assert left[["deducted_k", "general_k", "elsewhere_k"]].sum().tolist() == rest
    assert set(allocations.unmatched(lines)["service"]) <= set(named)


def test_the_page_tells_nothing_of_north_vales_hole_above_its_questions() -> None:
    above = CHAPTER.text.split("### The bare case")[0]
    assert "North Vale" not in above.split("## Taken at source")[1].split("### Half-worked")[0]
    said = " ".join(str(part) for part in STORY.model_dump().values())
    assert "North Vale has" not in said
    assert "North Vale lost" not in said


def test_the_opening_sums_are_the_data_s() -> None:
    lines = allocations.of_group(LINES, "Larkmere")
    opening = CHAPTER.decisions["what-has-been-taken"].model
    assert f"{lines['deducted_k'].sum() / 1000:.2f}" in opening.situation
    assert f"{lines['general_k'].sum() / 1000:.2f}" in opening.situation
    assert f"£{allocations.hole(lines, ALONE) / 1000:.2f}m worse off" in opening.options["worse-off"].text


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


# ---- the story -----------------------------------------------------------------------------------------------------


def test_what_the_endings_say_is_so_on_every_path() -> None:
    ends: dict[str, set[str]] = {}
    for steps, values, ending in paths(RULES):
        chosen = {f"{at}.{choice}" for at, choice in steps}
        ends.setdefault(ending, set()).update(chosen)
        if ending == "shown":
            assert {"whose-books.joint", "the-offer.take-it"} <= chosen
            assert "nine-lines.whole-hole" not in chosen
            assert values["back"] == pytest.approx(1.28)
            # "returns what was taken twice, and pays for the work that had not moved. Less the £0.19m ..."
            over, under = (OUT.loc[side, "gap_k"].sum() / 1000 for side in (OUT["gap_k"] > 0, OUT["gap_k"] < 0))
            assert values["back"] == pytest.approx(over + under)
            assert under == pytest.approx(-0.19)
        if ending == "halved":
            assert "the-offer.halves" in chosen
            assert not {"whose-books.pool", "whose-books.in-public"} & chosen
        assert values["nursed"] in (0, 15, 30)
    assert set(ends) == {name for name, _ in RULES["endings"]}


def test_no_road_is_best_in_all_measures() -> None:
    found = [values for _, values, _ in paths(RULES)]
    better = {name: max if part.better == "higher" else min for name, part in STORY.variables.items()}
    best = {name: better[name](values[name] for values in found) for name in better if name != "offer"}
    assert not any(all(values[name] == best[name] for name in best) for values in found)


def test_the_story_s_sums_are_the_lines() -> None:
    """Own books show what was counted twice and what was too little; six lines of nine make what is half accepted."""
    out = allocations.unmatched(allocations.of_group(LINES, "Larkmere"))
    twice = out.loc[out["note"].str.startswith(TWICE), "gap_k"].sum()
    under = out.loc[out["gap_k"] < 0, "gap_k"].sum()
    offers = {
        "both-ways": twice + under,
        "seven-lines": twice,
        "whole-hole": twice + under,
    }
    for choice, thousands in offers.items():
        effect = STORY.nodes["nine-lines"].choices[choice].effects["offer"]
        assert float(effect) == pytest.approx(thousands / 1000), choice
    spinal = int(out.loc[out["service"] == "Spinal injections", "gap_k"].iloc[0])
    late = STORY.nodes["late-claim"].choices
    assert float(late["one-line"].effects["back"]) == pytest.approx(spinal / 1000)
    assert float(late["all-nine"].effects["back"]) == pytest.approx((spinal + twice + under) / 1000)


def test_the_reserve_and_the_nurses_fill_the_hole_of_this_year() -> None:
    hole = figures()["L8-hole-m"].value
    assert hole - 0.58 == pytest.approx(0.7)
    assert "| 0.58 |" in STORY.situation
    begun = STORY.nodes["night-nurses"].choices
    assert float(begun["begin"].effects["uncovered"]) == 0.7 == 2 * float(begun["half"].effects["uncovered"])


def test_the_days_of_the_story_go_forward() -> None:
    days = {name: int(re.search(r"Day (\d+)", node.title)[1]) for name, node in STORY.nodes.items()}  # type: ignore[index]
    for name, node in STORY.nodes.items():
        for choice in node.choices.values():
            assert choice.goto == "end" or days[choice.goto] > days[name], (name, choice.goto)


def test_the_sums_that_the_endings_tell_are_so_on_every_path() -> None:
    met = set()
    hole = OUT["gap_k"].sum() / 1000
    for steps, values, ending in paths(RULES):
        chosen, back = dict(steps), values["back"]
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
    for steps, values, _ in paths(RULES):
        assert 0 <= values["back"] <= OUT["gap_k"].sum() / 1000 + 1e-9, steps
        assert values["nursed"] in (0, 15, 30), steps


def test_the_page_says_that_no_road_is_best_in_everything() -> None:
    found = [values for _, values, _ in paths(RULES)]
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
    for path in walk(RULES):
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


# ---- what is handed out --------------------------------------------------------------------------------------------


def test_the_solution_adds_up_the_lines_that_were_counted_twice() -> None:
    notebook = nbformat.read(ROOT / "solutions" / "where-the-money-comes-from.ipynb", as_version=4)
    cell = next(cell["source"] for cell in notebook.cells if cell["id"] == "half-twice")
    lines = allocations.of_group(LINES, "Larkmere")
    named = allocations.chosen(lines, re.findall(r"L\d\d", cell))
    assert named["note"].str.startswith(TWICE).all()
    assert named["deducted_k"].sum() == 440


def test_the_handouts_of_the_session_are_the_lines_and_the_proposals() -> None:
    needs = CHAPTER.session.model.needs
    chart = next(need for need in needs if "Chemotherapy" in need)
    out = allocations.unmatched(allocations.of_group(LINES, "Larkmere"))
    shown = [(int(taken), int(moved)) for taken, moved in re.findall(r"(\d+), (\d+)", chart)]
    real = [(row["deducted_k"], row["general_k"] + row["elsewhere_k"]) for row in out.to_dict("records")]
    assert sorted(shown) == sorted([*real, (770, 770)])
    sheet = next(need for need in needs if "35 counters" in need)
    options = CHAPTER.decisions["three-and-a-half-million"].model.options
    for use in options.values():
        most, likely = use.rows[-1][0], use.rows[-1][2]
        assert f"{int(most) // 100}" in sheet
        assert f"{round(likely, -1):,.0f}" in sheet


def test_the_token_sheet_prints_a_part_and_all_with_low_and_high_as_the_proposals_have_them() -> None:
    """The last token here against the first there: it can be asked only of two columns, and each is the file's."""
    sheet = " ".join(next(need for need in CHAPTER.session.model.needs if "35 counters" in need).split())
    for use in CHAPTER.decisions["three-and-a-half-million"].model.options.values():
        rows = [row for row in use.rows if row[0]]
        part = next((row for row in rows if row[0] * 2 == rows[-1][0]), rows[0])
        for pounds, low, likely, high in {tuple(part), tuple(rows[-1])}:
            sums = [int(round(value, -1)) for value in (low, likely, high)]
            tokens = f"{int(pounds) // 100}" + (" or none" if len(rows) == 1 else "")
            assert f"{tokens}: {sums[1]:,} ({sums[0]:,} to {sums[2]:,})" in sheet, (pounds, sums)


def test_the_chart_of_the_session_is_the_books() -> None:
    """Nine lines with what was taken and moved, and the rest in one sum."""
    chart = next(need for need in CHAPTER.session.model.needs if "turned over" in need)
    shown = sorted(re.findall(r"(\d+), (\d+)", chart.split("moved.")[1]))
    moved = OURS["general_k"] + OURS["elsewhere_k"]
    out = OURS["line"].isin(OUT["line"])
    rest = (str(OURS.loc[~out, "deducted_k"].sum()), str(moved[~out].sum()))
    nine = [(str(taken), str(went)) for taken, went in zip(OURS.loc[out, "deducted_k"], moved[out], strict=True)]
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

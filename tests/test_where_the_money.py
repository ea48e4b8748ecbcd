"""Chapter 8 keeps what it says: its tables, its story's endings, its notebook and its handout, against the data."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from story_paths import paths

from commissioning import place
from commissioning.book import read_book
from commissioning.kinds import scenario as kind
from commissioning.labs import allocations, figures
from commissioning.labs.allocations.figures import ALONE, TOTAL_M
from commissioning.place.deductions import TWICE

ROOT = Path(__file__).resolve().parents[1]
CHAPTER = read_book(ROOT).pages["where-the-money-comes-from"]
STORY = CHAPTER.decisions["the-top-slice"].model
RULES = kind.compiled(STORY)
LINES = place.allocation_lines()


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

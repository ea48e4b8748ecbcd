"""The lab's methods on tables small enough to check by hand, and on Larkmere's, where the truth is known."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning import place
from commissioning.labs import allocations, figures
from commissioning.labs.allocations.figures import ALONE, wrong
from commissioning.labs.checks import check
from commissioning.place.ledger import INCOME, SPENDING
from commissioning.place.spending import SECTORS, SPEND_YEARS

SEEDS = (place.DEFAULT_SEED, *range(20))
GROUPS = ("Larkmere", "North Vale")

# ---- what is planted -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sums_of_both_deductions_are_what_was_planted(seed: int) -> None:
    table = place.allocation_lines(seed).groupby("group")[["deducted_k", "general_k", "elsewhere_k"]].sum()
    assert table.loc["Larkmere"].tolist() == [2_400, 430, 690]
    assert table.loc["North Vale"].tolist() == [1_500, 380, 1_210]
    assert place.allocation_lines(seed).groupby("group").size().to_dict() == {"Larkmere": 60, "North Vale": 30}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("group", "over", "under"), [("Larkmere", 1_470, 190), ("North Vale", 220, 310)])
def test_the_lines_that_do_not_match_are_found_and_no_others(seed: int, group: str, over: int, under: int) -> None:
    lines = allocations.of_group(place.allocation_lines(seed, truth=True), group)
    out = allocations.unmatched(lines)
    assert set(out["line"]) == set(lines.loc[lines["wrong"], "line"])
    assert out.loc[out["gap_k"] > 0, "gap_k"].sum() == over
    assert -out.loc[out["gap_k"] < 0, "gap_k"].sum() == under
    assert "wrong" not in place.allocation_lines(seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_it_could_have_come_out_otherwise_and_in_north_vale_it_did(seed: int) -> None:
    """One contract shows a hole in both groups; all contracts show one in Larkmere, and the opposite next door."""
    lines = {group: allocations.of_group(place.allocation_lines(seed), group) for group in GROUPS}
    assert [allocations.hole(lines[group], ALONE) for group in GROUPS] == [1_970, 1_120]
    assert [allocations.hole(lines[group]) for group in GROUPS] == [1_280, -90]


@pytest.mark.parametrize("seed", SEEDS)
def test_neither_a_note_nor_the_generals_contract_gives_a_line_away(seed: int) -> None:
    """Some lines that match have a note, and of those for which one contract did not fall most are right."""
    lines = place.allocation_lines(seed, truth=True)
    for group in GROUPS:
        rows = allocations.of_group(lines, group)
        noted = rows[rows["note"] != ""]
        assert noted["wrong"].mean() < 0.6, group
        nothing = rows[rows["general_k"] == 0]
        assert nothing["wrong"].mean() < 0.2, group
        assert rows["deducted_k"].min() > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_general_practice_has_more_cash_each_year_and_a_smaller_share_each_year(seed: int) -> None:
    table = allocations.of_sector(place.spend_series(seed), "General practice")
    assert table["cash_m"].is_monotonic_increasing
    assert table["share_pct"].is_monotonic_decreasing
    assert table["share_pct"].iloc[[0, -1]].round(1).tolist() == [10.0, 8.6]
    assert allocations.change(place.spend_series(seed), "General practice", "real") == pytest.approx(-1.3, abs=0.1)


@pytest.mark.parametrize("seed", SEEDS)
def test_another_sector_has_more_even_after_prices_and_still_a_smaller_share(seed: int) -> None:
    series = place.spend_series(seed)
    sector = "Community and mental health"
    assert allocations.change(series, sector, "real") == pytest.approx(11.3, abs=0.1)
    assert allocations.change(series, sector, "share") < 0 < allocations.change(series, "Hospital", "share")


def test_the_last_four_years_are_the_ledgers() -> None:
    series = place.spend_series().pivot(index="year", columns="sector", values="cash_m")
    for at, (year, income) in enumerate(INCOME.items()):
        row = series.loc[year]
        assert row.sum() == pytest.approx(income / 1000, abs=0.01)
        assert row["General practice"] + row["Other primary care"] == pytest.approx(
            SPENDING["Primary care"][at] / 1000, abs=0.01
        )
        assert row["Prescribing"] == pytest.approx(SPENDING["Prescribing"][at] / 1000, abs=0.01)
    assert list(series.index) == list(SPEND_YEARS)
    assert set(series.columns) == set(SECTORS)


def test_the_same_seed_keeps_the_same_tables_and_another_seed_others() -> None:
    for table in (place.allocation_lines, place.spend_series):
        pd.testing.assert_frame_equal(table(3), table(3))
        assert not table(3).equals(table(4))


# ---- the methods ---------------------------------------------------------------------------------------------------


@pytest.fixture
def four() -> pd.DataFrame:
    """100 taken and 60 + 40 moved; 50 taken and nothing moved; 20 taken and 45 moved; 8 taken and 5 moved."""
    return pd.DataFrame(
        {
            "group": "A",
            "line": ["A1", "A2", "A3", "A4"],
            "service": list("wxyz"),
            "deducted_k": [100, 50, 20, 8],
            "general_k": [60, 0, 0, 5],
            "elsewhere_k": [40, 0, 45, 0],
            "note": "",
        }
    )


def test_a_hole_by_hand(four: pd.DataFrame) -> None:
    """178 taken; 65 moved at the General, 85 elsewhere: 113 beside the one, 28 beside both."""
    assert allocations.hole(four, ALONE) == 113
    assert allocations.hole(four) == 28
    assert allocations.unmatched(four)[["line", "gap_k"]].to_numpy().tolist() == [["A2", 50], ["A3", -25]]
    assert allocations.unmatched(four, beyond=0)["line"].tolist() == ["A2", "A4", "A3"]


def test_what_is_not_there_is_named(four: pd.DataFrame) -> None:
    with pytest.raises(LookupError, match=r"no line here is called A9: unmatched\(\) lists"):
        allocations.chosen(four, ["A1", "A9"])
    with pytest.raises(LookupError, match="there is no group 'B' here: it must be one of A"):
        allocations.of_group(four, "B")
    with pytest.raises(LookupError, match="no contracts called 'fenside': they must be among general, elsewhere"):
        allocations.hole(four, ["fenside"])
    with pytest.raises(LookupError, match="there is no sector 'Dentists' in these years"):
        allocations.of_sector(place.spend_series(), "Dentists")
    with pytest.raises(LookupError, match="there is no index of 'price' here"):
        allocations.shared_out(place.fair_shares(), 100, ["price"])


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=12))
def test_what_matches_and_what_does_not_add_up_to_the_hole(amounts: list[tuple[int, int, int]]) -> None:
    rows = pd.DataFrame(amounts, columns=["deducted_k", "general_k", "elsewhere_k"])
    rows = rows.assign(line=[f"A{n}" for n in range(len(rows))], service="", note="", group="A")
    out = allocations.unmatched(rows)
    rest = rows[~rows["line"].isin(out["line"])]
    assert out["gap_k"].sum() + allocations.hole(rest) == allocations.hole(rows)
    assert allocations.hole(rows, ALONE) - rows["elsewhere_k"].sum() == allocations.hole(rows)


def test_cash_prices_and_share_by_hand() -> None:
    """10 of 100, then 12 of 150; prices go from 80 to 100. Cash +20%, real 12 / 12.5 = -4%, share 8 of 10 = -20%."""
    series = pd.DataFrame(
        {
            "year": ["1", "1", "2", "2"],
            "sector": ["us", "them"] * 2,
            "cash_m": [10.0, 90.0, 12.0, 138.0],
            "deflator": [80.0, 80.0, 100.0, 100.0],
        }
    )
    assert allocations.change(series, "us") == pytest.approx(20)
    assert allocations.change(series, "us", "real") == pytest.approx(-4)
    assert allocations.change(series, "us", "share") == pytest.approx(-20)
    assert allocations.of_sector(series, "us")["real_m"].tolist() == pytest.approx([12.5, 12])


def test_a_formula_by_hand() -> None:
    """100 and 100 people; indices 1.2 and 0.8 of age, 1 and 1.5 of need: 120 to 80 by age, 120 to 120 by both."""
    groups = pd.DataFrame(
        {"group": ["A", "B"], "listed": [100, 100], "age_index": [1.2, 0.8], "need_index": [1.0, 1.5]}
    )
    assert allocations.shared_out(groups, 50, ()).tolist() == pytest.approx([25, 25])
    assert allocations.shared_out(groups, 50, ["age"]).to_dict() == pytest.approx({"A": 30, "B": 20})
    assert allocations.shared_out(groups, 50).to_dict() == pytest.approx({"A": 25, "B": 25})


@given(st.floats(0.5, 1.0))
def test_if_every_list_shrinks_alike_no_share_moves(kept: float) -> None:
    groups = place.fair_shares()
    fewer = groups.assign(listed=groups["listed"] * kept)
    pd.testing.assert_series_equal(allocations.shared_out(fewer, 1_200), allocations.shared_out(groups, 1_200))


# ---- what is printed and checked -----------------------------------------------------------------------------------


def test_the_figures_that_the_chapter_prints() -> None:
    printed = {name: figure.text for name, figure in figures().items() if name.startswith("L8-")}
    expected = {
        "L8-taken": "£2,400,000",
        "L8-general": "£430,000",
        "L8-hole-alone": "£1,970,000",
        "L8-hole": "£1,280,000",
        "L8-over": "£1,470,000",
        "L8-under": "£190,000",
        "L8-bare-hole": "−£90,000",
        "L8-share-first": "10.0%",
        "L8-share-last": "8.6%",
        "L8-cash-change": "23%",
        "L8-target": "£313,100,000",
    }
    assert {name: printed[name] for name in expected} == expected


def test_larkmeres_target_and_the_loss_of_names_by_hand() -> None:
    """Weighted: 264,000 of 1,011,660; without 10,000 names 253,440 of 1,001,100."""
    total = 250 * 0.96 * 1.10 + 180 * 1.08 * 0.92 + 220 + 160 * 1.05 * 0.88 + 190 * 0.92 * 1.15
    target = 1200 * 264 / total
    lost = target - 1200 * 253.44 / (total - 10.56)
    assert figures()["L8-target"].value == pytest.approx(1e6 * target)
    assert figures()["L8-cleaned-loss"].value == pytest.approx(1e6 * lost)


def test_the_lines_called_wrong_are_those_planted() -> None:
    assert [len(wrong(group)) for group in GROUPS] == [9, 5]


@pytest.mark.parametrize(
    ("task", "number", "slip"),
    [
        ("bare-hole", 1_120, "one-contract"),
        ("bare-hole", 90, "upside-down"),
        ("bare-hole", 220, "only-too-much"),
        ("bare-hole", 530, "either-way-added"),
        ("bare-lines", 2, "out-one-way"),
        ("half-twice", 1_470, "all-that-was-too-much"),
        ("bare-real", 39.0, "prices-left-in"),
        ("bare-share", 21.0, "first-year"),
        ("bare-share", 61.0, "pounds-and-not-share"),
    ],
)
def test_slips_worked_out_by_hand_are_known(task: str, number: float, slip: str) -> None:
    assert check(task, number).slip == slip

"""The lab's methods on accounts small enough to check by hand, and on Larkmere's, where the truth is known."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning import place
from commissioning.labs import figures, ledger
from commissioning.labs.checks import check
from commissioning.labs.ledger.figures import once
from commissioning.place.ledger import LASTING, YEARS

SEEDS = (place.DEFAULT_SEED, *range(20))

# ---- what is planted -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_every_year_is_reported_as_a_small_surplus_and_comes_to_what_was_planted(seed: int) -> None:
    table = place.ledger(seed, truth=True)
    made = table.groupby("year")["amount_k"].sum()
    assert made.to_dict() == {"2009/10": 200, "2010/11": 200, "2011/12": 300, "2012/13": 300}
    lasting = table[~table["once"]].groupby("year")["amount_k"].sum()
    assert lasting.to_dict() == LASTING
    assert LASTING == {"2009/10": 500, "2010/11": -700, "2011/12": -1_600, "2012/13": -4_000}


@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_codes_and_notes_no_sum_of_lines_gives_it_away(seed: int) -> None:
    """Codes are wrong both ways in each of the last three years, so that believing them is not the answer."""
    table = place.ledger(seed, truth=True)
    for year in ("2010/11", "2011/12", "2012/13"):
        rows = table[table["year"] == year]
        assert ((rows["coded"] == "Y") & rows["once"]).any()
        assert ((rows["coded"] == "N") & ~rows["once"]).any()
        assert rows.loc[rows["coded"] == "Y", "amount_k"].sum() != LASTING[year]


def test_it_could_have_come_out_otherwise_and_in_the_first_year_it_did() -> None:
    """In 2009/10 what came once was mostly a cost, so the year was better than its report."""
    rows = ledger.of_year(place.ledger(), "2009/10")
    assert ledger.underlying(rows, once("2009/10")) > ledger.reported(rows)


def test_entries_that_come_once_are_gains_and_costs_and_some_yearly_entries_come_in_one_month() -> None:
    table = place.ledger(truth=True)
    last = table[table["year"] == "2012/13"]
    assert sorted(last.loc[last["once"], "amount_k"]) == [-300, 450, 700, 900, 1_150, 1_400]
    assert last.loc[last["once"] & (last["amount_k"] > 0), "amount_k"].sum() == 4_600
    every_year = table[(table["note"] != "") & ~table["once"]].groupby("note")["year"].nunique()
    assert every_year.to_dict() == dict.fromkeys(every_year.index, 4)
    assert "once" not in place.ledger()


@pytest.mark.parametrize("seed", SEEDS)
def test_no_month_stands_out_but_for_the_entries_with_a_note(seed: int) -> None:
    table = place.ledger(seed)
    plain = table[table["note"] == ""]
    for (year, line), rows in plain.groupby(["year", "line"]):
        assert len(rows) == 12, (year, line)
        assert rows["month"].is_unique
        assert (rows["amount_k"] / rows["amount_k"].mean() - 1).abs().max() < 0.1, (seed, year, line)


def test_larkmere_has_about_1200_pounds_a_head() -> None:
    """250,000 people; £1,200 a head is about what groups were given in 2013/14."""
    table = place.ledger()
    income = table.query("line == 'Allocation' and year == '2012/13'")["amount_k"].sum()
    assert income / place.PATIENTS * 1000 == pytest.approx(1_200, rel=0.01)
    assert sorted(table["year"].unique()) == list(YEARS)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_building_outgrows_income_by_four_and_a_half_million_in_ten_years(seed: int) -> None:
    """By hand: 18 x (1.035^10 - 1.015^10) = 18 x (1.41060 - 1.16054) = 4.50; after 20, 18 x (1.98979 - 1.34686)."""
    years = place.building(seed)
    assert ledger.gap(years, 5) == pytest.approx(18 * (1.035**5 - 1.015**5), abs=0.001)
    assert ledger.gap(years, 10) == pytest.approx(4.50, abs=0.002)
    assert ledger.gap(years, 20) == pytest.approx(11.57, abs=0.003)


def test_the_same_seed_keeps_the_same_accounts_and_another_seed_others() -> None:
    pd.testing.assert_frame_equal(place.ledger(3), place.ledger(3))
    assert place.ledger(3)["amount_k"].tolist() != place.ledger(4)["amount_k"].tolist()
    assert place.building(3)["prices_pct"].tolist() != place.building(4)["prices_pct"].tolist()


# ---- the methods ---------------------------------------------------------------------------------------------------


@pytest.fixture
def four() -> pd.DataFrame:
    """Reported 10 over: 100 in, 80 out, a gain of 15 and a cost of 25. The gain comes once, and so does the cost."""
    return pd.DataFrame(
        {
            "entry": ["E1", "E2", "E3", "E4"],
            "year": "2012/13",
            "amount_k": [100, -80, 15, -25],
            "coded": list("YYYN"),
            "note": ["", "", "Car park, sold", "Flood, put right"],
        }
    )


def test_an_underlying_position_by_hand(four: pd.DataFrame) -> None:
    """Without the gain 10 - 15 = -5; with the cost put back -5 + 25 = 20."""
    assert ledger.reported(four) == 10
    assert ledger.underlying(four, ["E3"]) == -5
    assert ledger.underlying(four, ["E3", "E4"]) == 20
    assert ledger.by_code(four) == 35


def test_an_entry_that_is_not_there_is_named(four: pd.DataFrame) -> None:
    with pytest.raises(LookupError, match=r"no entry here is called E9: noted\(\) lists"):
        ledger.underlying(four, ["E3", "E9"])
    with pytest.raises(LookupError, match="there is no year '2013/14' in this ledger: it has 2012/13"):
        ledger.of_year(four, "2013/14")


@given(st.lists(st.integers(-500, 500), min_size=1, max_size=12), st.data())
def test_taking_out_all_that_was_taken_out_gives_the_report_again(amounts: list[int], data: st.DataObject) -> None:
    rows = pd.DataFrame({"entry": [f"E{n}" for n in range(len(amounts))], "amount_k": amounts})
    some = data.draw(st.sets(st.sampled_from(list(rows["entry"]))))
    assert ledger.underlying(rows, some) + ledger.reported(ledger.chosen(rows, some)) == ledger.reported(rows)


def test_two_years_of_compounding_by_hand_and_the_gap_turns_where_income_is_the_faster() -> None:
    """100 at 10% is 121, at 5% 110.25: a gap of 10.75, after one of 5. The rates exchanged turn it round."""
    years = pd.DataFrame({"year": [1, 2], "prices_pct": [10.0, 10.0], "income_pct": [5.0, 5.0]})
    turned = years.rename(columns={"prices_pct": "income_pct", "income_pct": "prices_pct"})
    assert ledger.gap(years, 2, start=100) == pytest.approx(10.75)
    assert ledger.paid_over(years, 2, start=100) == pytest.approx(15.75)
    assert ledger.gap(turned, 2, start=100) == pytest.approx(-10.75)
    assert ledger.gap(years, 0, start=100) == 0


# ---- what is printed and checked -----------------------------------------------------------------------------------


def test_the_figures_that_the_chapter_prints() -> None:
    printed = {name: figure.text for name, figure in figures().items() if name.startswith("L4-")}
    assert printed["L4-last-underlying"] == "−£4,000,000"
    assert printed["L4-last-reported"] == "£300,000"
    assert printed["L4-third-underlying"] == "−£1,600,000"
    assert printed["L4-second-underlying"] == "−£700,000"
    assert printed["L4-first-underlying"] == "£500,000"
    assert printed["L4-gap-10"] == "£4,500,000"


@pytest.mark.parametrize(
    ("task", "number", "slip"),
    [
        ("last-underlying", -4_300, "costs-left-in"),
        ("last-underlying", 300, "left-as-reported"),
        ("last-underlying", -650, "codes-believed"),
        ("last-underlying", -4.0, "in-millions"),
        ("last-largest", -1_750, "comes-every-march"),
        ("half-gap", 3.6, "without-compounding"),
        ("half-gap", 3.94, "difference-compounded"),
        ("half-gap", 7.39, "rise-and-not-gap"),
    ],
)
def test_slips_worked_out_by_hand_are_known(task: str, number: float, slip: str) -> None:
    assert check(task, number).slip == slip

"""The lab's methods by hand-computed cases, and Larkmere's practices, where the truth is known."""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np
import pandas as pd
import pytest

from commissioning import place
from commissioning.labs import variation
from commissioning.labs.variation.figures import AFTER, BEFORE, TABLED, figures, year_of
from commissioning.place import variation as planted

SEEDS = (place.DEFAULT_SEED, 7, 2013, 1971)

# ---- the lines of a funnel -----------------------------------------------------------------------------------------


def test_a_quantile_of_chance_by_hand() -> None:
    """Poisson with mean 1: F(0) = 0.3679 and F(1) = 0.7358, so half lies (0.7358 - 0.5) / 0.3679 below 1."""
    assert variation.poisson_quantile(1, 0.5) == pytest.approx(1 - (0.73576 - 0.5) / 0.36788, abs=1e-4)


@pytest.mark.parametrize("expected", [40.0, 427.4, 2_344.2])
@pytest.mark.parametrize("coverage", [95.0, 99.8])
def test_limits_hold_the_share_that_they_promise(expected: float, coverage: float) -> None:
    """Counted over half a million draws, which know nothing of the formula."""
    low, high = variation.limits(expected, coverage=coverage)
    drawn = np.random.default_rng(5).poisson(expected, 500_000)
    assert 100 * ((drawn > low) & (drawn < high)).mean() == pytest.approx(coverage, abs=1.2 if expected < 100 else 0.4)


def test_limits_close_in_with_size_as_the_square_root_says() -> None:
    wide = [variation.limits(expected)[1] / expected - 1 for expected in (400, 1_600, 6_400)]
    assert wide[0] / wide[1] == pytest.approx(2, abs=0.05)
    assert wide[1] / wide[2] == pytest.approx(2, abs=0.05)
    assert 100 * wide[1] == pytest.approx(196 / math.sqrt(1_600), abs=0.1)


@pytest.mark.parametrize(("expected", "probability"), [(0, 0.5), (-3, 0.5), (10, 0), (10, 1)])
def test_chance_without_an_expectation_or_outside_its_bounds_is_refused(expected: float, probability: float) -> None:
    with pytest.raises(ValueError, match="expected must be above 0, and the probability between 0 and 1"):
        variation.poisson_quantile(expected, probability)


def test_coverage_as_a_share_of_one_draws_other_lines_and_none_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="so 95 means 95%"):
        variation.limits(100, coverage=100)


def test_several_years_are_added_up_and_a_practice_far_below_counts_as_outside() -> None:
    two = pd.DataFrame(
        {
            "practice_id": ["A", "B", "A", "B"],
            "year": [1, 1, 2, 2],
            "list_size": [1_000, 9_000, 1_000, 9_000],
            "expected": [100.0, 900.0, 100.0, 900.0],
            "observed": [130, 760, 90, 900],
        }
    )
    rows = variation.compared(two)
    assert rows["ratio"].tolist() == pytest.approx([110, 100 * 1_660 / 1_800])
    assert variation.outside(two[two["year"] == 1]) == ["A", "B"]
    assert variation.outside(two) == ["B"]
    assert variation.value_of(rows, "A", "observed") == 220


# ---- what is planted -----------------------------------------------------------------------------------------------


def pooled(table: pd.DataFrame, name: str) -> tuple[float, float]:
    """A practice's ratio over all years, and how far chance could have moved it (three standard errors)."""
    row = variation.compared(table).set_index("practice_id").loc[name]
    return float(row["ratio"]), 300 / math.sqrt(float(row["expected"]))


@pytest.mark.parametrize("seed", SEEDS)
def test_homes_explain_p07_and_nothing_else_does(seed: int) -> None:
    table = place.practice_years(seed=seed)
    ratio, _ = pooled(table, planted.HOMES)
    assert ratio == pytest.approx(117, abs=6)
    without, chance = pooled(variation.without_homes(table), planted.HOMES)
    assert without == pytest.approx(100, abs=chance)
    nights, _ = pooled(variation.without_same_day(table), planted.HOMES)
    assert nights > 110


@pytest.mark.parametrize("seed", SEEDS)
def test_p19_truly_has_fewer_whatever_is_taken_out(seed: int) -> None:
    table = place.practice_years(seed=seed)
    for kept in (table, variation.without_homes(table), variation.without_same_day(table)):
        ratio, chance = pooled(kept, planted.REAL)
        assert ratio == pytest.approx(87.5, abs=chance)
        assert ratio < 96


@pytest.mark.parametrize("seed", SEEDS)
def test_recording_explains_p23_and_homes_do_not(seed: int) -> None:
    table = place.practice_years(seed=seed)
    assert pooled(table, planted.RECORDING)[0] == pytest.approx(124, abs=6)
    assert pooled(variation.without_homes(table), planted.RECORDING)[0] > 114
    without, chance = pooled(variation.without_same_day(table), planted.RECORDING)
    assert without == pytest.approx(100, abs=chance + 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_other_22_differ_by_chance_alone(seed: int) -> None:
    rows = variation.compared(place.practice_years(seed=seed))
    others = rows[~rows["practice_id"].isin(planted.EXCESS)]
    share = others["observed"].sum() / others["expected"].sum()
    chance = ((others["observed"] - share * others["expected"]) ** 2 / (share * others["expected"])).sum()
    assert len(others) == 22
    assert 6 < chance < 48, "chi-square with 21 degrees of freedom lies there 999 times in 1,000"


@pytest.mark.parametrize("seed", SEEDS)
def test_observed_and_expected_add_up_to_the_same_in_each_year(seed: int) -> None:
    table = place.practice_years(seed=seed)
    for kept in (table, variation.without_homes(table), variation.without_same_day(table)):
        sums = kept.groupby("year")[["observed", "expected"]].sum()
        assert sums["observed"].tolist() == pytest.approx(sums["expected"].tolist(), abs=2)


def test_had_all_been_alike_the_same_methods_would_have_found_nobody() -> None:
    """The finding is found: with nothing planted the outer lines hold all but one practice in 500."""
    alike = place.practice_years(alike=True, years=80)
    far = [variation.outside(year, coverage=variation.OUTER) for _, year in alike.groupby("year", sort=False)]
    near = [variation.outside(year) for _, year in alike.groupby("year", sort=False)]
    assert sum(map(len, far)) / 80 == pytest.approx(0.05, abs=0.1)
    assert sum(map(len, near)) / 80 == pytest.approx(1.25, abs=0.4)


def test_small_practices_lead_both_ends_of_a_list_and_not_of_a_funnel() -> None:
    alike = place.practice_years(alike=True, years=80)
    small = set(place.practices().nsmallest(8, "list_size")["practice_id"])
    ends, beyond = [], []
    for _, year in alike.groupby("year", sort=False):
        order = variation.compared(year).sort_values("ratio")["practice_id"].tolist()
        ends += [*order[:2], *order[-2:]]
        beyond += variation.outside(year)
    assert sum(name in small for name in ends) / len(ends) > 0.45
    assert sum(name in small for name in beyond) / len(beyond) == pytest.approx(8 / 25, abs=0.14)


def test_a_rule_picks_about_one_of_five_again_when_all_are_alike() -> None:
    alike = place.practice_years(seed=7, alike=True, years=80)
    years = [year for _, year in alike.groupby("year", sort=False)]
    again = [variation.visited(*years[n : n + 3]).again for n in range(0, 78, 2)]
    assert np.mean(again) == pytest.approx(1, abs=0.45)


# ---- the four rules ------------------------------------------------------------------------------------------------


def test_the_rules_by_hand() -> None:
    names = [f"Q{n}" for n in range(8)]
    before = pd.DataFrame({"practice_id": names, "expected": 100.0, "observed": [100] * 8})
    sizes = [50.0, 100.0, 100.0, 100.0, 100.0, 100.0, 1_000.0, 100.0]
    year = pd.DataFrame({"practice_id": names, "expected": sizes, "observed": [60, 90, 101, 102, 103, 104, 1_030, 99]})
    after = year.assign(observed=[50, 100, 100, 100, 100, 100, 1_000, 100])
    assert variation.highest(before, year) == ["Q0", "Q5", "Q4", "Q6", "Q3"]
    assert variation.most_extra(before, year) == ["Q6", "Q0", "Q5", "Q4", "Q3"]
    assert variation.above_average(before, year) == ["Q0", "Q2", "Q3", "Q4", "Q5", "Q6"]
    found = variation.visited(before, year, after)
    assert (found.ratio, found.next_ratio) == (pytest.approx(100 * 1_399 / 1_350), pytest.approx(100))
    assert found.fall == pytest.approx(100 * 49 / 1_350)
    with pytest.raises(ValueError, match=r"rule must be one of highest, above-average, .* \(got loudest\)"):
        variation.visited(before, year, after, rule="loudest")


# ---- deprivation and hours -----------------------------------------------------------------------------------------


def by_hand(table: pd.DataFrame, count: str) -> tuple[float, float]:
    """Crude and fair ratios with loops and no groupby."""
    seen: dict[tuple[int, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in table.to_dict("records"):
        cell = seen[row["imd_quintile"], row["extended_hours"]]
        cell[0], cell[1] = cell[0] + row[count], cell[1] + row["persons"]
    people = {fifth: seen[fifth, "Y"][1] + seen[fifth, "N"][1] for fifth in range(1, 6)}
    crude = {key: sum(seen[f, key][0] for f in people) / sum(seen[f, key][1] for f in people) for key in "YN"}
    fair = {key: sum(n * seen[f, key][0] / seen[f, key][1] for f, n in people.items()) for key in "YN"}
    return crude["Y"] / crude["N"], fair["Y"] / fair["N"]


@pytest.mark.parametrize("count", ["attendances", "minor"])
def test_both_ratios_agree_with_a_sum_by_hand(count: str) -> None:
    table = place.ed_attendances()
    found = variation.crude_ratio(table, count=count), variation.fair_ratio(table, count=count)
    assert found == pytest.approx(by_hand(table, count))


@pytest.mark.parametrize("seed", SEEDS)
def test_longer_hours_spare_seven_in_a_hundred_and_look_as_if_they_added_some(seed: int) -> None:
    table = place.ed_attendances(seed=seed)
    assert variation.crude_ratio(table) > 1.02
    assert variation.fair_ratio(table) == pytest.approx(0.93, abs=0.015)
    assert variation.fair_ratio(table, count="minor") == pytest.approx(0.80, abs=0.02)
    children = table[table["age"] == "under 18"]
    assert variation.fair_ratio(children) == pytest.approx(0.90, abs=0.025)


def test_had_the_hours_spared_nothing_deprivation_would_have_explained_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planted, "SPARED", 0.0)
    table = planted.ed_attendances()
    assert variation.crude_ratio(table) > 1.1
    assert variation.fair_ratio(table) == pytest.approx(1, abs=0.012)


def test_rates_run_from_the_published_ends() -> None:
    """A fifth is two tenths, so its mean lies between the published rate of the end tenth and the next one's."""
    rates = [planted.fifth_rate(fifth) for fifth in range(1, 6)]
    assert rates == sorted(rates, reverse=True)
    assert planted.MOST_DEPRIVED * 0.92 < rates[0] < planted.MOST_DEPRIVED
    assert planted.LEAST_DEPRIVED < rates[-1] < planted.LEAST_DEPRIVED * 1.08


# ---- what the chapter prints ---------------------------------------------------------------------------------------


def test_the_figures_of_the_opening_are_the_rules_own() -> None:
    town = place.practice_years(alike=True)
    years = [year_of(town, name) for name in (BEFORE, TABLED, AFTER)]
    printed = figures()
    for rule in variation.RULES:
        found = variation.visited(*years, rule=rule)
        assert printed[f"L5-{rule}-picked"].value == len(found.picked)
        assert printed[f"L5-{rule}-again"].value == found.again
        assert printed[f"L5-{rule}-fall"].value == pytest.approx(found.ratio - found.next_ratio)


def test_each_chart_says_what_it_shows_and_has_every_practice_in_its_table() -> None:
    year = year_of(place.practice_years(), "2013/14")
    league, funnel = variation.league_chart(year), variation.funnel_chart(year)
    assert league.takeaway.startswith("P23 is highest at 123 and P19 lowest at 87")
    assert funnel.takeaway == "P07, P19, P22 and P23 lie outside the 99.8% limits."
    assert len(league.table) == len(funnel.table) == 25
    assert "P22" not in str(variation.funnel_chart(year, named=False).spec["layer"][-1])
    alike = variation.funnel_chart(year[year["practice_id"].isin(["P01", "P02", "P03"])])
    assert alike.takeaway == "All 3 practices lie inside the 95% limits."
    fifths = variation.fifths_chart(place.ed_attendances())
    assert "11% more attendances; fifth by fifth, they have 7% fewer" in fifths.takeaway

"""The lab's methods by hand-computed cases, and weekly attendances, where what is planted is known."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from commissioning import place
from commissioning.labs import control_chart
from commissioning.labs.control_chart.figures import figures
from commissioning.labs.control_chart.limits import TOWN_BASE
from commissioning.labs.control_chart.starts import How
from commissioning.place import weekly

SEEDS = (place.DEFAULT_SEED, 7, 2013, 1971, *range(1, 6))


def series(values: list[int]) -> pd.DataFrame:
    return pd.DataFrame({"week": range(1, len(values) + 1), "n": values})


# ---- limits and signals --------------------------------------------------------------------------------------------


def test_limits_by_hand() -> None:
    """10, 14, 12, 16: mean 13; ranges 4, 2, 4, average 10/3; limits 13 -+ 2.66 * 10/3."""
    known = control_chart.limits([10, 14, 12, 16])
    assert known.mean == 13
    assert known.moving_range == pytest.approx(10 / 3)
    assert (known.low, known.high) == pytest.approx((13 - 26.6 / 3, 13 + 26.6 / 3))


def test_the_factor_is_three_standard_deviations_as_the_moving_range_tells_them() -> None:
    """The mean distance of two draws from one normal distribution is 2 / sqrt(pi) standard deviations."""
    assert pytest.approx(3 / (2 / math.sqrt(math.pi)), abs=0.002) == control_chart.FACTOR
    drawn = np.random.default_rng(3).normal(50, 4, 200_000)
    known = control_chart.limits(drawn.tolist())
    assert (known.high - known.mean) / 4 == pytest.approx(3, abs=0.03)


def test_one_value_has_no_moving_range() -> None:
    with pytest.raises(ValueError, match="at least two values"):
        control_chart.limits([7])


BASE = [10, 12, 11, 9, 10, 12, 11, 9]
"""Mean 10.5; ranges 2 1 2 1 2 1 2, average 11/7; limits 10.5 -+ 4.18."""


def test_a_value_beyond_a_limit_signals_and_one_inside_does_not() -> None:
    found = control_chart.signals(series([*BASE, 14, 15, 7, 6]), "n", (1, 8))
    assert found.to_numpy().tolist() == [[10, "beyond", "above"], [12, "beyond", "below"]]


def test_eight_in_a_row_signal_once_and_seven_do_not() -> None:
    low = [10] * 8
    assert control_chart.signals(series([*BASE, *low[:7], 11]), "n", (1, 8)).empty
    found = control_chart.signals(series([*BASE, *low, 10, 10]), "n", (1, 8))
    assert found.to_numpy().tolist() == [[16, "run", "below"]]
    assert control_chart.signals(series([*BASE, *low[:7], 11]), "n", (1, 8), run=7)["week"].tolist() == [15]


def test_a_value_on_the_mean_ends_a_run() -> None:
    even = [9, 11] * 4
    assert control_chart.signals(series([*even, 9, 9, 9, 9, 10, 9, 9, 9, 9]), "n", (1, 8)).empty


def test_change_by_hand() -> None:
    """Means 10 and 9: -10%. Variances 2 and 2 over two each: standard error sqrt(2), of 10."""
    told = control_chart.change(pd.Series([9, 11]), pd.Series([8, 10]))
    assert told == pytest.approx((-10, -10 - 196 * math.sqrt(2) / 10, -10 + 196 * math.sqrt(2) / 10))


def test_change_needs_two_weeks_on_each_side() -> None:
    with pytest.raises(ValueError, match="at least two weeks"):
        control_chart.change(pd.Series([9]), pd.Series([8, 10]))


# ---- what is planted at the General --------------------------------------------------------------------------------


def signalled(table: pd.DataFrame, column: str, base: tuple[int, int]) -> pd.DataFrame:
    return control_chart.signals(control_chart.one_rule(table), column, base)


def test_the_report_mostly_signals_before_the_team_began() -> None:
    """By construction of the truth and not of the seed: in most worlds, and not in all."""
    found = [signalled(place.weekly_attendances(seed), "reported", (1, 30)) for seed in range(60)]
    firsts = [rows.loc[rows["side"] == "below", "week"].iloc[0] for rows in found]
    early = [weekly.RULE_FROM <= week < weekly.TEAM_FROM for week in firsts]
    assert 0.6 < sum(early) / 60 < 0.9


@pytest.mark.parametrize("seed", SEEDS)
def test_on_one_rule_the_fall_is_the_planted_one(seed: int) -> None:
    rows = control_chart.one_rule(place.weekly_attendances(seed))
    before = control_chart.between(rows, "counted", (1, 59))
    after = control_chart.between(rows, "counted", (66, 104), [weekly.HEAT_WEEK])
    middle, low, high = control_chart.change(before, after)
    assert middle == pytest.approx(100 * weekly.EFFECT, abs=1.5 * (high - low) / 2)
    moved = rows["moved_out"].sum() / rows.loc[rows["week"] >= weekly.RULE_FROM, "counted"].sum()
    assert moved == pytest.approx(weekly.MOVED, abs=0.006)


def test_the_interval_holds_the_truth_in_about_95_of_100_towns() -> None:
    held = 0
    for seed in range(150):
        rows = control_chart.one_rule(place.weekly_attendances(seed))
        before = control_chart.between(rows, "counted", (1, 59))
        after = control_chart.between(rows, "counted", (66, 104), [weekly.HEAT_WEEK])
        _, low, high = control_chart.change(before, after)
        held += low <= 100 * weekly.EFFECT <= high
    assert held / 150 == pytest.approx(0.95, abs=0.04)


def test_it_could_have_come_out_otherwise() -> None:
    """No new rule, and a team that does much: the first lasting signal comes after the start, on either count."""
    firsts = []
    for seed in range(40):
        table = place.weekly_attendances(seed, effect=-0.14, moved=0.0)
        found = signalled(table, "reported", (1, 30))
        firsts.append(int(found.loc[found["side"] == "below", "week"].iloc[0]))
        assert table["moved_out"].sum() == 0
    assert sum(week >= weekly.EFFECT_FROM for week in firsts) >= 30


def test_with_nothing_planted_most_charts_signal_nothing_before_the_start() -> None:
    early = [
        signalled(place.weekly_attendances(seed, effect=0, moved=0), "reported", (1, 30)).query("week < 60").shape[0]
        > 0
        for seed in range(100)
    ]
    assert sum(early) / 100 < 0.35


@pytest.mark.parametrize(("effect", "moved"), [(-1, 0.08), (1, 0.08), (-0.03, 1), (-0.03, -0.1)])
def test_an_impossible_world_is_refused(effect: float, moved: float) -> None:
    with pytest.raises(ValueError, match="effect must lie between"):
        place.weekly_attendances(effect=effect, moved=moved)


# ---- the four towns ------------------------------------------------------------------------------------------------


def town(name: str, seed: int = place.DEFAULT_SEED) -> pd.DataFrame:
    table = place.town_attendances(seed)
    return table[table["town"] == name]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["Eastbank", "Mid Vale", "North Vale"])
def test_a_town_that_changed_says_so_within_ten_weeks_and_on_the_right_side(name: str, seed: int) -> None:
    begins, change = weekly.CHANGES[name]
    found = control_chart.signals(town(name, seed), "attendances", TOWN_BASE)
    since = found[(found["week"] >= begins) & (found["side"] == ("above" if change > 0 else "below"))]
    assert since["week"].iloc[0] <= begins + 10
    assert (begins < weekly.TOWN_START) == (name == "Mid Vale")


def test_south_vale_began_after_its_worst_month_in_every_world() -> None:
    for seed in SEEDS:
        rows = town("South Vale", seed).set_index("week")["attendances"]
        sums = rows.rolling(4).sum()
        assert sums.idxmax() == weekly.TOWN_START - 1


def test_the_printed_chart_shows_four_different_towns() -> None:
    first = {
        name: control_chart.signals(town(name), "attendances", TOWN_BASE)["week"].min() for name in weekly.TOWN_LEVEL
    }
    assert first["Mid Vale"] < weekly.TOWN_START <= min(first["Eastbank"], first["North Vale"])
    assert math.isnan(first["South Vale"])


# ---- regression to the mean, and when it is none -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "least", "most"),
    [("after-the-worst", -8.5, -5.5), ("by-lot", -0.5, 0.5), ("after-a-lasting-rise", -0.5, 0.5)],
)
def test_a_start_after_the_worst_month_falls_and_the_two_others_do_not(how: How, least: float, most: float) -> None:
    assert least < float(control_chart.falls(how).mean()) < most
    assert least < float(control_chart.falls(how, seed=2_013).mean()) < most


def test_how_far_it_falls_is_what_the_worst_of_so_many_months_must_give() -> None:
    """Recomputed by a normal approximation: from the greatest mean of four weeks in 104 to the four that follow."""
    rng = np.random.default_rng(8)
    drawn = rng.normal(290, math.sqrt(290), (4_000, 104))
    months = np.lib.stride_tricks.sliding_window_view(drawn, 4, axis=1)[:, :97].mean(axis=2)
    worst = months.argmax(axis=1)
    after = np.array([weeks[at + 4 : at + 8].mean() for weeks, at in zip(drawn, worst, strict=True)])
    expected = 100 * (after / months.max(axis=1) - 1).mean()
    assert float(control_chart.falls("after-the-worst").mean()) == pytest.approx(expected, abs=0.5)


# ---- what prose prints ---------------------------------------------------------------------------------------------


def test_printed_figures_are_those_of_the_tables_recomputed_with_numpy() -> None:
    table = place.weekly_attendances()
    reported = table["reported"].to_numpy().astype(float)
    one = reported + table["moved_out"].to_numpy()
    half = 2.66 * np.abs(np.diff(reported[:30])).mean()
    assert figures()["L11-low"].value == pytest.approx(reported[:30].mean() - half)
    assert figures()["L11-high"].value == pytest.approx(reported[:30].mean() + half)
    assert figures()["L11-claimed"].value == pytest.approx(100 * (1 - reported[59:].mean() / reported[:59].mean()))
    assert figures()["L11-before"].value == pytest.approx(reported[:59].mean())
    after = np.delete(one, weekly.HEAT_WEEK - 1)[65:]
    assert figures()["L11-effect"].value == pytest.approx(100 * (1 - after.mean() / one[:59].mean()))
    assert figures()["L11-heat"].value == one[weekly.HEAT_WEEK - 1] > figures()["L11-one-high"].value


def test_charts_say_what_they_show() -> None:
    rows = place.weekly_attendances()
    plain = control_chart.xmr_chart(rows, "reported", (1, 30))
    assert "week 58 is the first signal, a value beyond a limit below" in plain.takeaway
    marked = control_chart.xmr_chart(rows, "counted", (1, 59), {60: "Team begins"})
    assert "A dotted line at week 60 says: Team begins." in marked.description
    assert plain.id != marked.id
    towns = control_chart.towns_chart(place.town_attendances())
    assert "South Vale: mean 294" in towns.description
    assert "no signal" in towns.description
    assert towns.table.shape == (70, 5)


def test_a_chart_without_signals_says_so() -> None:
    quiet = place.weekly_attendances(effect=0, moved=0).assign(reported=[400, 420] * 52)
    assert "no week signals a change" in control_chart.xmr_chart(quiet, "reported", (1, 30)).takeaway

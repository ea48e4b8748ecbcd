"""The lab's methods on tables small enough to check by hand, and on the wards and teams, where the truth is known."""

from __future__ import annotations

import math
from statistics import NormalDist, mean, pstdev

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning import place
from commissioning.labs import figures, signals
from commissioning.labs.checks import check
from commissioning.labs.signals.figures import LAST, WATCHED, scored
from commissioning.place.signals import MONTHS, TRUSTS

SEEDS = (place.DEFAULT_SEED, *range(20))
SIX = list(signals.MEASURES)


def of(trust: str, seed: int) -> pd.DataFrame:
    return signals.z_scores(signals.of_trust(place.signals_monthly(seed), trust))


# ---- what is planted -----------------------------------------------------------------------------------------------


def test_the_table_has_the_wards_the_teams_and_two_years() -> None:
    table = place.signals_monthly()
    assert table.groupby("trust")["unit"].nunique().to_dict() == {"Fenside": 12, "General": 20}
    assert (table.groupby("unit").size() == 24).all()
    assert (MONTHS[0], MONTHS[-1], len(set(MONTHS))) == ("2012-03", LAST, 24)
    assert "planted" not in table
    assert place.signals_monthly(truth=True)["planted"].sum() == 2


@pytest.mark.parametrize("seed", SEEDS)
def test_the_six_of_both_stand_where_they_were_planted_by_a_sum_of_our_own(seed: int) -> None:
    """No method of the lab is used: mean and standard deviation of a ward's 24 months, one measure at a time."""
    table = place.signals_monthly(seed)
    for name, plan in TRUSTS.items():
        rows = table[(table["trust"] == name) & (table["unit"] == plan.planted)]
        for measure, planted in zip(SIX, plan.scores, strict=True):
            months = rows[measure].tolist()
            assert (months[-1] - mean(months)) / pstdev(months) == pytest.approx(planted, abs=0.01)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_measure_of_ward_6_or_team_4_is_over_two_and_the_sums_are_well_over_three(seed: int) -> None:
    for name, least in (("General", 3.79), ("Fenside", 3.0)):
        now = signals.of_unit(of(name, seed), WATCHED[name], LAST)
        assert now.max() < 2
        assert now.sum() / math.sqrt(6) > least


@pytest.mark.parametrize("seed", SEEDS)
def test_it_could_have_come_out_otherwise_and_at_fenside_it_did(seed: int) -> None:
    """On the wards the six move together, and a line at 3 sounds many times too often. In the teams neither is so."""
    wards, teams = of("General", seed), of("Fenside", seed)
    assert signals.together(wards) == pytest.approx(0.30, abs=0.06)
    assert signals.together(teams) == pytest.approx(0.04, abs=0.05)
    assert signals.alarms(signals.combined(wards), 3) >= 8 * signals.expected_alarms(480, 3)
    assert signals.alarms(signals.combined(teams), 3) <= 4
    ranks = {}
    for name, table in (("Ward 6", wards), ("Team 4", teams)):
        row = table[(table["unit"] == name) & (table["month"] == LAST)]
        joint = signals.combined(row, signals.together(table)).iloc[0]
        ranks[name] = (signals.combined(row).iloc[0], joint)
    assert ranks["Ward 6"][0] > ranks["Team 4"][0]
    assert ranks["Ward 6"][1] < ranks["Team 4"][1]


@pytest.mark.parametrize("seed", SEEDS)
def test_with_the_correlation_counted_the_line_at_two_keeps_its_promise(seed: int) -> None:
    for name, count in (("General", 480), ("Fenside", 288)):
        scores = of(name, seed)
        joint = signals.combined(scores, signals.together(scores))
        expected = signals.expected_alarms(count, 2)
        assert abs(signals.alarms(joint, 2) - expected) < 4 * math.sqrt(expected)


def test_the_same_seed_keeps_the_same_table_and_another_seed_another() -> None:
    pd.testing.assert_frame_equal(place.signals_monthly(3), place.signals_monthly(3))
    assert not place.signals_monthly(3).equals(place.signals_monthly(4))


# ---- the methods ---------------------------------------------------------------------------------------------------


@pytest.fixture
def small() -> pd.DataFrame:
    """Two wards of four months. Ward A's falls are 1, 1, 3, 3 (mean 2, SD 1); its complaints 10, 30, 10, 30."""
    return pd.DataFrame(
        {
            "trust": "T",
            "unit": ["A"] * 4 + ["B"] * 4,
            "month": ["1", "2", "3", "4"] * 2,
            "falls": [1.0, 1, 3, 3, 5, 5, 5, 9],
            "complaints": [10.0, 30, 10, 30, 1, 1, 1, 2],
        }
    )


def test_scores_by_hand(small: pd.DataFrame) -> None:
    scores = signals.z_scores(small)
    assert scores.loc[scores["unit"] == "A", "falls"].tolist() == pytest.approx([-1, -1, 1, 1])
    assert scores.loc[scores["unit"] == "A", "complaints"].tolist() == pytest.approx([-1, 1, -1, 1])
    assert signals.of_unit(scores, "A", "4").tolist() == pytest.approx([1, 1])
    assert signals.combined(scores)[3] == pytest.approx(2 / math.sqrt(2))
    assert signals.combined(scores, 1.0)[3] == pytest.approx(1)


def test_a_correlation_by_hand(small: pd.DataFrame) -> None:
    """Ward A's two have nothing to do with each other (0), Ward B's go up together (1): half, over both."""
    scores = signals.z_scores(small)
    assert signals.together(scores[scores["unit"] == "A"]) == pytest.approx(0)
    assert signals.together(scores) == pytest.approx(0.5)


def test_what_chance_puts_over_a_line_is_the_normal_curves() -> None:
    for line in (2.0, 2.5, 3.0):
        assert signals.expected_alarms(480, line) == pytest.approx(480 * (1 - NormalDist().cdf(line)), rel=1e-9)


@given(st.integers(2, 12), st.floats(0, 1))
def test_the_spread_of_a_sum_is_that_of_its_covariances(count: int, r: float) -> None:
    covariances = sum(1.0 if i == j else r for i in range(count) for j in range(count))
    assert signals.spread_of_sum(count, r) == pytest.approx(math.sqrt(covariances))
    assert signals.spread_of_sum(count, r) >= signals.spread_of_sum(count) - 1e-12


def test_what_is_not_there_is_named(small: pd.DataFrame) -> None:
    with pytest.raises(LookupError, match="there is no trust 'X' here: it must be one of T"):
        signals.of_trust(small, "X")
    with pytest.raises(LookupError, match="there is no 'C' in 1 here"):
        signals.of_unit(signals.z_scores(small), "C", "1")
    with pytest.raises(ValueError, match=r"3 scores cannot all correlate by -0\.9"):
        signals.spread_of_sum(3, -0.9)


# ---- what is printed and checked -----------------------------------------------------------------------------------


def test_the_figures_that_the_chapter_prints() -> None:
    printed = {name: figure.text for name, figure in figures().items() if name.startswith("L13-")}
    expected = {
        "L13-alone": "3.80",
        "L13-together": "0.26",
        "L13-joint": "2.50",
        "L13-expected-2": "11",
        "L13-alarms-2": "45",
        "L13-expected-3": "0.6",
        "L13-alarms-3": "15",
        "L13-as-high": "3",
        "L13-one-over": "61",
        "L13-one-over-here": "0",
        "L13-bare-alone": "3.02",
        "L13-bare-together": "0.02",
        "L13-bare-joint": "2.86",
    }
    assert {name: printed[name] for name in expected} == expected


def test_the_counts_by_a_sum_of_our_own() -> None:
    """Ward by ward with the standard library: how many months a line at 3 would sound for, and at 2 for one measure."""
    table = place.signals_monthly()
    sums, single = [], 0
    for _, ward in table[table["trust"] == "General"].groupby("unit"):
        middle = {name: (mean(ward[name]), pstdev(ward[name])) for name in SIX}
        for _, month in ward.iterrows():
            six = [(month[name] - middle[name][0]) / middle[name][1] for name in SIX]
            sums.append(sum(six) / math.sqrt(6))
            single += max(six) >= 2
    assert len(sums) == 480
    assert sum(score >= 3 for score in sums) == figures()["L13-alarms-3"].value
    assert sum(score >= 2 for score in sums) == figures()["L13-alarms-2"].value
    assert single == figures()["L13-one-over"].value
    assert pstdev(sums) == pytest.approx(math.sqrt(1 + 5 * figures()["L13-together"].value), abs=0.001)


def test_what_is_kept_for_the_page_is_the_methods_own() -> None:
    table = scored("General")
    pd.testing.assert_series_equal(table["alone"], signals.combined(table), check_names=False)


@pytest.mark.parametrize(
    ("task", "number", "slip"),
    [
        ("half-alarms-expected", 1.296, "both-tails"),
        ("half-alarms-expected", 0.027, "one-month-only"),
        ("half-alarms-counted", 11, "wards-not-months"),
        ("half-joint-score", 3.8, "unconnected"),
        ("half-joint-score", 0.67, "no-root"),
        ("half-joint-score", 2.96, "pairs-once"),
        ("bare-team-alone", 7.4, "the-sum"),
        ("bare-team-together", 0.187, "each-with-itself"),
        ("bare-team-joint", 3.02, "unconnected"),
        ("bare-team-expected", 13.1, "both-tails"),
        ("bare-team-counted", 35, "one-measure"),
    ],
)
def test_slips_worked_out_by_hand_are_known(task: str, number: float, slip: str) -> None:
    assert check(task, number).slip == slip

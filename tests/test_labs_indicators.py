"""The lab's methods by hand-computed cases, and Meridian's report, where the truth is known."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning import place
from commissioning.labs import figures, indicators
from commissioning.labs.charts import Chart
from commissioning.labs.checks import check
from commissioning.labs.indicators.pictures.leaving import SAVING
from commissioning.place.support import COMMENTS, INDICATORS, MONTHS

SEEDS = (place.DEFAULT_SEED, *range(20))

# ---- what is planted -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_every_seed_has_31_green_of_33_and_the_other_two_measure_usefulness(seed: int) -> None:
    rows = indicators.ratings(place.csu_kpi(seed))
    assert rows["rating"].value_counts().to_dict() == {"green": 31, "amber": 1, "red": 1}
    assert rows["type"].value_counts().to_dict() == {"timeliness": 14, "volume": 9, "accuracy": 7, "usefulness": 3}
    assert set(rows.loc[rows["rating"] != "green", "type"]) == {"usefulness"}
    assert rows.set_index("indicator").loc["K31", "rating"] == "red"
    assert rows.set_index("indicator").loc["K31", "mean"] == pytest.approx(58, abs=0.3)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_seed_has_40_of_220_reports_that_changed_a_decision_and_the_same_bill(seed: int) -> None:
    survey, costs = place.user_survey(seed), place.csu_costs(seed)
    assert (len(survey), len(indicators.changed_a_decision(survey))) == (220, 40)
    assert costs["fee"].sum() == 792_000
    assert indicators.saving_a_month(costs) == 28_000
    assert (costs["fee"] > costs["replacement"]).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_volume_of_reports_is_that_of_the_survey(seed: int) -> None:
    kpi = place.csu_kpi(seed)
    produced = kpi[kpi["name"] == "Reports produced"].set_index("month")["value"]
    assert produced.to_dict() == place.user_survey(seed)["month"].value_counts().astype(float).to_dict()


@pytest.mark.slow
def test_the_red_indicator_goes_with_satisfaction_and_in_nearly_every_town_more_than_any_other() -> None:
    """In a town or two of 60 chance beats it, which is what 32 tries over 12 months will do."""
    tables = [indicators.links(place.csu_kpi(seed), place.user_survey(seed)) for seed in range(60)]
    red = [float(rows.loc[rows["indicator"] == "K31", "correlation"].iloc[0]) for rows in tables]
    assert np.mean(red) == pytest.approx(0.88, abs=0.05)
    assert min(red) > figures()["L10-red-link"].value - figures()["L10-red-link"].tolerance
    assert sum(rows["indicator"].iloc[0] == "K31" for rows in tables) >= 57


@pytest.mark.slow
def test_of_the_other_32_about_one_in_twenty_pass_the_level_of_one_in_twenty() -> None:
    level = indicators.chance_level(12)
    tables = [indicators.links(place.csu_kpi(seed), place.user_survey(seed)) for seed in range(60)]
    passed = [(rows.loc[rows["indicator"] != "K31", "correlation"].abs() >= level).mean() for rows in tables]
    assert 100 * np.mean(passed) == pytest.approx(5, abs=1.5)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_indicator_stands_still_or_passes_what_can_be(seed: int) -> None:
    kpi = place.csu_kpi(seed)
    assert (kpi.groupby("indicator")["value"].nunique() > 2).all()
    assert kpi.loc[kpi["unit"] == "%", "value"].between(0, 100).all()
    assert (kpi["value"] >= 0).all()
    assert not kpi.isna().any().any()


def test_readers_complain_least_of_what_is_measured_most() -> None:
    comments = place.user_survey()["comment_code"]
    assert set(comments) == set(COMMENTS)
    assert comments.value_counts()["late"] == figures()["L10-late"].value == 3
    assert comments.value_counts()["answers-another-question"] == figures()["L10-other-question"].value == 65


def test_the_same_seed_gives_the_same_tables_and_another_seed_others() -> None:
    for table in (place.csu_kpi, place.user_survey, place.csu_costs):
        pd.testing.assert_frame_equal(table(3), table(3))
        assert not table(3).equals(table(4))
    assert [len(place.csu_kpi()), len(place.user_survey()), len(place.csu_costs())] == [33 * 12, 220, 12]
    assert place.csu_kpi()["month"].unique().tolist() == MONTHS == place.csu_costs()["month"].tolist()
    assert len({one.name for one in INDICATORS}) == 33


# ---- methods -------------------------------------------------------------------------------------------------------


def kpi_of(**means: tuple[str, float, float]) -> pd.DataFrame:
    """Indicators by name: which way is better, target, and the value of two months around its mean."""
    rows = [
        (name, name, kind.split()[0], "%", kind.split()[1], target, month, mean + change)
        for name, (kind, target, mean) in means.items()
        for month, change in (("2013-01", 1.0), ("2013-02", -1.0))
    ]
    return pd.DataFrame(rows, columns=list(place.csu_kpi().columns))


def test_green_meets_amber_misses_by_five_in_a_hundred_of_the_target_and_red_by_more() -> None:
    kpi = kpi_of(
        a=("volume higher", 80, 80),
        b=("volume higher", 80, 76),
        c=("accuracy higher", 80, 75.9),
        d=("usefulness lower", 10, 10.5),
        e=("usefulness lower", 10, 10.6),
        f=("usefulness lower", 10, 9),
    )
    assert indicators.ratings(kpi)["rating"].tolist() == ["green", "amber", "red", "amber", "red", "green"]
    assert indicators.share_green(kpi) == pytest.approx(100 * 2 / 6)
    assert indicators.share_of_type(kpi, "usefulness") == pytest.approx(50)


def test_an_unknown_type_is_told_which_there_are() -> None:
    with pytest.raises(ValueError, match=r"type must be one of accuracy, .*, volume \(got 'use'\)"):
        indicators.share_of_type(place.csu_kpi(), "use")


def test_the_cost_of_a_report_that_changed_something_carries_all_the_others() -> None:
    survey = pd.DataFrame({"used_in_decision": list("YNNN"), "minutes": [10, 20, 30, 30]})
    costs = pd.DataFrame({"fee": [300, 100]})
    assert indicators.share_that_changed(survey) == 25
    assert indicators.cost_per_report(costs, survey) == 100
    assert indicators.cost_per_report(costs, indicators.changed_a_decision(survey)) == 400
    assert indicators.cost_per_report(costs, survey.head(0)) == math.inf
    assert indicators.hours_reading(survey) == 1.5


def test_a_correlation_by_hand() -> None:
    """Values 1, 2, 3 and satisfaction 2, 2, 5: covariance 1.5, spreads 1 and √3."""
    months = ["m1", "m2", "m3"]
    kpi = pd.DataFrame({"indicator": ["K"] * 3, "name": ["K"] * 3, "type": ["volume"] * 3})
    kpi = kpi.assign(month=months, value=[1.0, 2.0, 3.0])
    survey = pd.DataFrame({"month": ["m1", "m1", "m2", "m3"], "satisfaction": [1, 3, 2, 5]})
    assert indicators.satisfaction_by_month(survey).tolist() == [2, 2, 5]
    assert indicators.satisfaction_link(kpi, survey, "K") == pytest.approx(1.5 / math.sqrt(3))
    assert indicators.links(kpi, survey)["correlation"].tolist() == [pytest.approx(1.5 / math.sqrt(3))]
    with pytest.raises(ValueError, match="there is no indicator 'X'; the first is 'K'"):
        indicators.satisfaction_link(kpi, survey, "X")


@pytest.mark.parametrize(("months", "printed"), [(5, 0.878), (10, 0.632), (12, 0.576), (20, 0.444), (32, 0.349)])
def test_the_level_of_chance_is_that_of_the_printed_tables(months: int, printed: float) -> None:
    """Critical values of Pearson's r, two-sided 5%, as any book of tables has them."""
    assert indicators.chance_level(months) == pytest.approx(printed, abs=0.0006)


def test_too_few_months_have_no_level() -> None:
    with pytest.raises(ValueError, match=r"months must be at least 4 \(got 3\)"):
        indicators.chance_level(3)


def test_leaving_pays_for_itself_by_hand() -> None:
    assert indicators.break_even(one_off=420, dip=120, saving=28) == pytest.approx(540 / 28)
    assert indicators.break_even(one_off=0, dip=0, saving=5) == 0
    assert indicators.break_even(one_off=420, dip=120, saving=0) == math.inf
    with pytest.raises(ValueError, match=r"one_off must be 0 or more \(got -1\)"):
        indicators.break_even(one_off=-1, dip=0, saving=1)


COSTS = st.integers(0, 900)


@given(COSTS, st.integers(0, 60), st.integers(0, 12), st.integers(1, 60))
def test_the_balance_is_nothing_at_break_even_and_rises_after_the_dip(
    one_off: int, dip: int, months: int, saving: int
) -> None:
    even = indicators.break_even(one_off=one_off, dip=dip * months, saving=saving)
    costs = {"one_off": one_off, "saving": saving, "dip_a_month": dip, "dip_months": months}
    if even >= months:
        assert indicators.balance(even, **costs) == pytest.approx(0, abs=1e-6)
    later = [indicators.balance(month, **costs) for month in range(months, months + 5)]
    assert later == sorted(later)


@given(COSTS, COSTS, st.integers(1, 59))
def test_more_saved_pays_sooner_and_more_spent_later(one_off: int, dip: int, saving: int) -> None:
    months = indicators.break_even(one_off=one_off, dip=dip, saving=saving)
    assert indicators.break_even(one_off=one_off, dip=dip, saving=saving + 1) <= months
    assert indicators.break_even(one_off=one_off, dip=dip + 1, saving=saving) > months


# ---- what is printed -----------------------------------------------------------------------------------------------


def test_the_chapter_prints_these_figures() -> None:
    printed = {
        "L10-green": "31",
        "L10-green-share": "94%",
        "L10-usefulness-share": "9%",
        "L10-delivery-green": "30",
        "L10-changed-share": "18%",
        "L10-cost-report": "£3,600",
        "L10-cost-decision": "£19,800",
        "L10-red-link": "0.90",
        "L10-lucky-link": "0.78",
        "L10-chance-level": "0.58",
        "L10-expected": "1.65",
        "L10-saving": "£28,000",
        "L10-break-even": "19.3",
        "L10-break-even-no-dip": "15",
    }
    assert {name: figures()[name].text for name in printed} == printed


def test_other_seeds_stay_within_what_the_figures_allow() -> None:
    known = figures()
    for seed in range(10):
        survey = place.user_survey(seed)
        comments = survey["comment_code"].value_counts()
        found = {
            "L10-satisfaction": survey["satisfaction"].mean(),
            "L10-hours-unchanged": indicators.hours_reading(survey[survey["used_in_decision"] == "N"]),
            "L10-other-question": comments["answers-another-question"],
            "L10-late": comments["late"],
        }
        for name, value in found.items():
            assert value == pytest.approx(known[name].value, abs=known[name].tolerance), (name, seed)


@pytest.mark.parametrize(
    ("task", "answer", "slip"),
    [
        ("months-met", 36, None),
        ("months-met", 33.3, "colours-for-months"),
        ("months-met", 13, "months-counted"),
        ("months-met", 94, "months-of-all"),
        ("hour-cost", 7500, None),
        ("hour-cost", 3600, "report-for-hour"),
        ("hour-cost", 7.5, "in-thousands"),
        ("use-link", 0.84, None),
        ("use-link", 0.9, "satisfaction-for-use"),
        ("chance-twice", 1.65, "once-for-twice"),
        ("dearest-exit", 552, None),
        ("dearest-exit", 672, "no-dip"),
        ("dearest-exit", 0.81, None),
    ],
)
def test_the_slips_that_people_make_are_named(task: str, answer: float, slip: str | None) -> None:
    verdict = check(task, answer)
    assert verdict.slip == slip
    assert verdict.right == (slip is None and answer != 0.81)


# ---- charts --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tiles() -> Chart:
    return indicators.tiles_chart(place.csu_kpi(), place.user_survey())


def test_a_tile_holds_its_letter_so_that_colour_is_not_needed(tiles: Chart) -> None:
    letters = re.findall(r">([GAR])</text>", tiles.svg)
    assert sorted(letters) == ["A", *["G"] * 31, "R"]
    assert "Usefulness: 1 of 3 green" in tiles.svg
    assert "18% changed a decision" in tiles.svg
    assert len(tiles.table) == 33


def test_what_the_charts_say_is_what_the_data_say(tiles: Chart) -> None:
    assert tiles.takeaway == "Of 33 indicators 31 are green, and 18% of the reports changed a decision."
    links = indicators.links_chart(place.csu_kpi(), place.user_survey())
    assert "goes with satisfaction at 0.90" in links.takeaway
    assert "31 marks lie in it" in links.description
    assert "by luck K08 (Contract queries raised before their deadline) at 0.78." in links.description
    leaving = indicators.leaving_chart()
    assert "after 19.3 months" in leaving.takeaway
    assert leaving.table["Balance (£ thousand)"].min() == -456


def test_the_charts_hold_for_another_town_and_for_a_supplier_that_is_never_worth_leaving() -> None:
    kpi, survey = place.csu_kpi(2013), place.user_survey(2013)
    assert "; and by luck" not in indicators.links_chart(kpi, survey).description
    assert "31 are green" in indicators.tiles_chart(kpi, survey).takeaway
    assert indicators.leaving_chart(saving=0).takeaway.endswith("never pays for itself.")
    assert "It does not reach nothing" in indicators.leaving_chart(saving=10_000).description
    assert "Leaving costs £0k" in indicators.leaving_chart(one_off=0, dip_months=0).takeaway


def test_the_saving_that_the_chart_begins_with_is_that_of_the_bills() -> None:
    assert indicators.saving_a_month(place.csu_costs()) == SAVING

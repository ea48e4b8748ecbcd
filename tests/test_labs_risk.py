"""The lab's methods on tables small enough to check by hand, and on Larkmere, where the truth is known."""

from __future__ import annotations

import math
import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from commissioning import place
from commissioning.labs import figures, risk, tables


@pytest.fixture
def ten() -> pd.DataFrame:
    """Ten people, riskiest first but for a tie; six admissions in year 2, of four people."""
    return pd.DataFrame(
        {
            "risk_score": [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.1],
            "adm_y1": [4, 2, 2, 1, 1, 0, 0, 0, 0, 0],
            "adm_y2": [2, 0, 2, 0, 1, 0, 0, 0, 1, 0],
        }
    )


def test_reach_counts_people_and_their_admissions(ten: pd.DataFrame) -> None:
    assert risk.reach(ten, 30) == risk.Reach(30, 3, 2, 4, pytest.approx(400 / 6), 0.7)


def test_a_list_of_everybody_holds_every_admission(ten: pd.DataFrame) -> None:
    everybody = risk.reach(ten, 100)
    assert (everybody.people, everybody.admissions, everybody.share_of_admissions) == (10, 6, 100)
    assert risk.sensitivity(ten, 100) == 100
    assert risk.positive_predictive_value(ten, 100) == 40


def test_a_list_of_nobody_finds_nobody_and_has_no_predictive_value(ten: pd.DataFrame) -> None:
    nobody = risk.reach(ten, 0)
    assert (nobody.people, nobody.admissions, nobody.share_of_admissions) == (0, 0, 0)
    assert math.isnan(nobody.lowest_score)
    assert risk.sensitivity(ten, 0) == 0
    assert math.isnan(risk.positive_predictive_value(ten, 0))


def test_sensitivity_and_predictive_value_share_their_top(ten: pd.DataFrame) -> None:
    """Three listed, two of them admitted; four admitted in all."""
    assert risk.sensitivity(ten, 30) == pytest.approx(100 * 2 / 4)
    assert risk.positive_predictive_value(ten, 30) == pytest.approx(100 * 2 / 3)


def test_people_who_tie_stay_in_the_tables_order(ten: pd.DataFrame) -> None:
    assert risk.top_of_list(ten, 90).index.tolist() == list(range(9))
    all_alike = ten.assign(risk_score=0.5)
    assert risk.top_of_list(all_alike, 20).index.tolist() == [0, 1]


def test_nobody_admitted_means_no_sensitivity(ten: pd.DataFrame) -> None:
    assert math.isnan(risk.sensitivity(ten.assign(adm_y2=0), 30))
    assert math.isnan(risk.reach(ten.assign(adm_y2=0), 30).share_of_admissions)


def test_many_shares_at_once_say_what_each_says_alone(ten: pd.DataFrame) -> None:
    table = risk.reach_by_share(ten, [0, 30, 100])
    for row in table.itertuples():
        alone = risk.reach(ten, row.share)
        assert (row.people, row.admitted, row.admissions) == (alone.people, alone.admitted, alone.admissions)
        assert row.share_of_admissions == alone.share_of_admissions
    assert table["positive_predictive_value"].tolist()[1:] == pytest.approx([200 / 3, 40])


@pytest.mark.parametrize("share", [-1, 101, 500])
def test_a_share_that_is_no_percentage_is_told_what_is_right(ten: pd.DataFrame, share: float) -> None:
    message = rf"share must be a percentage of the list from 0 to 100, so 5 means 5% \(got {share}\)"
    with pytest.raises(ValueError, match=message):
        risk.reach(ten, share)


def test_an_avoided_admission_costs_whole_matrons(ten: pd.DataFrame) -> None:
    """Three people need two matrons of caseload 2; a quarter of their four admissions is one avoided."""
    cost = risk.cost_per_avoided_admission(ten, 30, effect=25, caseload=2, matron_cost=60_000)
    assert cost == pytest.approx(120_000)


def test_nothing_avoided_costs_without_end(ten: pd.DataFrame) -> None:
    assert risk.cost_per_avoided_admission(ten, 30, effect=0) == math.inf
    with pytest.raises(ValueError, match=r"effect must be a percentage .* so 5 means 5%"):
        risk.cost_per_avoided_admission(ten, 30, effect=-5)


def test_before_and_after_by_hand(ten: pd.DataFrame) -> None:
    """4, 2 and 2 in year 1, 2, 0 and 2 in year 2: from 8/3 to 4/3 each, half."""
    assert risk.before_after_fall(ten) == risk.Change(pytest.approx(8 / 3), pytest.approx(4 / 3), pytest.approx(50), 3)


def test_run_backwards_the_group_is_chosen_by_year_2(ten: pd.DataFrame) -> None:
    """2 and 2 in year 2 were 4 and 2 in year 1: not a fall but a rise of half."""
    assert risk.backwards_fall(ten) == risk.Change(2, 3, -50, 2)


def test_a_group_of_nobody_has_no_fall(ten: pd.DataFrame) -> None:
    empty = risk.before_after_fall(ten, at_least=9)
    assert empty.people == 0
    assert math.isnan(empty.fall)


def test_the_share_of_admissions_follows_the_group_into_year_2(ten: pd.DataFrame) -> None:
    assert risk.share_of_admissions(ten, "adm_y1") == pytest.approx(80)
    assert risk.share_of_admissions(ten, "adm_y2") == pytest.approx(400 / 6)


def test_group_means_carry_the_people_behind_them(ten: pd.DataFrame) -> None:
    table = risk.group_means_by_year1(ten, most=2)
    assert table.columns.tolist() == ["group", "year_1", "year_2", "people"]
    assert table["group"].tolist() == ["0", "1", "2 or more"]
    assert table["year_1"].tolist() == pytest.approx([0, 1, 8 / 3])
    assert table["year_2"].tolist() == pytest.approx([0.2, 0.5, 4 / 3])
    assert table["people"].tolist() == [5, 2, 3]


def test_the_slope_by_hand() -> None:
    """Year 1: 0, 1, 2 with mean 1. Year 2: 0, 0, 1. Sum of products 1 over sum of squares 2."""
    assert risk.slope(pd.DataFrame({"adm_y1": [0, 1, 2], "adm_y2": [0, 0, 1]})) == pytest.approx(0.5)
    assert math.isnan(risk.slope(pd.DataFrame({"adm_y1": [1, 1], "adm_y2": [0, 2]})))


def test_regression_to_the_mean_works_backwards_too() -> None:
    town = place.persons(matron_effect=0.0)
    assert risk.backwards_fall(town).fall == pytest.approx(68, abs=3)


@pytest.fixture
def four_practices() -> pd.DataFrame:
    """Two people with two admissions in year 1 at each of four practices; A and B have a matron."""
    return pd.DataFrame(
        {
            "practice_id": list("AABBCCDD"),
            "matron": list("YYYYNNNN"),
            "adm_y1": [2] * 8,
            "adm_y2": [1, 1, 0, 1, 1, 1, 2, 1],
        }
    )


def test_a_comparison_by_hand(four_practices: pd.DataFrame) -> None:
    """3 admissions of 4 people against 5 of 4: 40% fewer. Residuals ±0.5 in both arms, so each rate has the variance
    2 x 0.5 / 16 = 1/16; relative errors 1/3 and 1/5; t with 2 degrees of freedom (4.30; our series says 4.27)."""
    found = risk.difference_between_practices(four_practices)
    assert (found.people, found.practices) == (8, 4)
    assert found.estimate == pytest.approx(-40)
    margin = 4.27 * math.hypot(1 / 3, 1 / 5)
    assert math.log1p(found.low / 100) == pytest.approx(math.log(0.6) - margin, abs=0.01)
    assert math.log1p(found.high / 100) == pytest.approx(math.log(0.6) + margin, abs=0.01)


def test_people_the_matron_is_not_for_do_not_count(four_practices: pd.DataFrame) -> None:
    healthy = four_practices.assign(adm_y1=0, adm_y2=9, matron="N")
    both = pd.concat([four_practices, healthy], ignore_index=True)
    assert risk.difference_between_practices(both) == risk.difference_between_practices(four_practices)


def test_an_arm_without_admissions_has_an_estimate_but_no_interval(four_practices: pd.DataFrame) -> None:
    found = risk.difference_between_practices(four_practices.assign(adm_y2=[0] * 4 + [1] * 4))
    assert found.estimate == -100
    assert math.isnan(found.low)
    assert math.isnan(found.high)


@pytest.mark.parametrize("practices", [[], ["A", "B"], ["A", "C", "D"]])
def test_too_few_practices_are_refused(four_practices: pd.DataFrame, practices: list[str]) -> None:
    some = four_practices[four_practices["practice_id"].isin(practices)]
    with pytest.raises(ValueError, match="needs at least two practices with a matron and two without"):
        risk.difference_between_practices(some)


@pytest.mark.parametrize(("freedom", "table"), [(5, 2.5706), (10, 2.2281), (23, 2.0687), (120, 1.9799)])
def test_t_agrees_with_the_printed_table(freedom: int, table: float) -> None:
    assert risk.comparisons.t_quantile(0.975, freedom) == pytest.approx(table, abs=0.001)


def test_before_and_after_credits_the_matron_with_what_happened_anyway() -> None:
    town = place.persons()
    offered = town["matron"] == "Y"
    assert risk.before_after_fall(town[offered]).fall == pytest.approx(70, abs=1)
    assert risk.before_after_fall(town[~risk.at_practices_with_matron(town)]).fall == pytest.approx(68, abs=1)


def test_the_fair_comparison_holds_both_the_truth_and_no_effect() -> None:
    fair = risk.difference_between_practices(place.persons())
    assert -9 < fair.estimate < -2
    assert fair.low < -5 < 0 < fair.high
    assert (fair.people, fair.practices) == (3_768, 25)


def test_other_draws_move_the_estimate_and_are_right_on_average() -> None:
    """Draws are numbered from 1 and none is left out; over many the planted 5% fewer comes out."""
    town = place.persons(matron_effect=0.0)
    twenty, many = risk.other_draws(town, effect=-5), risk.other_draws(town, effect=-5, draws=1_000)
    assert len(twenty) == risk.DRAWS == 20
    assert twenty == sorted(twenty)
    assert set(twenty) <= set(many)
    assert twenty[0] < -15
    assert twenty[-1] > 0
    assert sum(many) / len(many) == pytest.approx(-5, abs=1)


def test_a_draw_without_an_effect_or_chance_finds_nothing(four_practices: pd.DataFrame) -> None:
    assert risk.other_draws(four_practices.assign(adm_y2=1), effect=0) == [0.0] * risk.DRAWS


def test_the_fair_comparison_is_right_on_average() -> None:
    """A larger town and a larger effect, so that chance cannot hide the truth."""
    fair = risk.difference_between_practices(place.persons(400_000, seed=1, matron_effect=-0.20))
    assert fair.low < -20 < fair.high < -10


def test_dispersion_is_nothing_beyond_chance_or_what_is_left_over() -> None:
    """0, 0, 0 and 4: mean 1, variance 4, so (4 - 1) / 1. Alike counts vary less than chance."""
    assert risk.dispersion([0, 0, 0, 4]) == pytest.approx(3)
    assert risk.dispersion([1, 1, 1]) == 0


def test_the_number_needed_for_a_power_has_that_power() -> None:
    for change in (-5, -15, -50, 20):
        needed = risk.sample_size(0.73, change, dispersion=0.48)
        equal = {"offered": needed, "others": needed, "dispersion": 0.48}
        assert 0.80 <= risk.power(0.73, change, **equal) < 0.81
        fewer = equal | {"offered": needed // 2}
        assert risk.power(0.73, change, **fewer) < 0.80
    with pytest.raises(ValueError, match="at least one person"):
        risk.power(0.73, -5, offered=0, others=10, dispersion=0.48)


def test_one_matrons_trial_has_the_power_that_the_chapter_prints() -> None:
    """Six practices against six, eight people named at each, a halving: 2,000 draws, judged as the lab does."""
    town = place.persons(matron_effect=0.0)
    bad_year = town[town["adm_y1"] >= 2]
    practices = [year_2.to_numpy() for _, year_2 in bad_year.groupby("practice_id", observed=True)["adm_y2"]]
    draws, shown = np.random.default_rng(6), 0
    for _ in range(2_000):
        twelve = [draws.choice(practices[n], 8, replace=False) for n in draws.permutation(len(practices))[:12]]
        visited = np.array([draws.binomial(admissions, 0.5).sum() for admissions in twelve[:6]])
        others = np.array([admissions.sum() for admissions in twelve[6:]])
        errors = [math.sqrt(6 * arm.var(ddof=1)) / arm.sum() for arm in (visited, others)]
        shown += math.log(visited.sum() / others.sum()) + 2.228 * math.hypot(*errors) < 0
    assert 100 * shown / 2_000 == pytest.approx(figures()["L6-one-matron"].value, abs=4)


def test_drawing_practices_costs_power() -> None:
    one_by_one = {"offered": 48, "others": 48, "dispersion": 0.48}
    assert risk.power(0.73, -50, **one_by_one, practices=12) < risk.power(0.73, -50, **one_by_one)
    with pytest.raises(ValueError, match="practices must be 7 or more"):
        risk.power(0.73, -50, **one_by_one, practices=6)


def test_sample_size_by_hand() -> None:
    """(1.96 + 0.84)^2 = 7.849; 1/1 + 1/0.5 + 2 x 0.5 = 4; ln(0.5)^2 = 0.4805; 65.3, so 66 people in each arm."""
    assert risk.sample_size(1.0, -50, dispersion=0.5) == 66
    assert risk.sample_size(1.0, -50, dispersion=0.5, design_effect=2) == 131
    assert risk.sample_size(1.0, -50, dispersion=0.5, power=0.9) > 66


def test_larkmere_is_too_small_to_settle_the_matter() -> None:
    needed = risk.sample_size(0.73, -5, dispersion=0.48)
    assert needed == pytest.approx(11_200, rel=0.02)
    assert needed > 5 * risk.difference_between_practices(place.persons()).people / 2


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"rate": 0}, r"rate must be above 0, in admissions per person per year \(got 0\)"),
        ({"change": 0}, r"change must be a percentage above -100 and not 0; -5 means 5% fewer \(got 0\)"),
        ({"change": -100}, "change must be a percentage above -100"),
        ({"power": 80}, r"power must lie between 0 and 1, so 0.8 means 80% \(got 80\)"),
        ({"design_effect": 0.5}, "design_effect must be 1 or more"),
    ],
)
def test_a_trial_that_makes_no_sense_is_told_what_would(wrong: dict[str, float], message: str) -> None:
    right = {"rate": 0.7, "change": -5, "dispersion": 0.5}
    with pytest.raises(ValueError, match=message):
        risk.sample_size(**(right | wrong))  # type: ignore[arg-type]


def test_nobodys_town_is_drawn_whole_and_says_so() -> None:
    whole = risk.year_by_year_chart(place.persons(matron_effect=0.0), nobody_called=True)
    assert whole.table["People"].sum() == place.larkmere.PATIENTS
    assert whole.note == "Larkmere, synthetic data. The whole town, with no matron."
    half = risk.year_by_year_chart(place.persons())
    assert half.table["People"].sum() < place.larkmere.PATIENTS
    assert half.note == "Larkmere, synthetic data. Practices without a matron."


def test_the_picture_of_practices_draws_the_interval_and_the_line_of_no_difference() -> None:
    fair, picture = risk.difference_between_practices(place.persons()), risk.practices_chart(place.persons())
    drawn = [row for rows in picture.spec["datasets"].values() for row in rows]
    assert {"x": round(fair.low, 2), "end": round(fair.high, 2), "y": 0.7} in drawn
    assert any(row.get("text") == "No difference" and row["x"] == 0 for row in drawn)
    assert [row["text"] for row in drawn if str(row.get("text")).endswith("%")] == ["−16%", "+8%", "−5%"]
    assert "The line crosses the bar." in picture.description


def test_the_table_of_practices_sets_each_against_the_average_without_a_matron() -> None:
    table = risk.practices_chart(place.persons()).table
    assert len(table) == 25
    without = table[table["Matron"] == "No matron"]
    average = without["Admissions, year 2"].sum() / without["People"].sum()
    for row in table.to_dict("records"):
        each = row["Admissions, year 2"] / row["People"]
        assert row["Difference (%)"] == round(100 * (each / average - 1))


def test_the_numbers_do_without_the_charts() -> None:
    """Altair is slow to load; `commissioning check` looks up figures and must stay quick."""
    code = "import sys; from commissioning.labs import figures; print('altair' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


# ---- figures and tables ---------------------------------------------------------------------------------------------

PRINTED = {
    "L6-people": "3,768",
    "L6-before": "2.28",
    "L6-after": "0.73",
    "L6-fall": "68%",
    "L6-share-before": "34%",
    "L6-share-after": "11%",
    "L6-any": "8.1%",
    "L6-slope": "0.29",
    "L6-lab-slope": "0.29",
    "L6-with-fall": "70%",
    "L6-without-fall": "68%",
    "L6-fair-effect": "−5%",
    "L6-fair-low": "−16%",
    "L6-fair-high": "8%",
    "L6-true-effect": "−5%",
    "L6-other-draws": "20",
    "L6-other-draws-low": "−19%",
    "L6-other-draws-high": "5%",
    "L6-top-half-reach": "6%",
    "L6-break-even": "42%",
    "L6-children-people": "173",
    "L6-children-before": "2.23",
    "L6-children-after": "0.54",
    "L6-children-fall": "76%",
    "L6-needed": "11,191",
    "L6-needed-alike": "13,094",
    "L6-needed-large": "1,363",
    "L6-one-matron": "48%",
    "L6-top-5-cost": "£39,000",
}


@pytest.mark.parametrize(("name", "text"), PRINTED.items())
def test_a_figure_prints_as_the_chapter_prints_it(name: str, text: str) -> None:
    assert figures()[name].text == text


def test_every_figure_says_what_it_means_and_how_far_it_may_move() -> None:
    for name, figure in figures().items():
        assert figure.meaning.strip(), name
        assert figure.tolerance >= 0, name
        assert math.isfinite(figure.value), name


def test_every_figures_id_is_one_that_a_page_can_link_to() -> None:
    for name in figures():
        assert re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", name), name


def test_the_shortest_list_pays_for_itself_at_about_four_in_ten() -> None:
    """25 matrons at £60,000 cost what 636 admissions do (£12.5 billion over 5.3 million), of 1,532 on the list."""
    saved = 0.415 * risk.reach(place.persons(matron_effect=0.0), 0.5).admissions
    assert saved * 12.5e9 / 5.3e6 == pytest.approx(25 * 60_000, rel=0.01)


def test_the_table_of_the_list_counts_what_reach_counts() -> None:
    table, town = tables()["risk-reach"], place.persons(matron_effect=0.0)
    assert table["over"] == [half / 2 for half in range(1, 41)]
    for share in (0.5, 5.0, 20.0):
        row = table["over"].index(share)
        alone = risk.reach(town, share)
        assert [table["columns"][name][row] for name in ("people", "admissions", "admitted")] == [
            alone.people,
            alone.admissions,
            alone.admitted,
        ]
        assert table["columns"]["reach"][row] == pytest.approx(alone.share_of_admissions, abs=0.005)


def test_a_longer_list_never_holds_fewer() -> None:
    for values in tables()["risk-reach"]["columns"].values():
        assert values == sorted(values)

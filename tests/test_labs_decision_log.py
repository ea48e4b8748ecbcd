"""The lab's methods on a log small enough to check by hand, and on Larkmere's, where the truth is known."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning import place
from commissioning.labs import decision_log, figures, tables
from commissioning.labs.checks import check
from commissioning.place.decision_log import LED, topics

SEEDS = (place.DEFAULT_SEED, *range(20))

# ---- what is planted -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_the_median_hangs_on_the_lead_and_not_on_the_number_of_bodies(seed: int) -> None:
    groups = decision_log.by_lead(place.decisions(seed))
    assert groups["median_days"].tolist() == pytest.approx([31, 64], abs=1)
    assert groups["slope"].tolist() == pytest.approx([0, 0], abs=1)
    assert groups["decisions"].tolist() == [62, 58]


@pytest.mark.parametrize("seed", SEEDS)
def test_all_together_each_body_seems_to_cost_five_days(seed: int) -> None:
    assert decision_log.slope(place.decisions(seed)) == pytest.approx(5.1, abs=0.5)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_quarter_is_reversed_without_a_lead_and_a_twelfth_with_one(seed: int) -> None:
    groups = decision_log.by_lead(place.decisions(seed))
    assert groups["reversed"].tolist() == [5, 14]
    assert groups["reversed_share"].round().tolist() == [8, 24]


@pytest.mark.parametrize("seed", SEEDS[:5])
def test_the_more_bodies_the_more_seldom_there_is_a_lead(seed: int) -> None:
    rows = decision_log.by_bodies(place.decisions(seed))
    assert rows["n_bodies"].tolist() == [2, 3, 4, 5, 6, 7]
    assert rows["led_share"].is_monotonic_decreasing
    led = place.decisions(seed).groupby("n_bodies")["single_lead"].agg(lambda lead: (lead == "Y").sum())
    assert led.to_dict() == LED


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_each_half_of_the_log_has_both_kinds_and_says_the_same(seed: int) -> None:
    log = place.decisions(seed)
    for half in (log.head(60), log.tail(60)):
        groups = decision_log.by_lead(half)
        assert groups["decisions"].tolist() == [31, 29]
        assert groups["slope"].abs().max() < 2
        assert decision_log.slope(half) > 3


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_just_three_decisions_are_not_for_one_lead_and_their_topic_says_why(seed: int) -> None:
    joint = place.decisions(seed, truth=True).query("joint")
    assert len(joint) == 3
    assert joint["n_bodies"].tolist() == [2, 2, 2]
    told = joint.set_index("topic")[["single_lead", "reversed_6m"]]
    for topic, lead, undone in (
        ("Joint strategic needs assessment (the group's planner offers to lead)", "N", "N"),
        ("Price paid to practices for minor surgery (a partner in one to lead)", "Y", "Y"),
        ("Appeal against refused funding (the doctor who refused it to lead)", "Y", "Y"),
    ):
        assert told.loc[topic].tolist() == [lead, undone]


def test_only_decisions_of_two_bodies_say_more_about_themselves_and_five_of_them_mislead() -> None:
    said = place.decisions(truth=True)
    bracketed = said[said["topic"].str.contains("(", regex=False)]
    assert set(bracketed["n_bodies"]) == {2}
    assert bracketed["joint"].value_counts().to_dict() == {False: 5, True: 3}


def test_every_topic_comes_once_and_the_truth_is_in_no_learners_copy() -> None:
    assert sum(len(some) for some in topics().values()) == len(place.decisions()) == 120
    assert place.decisions()["topic"].is_unique
    assert "joint" not in place.decisions()


def test_the_same_seed_keeps_the_same_log_and_another_seed_another() -> None:
    pd.testing.assert_frame_equal(place.decisions(3), place.decisions(3))
    assert place.decisions(3)["days"].tolist() != place.decisions(4)["days"].tolist()


def test_larger_tables_decide_about_more_money_and_nothing_takes_no_time() -> None:
    log = place.decisions()
    assert log.groupby("n_bodies")["value_k"].median().is_monotonic_increasing
    assert log["days"].min() >= 7
    assert log["value_k"].min() > 0


# ---- the methods ---------------------------------------------------------------------------------------------------


@pytest.fixture
def six() -> pd.DataFrame:
    """Led: 10 days with 2 bodies, 10 with 3, 10 with 4. Not led: 50 days with 3, 50 with 4, 50 with 5."""
    return pd.DataFrame(
        {
            "n_bodies": [2, 3, 4, 3, 4, 5],
            "single_lead": list("YYYNNN"),
            "days": [10, 10, 10, 50, 50, 50],
            "reversed_6m": list("NNYYYN"),
        }
    )


def test_the_slope_by_hand(six: pd.DataFrame) -> None:
    """Bodies from their mean 3.5: -1.5, -0.5, 0.5, -0.5, 0.5, 1.5, squares 5.5. With days: 20 x (1.5 + 0.5 - 0.5 - 0.5
    + 0.5 + 1.5) = 60. So 60 / 5.5 = 10.9 days for each further body, and none within either group."""
    assert decision_log.slope(six) == pytest.approx(60 / 5.5)
    assert decision_log.slope(decision_log.led(six)) == 0
    assert decision_log.slope(decision_log.not_led(six)) == 0


def test_the_line_passes_through_the_means(six: pd.DataFrame) -> None:
    first, last = decision_log.crossing(six)
    assert (first + last) / 2 == pytest.approx(30)
    assert last - first == pytest.approx(3 * 60 / 5.5)


@given(days=st.lists(st.integers(1, 200), min_size=6, max_size=6), more=st.integers(0, 50))
def test_days_added_to_every_decision_leave_the_slope_alone(days: list[int], more: int) -> None:
    log = pd.DataFrame({"n_bodies": [2, 3, 4, 5, 6, 7], "days": days})
    later = log.assign(days=log["days"] + more)
    assert decision_log.slope(later) == pytest.approx(decision_log.slope(log), abs=1e-9)
    assert decision_log.slope(log.assign(days=2 * log["days"])) == pytest.approx(2 * decision_log.slope(log), abs=1e-9)


def test_as_many_bodies_throughout_have_no_slope(six: pd.DataFrame) -> None:
    assert math.isnan(decision_log.slope(six.assign(n_bodies=3)))


def test_the_groups_by_hand(six: pd.DataFrame) -> None:
    groups = decision_log.by_lead(six)
    assert groups["group"].tolist() == ["One named lead", "No named lead"]
    assert groups["median_days"].tolist() == [10, 50]
    assert groups["reversed"].tolist() == [1, 2]
    assert groups["reversed_share"].tolist() == pytest.approx([100 / 3, 200 / 3])


def test_bodies_by_hand(six: pd.DataFrame) -> None:
    rows = decision_log.by_bodies(six).set_index("n_bodies")
    assert rows["decisions"].to_dict() == {2: 1, 3: 2, 4: 2, 5: 1}
    assert rows["led_share"].to_dict() == {2: 100, 3: 50, 4: 50, 5: 0}
    assert rows.loc[3, ["median", "median_led", "median_not_led"]].tolist() == [30, 10, 50]
    assert math.isnan(rows.loc[5, "median_led"])


def test_no_decisions_have_no_share_reversed(six: pd.DataFrame) -> None:
    assert math.isnan(decision_log.reversed_share(six.head(0)))


# ---- what is printed and what is marked ----------------------------------------------------------------------------

PRINTED = {
    "L3-decisions": "120",
    "L3-crude-slope": "5.0",
    "L3-half": "60",
    "L3-half-slope": "4.3",
    "L3-half-led-median": "33",
    "L3-half-not-led-median": "64",
    "L3-line-2": "38",
    "L3-line-7": "63",
    "L3-median": "44",
    "L3-led": "62",
    "L3-led-median": "31",
    "L3-led-slope": "−0.1",
    "L3-led-reversed-share": "8%",
    "L3-not-led": "58",
    "L3-not-led-median": "64",
    "L3-not-led-slope": "−0.3",
    "L3-not-led-reversed-share": "24%",
    "L3-led-of-2": "86%",
    "L3-led-of-7": "18%",
    "L3-of-2": "22",
}


@pytest.mark.parametrize(("name", "text"), PRINTED.items())
def test_the_figures_are_what_the_chapter_prints(name: str, text: str) -> None:
    assert figures()[name].text == text


def test_the_explorers_table_counts_what_the_log_counts() -> None:
    table = tables()["decisions-by-bodies"]
    assert table["over"] == [2, 3, 4, 5, 6, 7]
    assert sum(table["columns"]["decisions"]) == 120
    assert table["columns"]["led"][0] == pytest.approx(100 * 19 / 22, abs=0.1)


def test_a_flat_slope_is_right_however_it_is_rounded() -> None:
    for task, answers in {"led-slope": (-0.1, -0.13), "not-led-slope": (-0.3, -0.29)}.items():
        assert all(check(task, answer).right for answer in answers), task


# ---- the charts ----------------------------------------------------------------------------------------------------


def test_the_pictures_hold_every_decision_and_its_table_every_topic() -> None:
    for drawn in (decision_log.crowd_chart(place.decisions()), decision_log.days_chart(place.decisions())):
        assert len(drawn.table) == 120
        assert drawn.table["Topic"].str.contains("the group.s planner offers to lead").sum() == 1


def test_the_picture_of_both_groups_prints_both_medians_twice() -> None:
    drawn = decision_log.days_chart(place.decisions())
    assert "median 31 days" in drawn.svg
    assert "median 64 days" in drawn.svg
    assert all(f">{days}<" in drawn.svg for days in (31, 64))


def test_the_picture_of_the_crowd_prints_both_ends_of_its_line() -> None:
    drawn = decision_log.crowd_chart(place.decisions())
    assert all(f">{days}<" in drawn.svg for days in (38, 63))
    assert "about 5.0 more days" in drawn.takeaway

"""The lab's methods on numbers small enough to check by hand, and on Larkmere's contracts, where the truth is known."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning import place
from commissioning.labs import figures, risk_share
from commissioning.labs.checks import check
from commissioning.labs.risk_share.figures import GENERAL, LAST, MID_VALE, NEXT_DOOR
from commissioning.labs.risk_share.meetings import chance_of_gap
from commissioning.place.ledger import SPENDING
from commissioning.place.workshops import TOLD, UNTOLD

SEEDS = (place.DEFAULT_SEED, *range(20))
MONEY = st.floats(1_000, 60_000)
SHARES = st.floats(0, 100)

# ---- what is planted -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_every_years_work_is_what_was_planted(seed: int) -> None:
    table = place.contract_activity(seed)
    years = table.groupby(["hospital", "kind", "year"])["value_k"].sum().unstack()
    assert years.loc[(GENERAL, "emergency")].tolist() == [42_000, 43_400, 44_300]
    assert years.loc[(GENERAL, "planned")].tolist() == [30_000, 30_600, 29_400]
    assert years.loc[(NEXT_DOOR, "emergency")].tolist() == [3_100, 2_000, 2_000]
    assert years.loc[(MID_VALE, "emergency")].tolist() == [27_000, 28_400, 30_300]
    assert (table.groupby(["hospital", "kind", "year"]).size() == 12).all()
    assert (table[["admissions", "value_k"]] > 0).all(axis=None)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_smaller_looking_quarrel_is_the_larger_in_larkmere_and_the_other_way_round_in_mid_vale(seed: int) -> None:
    """It could have come out otherwise, and next door it did: the same two shares, another year, nearer baselines."""
    larger = {}
    for hospital in (GENERAL, MID_VALE):
        work = risk_share.done(place.contract_activity(seed), hospital, "emergency", LAST)
        (low, high), shares = risk_share.quarrel(place.contract_offers(seed), hospital, "emergency")
        assert shares == (30, 50)
        by_share = risk_share.share_moves(work, low, shares)
        by_baseline = risk_share.baseline_moves(work, (low, high), shares[0])
        larger[hospital] = by_share > by_baseline
        assert larger[hospital] == (work > risk_share.break_even((low, high), shares))
    assert larger == {GENERAL: False, MID_VALE: True}


@pytest.mark.parametrize("seed", SEEDS)
def test_most_of_the_generals_growth_is_people_who_went_next_door_before(seed: int) -> None:
    activity = place.contract_activity(seed)
    year = {
        name: [risk_share.done(activity, hospital, "emergency", when) for when in ("2012/13", "2013/14")]
        for name, hospital in (("general", GENERAL), ("next door", NEXT_DOOR))
    }
    grew, fell = year["general"][1] - year["general"][0], year["next door"][0] - year["next door"][1]
    assert (grew, fell) == (1_400, 1_100)
    (low, high), _ = risk_share.quarrel(place.contract_offers(seed), GENERAL, "emergency")
    assert abs(low + fell - high) < abs(low + fell - low)


@pytest.mark.parametrize("seed", SEEDS)
def test_who_came_is_what_was_planted_in_seats_and_in_people(seed: int) -> None:
    meetings, groups = place.design_meetings(seed), place.design_groups(seed)
    seats = risk_share.seats_filled(meetings).round(0)
    assert seats.loc[TOLD].tolist() == [78, 60]
    assert seats.loc[UNTOLD].tolist() == [78, 41]
    people = risk_share.still_coming(meetings, groups)[["asked", "joined", "gone", "still"]]
    assert people.loc[TOLD].tolist() == [33, 24, 5, 19]
    assert people.loc[UNTOLD].tolist() == [26, 24, 10, 14]
    stayers = risk_share.came_of_those_still_coming(meetings)
    assert pytest.approx([stayers[TOLD], stayers[UNTOLD]]) == [100 * 130 / (19 * 9), 100 * 89 / (14 * 9)]
    before = meetings[meetings["meeting"] < 0]
    assert (before["attended"] == "Y").groupby(before["clinician"]).any().all()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_gap_of_those_who_joined_is_not_there_among_those_who_were_asked(seed: int) -> None:
    people = risk_share.still_coming(place.design_meetings(seed), place.design_groups(seed))
    joined, asked = (people.loc[TOLD, name] - people.loc[UNTOLD, name] for name in ("of_joined_pct", "of_asked_pct"))
    assert joined > 20
    assert 0 < asked < 5


def test_emergency_and_planned_work_leave_the_contract_room_for_clinics() -> None:
    """Of Larkmere's money for acute care in 2012/13: more than half is these two, and not all of it."""
    series = place.spend_series()
    hospital = 1000 * float(series.query("year == '2012/13' and sector == 'Hospital'")["cash_m"].iloc[0])
    assert 0.5 < (42_000 + 30_000 + 3_100) / hospital < 0.8
    assert "Acute care" not in SPENDING


def test_the_same_seed_keeps_the_same_tables_and_another_seed_others() -> None:
    for table in (place.contract_activity, place.design_meetings):
        pd.testing.assert_frame_equal(table(3), table(3))
        assert not table(3).equals(table(4))
    for table in (place.contract_offers, place.design_groups):
        pd.testing.assert_frame_equal(table(3), table(4))


# ---- the methods ---------------------------------------------------------------------------------------------------


def test_pay_by_hand() -> None:
    """110 of work against 100 planned: 110 at its price, 103 at 30% beyond, 100 fixed; and 90 of work, 97."""
    assert [risk_share.paid(110, 100, share) for share in (100, 30, 0)] == [110, 103, 100]
    assert risk_share.paid(90, 100, 30) == 97


def test_what_is_left_by_hand() -> None:
    """Ten more cost 6. Paid 10, 3 or nothing for them, the hospital is left with 4, -3 or -6; of ten fewer, 3."""
    assert [risk_share.left_to_hospital(110, 100, share) for share in (100, 30, 0)] == pytest.approx([4, -3, -6])
    assert risk_share.left_to_hospital(90, 100, 30) == pytest.approx(3)
    assert risk_share.left_to_hospital(110, 100, 60) == 0
    assert risk_share.left_to_hospital(110, 100, 30, cost_pct=30) == 0


def test_two_quarrels_by_hand() -> None:
    """110 of work. 30 or 50% of the 10 beyond 100: 3 or 5. A baseline of 104 pays 105.8 against 103: 2.8 more."""
    assert risk_share.share_moves(110, 100, (30, 50)) == pytest.approx(2)
    assert risk_share.baseline_moves(110, (100, 104), 30) == pytest.approx(2.8)
    assert risk_share.break_even((100, 104), (30, 50)) == pytest.approx(114)


@given(MONEY, MONEY, st.floats(1, 2_000), st.floats(0, 80), st.floats(1, 20))
def test_at_the_break_even_both_quarrels_move_as_much(
    work: float, low: float, apart: float, share: float, more: float
) -> None:
    baselines, shares = (low, low + apart), (share, share + more)
    even = risk_share.break_even(baselines, shares)
    assert risk_share.share_moves(even, low, shares) == pytest.approx(
        risk_share.baseline_moves(even, baselines, share), rel=1e-6, abs=1e-6
    )
    moved = risk_share.baseline_moves(work, baselines, share)
    assert moved == pytest.approx(apart * (1 - share / 100), rel=1e-6, abs=1e-6)


@given(MONEY, MONEY, SHARES)
def test_what_one_side_does_not_pay_for_the_other_bears(work: float, baseline: float, share: float) -> None:
    """Pay less what the work costs is what is left, whatever the rule."""
    cost = 0.6 * (work - baseline)
    left = risk_share.left_to_hospital(work, baseline, share)
    assert risk_share.paid(work, baseline, share) - baseline - cost == pytest.approx(left, abs=1e-6)


@given(st.integers(1, 6), st.integers(1, 6), st.data())
def test_the_chance_of_a_gap_is_that_of_every_deal_counted_one_by_one(
    first: int, second: int, data: st.DataObject
) -> None:
    stayed = data.draw(st.integers(0, first)), data.draw(st.integers(0, second))
    people, kept = range(first + second), sum(stayed)
    wide = abs(stayed[0] / first - stayed[1] / second)
    deals = list(combinations(people, kept))
    as_wide = 0
    for deal in deals:
        ours = sum(person < first for person in deal)
        as_wide += abs(ours / first - (kept - ours) / second) >= wide - 1e-12
    assert chance_of_gap(stayed, (first, second)) == pytest.approx(as_wide / len(deals))


def test_what_is_not_there_is_named() -> None:
    activity, offered = place.contract_activity(), place.contract_offers()
    with pytest.raises(
        LookupError, match="there is no emergency work at Eastbank in 2014/15 here: there is Larkmere Gen"
    ):
        risk_share.done(activity, "Eastbank", "emergency", "2014/15")
    with pytest.raises(LookupError, match="there are no offers for emergency work at North Vale's hospital"):
        risk_share.offers(offered, NEXT_DOOR, "emergency")
    with pytest.raises(ValueError, match="no more can stay than were there"):
        risk_share.chance_of_gap((25, 3), (24, 24))


# ---- what is printed and checked -----------------------------------------------------------------------------------


def test_the_figures_that_the_chapter_prints() -> None:
    printed = {name: figure.text for name, figure in figures().items() if name.startswith("L12-")}
    expected = {
        "L12-work": "£44,300,000",
        "L12-share-moves": "£460,000",
        "L12-baseline-moves": "£880,000",
        "L12-break-even": "£46,400,000",
        "L12-paid-share": "£42,690,000",
        "L12-left-share": "−£690,000",
        "L12-moved": "£1,100,000",
        "L12-fair": "£43,100,000",
        "L12-told-after": "60%",
        "L12-untold-after": "41%",
        "L12-told-of-asked": "58%",
        "L12-untold-of-asked": "54%",
        "L12-chance-joined": "21%",
        "L12-bare-share-moves": "£660,000",
        "L12-bare-baseline-moves": "£140,000",
    }
    assert {name: printed[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("task", "number", "slip"),
    [
        ("half-fixed-sum", -1_200, "sign-turned"),
        ("half-at-half", 14_700, "share-of-it-all"),
        ("half-at-half", 31_200, "added-on"),
        ("half-asked", 79.2, "of-those-who-joined"),
        ("half-asked", 60.2, "seats-and-not-people"),
        ("bare-share-quarrel", 6_060, "of-all-the-work"),
        ("bare-share-quarrel", 620, "beyond-the-other-baseline"),
        ("bare-baseline-quarrel", 200, "share-forgotten"),
        ("bare-baseline-quarrel", 60, "the-shared-part"),
        ("bare-turning", 28_000, "share-forgotten"),
        ("bare-turning", 700, "beyond-and-not-whole"),
        ("bare-hospital-left", 990, "pay-without-cost"),
        ("bare-hospital-left", -1_980, "cost-without-pay"),
    ],
)
def test_slips_worked_out_by_hand_are_known(task: str, number: float, slip: str) -> None:
    assert check(task, number).slip == slip


@pytest.mark.parametrize(
    ("task", "answer"),
    [
        ("half-fixed-sum", 1_200),
        ("half-at-half", 30_000),
        ("half-asked", 57.6),
        ("bare-share-quarrel", 660),
        ("bare-baseline-quarrel", 140),
        ("bare-turning", 27_700),
        ("bare-hospital-left", -990),
    ],
)
def test_answers_worked_out_by_hand_are_right(task: str, answer: float) -> None:
    assert check(task, answer).right

"""The lab's methods on tables small enough to check by hand, and on Larkmere's, where what was planted is known."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning import place
from commissioning.labs import figures
from commissioning.labs import weights as methods
from commissioning.labs.checks import check
from commissioning.place.proposals import CRITERIA, EACH, NAMES, ROLES

SEEDS = (place.DEFAULT_SEED, *range(20))
KEYS = list(CRITERIA)


def of(seed: int, who: str) -> tuple[pd.DataFrame, pd.Series[float]]:
    return methods.of_scorers(place.proposal_scores(seed), who), methods.mean_weights(place.panel_weights(seed))


# ---- what is planted -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_a_little_more_weight_on_fairness_puts_the_hostel_nurse_before_the_classes(seed: int) -> None:
    scores, weights = of(seed, "staff")
    turns = methods.flips(scores, weights, "fairness")
    assert turns["first"].tolist()[:2] == ["lung-classes", "hostel-nurse"]
    assert 0 < turns["at"].iloc[1] - weights["fairness"] < 0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_two_proposals_are_first_at_no_weights_in_the_staffs_scores_one_of_them_beaten_by_no_single_other(
    seed: int,
) -> None:
    scores, _ = of(seed, "staff")
    assert set(methods.dominated(scores)) == {"virtual-hub"}
    assert set(methods.beaten_by_two(scores)) == {"virtual-hub", "advice-by-email"}


@pytest.mark.parametrize("seed", SEEDS)
def test_no_single_proposal_beats_the_hub_in_the_patients_scores(seed: int) -> None:
    scores, weights = of(seed, "patients")
    assert "virtual-hub" not in methods.dominated(scores)
    assert methods.first(scores, weights) == "falls-classes"


@pytest.mark.parametrize("seed", SEEDS)
def test_scores_move_the_first_place_more_than_people_do_and_with_the_patients_narrow_ranges_less(seed: int) -> None:
    """It could have come out either way, and on the second set of scores it does."""
    people, table, kept = place.panel_weights(seed), place.proposal_scores(seed), {}
    for who in ("staff", "patients"):
        scores, weights = of(seed, who)
        agree = methods.agreeing(scores, people, methods.first(scores, weights)) / len(people)
        kept[who] = (methods.stays_first(table, who, weights), agree)
    assert kept["staff"][0] < kept["staff"][1]
    assert kept["patients"][0] > kept["patients"][1]


@pytest.mark.parametrize("seed", SEEDS)
def test_forty_people_keep_to_the_scale_and_each_role_to_its_middle(seed: int) -> None:
    people = place.panel_weights(seed)
    assert len(people) == 40
    assert people["person"].is_unique
    assert people[KEYS].to_numpy().min() > 0
    assert people[KEYS].to_numpy().max() <= 100
    means = people.groupby("role")[KEYS].mean()
    for role, middle in ROLES.items():
        assert means.loc[role].tolist() == list(middle)
    assert people.groupby("role").size().tolist() == [EACH] * len(ROLES)


@pytest.mark.parametrize("seed", SEEDS)
def test_scores_are_in_order_and_complete(seed: int) -> None:
    table = place.proposal_scores(seed)
    assert len(table) == 2 * len(NAMES) * len(CRITERIA)
    assert (table["low"] <= table["likely"]).all()
    assert (table["likely"] <= table["high"]).all()
    assert table["low"].min() >= 0
    assert table["high"].max() <= 100
    wide = (table["high"] - table["low"]).groupby(table["scored_by"]).mean()
    assert wide["patients"] < wide["staff"]


def test_the_same_seed_keeps_the_same_tables_and_another_seed_others() -> None:
    for table in (place.proposal_scores, place.panel_weights):
        pd.testing.assert_frame_equal(table(3), table(3))
        assert not table(3).equals(table(4))


# ---- the methods ---------------------------------------------------------------------------------------------------


def small(rows: dict[str, tuple[float, float]]) -> pd.DataFrame:
    """A table in which only health and fairness differ; the other four are 50 for all."""
    return pd.DataFrame({name: [*pair, 50, 50, 50, 50] for name, pair in rows.items()}, index=KEYS).T.astype(float)


EVEN = pd.Series([0.4, 0.2, 0.1, 0.1, 0.1, 0.1], index=KEYS)


def test_a_value_by_hand() -> None:
    """A: 0.4 * 80 + 0.2 * 10 + 0.4 * 50 = 54. B: 0.4 * 30 + 0.2 * 90 + 20 = 50."""
    scores = small({"A": (80, 10), "B": (30, 90)})
    assert methods.values(scores, EVEN).to_dict() == pytest.approx({"A": 54, "B": 50})
    assert methods.first(scores, EVEN) == "A"


def test_a_flip_by_hand() -> None:
    """Without fairness A has 0.5 * 80 + 25 = 65 and B 0.5 * 30 + 25 = 40; with fairness alone 10 and 90. They meet at
    25 / (25 + 80) = 23.8%."""
    scores = small({"A": (80, 10), "B": (30, 90)})
    turns = methods.flips(scores, EVEN, "fairness")
    assert turns["first"].tolist() == ["A", "B"]
    assert turns["at"].tolist() == pytest.approx([0, 25 / 105])
    assert methods.flip_above(scores, EVEN, "fairness") == pytest.approx(25 / 105)
    assert methods.flip_above(scores, EVEN, "cost") is None


def test_other_weights_keep_their_proportions_and_all_add_up_to_one() -> None:
    new = methods.moved(EVEN, "fairness", 0.6)
    assert new.sum() == pytest.approx(1)
    assert new["health"] / new["ease"] == pytest.approx(4)
    with pytest.raises(LookupError, match="there is no criterion 'kindness': it must be one of health"):
        methods.moved(EVEN, "kindness", 0.5)


def test_beaten_by_one_and_by_two_by_hand() -> None:
    """C (40, 40) is under neither A nor B, and half of each is (50, 50). D (20, 5) is under A."""
    scores = small({"A": (80, 10), "B": (20, 90), "C": (40, 40), "D": (20, 5), "E": (50, 60)})
    assert methods.dominated(scores) == {"C": ["E"], "D": ["A", "B", "C", "E"]}
    without = scores.drop("E")
    assert methods.dominated(without) == {"D": ["A", "B", "C"]}
    assert methods.beaten_by_two(without)["C"][:2] == ("A", "B")
    assert "A" not in methods.beaten_by_two(without)
    assert "E" not in methods.beaten_by_two(scores.drop(["C", "D"]))


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=3, max_size=6))
def test_what_two_beat_between_them_is_ahead_at_no_weights(pairs: list[tuple[int, int]]) -> None:
    scores = small({f"P{at}": pair for at, pair in enumerate(pairs)})
    beaten = methods.beaten_by_two(scores)
    for share in np.linspace(0, 1, 21):
        weights = pd.Series([share, 1 - share, 0, 0, 0, 0], index=KEYS)
        worth = methods.values(scores, weights)
        for name in beaten:
            assert worth[name] <= worth.drop(name).max() + 1e-9


def test_the_flips_of_larkmere_are_those_of_a_slow_search() -> None:
    for who, criterion in product(("staff", "patients"), CRITERIA):
        scores, weights = of(place.DEFAULT_SEED, who)
        turns = methods.flips(scores, weights, criterion)
        leaders = [methods.first(scores, methods.moved(weights, criterion, at / 1000)) for at in range(1, 1000)]
        seen = list(dict.fromkeys(leaders))
        assert seen == [name for name in turns["first"] if name in seen], (who, criterion)
        for at, name in turns.iloc[1:].itertuples(index=False):
            assert abs(leaders.index(name) + 1 - 1000 * at) <= 1.5, (who, criterion)


def test_draws_by_hand() -> None:
    """A is sure of 60 in everything. B has 50 at most, so that it never leads; C has 90 at least, and always does."""
    rows = [
        ("staff", name, name, criterion, low, likely, high)
        for name, (low, likely, high) in {"A": (60, 60, 60), "B": (10, 30, 50)}.items()
        for criterion in KEYS
    ]
    columns = ["scored_by", "proposal", "name", "criterion", "low", "likely", "high"]
    table = pd.DataFrame(rows, columns=columns)
    assert methods.stays_first(table, "staff", EVEN, draws=200) == 1
    third = pd.DataFrame([("staff", "C", "C", criterion, 90, 95, 100) for criterion in KEYS], columns=columns)
    assert methods.first_in_draws(pd.concat([table, third]), "staff", EVEN, draws=200)["C"] == 1


def test_draws_that_could_go_either_way_go_about_half_each() -> None:
    columns = ["scored_by", "proposal", "name", "criterion", "low", "likely", "high"]
    rows = [("staff", name, name, criterion, 30, 50, 70) for name in "AB" for criterion in KEYS]
    shares = methods.first_in_draws(pd.DataFrame(rows, columns=columns), "staff", EVEN)
    assert shares["A"] == pytest.approx(0.5, abs=0.02)


def test_scorers_who_are_not_there_are_named() -> None:
    with pytest.raises(LookupError, match="there are no scores by 'nurses': it must be one of staff, patients"):
        methods.of_scorers(place.proposal_scores(), "nurses")


# ---- what is printed and checked -----------------------------------------------------------------------------------


def test_the_figures_that_the_chapter_prints() -> None:
    printed = {name: figure.text for name, figure in figures().items() if name.startswith("L9-")}
    expected = {
        "L9-weight-fairness": "17%",
        "L9-flip-fairness": "18%",
        "L9-value-lung-classes": "59.5",
        "L9-value-hostel-nurse": "58.7",
        "L9-agree": "19",
        "L9-stays": "40%",
        "L9-bare-flip-fairness": "24%",
        "L9-bare-agree": "21",
        "L9-bare-stays": "91%",
        "L9-bare-dominated": "0",
    }
    assert {name: printed[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("task", "number", "slip"),
    [
        ("half-flip", 14.9, "the-weight-itself"),
        ("half-flip", 17.8, "other-criterion"),
        ("half-people", 47.5, "in-per-cent"),
        ("bare-flip", 0.24, "as-a-fraction"),
        ("bare-flip", 17.8, "other-scorers"),
        ("bare-stays", 52.5, "people-and-not-draws"),
        ("bare-stays", 9.1, "when-it-changes"),
        ("bare-dominated", 2, "two-between-them"),
        ("bare-value", 61.17, "equal-weights"),
    ],
)
def test_slips_worked_out_by_hand_are_known(task: str, number: float, slip: str) -> None:
    assert check(task, number).slip == slip

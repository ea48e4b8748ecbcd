"""The lab's methods by hand-computed cases, and Larkmere's 24 projects, where the truth is known."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning import place
from commissioning.labs import figures, projects, tables
from commissioning.labs.checks import check
from commissioning.place.projects import HARD, PLANTED, SERVICES

SEEDS = (place.DEFAULT_SEED, *range(20))

# ---- what is planted -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_every_seed_has_the_planted_medians_and_numbers_in_use(seed: int) -> None:
    table = place.projects(seed)
    by_model = table.groupby("model")
    assert by_model["weeks_to_signoff"].median().to_dict() == {"A": 9, "B": 13, "C": 21}
    assert by_model["implemented_12m"].agg(lambda used: (used == "Y").sum()).to_dict() == {"A": 3, "B": 2, "C": 5}
    assert by_model.size().to_dict() == {"A": 8, "B": 8, "C": 8}


@pytest.mark.parametrize("seed", SEEDS)
def test_hours_and_costs_climb_from_a_to_c_and_stay_within_what_is_printed(seed: int) -> None:
    middle = place.projects(seed).groupby("model")[["clinician_hours", "cost_k"]].median()
    for column, within in (("clinician_hours", 35), ("cost_k", 5)):
        assert middle[column].is_monotonic_increasing
        printed = place.projects().groupby("model")[column].median()
        assert (middle[column] - printed).abs().max() <= within


@pytest.mark.parametrize("seed", SEEDS[:5])
def test_each_model_had_the_same_mix_of_easy_and_hard_projects(seed: int) -> None:
    for model, some in place.projects(seed).groupby("model"):
        assert sorted(some["complexity"]) == sorted(HARD), model


def test_harder_projects_mostly_take_longer_and_a_service_comes_once() -> None:
    apart = [
        some["complexity"].corr(some["weeks_to_signoff"])
        for seed in range(20)
        for _, some in place.projects(seed).groupby("model")
    ]
    assert 0.3 < np.mean(apart) < 0.9
    assert place.projects()["service"].is_unique
    hard = {name: level for level, names in SERVICES.items() for name in names}
    assert place.projects()["service"].map(hard).tolist() == place.projects()["complexity"].tolist()


def test_c_is_slower_than_a_in_most_towns_beyond_what_shuffling_does() -> None:
    found = [
        projects.p_by_shuffling(place.projects(seed), "A", "C", column="weeks_to_signoff", shuffles=500)
        for seed in range(10)
    ]
    assert sum(p < projects.CONVINCING for p in found) >= 9


def test_the_same_seed_deals_the_same_cards_and_another_seed_others() -> None:
    pd.testing.assert_frame_equal(place.projects(3), place.projects(3))
    assert place.projects(3)["weeks_to_signoff"].tolist() != place.projects(4)["weeks_to_signoff"].tolist()


# ---- shares and their intervals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("yes", "of", "low", "high"),
    [(3, 8, 13.7, 69.4), (2, 8, 7.1, 59.1), (5, 8, 30.6, 86.3), (0, 10, 0, 27.8), (10, 10, 72.2, 100)],
)
def test_wilsons_interval_agrees_with_the_printed_one(yes: int, of: int, low: float, high: float) -> None:
    """0 of 10 by hand: z^2 / (10 + z^2) = 3.841 / 13.841 = 27.8%."""
    found = projects.wilson(yes, of)
    assert (found.low, found.high) == (pytest.approx(low, abs=0.06), pytest.approx(high, abs=0.06))


@given(of=st.integers(1, 60), data=st.data())
def test_an_interval_holds_its_share_and_stays_between_none_and_all(of: int, data: st.DataObject) -> None:
    yes = data.draw(st.integers(0, of))
    found, mirrored = projects.wilson(yes, of), projects.wilson(of - yes, of)
    assert 0 <= found.low <= found.share + 1e-9
    assert found.share - 1e-9 <= found.high <= 100
    assert found.low == pytest.approx(100 - mirrored.high)
    assert projects.wilson(2 * yes, 2 * of).high - projects.wilson(2 * yes, 2 * of).low < found.high - found.low


def test_no_projects_have_no_share_and_an_impossible_count_is_refused() -> None:
    assert math.isnan(projects.wilson(0, 0).share)
    with pytest.raises(ValueError, match=r"yes must be a count from 0 to 8, which is how many there are \(got 9\)"):
        projects.wilson(9, 8)


# ---- shuffling -----------------------------------------------------------------------------------------------------


@pytest.fixture
def four() -> pd.DataFrame:
    """Two projects each of A and B: none of A's in use, both of B's. Weeks 1, 2 and 3, 4."""
    return pd.DataFrame({"model": list("AABB"), "implemented_12m": list("NNYY"), "weeks_to_signoff": [1, 2, 3, 4]})


def test_four_cards_by_hand(four: pd.DataFrame) -> None:
    """Six deals: one is as it happened and one the other way about, so p is 2 / 6."""
    assert projects.gap_in_use(four, "A", "B") == 2
    assert projects.gap_in_use(four, "B", "A") == -2
    assert projects.fisher(0, 2, 2, 2) == pytest.approx(1 / 3)
    assert projects.p_by_shuffling(four, "A", "B") == pytest.approx(1 / 3, abs=0.03)
    assert projects.p_by_shuffling(four, "A", "B", column="weeks_to_signoff") == pytest.approx(1 / 3, abs=0.03)


def test_shuffles_are_counted_by_gap(four: pd.DataFrame) -> None:
    gaps = projects.shuffled_gaps(four, "A", "B", shuffles=600)
    counts = projects.shuffle_counts(gaps)
    assert counts["gap"].tolist() == [-2, 0, 2]
    assert counts["shuffles"].sum() == 600
    assert counts["shuffles"].tolist() == pytest.approx([100, 400, 100], abs=40)


def test_the_same_seed_shuffles_alike(four: pd.DataFrame) -> None:
    same = [projects.shuffled_gaps(four, "A", "B", shuffles=50, seed=3).tolist() for _ in range(2)]
    assert same[0] == same[1]


@pytest.mark.parametrize("shuffled_with", [1, 2, 2014])
@pytest.mark.parametrize(("first", "second", "exact"), [("B", "C", 0.3147), ("A", "C", 0.6193), ("A", "B", 1.0)])
def test_shuffling_comes_near_fishers_exact_test(first: str, second: str, exact: float, shuffled_with: int) -> None:
    one, two = projects.in_use(place.projects(), first), projects.in_use(place.projects(), second)
    assert projects.fisher(one.yes, one.of, two.yes, two.of) == pytest.approx(exact, abs=0.00005)
    found = projects.p_by_shuffling(place.projects(), first, second, seed=shuffled_with)
    assert found == pytest.approx(exact, abs=0.03)


def test_fishers_exact_test_agrees_with_the_lady_tasting_tea() -> None:
    """Fisher's own: all 4 of 4 cups told right has 1 chance in 70 on one side, 2 in 70 on both. 3 of 4: 34 in 70."""
    assert projects.fisher(4, 4, 0, 4) == pytest.approx(2 / 70)
    assert projects.fisher(3, 4, 1, 4) == pytest.approx(34 / 70)


@given(of=st.integers(1, 12), data=st.data())
def test_a_p_value_is_a_share_and_does_not_mind_which_comes_first(of: int, data: st.DataObject) -> None:
    one, two = data.draw(st.integers(0, of)), data.draw(st.integers(0, of))
    found = projects.fisher(one, of, two, of)
    assert 0 < found <= 1 + 1e-12
    assert found == pytest.approx(projects.fisher(two, of, one, of))
    assert found == pytest.approx(projects.fisher(of - one, of, of - two, of))


def test_counts_and_models_that_are_not_there_are_refused(four: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match=r"each count must lie between 0 and its total \(got 3 of 2 and 0 of 2\)"):
        projects.fisher(3, 2, 0, 2)
    with pytest.raises(ValueError, match=r"both models must have projects; there are A, B \(got A and D\)"):
        projects.p_by_shuffling(four, "A", "D")


# ---- how many it would take ----------------------------------------------------------------------------------------


def test_sample_size_by_hand() -> None:
    """25% and 62.5%: (1.960 x 0.7016 + 0.842 x 0.6495)^2 / 0.375^2 = 1.9217^2 / 0.1406 = 26.3, so 27 of each."""
    assert projects.sample_size(25, 62.5) == projects.sample_size(62.5, 25) == 27
    assert 26 <= projects.sample_size(25, 62) <= 30
    assert projects.sample_size(25, 62.5, power=0.9) == 35


def test_half_the_gap_takes_about_four_times_as_many() -> None:
    assert projects.sample_size(43.75, 56.25) / projects.sample_size(37.5, 62.5) == pytest.approx(4, abs=0.2)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"share_2": 25}, r"shares must be two different percentages from 0 to 100 \(got 25 and 25\)"),
        ({"share_2": 120}, r"shares must be two different percentages from 0 to 100 \(got 25 and 120\)"),
        ({"share_1": 0.25, "share_2": 0.62}, r"shares are in per cent, so 25 means 25% \(got 0.25 and 0.62\)"),
        ({"power": 80}, r"power must lie between 0 and 1, so 0.8 means 80% \(got 80\)"),
    ],
)
def test_a_comparison_that_makes_no_sense_is_told_what_would(wrong: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        projects.sample_size(**({"share_1": 25, "share_2": 62} | wrong))


def test_the_chance_of_proof_by_hand() -> None:
    """Four of each: only 0 against 4 is convincing (2 in 70). If the shares are 0% and 100% it is certain; at 50% each
    it has the chance 2 x (1/16)^2 = 1 in 128."""
    assert projects.chance_of_proof(4, 0, 100) == pytest.approx(100)
    assert projects.chance_of_proof(4, 50, 50) == pytest.approx(100 / 128)
    assert projects.chance_of_proof(3, 0, 100) == 0


def test_the_chance_of_proof_is_how_often_made_up_studies_convince() -> None:
    rng = np.random.default_rng(1)
    studies = zip(rng.binomial(8, 0.25, 2_000), rng.binomial(8, 0.625, 2_000), strict=True)
    convinced = np.mean([projects.fisher(int(one), 8, int(two), 8) < projects.CONVINCING for one, two in studies])
    assert 100 * convinced == pytest.approx(projects.chance_of_proof(8, 25, 62.5), abs=3)


def test_fewest_for_proof_is_the_first_that_has_the_chance() -> None:
    needed = projects.needed_for_proof(25, 62.5)
    assert needed == 31
    assert projects.chance_of_proof(needed - 1, 25, 62.5) < 80 <= projects.chance_of_proof(needed, 25, 62.5)
    with pytest.raises(ValueError, match="more than 20 projects of each model are needed to tell 25% from 30%"):
        projects.needed_for_proof(25, 30, most=20)


def test_the_explorers_table_climbs_with_projects_and_with_the_gap() -> None:
    table = tables()["projects-power"]
    assert table["over"] == [float(each) for each in range(4, 121, 4)]
    columns = [table["columns"][f"c{eighths}"] for eighths in range(2, 8)]
    for smaller, larger in pairwise(columns):
        assert all(one <= other for one, other in zip(smaller, larger, strict=True))
    assert all(values == sorted(values) for values in columns[1:])
    assert max(columns[0]) < 5
    assert columns[3][table["over"].index(32)] == pytest.approx(83.1)


# ---- what is printed and what is marked ----------------------------------------------------------------------------

PRINTED = {
    "L2-weeks-a": "9",
    "L2-weeks-b": "13",
    "L2-weeks-c": "21",
    "L2-in-use-a": "3",
    "L2-in-use-b": "2",
    "L2-in-use-c": "5",
    "L2-each-c": "8",
    "L2-low-a": "14%",
    "L2-high-a": "69%",
    "L2-low-b": "7%",
    "L2-high-b": "59%",
    "L2-low-c": "31%",
    "L2-high-c": "86%",
    "L2-share-b": "25%",
    "L2-share-c": "62%",
    "L2-deals-bc": "31",
    "L2-p-bc": "0.31",
    "L2-p-ac": "0.62",
    "L2-p-ab": "1.00",
    "L2-p-shuffled-bc": "0.31",
    "L2-p-weeks-ac": "0.003",
    "L2-longest-a": "15",
    "L2-shortest-c": "17",
    "L2-six-by-c": "30",
    "L2-needed": "27",
    "L2-needed-exact": "31",
    "L2-chance-8": "21%",
    "L2-projects": "24",
}


@pytest.mark.parametrize(("name", "text"), PRINTED.items())
def test_the_figures_are_what_the_chapter_prints(name: str, text: str) -> None:
    assert figures()[name].text == text


@pytest.mark.parametrize("p", [0.27, 0.35])
def test_a_p_value_is_right_wherever_another_shuffling_might_land(p: float) -> None:
    assert check("shuffle", p).right is (abs(p - 0.3147) <= 0.04)
    assert check("shuffle", 0.3147 + math.copysign(0.03, p - 0.31)).right


@pytest.mark.parametrize("needed", [23, 24, 26, 30, 31, 32])
def test_every_honest_formula_for_the_number_needed_is_right(needed: int) -> None:
    """Unpooled 24, pooled 27, exact 31, with a continuity correction 32."""
    assert check("projects-needed", needed).right


# ---- the charts ----------------------------------------------------------------------------------------------------


def test_the_chart_of_weeks_holds_every_project_and_says_the_medians() -> None:
    drawn = projects.weeks_chart(place.projects())
    assert len(drawn.table) == 24
    assert drawn.takeaway.endswith("9 for A, 13 for B and 21 for C.")
    assert all(f"median {weeks}" in drawn.svg for weeks in (9, 13, 21))


def test_the_chart_of_use_prints_both_ends_of_each_interval() -> None:
    drawn = projects.in_use_chart(place.projects())
    assert all(f">{end}%<" in drawn.svg for end in (14, 69, 7, 59, 31, 86))
    assert drawn.takeaway.endswith("the intervals overlap.")
    assert drawn.table["In use after a year"].tolist() == [3, 2, 5]


def test_intervals_that_do_not_meet_are_said_to_part() -> None:
    many = pd.concat([place.projects()] * 40, ignore_index=True)
    assert projects.in_use_chart(many).takeaway.endswith("the intervals part.")


def test_the_chart_of_shuffles_counts_those_as_wide_as_the_real_gap() -> None:
    drawn = projects.shuffles_chart(place.projects(), "B", "C")
    wide = drawn.table[drawn.table["As wide as the real one"] == "yes"]["Shuffles"].sum()
    assert f"in {wide:,} of 5,000 shuffles" in drawn.takeaway
    assert wide / 5_000 == projects.p_by_shuffling(place.projects(), "B", "C")


def test_one_model_alone_can_be_drawn() -> None:
    only = place.projects()
    only = only[only["model"] == "C"]
    assert len(projects.weeks_chart(only).table) == 8
    assert len(projects.in_use_chart(only).table) == 1


def test_every_model_planted_has_a_name_in_the_pictures() -> None:
    from commissioning.labs.projects.pictures.rows import MODELS

    assert set(MODELS) == set(PLANTED)

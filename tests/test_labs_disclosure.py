"""The lab's methods on tables small enough to count by hand, and on Larkmere's, where what was planted is known."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning import place
from commissioning.labs import disclosure, figures
from commissioning.labs.checks import check, words_of
from commissioning.labs.disclosure.figures import WHOLE, small_table
from commissioning.labs.disclosure.tasks import TASKS
from commissioning.place.bills import IN_ORDER, OWED
from commissioning.place.dictionary import DATA_DICTIONARY
from commissioning.place.larkmere import larkmere
from commissioning.place.people import age_bands

SEEDS = (place.DEFAULT_SEED, 7, 2013)
SMALL = 20_000
SAID = words_of("disclosure")

# ---- what is planted -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_who_stands_alone_is_what_chance_gives_people_of_these_ages_in_areas_of_this_size(seed: int) -> None:
    """By hand, with no table: k others in an area share a sex, and each misses my day with the chance 1 - 1 / days.

    The sum is made from the age bands and their shares alone, so that it would disagree if days of birth were
    bunched, areas were larger, or combinations were counted wrongly.
    """
    extract = place.extract(seed=seed)
    same_sex = 0.51**2 + 0.49**2
    others = len(extract) / extract["area"].nunique() * same_sex
    shares = {18: 0.21, 22: 0.28, 25: 0.32, 10: 0.165 - 0.065, 10.0001: 0.065}
    for grain, a_year in (("day", 365.25), ("month", 12)):
        by_hand = sum(share * np.exp(-others * share / (years * a_year)) for years, share in shares.items())
        by_hand += 0.025 * np.mean(np.exp(-others * 0.025 * _thinning() / a_year))
        found = disclosure.alone(disclosure.born_by(extract, grain), WHOLE) / 100
        assert found == pytest.approx(by_hand, abs=0.015), grain


def _thinning() -> np.ndarray:
    """How thick the years beyond 85 are where people are: exponential with a mean of four years."""
    beyond = np.random.default_rng(1).exponential(4, 20_000)
    return np.asarray(np.exp(-beyond / 4) / 4)


@pytest.mark.parametrize("seed", SEEDS)
def test_day_and_month_single_people_out_more_than_the_area_or_the_sex_does(seed: int) -> None:
    extract = place.extract(seed=seed)
    year = disclosure.alone(disclosure.born_by(extract, "year"), WHOLE)
    without = [disclosure.alone(extract, [name for name in WHOLE if name != left]) for left in ("area", "sex")]
    assert year < 1 < without[0] < 5 < 90 < without[1] < disclosure.alone(extract, WHOLE)


def test_it_could_have_come_out_otherwise() -> None:
    """In one area as large as the town the day of birth would single out few; born in one year, the day even fewer."""
    extract = place.extract()
    assert disclosure.alone(extract.assign(area="A001"), WHOLE) < 5
    in_one_year = extract.assign(born=pd.to_datetime("1980-01-01") + pd.to_timedelta(extract.index % 365, unit="D"))
    assert disclosure.alone(in_one_year, WHOLE) < 40


def test_births_fit_the_age_bands_of_the_other_tables() -> None:
    extract = place.extract(SMALL, 3)
    bands = age_bands(larkmere(SMALL, 3), 3)
    age = (pd.Timestamp("2011-09-01") - extract["born"]).dt.days / 365.25
    for name, ages in age.groupby(np.asarray(bands)):
        low = int(str(name).split()[0])
        high = {0: 18, 18: 40, 40: 65, 65: 75, 75: 85, 85: 107}[low]
        assert ages.between(low, high + 0.01).all(), name
    assert extract["pid"].tolist() == place.persons(SMALL, 3)["pid"].tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_illness_is_among_adults_and_commoner_where_streets_are_poorer(seed: int) -> None:
    town = place.extract(seed=seed).assign(fifth=place.persons(seed=seed)["imd_quintile"])
    ill = town["severe_mental_illness"] == "Y"
    assert town.loc[ill, "born"].max() <= pd.Timestamp("1993-09-01")
    assert ill[town["fifth"] == 1].mean() > 2 * ill[town["fifth"] == 5].mean()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_line_that_a_check_picks_has_an_answer_and_no_other_has(seed: int) -> None:
    bills = place.bills(seed=seed)
    by_check = [set(disclosure.picked(bills, name)["line"]) for name in disclosure.CHECKS]
    assert sum(map(len, by_check)) == len(set().union(*by_check))
    answered = bills[bills["answer"] != ""]
    assert set(answered["line"]) == set().union(*by_check)
    assert set(answered["answer"]) == {OWED, IN_ORDER}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_checks_come_out_as_planted_and_only_dear_lines_lose_money(seed: int) -> None:
    table = disclosure.found(place.bills(seed=seed))
    shares = (table["owed"] / table["picked"]).round(2)
    assert shares.to_dict() == pytest.approx(
        {"twice": 0.7, "not-ours": 0.65, "national": 0.65, "dearer": 0.7, "no-record": 0.15}, abs=0.011
    )
    assert table.index[table["left"] < 0].tolist() == ["dearer"]
    assert table["left"].idxmax() == "national"
    assert 0.44 < table["in_order"].sum() / table["picked"].sum() < 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_most_money_needs_no_person_or_a_code_and_some_of_it_a_yes_or_no(seed: int) -> None:
    """The chapter's claim has two halves, and no seed of these makes either of them empty."""
    back = disclosure.found(place.bills(seed=seed))["back"]
    assert back["not-ours"] / back.sum() == pytest.approx(0.25, abs=0.07)
    assert (back["national"] + back["dearer"]) / back.sum() > 0.4


@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_day_or_the_code_the_check_for_doubles_drowns(seed: int) -> None:
    bills = disclosure.with_month(place.bills(seed=seed))
    doubles = len(disclosure.repeated(bills))
    assert len(disclosure.repeated(bills, ("pid", "month", "hospital", "item"))) > 4 * doubles
    assert len(disclosure.repeated(bills, ("date", "hospital", "item"))) > 50 * doubles


def test_a_bill_names_nobody() -> None:
    tags = DATA_DICTIONARY[DATA_DICTIONARY["table"].isin(["bills", "extract"])]["tag"]
    assert not tags.str.contains("D").any()


def test_the_same_seed_gives_the_same_tables_and_another_seed_others() -> None:
    for table in (place.extract, place.bills):
        pd.testing.assert_frame_equal(table(SMALL, 3), table(SMALL, 3))
    assert place.extract(SMALL, 3)["born"].tolist() != place.extract(SMALL, 4)["born"].tolist()
    assert place.bills(SMALL, 3)["item"].tolist() != place.bills(SMALL, 4)["item"].tolist()


# ---- the methods ---------------------------------------------------------------------------------------------------


@pytest.fixture
def six() -> pd.DataFrame:
    """Two share everything; two share year and sex and not the day; one is alone by the year; one by the sex."""
    born = ["1980-02-01", "1980-02-01", "1980-03-01", "1980-03-09", "1984-12-31", "1980-02-01"]
    return pd.DataFrame({"born": pd.to_datetime(born), "sex": list("FFFFFM"), "area": "A001"})


def test_who_stands_alone_by_hand(six: pd.DataFrame) -> None:
    by = {grain: disclosure.born_by(six, grain) for grain in disclosure.GRAINS}
    assert [round(disclosure.alone(by[grain], WHOLE) * 6 / 100) for grain in by] == [4, 2, 2, 1]
    assert disclosure.smallest(by["five years"].query("sex == 'F'"), WHOLE) == 5
    assert disclosure.below(by["five years"], WHOLE, k=6) == 100
    assert set(by["five years"]["born"]) == {"1980 to 1984"}
    assert set(by["month"]["born"]) == {"1980-02", "1980-03", "1984-12"}


@given(st.lists(st.tuples(st.sampled_from("FM"), st.sampled_from("xyz")), min_size=1, max_size=30))
def test_alone_is_what_counting_gives_and_a_column_less_singles_out_no_more(rows: list[tuple[str, str]]) -> None:
    table = pd.DataFrame(rows, columns=["sex", "area"])
    counts = Counter(rows)
    assert disclosure.alone(table, ["sex", "area"]) == pytest.approx(
        100 * sum(number == 1 for number in counts.values()) / len(rows)
    )
    assert disclosure.smallest(table, ["sex", "area"]) == min(counts.values())
    assert disclosure.alone(table, ["area"]) <= disclosure.alone(table, ["sex", "area"])


def test_a_grain_or_a_column_or_a_check_that_is_not_there_is_named(six: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="there is no grain 'decade': choose day, month, year, five years"):
        disclosure.born_by(six, "decade")
    with pytest.raises(LookupError, match="no column here is called town: there are born, sex, area"):
        disclosure.alone(six, ["born", "town"])
    with pytest.raises(LookupError, match="there is no check 'up-coded': choose twice, not-ours"):
        disclosure.picked(place.bills(SMALL, 3), "up-coded")


COUNTS = st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=3, max_size=4)


def _with_totals(inner: list[list[int]]) -> pd.DataFrame:
    table = pd.DataFrame(inner, index=[f"r{n}" for n in range(len(inner))], columns=list("abc"))
    table[disclosure.ALL] = table.sum(axis=1)
    table.loc[disclosure.ALL] = table.sum()
    return table


def test_one_hidden_count_is_worked_back_and_four_at_the_corners_are_not() -> None:
    counts = _with_totals([[5, 5, 9], [6, 3, 9], [6, 5, 9]])
    assert disclosure.hidden(counts).loc["r1", "b"] == "<5"
    assert disclosure.worked_back(disclosure.hidden(counts)) == {("r1", "b"): 3}
    safe = disclosure.hidden_twice(counts)
    assert disclosure.worked_back(safe) == {}
    assert (safe == "hidden").to_numpy().sum() == 3
    assert safe.loc["r1", "b"] == "<5"


@given(COUNTS)
def test_what_is_worked_back_is_true_and_nothing_small_is_after_hiding_twice(inner: list[list[int]]) -> None:
    counts = _with_totals(inner)
    for (row, column), number in disclosure.worked_back(disclosure.hidden(counts)).items():
        assert counts.loc[row, column] == number
    small = {(r, c) for r in counts.index for c in counts.columns if 0 < counts.loc[r, c] < 5}
    if not any(disclosure.ALL in cell for cell in small):
        assert not small & set(disclosure.worked_back(disclosure.hidden_twice(counts)))


def test_a_table_too_narrow_to_hide_in_is_refused_with_what_to_do() -> None:
    counts = pd.DataFrame({"a": [3, 9, 12], disclosure.ALL: [3, 9, 12]}, index=["r0", "r1", disclosure.ALL])
    with pytest.raises(ValueError, match="no two rows and two columns can hide r0 by a: leave out a total"):
        disclosure.hidden_twice(counts)


def test_checks_and_their_money_by_hand() -> None:
    """Three lines of one visit (one said again and owed), one dearer by 5 and owed, one not ours and in order."""
    bills = pd.DataFrame(
        {
            "line": ["B1", "B2", "B3", "B4"],
            "pid": ["La", "La", "Lb", "Lc"],
            "date": pd.to_datetime(["2013-04-01"] * 4),
            "hospital": "elsewhere",
            "item": "Day case",
            "listed": [100, 100, 100, 100],
            "billed": [100, 100, 105, 100],
            "on_our_list": list("YYYN"),
            "special_list": "N",
            "in_record": "Y",
            "answer": ["", OWED, OWED, IN_ORDER],
        }
    )
    table = disclosure.found(bills, cost=40)
    assert table.loc["twice"].to_dict() == {"picked": 1, "owed": 1, "in_order": 0, "back": 100, "spent": 40, "left": 60}
    assert table.loc["dearer", "left"] == 5 - 40
    assert table.loc["not-ours", "left"] == -40
    assert table.loc["national", "picked"] == 0
    assert disclosure.by_stake(bills, cost=40)["left"].tolist() == [60, 20, -15]


def test_the_order_of_stakes_ends_where_the_checks_together_end() -> None:
    bills = place.bills()
    order = disclosure.by_stake(bills)
    assert order["left"].iloc[-1] == disclosure.found(bills)["left"].sum()
    assert order["stake"].is_monotonic_decreasing
    assert order["left"].max() > order["left"].iloc[-1]


@pytest.mark.parametrize("seed", SEEDS)
def test_some_two_fifths_of_the_queries_leave_as_much_as_all_of_them(seed: int) -> None:
    order = disclosure.by_stake(place.bills(seed=seed))
    many = disclosure.enough(order)
    assert many / len(order) < 0.45
    assert order["left"].iloc[many - 2] < order["left"].iloc[-1] <= order["left"].iloc[many - 1]


# ---- what is printed and checked -----------------------------------------------------------------------------------


def test_the_figures_that_the_chapter_prints() -> None:
    printed = {name: figure.text for name, figure in figures().items() if name.startswith("L7-")}
    shares = [printed[f"L7-{name}"] for name in ("day", "no-sex", "no-area", "year")]
    assert shares == ["97.4%", "95.0%", "3.2%", "0.6%"]
    assert (printed["L7-picked"], printed["L7-owed"], printed["L7-in-order"]) == ("858", "457", "401")
    assert printed["L7-national-left"] == "£115,270"
    assert sum(int(printed[f"L7-need-{name}-share"][:-1]) for name in ("lines", "code", "yes-no")) == 100
    assert printed["L7-table-hidden"] == "3"


def test_the_small_table_has_one_count_under_five_and_gives_it_away() -> None:
    _, counts = small_table()
    assert list(disclosure.worked_back(disclosure.hidden(counts)).values()) == [3]
    assert disclosure.worked_back(disclosure.hidden_twice(counts)) == {}


@pytest.mark.parametrize("name", TASKS)
def test_the_right_answer_is_accepted_and_every_slip_is_named(name: str) -> None:
    task = TASKS[name]()
    assert check(name, task.answer).right
    for slip in task.slips:
        assert check(name, slip.value).slip == slip.name
        assert check(name, slip.value).words == f"Not yet. {SAID['slips'][slip.name]}"


def test_every_message_belongs_to_a_task_and_every_slip_has_one() -> None:
    assert set(SAID["tasks"]) == set(TASKS)
    assert set(SAID["slips"]) == {slip.name for task in TASKS.values() for slip in task().slips}


@pytest.mark.parametrize(
    ("task", "number", "slip"),
    [
        ("half-alone", 46.3, "sex-left-in"),
        ("half-groups", 0.56, "alone-for-under-five"),
        ("half-month", 168, "day-left-on"),
        ("half-left", 63_040, "cost-left-out"),
        ("half-left", 63_040 - 118 * 40, "cost-of-the-owed-alone"),
        ("practice-alone", 83.3, "sex-left-in"),
        ("bare-left", 237_210, "losing-check-left-out"),
        ("bare-two", 115_270 + 50_505, "first-and-third"),
        ("bare-wrong", 858, "every-query"),
        ("bare-cheap", 4_258 - 20 * 126, "cost-of-the-owed-alone"),
    ],
)
def test_slips_worked_out_by_hand_are_known(task: str, number: float, slip: str) -> None:
    assert check(task, number).slip == slip

"""The figures of the lab "The league table" and the table that its explorer reads, from the default seed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from statistics import fmean

import pandas as pd

from commissioning import place
from commissioning.labs import variation
from commissioning.labs.shapes import Figure, Table

BEFORE, TABLED, AFTER = "2011/12", "2012/13", "2013/14"
"""The years of the chapter's opening: the table of June 2013 is of 2012/13."""
LAB, HALF, BARE = "2013/14", "2012/13", "2010/11"
"""The lab's year, that of its half-worked case and that of its bare one."""
PRINTED = ("P01", "P07", "P17", "P19", "P23")
"""The practices whose bare year the page prints; the other 20 were inside both pairs of lines."""
PAIRS = 100
"""How many pairs of years stand behind the averages of what a rule picks again."""


def year_of(table: pd.DataFrame, year: str) -> pd.DataFrame:
    """One year of a table of practices."""
    return table[table["year"] == year]


@cache
def figures() -> dict[str, Figure]:
    """Every figure of the lab, by id."""
    return _of_rules() | _of_chance() | _of_the_funnel() | _of_the_bare_case() | _of_hours()


def _of_rules() -> dict[str, Figure]:
    """The town in which all practices are alike: what the chapter opens with."""
    town = place.practice_years(alike=True)
    before, year, after = (year_of(town, name) for name in (BEFORE, TABLED, AFTER))
    ratios = variation.compared(year).sort_values("ratio")
    lowest = [str(name) for name in ratios["practice_id"][: variation.HOW_MANY]]
    of, alike = "per cent of what is expected", "with all 25 practices alike"
    made = {
        "L5-practices": Figure(len(ratios), "practices", 0, "Practices in Larkmere"),
        "L5-top": Figure(float(ratios["ratio"].max()), of, 4, f"The highest practice in 2012/13, {alike}"),
        "L5-bottom": Figure(float(ratios["ratio"].min()), of, 4, f"The lowest practice in 2012/13, {alike}"),
        "L5-lowest-before": Figure(_together(year, lowest), of, 2, f"The five lowest of 2012/13 together, {alike}"),
        "L5-lowest-after": Figure(_together(after, lowest), of, 2.5, f"The same five in 2013/14, {alike}"),
    }
    for rule in variation.RULES:
        found, name = variation.visited(before, year, after, rule=rule), f"L5-{rule}"
        many = len(found.picked)
        made |= {
            f"{name}-picked": Figure(many, "practices", 4 if many > 5 else 0, f"Practices that '{rule}' picks"),
            f"{name}-before": Figure(found.ratio, of, 2, f"They together in 2012/13, {alike}", 1),
            f"{name}-after": Figure(found.next_ratio, of, 2.5, f"They together in 2013/14, {alike}", 1),
            f"{name}-fall": Figure(found.fall, "points", 4, f"How far that fell, {alike}"),
            f"{name}-again": Figure(found.again, "practices", 5, f"Those that '{rule}' picks again in 2013/14"),
        }
    return made | _in_the_long_run()


def _together(year: pd.DataFrame, names: list[str]) -> float:
    some = year[year["practice_id"].isin(names)]
    return float(100 * some["observed"].sum() / some["expected"].sum())


def _in_the_long_run() -> dict[str, Figure]:
    town = place.practice_years(alike=True, years=2 * PAIRS + 1)
    years = [year for _, year in town.groupby("year", sort=False)]
    picks = [set(variation.highest(year, year)) for year in years]
    again = fmean(len(one & other) for one, other in zip(picks[::2], picks[1::2], strict=False))
    return {
        "L5-again-on-average": Figure(again, "of 5", 0.3, "Of the five highest, those among the next year's five", 1)
    }


def _of_chance() -> dict[str, Figure]:
    made: dict[str, Figure] = {}
    for people, name in ((4_000, "small"), (10_000, "middling"), (20_000, "large")):
        low, high = variation.limits(people / 10)
        of = f"95% limits, {people:,} people who expect {people // 10:,} admissions"
        made |= {
            f"L5-{name}-people": Figure(people, "people", 0, "People on a list, for an example"),
            f"L5-{name}-expected": Figure(people / 10, "admissions", 0, "Expected of them, at 100 for 1,000"),
            f"L5-{name}-low": Figure(low, "admissions", 0, f"Lower end of the {of}"),
            f"L5-{name}-high": Figure(high, "admissions", 0, f"Upper end of the {of}"),
            f"L5-{name}-low-rate": Figure(1000 * low / people, "per 1,000", 0, f"Lower end of the {of}, for 1,000"),
            f"L5-{name}-high-rate": Figure(1000 * high / people, "per 1,000", 0, f"Upper end of the {of}, for 1,000"),
        }
    any_of_25 = 100 * (1 - (variation.INNER / 100) ** 25)
    return made | {
        "L5-by-chance": Figure(25 * (1 - variation.INNER / 100), "practices", 0, "Of 25, outside 95% by chance", 2),
        "L5-any-by-chance": Figure(any_of_25, "%", 0, "Chance that at least one of 25 lies outside the 95% limits"),
    }


def _of_the_funnel() -> dict[str, Figure]:
    """The lab's town, in which three practices differ."""
    town = place.practice_years()
    year, last = year_of(town, LAB), year_of(town, HALF)
    rows, bare = variation.compared(year), variation.compared(variation.without_homes(year))
    nights = variation.compared(variation.without_same_day(year))
    value_of = variation.value_of
    others = year[year["practice_id"] != "P23"]
    of = "per cent of what is expected"
    made = {
        "L5-outside-95": Figure(len(variation.outside(year)), "practices", 4, "Outside the 95% limits, 2013/14"),
        "L5-outside-998": Figure(
            len(variation.outside(year, coverage=variation.OUTER)), "practices", 2, "Outside the 99.8% limits, 2013/14"
        ),
        "L5-above-100": Figure(int((rows["ratio"] > 100).sum()), "practices", 6, "Above what is expected, 2013/14"),
        "L5-P10-low": Figure(
            variation.value_of(rows, "P10", "low_95"), of, 2, "Lower 95% limit of P10, the smallest practice"
        ),
        "L5-P10-high": Figure(
            variation.value_of(rows, "P10", "high_95"), of, 2, "Upper 95% limit of P10, the smallest practice"
        ),
        "L5-P10-expected": Figure(
            variation.value_of(rows, "P10", "expected"), "admissions", 200, "Expected of P10, 2013/14"
        ),
        "L5-P10-low-count": Figure(
            variation.limits(variation.value_of(rows, "P10", "expected"))[0],
            "admissions",
            200,
            "Lower 95% limit of P10 as a count",
        ),
        "L5-P10-high-count": Figure(
            variation.limits(variation.value_of(rows, "P10", "expected"))[1],
            "admissions",
            200,
            "Upper 95% limit of P10 as a count",
        ),
        "L5-P22-before": Figure(variation.value_of(variation.compared(last), "P22", "ratio"), of, 10, "P22 in 2012/13"),
        "L5-residents": Figure(
            value_of(year, "P07", "residents"), "people", 200, "Patients of P07 who live in nursing homes"
        ),
        "L5-homes-observed": Figure(
            value_of(year, "P07", "observed_homes"), "admissions", 250, "Their admissions, 2013/14"
        ),
        "L5-homes-expected": Figure(
            value_of(year, "P07", "expected_homes"), "admissions", 90, "What was expected of them, 2013/14"
        ),
        "L5-P07-observed": Figure(
            variation.value_of(year, "P07", "observed"), "admissions", 900, "Admissions of P07, 2013/14"
        ),
        "L5-P07-expected": Figure(
            variation.value_of(year, "P07", "expected"), "admissions", 900, "Expected of P07, 2013/14"
        ),
        "L5-P07-uneven": Figure(_uneven(year, "P07"), of, 10, "The same before the totals are made to agree again"),
        "L5-evened-by": Figure(100 - 100 * _evened(year), "%", 1, "By how much the expected falls when they are"),
        "L5-P07-without-homes": Figure(
            variation.value_of(bare, "P07", "ratio"), of, 10, "P07 without the people in homes"
        ),
        "L5-P23-without-same-day": Figure(
            variation.value_of(nights, "P23", "ratio"), of, 10, "P23 without same-day admissions"
        ),
        "L5-P23-same-day": Figure(
            100 * value_of(year, "P23", "same_day") / value_of(year, "P23", "observed"),
            "%",
            5,
            "Of P23's admissions, those of less than a day",
        ),
        "L5-others-same-day": Figure(
            100 * float(others["same_day"].sum()) / float(others["observed"].sum()),
            "%",
            2,
            "The same at the other 24 practices",
        ),
    }
    made |= {
        f"L5-{n}-expected": Figure(
            variation.value_of(rows, n, "expected"), "admissions", 900, f"Expected of {n}, 2013/14"
        )
        for n in ("P19", "P22", "P23")
    }
    return made | {
        f"L5-{n}": Figure(variation.value_of(rows, n, "ratio"), of, 10, f"{n} in 2013/14")
        for n in ("P07", "P19", "P22", "P23")
    }


def _bare(year: pd.DataFrame, part: str) -> pd.Series:
    return year[part] - year[f"{part}_homes"]


def _uneven(year: pd.DataFrame, practice: str) -> float:
    """A practice without its residents, before what is expected is made to add up again."""
    one = year[year["practice_id"] == practice]
    return float(100 * (_bare(one, "observed") / _bare(one, "expected")).iloc[0])


def _evened(year: pd.DataFrame) -> float:
    """What is observed without residents over what is expected without them, for the whole town."""
    return float(_bare(year, "observed").sum() / _bare(year, "expected").sum())


def _of_the_bare_case() -> dict[str, Figure]:
    """What the page gives to those who do its bare case on paper: six rows of 2010/11, and attendances of children."""
    year = year_of(place.practice_years(), BARE).set_index("practice_id")
    made: dict[str, Figure] = {}
    for name in (*PRINTED, "rest"):
        rows = year.drop(list(PRINTED)) if name == "rest" else year.loc[[name]]
        who, reach = ("the other 20", 3000) if name == "rest" else (name, 400)
        for part in ("expected", "observed", "same_day"):
            key = f"L5-bare-{name}-{part.replace('_', '-')}"
            made[key] = Figure(
                float(rows[part].sum()), "admissions", reach, f"{part} of {who}, {BARE}".replace("_", " ")
            )
    table = place.ed_attendances()
    rates = variation.attendance_rates(table[table["age"] == "under 18"])
    for fifth, rate in rates.iterrows():
        for key, hours in (("Y", "extended"), ("N", "usual")):
            of = f"Attendances of people under 18 in fifth {fifth}, {hours} hours"
            made[f"L5-children-{hours}-{fifth}"] = Figure(float(rate[key]), "per 1,000", 60, of)
    return made | _answers_of_the_bare_case()


def _answers_of_the_bare_case() -> dict[str, Figure]:
    """What the page folds away below its bare case."""
    year = year_of(place.practice_years(), BARE)
    kept = variation.without_same_day(year)
    children = place.ed_attendances().query("age == 'under 18'")
    _, high = variation.limits(
        float(variation.value_of(variation.compared(year), "P23", "expected")), coverage=variation.OUTER
    )
    ratio = variation.value_of(variation.compared(kept), "P23", "ratio")
    return {
        "L5-bare-limit": Figure(high, "admissions", 100, f"P23's upper 99.8% limit, {BARE}"),
        "L5-bare-outside": Figure(
            len(variation.outside(year, coverage=variation.OUTER)), "practices", 2, f"Outside the 99.8% lines, {BARE}"
        ),
        "L5-bare-excess": Figure(ratio - 100, "%", 12, f"P23 above expected without same-day admissions, {BARE}"),
        "L5-bare-fair": Figure(
            100 - 100 * variation.fair_ratio(children),
            "%",
            5,
            "Children's attendances with extended hours, how much fewer",
        ),
    }


def _of_hours() -> dict[str, Figure]:
    table = place.ed_attendances()
    crude, fair = variation.crude_ratio(table), variation.fair_ratio(table)
    made = {
        "L5-extended": Figure(table.loc[table["extended_hours"] == "Y", "practice_id"].nunique(), "practices", 0,
                              "Practices with extended hours"),
        "L5-crude": Figure(100 * crude - 100, "%", 9, "Attendances with extended hours against without, all together"),
        "L5-fair": Figure(100 * fair - 100, "%", 1.5, "The same with deprivation allowed for"),
    }  # fmt: skip
    for key, name in (("Y", "extended"), ("N", "usual")):
        some = table[table["extended_hours"] == key]
        made |= {
            f"L5-{name}-rate": Figure(_rate(some), "per 1,000", 25, f"Attendances for 1,000 people, {name} hours"),
            f"L5-{name}-poorer": Figure(_poorer(some), "%", 15, f"In the two most deprived fifths, {name} hours"),
            f"L5-{name}-first": Figure(
                _rate(some[some["imd_quintile"] == 1]), "per 1,000", 15, f"Most deprived fifth, {name} hours"
            ),
            f"L5-{name}-fifth": Figure(
                _rate(some[some["imd_quintile"] == 5]), "per 1,000", 12, f"Least deprived fifth, {name} hours"
            ),
        }
    return made


def _rate(table: pd.DataFrame) -> float:
    return 1000 * float(table["attendances"].sum()) / float(table["persons"].sum())


def _poorer(table: pd.DataFrame) -> float:
    return 100 * float(table.loc[table["imd_quintile"] <= 2, "persons"].sum()) / float(table["persons"].sum())


TABLES: dict[str, Callable[[], Table]] = {}

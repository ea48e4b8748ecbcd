"""The tasks of the lab "The league table" and the wrong numbers that known slips lead to, worked out from Larkmere.

In: the place and the methods of `labs.variation`. Out: `TASKS`, by name. Called by `checks`. What is said to each slip
stands in checks.yaml, under the slip's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pandas as pd

from commissioning import place
from commissioning.labs import variation
from commissioning.labs.shapes import Slip, Task
from commissioning.labs.variation.figures import BARE, HALF, year_of

# ---- Larkmere ------------------------------------------------------------------------------------------------------


@cache
def _year(name: str) -> pd.DataFrame:
    return year_of(place.practice_years(), name)


def _of(table: pd.DataFrame, practice: str, column: str) -> float:
    return variation.value_of(variation.compared(table), practice, column)


@cache
def _attendances() -> pd.DataFrame:
    return place.ed_attendances()


# ---- a limit -------------------------------------------------------------------------------------------------------


def _half_limit() -> Task:
    """P17's upper 95% limit, in per cent of what is expected."""
    expected = _of(_year(HALF), "P17", "expected")
    (low, high), (_, outer) = variation.limits(expected), variation.limits(expected, coverage=variation.OUTER)
    answer = 100 * high / expected
    slips = (
        Slip("lower-limit", 100 * low / expected, 0.4),
        Slip("other-limits", 100 * outer / expected, 0.4),
        Slip("limit-as-count", high, 1),
        Slip("limit-of-one", high / expected, 0.01),
        Slip("how-far-from-the-middle", answer - 100, 0.4),
        Slip("ratio-for-limit", _of(_year(HALF), "P17", "ratio"), 0.3),
    )
    return Task("half-funnel-limit", answer, 0.4, slips)


def _limit() -> Task:
    """P23's upper 99.8% limit, in admissions."""
    expected, observed = (_of(_year(BARE), "P23", name) for name in ("expected", "observed"))
    (low, high), (_, inner) = variation.limits(expected, coverage=variation.OUTER), variation.limits(expected)
    slips = (
        Slip("lower-limit-count", low, 2),
        Slip("inner-limit-count", inner, 2),
        Slip("limit-in-per-cent", 100 * high / expected, 0.5),
        Slip("what-was-seen", observed, 1),
        Slip("what-is-expected", expected, 2),
        Slip("room-above", high - expected, 2),
    )
    return Task("funnel-limit", high, 1.5, slips)


# ---- how many outside ----------------------------------------------------------------------------------------------


def _half_outside() -> Task:
    return _outside_task("half-funnel-outside", _year(HALF), variation.INNER, "other-pair-of-limits")


def _outside() -> Task:
    return _outside_task("funnel-outside", _year(BARE), variation.OUTER, "nearer-pair-of-limits")


def _outside_task(name: str, table: pd.DataFrame, coverage: float, other: str) -> Task:
    rows = variation.compared(table)
    beyond = variation.outside(table, coverage=coverage)
    others = len(variation.outside(table, coverage=variation.OUTER + variation.INNER - coverage))
    above = int((rows.loc[rows["practice_id"].isin(beyond), "ratio"] > 100).sum())
    slips = (
        Slip(other, others, 0.1),
        Slip("high-side-only", above, 0.1),
        Slip("those-inside", len(rows) - len(beyond), 0.1),
        Slip("above-expected", int((rows["ratio"] > 100).sum()), 0.1),
    )
    return Task(name, len(beyond), 0.1, slips)


# ---- an excess, in per cent ----------------------------------------------------------------------------------------


def _half_homes() -> Task:
    year = _year(HALF)
    half = year.assign(observed=year["observed"] - year["observed_homes"])
    task = _excess_task(
        "half-homes", year, variation.without_homes(year), half, "P07", "homes-left-in", "homes-half-out"
    )
    seen, expected = (variation.value_of(year, "P07", f"{part}_homes") for part in ("observed", "expected"))
    alone = Slip("homes-alone", 100 * seen / expected - 100, 5)
    return Task(task.name, task.answer, task.within, (*task.slips, alone))


def _same_day() -> Task:
    year = _year(BARE)
    half = year.assign(observed=year["observed"] - year["same_day"])
    kept = variation.without_same_day(year)
    return _excess_task("same-day", year, kept, half, "P23", "same-day-left-in", "same-day-half-out")


def _excess_task(
    name: str, year: pd.DataFrame, kept: pd.DataFrame, half: pd.DataFrame, practice: str, left_in: str, half_out: str
) -> Task:
    ratio = _of(kept, practice, "ratio")
    slips = (
        Slip(left_in, _of(year, practice, "ratio") - 100, 0.6),
        Slip(half_out, _of(half, practice, "ratio") - 100, 0.6),
        Slip("ratio-for-excess", ratio, 0.6),
        Slip("excess-as-count", _of(kept, practice, "observed") - _of(kept, practice, "expected"), 1.5),
        Slip("excess-of-one", (ratio - 100) / 100, 0.02),
    )
    return Task(name, ratio - 100, 0.35, slips)


def _still_outside() -> Task:
    beyond = variation.outside(variation.without_same_day(_year(BARE)), coverage=variation.OUTER)
    return Task("still-outside", "P23" in beyond, 0)


# ---- extended hours ------------------------------------------------------------------------------------------------


def _half_fair() -> Task:
    """Minor attendances, at any age."""
    all_kinds = Slip("not-minor", variation.fair_ratio(_attendances()), 0.008)
    return _hours_task("half-fair-hours", _attendances(), "minor", all_kinds)


def _fair() -> Task:
    """All attendances of people under 18."""
    everybody = Slip("not-children", variation.fair_ratio(_attendances()), 0.006)
    children = _attendances()[_attendances()["age"] == "under 18"]
    minor = Slip("minor-alone", variation.fair_ratio(children, count="minor"), 0.02)
    return _hours_task("fair-hours", children, "attendances", everybody, minor)


def _hours_task(name: str, table: pd.DataFrame, count: str, *others: Slip) -> Task:
    fair, crude = variation.fair_ratio(table, count=count), variation.crude_ratio(table, count=count)
    rates = variation.attendance_rates(table, count=count)
    return Task(name, fair, 0.008, (*others, *_hours_slips(fair, crude, rates)))


def _hours_slips(fair: float, crude: float, rates: pd.DataFrame) -> Iterator[Slip]:
    yield Slip("crude-for-fair", crude, 0.01)
    yield Slip("fair-in-per-cent", 100 * fair, 1)
    yield Slip("change-for-ratio", fair - 1, 0.01)
    yield Slip("change-in-per-cent", 100 * fair - 100, 1)
    yield Slip("upside-down", 1 / fair, 0.01)
    yield Slip("rate-for-ratio", float(rates["Y"].mean()), 3)


TASKS: dict[str, Callable[[], Task]] = {
    "half-funnel-limit": cache(_half_limit),
    "half-funnel-outside": cache(_half_outside),
    "half-homes": cache(_half_homes),
    "half-fair-hours": cache(_half_fair),
    "funnel-limit": cache(_limit),
    "funnel-outside": cache(_outside),
    "same-day": cache(_same_day),
    "still-outside": cache(_still_outside),
    "fair-hours": cache(_fair),
}
"""Every task of the exercise notebooks, by name; each is worked out when it is first asked for."""

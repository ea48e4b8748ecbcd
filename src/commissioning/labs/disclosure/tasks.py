"""The tasks of chapter 7 and the wrong numbers that known slips lead to, all worked out from the extract and the bills.

In: the place and the methods of `labs.disclosure`. Out: `TASKS`, by name. Called by `checks`. What is said to each slip
stands in checks.yaml, under the slip's name. Shares are in per cent, money in pounds.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd

from commissioning import place
from commissioning.labs import disclosure
from commissioning.labs.disclosure import alone, below
from commissioning.labs.disclosure.figures import CHEAP, WHOLE
from commissioning.labs.disclosure.queries import QUERY_COST, SAME
from commissioning.labs.shapes import Slip, Task


@cache
def _told(grain: str) -> pd.DataFrame:
    return disclosure.born_by(place.extract(), grain)


@cache
def _bills() -> pd.DataFrame:
    return disclosure.with_month(place.bills())


@cache
def _found() -> pd.DataFrame:
    return disclosure.found(_bills())


# ---- who stands alone ----------------------------------------------------------------------------------------------


def _half_alone() -> Task:
    """Birth by the month, and the area; the sex left out."""
    columns = ("born", "area")
    right = alone(_told("month"), columns)
    slips = (
        Slip("told-by-the-day", alone(_told("day"), columns), 0.3),
        Slip("told-by-the-year", alone(_told("year"), columns), 0.06),
        Slip("sex-left-in", alone(_told("month"), WHOLE), 0.3),
        Slip("under-five-for-alone", below(_told("month"), columns), 0.3),
        Slip("part-of-one", right / 100, 0.003),
    )
    return Task("half-alone", right, 0.2, slips)


def _half_groups() -> Task:
    """Birth by the year, sex and area: people in groups of fewer than five."""
    right = below(_told("year"), WHOLE)
    slips = (
        Slip("alone-for-under-five", alone(_told("year"), WHOLE), 0.1),
        Slip("grain-of-the-month", below(_told("month"), WHOLE), 0.4),
        Slip("five-counted-in", below(_told("year"), WHOLE, k=6), 0.2),
        Slip("part-of-one", right / 100, 0.003),
        Slip("people-for-per-cent", right * len(_told("year")) / 100, 60),
    )
    return Task("half-groups", right, 0.1, slips)


def _practice_alone() -> Task:
    """Birth by the day and the practice; neither sex nor area."""
    columns = ("born", "practice_id")
    right = alone(_told("day"), columns)
    slips = (
        Slip("area-for-practice", alone(_told("day"), ("born", "area")), 0.3),
        Slip("sex-left-in", alone(_told("day"), ("born", "sex", "practice_id")), 0.3),
        Slip("told-by-the-month", alone(_told("month"), columns), 0.1),
        Slip("under-five-for-alone", below(_told("day"), columns), 0.3),
        Slip("part-of-one", right / 100, 0.003),
    )
    return Task("practice-alone", right, 0.2, slips)


def _practice_groups() -> Task:
    """Birth by the month, sex and practice: people in groups of fewer than five."""
    columns = ("born", "sex", "practice_id")
    right = below(_told("month"), columns)
    slips = (
        Slip("alone-for-under-five", alone(_told("month"), columns), 0.2),
        Slip("area-for-practice", below(_told("month"), WHOLE), 0.3),
        Slip("told-by-the-year", below(_told("year"), columns), 0.1),
        Slip("five-counted-in", below(_told("month"), columns, k=6), 0.3),
        Slip("part-of-one", right / 100, 0.003),
        Slip("people-for-per-cent", right * len(_told("month")) / 100, 200),
    )
    return Task("practice-groups", right, 0.2, slips)


# ---- what a check picks --------------------------------------------------------------------------------------------


def _half_month() -> Task:
    """Lines picked as billed twice if the day is taken off and the month left."""
    many = {
        "day-left-on": SAME,
        "hospital-left-out": ("pid", "month", "item"),
        "code-left-out": ("month", "hospital", "item"),
        "no-date-at-all": ("pid", "hospital", "item"),
    }
    slips = tuple(Slip(name, len(disclosure.repeated(_bills(), columns)), 2) for name, columns in many.items())
    right = len(disclosure.repeated(_bills(), ("pid", "month", "hospital", "item")))
    return Task("half-month", right, 0.5, (*slips, Slip("more-than-before", right - slips[0].value, 0.5)))


def _half_left() -> Task:
    """What "twice" leaves over."""
    row = _found().to_dict("index")["twice"]
    stake = float(disclosure.picked(_bills(), "twice")["stake"].sum())
    slips = (
        Slip("cost-left-out", row["back"], 5),
        Slip("cost-of-the-owed-alone", row["back"] - QUERY_COST * row["owed"], 5),
        Slip("all-picked-come-back", stake - row["spent"], 5),
        Slip("cost-alone", row["spent"], 5),
        Slip("in-thousands", row["left"] / 1000, 0.1),
    )
    return Task("half-left", row["left"], 5, slips)


def _bare_left() -> Task:
    """What all five leave over."""
    table = _found()
    sums = {str(name): float(value) for name, value in table.sum().items()}
    slips = (
        Slip("cost-left-out", sums["back"], 5),
        Slip("cost-of-the-owed-alone", sums["back"] - QUERY_COST * sums["owed"], 5),
        Slip("losing-check-left-out", float(table.loc[table["left"] > 0, "left"].sum()), 5),
        Slip("loss-as-a-gain", float(table["left"].abs().sum()), 5),
        Slip("cost-alone", sums["spent"], 5),
        Slip("in-thousands", sums["left"] / 1000, 0.1),
    )
    return Task("bare-left", sums["left"], 5, slips)


def _bare_two() -> Task:
    """What is left over by the two checks that leave most."""
    table = _found()
    order = table["left"].sort_values(ascending=False)
    most_owed = table["owed"].nlargest(2).index
    slips = (
        Slip("cost-left-out", float(table["back"].nlargest(2).sum()), 5),
        Slip("first-and-third", float(order.iloc[0] + order.iloc[2]), 5),
        Slip("two-that-are-most-often-right", float(table.loc[most_owed, "left"].sum()), 5),
        Slip("best-one-alone", float(order.iloc[0]), 5),
        Slip("in-thousands", float(order.iloc[:2].sum()) / 1000, 0.1),
    )
    return Task("bare-two", float(order.iloc[:2].sum()), 5, slips)


def _bare_wrong() -> Task:
    """Queries that turn out to be about a line in order."""
    table = _found()
    slips = (
        Slip("every-query", float(table["picked"].sum()), 0.5),
        Slip("owed-for-in-order", float(table["owed"].sum()), 0.5),
        Slip("worst-check-alone", float(table["in_order"].max()), 0.5),
        Slip("in-per-cent", 100 * float(table["in_order"].sum() / table["picked"].sum()), 0.6),
    )
    return Task("bare-wrong", float(table["in_order"].sum()), 0.5, slips)


def _bare_cheap() -> Task:
    """What "dearer" leaves over where a query costs half as much."""
    row = _found().to_dict("index")["dearer"]
    slips = (
        Slip("old-cost", row["left"], 3),
        Slip("cost-left-out", row["back"], 3),
        Slip("cost-of-the-owed-alone", row["back"] - CHEAP * row["owed"], 3),
        Slip("whole-lines-come-back", _whole_lines() - CHEAP * row["picked"], 3),
    )
    return Task("bare-cheap", row["back"] - CHEAP * row["picked"], 3, slips)


def _whole_lines() -> float:
    rows = disclosure.picked(_bills(), "dearer")
    return float(rows.loc[rows["answer"] == "owed back", "billed"].sum())


TASKS: dict[str, Callable[[], Task]] = {
    "half-alone": cache(_half_alone),
    "half-groups": cache(_half_groups),
    "half-month": cache(_half_month),
    "half-left": cache(_half_left),
    "practice-alone": cache(_practice_alone),
    "practice-groups": cache(_practice_groups),
    "bare-left": cache(_bare_left),
    "bare-two": cache(_bare_two),
    "bare-wrong": cache(_bare_wrong),
    "bare-cheap": cache(_bare_cheap),
}
"""Every task of the exercise notebook, by name; each is worked out when it is first asked for."""

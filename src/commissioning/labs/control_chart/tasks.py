"""The tasks of chapter 11 and the wrong numbers that known slips lead to, all worked out from the place's own tables.

In: the place and the methods of `labs.control_chart`. Out: `TASKS`, by name. Called by `checks`. What is said to each
slip stands in checks.yaml, under the slip's name. Limits are in attendances, changes in per cent.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd

from commissioning import place
from commissioning.labs.control_chart.averages import between, change
from commissioning.labs.control_chart.figures import SETTLED, SINCE, UNTIL, weeks
from commissioning.labs.control_chart.limits import FACTOR, TOWN_BASE, limits, signals
from commissioning.labs.shapes import Slip, Task
from commissioning.place.weekly import HEAT_WEEK, TEAM_FROM, TOWN_START

NEAR = 1.0
"""In attendances: a limit worked out on paper from a rounded range."""
CLOSE = 0.2
"""In per cent."""


def _town(name: str) -> pd.DataFrame:
    table = place.town_attendances()
    return table[table["town"] == name]


def _low(name: str, rows: pd.DataFrame, column: str, base: tuple[int, int]) -> Task:
    """The lower limit that the weeks of a base set."""
    values = between(rows, column, base)
    known = limits(values)
    spread = float(values.std())
    return Task(
        name,
        known.low,
        NEAR,
        (
            Slip("the-upper-limit", known.high, NEAR),
            Slip("three-ranges", known.mean - 3 * known.moving_range, NEAR),
            Slip("one-range", known.mean - known.moving_range, NEAR),
            Slip("two-deviations", known.mean - 2 * spread, NEAR),
            Slip("all-the-weeks", limits(rows[column]).low, NEAR / 4),
            Slip("the-width-alone", FACTOR * known.moving_range, NEAR),
        ),
    )


def _first(name: str, rows: pd.DataFrame, column: str, base: tuple[int, int], start: int) -> Task:
    """The first week that signals."""
    found = signals(rows, column, base)
    right = int(found["week"].iloc[0])
    return Task(name, right, 0, (Slip("a-week-early", right - 1, 0), Slip("the-start", start, 0)))


def _effect(name: str) -> Task:
    """The fall on one rule since week 66, without the heatwave, in per cent: above nothing for a fall."""
    rows = weeks()
    before, after = between(rows, "counted", UNTIL), between(rows, "counted", SETTLED, [HEAT_WEEK])
    fall = -change(before, after)[0]
    slips = (
        Slip("as-reported", -change(between(rows, "reported", UNTIL), between(rows, "reported", SINCE))[0], CLOSE),
        Slip("heatwave-left-in", -change(before, between(rows, "counted", SETTLED))[0], CLOSE / 2),
        Slip("upside-down", -fall, CLOSE),
        Slip("in-attendances", float(before.mean() - after.mean()), CLOSE),
        Slip("as-a-fraction", fall / 100, CLOSE / 100),
    )
    return Task(name, fall, CLOSE, slips)


def _count(name: str, town: str) -> Task:
    """How many weeks after its base signal in a town; a town may have none."""
    rows = _town(town)
    found = signals(rows, "attendances", TOWN_BASE)
    known = limits(between(rows, "attendances", TOWN_BASE))
    after = rows[rows["week"] >= TOWN_START]["attendances"]
    slips = (
        Slip("below-the-mean", int((after < known.mean).sum()), 0),
        Slip("above-the-mean", int((after > known.mean).sum()), 0),
    )
    return Task(name, len(found), 0, slips)


def _month(name: str, town: str) -> Task:
    """The fall from the four weeks before a town began to the four after, in per cent."""
    rows = _town(town)
    month = between(rows, "attendances", (TOWN_START - 4, TOWN_START - 1))
    after = between(rows, "attendances", (TOWN_START, TOWN_START + 3))
    fall = -change(month, after)[0]
    whole = between(rows, "attendances", (1, TOWN_START - 1))
    slips = (
        Slip("upside-down", -fall, CLOSE),
        Slip("in-attendances", float(month.mean() - after.mean()), CLOSE),
        Slip("on-all-the-weeks", -change(whole, after)[0], CLOSE),
        Slip("of-what-it-became", float(100 * (month.mean() / after.mean() - 1)), CLOSE),
        Slip("as-a-fraction", fall / 100, CLOSE / 100),
    )
    return Task(name, fall, CLOSE, slips)


TASKS: dict[str, Callable[[], Task]] = {
    "half-lower-limit": cache(lambda: _low("half-lower-limit", weeks(), "counted", UNTIL)),
    "half-first-signal": cache(lambda: _first("half-first-signal", weeks(), "counted", UNTIL, TEAM_FROM)),
    "half-on-one-rule": cache(lambda: _effect("half-on-one-rule")),
    "bare-lower-limit": cache(lambda: _low("bare-lower-limit", _town("Eastbank"), "attendances", TOWN_BASE)),
    "bare-first-signal": cache(
        lambda: _first("bare-first-signal", _town("Mid Vale"), "attendances", TOWN_BASE, TOWN_START)
    ),
    "bare-how-many-signals": cache(lambda: _count("bare-how-many-signals", "South Vale")),
    "bare-worst-month": cache(lambda: _month("bare-worst-month", "South Vale")),
}
"""Every task of the exercise notebook, by name; each is worked out when it is first asked for."""

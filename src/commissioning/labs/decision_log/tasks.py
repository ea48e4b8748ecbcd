"""The tasks of chapter 3 and the wrong numbers that known slips lead to, all worked out from Larkmere's decision log.

In: the place and the methods of `labs.decision_log`. Out: `TASKS`, by name. Called by `checks`. What is said to each
slip stands in checks.yaml, under the slip's name.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd

from commissioning import place
from commissioning.labs.decision_log import crossing, led, not_led, reversed_share, slope
from commissioning.labs.shapes import Slip, Task

HALF = 60
"""Decisions in each half of the log."""


@cache
def _log() -> pd.DataFrame:
    return place.decisions()


def _later() -> pd.DataFrame:
    return _log().tail(HALF)


def _earlier() -> pd.DataFrame:
    return _log().head(HALF)


# ---- a slope -------------------------------------------------------------------------------------------------------


def _crude_slope(name: str, log: pd.DataFrame, *others: Slip) -> Task:
    bodies, days, gradient = log["n_bodies"], log["days"], slope(log)
    line = crossing(log)
    return Task(
        name,
        gradient,
        0.5,
        (
            Slip("bodies-for-each-day", bodies.cov(days) / days.var(), 0.02),
            Slip("correlation-of-days", float(bodies.corr(days)), 0.03),
            Slip("covariance-of-days", float(bodies.cov(days)), 0.2),
            Slip("where-the-line-starts", days.mean() - gradient * bodies.mean(), 1),
            Slip("end-of-the-line", line[0], 0.8),
            Slip("end-of-the-line", line[1], 0.8),
            Slip("whole-climb", line[1] - line[0], 0.8),
            Slip("led-alike", slope(led(log)), 0.05),
            Slip("led-alike", slope(not_led(log)), 0.05),
            *others,
        ),
    )


def _slope_within(name: str, log: pd.DataFrame, other: pd.DataFrame, everything: pd.DataFrame) -> Task:
    """Nearly nothing, so that a slope turned upside down, or a correlation, would be right too: none is told apart."""
    gradient, bodies, days = slope(log), log["n_bodies"], log["days"]
    return Task(
        name,
        gradient,
        0.1,
        (
            Slip("everything-together", slope(everything), 0.4),
            Slip("other-group", slope(other), 0.05),
            Slip("where-it-begins", days.mean() - gradient * bodies.mean(), 2),
            Slip("sign-turned", -gradient, 0.02),
        ),
    )


# ---- a median ------------------------------------------------------------------------------------------------------


def _median(name: str, log: pd.DataFrame, other: pd.DataFrame, everything: pd.DataFrame) -> Task:
    return Task(
        name,
        float(log["days"].median()),
        0.6,
        (
            Slip("mean-of-days", float(log["days"].mean()), 0.5),
            Slip("wrong-group", float(other["days"].median()), 2),
            Slip("nobody-told-apart", float(everything["days"].median()), 1),
            Slip("bodies-for-days", float(log["n_bodies"].median()), 0.3),
        ),
    )


# ---- a share reversed ----------------------------------------------------------------------------------------------


def _half_reversed() -> Task:
    some = not_led(_later())
    count = int((some["reversed_6m"] == "Y").sum())
    everything = int((_later()["reversed_6m"] == "Y").sum())
    return Task(
        "half-reversed",
        reversed_share(some),
        0.6,
        (
            Slip("reversed-of-one", reversed_share(some) / 100, 0.02),
            Slip("reversed-counted", count, 0.2),
            Slip("those-with-a-lead", reversed_share(led(_later())), 0.6),
            Slip("all-the-half", reversed_share(_later()), 0.5),
            Slip("of-all-reversed", 100 * count / everything, 1),
            Slip("of-everything", 100 * count / len(_later()), 0.5),
            Slip("still-standing", 100 - reversed_share(some), 1),
        ),
    )


def _half_crude_slope() -> Task:
    whole = (Slip("wrong-half", slope(_earlier()), 0.1), Slip("whole-log", slope(_log()), 0.1))
    return _crude_slope("half-crude-slope", _later(), *whole)


TASKS: dict[str, Callable[[], Task]] = {
    "half-crude-slope": cache(_half_crude_slope),
    "half-led-median": cache(lambda: _median("half-led-median", led(_later()), not_led(_later()), _later())),
    "half-not-led-slope": cache(
        lambda: _slope_within("half-not-led-slope", not_led(_later()), led(_later()), _later())
    ),
    "half-reversed": cache(_half_reversed),
    "crude-slope": cache(lambda: _crude_slope("crude-slope", _log())),
    "led-median": cache(lambda: _median("led-median", led(_log()), not_led(_log()), _log())),
    "not-led-median": cache(lambda: _median("not-led-median", not_led(_log()), led(_log()), _log())),
    "led-slope": cache(lambda: _slope_within("led-slope", led(_log()), not_led(_log()), _log())),
    "not-led-slope": cache(lambda: _slope_within("not-led-slope", not_led(_log()), led(_log()), _log())),
}
"""Every task of the exercise notebook, by name; each is worked out when it is first asked for."""

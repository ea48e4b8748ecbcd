"""The tasks of chapter 13 and the wrong numbers that known slips lead to, all worked out from the place's own table.

In: the place and the methods of `labs.signals`. Out: `TASKS`, by name. Called by `checks`. What is said to each slip
stands in checks.yaml, under the slip's name. Scores are in standard deviations, alarms in months of a ward or team.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

from commissioning.labs.shapes import Slip, Task
from commissioning.labs.signals import MEASURES, alarms, expected_alarms, together
from commissioning.labs.signals.figures import LAST, WATCHED, scored

NEAR = 0.02
"""In standard deviations: an answer that was rounded on the way is still right."""
SIX = len(MEASURES)
ONE_LINE = 2.0
"""Where a single measure would sound."""


def _row(trust: str) -> dict[str, float]:
    table = scored(trust)
    return dict(table[(table["unit"] == WATCHED[trust]) & (table["month"] == LAST)].iloc[0])


def _expected(name: str, trust: str, line: float) -> Task:
    """How many months of a ward or team would be over a line by chance."""
    count, units = len(scored(trust)), scored(trust)["unit"].nunique()
    right = expected_alarms(count, line)
    within = 0.05 * right
    slips = (
        Slip("both-tails", 2 * right, 2 * within),
        Slip("one-month-only", expected_alarms(units, line), within / 12),
        Slip("a-share", right / count, within / count),
        Slip("each-measure", SIX * right, SIX * within),
    )
    return Task(name, right, within, slips)


def _counted(name: str, trust: str, line: float) -> Task:
    """How many were over it, in the data, if the six are taken as unconnected."""
    table = scored(trust)
    right = alarms(table["alone"], line)
    slips = (
        Slip("correlation-counted", alarms(table["joint"], line), 0),
        Slip("one-measure", int((table[list(MEASURES)] >= ONE_LINE).any(axis=1).sum()), 0),
        Slip("wards-not-months", int(table.loc[table["alone"] >= line, "unit"].nunique()), 0),
    )
    return Task(name, right, 0, tuple(slip for slip in slips if slip.value != right))


def _alone(name: str, trust: str) -> Task:
    """One score made of six, if they have nothing to do with each other."""
    total = sum(_row(trust)[measure] for measure in MEASURES)
    right = total / math.sqrt(SIX)
    slips = (
        Slip("the-sum", total, NEAR),
        Slip("the-average", total / SIX, NEAR),
        Slip("largest", max(_row(trust)[measure] for measure in MEASURES), NEAR),
        Slip("correlation-too", _row(trust)["joint"], NEAR),
    )
    return Task(name, right, NEAR, slips)


def _together(name: str, trust: str) -> Task:
    """By how much a pair of measures correlates, on average."""
    table = scored(trust)
    right = together(table)
    with_itself = (right * SIX * (SIX - 1) + SIX) / SIX**2
    return Task(name, right, 0.006, (Slip("each-with-itself", with_itself, 0.006), Slip("per-cent", 100 * right, 0.6)))


def _joint(name: str, trust: str) -> Task:
    """One score made of six, with their correlation counted."""
    total, r = sum(_row(trust)[measure] for measure in MEASURES), together(scored(trust))
    unconnected = Slip("unconnected", total / math.sqrt(SIX), NEAR)
    others = (
        Slip("no-root", total / (SIX + SIX * (SIX - 1) * r), NEAR),
        Slip("pairs-once", total / math.sqrt(SIX + SIX * (SIX - 1) / 2 * r), NEAR),
        Slip("pairs-forgotten", total / math.sqrt(SIX + r), NEAR),
        Slip("times-one-less-r", total / math.sqrt(SIX) * (1 - r), NEAR),
    )
    apart = tuple(slip for slip in others if abs(slip.value - unconnected.value) > 2 * NEAR)
    return Task(name, total / math.sqrt(SIX + SIX * (SIX - 1) * r), NEAR, (unconnected, *apart))


TASKS: dict[str, Callable[[], Task]] = {
    "half-alarms-expected": cache(lambda: _expected("half-alarms-expected", "General", 3.0)),
    "half-alarms-counted": cache(lambda: _counted("half-alarms-counted", "General", 3.0)),
    "half-joint-score": cache(lambda: _joint("half-joint-score", "General")),
    "bare-team-alone": cache(lambda: _alone("bare-team-alone", "Fenside")),
    "bare-team-together": cache(lambda: _together("bare-team-together", "Fenside")),
    "bare-team-joint": cache(lambda: _joint("bare-team-joint", "Fenside")),
    "bare-team-expected": cache(lambda: _expected("bare-team-expected", "Fenside", 2.0)),
    "bare-team-counted": cache(lambda: _counted("bare-team-counted", "Fenside", 2.0)),
}
"""Every task of the exercise notebook, by name; each is worked out when it is first asked for."""

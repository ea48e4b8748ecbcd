"""Six measures of worry, month by month, for the General's 20 wards and Fenside's 12 community teams.

In: a seed. Out: a table with 24 months, March 2012 to February 2014, of each ward and team. A higher number is worse in
all six. Planted for every seed: on the General's wards the six rise and fall together (each pair correlates by about
0.3, since a hard month is hard in many ways at once), and at Fenside hardly at all (about 0.04). In the last month Ward
6 lies 1.6, 1.4, 1.9, 1.2, 1.7 and 1.5 standard deviations above its own two years, and Team 4 1.3, 1.5, 0.9, 1.4, 1.1
and 1.2. So the sum over the square root of six is 3.80 for the one and 3.02 for the other; what that is worth differs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from commissioning.place.larkmere import DEFAULT_SEED, Floats

MONTHS = [f"{2012 + (2 + at) // 12}-{(2 + at) % 12 + 1:02d}" for at in range(24)]


class Measure(NamedTuple):
    """One of the six: its middle over all wards, and by how much a ward's months stray from the ward's own middle."""

    middle: float
    spread: float


MEASURES = {
    "falls": Measure(6.0, 1.2),
    "complaints": Measure(14.0, 2.8),
    "sickness": Measure(5.0, 0.9),
    "agency": Measure(9.0, 1.7),
    "readmitted": Measure(9.0, 1.5),
    "voice": Measure(22.0, 4.0),
}


class Watched(NamedTuple):
    """One trust's wards or teams: how far each pair of measures moves together, and the one that is planted."""

    kind: str
    units: int
    together: float
    planted: str
    scores: tuple[float, ...]


TRUSTS = {
    "General": Watched("Ward", 20, 0.30, "Ward 6", (1.6, 1.4, 1.9, 1.2, 1.7, 1.5)),
    "Fenside": Watched("Team", 12, 0.04, "Team 4", (1.3, 1.5, 0.9, 1.4, 1.1, 1.2)),
}


def signals_monthly(seed: int = DEFAULT_SEED, *, truth: bool = False) -> pd.DataFrame:
    """Six measures for each ward, or community team, in each of 24 months.

    `truth=True` adds `planted`, which no learner's copy holds: True for the two that were set by hand.
    """
    table = pd.concat([_of_trust(name, seed) for name in TRUSTS], ignore_index=True)
    return table if truth else table.drop(columns="planted")


def _of_trust(name: str, seed: int) -> pd.DataFrame:
    plan, rng = TRUSTS[name], np.random.default_rng([seed, *b"signals", *name.encode()])
    tables = []
    for number in range(1, plan.units + 1):
        unit = f"{plan.kind} {number}"
        values = _months(plan.together, rng)
        if unit == plan.planted:
            values[-1] = _raised(values[:-1], plan.scores)
        table = pd.DataFrame(values, columns=list(MEASURES))
        table.insert(0, "month", MONTHS)
        table.insert(0, "unit", unit)
        table.insert(0, "trust", name)
        tables.append(table.assign(planted=(table["unit"] == plan.planted) & (table["month"] == MONTHS[-1])))
    return pd.concat(tables, ignore_index=True)


def _months(together: float, rng: np.random.Generator) -> Floats:
    """Two years of one ward: what is common to the six in a month, and what is each one's own."""
    common = rng.standard_normal((len(MONTHS), 1))
    own = rng.standard_normal((len(MONTHS), len(MEASURES)))
    scores = np.clip(np.sqrt(together) * common + np.sqrt(1 - together) * own, -3.0, 3.4)
    middles = np.array([measure.middle for measure in MEASURES.values()]) * rng.uniform(0.85, 1.15, len(MEASURES))
    spreads = np.array([measure.spread for measure in MEASURES.values()])
    values: Floats = np.round(middles + spreads * scores, 2)
    return values


def _raised(others: Floats, scores: tuple[float, ...]) -> Floats:
    """The values at which a last month lies so many standard deviations above all the months, itself among them."""
    count = len(others) + 1
    z = np.array(scores)
    raised: Floats = np.round(others.mean(axis=0) + z * others.std(axis=0) * np.sqrt(count / (count - 1 - z**2)), 2)
    return raised

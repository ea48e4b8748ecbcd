"""An XmR chart: the limits that a series sets itself, and the two rules by which it is said to have changed.

X is each value, mR the moving range: how far each value lies from the one before it. The natural limits are the mean
and 2.66 average moving ranges to either side of it, which is three standard deviations as the moving range tells it (3
divided by 1.128). A value beyond a limit is Shewhart's signal; eight in a row on one side of the mean are the run that
Wheeler's charts take for one. (Shewhart 1931; Wheeler, *Understanding Variation*.) Seven are the NHS's own convention.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

FACTOR = 2.66
"""Average moving ranges from the mean to either limit."""
RUN = 8
"""Values in a row on one side of the mean that make a signal."""
TOWN_BASE = (1, 30)
"""The weeks from which the limits of each of the four towns are made."""


@dataclass(frozen=True)
class Limits:
    """What a stretch of a series says of itself: its mean, its average moving range, and the limits these make."""

    mean: float
    moving_range: float

    @property
    def low(self) -> float:
        """The lower limit."""
        return self.mean - FACTOR * self.moving_range

    @property
    def high(self) -> float:
        """The upper limit."""
        return self.mean + FACTOR * self.moving_range


def limits(values: Sequence[float] | pd.Series[int]) -> Limits:
    """Mean and average moving range of these values, in their order. Raises ValueError for fewer than two."""
    if len(values) < 2:
        raise ValueError(f"a moving range needs at least two values in a row (got {len(values)})")
    numbers = [float(value) for value in values]
    ranges = [abs(after - before) for before, after in pairwise(numbers)]
    return Limits(sum(numbers) / len(numbers), sum(ranges) / len(ranges))


def signals(table: pd.DataFrame, column: str, base: tuple[int, int], *, run: int = RUN) -> pd.DataFrame:
    """Every signal after a base of weeks (first and last): its week, and whether a value beyond a limit or a run.

    Limits come from the base alone. A run is told once, in the week in which its last value of `run` comes in, and a
    value that lies on the mean ends it. Columns: week, kind ("beyond" or "run"), side ("above" or "below").
    """
    first, last = base
    known = limits(table.loc[table["week"].between(first, last), column])
    later = table[table["week"] > last]
    found, length, before = [], 0, ""
    for week, value in zip(later["week"], later[column], strict=True):
        side = "above" if value > known.mean else "below" if value < known.mean else ""
        length = length + 1 if side and side == before else int(bool(side))
        before = side
        if not known.low <= value <= known.high:
            found.append((int(week), "beyond", side))
        if length == run:
            found.append((int(week), "run", side))
    return pd.DataFrame(found, columns=["week", "kind", "side"])


def one_rule(table: pd.DataFrame) -> pd.DataFrame:
    """The same weeks with `counted`: what was reported and what was moved out, so that one rule holds throughout."""
    return table.assign(counted=table["reported"] + table["moved_out"])

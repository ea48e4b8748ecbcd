"""Two stretches of a series compared by their averages, with how far chance could have moved the difference."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

WIDE = 1.96
"""Standard errors to either side: about 95 of 100 such intervals hold the truth, if weeks differ by chance alone."""


def between(table: pd.DataFrame, column: str, weeks: tuple[int, int], leave_out: Sequence[int] = ()) -> pd.Series[int]:
    """The values of these weeks, first and last among them, without those left out."""
    kept = table["week"].between(*weeks) & ~table["week"].isin(list(leave_out))
    values: pd.Series[int] = table.loc[kept, column]
    return values


def change(before: pd.Series[int], after: pd.Series[int]) -> tuple[float, float, float]:
    """The change of the average in per cent of what it was before, and the two ends of its interval.

    From the two means and their standard errors, as if weeks were independent; with a season, or a drift, they are not,
    and the interval is too narrow.
    """
    if len(before) < 2 or len(after) < 2:
        raise ValueError(f"each stretch needs at least two weeks (got {len(before)} and {len(after)})")
    level = float(before.mean())
    error = math.sqrt(float(before.var()) / len(before) + float(after.var()) / len(after))
    moved = float(after.mean()) - level
    return tuple(100 * (moved + side * WIDE * error) / level for side in (0, -1, 1))  # type: ignore[return-value]

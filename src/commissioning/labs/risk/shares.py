"""A percentage that has no value when there is nothing to take it of."""

from __future__ import annotations

import math


def percentage(part: float, whole: float) -> float:
    """`part` of `whole` in per cent; not a number if `whole` is 0."""
    return 100 * part / whole if whole else math.nan

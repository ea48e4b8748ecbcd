"""How many projects are in use after a year, and how far chance could have moved that share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import pandas as pd


@dataclass(frozen=True)
class Share:
    """So many of so many, as a share in per cent, with the ends of its 95% interval in per cent."""

    yes: int
    of: int
    share: float
    low: float
    high: float


def wilson(yes: int, of: int, *, confidence: float = 0.95) -> Share:
    """A share with its interval, which never leaves 0 to 100 and stays honest with eight projects.

    Not a number if there are none. (Wilson, Journal of the American Statistical Association 1927; for small numbers
    recommended by Brown, Cai and DasGupta, Statistical Science 2001.)
    """
    if not 0 <= yes <= of:
        raise ValueError(f"yes must be a count from 0 to {of}, which is how many there are (got {yes})")
    if of == 0:
        return Share(0, 0, math.nan, math.nan, math.nan)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share, whole = yes / of, 1 + z**2 / of
    middle = (share + z**2 / (2 * of)) / whole
    margin = z / whole * math.sqrt(share * (1 - share) / of + z**2 / (4 * of**2))
    return Share(yes, of, 100 * share, 100 * max(0.0, middle - margin), 100 * min(1.0, middle + margin))


def in_use(table: pd.DataFrame, model: str) -> Share:
    """Of the projects of one model, how many were in use twelve months after sign-off. Needs implemented_12m."""
    some = table[table["model"] == model]
    return wilson(int((some["implemented_12m"] == "Y").sum()), len(some))

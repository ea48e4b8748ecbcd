"""How many projects it would take to be convinced, and how likely a given number is to convince."""

from __future__ import annotations

import math
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

CONVINCING = 0.05
"""A p-value below this is called convincing here: a custom, and no law."""


def sample_size(share_1: float, share_2: float, *, power: float = 0.80, significance: float = CONVINCING) -> int:
    """Projects needed of *each* model to tell two shares apart, two-sided, with this power. Shares in per cent.

    n = (z_a sqrt(2 p (1 - p)) + z_b sqrt(p1 (1 - p1) + p2 (1 - p2)))^2 / (p1 - p2)^2, where p is the mean of the two.
    (Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd edition 2003; no continuity correction.)
    """
    _require_shares(share_1, share_2, power)
    one, two = share_1 / 100, share_2 / 100
    mean, normal = (one + two) / 2, NormalDist()
    by_chance = normal.inv_cdf(1 - significance / 2) * math.sqrt(2 * mean * (1 - mean))
    by_design = normal.inv_cdf(power) * math.sqrt(one * (1 - one) + two * (1 - two))
    return math.ceil((by_chance + by_design) ** 2 / (one - two) ** 2)


def _require_shares(share_1: float, share_2: float, power: float) -> None:
    if not (0 <= share_1 <= 100 and 0 <= share_2 <= 100) or share_1 == share_2:
        raise ValueError(f"shares must be two different percentages from 0 to 100 (got {share_1:g} and {share_2:g})")
    if max(share_1, share_2) <= 1:
        raise ValueError(f"shares are in per cent, so 25 means 25% (got {share_1:g} and {share_2:g})")
    if not 0 < power < 1:
        raise ValueError(f"power must lie between 0 and 1, so 0.8 means 80% (got {power})")


def chance_of_proof(each: int, share_1: float, share_2: float) -> float:
    """The chance, in per cent, that `each` projects of two models give a convincing p-value, if these shares are true.

    Every possible result is counted: how likely it is, and whether Fisher's exact test would find it convincing.
    """
    one, two = (_binomial(each, share / 100) for share in (share_1, share_2))
    return 100 * float(one @ _convincing(each) @ two)


def needed_for_proof(share_1: float, share_2: float, *, power: float = 0.80, most: int = 200) -> int:
    """The fewest projects of each model with at least this chance of proof by Fisher's exact test, up to `most`."""
    for each in range(2, most + 1):
        if chance_of_proof(each, share_1, share_2) >= 100 * power:
            return each
    raise ValueError(f"more than {most} projects of each model are needed to tell {share_1:g}% from {share_2:g}%")


def _binomial(each: int, share: float) -> NDArray[np.float64]:
    """The chance of 0, 1, … `each` projects in use."""
    return np.array([math.comb(each, some) * share**some * (1 - share) ** (each - some) for some in range(each + 1)])


@cache
def _convincing(each: int) -> NDArray[np.float64]:
    """1 where Fisher's test of (row of `each`) against (column of `each`) is convincing, else 0."""
    matrix = np.zeros((each + 1, each + 1))
    ways = [math.comb(each, some) for some in range(each + 1)]
    for yes in range(2 * each + 1):
        rows = np.arange(max(0, yes - each), min(each, yes) + 1)
        chance = np.array([ways[row] * ways[yes - row] / math.comb(2 * each, yes) for row in rows])
        as_unlikely = chance[None, :] <= chance[:, None] * (1 + 1e-9)
        matrix[rows, yes - rows] = (as_unlikely @ chance) < CONVINCING
    return matrix

"""What four weeks before and four weeks after show where nothing was done, by how the week of the start was chosen.

Flat series are drawn. Somebody begins after the worst four weeks that they have seen, or in a week drawn by lot; or the
level has truly risen and stays up. If the first shows a fall and the others do not, the fall is regression to the mean.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from commissioning.place.larkmere import Floats

How = Literal["after-the-worst", "by-lot", "after-a-lasting-rise"]
WEEKS = 104
MONTH = 4
RISE = 0.08
"""By how much the level rises for good in "after-a-lasting-rise"."""


def falls(how: How, *, level: float = 290.0, towns: int = 2_000, seed: int = 11) -> Floats:
    """The change in per cent, in each of these towns, from the four weeks before a start to the four weeks after it."""
    rng = np.random.default_rng([seed, *how.encode()])
    return np.array([_one(how, level, rng) for _ in range(towns)])


def _one(how: How, level: float, rng: np.random.Generator) -> float:
    middle = WEEKS // 2
    rate = np.full(WEEKS, level)
    if how == "after-a-lasting-rise":
        rate[middle - MONTH :] *= 1 + RISE
    came = rng.poisson(rate).astype(float)
    sums = np.convolve(came, np.ones(MONTH), mode="valid")
    fit = len(came) - 2 * MONTH + 1
    if how == "after-the-worst":
        start = int(np.argmax(sums[:fit])) + MONTH
    elif how == "by-lot":
        start = int(rng.integers(MONTH, fit + MONTH))
    else:
        start = middle
    return float(100 * (sums[start] / sums[start - MONTH] - 1))

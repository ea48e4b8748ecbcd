"""Other draws of the lot: the same town and the same bad luck, with the matron sent to other practices."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commissioning.labs.risk.comparisons import falls_by_practice

DRAWS = 20
"""How many other draws are looked at: numbers 1 to 20, none left out."""


def other_draws(nobody_called: pd.DataFrame, *, effect: float, at_least: int = 2, draws: int = DRAWS) -> list[float]:
    """What the comparison between practices would have said had the lot been drawn again, in per cent, lowest first.

    `nobody_called` is the town without a matron (`place.persons(matron_effect=0.0)`). Draw number n, from 1 on, is made
    with n as its seed: as many practices as before are drawn again, and each year-2 admission of the people she is for
    is averted there with the chance -effect/100 (an effect of -5 averts one in twenty). Nothing else is drawn again, so
    the estimates differ by the lot and by which admissions she averts.
    """
    table = falls_by_practice(nobody_called, at_least=at_least)
    people, year_2 = table["people"].to_numpy(), table["year_2"].to_numpy()
    with_matron = int(table["with_matron"].sum())
    return sorted(_estimate(people, year_2, with_matron, effect, np.random.default_rng(n)) for n in range(1, draws + 1))


def _estimate(
    people: NDArray[Any], year_2: NDArray[Any], with_matron: int, effect: float, rng: np.random.Generator
) -> float:
    """One draw: the ratio of the two means of year 2, as a difference in per cent."""
    drawn = np.zeros(len(people), dtype=np.bool_)
    drawn[rng.permutation(len(people))[:with_matron]] = True
    left = rng.binomial(int(year_2[drawn].sum()), 1 + effect / 100)
    return 100 * float(left / people[drawn].sum() / (year_2[~drawn].sum() / people[~drawn].sum()) - 1)

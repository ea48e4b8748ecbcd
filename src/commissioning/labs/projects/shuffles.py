"""Is a gap wider than shuffling makes it? If the model made no difference, its labels could have fallen anyhow.

Fisher's exact test counts every way in which they could have fallen; shuffling tries some thousands of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SHUFFLES = 5_000
SEED = 2014
"""Of the shuffling alone: another seed moves a p-value by about a hundredth."""
SLACK = 1e-9


def gap_in_use(table: pd.DataFrame, first: str, second: str) -> int:
    """How many more projects of the second model than of the first are in use after a year: minus where fewer."""
    return int(_gap(*_values(table, first, second, "implemented_12m"), np.sum))


def shuffled_gaps(
    table: pd.DataFrame,
    first: str,
    second: str,
    *,
    column: str = "implemented_12m",
    shuffles: int = SHUFFLES,
    seed: int = SEED,
) -> NDArray[np.float64]:
    """The gap between two models, second minus first, in each of many shuffles of their labels.

    The gap is in projects in use for `implemented_12m`, and between the two medians for any other column. (The test by
    randomisation is Fisher's, 1935; by a sample of the shuffles, Dwass 1957.)
    """
    values, size = _values(table, first, second, column)
    rng, gap_of = np.random.default_rng(seed), _statistic(column)
    return np.array([_gap(rng.permutation(values), size, gap_of) for _ in range(shuffles)])


def p_by_shuffling(
    table: pd.DataFrame,
    first: str,
    second: str,
    *,
    column: str = "implemented_12m",
    shuffles: int = SHUFFLES,
    seed: int = SEED,
) -> float:
    """The share of shuffles, from 0 to 1, whose gap is at least as wide as the real one, in either direction."""
    real = _gap(*_values(table, first, second, column), _statistic(column))
    gaps = shuffled_gaps(table, first, second, column=column, shuffles=shuffles, seed=seed)
    return float((np.abs(gaps) >= abs(real) - SLACK).mean())


def shuffle_counts(gaps: NDArray[np.float64]) -> pd.DataFrame:
    """How many shuffles gave each gap: a row for each, smallest first. Columns: gap, shuffles."""
    gap, shuffles = np.unique(gaps.astype(np.int64), return_counts=True)
    return pd.DataFrame({"gap": gap, "shuffles": shuffles})


def fisher(yes_1: int, of_1: int, yes_2: int, of_2: int) -> float:
    """Two-sided p-value of Fisher's exact test, from 0 to 1: every deal of the labels no likelier than the real one.

    (Fisher, Statistical Methods for Research Workers, 5th edition, 1934.)
    """
    if not (0 <= yes_1 <= of_1 and 0 <= yes_2 <= of_2):
        raise ValueError(f"each count must lie between 0 and its total (got {yes_1} of {of_1} and {yes_2} of {of_2})")
    yes = yes_1 + yes_2
    possible = range(max(0, yes - of_2), min(of_1, yes) + 1)
    ways = [math.comb(of_1, some) * math.comb(of_2, yes - some) for some in possible]
    real = math.comb(of_1, yes_1) * math.comb(of_2, yes_2)
    return sum(way for way in ways if way <= real) / math.comb(of_1 + of_2, yes)


def _values(table: pd.DataFrame, first: str, second: str, column: str) -> tuple[NDArray[Any], int]:
    """The values of both models, the first model's first, and how many are the first's."""
    groups = [table.loc[table["model"] == model, column] for model in (first, second)]
    if not all(len(group) for group in groups):
        there = ", ".join(sorted(set(table["model"])))
        raise ValueError(f"both models must have projects; there are {there} (got {first} and {second})")
    values = pd.concat(groups)
    return ((values == "Y").astype(int) if column == "implemented_12m" else values).to_numpy(), len(groups[0])


def _statistic(column: str) -> Callable[[NDArray[Any]], Any]:
    return np.sum if column == "implemented_12m" else np.median


def _gap(values: NDArray[Any], size: int, statistic: Callable[[NDArray[Any]], Any]) -> float:
    return float(statistic(values[size:]) - statistic(values[:size]))

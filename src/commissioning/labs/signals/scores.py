"""Six weak signals made one score, what their moving together does to it, and how often it cries wolf.

A measure's score is its distance from the ward's own two years, in standard deviations (z). Several scores add up to
one: their sum, divided by the standard deviation that the sum itself would have (Stouffer and others 1949 for scores
that have nothing to do with each other). Where each pair correlates by r, a sum of k scores has the variance
k + k (k - 1) r. Scores of this kind are how regulators have screened hospitals (Spiegelhalter and others 2012).
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

MEASURES = ("falls", "complaints", "sickness", "agency", "readmitted", "voice")


def of_trust(table: pd.DataFrame, trust: str) -> pd.DataFrame:
    """The rows of one trust. Raises LookupError for a trust that is not there."""
    rows = table[table["trust"] == trust].reset_index(drop=True)
    if rows.empty:
        raise LookupError(f"there is no trust '{trust}' here: it must be one of {', '.join(table['trust'].unique())}")
    return rows


def z_scores(table: pd.DataFrame) -> pd.DataFrame:
    """The table with each measure in standard deviations from the same unit's own mean over all its months."""
    measures = [name for name in table if name in MEASURES]
    grouped = table.groupby("unit", sort=False)[measures]
    spread = grouped.transform(lambda months: months.std(ddof=0))
    scored = (table[measures] - grouped.transform("mean")) / spread
    return table.drop(columns=measures).assign(**{name: scored[name] for name in measures})


def of_unit(scores: pd.DataFrame, unit: str, month: str) -> pd.Series[float]:
    """The scores of one ward or team in one month, by measure. Raises LookupError if there is no such row."""
    rows = scores[(scores["unit"] == unit) & (scores["month"] == month)]
    if rows.empty:
        raise LookupError(f"there is no '{unit}' in {month} here: months run from {scores['month'].min()}")
    return rows.iloc[0][[name for name in MEASURES if name in scores]].astype(float)


def together(scores: pd.DataFrame) -> float:
    """By how much a pair of measures correlates (Pearson's r), on average over every pair, all months and units."""
    measures = [name for name in MEASURES if name in scores]
    pairs = np.corrcoef(scores[measures].to_numpy(), rowvar=False)
    return float(pairs[np.triu_indices(len(measures), k=1)].mean())


def spread_of_sum(count: int, correlation: float = 0.0) -> float:
    """The standard deviation of a sum of `count` scores of which each pair correlates by so much."""
    variance = count + count * (count - 1) * correlation
    if count < 1 or variance <= 0:
        raise ValueError(f"{count} scores cannot all correlate by {correlation}")
    return math.sqrt(variance)


def combined(scores: pd.DataFrame, correlation: float = 0.0) -> pd.Series[float]:
    """One score for every row: the sum of its measures' scores over the standard deviation of such a sum."""
    measures = [name for name in MEASURES if name in scores]
    return scores[measures].sum(axis=1) / spread_of_sum(len(measures), correlation)


def alarms(scores: pd.Series[float], line: float) -> int:
    """How many scores are at the line or above it."""
    return int((scores >= line).sum())


def expected_alarms(count: int, line: float) -> float:
    """How many of so many scores would be at the line or above by chance, if they follow the normal curve."""
    return count * math.erfc(line / math.sqrt(2)) / 2

"""How far chance alone takes a count from what is expected: the lines of a funnel plot, and who lies outside them."""

from __future__ import annotations

import math

import pandas as pd

INNER, OUTER = 95.0, 99.8
"""The usual two pairs of limits, in per cent of units that they hold if only chance is at work."""


def poisson_quantile(expected: float, probability: float) -> float:
    """The count that chance stays under with this probability, between whole numbers where it falls between them.

    With R the smallest count whose cumulative chance reaches the probability p, it is R - (F(R) - p) / f(R), so that
    limits move smoothly with size. (Spiegelhalter, Statistics in Medicine 2005, appendix A.1.)
    """
    if expected <= 0 or not 0 < probability < 1:
        raise ValueError(
            f"expected must be above 0, and the probability between 0 and 1 (got {expected:g} and {probability:g})"
        )
    count = max(0, int(expected - 12 * math.sqrt(expected)))
    chance = math.exp(count * math.log(expected) - expected - math.lgamma(count + 1))
    below = chance
    while below < probability:
        count += 1
        chance *= expected / count
        below += chance
    return count - (below - probability) / chance


def limits(expected: float, *, coverage: float = INNER) -> tuple[float, float]:
    """The two counts between which chance alone keeps this share of units (per cent), as many missed below as above.

    Admissions are taken to come one by one (Poisson). Where they come in clusters, or practices differ in what nobody
    measured, real tables are wider than this (over-dispersion), and the limits call too many unusual. (Spiegelhalter
    2005, section 4, for what to do about it.)
    """
    if not 0 < coverage < 100:
        raise ValueError(f"coverage is in per cent, so 95 means 95% (got {coverage:g})")
    tail = (1 - coverage / 100) / 2
    return poisson_quantile(expected, tail), poisson_quantile(expected, 1 - tail)


def compared(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each practice: observed against expected, and the limits of chance, as a per cent of what is expected.

    Columns: practice_id, list_size, expected, observed (all years of the table added up), ratio (100 is as expected),
    low_95, high_95, low_998, high_998.
    """
    sums = {"list_size": ("list_size", "first"), "expected": ("expected", "sum"), "observed": ("observed", "sum")}
    rows = table.groupby("practice_id").agg(**sums).reset_index()
    rows["ratio"] = 100 * rows["observed"] / rows["expected"]
    for coverage, name in ((INNER, "95"), (OUTER, "998")):
        ends = [limits(expected, coverage=coverage) for expected in rows["expected"]]
        rows[f"low_{name}"], rows[f"high_{name}"] = (
            [100 * end[side] / expected for end, expected in zip(ends, rows["expected"], strict=True)]
            for side in (0, 1)
        )
    return rows


def value_of(rows: pd.DataFrame, practice: str, column: str) -> float:
    """One number of one practice, from a table with a row for each."""
    return float(rows.loc[rows["practice_id"] == practice, column].to_numpy()[0])


def outside(table: pd.DataFrame, *, coverage: float = INNER) -> list[str]:
    """The practices whose count lies beyond the limits of chance, on either side, in the order of their numbers."""
    rows = compared(table)
    ends = [limits(expected, coverage=coverage) for expected in rows["expected"]]
    far = [not low <= count <= high for count, (low, high) in zip(rows["observed"], ends, strict=True)]
    return [str(name) for name in rows.loc[far, "practice_id"]]

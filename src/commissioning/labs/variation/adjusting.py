"""The same comparison without some of the admissions: those of people in homes, or those of less than a day."""

from __future__ import annotations

import pandas as pd


def without_homes(table: pd.DataFrame) -> pd.DataFrame:
    """Practices without the people of their nursing and residential homes, observed and expected alike."""
    kept = table.assign(
        observed=table["observed"] - table["observed_homes"], expected=table["expected"] - table["expected_homes"]
    )
    return _evened(kept)


def without_same_day(table: pd.DataFrame) -> pd.DataFrame:
    """Practices without admissions that ended on the day on which they began."""
    return _evened(table.assign(observed=table["observed"] - table["same_day"]))


def _evened(table: pd.DataFrame) -> pd.DataFrame:
    """What is expected, scaled so that in each year it adds up to what was observed (indirect standardisation)."""
    sums = table.groupby("year", sort=False)[["observed", "expected"]].transform("sum")
    return table.assign(expected=table["expected"] * sums["observed"] / sums["expected"])

"""Money over the years in three ways: cash, cash with prices allowed for, and a share of the whole.

Real terms divide each year's cash by an index of prices, so that all are in the money of the last year, where the
index is 100 (as the Treasury does with its deflator). A share divides by the same year's total.
"""

from __future__ import annotations

from typing import Literal

import pandas as pd

Way = Literal["cash", "real", "share"]
COLUMN: dict[str, str] = {"cash": "cash_m", "real": "real_m", "share": "share_pct"}
LAST = 100.0


def of_sector(series: pd.DataFrame, sector: str) -> pd.DataFrame:
    """A row for each year of one sector: year, cash_m, real_m in the last year's money, share_pct of the year's total.

    Raises LookupError for a sector that is not there.
    """
    rows = series[series["sector"] == sector]
    if rows.empty:
        sectors = ", ".join(series["sector"].unique())
        raise LookupError(f"there is no sector '{sector}' in these years: it must be one of {sectors}")
    totals = rows["year"].map(series.groupby("year")["cash_m"].sum())
    table = rows.assign(
        real_m=rows["cash_m"] * LAST / rows["deflator"],
        share_pct=100 * rows["cash_m"] / totals,
    )
    return table[["year", "cash_m", "real_m", "share_pct"]].reset_index(drop=True)


def change(series: pd.DataFrame, sector: str, way: Way = "cash") -> float:
    """From the first year to the last, in per cent of the first: of cash, of real money, or of the share itself."""
    column = of_sector(series, sector)[COLUMN[way]]
    return float(100 * (column.iloc[-1] / column.iloc[0] - 1))

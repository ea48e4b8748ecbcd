"""A payment that rises with prices, beside the same payment had it risen with income. In £ million.

Both compound: each year's rise is taken on what the year before had come to.
"""

from __future__ import annotations

import pandas as pd

START = 18.0
"""£ million in year 0, which is 2013/14."""


def payments(years: pd.DataFrame, start: float = START) -> pd.DataFrame:
    """A row for each year from 0: year, payment_m (risen with prices), afforded_m (risen with income), gap_m."""
    prices = (1 + years["prices_pct"] / 100).cumprod()
    income = (1 + years["income_pct"] / 100).cumprod()
    table = pd.DataFrame({"year": years["year"], "payment_m": start * prices, "afforded_m": start * income})
    table = pd.concat([pd.DataFrame({"year": [0], "payment_m": [start], "afforded_m": [start]}), table])
    return table.assign(gap_m=table["payment_m"] - table["afforded_m"]).reset_index(drop=True)


def gap(years: pd.DataFrame, year: int, start: float = START) -> float:
    """By how much the payment of a year exceeds what it would have been had it risen with income; below 0 if less."""
    return float(payments(years, start)["gap_m"].iloc[year])


def paid_over(years: pd.DataFrame, year: int, start: float = START) -> float:
    """The gaps of all the years up to this one, added up."""
    table = payments(years, start)
    return float(table.loc[table["year"] <= year, "gap_m"].sum())

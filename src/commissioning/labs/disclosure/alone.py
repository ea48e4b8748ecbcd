"""How many people stand alone, or nearly, in a table without names: counting combinations of columns.

A person whose values in some columns are shared by no other row can be picked out by whoever knows those values of
them (Sweeney, Simple Demographics Often Identify People Uniquely, 2000). A table in which each combination has at
least k rows is called k-anonymous in those columns (Sweeney 2002). Neither says that anyone will look, or that a
group which is large enough cannot all have the same illness.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

GRAINS = ("day", "month", "year", "five years")
"""How finely a birth can be told, finest first."""


def born_by(table: pd.DataFrame, grain: str) -> pd.DataFrame:
    """A copy with `born` told no more finely than this: "1982-10-25", "1982-10", "1982" or "1980 to 1984".

    Raises ValueError for a grain that is none of `GRAINS`.
    """
    if grain not in GRAINS:
        raise ValueError(f"there is no grain '{grain}': choose {', '.join(GRAINS)}")
    return table.assign(born=_told(pd.DatetimeIndex(table["born"]), grain))


def _told(born: pd.DatetimeIndex, grain: str) -> pd.Categorical[str]:
    if grain == "day":
        return pd.Categorical(born.strftime("%Y-%m-%d"))
    if grain == "month":
        return pd.Categorical(born.strftime("%Y-%m"))
    first = born.year if grain == "year" else born.year // 5 * 5
    names = {year: str(year) if grain == "year" else f"{year} to {year + 4}" for year in sorted(set(first))}
    return pd.Categorical([names[year] for year in first])


def alone(table: pd.DataFrame, columns: Collection[str]) -> float:
    """Per cent of people whose values in these columns nobody else in the table shares."""
    return below(table, columns, k=2)


def below(table: pd.DataFrame, columns: Collection[str], *, k: int = 5) -> float:
    """Per cent of people who share their values in these columns with so few that the group is smaller than k."""
    groups = _groups(table, columns)
    return float(100 * groups[groups < k].sum() / len(table))


def smallest(table: pd.DataFrame, columns: Collection[str]) -> int:
    """People in the smallest group: the table is k-anonymous in these columns for this k, and for none larger."""
    return int(_groups(table, columns).min())


def _groups(table: pd.DataFrame, columns: Collection[str]) -> pd.Series[int]:
    if missing := [name for name in columns if name not in table]:
        raise LookupError(f"no column here is called {', '.join(missing)}: there are {', '.join(table.columns)}")
    return table.groupby(list(columns), observed=True).size()

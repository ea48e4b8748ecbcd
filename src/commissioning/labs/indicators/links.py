"""Which indicator goes up and down with what readers say, and how many would seem to by chance alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

ONE_IN_TWENTY = 5.0


def satisfaction_by_month(survey: pd.DataFrame) -> pd.Series[float]:
    """Average satisfaction of the reports of each month, 0 to 10."""
    return survey.groupby("month")["satisfaction"].mean()


def satisfaction_link(kpi: pd.DataFrame, survey: pd.DataFrame, indicator: str) -> float:
    """Correlation (Pearson's r, -1 to 1) of one indicator with average satisfaction, over the months they share."""
    values = kpi[kpi["indicator"] == indicator].set_index("month")["value"]
    if values.empty:
        raise ValueError(f"there is no indicator {indicator!r}; the first is {kpi['indicator'].iloc[0]!r}")
    return float(values.corr(satisfaction_by_month(survey)))


def links(kpi: pd.DataFrame, survey: pd.DataFrame) -> pd.DataFrame:
    """Every indicator with its type and correlation with satisfaction, farthest from nothing first."""
    rows = kpi[["indicator", "name", "type"]].drop_duplicates(ignore_index=True)
    rows["correlation"] = [satisfaction_link(kpi, survey, name) for name in rows["indicator"]]
    order = rows["correlation"].abs().sort_values(ascending=False, kind="stable").index
    return rows.loc[order].reset_index(drop=True)


def chance_level(months: int, percent: float = ONE_IN_TWENTY) -> float:
    """How far from nothing a correlation over so many months comes by chance in `percent` of cases, either way.

    Exact for two things that have nothing to do with each other, one of them normally distributed: r then has a density
    in proportion to (1 - r²) ** ((months - 4) / 2) (Fisher 1915). Takes 4 months or more.
    """
    if months < 4:
        raise ValueError(f"months must be at least 4 (got {months})")
    r = (np.arange(200_000) + 0.5) / 200_000
    beyond = np.cumsum(((1 - r**2) ** ((months - 4) / 2))[::-1])[::-1]
    return float(r[np.searchsorted(-beyond / beyond[0], -percent / 100)])


def expected_by_chance(indicators: int, percent: float = ONE_IN_TWENTY) -> float:
    """How many of so many indicators would pass the level of `percent` if none had anything to do with satisfaction."""
    return indicators * percent / 100

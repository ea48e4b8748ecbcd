"""How a supplier rates itself: the average of the year against a target, and what its indicators are about."""

from __future__ import annotations

import pandas as pd

AMBER = 5.0
"""Per cent of the target by which an indicator may miss it and be amber. By more, it is red."""
TYPES = ("timeliness", "volume", "accuracy", "usefulness")
RATINGS = ("green", "amber", "red")


def ratings(kpi: pd.DataFrame) -> pd.DataFrame:
    """One row per indicator: indicator, name, type, unit, better, target, mean (of its months) and rating.

    Green meets its target on average, amber misses it by at most 5% of it, red by more. A year's average hides bad
    months; so did Meridian's report.
    """
    kept = ["indicator", "name", "type", "unit", "better", "target"]
    rows = kpi.groupby(kept, sort=False)["value"].mean().rename("mean").reset_index()
    short = (rows["target"] - rows["mean"]).where(rows["better"] == "higher", rows["mean"] - rows["target"])
    missed = (100 * short / rows["target"]).round(9)
    rows["rating"] = missed.map(lambda percent: "green" if percent <= 0 else "amber" if percent <= AMBER else "red")
    return rows


def share_green(kpi: pd.DataFrame) -> float:
    """Green indicators as a percentage of all."""
    return float(100 * (ratings(kpi)["rating"] == "green").mean())


def share_of_type(kpi: pd.DataFrame, kind: str) -> float:
    """Indicators of one type as a percentage of all indicators. Raises ValueError for an unknown type."""
    if kind not in set(kpi["type"]):
        raise ValueError(f"type must be one of {', '.join(sorted(set(kpi['type'])))} (got {kind!r})")
    return float(100 * (ratings(kpi)["type"] == kind).mean())

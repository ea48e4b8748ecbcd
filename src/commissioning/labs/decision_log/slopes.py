"""How many more days a decision takes for each further body, among all of them or among those led alike."""

from __future__ import annotations

import math

import pandas as pd


def slope(log: pd.DataFrame) -> float:
    """Least-squares slope of days on bodies: days for each further body. Not a number if all have as many bodies."""
    bodies = log["n_bodies"]
    return float(bodies.cov(log["days"]) / bodies.var()) if bodies.nunique() > 1 else math.nan


def crossing(log: pd.DataFrame) -> tuple[float, float]:
    """The fitted line's days at the fewest bodies and at the most."""
    gradient, bodies = slope(log), log["n_bodies"]
    start = float(log["days"].mean() - gradient * bodies.mean())
    return start + gradient * float(bodies.min()), start + gradient * float(bodies.max())

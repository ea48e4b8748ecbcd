"""The log by who led and by how many bodies: medians of days, shares reversed, shares led."""

from __future__ import annotations

import math

import pandas as pd

from commissioning.labs.decision_log.slopes import slope


def led(log: pd.DataFrame) -> pd.DataFrame:
    """The decisions that one named person led."""
    return log[log["single_lead"] == "Y"]


def not_led(log: pd.DataFrame) -> pd.DataFrame:
    """The decisions that nobody in particular led."""
    return log[log["single_lead"] == "N"]


def reversed_share(log: pd.DataFrame) -> float:
    """The percentage reversed within six months. Not a number if there are none."""
    return 100 * float((log["reversed_6m"] == "Y").mean()) if len(log) else math.nan


def by_lead(log: pd.DataFrame) -> pd.DataFrame:
    """A row for each group: with one named lead and without.

    Columns: group, decisions, median_days, slope (days for each further body), reversed, reversed_share (per cent).
    """
    groups = {"One named lead": led(log), "No named lead": not_led(log)}
    return pd.DataFrame(
        {
            "group": list(groups),
            "decisions": [len(some) for some in groups.values()],
            "median_days": [float(some["days"].median()) for some in groups.values()],
            "slope": [slope(some) for some in groups.values()],
            "reversed": [int((some["reversed_6m"] == "Y").sum()) for some in groups.values()],
            "reversed_share": [reversed_share(some) for some in groups.values()],
        }
    )


def by_bodies(log: pd.DataFrame) -> pd.DataFrame:
    """A row for each number of bodies: decisions, led_share (per cent), and medians of days: all, led and not led."""
    rows = []
    for bodies, some in log.groupby("n_bodies"):
        with_lead, without = led(some), not_led(some)
        medians = [float(part["days"].median()) for part in (some, with_lead, without)]
        rows.append((bodies, len(some), 100 * len(with_lead) / len(some), *medians))
    return pd.DataFrame(rows, columns=["n_bodies", "decisions", "led_share", "median", "median_led", "median_not_led"])

"""The figures of the lab "Six small signals", from the default seed. It offers no table to explorers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd

from commissioning import place
from commissioning.labs import signals
from commissioning.labs.shapes import Figure, Table

LAST = "2014-02"
WATCHED = {"General": "Ward 6", "Fenside": "Team 4"}
LINES = {"2": 2.0, "2-5": 2.5, "3": 3.0}


@cache
def figures() -> dict[str, Figure]:
    """Every figure of the lab, by id."""
    general = {f"L13-{name}": figure for name, figure in _of_trust("General").items()}
    bare = {f"L13-bare-{name}": figure for name, figure in _of_trust("Fenside").items()}
    return general | bare | _of_the_rule()


@cache
def scored(trust: str) -> pd.DataFrame:
    """One trust's scores, with `alone` (as if the six had nothing to do with each other) and `joint`."""
    scores = signals.z_scores(signals.of_trust(place.signals_monthly(), trust))
    joint = signals.combined(scores, signals.together(scores))
    return scores.assign(alone=signals.combined(scores), joint=joint)


def _of_trust(trust: str) -> dict[str, Figure]:
    table, unit = scored(trust), WATCHED[trust]
    row = table[(table["unit"] == unit) & (table["month"] == LAST)].iloc[0]
    count, r = len(table), signals.together(table)
    six = table[list(signals.MEASURES)]
    made = {
        "units": Figure(table["unit"].nunique(), "units", 0, f"Wards or teams of {trust}"),
        "rows": Figure(count, "months", 0, f"Months of a ward or team, {trust}"),
        "sum": Figure(float(row[list(signals.MEASURES)].sum()), "SD", 0.02, f"Sum of the six scores of {unit}", 1),
        "alone": Figure(row["alone"], "SD", 0.01, f"{unit}'s one score, if the six were unconnected", 2),
        "together": Figure(r, "r", 0.06, f"Average correlation of a pair of measures, {trust}", 2),
        "pairs": Figure(15 * r, "r", 0.9, f"Correlations of the 15 pairs, added up, {trust}", 2),
        "joint": Figure(row["joint"], "SD", 0.2, f"{unit}'s one score, with the correlation counted", 2),
        "joint-about": Figure(row["joint"], "SD", 0.2, f"{unit}'s one score, with the correlation counted", 1),
        "joint-by-chance": Figure(
            signals.expected_alarms(count, row["joint"]), "months", 2, f"As high as {unit} by chance, counted so", 1
        ),
        "alone-by-chance": Figure(
            signals.expected_alarms(count, row["alone"]), "months", 0.05, "As high by chance, if unconnected", 2
        ),
        "years-alone": Figure(
            2 / signals.expected_alarms(count, row["alone"]), "years", 3, f"Years between months as high as {unit}", 0
        ),
        "as-high": Figure(int((table["alone"] >= row["alone"]).sum()), "months", 5, f"As high as {unit} in the data"),
        "one-over": Figure(
            int((six >= 2).any(axis=1).sum()), "months", 20, "Months in which some one measure is over 2"
        ),
        "one-over-here": Figure(
            int((row[list(signals.MEASURES)] >= 2).sum()), "measures", 0, f"Of {unit}'s six, over 2"
        ),
    }
    for name, line in LINES.items():
        expected = signals.expected_alarms(count, line)
        made |= {
            f"expected-{name}": Figure(
                expected, "months", 0, f"Over {line:g} by chance, of {count}", 0 if expected > 2 else 1
            ),
            f"alarms-{name}": Figure(
                signals.alarms(table["alone"], line), "months", 12, f"Over {line:g}, if taken as unconnected"
            ),
            f"joint-alarms-{name}": Figure(
                signals.alarms(table["joint"], line), "months", 8, f"Over {line:g}, correlation counted"
            ),
        }
    return made


def _of_the_rule() -> dict[str, Figure]:
    """What the spread of a sum of six comes to at the correlations of the page's table."""
    return {
        f"L13-spread-{name}": Figure(signals.spread_of_sum(6, r), "SD", 0, f"Spread of a sum of six, r {r:g}", 2)
        for name, r in {"0": 0.0, "1": 0.1, "3": 0.3, "5": 0.5}.items()
    } | {
        f"L13-nine-{name}": Figure(9.3 / signals.spread_of_sum(6, r), "SD", 0, f"9.3 over it, r {r:g}", 1)
        for name, r in {"0": 0.0, "1": 0.1, "3": 0.3, "5": 0.5}.items()
    }


TABLES: dict[str, Callable[[], Table]] = {}
"""No explorer reads this lab."""

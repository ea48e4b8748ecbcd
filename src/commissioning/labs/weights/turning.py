"""Where one weight changes the list: the others keep their proportions and share what is left.

A one-way sensitivity analysis on weights (Marsh and others 2016, report 2 of the ISPOR task force). A value is then a
straight line in the weight that moves, so that the first place changes where two lines meet.
"""

from __future__ import annotations

import pandas as pd

from commissioning.labs.weights.values import KEYS, first, values


def moved(weights: pd.Series[float], criterion: str, to: float) -> pd.Series[float]:
    """The weights with this one at `to`, a share of 1, and the others in their old proportions."""
    if criterion not in weights:
        raise LookupError(f"there is no criterion '{criterion}': it must be one of {', '.join(KEYS)}")
    rest = weights.drop(criterion)
    new = rest / rest.sum() * (1 - to)
    new[criterion] = to
    return new[weights.index]


def flips(scores: pd.DataFrame, weights: pd.Series[float], criterion: str) -> pd.DataFrame:
    """Who comes first as one weight goes from nothing to all: `at` (a share of 1) and `first` from there on."""
    at_none = values(scores, moved(weights, criterion, 0.0))
    at_all = values(scores, moved(weights, criterion, 1.0))
    at, leader = 0.0, first(scores, moved(weights, criterion, 1e-12))
    rows = [(0.0, leader)]
    while True:
        met = {
            name: (at_none[leader] - at_none[name]) / gain
            for name in scores.index
            if (gain := (at_all[name] - at_none[name]) - (at_all[leader] - at_none[leader])) > 1e-12
        }
        later = {name: where for name, where in met.items() if at < where < 1}
        if not later:
            return pd.DataFrame(rows, columns=["at", "first"])
        leader = min(later, key=lambda name: (later[name], -at_all[name]))
        at = later[leader]
        rows.append((at, leader))


def flip_above(scores: pd.DataFrame, weights: pd.Series[float], criterion: str) -> float | None:
    """The nearest weight above its own at which another proposal comes first; None if there is none."""
    turns = flips(scores, weights, criterion)
    above = turns.loc[turns["at"] > weights[criterion], "at"]
    return None if above.empty else float(above.iloc[0])

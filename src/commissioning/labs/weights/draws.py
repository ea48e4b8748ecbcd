"""How often the first stays first when each score is drawn from its range: a probabilistic sensitivity analysis.

Each score is drawn from a triangle between its low and its high, with its peak at the likely one, on its own (Marsh and
others 2016 name this among the ways to show what uncertain scores do). That scores are drawn one by one is an
assumption: a scorer who is too kind to one proposal on everything would move it more than this shows.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from commissioning.labs.weights.values import KEYS, first, of_scorers

DRAWS, SEED = 10_000, 2016


def first_in_draws(
    table: pd.DataFrame, scored_by: str, weights: pd.Series[float], *, draws: int = DRAWS, seed: int = SEED
) -> pd.Series[float]:
    """For each proposal, the share of draws (of 1) in which it comes first; the most frequent first."""
    low, likely, high = (of_scorers(table, scored_by, which) for which in ("low", "likely", "high"))
    rng = np.random.default_rng(seed)
    middle = likely.to_numpy()
    up = np.maximum(high.to_numpy(), low.to_numpy() + 1e-9)
    drawn = rng.triangular(low.to_numpy(), middle, up, (draws, *middle.shape))
    leaders = (drawn @ weights[KEYS].to_numpy()).argmax(axis=1)
    counts = np.bincount(leaders, minlength=len(likely))
    return pd.Series(counts / draws, index=likely.index).sort_values(ascending=False, kind="stable")


def stays_first(table: pd.DataFrame, scored_by: str, weights: pd.Series[float], **more: int) -> float:
    """The share of draws (of 1) in which the proposal that the likely scores put first is still first."""
    leader = first(of_scorers(table, scored_by), weights)
    return float(first_in_draws(table, scored_by, weights, **more)[leader])

"""What the six named strategies are worth in money on day 100, and in the letter from day 365."""

from __future__ import annotations

from typing import Any

import pandas as pd

from commissioning.game.play import changed, runs, strategies

SEEDS = 200
"""Games of each strategy, with the seeds 1 to 200."""


def money_by_strategy(dials: str = "central", **choices: Any) -> pd.DataFrame:
    """A row for each named strategy: the mean position over 200 games (£k) and its rank, on day 100 and on day 365.

    `choices` gives all six the same option: money_by_strategy(payment="blended"). Columns: day_100, rank_100, day_365,
    rank_365; rank 1 is the most money.
    """
    ends = {name: runs(SEEDS, strategy=changed(name, **choices), dials=dials) for name in strategies()}
    table = pd.DataFrame(
        {
            "day_100": {name: float(end["position"].mean()) for name, end in ends.items()},
            "day_365": {name: float(end["day_365"].mean()) for name, end in ends.items()},
        }
    ).rename_axis("strategy")
    for day in ("100", "365"):
        table[f"rank_{day}"] = table[f"day_{day}"].rank(ascending=False).astype(int)
    return table[["day_100", "rank_100", "day_365", "rank_365"]]


def lead(one: Any, other: Any, *, dials: str = "central", on: str = "day_365") -> float:
    """How far the mean position of one strategy is ahead of another's over 200 games, in £k; below 0 if it is behind.

    `on` is "day_365", or "position" for day 100.
    """
    ahead, behind = (runs(SEEDS, strategy=strategy, dials=dials)[on].mean() for strategy in (one, other))
    return float(ahead - behind)

"""Sharing one sum by people, weighted for age and for need (weighted capitation).

Each group's people are multiplied by its indices, and the sum is shared in proportion. So a group's money depends on
everybody's people and weights, and not on its own alone. It is the shape of the formulas used in England since 1976,
with two made-up indices where those have dozens.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

WEIGHTS = ("age", "need")


def shared_out(groups: pd.DataFrame, total_m: float, weights: Sequence[str] = WEIGHTS) -> pd.Series[float]:
    """£ million for each group, by name: `total_m` shared by its people times the indices named in `weights`."""
    if strange := [name for name in weights if f"{name}_index" not in groups]:
        raise LookupError(f"there is no index of '{strange[0]}' here: weights must be among {', '.join(WEIGHTS)}")
    weighted = groups["listed"].astype(float)
    for name in weights:
        weighted = weighted * groups[f"{name}_index"]
    money = total_m * weighted / weighted.sum()
    return money.set_axis(groups["group"])

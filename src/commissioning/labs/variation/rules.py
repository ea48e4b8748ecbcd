"""Four rules for whom to visit, each a sensible reader's, and what the next year does to each.

In: two or three years of practices. Out: who is picked, how they did afterwards, how many the rule would pick again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

HOW_MANY = 5
"""How many practices a rule picks, but for `above_average`, which picks all."""


def _ratio(year: pd.DataFrame) -> pd.Series[float]:
    rows = year.set_index("practice_id")
    return 100 * rows["observed"] / rows["expected"]


def highest(before: pd.DataFrame, year: pd.DataFrame) -> list[str]:
    """The five with most admissions for what is expected of them."""
    return _first(_ratio(year))


def above_average(before: pd.DataFrame, year: pd.DataFrame) -> list[str]:
    """All that have more than is expected of them."""
    ratio = _ratio(year)
    return [str(name) for name in ratio[ratio > 100].index]


def risers(before: pd.DataFrame, year: pd.DataFrame) -> list[str]:
    """The five that have risen most since the year before."""
    return _first(_ratio(year) - _ratio(before))


def most_extra(before: pd.DataFrame, year: pd.DataFrame) -> list[str]:
    """The five with most admissions beyond what is expected of them, in number."""
    rows = year.set_index("practice_id")
    return _first(rows["observed"] - rows["expected"])


def _first(values: pd.Series[float]) -> list[str]:
    return [str(name) for name in values.sort_values(ascending=False, kind="stable").index[:HOW_MANY]]


RULES: dict[str, Callable[[pd.DataFrame, pd.DataFrame], list[str]]] = {
    "highest": highest,
    "above-average": above_average,
    "risers": risers,
    "most-extra": most_extra,
}
"""Each rule by name. It is handed the year before and the year itself."""


@dataclass(frozen=True)
class Visited:
    """Whom a rule picked; their ratio in that year and the next (100 is as expected); how many it would pick again."""

    picked: list[str]
    ratio: float
    next_ratio: float
    again: int

    @property
    def fall(self) -> float:
        """By how many points the picked practices' ratio fell."""
        return self.ratio - self.next_ratio


def visited(before: pd.DataFrame, year: pd.DataFrame, after: pd.DataFrame, *, rule: str = "highest") -> Visited:
    """What a rule picks in `year`, and how those practices fare in `after`, when nobody has been near them."""
    if rule not in RULES:
        raise ValueError(f"rule must be one of {', '.join(RULES)} (got {rule})")
    picked = RULES[rule](before, year)
    again = set(picked) & set(RULES[rule](year, after))
    return Visited(picked, _together(year, picked), _together(after, picked), len(again))


def _together(year: pd.DataFrame, names: list[str]) -> float:
    some = year[year["practice_id"].isin(names)]
    return float(100 * some["observed"].sum() / some["expected"].sum())

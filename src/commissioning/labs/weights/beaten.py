"""Proposals that no weights put first: beaten by one other in everything, or by two others between them.

If another is at least as good on every criterion and better on one, it is ahead at all weights (dominance). If some
mix of two others is, then at all weights one of those two is at least level, since a mix is never above both of its
parts. Exact: each criterion narrows the share of the one in the mix, and some share must be left.
"""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from commissioning.labs.weights.values import KEYS


def dominated(scores: pd.DataFrame) -> dict[str, list[str]]:
    """Each proposal that another beats or equals on every criterion, and by whom."""
    found = {
        str(name): [
            str(other)
            for other, theirs in scores[KEYS].iterrows()
            if other != name and (theirs >= mine).all() and (theirs > mine).any()
        ]
        for name, mine in scores[KEYS].iterrows()
    }
    return {name: by for name, by in found.items() if by}


def beaten_by_two(scores: pd.DataFrame) -> dict[str, tuple[str, str, float]]:
    """Each proposal that a mix of two others beats or equals on every criterion: the two, and the first one's share."""
    found = {}
    rows = {str(name): [float(score) for score in row] for name, row in scores[KEYS].iterrows()}
    for name in rows:
        others = [other for other in rows if other != name]
        for one, two in combinations(others, 2):
            share = _share(rows[name], rows[one], rows[two])
            if share is not None:
                found[name] = (one, two, share)
                break
    return found


def _share(mine: list[float], one: list[float], two: list[float]) -> float | None:
    """A share of `one`, the rest being `two`, at which the mix is at least `mine` on every criterion."""
    low, high = 0.0, 1.0
    for score, first, second in zip(mine, one, two, strict=True):
        ahead, needed = first - second, score - second
        if ahead > 0:
            low = max(low, needed / ahead)
        elif ahead < 0:
            high = min(high, needed / ahead)
        elif needed > 0:
            return None
    return (low + high) / 2 if low <= high else None

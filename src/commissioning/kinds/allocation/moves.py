"""What money gives in an allocation, and what a sum of it would give in its best other place.

Moves of up to 40 steps are looked at, so that what gains nothing until it is whole is seen.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

MOST_STEPS = 40


def gain(curve: Any, spend: int) -> list[float]:
    """[low, most likely, high] that £k `spend` gives: straight lines between points, flat after the last of them."""
    if isinstance(curve, dict):
        return [limit * spend / (spend + curve["half"]) for limit in curve["limit"]]
    for one, next_ in pairwise(curve):
        if spend < next_[0]:
            share = [(next_[k] - one[k]) * (spend - one[0]) / (next_[0] - one[0]) for k in (1, 2, 3)]
            return [min(one[k] + share[k - 1], next_[k]) for k in (1, 2, 3)]
    return [float(value) for value in curve[-1][1:]]


def lump(item: dict[str, Any], money: int, step: int) -> list[float] | None:
    """[£k, gain] of the larger sum that gives most for each of its steps, if that is more than the next step gives."""
    best, found = more_for(item, money, step), None
    for k in range(2, min(MOST_STEPS, (item["most"] - money) // step) + 1):
        gives = more_for(item, money, k * step)
        if gives / k > best:
            best, found = gives / k, [k * step, gives]
    return found


def more_for(item: dict[str, Any], money: int, more: int) -> float:
    """What more money, or (below 0) less, adds to the most likely gain of an option."""
    return gain(item["gains"], money + more)[1] - gain(item["gains"], money)[1]


def opportunity(marking: dict[str, Any], spend: dict[str, int], items: dict[str, Any]) -> dict[str, Any] | None:
    """What one sum gives where it is, and would give in its best other place: the move of whole steps that gains most.

    The sum is taken from the reserve, if that holds a step, and otherwise from one option. Where no move gains, it is
    the step that gives least, and its best other place. Of equals the smaller sum, then the first ids.
    """
    found: dict[str, Any] | None = None
    best, step = 0.0, marking["step"]
    for money in range(step, (MOST_STEPS + 1) * step, step):
        for source, gave in _sources(marking, spend, money):
            for name in spend:
                item = marking["items"][name]
                if name == source or spend[name] + money > item["most"]:
                    continue
                would_give = more_for(item, spend[name], money)
                if would_give - gave > best or (source is None and found is None):
                    best = would_give - gave
                    found = {"from": source, "money": money, "gave": gave, "to": name, "would_give": would_give}
    return found or _least(items, step)


def _sources(marking: dict[str, Any], spend: dict[str, int], money: int) -> list[tuple[str | None, float]]:
    """Where a sum can be taken from, and what it gives there."""
    reserve = marking["total"] - sum(spend.values())
    if reserve >= marking["step"]:
        return [(None, 0)] if money <= reserve else []
    held = [name for name in spend if spend[name] - money >= marking["items"][name]["floor"]]
    return [(name, -more_for(marking["items"][name], spend[name], -money)) for name in held]


def _least(items: dict[str, dict[str, Any]], step: int) -> dict[str, Any] | None:
    last = sorted((use["last"], name) for name, use in items.items() if use["last"] is not None)
    if not last:
        return None
    gave, source = last[0]
    after = sorted((-use["next"], name) for name, use in items.items() if use["next"] is not None and name != source)
    if not after:
        return None
    return {"from": source, "money": step, "gave": gave, "to": after[0][1], "would_give": -after[0][0]}

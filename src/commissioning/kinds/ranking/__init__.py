"""Situational judgement: put four or five actions in order.

Each item earns 4 - |rank - key|; tied, blank and impossible ranks earn 0. Five items make 20 marks, four make 16
(UK foundation programme's published scoring table; Patterson and others 2016, AMEE Guide 100). A random order already
averages 12 of 20, so the page shows how much better than chance an order is: 1 - sum|d| / expected sum|d| of a random
order, which is (n*n - 1) / 3: 8 for five items, 5 for four. 1 is the key's own order, 0 is chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.told import plainly
from commissioning.source import shapes
from commissioning.source.faults import did_you_mean

NAME = "ranking"
MARKED = True
MOST = 4


class Decision(shapes.Decision, shapes.Keyed):
    """Four or five options, and the order the authors would defend."""

    kind: Literal["ranking"]
    options: dict[shapes.Slug, shapes.Option] = Field(min_length=4, max_length=5)
    key: list[shapes.Slug]


Question = None


def find(exercise: Decision, given: Given = NOTHING) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """A key that is not an order of the options, or that the order of display gives away."""
    for index, name in enumerate(exercise.key):
        if name not in exercise.options:
            yield ("key", index), f"key names '{name}', which is not an option.", did_you_mean(name, exercise.options)
    if sorted(exercise.key) != sorted(exercise.options):
        yield ("key",), "key must name each option once.", ""
    elif exercise.key in (list(exercise.options), list(exercise.options)[::-1]):
        yield ("key",), "the key is unbalanced: the options are shown in its own order.", "Show them in another order."


explained = explained_options


def compiled(exercise: Decision, given: Given = NOTHING) -> dict[str, Any]:
    """{"options": [ids], "key": [ids, best first]}"""
    return {"options": list(exercise.options), "key": exercise.key}


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """{"items": {id: marks}, "marks", "of", "better_than_chance"} for {"ranks": {id: rank from 1}}.

    `better_than_chance` is None where the ranks are not an order of all items (a tie, a blank).
    """
    ranks = response.get("ranks") if isinstance(response, dict) else None
    if not isinstance(ranks, dict):
        return None
    key = {name: place for place, name in enumerate(marking["key"], start=1)}
    given = {name: _rank(ranks.get(name), len(key)) for name in key}
    taken = list(given.values())
    single = {name: rank if rank and taken.count(rank) == 1 else None for name, rank in given.items()}
    items = {name: MOST - abs(rank - key[name]) if rank else 0 for name, rank in single.items()}
    away = [abs(rank - key[name]) for name, rank in single.items() if rank]
    chance = (len(key) ** 2 - 1) / 3
    better = 1 - sum(away) / chance if len(away) == len(key) else None
    return {"items": items, "marks": sum(items.values()), "of": MOST * len(key), "better_than_chance": better}


def _rank(value: Any, n: int) -> int | None:
    """A whole rank from 1 to n, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value <= n:
        return None
    return int(value) if value == int(value) else None


def met(score: dict[str, Any]) -> bool | None:
    """Whether the order is at least half of the way from chance to the key."""
    return bool((score["better_than_chance"] or 0) >= 0.5)


told = plainly

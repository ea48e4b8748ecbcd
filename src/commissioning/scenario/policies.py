"""What is chosen in many games, as whole numbers: the place of an option, the points of a channel, turn by turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commissioning.scenario.engine import Compiled, ScenarioError, points_of


@dataclass(frozen=True)
class Policies:
    """`places`: decision -> (games, turns), the option's place from 1. `points`: -> (games, turns, channels)."""

    places: dict[str, NDArray[np.int_]]
    points: dict[str, NDArray[np.int_]]

    def __len__(self) -> int:
        return next(len(part) for part in (*self.places.values(), *self.points.values()))

    def __getitem__(self, part: slice) -> Policies:
        places = {name: column[part] for name, column in self.places.items()}
        return Policies(places, {name: column[part] for name, column in self.points.items()})


def policies(rules: Compiled, choices: Mapping[str, Any] | Sequence[Any], games: int) -> Policies:
    """From one policy for all, or one for each game: a mapping held through all turns, or a list of them by turn."""
    if isinstance(choices, Mapping):
        one = policies(rules, [choices], 1)
        return Policies(*({n: np.repeat(a, games, axis=0) for n, a in part.items()} for part in vars(one).values()))
    made = _empty(rules, len(choices))
    for game, policy in enumerate(choices):
        for turn in range(1, rules["turns"] + 1):
            _fill(rules, made, game, turn, policy)
    return made


def _empty(rules: Compiled, games: int) -> Policies:
    places, points, turns = {}, {}, rules["turns"]
    for name, decision in rules["decisions"].items():
        if "points" in decision:
            points[name] = np.zeros((games, turns, len(decision["points"])), dtype=int)
        else:
            places[name] = np.zeros((games, turns), dtype=int)
    return Policies(places, points)


def _fill(rules: Compiled, made: Policies, game: int, turn: int, policy: Any) -> None:
    by_turn = not isinstance(policy, Mapping)
    now = policy[turn - 1] if by_turn else policy
    open_now = {name: part for name, part in rules["decisions"].items() if turn in part["turns"]}
    for name in now if by_turn else ():
        if name not in open_now:
            raise ScenarioError(f"'{name}' is not decided in turn {turn}.")
    for name, decision in open_now.items():
        if "points" in decision:
            made.points[name][game, turn - 1] = list(points_of(name, decision, now.get(name) or {}).values())
            continue
        option = decision["options"].get(now.get(name))
        if option is None:
            raise ScenarioError(f"'{now.get(name)}' cannot be chosen for '{name}' now.")
        made.places[name][game, turn - 1] = option["place"]

"""Every path through a scenario of nodes, with all its states: or, where there are too many, a stated sample of them.

`walk` yields each path as its moves. Up to `MOST_PATHS` paths are walked, all of them; of more than that, as many are
drawn evenly by a fixed seed, and `is_whole` says that what holds on them is not proved for the rest.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from commissioning.scenario.engine import Compiled, Run, State, options, start

MOST_PATHS = 100_000
SEED = 1971


class Move(NamedTuple):
    """One choice of a path: where it was made, and the states before and after it."""

    node: str
    choice: str
    before: State
    after: State


Path = tuple[Move, ...]
Values = dict[str, float]


class Moment(NamedTuple):
    """Something that is told at one point of a path, with the values to tell it from."""

    place: tuple[str, ...]
    """("choice", node, choice), ("late", block) or ("node", node)."""
    values: Values


def count(rules: Compiled, most: int = MOST_PATHS) -> int:
    """How many paths there are, if all choices were open wherever they stand; counted no further than `most` + 1."""
    many: dict[str, int] = {"end": 1}

    def from_(node: str) -> int:
        if node not in many:
            many[node] = min(sum(from_(choice["goto"]) for choice in rules["nodes"][node].values()), most + 1)
        return many[node]

    return from_(rules["first"])


def is_whole(rules: Compiled, most: int = MOST_PATHS) -> bool:
    """Whether `walk` takes every path there is."""
    return count(rules, most) <= most


def walk(rules: Compiled, most: int = MOST_PATHS) -> Iterator[Path]:
    """Every path from the first node to the end; more than `most` are sampled. For rules without circles."""
    if not is_whole(rules, most):
        yield from _sample(rules, most)
        return
    ahead: list[tuple[Path, State]] = [((), start(rules))]
    while ahead:
        path, state = ahead.pop()
        if state["at"] == "end":
            yield path
            continue
        ahead += [
            ((*path, move), move.after) for move in (_moved(rules, state, name) for name in options(rules, state))
        ]


def _sample(rules: Compiled, most: int) -> Iterator[Path]:
    dice = random.Random(SEED)
    for _ in range(most):
        path: list[Move] = []
        state = start(rules)
        while state["at"] != "end" and (names := list(options(rules, state))):
            path.append(_moved(rules, state, dice.choice(names)))
            state = path[-1].after
        if state["at"] == "end":
            yield tuple(path)


def _moved(rules: Compiled, state: State, choice: str) -> Move:
    run = Run(rules, state)
    run.move(choice)
    return Move(state["at"] or "", choice, state, run.state())


def moments(rules: Compiled, move: Move) -> Iterator[Moment]:
    """What one choice tells: its own consequence, then whatever arrives late, each with the values it leaves.

    `<variable>_change` is by how much that part moved it, without a sign.
    """
    log, before = move.after["log"], {name: move.before["values"][name] for name in rules["bounds"]}
    cuts = [index for index, entry in enumerate(log) if entry[0] == "late"]
    for first, last in zip([0, *cuts], [*cuts, len(log)], strict=True):
        changed = {entry[1]: entry[3] for entry in log[first:last] if entry[0] == "changed" and entry[1] in before}
        now = {**before, **changed}
        place = ("late", log[first][2]) if log[first][0] == "late" else ("choice", move.node, move.choice)
        yield Moment(place, told_values(rules, move.after["values"], now, before))
        before = now


def since_start(rules: Compiled, state: State) -> Values:
    """The values that a node or an ending is told from: those of a state, with what has changed since the start."""
    return told_values(rules, state["values"], state["values"], rules["start"])


def told_values(
    rules: Compiled, rest: Mapping[str, float], now: Mapping[str, float], before: Mapping[str, float]
) -> Values:
    """All values, the variables rounded as they are after each choice, and the size of each one's change."""
    made = dict(rest)
    for name, scale in rules["scales"].items():
        made[name] = rounded(now[name], scale)
        made[f"{name}_change"] = rounded(abs(made[name] - rounded(before[name], scale)), scale)
    return made


def rounded(value: float, scale: float) -> float:
    """Half up, to the digits of a variable: the engine's own rounding."""
    return int((value * scale + 0.5) // 1) / scale

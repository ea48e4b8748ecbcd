"""Every path through a scenario, for tests of what its endings say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from commissioning.scenario import ending
from commissioning.scenario.paths import is_whole, walk


def paths(rules: Any) -> Iterator[tuple[list[tuple[str, str]], dict[str, float], str]]:
    """Every path to an end: where one stood and what was chosen there, the values at the end, and the ending."""
    assert is_whole(rules)
    for path in walk(rules):
        told = ending(rules, path[-1].after)
        assert told is not None
        yield [(move.node, move.choice) for move in path], path[-1].after["values"], told


CLOSED, BELIEVED, WITH_YOU = 3.4, 50, 45
"""How small the gap must be (£m), and how far the public and the practices must follow, in the story of the deficit."""


def assert_deficit_endings_hold(rules: Any, *, waited: set[str], found_out: set[str]) -> None:
    """What the four endings of the deficit's story say is so on every path, and each is reached.

    `waited` and `found_out` name the choices, as `moment.choice`, that make a reader one who waited or was found out.
    """
    met = set()
    for steps, values, reached in paths(rules):
        met.add(reached)
        chosen = {f"{at}.{choice}" for at, choice in steps}
        told_at_once = not waited <= chosen
        carried = values["public"] >= BELIEVED and values["practices"] >= WITH_YOU
        says = {
            "hidden-and-found": found_out <= chosen,
            "smaller-and-owned": values["gap"] <= CLOSED and carried and told_at_once,
            "smaller-and-resented": values["gap"] <= CLOSED and not carried and told_at_once,
            "same-and-understood": values["gap"] > CLOSED and told_at_once,
        }
        assert says[reached], (reached, sorted(chosen), values)
    assert met == {name for name, _ in rules["endings"]}

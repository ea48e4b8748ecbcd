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

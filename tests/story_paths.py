"""Every path through a scenario, for tests of what its endings say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from commissioning.scenario import engine


def paths(rules: Any) -> Iterator[tuple[list[tuple[str, str]], dict[str, float], str]]:
    """Every path to an end: where one stood and what was chosen there, the values at the end, and the ending."""
    ahead: list[tuple[list[tuple[str, str]], Any]] = [([], engine.start(rules))]
    while ahead:
        chosen, state = ahead.pop()
        if state["at"] == "end":
            ending = engine.ending(rules, state)
            assert ending is not None
            yield chosen, state["values"], ending
            continue
        for choice in engine.options(rules, state):
            run = engine.Run(rules, state)
            run.move(choice)
            ahead.append(([*chosen, (state["at"], choice)], run.state()))

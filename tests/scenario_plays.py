"""Random plays of a scenario's rules, and a digest of what happened in them; for tests in Python and in a browser."""

from __future__ import annotations

import random
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commissioning import game, scenario
from commissioning.scenario import State

TESTS = Path(__file__).resolve().parent
FIXTURES = TESTS / "fixtures" / "scenario"


@dataclass(frozen=True)
class Play:
    """One seeded play: what was chosen, step by step."""

    seed: int
    dials: dict[str, float]
    choices: list[Any]


def compiled(name: str) -> dict[str, Any]:
    """The rules of a fixture, or of the book's own capstone, compiled."""
    if name == "first-hundred-days":
        return game.rules(TESTS.parent)
    return scenario.compile_rules(scenario.read(FIXTURES / f"{name}.yaml").model)


def random_choices(rules: dict[str, Any], state: State, dice: random.Random) -> Any:
    """Anything that the rules allow now: every option as likely, and as many points as one may spread, or fewer."""
    open_now = scenario.options(rules, state)
    if rules["form"] == "nodes":
        return dice.choice(list(open_now))
    chosen: dict[str, Any] = {}
    for name, options in open_now.items():
        decision = rules["decisions"][name]
        if "points" in decision:
            spread = [dice.choice(options) for _ in range(min(dice.choice([0, 6, 6, 99]), decision["most"]))]
            chosen[name] = {channel: spread.count(channel) for channel in set(spread)}
        else:
            chosen[name] = dice.choice(options)
    return chosen


def random_play(rules: dict[str, Any], number: int) -> tuple[Play, list[State]]:
    """The play with this number, always the same, and its states."""
    dice = random.Random(number)
    seed = dice.choice([number, dice.getrandbits(32), -number])
    dials = {name: dice.choice([low, high, dice.uniform(low, high)]) for name, (low, high) in rules["dials"].items()}
    chosen: list[Any] = []

    def policy(rules: dict[str, Any], state: State) -> Any:
        chosen.append(random_choices(rules, state, dice))
        return chosen[-1]

    states = scenario.play(rules, policy, seed=seed, dials=dials)
    if rules["afterwards"]:
        states.append(scenario.afterwards(rules, states[-1]))
    return Play(seed, dials, chosen), states


def digest(rules: dict[str, Any], states: list[State]) -> int:
    """CRC-32 of every value of every state, bit by bit, and of the dice after each."""
    names = list(rules["start"])
    numbers = [x for state in states for x in (*(state["values"][name] for name in names), state["dice"])]
    return zlib.crc32(struct.pack(f"<{len(numbers)}d", *numbers))

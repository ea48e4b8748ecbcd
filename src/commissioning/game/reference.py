"""Writes reference.json, small, for the game's page: `python -m commissioning.game.reference`.

6,000 policies drawn at random, each held through one game with a seed of its own, at the central dial: the quantiles 0
to 100 of every lens, and of the position on day 100 and in the letter from day 365 (£k). A test says when it is stale.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from commissioning.game.log import edition
from commissioning.game.play import DIALS, LENSES, runs, the_rules
from commissioning.source.whole import write_whole

GAMES, SEED, DIAL = 6000, 2013, "central"
PATH = Path(__file__).with_name("reference.json")


def made() -> dict[str, Any]:
    """What reference.json holds. Each quantile is a value that was reached: the nearest from below."""
    ends = runs(GAMES, seed=SEED, dials=DIAL)

    def quantiles(name: str) -> list[float]:
        return [round(float(value), 1) for value in np.percentile(ends[name], range(101), method="lower")]

    return {
        "format": "commissioning-game-reference/1",
        "edition": edition(the_rules()),
        "games": GAMES,
        "seed": SEED,
        "dials": DIALS[DIAL],
        "lenses": {name: quantiles(name) for name in LENSES},
        "day_100": quantiles("position"),
        "day_365": quantiles("day_365"),
    }


def as_text() -> str:
    """The file's text: a line for each list."""

    def in_a_line(found: re.Match[str]) -> str:
        return " ".join(found[0].split()).replace("[ ", "[").replace(" ]", "]")

    return re.sub(r"\[[^\]]*\]", in_a_line, json.dumps(made(), indent=1)) + "\n"


if __name__ == "__main__":
    write_whole(PATH, as_text())

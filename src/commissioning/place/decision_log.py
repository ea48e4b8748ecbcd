"""120 decisions that several bodies had to take together: what the lab "The decision log" reads.

In: a seed. Out: a table. Planted: how long a decision takes hangs on whether one named person led it, and not on how
many bodies sat round the table; but the more bodies, the more seldom anybody was named. How many were led, and how many
were reversed, is the same for every seed; the medians hold to a day, and the slopes within each group are nearly 0.

What each decision was about stands in decision_topics.yaml, which also marks three that no single lead should have had.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from statistics import NormalDist
from typing import TypedDict

import numpy as np
import pandas as pd

from commissioning.place.larkmere import DEFAULT_SEED, Flags, Floats, Ints
from commissioning.source.tree import read_tree

LED = {2: 19, 3: 16, 4: 12, 5: 8, 6: 4, 7: 3}
"""Of the decisions by this many bodies, how many had one named lead."""
MEDIAN_DAYS = {True: 31, False: 64}
"""Days from first discussion to decision, with one named lead and without."""
REVERSED = {True: 5, False: 14}
"""Decisions reversed within six months, with one named lead and without."""
SPREAD = 0.36
"""Standard deviation of the logarithm of days, among decisions led alike."""
DEALS = 12
"""Ways of dealing the days out that are tried; the flattest is kept: more bodies mean neither more nor fewer."""


class Topic(TypedDict, total=False):
    """What a decision was about; led or reversed, where the story wants it; `joint` if it was not for one lead."""

    topic: str
    led: bool
    reversed: bool
    joint: bool


@cache
def topics() -> dict[int, list[Topic]]:
    """What was decided, by the number of bodies that had to agree."""
    text = files("commissioning.place").joinpath("decision_topics.yaml").read_text(encoding="utf-8")
    loaded: dict[int, list[Topic]] = read_tree(text)[0]
    return loaded


def decisions(seed: int = DEFAULT_SEED, *, truth: bool = False) -> pd.DataFrame:
    """Larkmere's log of 120 shared decisions, one row each, in the order in which they were taken.

    `truth=True` adds `joint`, which no learner's copy holds: True for the three that no single lead should have had.
    """
    rng = np.random.default_rng([seed, *b"decisions"])
    bodies = np.repeat(list(topics()), [len(some) for some in topics().values()])
    about = [topic for some in topics().values() for topic in some]
    led = _led(about, rng)
    half = _halves(led)
    table = pd.DataFrame(
        {
            "topic": [topic["topic"] for topic in about],
            "n_bodies": bodies,
            "single_lead": np.where(led, "Y", "N"),
            "days": _days(bodies, led, half, rng),
            "reversed_6m": np.where(_reversed(about, led, rng), "Y", "N"),
            "value_k": np.rint(25 * 1.7 ** (bodies - 2) * np.exp(rng.normal(0, 0.6, len(about)))).astype(np.int64),
            "joint": [topic.get("joint", False) for topic in about],
        }
    )
    in_time = np.lexsort([rng.random(len(about)), half])
    table = table.iloc[in_time].reset_index(drop=True)
    table.insert(0, "decision_id", [f"D{number:03d}" for number in range(1, len(table) + 1)])
    return table if truth else table.drop(columns="joint")


def _led(about: list[Topic], rng: np.random.Generator) -> Flags:
    """Whether one named person led: so many of each number of bodies, those that the story names first."""
    flags: list[bool] = []
    for bodies, some in topics().items():
        told = [topic.get("led") for topic in some]
        left = LED[bodies] - sum(fixed is True for fixed in told)
        deck = rng.permutation(np.arange(told.count(None)) < left).tolist()
        flags += [bool(deck.pop()) if fixed is None else fixed for fixed in told]
    return np.array(flags, dtype=np.bool_)


def _halves(led: Flags) -> Ints:
    """0 for the earlier half of the log and 1 for the later: in turn among decisions led alike, in order of bodies."""
    half = np.empty(len(led), dtype=np.int64)
    for flag in (True, False):
        half[led == flag] = np.arange((led == flag).sum()) % 2
    return half


def _days(bodies: Ints, led: Flags, half: Ints, rng: np.random.Generator) -> Ints:
    """Days of every decision: the sizes are dealt to the halves of the log, and then to its rows, as flat as may be."""
    days = np.empty(len(led))
    for flag in (True, False):
        sizes = rng.permutation(MEDIAN_DAYS[flag] * np.exp(SPREAD * _normal_scores(int((led == flag).sum()), rng)))
        earlier = int(((led == flag) & (half == 0)).sum())
        for part, dealt in enumerate((sizes[:earlier], sizes[earlier:])):
            rows = (led == flag) & (half == part)
            deals = [rng.permutation(dealt) for _ in range(DEALS)]
            days[rows] = min(deals, key=lambda deal: abs(np.cov(deal, bodies[rows])[0, 1]))
    return np.rint(days).astype(np.int64)


def _normal_scores(rows: int, rng: np.random.Generator) -> Floats:
    """Standard normal values from low to high, a little out of place, the upper half a mirror of the lower."""
    levels = (np.arange(rows // 2) + rng.uniform(0.25, 0.75, rows // 2)) / rows
    lower = [NormalDist().inv_cdf(level) for level in levels]
    return np.array([*lower, *[0.0] * (rows % 2), *(-value for value in lower[::-1])])


def _reversed(about: list[Topic], led: Flags, rng: np.random.Generator) -> Flags:
    """Whether a decision was reversed: as the story says of some, and as many others as make up what was planted."""
    told = [topic.get("reversed") for topic in about]
    flags = np.array([said is True for said in told], dtype=np.bool_)
    open_ones = np.array([said is None for said in told], dtype=np.bool_)
    for flag, planted in REVERSED.items():
        left = planted - int((flags & (led == flag)).sum())
        flags[rng.permutation(np.flatnonzero((led == flag) & open_ones))[:left]] = True
    return flags

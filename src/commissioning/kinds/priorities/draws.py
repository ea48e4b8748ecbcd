"""Draws of weights near a learner's: a Dirichlet distribution around the exact weights, from one fixed seed.

A Dirichlet draw is a gamma variate for each criterion with points, of shape concentration * weight, over their sum
(which ranks leave out). Gamma variates are Marsaglia and Tsang's (ACM Transactions on Mathematical Software 2000,
26:363-372; for shapes below 1, their boost of a variate of shape + 1 by U^(1 / shape)). Normal variates are from
Marsaglia's polar method. Even numbers come from mulberry32 (`scenario/dice.py`), the same for every answer, so that
two answers differ by their weights and not by luck.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from commissioning.scenario.dice import draw

FOR_EACH_DRAW, HALF_STEP = 16, 2.0**-33
Pair = tuple[float, float]


@lru_cache(maxsize=8)
def stream(seed: int, draws: int) -> tuple[Pair, ...]:
    """Pairs of a normal variate and the logarithm of an even one, 16 for each draw: more than 8 criteria use."""
    dice, made = seed, list[Pair]()
    while len(made) < draws * FOR_EACH_DRAW:
        u, dice = draw(dice)
        v, dice = draw(dice)
        one, two = 2 * u - 1, 2 * v - 1
        s = one * one + two * two
        if not 0 < s < 1:
            continue
        w, dice = draw(dice)
        made.append((one * math.sqrt(-2 * math.log(s) / s), math.log(w + HALF_STEP)))
    return tuple(made)


def shapes(swings: list[int], concentration: float) -> list[float]:
    """The Dirichlet's parameters: the learner's exact weights, times the concentration."""
    whole = sum(swings)
    return [concentration * points / whole for points in swings]


def gammas(seed: int, draws: int, parameters: list[float]) -> Iterator[list[float]]:
    """For each draw a gamma variate for each parameter; 0 for a parameter of 0."""
    pairs, at = stream(seed, draws), 0
    for _ in range(draws):
        row = []
        for shape in parameters:
            value, at = _gamma(shape, pairs, at) if shape else (0.0, at)
            row.append(value)
        yield row


def _gamma(shape: float, pairs: tuple[Pair, ...], at: int) -> tuple[float, int]:
    boost = 1.0
    if shape < 1:
        boost = math.exp(pairs[at % len(pairs)][1] / shape)
        shape, at = shape + 1, at + 1
    d = shape - 1 / 3
    c = 1 / math.sqrt(9 * d)
    while True:
        x, log_u = pairs[at % len(pairs)]
        at += 1
        v = 1 + c * x
        if v <= 0:
            continue
        v = v * v * v
        if log_u < 0.5 * x * x + d - d * v + d * math.log(v):
            return boost * d * v, at

"""The arithmetic of rules over whole columns: one number for each of many games, worked out at once.

In: a compiled tree and columns by name. Out: what `expression.evaluate` gives for each game, to the last digit. A value
that a game lacks (None there) is not-a-number here. Called by `lanes`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from commissioning.scenario.dice import WORD
from commissioning.source.expression import Tree, evaluate

Column: TypeAlias = NDArray[np.float64]
Columns: TypeAlias = dict[str, Column]
Mask: TypeAlias = NDArray[np.bool_]
Dice: TypeAlias = NDArray[np.uint32]
Value: TypeAlias = Any
"""A column, or one float where all games have the same."""


def draw_column(dice: Dice) -> tuple[Column, Dice]:
    """`dice.draw` for each game: numbers from 0 up to, never reaching, 1; and the dice as they lie afterwards."""
    dice = dice + np.uint32(0x6D2B79F5)
    t = (dice ^ (dice >> np.uint32(15))) * (dice | np.uint32(1))
    t = t ^ (t + (t ^ (t >> np.uint32(7))) * (t | np.uint32(61)))
    return (t ^ (t >> np.uint32(14))) / 4294967296.0, dice


def dice_of(seeds: Any) -> Dice:
    """The dice that each seed, a whole number of any size, begins with."""
    if isinstance(seeds, np.ndarray) and seeds.dtype.kind in "iu":
        return (seeds & WORD).astype(np.uint32)
    return np.array([int(seed) & WORD for seed in seeds], dtype=np.uint32)


class Sum:
    """One tree, worked out for every game. `lacking` afterwards says whether some game may have no value."""

    def __init__(self, values: Mapping[str, Value], lacking: bool = False) -> None:
        self.values, self.lacking = values, lacking

    def value(self, tree: Tree) -> Value:
        if not isinstance(tree, list):
            return float(tree)
        operator = tree[0]
        if operator == "var":
            return self.values[tree[1]]
        if operator == "if":
            return self._if(*tree[1:])
        parts = [self.value(part) for part in tree[1:]]
        if all(isinstance(part, float) for part in parts):
            value = evaluate([operator, *parts], {})
            self.lacking |= value is None
            return np.nan if value is None else value
        if operator in _MAY_LACK:
            self.lacking |= _MAY_LACK[operator](*parts)
        made = APPLY[operator](*parts)
        return self._careful(made, parts) if self.lacking and operator not in _PASS_ON else made

    def _if(self, test: Tree, then: Tree, otherwise: Tree) -> Value:
        picked = self.value(test)
        made = np.where(picked != 0, self.value(then), self.value(otherwise))
        return self._careful(made, [picked]) if self.lacking else made

    def _careful(self, made: Value, parts: list[Value]) -> Value:
        """Where any part is missing, so is the whole."""
        missing = np.isnan(parts[0])
        for part in parts[1:]:
            missing = missing | np.isnan(part)
        return np.where(missing, np.nan, made)


def _smaller(first: Value, *others: Value) -> Value:
    for other in others:
        first = np.where(other < first, other, first)
    return first


def _larger(first: Value, *others: Value) -> Value:
    for other in others:
        first = np.where(other > first, other, first)
    return first


def _cube_root(x: Column) -> Column:
    """The fixed steps of `expression.cube_root`: scaled by eights into 1 to 8, which is exact, then six of Newton's."""
    size = np.abs(x)
    fit = (size > 0) & (size < np.inf)
    _, power = np.frexp(np.where(fit, size, 1.0))
    eights = (power - 1) // 3
    a = np.ldexp(np.where(fit, size, 1.0), -3 * eights)
    root = 1 + (a - 1) / 7
    for _ in range(6):
        root = root - (root * root * root - a) / (3 * root * root)
    made = np.ldexp(root, eights)
    return np.where(fit, np.where(x > 0, made, -made), np.where(size == 0, 0.0, x))


def _quotient(a: Value, b: Value) -> Value:
    return a / b if isinstance(b, float) and b else np.where(b != 0, a / np.where(b != 0, b, 1.0), np.nan)


def _as_number(test: Value) -> Column:
    made: Column = np.asarray(test).astype(np.float64)
    return made


def _all(*parts: Value) -> Column:
    return _as_number(np.logical_and.reduce(np.broadcast_arrays(*[part != 0 for part in parts])))


def _any(*parts: Value) -> Column:
    return _as_number(np.logical_or.reduce(np.broadcast_arrays(*[part != 0 for part in parts])))


APPLY: dict[str, Callable[..., Value]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _quotient,
    "min": _smaller,
    "max": _larger,
    "ceil": lambda a: np.ceil(a) + 0.0,
    "floor": lambda a: np.floor(a) + 0.0,
    "round": lambda a: np.floor(a + 0.5) + 0.0,
    "sqrt": np.sqrt,
    "cbrt": _cube_root,
    "abs": np.abs,
    "clamp": lambda a, low, high: _smaller(_larger(a, low), high),
    "<": lambda a, b: _as_number(a < b),
    "<=": lambda a, b: _as_number(a <= b),
    ">": lambda a, b: _as_number(a > b),
    ">=": lambda a, b: _as_number(a >= b),
    "==": lambda a, b: _as_number(a == b),
    "!=": lambda a, b: _as_number(a != b),
    "and": _all,
    "or": _any,
    "not": lambda a: _as_number(a == 0),
}
"""The same operations as `expression.APPLY`, in the same order, so that every rounding is the same."""

_MAY_LACK: dict[str, Callable[..., bool]] = {
    "/": lambda _, b: bool(np.any(b == 0)),
    "sqrt": lambda a: bool(np.any(a < 0)),
}
"""What alone can leave a game without a value: a division by zero, the root of a number below it."""
_PASS_ON = {"+", "-", "*", "/", "ceil", "floor", "round", "sqrt", "abs"}
"""What hands a missing value on by itself."""

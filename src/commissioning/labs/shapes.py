"""What every lab fills: figures that prose prints, tables for explorers, tasks that answers are checked against."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypedDict


@dataclass(frozen=True)
class Figure:
    """A synthetic figure: its value and unit, how far another seed may move it, and what it means in one sentence."""

    value: float
    unit: str
    tolerance: float
    meaning: str
    digits: int = 0

    @property
    def text(self) -> str:
        """The figure as prose prints it: rounded, thousands marked, with its minus sign, £ or % where it has one."""
        rounded = round(abs(self.value), self.digits)
        sign = "−" if self.value < 0 and rounded else ""
        pound, percent = ("£" if self.unit == "£" else ""), ("%" if self.unit == "%" else "")
        return f"{sign}{pound}{rounded:,.{max(self.digits, 0)}f}{percent}"


class Table(TypedDict):
    """A table over a grid of one input: `columns` hold a value for each of `over`."""

    over: list[float]
    columns: dict[str, list[float]]


@dataclass(frozen=True)
class Slip:
    """A wrong number, how near an answer must come to be taken for it, and the name of the slip that leads to it."""

    name: str
    value: float
    within: float


@dataclass(frozen=True)
class Task:
    """The right answer, how far off is still right, and the slips. A slip is named even where it is close enough."""

    name: str
    answer: float | bool
    within: float
    slips: tuple[Slip, ...] = ()


def nearest_slip(task: Task, number: float) -> Slip | None:
    """The slip that a number is taken for: the nearest of those within reach; None if there is none."""
    near = [slip for slip in task.slips if abs(number - slip.value) <= slip.within]
    return min(near, key=lambda slip: abs(number - slip.value), default=None)


def is_close(task: Task, number: float) -> bool:
    """Whether a number is near enough to the answer to be right."""
    return math.isfinite(number) and abs(number - float(task.answer)) <= task.within

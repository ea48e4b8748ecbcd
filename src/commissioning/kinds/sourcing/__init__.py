"""Sourcing: who should do each of several jobs, when not everybody's first choice can be paid for (make, share or buy).

A board of functions and suppliers. Each cell has a price, a consequence, an explanation and sometimes a late effect,
which arrives in its month. What a whole board adds up to (six jobs with one supplier) is said by remarks, which arrive
in their month too. The total is never exceeded: until a board fits, it is no answer. There is no key and no score.

Response: {"chosen": {function: supplier}}, one for each function, by somebody who offers it, within the total.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import accumulate
from typing import Any, Literal

from pydantic import Field, model_validator

from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.told import plainly
from commissioning.source import shapes
from commissioning.source.faults import did_you_mean

NAME = "sourcing"
MARKED = False

Found = Iterator[tuple[tuple[str | int, ...], str, str]]
Month = Field(ge=1, le=36, description="Months after the start.")


class Supplier(shapes.Shape):
    """Somebody who may do the work: ourselves, neighbours, a firm."""

    text: shapes.Text
    short: shapes.Text = Field(description="What heads its column: one or two words.")


class Later(shapes.Shape):
    """What becomes of a choice some months on."""

    month: int = Month
    text: shapes.Text = Field(description="What happens then, in the story: at most 40 words.")


class Cell(shapes.Shape):
    """One function done by one supplier. A supplier that does not offer a function has no cell there."""

    cost: int = Field(ge=0, description="£k a year.")
    consequence: shapes.Text = Field(description="What happens next in the story: concrete, at most 40 words.")
    explanation: shapes.Text = Field(description="Why, and when another supplier would be right: at most 70 words.")
    later: Later | None = None


class Function(shapes.Shape):
    """One job that somebody must do."""

    text: shapes.Text
    cells: dict[shapes.Slug, Cell] = Field(min_length=2, description="One for each supplier that offers it.")

    @property
    def cheapest(self) -> int:
        """£k a year, with whoever does it for least."""
        return min(cell.cost for cell in self.cells.values())


class When(shapes.Shape):
    """A pattern: how many functions (of all, or of those named) are with one supplier."""

    supplier: shapes.Slug
    of: list[shapes.Slug] = Field(default=[], description="The functions that count. Left out: all of them.")
    at_least: int = Field(default=0, ge=0)
    at_most: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _has_a_bound(self) -> When:
        if not self.at_least and self.at_most is None:
            raise ValueError("give 'at_least' or 'at_most'")
        return self


class Remark(shapes.Shape):
    """What a pattern leads to."""

    when: When
    month: int = Month
    text: shapes.Text = Field(description="What happens then, in the story: at most 40 words.")


class Decision(shapes.Decision):
    """A total, the suppliers, and the functions that each may be given."""

    kind: Literal["sourcing"]
    total: int = Field(ge=1, description="£k a year, never exceeded.")
    suppliers: dict[shapes.Slug, Supplier] = Field(min_length=2, max_length=6)
    functions: dict[shapes.Slug, Function] = Field(min_length=2, max_length=12)
    remarks: list[Remark] = Field(default=[], max_length=8)
    label: shapes.Text | None = Field(default=None, description="What it is called; left out: make, share or buy.")
    row: shapes.Text | None = Field(default=None, description="What heads the first column; left out: job.")
    every: shapes.Text | None = Field(default=None, description="All cells of a row; left out: who offers it.")

    @property
    def months(self) -> list[int]:
        """The months in which something may arrive."""
        late = [
            cell.later.month for function in self.functions.values() for cell in function.cells.values() if cell.later
        ]
        return sorted({*late, *(remark.month for remark in self.remarks)})

    def counted(self, when: When) -> list[str]:
        """The functions that a pattern counts, in the order of the board."""
        return [name for name in self.functions if name in when.of or not when.of]

    def bounds(self, when: When) -> tuple[int, int]:
        """How many of them it asks for: at least, at most."""
        return when.at_least, len(self.counted(when)) if when.at_most is None else when.at_most


Question = None


def explained(exercise: Decision) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Every (place, role, text) that stands after a choice, for the checker's rules on their length and difference."""
    yield from explained_options(exercise)
    for name, function in exercise.functions.items():
        for supplier, cell in function.cells.items():
            at = ("functions", name, "cells", supplier)
            yield (*at, "consequence"), "consequence", cell.consequence
            yield (*at, "explanation"), "explanation", cell.explanation
            if cell.later:
                yield (*at, "later", "text"), "consequence", cell.later.text
    for index, remark in enumerate(exercise.remarks):
        yield ("remarks", index, "text"), "consequence", remark.text


def find(exercise: Decision, given: Given = NOTHING) -> Found:
    """Names that stand for nothing, a total that forbids all or nothing, and remarks on what cannot or must happen."""
    for name, function in exercise.functions.items():
        for supplier in function.cells:
            if supplier not in exercise.suppliers:
                wrong, right = f"there is no supplier '{supplier}'.", did_you_mean(supplier, exercise.suppliers)
                yield ("functions", name, "cells", supplier), wrong, right
    cheapest = sum(function.cheapest for function in exercise.functions.values())
    dearest = sum(max(cell.cost for cell in function.cells.values()) for function in exercise.functions.values())
    if cheapest > exercise.total:
        yield ("total",), f"even the cheapest board costs £{cheapest}k.", "Raise the total, or lower a price."
    if dearest <= exercise.total:
        yield (
            ("total",),
            f"even the dearest board costs only £{dearest}k, so money decides nothing.",
            "Lower the total.",
        )
    for index, remark in enumerate(exercise.remarks):
        yield from _find_in_remark(exercise, ("remarks", index, "when"), remark.when)


def _find_in_remark(exercise: Decision, at: tuple[str | int, ...], when: When) -> Found:
    if when.supplier not in exercise.suppliers:
        wrong, right = f"there is no supplier '{when.supplier}'.", did_you_mean(when.supplier, exercise.suppliers)
        yield (*at, "supplier"), wrong, right
        return
    unknown = [name for name in when.of if name not in exercise.functions]
    for name in unknown:
        yield (*at, "of"), f"there is no function '{name}'.", did_you_mean(name, exercise.functions)
    if unknown:
        return
    counts = [n for n, cost in enumerate(_cheapest_with(exercise, when)) if cost <= exercise.total]
    low, high = exercise.bounds(when)
    if not any(low <= count <= high for count in counts):
        yield at, "no board that fits the total comes to this.", "Change the numbers, the prices or the total."
    elif all(low <= count <= high for count in counts):
        yield at, "every board that fits the total comes to this.", "Change the numbers, or say it in the situation."


def _cheapest_with(exercise: Decision, when: When) -> list[float]:
    """The least that a board costs with exactly 0, 1, 2 … of the counted functions at this supplier."""
    counted, base, extra = exercise.counted(when), 0.0, []
    for name, function in exercise.functions.items():
        if name not in counted:
            base += function.cheapest
            continue
        elsewhere = min(
            (cell.cost for other, cell in function.cells.items() if other != when.supplier), default=math.inf
        )
        here = function.cells.get(when.supplier)
        base += elsewhere
        extra.append(here.cost - elsewhere if here else math.inf)
    return list(accumulate(sorted(extra), initial=base))


def compiled(exercise: Decision, given: Given = NOTHING) -> dict[str, Any]:
    """{"total", "suppliers": [ids], "functions": [[id, {supplier: [£k, month of its late effect or 0]}]],
    "remarks": [[supplier, [function ids], at least, at most, month]]}"""
    remarks = [(remark.when, remark.month) for remark in exercise.remarks]
    return {
        "total": exercise.total,
        "suppliers": list(exercise.suppliers),
        "functions": [
            [name, {who: [cell.cost, cell.later.month if cell.later else 0] for who, cell in function.cells.items()}]
            for name, function in exercise.functions.items()
        ],
        "remarks": [[when.supplier, exercise.counted(when), *exercise.bounds(when), month] for when, month in remarks],
    }


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """{"cost", "left": £k, "with": {supplier: how many functions}, "arrives": [[month, what, which]]}, or None.

    `arrives` is in order of month: first the late effects ("cell", function) in the order of the functions, then the
    remarks ("remark", index) in theirs. None unless each function has a supplier that offers it and all fit the total.
    """
    chosen = response.get("chosen") if isinstance(response, dict) else None
    functions = dict(marking["functions"])
    if not isinstance(chosen, dict) or chosen.keys() != functions.keys():
        return None
    if not all(isinstance(chosen[name], str) and chosen[name] in cells for name, cells in functions.items()):
        return None
    cost = sum(cells[chosen[name]][0] for name, cells in functions.items())
    if cost > marking["total"]:
        return None
    late = [[cells[chosen[name]][1], "cell", name] for name, cells in functions.items() if cells[chosen[name]][1]]
    return {
        "cost": cost,
        "left": marking["total"] - cost,
        "with": {who: sum(chosen[name] == who for name in functions) for who in marking["suppliers"]},
        "arrives": sorted([*late, *_remarks(marking, chosen)], key=lambda arrival: int(arrival[0])),
    }


def _remarks(marking: dict[str, Any], chosen: dict[str, str]) -> Iterator[list[Any]]:
    for index, (supplier, counted, low, high, month) in enumerate(marking["remarks"]):
        if low <= sum(chosen[name] == supplier for name in counted) <= high:
            yield [month, "remark", index]


def met(score: dict[str, Any]) -> bool | None:
    """None: nothing here is right or wrong."""
    return None


told = plainly

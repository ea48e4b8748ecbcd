"""The figures that prose prints and the tables that explorers read, of every lab, worked out when first asked for.

`figures()` maps an id such as "L6-fall" to its `Figure`; the part before the first hyphen says which lab must be run.
Called by the book (a `place` role looks its figure up here), by the check of the chapters, and by tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import cast

from commissioning.labs.shapes import Figure, Table

LABS = {"L6": "risk"}
"""Each lab's mark, with which the ids of its figures begin, and its package in `commissioning.labs`."""


def part_of(lab: str, part: str) -> ModuleType:
    """One module of a lab: its `figures` (with TABLES) or its `tasks` (with TASKS)."""
    return import_module(f"commissioning.labs.{lab}.{part}")


class Figures(Mapping[str, Figure]):
    """Every figure of every lab, by id. Looking one up runs its own lab alone."""

    def __getitem__(self, name: str) -> Figure:
        lab = LABS.get(str(name).partition("-")[0])
        if lab is None:
            raise KeyError(name)
        return _of(lab)[name]

    def __iter__(self) -> Iterator[str]:
        for lab in LABS.values():
            yield from _of(lab)

    def __len__(self) -> int:
        return sum(len(_of(lab)) for lab in LABS.values())


def _of(lab: str) -> dict[str, Figure]:
    return cast("dict[str, Figure]", part_of(lab, "figures").figures())


def figures() -> Figures:
    """Every figure of every lab, by id."""
    return Figures()


def tables() -> dict[str, Callable[[], Table]]:
    """The tables that labs offer to explorers, by name; each is worked out when it is called."""
    return {name: table for lab in LABS.values() for name, table in part_of(lab, "figures").TABLES.items()}

"""The figures that prose prints and the tables that explorers read, of every lab, worked out when first asked for.

`figures()` maps an id such as "L6-fall" to its `Figure`; the part before the first hyphen says which lab must be run.
Called by the book (a `place` role looks its figure up here), by the check of the chapters, and by tests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from commissioning.labs.shapes import Figure, Table
from commissioning.source.cache import cached_in_book, digest_of
from commissioning.source.faults import Fault, Faults
from commissioning.source.files import authored
from commissioning.source.rooms import up_to
from commissioning.source.root import find_root

LABS = {
    "L1": "buyers",
    "L2": "projects",
    "L3": "decision_log",
    "L4": "ledger",
    "L5": "variation",
    "L6": "risk",
    "L7": "disclosure",
    "L8": "allocations",
    "L9": "weights",
    "L10": "indicators",
    "L11": "control_chart",
    "L12": "risk_share",
    "L13": "signals",
    "L14": "hundred_days",
}
"""Each lab's mark, with which the ids of its figures begin, and its package in `commissioning.labs`."""
OWED = {"figures": ("figures", "TABLES"), "tasks": ("TASKS",)}
"""What each lab has in each of its modules."""
T = TypeVar("T")
USED = up_to("labs")
"""The parts of this package that labs can be made of; the rules of the book's game are read too."""


def part_of(lab: str, part: str) -> ModuleType:
    """One module of a lab: its `figures` (with TABLES) or its `tasks` (with TASKS). Raises Faults for what it owes."""
    name = f"commissioning.labs.{lab}.{part}"
    try:
        made = import_module(name)
    except ModuleNotFoundError as error:
        if error.name not in (name, name.rpartition(".")[0]):
            raise
        raise Faults([_owing(lab, part, "it is not there.")]) from None
    if missing := [one for one in OWED[part] if not hasattr(made, one)]:
        raise Faults([_owing(lab, part, f"it has no {missing[0]}.")])
    return made


def _owing(lab: str, part: str, wrong: str) -> Fault:
    path = Path(__file__).parent / lab / f"{part}.py"
    return Fault(path, 1, f"the lab '{lab}'", wrong, "CONTRIBUTING, *Adding a lab*, says what each part holds.")


class Figures(Mapping[str, Figure]):
    """Every figure of every lab, by id. Looking one up runs its own lab alone."""

    def __getitem__(self, name: str) -> Figure:
        lab = LABS.get(str(name).partition("-")[0])
        if lab is None:
            raise KeyError(name)
        return _run(lab)[0][name]

    def __iter__(self) -> Iterator[str]:
        for lab in LABS.values():
            yield from _run(lab)[0]

    def __len__(self) -> int:
        return sum(len(_run(lab)[0]) for lab in LABS.values())


def figures() -> Figures:
    """Every figure of every lab, by id."""
    return Figures()


class Tables(Mapping[str, Table]):
    """The tables that labs offer to explorers, by name. Looking one up runs its own lab; naming them runs none."""

    def __getitem__(self, name: str) -> Table:
        return _run(_lab_of()[name])[1][name]

    def __iter__(self) -> Iterator[str]:
        yield from _lab_of()

    def __len__(self) -> int:
        return len(_lab_of())


@cache
def _lab_of() -> dict[str, str]:
    """Which lab each table is of. Kept as figures are, for it loads every lab's module, and pandas with them."""

    def names() -> dict[str, str]:
        return {name: lab for lab in LABS.values() for name in part_of(lab, "figures").TABLES}

    return _kept("tables", dict[str, str], names)


def tables() -> Tables:
    """The tables that labs offer to explorers, by name."""
    return Tables()


@cache
def _run(lab: str) -> tuple[dict[str, Figure], dict[str, Table]]:
    """The figures and tables of one lab: worked out now, or as this very code worked them out for the book at hand."""

    def run() -> tuple[dict[str, Figure], dict[str, Table]]:
        made = part_of(lab, "figures")
        return made.figures(), {name: table() for name, table in made.TABLES.items()}

    return _kept(lab, tuple[dict[str, Figure], dict[str, dict[str, Any]]], run)


def _kept(what: str, shape: Any, make: Callable[[], T]) -> T:
    try:
        return cached_in_book(f"{what} {run_by()}", find_root(), Path(__file__), shape, make)
    except FileNotFoundError:
        return make()


@cache
def run_by() -> str:
    """What the figures depend on: code and data of the place, the game and every lab; the libraries' versions."""
    rules = hashlib.sha256(b"".join(path.read_bytes() for path in authored(find_root(), "book/*/rules.yaml")))
    libraries = (f"{name} {version(name)}" for name in ("numpy", "pandas"))
    return " ".join([digest_of(*USED), rules.hexdigest(), *libraries])

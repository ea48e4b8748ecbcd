"""What every benchmark returns: a table in words, and what it says of a promise. Printed as Markdown by run.py."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

KB = 1000  # bytes; a limit in KB is then the stricter one


@dataclass
class Table:
    """A title, a head, rows, what a reader must know of them, and each promise that they do not keep, in words."""

    name: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str | float]]
    notes: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def promise(self, kept: bool, words: str) -> None:
        """Note a promise that is not kept."""
        if not kept:
            self.missed.append(words)

    def markdown(self) -> str:
        """The table, its notes and what it misses, as Markdown."""
        lines = [f"## {self.title}", "", line(self.head), line(["---", *["---:"] * (len(self.head) - 1)])]
        lines += [line([shown(cell) for cell in row]) for row in self.rows]
        lines += ["", *(f"{note}\n" for note in self.notes), *(f"**Missed:** {words}\n" for words in self.missed)]
        return "\n".join(lines)


def line(cells: Sequence[str]) -> str:
    """One line of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def shown(cell: str | float) -> str:
    """Words as they are; whole numbers with commas; others with one decimal below 100."""
    if isinstance(cell, str):
        return cell
    return f"{cell:,.1f}" if isinstance(cell, float) and abs(cell) < 100 else f"{cell:,.0f}"


def middle(values: Sequence[float]) -> float:
    """The median."""
    return float(median(values))


def p95(values: Sequence[float]) -> float:
    """The 95th percentile by nearest rank: of fewer than 20 values, the largest."""
    return float(sorted(values)[math.ceil(0.95 * len(values)) - 1])

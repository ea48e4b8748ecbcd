"""Grids of decision rights are consistent as wholes.

For each letter that a cell accepts there must be a whole row, accepted in every cell, that holds it and is valid by the
published rule (exactly one A, and another who does the work); and one letter written everywhere must agree with the
authors less often than the poorest of those whole grids does, which is always: so at most half of the cells may accept
the commonest letter. Rows are independent, so a letter that a whole row holds is held by a whole grid; and what is said
of a whole grid must be met by some accepted one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product
from typing import Any

from commissioning.book import Book
from commissioning.source.faults import Fault

MOST_ALIKE = 0.5


def find(book: Book) -> Iterator[tuple[str, Fault]]:
    """Letters that a cell accepts and no accepted row holds, and letters that are accepted nearly everywhere."""
    for slug, chapter in book.pages.items():
        for sheet in chapter.decisions.values():
            if sheet.model.kind == "decision-rights":
                for trail, wrong, right in _in_grid(sheet.model):
                    yield slug, sheet.fault(trail, wrong, right)


def _in_grid(grid: Any) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for name, row in grid.decisions.items():
        whole = _whole(row)
        for place, (party, cell) in enumerate(row.cells.items()):
            for letter in cell.allowed:
                if not any(letters[place] == letter for letters in whole):
                    wrong = f"'{letter}' is accepted here, and no accepted row holds it with one A and another R."
                    right = "Accept what must stand beside it in the other cells, or do not accept it."
                    yield ("decisions", name, "cells", party, "allowed"), wrong, right
    yield from _in_messages(grid)
    cells = [cell for row in grid.decisions.values() for cell in row.cells.values()]
    for letter in ("R", "A", "C", "I"):
        many = sum(letter in cell.allowed for cell in cells)
        if many > MOST_ALIKE * len(cells):
            wrong = f"'{letter}' in every cell would agree with the authors in {many} of {len(cells)}."
            yield ("decisions",), wrong, "At most half: one letter everywhere must do worse than any sensible grid."


def _in_messages(grid: Any) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """What is said of a whole grid, that a party is only ever asked, must be met by some grid that is valid beside it.

    So for at least one party each row can be filled by the others alone, with letters that are accepted of them.
    """
    if not any(
        all(_valid_without(row, party) for row in grid.decisions.values() if party in row.cells)
        for party in grid.parties
    ):
        wrong = "no party can be asked in every row and the rows still be valid, so the remark on that is never met."
        yield ("decisions",), wrong, "Accept an A and an R of others for at least one party in each row."


def _valid_without(row: Any, party: str) -> bool:
    others = [cell.allowed for name, cell in row.cells.items() if name != party]
    return any("A" in one and "R" in two for one, two in permutations(others, 2))


def _whole(row: Any) -> list[tuple[str, ...]]:
    """Every whole row that is accepted in each cell, blanks included, and valid by the published rule."""
    return [letters for letters in product(*([*cell.allowed, ""] for cell in row.cells.values())) if _valid(letters)]


def _valid(letters: tuple[str, ...]) -> bool:
    return letters.count("A") == 1 and "R" in letters

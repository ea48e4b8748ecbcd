"""A table of counts with its small cells hidden, and what subtraction brings back.

Cell suppression: a count from 1 to 4 is replaced by "<5" (primary); since rows and columns add up, more may have to be
hidden so that no small one can be worked out from the rest (secondary, or complementary, suppression). NHS publishers
hid 1 to 5 in hospital statistics until 2018, and had to hide more by hand for this reason.
"""

from __future__ import annotations

import pandas as pd

ALL = "All"
HIDDEN_TOO = "hidden"


def counted(table: pd.DataFrame, rows: str, columns: str) -> pd.DataFrame:
    """How many people there are for each pair of values, with the totals of rows and columns under `ALL`."""
    made = pd.crosstab(table[rows], table[columns], margins=True, margins_name=ALL)
    made.columns.name = None
    return made


def hidden(counts: pd.DataFrame, *, k: int = 5) -> pd.DataFrame:
    """The counts as text, with "<k" for every cell from 1 to k - 1, totals too."""
    return counts.map(lambda number: f"<{k}" if 0 < number < k else str(number))


def worked_back(shown: pd.DataFrame) -> dict[tuple[str, str], int]:
    """The hidden cells that subtraction brings back, as (row, column): count.

    A row or a column with its total shown and one cell hidden gives that cell away; what has been found may give away
    another, so it goes round until nothing more is found.
    """
    known = shown.map(lambda text: int(text) if str(text).isdigit() else None).astype("Int64")
    found: dict[tuple[str, str], int] = {}
    while (step := _next(known)) is not None:
        (row, column), number = step
        known.loc[row, column] = number
        found[str(row), str(column)] = number
    return found


def _next(known: pd.DataFrame) -> tuple[tuple[str, str], int] | None:
    """The next cell that one row or one column gives away."""
    for table, turned in ((known, False), (known.T, True)):
        for name, line in table.iterrows():
            missing = [str(cell) for cell in line.index[line.isna()]]
            if len(missing) == 1:
                parts = line.drop(ALL).dropna().sum()
                number = int(parts) if missing == [ALL] else int(line[ALL] - parts)
                row, column = (missing[0], str(name)) if turned else (str(name), missing[0])
                return (row, column), number
    return None


def hidden_twice(counts: pd.DataFrame, *, k: int = 5) -> pd.DataFrame:
    """The counts with small cells hidden, and with each that subtraction would bring back three others at its corners.

    The four stand in two rows and two columns, so that none of these has one cell hidden alone. Of all such corners
    those that hide the smallest counts are taken. Totals stay. What is hidden for another's sake reads "hidden".
    """
    shown, number = hidden(counts, k=k), as_cells(counts)
    small = sorted(small_cells(counts, k=k))
    while given := [cell for cell in small if cell in worked_back(shown)]:
        corners = min(_corners(counts, given[0]), key=lambda cells: sum(number[cell] for cell in cells), default=[])
        fresh = [cell for cell in corners if cell not in small and shown.loc[cell] != HIDDEN_TOO]
        if not fresh:
            raise ValueError(f"no two rows and two columns can hide {' by '.join(given[0])}: leave out a total")
        for cell in fresh:
            shown.loc[cell] = HIDDEN_TOO
    return shown


def small_cells(counts: pd.DataFrame, *, k: int = 5) -> dict[tuple[str, str], int]:
    """The cells from 1 to k - 1, without the totals, as (row, column): count."""
    return {cell: number for cell, number in as_cells(counts).items() if 0 < number < k and ALL not in cell}


def as_cells(counts: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Every cell, totals too, as (row, column): count."""
    rows = counts.to_dict("index").items()
    return {(str(row), str(column)): int(number) for row, cells in rows for column, number in cells.items()}


def _corners(counts: pd.DataFrame, cell: tuple[str, str]) -> list[list[tuple[str, str]]]:
    """The three other corners of every rectangle of the inner table of which this cell is one."""
    row, column = cell
    rows = [str(name) for name in counts.index if str(name) not in (row, ALL)]
    columns = [str(name) for name in counts.columns if str(name) not in (column, ALL)]
    return [[(row, other), (beside, column), (beside, other)] for beside in rows for other in columns]

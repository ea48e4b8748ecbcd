"""What was taken for each line beside what moved with it. In £ thousand.

A reconciliation: for each line, what was deducted less the fall of the contracts under which its work had been paid
for. Above nothing, more was taken than moved; below, less. Both count in the sum.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

CONTRACTS = ("general", "elsewhere")
"""Whose contracts a line's work was paid for under: the General's, and those of every other provider."""
BEYOND = 10
"""£ thousand: a line that is out by no more than this is taken to match."""


def of_group(table: pd.DataFrame, group: str) -> pd.DataFrame:
    """The lines of one group's deduction. Raises LookupError for a group that is not there."""
    rows = table[table["group"] == group]
    if rows.empty:
        raise LookupError(f"there is no group '{group}' here: it must be one of {', '.join(table['group'].unique())}")
    return rows


def hole(lines: pd.DataFrame, contracts: Sequence[str] = CONTRACTS) -> int:
    """What was deducted less what these contracts fell by, over all lines: above 0 if more was taken than moved."""
    return int(_gaps(lines, contracts).sum())


def unmatched(lines: pd.DataFrame, contracts: Sequence[str] = CONTRACTS, *, beyond: int = BEYOND) -> pd.DataFrame:
    """The lines that are out by more than `beyond` either way, with `gap_k`; the largest taken too much come first."""
    rows = lines.assign(gap_k=_gaps(lines, contracts))
    out = rows[rows["gap_k"].abs() > beyond]
    kept = ["line", "service", "deducted_k", *(f"{name}_k" for name in CONTRACTS), "gap_k", "note"]
    return out.sort_values(["gap_k", "line"], ascending=[False, True])[kept]


def chosen(lines: pd.DataFrame, ids: Collection[str]) -> pd.DataFrame:
    """The lines with these ids, in their order. Raises LookupError for an id that is not among them."""
    if strange := sorted(set(ids) - set(lines["line"])):
        raise LookupError(f"no line here is called {', '.join(strange)}: unmatched() lists those that are out")
    return lines[lines["line"].isin(list(ids))]


def _gaps(lines: pd.DataFrame, contracts: Sequence[str]) -> pd.Series[int]:
    if strange := [name for name in contracts if name not in CONTRACTS]:
        raise LookupError(f"there are no contracts called '{strange[0]}': they must be among {', '.join(CONTRACTS)}")
    fell = lines[[f"{name}_k" for name in contracts]].sum(axis=1)
    gaps: pd.Series[int] = lines["deducted_k"] - fell
    return gaps

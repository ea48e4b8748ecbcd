"""What a year was reported as, and what it comes to without the entries that come once. In £ thousand.

The underlying position is the reported one with one-off gains taken out and one-off costs put back, so both signs
count. It is subtraction; the judgement is in which entries come once, and that is handed in.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd


def of_year(table: pd.DataFrame, year: str) -> pd.DataFrame:
    """The entries of one financial year, such as "2011/12". Raises LookupError for one that is not there."""
    rows = table[table["year"] == year]
    if rows.empty:
        raise LookupError(f"there is no year '{year}' in this ledger: it has {', '.join(sorted(set(table['year'])))}")
    return rows


def reported(rows: pd.DataFrame) -> int:
    """What the entries come to: a surplus above 0, a deficit below."""
    return int(rows["amount_k"].sum())


def noted(rows: pd.DataFrame) -> pd.DataFrame:
    """The entries that have a note: entry, month, line, amount_k, coded, note."""
    return rows.loc[rows["note"] != "", ["entry", "month", "line", "amount_k", "coded", "note"]]


def chosen(rows: pd.DataFrame, once: Collection[str]) -> pd.DataFrame:
    """The entries with these ids, largest first. Raises LookupError for an id that is not among them."""
    if strange := sorted(set(once) - set(rows["entry"])):
        raise LookupError(f"no entry here is called {', '.join(strange)}: noted() lists those that have a note")
    return rows[rows["entry"].isin(list(once))].sort_values("amount_k", key=abs, ascending=False, kind="stable")


def underlying(rows: pd.DataFrame, once: Collection[str]) -> int:
    """What the entries come to without those that you say come once, gains and costs alike."""
    return reported(rows) - reported(chosen(rows, once))


def by_code(rows: pd.DataFrame) -> int:
    """What the entries come to without those that the old trust coded as not recurrent, right or wrong."""
    return reported(rows[rows["coded"] == "Y"])

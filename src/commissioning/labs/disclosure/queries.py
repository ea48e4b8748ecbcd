"""Which lines of a bill a check picks out, what came of querying them, and what the queries cost."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np
import pandas as pd

from commissioning.place.bills import OWED

QUERY_COST = 40
"""Pounds for one query, staff at both ends: our assumption, about an hour of work in all."""
SAME = ("pid", "date", "hospital", "item")
"""What is the same in two lines for one visit."""


def repeated(table: pd.DataFrame, columns: Collection[str] = SAME) -> pd.DataFrame:
    """The lines that say again what an earlier line has said, in these columns."""
    return table[table.duplicated(list(columns))]


def with_month(table: pd.DataFrame) -> pd.DataFrame:
    """A copy with `month`, such as "2013-04": all that is left of a date where the day is taken off."""
    return table.assign(month=pd.DatetimeIndex(table["date"]).strftime("%Y-%m"))


CHECKS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "twice": repeated,
    "not-ours": lambda table: table[table["on_our_list"] == "N"],
    "national": lambda table: table[table["special_list"] == "Y"],
    "dearer": lambda table: table[table["billed"] > table["listed"]],
    "no-record": lambda table: table[table["in_record"] == "N"],
}
"""Each check, by name, and the lines that it picks out."""


def picked(table: pd.DataFrame, check: str) -> pd.DataFrame:
    """The lines that a check picks out, with `stake`: the pounds that come back if the line is owed.

    That is what is above the list for "dearer", and the whole line for the others. Raises LookupError for no check.
    """
    if check not in CHECKS:
        raise LookupError(f"there is no check '{check}': choose {', '.join(CHECKS)}")
    rows = CHECKS[check](table)
    return rows.assign(stake=rows["billed"] - rows["listed"] if check == "dearer" else rows["billed"])


def found(table: pd.DataFrame, *, cost: float = QUERY_COST) -> pd.DataFrame:
    """A row for each check: lines picked, owed back and in order; pounds recovered, spent on queries, and left over."""
    rows = {name: _of(picked(table, name), cost) for name in CHECKS}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("check")


def _of(rows: pd.DataFrame, cost: float) -> dict[str, float]:
    owed = rows["answer"] == OWED
    back, spent = int(rows.loc[owed, "stake"].sum()), cost * len(rows)
    return {
        "picked": len(rows),
        "owed": int(owed.sum()),
        "in_order": int((~owed).sum()),
        "back": back,
        "spent": spent,
        "left": back - spent,
    }


def by_stake(table: pd.DataFrame, *, cost: float = QUERY_COST) -> pd.DataFrame:
    """All lines picked by any check, the largest stake first: how many are queried, and pounds left over so far."""
    rows = pd.concat([picked(table, name).assign(check=name) for name in CHECKS])
    rows = rows.sort_values(["stake", "line"], ascending=[False, True], kind="stable")
    back = np.where(rows["answer"] == OWED, rows["stake"], 0).cumsum()
    queried = np.arange(1, len(rows) + 1)
    made = {"queried": queried, "check": rows["check"], "stake": rows["stake"], "left": back - cost * queried}
    return pd.DataFrame(made).reset_index(drop=True)


def enough(order: pd.DataFrame) -> int:
    """The fewest queries, in this order, that leave as much over as all of them do."""
    return int(order.loc[order["left"] >= order["left"].iloc[-1], "queried"].iloc[0])

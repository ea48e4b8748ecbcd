"""The tasks of chapter 8 and the wrong numbers that known slips lead to, all worked out from the place's own tables.

In: the place and the methods of `labs.allocations`. Out: `TASKS`, by name. Called by `checks`. What is said to each
slip stands in checks.yaml, under the slip's name. Lines are in £ thousand, changes in per cent.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd

from commissioning import place
from commissioning.labs.allocations import change, hole, of_group, of_sector, unmatched
from commissioning.labs.allocations.figures import ALONE
from commissioning.labs.shapes import Slip, Task

NEAR = 0.5
"""In £ thousand: the lines are whole, and so are sums of them."""
CLOSE = 0.2
"""In per cent."""


@cache
def _lines(group: str) -> pd.DataFrame:
    return of_group(place.allocation_lines(), group)


# ---- lines of a deduction ------------------------------------------------------------------------------------------


def _twice(name: str, group: str) -> Task:
    """What was taken twice for the same patients."""
    out = unmatched(_lines(group))
    over = out[out["gap_k"] > 0]
    twice = int(over.loc[over["note"].str.startswith("Same"), "gap_k"].sum())
    return Task(
        name,
        twice,
        NEAR,
        (
            Slip("all-that-was-too-much", int(over["gap_k"].sum()), NEAR),
            Slip("what-did-not-move", int(over["gap_k"].sum()) - twice, NEAR),
            Slip("the-whole-hole", hole(_lines(group)), NEAR),
            Slip("in-millions", twice / 1000, 0.001),
        ),
    )


def _hole(name: str, group: str) -> Task:
    """What was taken less what moved, over all contracts."""
    lines, out = _lines(group), unmatched(_lines(group))
    right = hole(lines)
    moved = int(lines[["general_k", "elsewhere_k"]].to_numpy().sum())
    return Task(
        name,
        right,
        NEAR,
        (
            Slip("one-contract", hole(lines, ALONE), NEAR),
            Slip("other-contracts", hole(lines, ("elsewhere",)), NEAR),
            Slip("only-too-much", int(out.loc[out["gap_k"] > 0, "gap_k"].sum()), NEAR),
            Slip("either-way-added", int(out["gap_k"].abs().sum()), NEAR),
            Slip("upside-down", -right, NEAR),
            Slip("what-moved", moved, NEAR),
            Slip("in-millions", right / 1000, 0.001),
        ),
    )


def _alone(name: str, group: str) -> Task:
    """What the General's contract alone would show."""
    lines = _lines(group)
    right = hole(lines, ALONE)
    return Task(
        name,
        right,
        NEAR,
        (
            Slip("all-contracts", hole(lines), NEAR),
            Slip("what-moved", int(lines["general_k"].sum()), NEAR),
            Slip("what-was-taken", int(lines["deducted_k"].sum()), NEAR),
            Slip("upside-down", -right, NEAR),
            Slip("in-millions", right / 1000, 0.001),
        ),
    )


def _how_many(name: str, group: str) -> Task:
    """How many lines do not match, either way."""
    lines, out = _lines(group), unmatched(_lines(group))
    slips = (
        Slip("out-one-way", int((out["gap_k"] > 0).sum()), 0),
        Slip("out-beside-one-contract", len(unmatched(lines, ALONE)), 0),
        Slip("out-at-all", len(unmatched(lines, beyond=0)), 0),
    )
    return Task(name, len(out), 0, slips)


# ---- years of spending ---------------------------------------------------------------------------------------------


def _real(name: str, sector: str) -> Task:
    """How far a sector's money has changed when prices are allowed for, in per cent."""
    series = place.spend_series()
    rows = series[series["sector"] == sector]
    prices = 100 * (rows["deflator"].iloc[-1] / rows["deflator"].iloc[0] - 1)
    cash, right = change(series, sector), change(series, sector, "real")
    return Task(
        name,
        right,
        CLOSE,
        (
            Slip("prices-left-in", cash, CLOSE),
            Slip("prices-subtracted", cash - prices, CLOSE),
            Slip("share-instead", change(series, sector, "share"), CLOSE),
            Slip("as-a-fraction", right / 100, CLOSE / 100),
        ),
    )


def _share(name: str, sector: str) -> Task:
    """A sector's share of all the money in the last year, in per cent."""
    series = place.spend_series()
    table = of_sector(series, sector)
    last = table.iloc[-1]
    others = series[series["year"] == last["year"]]["cash_m"].sum() - last["cash_m"]
    return Task(
        name,
        float(last["share_pct"]),
        CLOSE,
        (
            Slip("first-year", float(table["share_pct"].iloc[0]), CLOSE),
            Slip("of-the-others", float(100 * last["cash_m"] / others), CLOSE),
            Slip("pounds-and-not-share", float(last["cash_m"]), CLOSE),
            Slip("as-a-fraction", float(last["share_pct"]) / 100, CLOSE / 100),
        ),
    )


TASKS: dict[str, Callable[[], Task]] = {
    "half-twice": cache(lambda: _twice("half-twice", "Larkmere")),
    "half-real": cache(lambda: _real("half-real", "Prescribing")),
    "half-share": cache(lambda: _share("half-share", "Prescribing")),
    "bare-alone": cache(lambda: _alone("bare-alone", "North Vale")),
    "bare-hole": cache(lambda: _hole("bare-hole", "North Vale")),
    "bare-lines": cache(lambda: _how_many("bare-lines", "North Vale")),
    "bare-real": cache(lambda: _real("bare-real", "Community and mental health")),
    "bare-share": cache(lambda: _share("bare-share", "Community and mental health")),
}
"""Every task of the exercise notebook, by name; each is worked out when it is first asked for."""

"""What a contract pays for a year's work: a baseline, and a share of the price for work beyond it or short of it.

With a share of 100 every admission is paid at its price, as under Payment by Results. With 0 the baseline is paid
whatever is done, as under a block contract. Between them the two sides divide what the plan did not foresee. England's
marginal rate of 2010 worked so above its baseline only; here the share works both ways. Money is in £ thousand.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

COST_PCT = 60.0
"""Of an admission's price, what one more costs the hospital within the year: drugs, meals, extra shifts. Assumed."""


class Quarrel(NamedTuple):
    """What two sides propose for one contract, the group first: baselines in £ thousand, shares in per cent."""

    baselines: tuple[float, float]
    shares: tuple[float, float]


def done(activity: pd.DataFrame, hospital: str, kind: str, year: str) -> int:
    """The value of a year's work at one hospital. Raises LookupError for work that is not there."""
    rows = activity[(activity["hospital"] == hospital) & (activity["kind"] == kind) & (activity["year"] == year)]
    if rows.empty:
        known = activity[["hospital", "kind"]].drop_duplicates().itertuples(index=False)
        names = "; ".join(f"{row.hospital}, {row.kind}" for row in known)
        raise LookupError(f"there is no {kind} work at {hospital} in {year} here: there is {names}")
    return int(rows["value_k"].sum())


def offers(table: pd.DataFrame, hospital: str, kind: str) -> pd.DataFrame:
    """What each side proposes, by side: baseline_k and share_pct. Raises LookupError where none is made."""
    rows = table[(table["hospital"] == hospital) & (table["kind"] == kind)]
    if rows.empty:
        raise LookupError(f"there are no offers for {kind} work at {hospital} here")
    return rows.set_index("side")[["baseline_k", "share_pct"]]


def quarrel(table: pd.DataFrame, hospital: str, kind: str) -> Quarrel:
    """The same as two pairs, the group's first. Raises LookupError where no offer is made."""
    sides = offers(table, hospital, kind).to_dict("index")
    group, other = sides["group"], sides["hospital"]
    return Quarrel(
        (float(group["baseline_k"]), float(other["baseline_k"])), (float(group["share_pct"]), float(other["share_pct"]))
    )


def paid(work: float, baseline: float, share_pct: float) -> float:
    """What the group pays: the baseline, and this share of the price for work beyond it (or less of it for less)."""
    return baseline + share_pct / 100 * (work - baseline)


def left_to_hospital(work: float, baseline: float, share_pct: float, *, cost_pct: float = COST_PCT) -> float:
    """What the hospital has left of its pay, beside a year in which the work was just the baseline.

    Above 0 it gains by the difference, below 0 it loses. Only what changes with the work is counted as a cost.
    """
    return (share_pct - cost_pct) / 100 * (work - baseline)


def share_moves(work: float, baseline: float, shares: tuple[float, float]) -> float:
    """How much the pay moves if, at one baseline, the second share is agreed in place of the first."""
    return paid(work, baseline, shares[1]) - paid(work, baseline, shares[0])


def baseline_moves(work: float, baselines: tuple[float, float], share_pct: float) -> float:
    """How much the pay moves if, at one share, the second baseline is agreed in place of the first."""
    return paid(work, baselines[1], share_pct) - paid(work, baselines[0], share_pct)


def break_even(baselines: tuple[float, float], shares: tuple[float, float]) -> float:
    """The work at which both quarrels move as much money; above it the share moves more.

    Each quarrel is taken alone, with the other point as the first side has it.
    """
    apart = baseline_moves(baselines[0], baselines, shares[0])
    return baselines[0] + 100 * apart / (shares[1] - shares[0])

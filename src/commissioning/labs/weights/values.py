"""What weights make of scores: an additive value, with weights by swing.

A criterion's swing points say how much it matters to go from its worst end to its best; its weight is its share of all
points, and a proposal's value is the sum of weight times score (multi-criteria decision analysis; Thokala and others
2016, report 1 of the ISPOR task force). Scores run from 0 to 100, and so do values.
"""

from __future__ import annotations

from collections.abc import Hashable

import pandas as pd

from commissioning.place.proposals import CRITERIA

KEYS = list(CRITERIA)


def of_scorers(table: pd.DataFrame, scored_by: str, which: str = "likely") -> pd.DataFrame:
    """A row a proposal, a column a criterion: the "likely", "low" or "high" scores of "staff" or "patients".

    Raises LookupError for scorers who are not there.
    """
    rows = table[table["scored_by"] == scored_by]
    if rows.empty:
        there = ", ".join(table["scored_by"].unique())
        raise LookupError(f"there are no scores by '{scored_by}': it must be one of {there}")
    wide = rows.pivot(index="proposal", columns="criterion", values=which)
    return wide.loc[list(rows["proposal"].unique()), KEYS].astype(float)


def shares(people: pd.DataFrame) -> pd.DataFrame:
    """Each person's weights: swing points over their sum, so that each row adds up to 1."""
    points = people[KEYS].astype(float)
    return points.div(points.sum(axis=1), axis=0)


def mean_weights(people: pd.DataFrame) -> pd.Series[float]:
    """The mean of these people's weights, by criterion."""
    return shares(people).mean()


def values(scores: pd.DataFrame, weights: pd.Series[float]) -> pd.Series[float]:
    """Each proposal's value at these weights, the highest first."""
    total = (scores[KEYS] * weights[KEYS]).sum(axis=1)
    return total.sort_values(ascending=False, kind="stable")


def first(scores: pd.DataFrame, weights: pd.Series[float]) -> str:
    """The proposal that these weights put first."""
    return str(values(scores, weights).index[0])


def ranks(scores: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """The place of each proposal, 1 is first, at the mean weights of each role: a row a proposal, a column a role."""
    by_role: dict[Hashable, pd.Series[float]] = {
        role: (scores[KEYS] * mean_weights(those)[KEYS]).sum(axis=1).rank(ascending=False)
        for role, those in people.groupby("role", sort=False)
    }
    return pd.DataFrame(by_role).astype(int)


def agreeing(scores: pd.DataFrame, people: pd.DataFrame, proposal: str) -> int:
    """How many of these people's own weights put this proposal first."""
    totals = shares(people)[KEYS].to_numpy() @ scores[KEYS].to_numpy().T
    return int((scores.index[totals.argmax(axis=1)] == proposal).sum())

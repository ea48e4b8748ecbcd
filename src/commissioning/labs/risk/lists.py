"""A list at a threshold: whom it reaches, how often it is right, and what an avoided admission costs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from commissioning.labs.risk.shares import percentage

CASELOAD = 50
"""People whom one community matron has on her list in a year. Our assumption."""
MATRON_COST = 60_000
"""Pounds a year for one community matron, with everything she needs. Our assumption."""


@dataclass(frozen=True)
class Reach:
    """What the riskiest `share` of a list holds: counts of people and of admissions, and the lowest score on it."""

    share: float
    people: int
    admitted: int
    admissions: int
    share_of_admissions: float
    lowest_score: float


def top_of_list(persons: pd.DataFrame, share: float) -> pd.DataFrame:
    """The `share` % of people with the highest risk score, highest first; people who tie stay in the table's order."""
    places = _places(len(persons), share)
    return persons.sort_values("risk_score", ascending=False, kind="stable").head(places)


def _places(people: int, share: float) -> int:
    """Places on the list: `share` % of people, to the nearest person."""
    if not 0 <= share <= 100:
        raise ValueError(f"share must be a percentage of the list from 0 to 100, so 5 means 5% (got {share})")
    return round(people * share / 100)


def reach(persons: pd.DataFrame, share: float) -> Reach:
    """How many people the riskiest `share` % are, and how many of next year's admissions are theirs.

    `share_of_admissions` is a percentage of everybody's admissions in year 2. Needs risk_score and adm_y2.
    """
    top = top_of_list(persons, share)
    admissions, everybodys = int(top["adm_y2"].sum()), int(persons["adm_y2"].sum())
    return Reach(
        share=share,
        people=len(top),
        admitted=int((top["adm_y2"] > 0).sum()),
        admissions=admissions,
        share_of_admissions=percentage(admissions, everybodys),
        lowest_score=float(top["risk_score"].min()) if len(top) else math.nan,
    )


def reach_by_share(persons: pd.DataFrame, shares: list[float]) -> pd.DataFrame:
    """`reach` for many shares of the list at once: a row each, with the columns share, people, admitted, admissions,
    share_of_admissions and positive_predictive_value (both in per cent)."""
    ranked = top_of_list(persons, 100)["adm_y2"].to_numpy()
    tops = [ranked[: _places(len(ranked), share)] for share in shares]
    table = pd.DataFrame({"share": shares, "people": [len(top) for top in tops]})
    table["admitted"] = [int((top > 0).sum()) for top in tops]
    table["admissions"] = [int(top.sum()) for top in tops]
    table["share_of_admissions"] = [percentage(int(top.sum()), int(ranked.sum())) for top in tops]
    table["positive_predictive_value"] = [percentage(int((top > 0).sum()), len(top)) for top in tops]
    return table


def sensitivity(persons: pd.DataFrame, share: float) -> float:
    """Of the people admitted in year 2, the percentage who were on the list. Not a number if nobody was admitted.

    Source: Altman and Bland, Diagnostic tests 1: sensitivity and specificity, BMJ 1994.
    """
    return percentage(reach(persons, share).admitted, int((persons["adm_y2"] > 0).sum()))


def positive_predictive_value(persons: pd.DataFrame, share: float) -> float:
    """Of the people on the list, the percentage admitted in year 2. Not a number if the list is empty.

    Source: Altman and Bland, Diagnostic tests 2: predictive values, BMJ 1994.
    """
    top = reach(persons, share)
    return percentage(top.admitted, top.people)


def cost_per_avoided_admission(
    persons: pd.DataFrame,
    share: float,
    *,
    effect: float,
    caseload: int = CASELOAD,
    matron_cost: float = MATRON_COST,
) -> float:
    """Pounds for each admission avoided in a year, if matrons visit the riskiest `share` % and avert `effect` %.

    Whole matrons are paid for, each with `caseload` people at `matron_cost` pounds a year: both are our assumptions.
    Admissions are those of `persons`, which should be the town without a matron. Infinite if nothing is avoided.
    """
    if not 0 <= effect <= 100:
        raise ValueError(
            f"effect must be a percentage of admissions avoided from 0 to 100, so 5 means 5% (got {effect})"
        )
    top = reach(persons, share)
    avoided = top.admissions * effect / 100
    return math.ceil(top.people / caseload) * matron_cost / avoided if avoided else math.inf

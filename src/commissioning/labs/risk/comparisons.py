"""A fair comparison: practices drawn to offer a matron against practices that were not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import pandas as pd

from commissioning.labs.risk.shares import percentage


@dataclass(frozen=True)
class Comparison:
    """A relative difference in per cent with its 95% interval, and how many people and practices stand behind it."""

    estimate: float
    low: float
    high: float
    people: int
    practices: int


def difference_between_practices(persons: pd.DataFrame, *, at_least: int = 2) -> Comparison:
    """Year-2 admissions per person at practices with a matron against practices without, among people she is for.

    Everyone with at least this many admissions in year 1 counts, in the arm of their practice: both arms were chosen
    in the same way and regress alike, so what is left is the matron and chance. -5 means 5% fewer with her.

    The estimate is the ratio of the two means. Its interval comes from the spread *between practices*, because the
    lot was drawn by practice: ratio estimator with a cluster variance, on the log scale, and t with (practices - 2)
    degrees of freedom. (Cochran, Sampling Techniques, 1977, chapter 6; Donner and Klar, Design and Analysis of
    Cluster Randomization Trials in Health Research, 2000.)
    """
    arms = [_arm(table) for _, table in _by_practice(persons, at_least).groupby("with_matron")]
    if len(arms) < 2 or min(arm.practices for arm in arms) < 2:
        raise ValueError("a comparison needs at least two practices with a matron and two without")
    without, with_matron = arms
    people, practices = without.people + with_matron.people, without.practices + with_matron.practices
    if not without.rate or not with_matron.rate:
        return Comparison(percentage(with_matron.rate, without.rate) - 100, math.nan, math.nan, people, practices)
    log_ratio = math.log(with_matron.rate / without.rate)
    margin = t_quantile(0.975, practices - 2) * math.hypot(with_matron.relative_error, without.relative_error)
    low, estimate, high = (100 * (math.exp(log_ratio + step) - 1) for step in (-margin, 0.0, margin))
    return Comparison(estimate, low, high, people, practices)


def falls_by_practice(persons: pd.DataFrame, *, at_least: int = 2) -> pd.DataFrame:
    """Each practice's before-after fall (per cent) among people with at least this many admissions in year 1."""
    table = _by_practice(persons, at_least)
    table["fall"] = 100 * (1 - table["year_2"] / table["year_1"])
    return table


def at_practices_with_matron(persons: pd.DataFrame) -> pd.Series[bool]:
    """Per person: whether they are registered where a matron was offered to anybody."""
    return persons["practice_id"].isin(set(persons.loc[persons["matron"] == "Y", "practice_id"]))


def _by_practice(persons: pd.DataFrame, at_least: int) -> pd.DataFrame:
    group = persons[persons["adm_y1"] >= at_least]
    group = group.assign(with_matron=at_practices_with_matron(persons).loc[group.index])
    sums = {"people": ("adm_y1", "size"), "year_1": ("adm_y1", "sum"), "year_2": ("adm_y2", "sum")}
    return group.groupby(["practice_id", "with_matron"], observed=True).agg(**sums).reset_index()


@dataclass(frozen=True)
class _Arm:
    people: int
    practices: int
    rate: float
    relative_error: float


def _arm(table: pd.DataFrame) -> _Arm:
    """Rate of one arm (admissions per person) and its relative standard error from the spread between practices."""
    people, practices = int(table["people"].sum()), len(table)
    rate = float(table["year_2"].sum()) / people
    if practices < 2 or not rate:
        return _Arm(people, practices, rate, math.nan)
    residual = table["year_2"] - rate * table["people"]
    variance = practices / (practices - 1) * float((residual**2).sum()) / people**2
    return _Arm(people, practices, rate, math.sqrt(variance) / rate)


def t_quantile(probability: float, freedom: int) -> float:
    """Quantile of Student's t, right to three decimals from 5 degrees of freedom. (Abramowitz and Stegun 26.7.5)"""
    z = NormalDist().inv_cdf(probability)
    terms = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
    )
    return math.fsum(term / freedom**power for power, term in enumerate(terms))

"""Before and after: what a group chosen for one year does in the other, which is mostly regression to the mean."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from commissioning.labs.risk.shares import percentage


@dataclass(frozen=True)
class Change:
    """A group's mean admissions per person, before and after; `fall` in per cent; how many people."""

    before: float
    after: float
    fall: float
    people: int


def before_after_fall(persons: pd.DataFrame, *, at_least: int = 2) -> Change:
    """The change from year 1 to year 2 among people with at least this many admissions in year 1.

    It is what a before-after chart shows, and holds regression to the mean together with any effect. Not a number
    if nobody qualifies.
    """
    return _change(persons, "adm_y1", "adm_y2", at_least)


def backwards_fall(persons: pd.DataFrame, *, at_least: int = 2) -> Change:
    """The same sum run backwards: people chosen for their year 2, looked at in year 1. No treatment works backwards."""
    return _change(persons, "adm_y2", "adm_y1", at_least)


def _change(persons: pd.DataFrame, chosen_by: str, seen_in: str, at_least: int) -> Change:
    group = persons[persons[chosen_by] >= at_least]
    if group.empty:
        return Change(math.nan, math.nan, math.nan, 0)
    before, after = float(group[chosen_by].mean()), float(group[seen_in].mean())
    return Change(before, after, 100 * (1 - after / before) if before else math.nan, len(group))


def share_of_admissions(persons: pd.DataFrame, year: str, *, at_least: int = 2) -> float:
    """Of everybody's admissions in `year` ("adm_y1" or "adm_y2"), the percentage of the group chosen by year 1."""
    return percentage(int(persons.loc[persons["adm_y1"] >= at_least, year].sum()), int(persons[year].sum()))


def group_means_by_year1(persons: pd.DataFrame, *, most: int = 4) -> pd.DataFrame:
    """Mean admissions in year 2 for each number of admissions in year 1, with the number of people behind each mean.

    People with `most` or more stand in one row, whose `year_1` is their own mean. Columns: group (text), year_1 and
    year_2 (admissions per person per year), people.
    """
    lumped = persons["adm_y1"].clip(upper=most)
    table = persons.groupby(lumped).agg(year_1=("adm_y1", "mean"), year_2=("adm_y2", "mean"), people=("adm_y2", "size"))
    table.insert(0, "group", [f"{count} or more" if count == most else str(count) for count in table.index])
    return table.reset_index(drop=True)


def slope(persons: pd.DataFrame) -> float:
    """Ordinary least squares slope of year 2 on year 1, person by person: year-2 admissions per admission in year 1.

    If each person's lasting rate is drawn from a gamma with mean mu and shape k, and chance (Poisson) does the rest,
    both years share the variance of the rate, mu^2/k, and each adds chance of variance mu. The slope is the shared
    part of year 1's variance: (mu^2/k) / (mu + mu^2/k) = mu / (k + mu), here 0.10 / 0.35 = 0.286. A slope of 1 would
    mean that last year tells all; the rest is regression to the mean.
    (Galton 1886 for the idea; Greenwood and Yule 1920 for gamma and Poisson.)
    """
    year_1 = persons["adm_y1"].to_numpy(dtype=float)
    spread = year_1 - year_1.mean()
    total = float((spread**2).sum())
    return float((spread * persons["adm_y2"].to_numpy(dtype=float)).sum()) / total if total else math.nan

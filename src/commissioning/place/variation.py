"""25 practices over five years, and who came to A&E: what the lab "The league table" reads.

In: how many people, a seed. Out: two tables. Planted, for every seed: 22 practices differ by chance alone; P07 has 18%
more emergency admissions than expected, all of them among people in nursing homes; P19 truly has 12% fewer; P23 seems
to have 25% more, because one hospital unit books a visit of hours as an admission. At practices with extended hours
one minor attendance at A&E in five does not happen, and such practices stand where people are poorer. A learner's
table says nothing of this: each has to be found. Lists and deprivation are the town's own (`place.larkmere`).

The seed is the town's own and was not chosen for these tables: it was the first that was tried. Called by `place`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from commissioning.place.larkmere import DEFAULT_SEED, MEAN_RATE, PATIENTS, PRACTICES, Flags, Floats, Larkmere, larkmere
from commissioning.place.people import imd_quintiles
from commissioning.place.tables import PRACTICE_IDS

YEARS = ["2009/10", "2010/11", "2011/12", "2012/13", "2013/14"]
HOMES, REAL, RECORDING = "P07", "P19", "P23"
"""The three practices that differ: by two nursing homes, truly, and in how their admissions are recorded."""
EXCESS = {HOMES: 0.18, REAL: -0.12, RECORDING: 0.25}
"""By what share of what is expected each of them differs."""
IN_HOMES = 0.0035
"""Share of a usual list that lives in a nursing or residential home."""
RESIDENT_RATE, RESIDENT_EXPECTED = 0.95, 0.30
"""Emergency admissions of a resident in a year, and what age, sex and deprivation alone would lead one to expect."""
SAME_DAY = 0.30
"""Share of emergency admissions that end on the day on which they began."""
EXTENDED = 10
"""Practices with extended hours."""
SPARED = 0.20
"""The share of minor attendances that extended hours truly spare."""
AGES = ("under 18", "18 and over")
MINOR = (0.5, 0.305)
"""Share of A&E attendances that are minor, by age: 35% of everybody's."""
AGE_SHARE, AGE_RATE = (0.21, 0.79), (1.1, 0.9734)
"""Share of people, and A&E attendances beside those of people of every age, by age."""
MOST_DEPRIVED, LEAST_DEPRIVED = 0.556, 0.287
"""A&E attendances per person in a year in the most and the least deprived tenth: England, 2018/19 (fact F517)."""


def practice_years(
    patients: int = PATIENTS, seed: int = DEFAULT_SEED, *, alike: bool = False, years: int = len(YEARS)
) -> pd.DataFrame:
    """Emergency admissions of each practice in each year, observed and expected; `alike`: no practice truly differs.

    `expected` is what the practice would have if its patients were admitted at Larkmere's own rates for people of their
    age, sex and deprivation, so that in each year the two add up to the same. It knows nothing of homes.
    """
    town, rng = larkmere(patients, seed), np.random.default_rng([seed, *b"variation", int(alike)])
    homes, extra = _expected(town, rng)
    tables = [_one_year(town, homes, extra * (not alike), alike, rng) for _ in range(years)]
    table = pd.concat(tables, ignore_index=True)
    table.insert(
        1, "year", np.repeat([YEARS[n] if n < len(YEARS) else f"year {n + 1}" for n in range(years)], PRACTICES)
    )
    return table


def _expected(town: Larkmere, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Per practice: admissions expected in a year, before the town's total is met; and residents of P07's two homes."""
    age = rng.lognormal(0, 0.12, PRACTICES)
    expected = town.list_size * age * MEAN_RATE * town.list_size.sum() / (town.list_size * age).sum()
    extra = EXCESS[HOMES] * expected / (RESIDENT_RATE - RESIDENT_EXPECTED) * _is(HOMES)
    return expected, np.rint(extra)


def _is(name: str) -> Flags:
    flags: Flags = np.array(PRACTICE_IDS) == name
    return flags


def _one_year(town: Larkmere, base: Floats, extra: Floats, alike: bool, rng: np.random.Generator) -> pd.DataFrame:
    residents = np.rint(IN_HOMES * town.list_size) + extra
    truly = 1 + (0 if alike else EXCESS[REAL] * _is(REAL))
    at_home = base * truly - RESIDENT_RATE * (residents - extra) - RESIDENT_EXPECTED * extra
    in_homes, others = rng.poisson(RESIDENT_RATE * residents), rng.poisson(at_home)
    recorded = rng.poisson((0 if alike else EXCESS[RECORDING]) * base * _is(RECORDING))
    same_day = rng.binomial(in_homes + others, SAME_DAY) + recorded
    observed = in_homes + others + recorded
    return pd.DataFrame(
        {
            "practice_id": PRACTICE_IDS,
            "list_size": town.list_size,
            "expected": np.round(base * observed.sum() / base.sum(), 1),
            "observed": observed,
            "residents": residents.astype(np.int64),
            "expected_homes": np.round(RESIDENT_EXPECTED * residents * observed.sum() / base.sum(), 1),
            "observed_homes": in_homes,
            "same_day": same_day,
        }
    )


def ed_attendances(patients: int = PATIENTS, seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """A&E attendances in 2013/14 by practice, deprivation fifth and age; `minor` are those that needed no treatment."""
    town, rng = larkmere(patients, seed), np.random.default_rng([seed, *b"attendances"])
    fifths = imd_quintiles(town)
    mean_fifth = np.bincount(town.practice, fifths, PRACTICES) / town.list_size
    extended = np.zeros(PRACTICES, dtype=np.bool_)
    extended[np.argsort(mean_fifth + rng.normal(0, 0.35, PRACTICES))[:EXTENDED]] = True
    rows = []
    for place, name in enumerate(PRACTICE_IDS):
        in_fifths = np.bincount(fifths[town.practice == place], minlength=6)
        for fifth in range(1, 6):
            for age, share in enumerate(AGE_SHARE):
                people = round(in_fifths[fifth] * share)
                counts = _attended(people * AGE_RATE[age] * fifth_rate(fifth), MINOR[age], bool(extended[place]), rng)
                rows.append((name, "Y" if extended[place] else "N", fifth, AGES[age], people, *counts))
    columns = ["practice_id", "extended_hours", "imd_quintile", "age", "persons", "attendances", "minor"]
    return pd.DataFrame(rows, columns=columns)


def _attended(expected: float, minor: float, extended: bool, rng: np.random.Generator) -> tuple[int, int]:
    """All attendances, and the minor ones."""
    spared = int(rng.poisson(expected * minor * (1 - SPARED * extended)))
    return spared + int(rng.poisson(expected * (1 - minor))), spared


def fifth_rate(fifth: int) -> float:
    """A&E attendances per person in a year in a deprivation fifth: the mean of its two tenths, on an even curve between
    the published ends."""
    step = (LEAST_DEPRIVED / MOST_DEPRIVED) ** (1 / 9)
    return float(MOST_DEPRIVED * (step ** (2 * fifth - 2) + step ** (2 * fifth - 1)) / 2)

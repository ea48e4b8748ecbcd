"""Larkmere as tables: what a learner loads. In: how many people, a seed, the matron's effect. Out: data frames."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from commissioning.place.larkmere import (
    DEFAULT_SEED,
    MATRON_EFFECT,
    PATIENTS,
    PRACTICES,
    Flags,
    Ints,
    Larkmere,
    admission_rows,
    happened,
    larkmere,
    risk_score,
    stream,
)
from commissioning.place.people import age_bands, categorical, frailty, imd_quintiles, long_term_conditions, pids, sexes

PRACTICE_IDS = [f"P{number:02d}" for number in range(1, PRACTICES + 1)]
FIRST_DAYS = np.array(["2011-09-01", "2012-09-01"], dtype="datetime64[D]")
"""First day of each year of data: the second ends on 31 August 2013, days before the board of chapter 6 meets."""


def persons(
    patients: int = PATIENTS, seed: int = DEFAULT_SEED, *, matron_effect: float = MATRON_EFFECT, truth: bool = False
) -> pd.DataFrame:
    """The registered people of Larkmere, one row each; columns and units are in `DATA_DICTIONARY`.

    `matron` is "Y" for people to whom a matron was offered: two or more admissions in year 1, at a practice drawn by
    lot. `matron_effect` is the relative change she makes to their admissions in year 2: -0.05 in the lab, 0.0 for the
    town without a matron. `truth=True` adds `latent_rate`, which no learner's copy holds.
    """
    table = _without_a_matron(patients, seed).copy()
    table["adm_y2"] = _year_2(larkmere(patients, seed), seed, matron_effect)
    return table if truth else table.drop(columns="latent_rate")


@lru_cache(maxsize=4)
def _without_a_matron(patients: int, seed: int) -> pd.DataFrame:
    """The persons table of a town where nobody was visited; every other effect changes its `adm_y2` alone."""
    town = larkmere(patients, seed)
    return pd.DataFrame(
        {
            "pid": pids(town, seed),
            "age_band": age_bands(town, seed),
            "sex": sexes(town, seed),
            "imd_quintile": imd_quintiles(town),
            "practice_id": categorical(town.practice, PRACTICE_IDS),
            "ltc_count": long_term_conditions(town, seed),
            "frailty": frailty(town, seed),
            "risk_score": np.round(risk_score(town), 4),
            "adm_y1": town.adm_y1,
            "adm_y2": town.adm_y2,
            "matron": _yes_no(town.offered),
            "latent_rate": town.latent_rate,
        }
    )


def practices(patients: int = PATIENTS, seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """Larkmere's 25 practices, one row each. `matron` is "Y" for the 12 of 25 drawn by lot."""
    town = larkmere(patients, seed)
    return pd.DataFrame(
        {
            "practice_id": PRACTICE_IDS,
            "neighbourhood": town.neighbourhood,
            "list_size": town.list_size,
            "imd_mean": np.round(np.bincount(town.practice, imd_quintiles(town), PRACTICES) / town.list_size, 2),
            "matron": _yes_no(town.lot),
        }
    )


def admissions(
    patients: int = PATIENTS, seed: int = DEFAULT_SEED, *, matron_effect: float = MATRON_EFFECT
) -> pd.DataFrame:
    """Emergency admissions of both years, one row each, by date. Counted by person they are `persons`' columns."""
    town = larkmere(patients, seed)
    person, year = admission_rows(town)
    rng = stream(seed, "stays")
    day = rng.integers(0, 365, len(person))
    los = np.floor(rng.gamma(0.8, 5.0 * np.exp(0.3 * town.health[person]))).astype(np.int64)
    away = (rng.random(len(person)) < 0.08).astype(np.int8)
    table = pd.DataFrame(
        {
            "pid": pids(town, seed)[person],
            "year": year,
            "date": FIRST_DAYS[year - 1] + day,
            "los": los,
            "provider": categorical(away, ["Larkmere General", "elsewhere"]),
        }
    )
    table = table[happened(town, seed, matron_effect)].sort_values("date", kind="stable", ignore_index=True)
    table.insert(0, "adm_id", [f"A{number}" for number in range(100_001, 100_001 + len(table))])
    return table


def _year_2(town: Larkmere, seed: int, matron_effect: float) -> Ints:
    """Admissions in year 2, less those that the matron averted."""
    person, _ = admission_rows(town)
    averted = person[~happened(town, seed, matron_effect)]
    return town.adm_y2 - np.bincount(averted, minlength=len(town.adm_y2))


def _yes_no(flags: Flags) -> pd.Categorical[str]:
    return categorical(flags.astype(np.int8), ["N", "Y"])

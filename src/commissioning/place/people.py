"""What is known of each person of Larkmere besides admissions: age, sex, long-term conditions, frailty, pseudonym.

All of it follows the town's health index with noise, so that it tells something about the lasting risk, and not all.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commissioning.place.larkmere import Floats, Ints, Larkmere, mixed, stream

Texts: TypeAlias = NDArray[np.str_]

AGE_SHARES = {
    "0 to 17": 0.21,
    "18 to 39": 0.28,
    "40 to 64": 0.32,
    "65 to 74": 0.10,
    "75 to 84": 0.065,
    "85 and over": 0.025,
}
"""Share of people by age band, rounded to look like an English town. Our assumption, not a count."""
PID_LETTERS = np.array([ord(letter) for letter in "23456789BCDFGHJKLMNPQRSTVWXZ"], dtype=np.uint32)
PID_LENGTH = 6


def categorical(codes: NDArray[np.integer[Any]], names: list[str], *, ordered: bool = False) -> pd.Categorical[str]:
    """Names by number, held as pandas holds few names for many rows."""
    return pd.Categorical.from_codes(codes, categories=pd.Index(names), ordered=ordered)


def pids(town: Larkmere, seed: int) -> Texts:
    """Pseudonyms: "L" and six characters, with no vowels, no look-alikes and no order."""
    size, patients = len(PID_LETTERS), len(town.adm_y1)
    number = stream(seed, "pid").choice(size**PID_LENGTH, patients, replace=False)
    letters = np.empty((patients, PID_LENGTH + 1), dtype=np.uint32)
    letters[:, 0] = ord("L")
    for place in range(PID_LENGTH):
        letters[:, place + 1] = PID_LETTERS[number // size**place % size]
    return letters.view(f"U{PID_LENGTH + 1}").reshape(patients)


def age_bands(town: Larkmere, seed: int) -> pd.Categorical[str]:
    """Age bands in the shares of `AGE_SHARES`: the worse the health index, the older on the whole."""
    seniority = mixed(town.health, 0.55, stream(seed, "age"))
    cuts = np.quantile(seniority, np.cumsum(list(AGE_SHARES.values()))[:-1])
    return categorical(np.searchsorted(cuts, seniority), list(AGE_SHARES), ordered=True)


def sexes(town: Larkmere, seed: int) -> pd.Categorical[str]:
    """F for 51 of 100, M for the rest: GP records of the time held two values."""
    male = stream(seed, "sex").random(len(town.adm_y1)) < 0.49
    return categorical(male.astype(np.int8), ["F", "M"])


def imd_quintiles(town: Larkmere) -> Ints:
    """Deprivation fifths of this town's own people: 1 the most deprived, 5 the least, as the English index counts."""
    cuts = np.quantile(town.deprivation, [0.2, 0.4, 0.6, 0.8])
    return 5 - np.searchsorted(cuts, town.deprivation).astype(np.int64)


def long_term_conditions(town: Larkmere, seed: int) -> Ints:
    """Long-term conditions on the record: a count, 8 at most, of which nobody healthy has many."""
    return np.minimum(stream(seed, "conditions").poisson(0.5 * np.exp(0.8 * town.health)), 8)


def frailty(town: Larkmere, seed: int) -> Floats:
    """A frailty score from 0 (fit) to 1, to two decimals; most people score below 0.2."""
    unease = mixed(town.health, 0.9, stream(seed, "frailty"))
    return np.round(1 / (1 + np.exp(2.4 - 0.9 * unease)), 2)

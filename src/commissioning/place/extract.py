"""An extract of every registered person, without names or NHS numbers: what the lab "Strip the extract" takes apart.

In: how many people, a seed. Out: one table. Nothing is planted in it but what every town has: days of birth that are
spread over the year, and small areas of about 1,600 people, the poorer ones next to one another. How few people share
a day of birth, a sex and an area follows from those sizes, and so does what coarser columns do about it. A town of
larger areas, or of people born in one year, would come out otherwise. Called by `place`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from commissioning.place.larkmere import DEFAULT_SEED, PATIENTS, Floats, Larkmere, larkmere, mixed
from commissioning.place.people import age_bands, categorical, imd_quintiles, pids, sexes
from commissioning.place.tables import PRACTICE_IDS

AREA_SIZE = 1_600
"""People in an area, about: the size of the areas that England's deprivation is published for."""
TAKEN = np.datetime64("2011-09-01")
"""The day to which `age_band` refers: whoever is in the extract was registered by then."""
OLDEST = 106
LATE_LIFE = 4.0
"""Mean years beyond 85 of people who are 85 or over."""
ILLNESS = 0.0095
"""Share of adults with a severe mental illness on record: our assumption, near what English registers count."""
ADULT = 18


def extract(patients: int = PATIENTS, seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """Every registered person: a code, day of birth, sex, area, practice, and whether severely mentally ill."""
    town, rng = larkmere(patients, seed), np.random.default_rng([seed, *b"extract"])
    bands = age_bands(town, seed)
    ages = _ages(bands, rng)
    return pd.DataFrame(
        {
            "pid": pids(town, seed),
            "born": TAKEN - np.floor(ages * 365.25).astype("timedelta64[D]") - np.timedelta64(1, "D"),
            "sex": sexes(town, seed),
            "area": _areas(town, rng),
            "practice_id": categorical(town.practice, PRACTICE_IDS),
            "severe_mental_illness": categorical(_illness(town, ages, rng).astype(np.int8), ["N", "Y"]),
        }
    )


def _ages(bands: pd.Categorical[str], rng: np.random.Generator) -> Floats:
    """Ages in years, evenly spread within a band; in the last band fewer and fewer."""
    starts = [int(name.split()[0]) for name in bands.categories]
    spans = np.diff([*starts, starts[-1]])
    low = np.array(starts, dtype=np.float64)[bands.codes]
    ages = low + rng.random(len(bands)) * spans[bands.codes]
    last = bands.codes == len(starts) - 1
    ages[last] += np.minimum(rng.exponential(LATE_LIFE, int(last.sum())), OLDEST - starts[-1])
    found: Floats = ages
    return found


def _areas(town: Larkmere, rng: np.random.Generator) -> pd.Categorical[str]:
    """Areas of like size, filled in the order of deprivation with noise, and numbered by lot."""
    people = len(town.deprivation)
    number = max(2, round(people / AREA_SIZE))
    weight = rng.lognormal(0.0, 0.1, number)
    ends = np.rint(np.cumsum(weight) / weight.sum() * people).astype(np.int64)
    queue = np.argsort(mixed(town.deprivation, 0.85, rng), kind="stable")
    area = np.empty(people, dtype=np.int64)
    area[queue] = np.repeat(rng.permutation(number), np.diff(ends, prepend=0))
    return categorical(area, [f"A{place:03d}" for place in range(1, number + 1)])


def _illness(town: Larkmere, ages: Floats, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Severe mental illness among adults, commoner where streets are poorer."""
    weight = 1.4 ** (3.0 - imd_quintiles(town)) * (ages >= ADULT)
    chance = ILLNESS * weight * (ages >= ADULT).sum() / weight.sum()
    drawn: NDArray[np.bool_] = rng.random(len(ages)) < chance
    return drawn

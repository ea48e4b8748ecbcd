"""Larkmere drawn from a seed: arrays in, nothing out but numbers. `place.tables` turns them into tables.

Every group of draws has a stream of its own, so that a column added later leaves the others as they were. Year 2 is
drawn once, without a matron; what the matron averts is then taken out of those very admissions. Two worlds with
different effects therefore differ by the effect and by nothing else (common random numbers).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

PATIENTS = 250_000
PRACTICES = 25
NEIGHBOURHOODS = 5
MEAN_RATE = 0.10
"""Emergency admissions per person per year, near the English rate. Our assumption."""
SHAPE = 0.25
"""Gamma shape of the lasting risk: small, so that few people carry much of it."""
MATRON_EFFECT = -0.05
"""What the matron truly does to the admission rate of the people she is offered to: one in twenty fewer."""
OFFERED_FROM = 2
"""Admissions in year 1 from which a matron is offered."""
DEFAULT_SEED = 15083
"""Chosen, not drawn: we tried some 17,000 seeds for one whose figures are those that chapter 6 prints to the last
digit (3,768 people, 2.28 then 0.73, 68%, 34% and 11%, 8.1%, slope 0.29, a comparison that says about -5%). Other seeds
hold the same truths within the tolerances of `labs.figures`, and print other digits: try a few and watch them move.
"""

STREAMS = (
    *("rates", "admissions", "people", "practices", "lot", "averted", "record"),
    *("pid", "age", "sex", "conditions", "frailty", "stays"),
)
"""Names of the streams of random numbers. Their order is part of the seed: add new ones at the end."""
RECORD_YEARS = 1.5
"""The score reads last year's admissions, and other records worth this many further years of them."""
HEALTH_WEIGHT = 0.3
"""How far frailty and long-term conditions move the score, in standard deviations of its logarithm."""


@dataclass(frozen=True, eq=False)
class Larkmere:
    """One drawn town. Arrays are per person in row order; `list_size`, `neighbourhood` and `lot` are per practice."""

    latent_rate: Floats
    adm_y1: Ints
    adm_y2: Ints
    health: Floats
    deprivation: Floats
    practice: Ints
    list_size: Ints
    neighbourhood: Ints
    lot: Flags
    record: Ints

    @property
    def offered(self) -> Flags:
        """Whether a matron was offered: a practice drawn by lot, and two or more admissions in year 1."""
        return self.lot[self.practice] & (self.adm_y1 >= OFFERED_FROM)


def stream(seed: int, name: str) -> np.random.Generator:
    """The stream of random numbers with this name: the same for the same seed, whatever else is drawn."""
    return np.random.default_rng([seed, STREAMS.index(name)])


@lru_cache(maxsize=4)
def larkmere(patients: int, seed: int) -> Larkmere:
    """The town of this many people from this seed. Cached, so its arrays cannot be written to."""
    _require_size(patients)
    rate, year_1, year_2 = _admissions(patients, seed)
    rng = stream(seed, "people")
    severity = normal_scores(rate, rng)
    health = mixed(severity, 0.5, rng)
    deprivation = mixed(severity, 0.15, rng)
    list_size, neighbourhood, practice = _practices(deprivation, seed)
    lot = np.zeros(PRACTICES, dtype=np.bool_)
    lot[stream(seed, "lot").permutation(PRACTICES)[: PRACTICES // 2]] = True
    record = stream(seed, "record").poisson(rate * RECORD_YEARS)
    town = Larkmere(rate, year_1, year_2, health, deprivation, practice, list_size, neighbourhood, lot, record)
    for array in vars(town).values():
        array.setflags(write=False)
    return town


def _require_size(patients: int) -> None:
    if patients < 1_000:
        raise ValueError(f"patients must be at least 1,000, so that each of 25 practices has a list (got {patients})")


def _admissions(patients: int, seed: int) -> tuple[Floats, Ints, Ints]:
    """Lasting risk from a gamma, and two years of admissions by chance from the same risk (gamma-Poisson)."""
    rate = stream(seed, "rates").gamma(SHAPE, MEAN_RATE / SHAPE, patients)
    rng = stream(seed, "admissions")
    return rate, rng.poisson(rate), rng.poisson(rate)


def normal_scores(values: Floats, rng: np.random.Generator) -> Floats:
    """Standard normal values in the same order of size as `values`."""
    scores = np.empty_like(values)
    scores[np.argsort(values, kind="stable")] = np.sort(rng.standard_normal(len(values)))
    return scores


def mixed(score: Floats, correlation: float, rng: np.random.Generator) -> Floats:
    """Standard normal values that follow `score`, itself standard normal, with this correlation."""
    noise = rng.standard_normal(len(score))
    mixture: Floats = correlation * score + np.sqrt(1 - correlation**2) * noise
    return mixture


def _practices(deprivation: Floats, seed: int) -> tuple[Ints, Ints, Ints]:
    """List sizes and neighbourhoods of practices, and each person's practice.

    People queue by deprivation, with noise, and lists fill from the front; five lists in a row make a neighbourhood.
    Practices are numbered by lot afterwards, so that a number says nothing about the place.
    """
    rng = stream(seed, "practices")
    weight = rng.lognormal(0.0, 0.45, PRACTICES)
    ends = np.rint(np.cumsum(weight) / weight.sum() * len(deprivation)).astype(np.int64)
    size = np.diff(ends, prepend=0)
    queue = np.argsort(mixed(deprivation, 0.6, rng), kind="stable")
    number = rng.permutation(PRACTICES)
    practice = np.empty(len(deprivation), dtype=np.int64)
    practice[queue] = np.repeat(number, size)
    in_order = np.argsort(number)
    return size[in_order], in_order * NEIGHBOURHOODS // PRACTICES + 1, practice


def happened(town: Larkmere, seed: int, matron_effect: float) -> Flags:
    """Per admission (all of year 1, then all of year 2, by person): whether it came about, or the matron averted it.

    Thinning: each admission of a person she is offered to is averted with the same chance, so that a larger effect
    averts the same admissions and more.
    """
    _require_effect(matron_effect)
    person, year = admission_rows(town)
    chance = stream(seed, "averted").random(len(person))
    averted: Flags = (year == 2) & town.offered[person] & (chance < -matron_effect)
    return ~averted


def admission_rows(town: Larkmere) -> tuple[Ints, Ints]:
    """Per admission: whose it is (row of the person), and whether of year 1 or 2."""
    people = np.arange(len(town.adm_y1))
    person = np.concatenate([np.repeat(people, town.adm_y1), np.repeat(people, town.adm_y2)])
    return person, np.repeat([1, 2], [town.adm_y1.sum(), town.adm_y2.sum()])


def _require_effect(effect: float) -> None:
    if not -1 <= effect <= 0:
        raise ValueError(
            "matron_effect must be a relative change from -1 (averts every admission) to 0 (averts none); "
            f"-0.05 is 5% fewer (got {effect})"
        )


def risk_score(town: Larkmere) -> Floats:
    """Chance of at least one emergency admission in year 2, as a good but imperfect tool would score it after year 1.

    The negative binomial posterior given last year's admissions and other records, moved by a noisy health index:
    right on average, wrong for many. It knows nothing of year 2.
    """
    counted = SHAPE + town.adm_y1 + town.record
    years = SHAPE / MEAN_RATE + 1 + RECORD_YEARS
    expected = counted / years * np.exp(HEALTH_WEIGHT * town.health)
    expected *= MEAN_RATE / expected.mean()
    chance: Floats = 1 - (1 + expected / counted) ** -counted
    return chance

"""24 changes of service, each designed in one of three ways: what the lab "What can 24 projects tell us?" reads.

In: a seed. Out: a table. The median of the weeks to sign-off and the number in use after a year are planted: every seed
has them exactly. How hard the projects were is the same in each model, so it cannot explain why one is slower.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from commissioning.place.larkmere import DEFAULT_SEED, Floats, Ints

HARD = (1, 2, 2, 3, 3, 4, 4, 5)
"""How hard the eight projects of each model were, from 1 to 5."""


@dataclass(frozen=True)
class Planted:
    """What is true of one model: the median of weeks, how many of eight are in use, and the usual clinician hours."""

    weeks: int
    in_use: int
    hours: int


PLANTED = {"A": Planted(9, 3, 22), "B": Planted(13, 2, 64), "C": Planted(21, 5, 150)}
"""A: managers design, GPs sign. B: GPs design, then buy. C: clinicians of all kinds design together."""

SERVICES = {
    1: ("Blood tests", "Hearing aids", "Cataract follow-up"),
    2: ("Podiatry", "Wheelchair repairs", "Glaucoma checks", "Carpal tunnel", "Continence", "Skin by photograph"),
    3: ("Headache clinic", "Anticoagulation", "Wound care", "Back pain", "Sleep apnoea", "Minor surgery"),
    4: ("Leg ulcers", "Diabetic foot", "Lung rehabilitation", "Children's asthma", "Heart failure", "Night sitting"),
    5: ("Stroke discharge", "Memory clinic", "Falls"),
}
"""What the projects were about, by how hard they were."""


def projects(seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """Larkmere's 24 projects, one row each, eight of each model, in the order in which they began."""
    rng = np.random.default_rng([seed, *b"projects"])
    table = pd.concat([_of_one_model(model, rng) for model in PLANTED], ignore_index=True)
    table = table.iloc[rng.permutation(len(table))].reset_index(drop=True)
    table.insert(0, "project_id", [f"R{number:02d}" for number in range(1, len(table) + 1)])
    table.insert(1, "service", _services(table["complexity"], rng))
    return table


def _services(hard: pd.Series[int], rng: np.random.Generator) -> list[str]:
    decks = {level: rng.permutation(names).tolist() for level, names in SERVICES.items()}
    return [str(decks[level].pop()) for level in hard]


def _of_one_model(model: str, rng: np.random.Generator) -> pd.DataFrame:
    planted, hard = PLANTED[model], np.array(HARD)
    weeks = _in_order_of(hard, _weeks(planted.weeks, rng), rng)
    hours = np.rint(planted.hours * np.exp(0.12 * (hard - 3) + rng.normal(0, 0.15, len(hard)))).astype(np.int64)
    in_use = rng.permutation(np.arange(len(hard)) < planted.in_use)
    return pd.DataFrame(
        {
            "model": model,
            "complexity": hard,
            "weeks_to_signoff": weeks,
            "clinician_hours": hours,
            "implemented_12m": np.where(in_use, "Y", "N"),
            "cost_k": np.rint(4 + 0.5 * weeks + 0.09 * hours + rng.uniform(0, 3, len(hard))).astype(np.int64),
        }
    )


def _weeks(median: int, rng: np.random.Generator) -> Ints:
    """Eight numbers of weeks, smallest first: the middle two lie evenly about the median, the others fall anywhere."""
    middle = np.array([-1, 1]) * max(1, round(0.06 * median))
    shorter, longer = rng.uniform(0.50, 0.90, 3), rng.uniform(1.15, 1.75, 3)
    return np.sort(np.rint(np.concatenate([shorter * median, median + middle, longer * median])).astype(np.int64))


def _in_order_of(hard: Ints, weeks: Ints, rng: np.random.Generator) -> Ints:
    """The weeks dealt out so that a harder project mostly takes longer."""
    likely: Floats = hard + rng.normal(0, 1.2, len(hard))
    return weeks[np.argsort(np.argsort(likely))]

"""Ten proposals scored on six criteria by two sets of people, and what 40 people say matters.

In: a seed. Out: two tables. Planted for every seed. In the staff's scores the exercise classes come first at the 40
people's mean weights, and the hostel nurse passes them when fairness weighs a little more; the virtual hub is beaten in
everything by another proposal, and advice by e-mail is first at no weights though no single one beats it; and the first
place is kept in fewer draws from the scores' ranges than there are people of the 40 who agree with it. In the patients'
scores, whose ranges are narrow, another proposal is first, the hub is beaten by no single one that beats it in the
staff's, and the last comes out the other way round. Scores differ by a point either way from seed to seed, and people's
swings by up to 15.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from commissioning.place.larkmere import DEFAULT_SEED, Floats

CRITERIA = ("health", "fairness", "evidence", "cost", "ease", "wanted")
"""Health gained, who gains, strength of evidence, money left over, ease, what patients asked for."""
NAMES = {
    "lung-classes": "Exercise classes for bad lungs",
    "hostel-nurse": "A nurse at the two hostels",
    "tablet-reviews": "A pharmacist for ten tablets or more",
    "smoke-free": "Help to stop smoking in pregnancy",
    "dementia-adviser": "An adviser for each family with dementia",
    "falls-classes": "Balance classes after a first fall",
    "interpreters": "Interpreters at every desk at the Quays",
    "advice-by-email": "Consultants' advice by e-mail",
    "wound-clinic": "A clinic for leg wounds on Saturdays",
    "virtual-hub": "A virtual hub for 300 people",
}
Rows = dict[str, tuple[int, ...]]
STAFF: Rows = {
    "lung-classes": (69, 34, 80, 58, 61, 50),
    "hostel-nurse": (56, 89, 38, 62, 52, 52),
    "tablet-reviews": (58, 47, 61, 70, 69, 42),
    "smoke-free": (64, 70, 66, 74, 42, 22),
    "dementia-adviser": (40, 50, 36, 58, 58, 88),
    "falls-classes": (54, 40, 88, 48, 54, 52),
    "interpreters": (34, 84, 34, 82, 71, 50),
    "advice-by-email": (44, 38, 46, 56, 73, 32),
    "wound-clinic": (48, 44, 52, 40, 84, 60),
    "virtual-hub": (50, 26, 34, 24, 46, 36),
}
"""What Nasrin Chowdhury and two GPs thought most likely, in the order of `CRITERIA`."""
PATIENTS: Rows = {
    "lung-classes": (60, 30, 80, 58, 54, 58),
    "hostel-nurse": (48, 76, 38, 62, 40, 50),
    "tablet-reviews": (54, 44, 61, 70, 60, 50),
    "smoke-free": (50, 56, 66, 74, 32, 20),
    "dementia-adviser": (58, 56, 36, 58, 60, 94),
    "falls-classes": (60, 46, 88, 48, 58, 64),
    "interpreters": (38, 86, 34, 82, 64, 56),
    "advice-by-email": (38, 36, 46, 56, 62, 32),
    "wound-clinic": (52, 46, 52, 40, 76, 70),
    "virtual-hub": (54, 24, 34, 24, 66, 76),
}
"""What five patients thought most likely, without sight of the staff's."""
SETS: dict[str, tuple[Rows, float]] = {"staff": (STAFF, 1.0), "patients": (PATIENTS, 0.4)}
"""Each set of scores, and how wide its ranges are beside the staff's."""
ROLES = {
    "GP": (85, 50, 70, 40, 70, 45),
    "Hospital doctor": (85, 35, 85, 30, 35, 30),
    "Nurse or therapist": (75, 80, 50, 35, 55, 65),
    "Manager": (60, 40, 60, 85, 80, 30),
    "Patient": (75, 80, 30, 30, 30, 85),
}
"""Swing points from 0 to 100 about which eight people of each role lie, in the order of `CRITERIA`."""
EACH = 8
STEPS = (0, 5, 10, 15)


def proposal_scores(seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """Scores from 0 to 100: scored_by (staff or patients), proposal, name, criterion, and low, likely and high."""
    rows = []
    for scored_by, (scores, wide) in SETS.items():
        rng = np.random.default_rng([seed, *scored_by.encode()])
        for proposal, likely in scores.items():
            for criterion, score in zip(CRITERIA, likely, strict=True):
                middle = score + int(rng.integers(-1, 2))
                half = _half(likely, wide) + int(rng.integers(0, 3))
                low, high = max(0, middle - half), min(100, middle + half)
                rows.append((scored_by, proposal, NAMES[proposal], criterion, low, middle, high))
    columns = ["scored_by", "proposal", "name", "criterion", "low", "likely", "high"]
    return pd.DataFrame(rows, columns=columns)


def _half(likely: tuple[int, ...], wide: float) -> int:
    """Half the width of a proposal's ranges: the weaker its evidence, the wider."""
    evidence = likely[CRITERIA.index("evidence")]
    return round(wide * (8 + (100 - evidence) / 6))


def panel_weights(seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """What 40 people gave each criterion, 0 to 100 swing points: person, role, and a column for each of `CRITERIA`."""
    rng = np.random.default_rng([seed, *b"panel"])
    rows: list[tuple[str | int, ...]] = []
    for role, middle in ROLES.items():
        for points in np.array(middle) + _around(rng):
            rows.append((f"W{len(rows) + 1:02d}", role, *(int(point) for point in points)))
    return pd.DataFrame(rows, columns=["person", "role", *CRITERIA])


def _around(rng: np.random.Generator) -> Floats:
    """How far eight people lie from their role's middle on each criterion: four draws, and the same with the sign
    turned, so that the role's own mean is as planted."""
    half = rng.choice(STEPS, (EACH // 2, len(CRITERIA))) * rng.choice((-1, 1), (EACH // 2, len(CRITERIA)))
    both: Floats = np.concatenate([half, -half])
    return both[rng.permutation(EACH)]

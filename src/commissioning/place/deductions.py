"""What was taken from two groups' allocations for specialised services, line by line, and what moved with it.

In: a seed. Out: a table. Planted for every seed, in Larkmere's 60 lines: seven were taken in full or in part for work
that did not move, £1.47m too much; two were taken for less than moved, £0.19m too little; the other 51 match, most of
them in contracts that the General does not hold. So the General's contract alone shows a hole of £1.97m, and all
contracts £1.28m. In North Vale's 30 the General's contract alone shows £1.12m, and all contracts £0.09m the other way:
less was taken than moved. Which number a line has, and how large the matching ones are, differs from seed to seed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from commissioning.place.larkmere import DEFAULT_SEED, Ints

STILL_BILLED = "Nothing moved: the group is still billed"
TWICE = "Same patients as another line"
LESS_TAKEN = "More moved than was taken"


class Line(NamedTuple):
    """A line that does not match: £ thousand taken, and by how much each side's contracts fell."""

    service: str
    deducted: int
    general: int
    elsewhere: int
    note: str


class Deduction(NamedTuple):
    """One group's deduction: the lines that do not match, those that do, and £ thousand that moved with the latter."""

    wrong: tuple[Line, ...]
    at_general: tuple[str, ...]
    elsewhere: tuple[str, ...]
    moved_general: int
    moved_elsewhere: int


LARKMERE = Deduction(
    wrong=(
        Line("Chemotherapy, day unit", 430, 60, 0, "Moved in part: the day unit still bills the group"),
        Line("Spinal injections", 290, 0, 0, f"{STILL_BILLED}, by the General"),
        Line("Special seating, wheelchairs", 210, 0, 0, f"{STILL_BILLED}, by Fenside"),
        Line("HIV clinic, follow-up", 180, 0, 0, f"{TWICE}: HIV care, adults"),
        Line("Newborn babies, visits at home", 160, 0, 0, f"{STILL_BILLED}, by Fenside"),
        Line("Cystic fibrosis, yearly review", 140, 0, 0, f"{TWICE}: cystic fibrosis, adults"),
        Line("Cochlear implants, tuning", 120, 0, 0, f"{TWICE}: cochlear implants"),
        Line("Dialysis, satellite unit", 60, 170, 0, f"{LESS_TAKEN}: the unit opened in the year"),
        Line("Heart rhythm, ablation", 40, 0, 120, f"{LESS_TAKEN}: two years' growth left out"),
    ),
    at_general=(
        *("HIV care, adults", "Dialysis, main unit", "Haemophilia", "Newborn intensive care", "Cancer of the pancreas"),
        *("Cancer of the gullet", "Immune deficiency", "Kidney biopsy", "Rare bleeding", "Home feeding by vein"),
        *("Sickle cell clinic", "Severe asthma", "Complex hernia", "Hepatitis C"),
    ),
    elsewhere=(
        *("Heart surgery, adults", "Heart surgery, children", "Brain surgery", "Burns", "Bone marrow transplant"),
        *("Kidney transplant", "Liver transplant", "Cystic fibrosis, adults", "Cystic fibrosis, children"),
        *("Cochlear implants", "Cleft lip and palate", "Spinal cord injury", "Spinal surgery, complex", "Radiotherapy"),
        *("Children's cancer", "Sarcoma", "Brain tumours", "Eye cancer", "Artificial limbs", "Secure mental health"),
        *("Eating disorders, beds", "Mother and baby unit", "Deaf mental health", "Gender services"),
        *("Deep brain implants", "Epilepsy surgery", "Children's intensive care", "Children's surgery"),
        *("Children's kidneys", "Metabolic disorders", "Lung transplant", "Lung hypertension"),
        *("Heart failure devices", "Thyroid cancer", "Pituitary clinic", "Severe obesity surgery", "Genetics"),
    ),
    moved_general=200,
    moved_elsewhere=570,
)
NORTH_VALE = Deduction(
    wrong=(
        Line("Haemophilia, home treatment", 130, 0, 0, f"{TWICE}: haemophilia"),
        Line("Pain clinic, pumps", 90, 0, 0, f"{STILL_BILLED}, by the General"),
        Line("Dialysis, at home", 70, 210, 0, f"{LESS_TAKEN}: the year counted was before it began"),
        Line("Heart valves, by catheter", 50, 0, 160, f"{LESS_TAKEN}: two years' growth left out"),
        Line("Children's insulin pumps", 30, 90, 0, f"{LESS_TAKEN}: half of them were coded as clinic visits"),
    ),
    at_general=("Dialysis, main unit", "Haemophilia", "HIV care, adults", "Newborn intensive care"),
    elsewhere=LARKMERE.elsewhere[:21],
    moved_general=80,
    moved_elsewhere=1_050,
)
GROUPS = {"Larkmere": LARKMERE, "North Vale": NORTH_VALE}
NOTES = {
    "Heart surgery, adults": "Two hospitals, and both contracts fell",
    "Kidney transplant": "Billed by the regional centre until March",
    "Burns": "Billed by the regional centre until March",
    "Secure mental health": "A charity's contract, ended in March",
    "Cystic fibrosis, adults": "Clinic and yearly review in one price",
    "HIV care, adults": "First visit and follow-up in one price",
    "Cochlear implants": "Operation and tuning in one price",
    "Artificial limbs": "Part of a larger contract, now divided",
    "Haemophilia": "Clinic and home treatment in one price",
}
"""Notes of lines that match, so that a note by itself gives nothing away."""
SLIP = 3
"""£ thousand by which a matching line may be out, either way; together they come to nothing."""
LEAST = 5
"""£ thousand: the smallest fall of a contract for a line that matches."""


def allocation_lines(seed: int = DEFAULT_SEED, *, truth: bool = False) -> pd.DataFrame:
    """The lines of two groups' deductions, with the fall of contracts that went with each, in £ thousand.

    `truth=True` adds `wrong`, which no learner's copy holds: True for a line that does not match.
    """
    tables = [_of_group(name, seed) for name in GROUPS]
    table = pd.concat(tables, ignore_index=True)
    return table if truth else table.drop(columns="wrong")


def _of_group(name: str, seed: int) -> pd.DataFrame:
    plan, rng = GROUPS[name], np.random.default_rng([seed, *name.encode()])
    at_general = _whole(plan.moved_general, len(plan.at_general), rng)
    elsewhere = _whole(plan.moved_elsewhere, len(plan.elsewhere), rng)
    fell = [(int(amount), 0) for amount in at_general] + [(0, int(amount)) for amount in elsewhere]
    services = [*plan.at_general, *plan.elsewhere]
    rows: list[tuple[str, int, int, int, str, bool]] = [
        (service, general + away + slip, general, away, NOTES.get(service, ""), False)
        for service, (general, away), slip in zip(services, fell, _slips(len(services), rng), strict=True)
    ]
    rows += [(*line, True) for line in plan.wrong]
    columns = ["service", "deducted_k", "general_k", "elsewhere_k", "note", "wrong"]
    table = pd.DataFrame([rows[at] for at in rng.permutation(len(rows))], columns=columns)
    table.insert(0, "line", [f"{name[0]}{number:02d}" for number in range(1, len(table) + 1)])
    table.insert(0, "group", name)
    return table


def _whole(total: int, parts: int, rng: np.random.Generator) -> Ints:
    """Whole numbers, none under `LEAST`, a few of them large, which add up to `total`."""
    weight = rng.lognormal(0.0, 0.9, parts)
    spare = total - LEAST * parts
    amounts: Ints = LEAST + np.floor(spare * weight / weight.sum()).astype(np.int64)
    amounts[np.argmax(amounts)] += total - amounts.sum()
    return amounts


def _slips(parts: int, rng: np.random.Generator) -> list[int]:
    """How far each matching line is out: as many up as down, so that they come to nothing."""
    half = rng.integers(0, SLIP + 1, parts // 2)
    slips = np.zeros(parts, dtype=np.int64)
    slips[: 2 * len(half)] = np.concatenate([half, -half])
    return [int(slip) for slip in rng.permutation(slips)]

"""Six months of bills that hospitals sent to Larkmere's group: what the lab "Check the invoices" reads.

In: how many people, a seed. Out: one table, a row for each line billed. Planted, for every seed: four sorts of line
that are owed back (billed twice, another commissioner's patient, a specialised treatment that NHS England buys, a price
above the list) and a fifth that seldom is (no record of the visit yet). Beside each stand lines that look like it and
are in order: two visits on one day, a patient who moved afterwards, a treatment that only looks specialised, a price
that was agreed, a record that came late. Bills carry no name. `on_our_list` was worked out where names may be read, and
passed on as a yes or no. Prices are ours, of the size of national averages.

`answer` is what came of each query in a trial in which every line that any of the five checks picks was queried once.
Nothing in the table says which check picks which line; that has to be found. Which check finds most money follows from
the shares below: had more of the wrong lines been other people's patients, no check without a person would have done.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from commissioning.place.larkmere import DEFAULT_SEED, PATIENTS, Ints, larkmere
from commissioning.place.people import pids

FIRST_DAY, DAYS = np.datetime64("2013-04-01"), 183
"""From 1 April to 30 September 2013."""
LINES = 12_000
"""Lines that are right, or wrong in one way, for a town of the usual size; those billed twice come on top."""
HOSPITALS = {"Larkmere General": 0.78, "Fenside": 0.14, "elsewhere": 0.08}


class Item(NamedTuple):
    """What is billed: its name, listed price in pounds, share of lines, and whether it is on the specialised list."""

    name: str
    price: int
    share: float
    specialised: bool = False


ITEMS = (
    Item("A&E attendance", 115, 0.31),
    Item("Outpatient, first visit", 165, 0.18),
    Item("Outpatient, follow-up", 85, 0.28),
    Item("Day case", 690, 0.08),
    Item("Planned admission", 2_900, 0.03),
    Item("Emergency admission", 1_650, 0.11),
    Item("Infusion, special list", 1_450, 0.01, True),
)


FOLLOW_UP, COURSE = 2, 5
"""Follow-up visits come in courses: about this many lines for each person who has any."""


class Sort(NamedTuple):
    """A sort of line that a check picks out: lines per 1,000 drawn, and the share of them that are owed back."""

    name: str
    per_thousand: float
    owed: float


TWICE, NOT_OURS, NATIONAL, DEARER, NO_RECORD = (
    Sort("twice", 14, 0.70),
    Sort("not-ours", 12, 0.65),
    Sort("national", 10, 0.65),
    Sort("dearer", 15, 0.70),
    Sort("no-record", 20, 0.15),
)
OWED, IN_ORDER = "owed back", "in order"
DEARER_FIRST = 0.3
"""How much likelier a dear line is to be of another commissioner's patient: its price to this power."""
ABOVE = (0.04, 0.14)
"""By what share of the listed price a dearer line is above it."""


def bills(patients: int = PATIENTS, seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """Every line billed to the group from April to September 2013, in the order of the dates."""
    rng = np.random.default_rng([seed, *b"bills"])
    many = round(LINES * patients / PATIENTS)
    table = _plain(patients, seed, many, rng)
    free = (table["special_list"] == "N").to_numpy(copy=True)
    table = _marked(table, NATIONAL, rng.permutation(np.flatnonzero(~free)), rng)
    for sort in (NOT_OURS, DEARER, NO_RECORD, TWICE):
        weight = free * table["listed"].to_numpy() ** (DEARER_FIRST if sort is NOT_OURS else 0.0)
        number = round(sort.per_thousand * len(table) / 1000)
        rows = rng.choice(len(free), number, replace=False, p=weight / weight.sum())
        free[rows] = False
        table = _marked(table, sort, rows, rng)
    table = table.sort_values(["date", "order"], kind="stable", ignore_index=True).drop(columns="order")
    table.insert(0, "line", [f"B{number:05d}" for number in range(1, len(table) + 1)])
    return table


def _plain(patients: int, seed: int, many: int, rng: np.random.Generator) -> pd.DataFrame:
    """Lines with nothing the matter, each of a person who is the likelier the more often they are ill."""
    town = larkmere(patients, seed)
    weight = town.latent_rate + 0.02
    person = rng.choice(patients, many, p=weight / weight.sum())
    item = rng.choice(len(ITEMS), many, p=[one.share for one in ITEMS])
    courses = item == FOLLOW_UP
    person[courses] = rng.choice(person[courses][: max(1, int(courses.sum() / COURSE))], int(courses.sum()))
    price = np.array([one.price for one in ITEMS])[item]
    table = pd.DataFrame(
        {
            "order": np.arange(many),
            "pid": pids(town, seed)[person],
            "date": FIRST_DAY + rng.integers(0, DAYS, many),
            "hospital": rng.choice(list(HOSPITALS), many, p=list(HOSPITALS.values())),
            "item": np.array([one.name for one in ITEMS])[item],
            "listed": price,
            "billed": price,
            "on_our_list": "Y",
            "special_list": np.where(np.array([one.specialised for one in ITEMS])[item], "Y", "N"),
            "in_record": "Y",
            "answer": "",
        }
    )
    return table.drop_duplicates(["pid", "date", "hospital", "item"], ignore_index=True)


def _marked(table: pd.DataFrame, sort: Sort, rows: Ints, rng: np.random.Generator) -> pd.DataFrame:
    """The table with these lines made to look like the sort, a share of them owed back and the others in order."""
    answers = np.where(np.arange(len(rows)) < round(sort.owed * len(rows)), OWED, IN_ORDER)
    if sort is TWICE:
        again = table.iloc[rows].assign(answer=answers)
        return pd.concat([table, again], ignore_index=True)
    table.loc[rows, "answer"] = answers
    if sort is NOT_OURS:
        table.loc[rows, "on_our_list"] = "N"
    elif sort is DEARER:
        more = rng.uniform(*ABOVE, len(rows))
        table.loc[rows, "billed"] = np.rint(table.loc[rows, "listed"] * (1 + more)).astype(np.int64)
    elif sort is NO_RECORD:
        table.loc[rows, "in_record"] = "N"
    return table

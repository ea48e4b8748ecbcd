"""What two groups' contracts with hospitals paid for, month by month, and what each side would have them pay.

In: a seed. Out: tables. Planted for every seed, in £ thousand a year. Larkmere's emergency work at the General comes to
42,000, 43,400 and 44,300, and at North Vale's hospital, whose A&E shut at night in April 2013, to 3,100, 2,000 and
2,000: so 1,100 of the General's growth is people who went next door before. Planned work at the General comes to
30,000, 30,600 and 29,400. In Mid Vale, the bare case, emergency work comes to 27,000, 28,400 and 30,300. How a year
falls into months, and how many admissions they hold, differs from seed to seed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from commissioning.place.larkmere import DEFAULT_SEED, Floats, Ints

CONTRACT_YEARS = ("2012/13", "2013/14", "2014/15")
WINTER = np.array([-3, -4, -4, -3, -4, -3, 0, 2, 6, 8, 4, 1]) / 100
"""How far each month's emergency work lies from a twelfth of the year, from April. Planned work is the other way."""
ROUGHNESS = 0.015
"""Standard deviation of a month about that."""


class Contract(NamedTuple):
    """One group's work of one kind at one hospital: each year's value in £ thousand, and the price of an admission."""

    group: str
    hospital: str
    kind: str
    yearly: tuple[int, int, int]
    price: float
    sides: tuple[tuple[str, int, int], ...] = ()
    """Who proposes what for 2014/15: the side, the baseline in £ thousand, the share of the price, in per cent."""


CONTRACTS = (
    Contract(
        "Larkmere",
        "Larkmere General",
        "emergency",
        (42_000, 43_400, 44_300),
        1.85,
        (("group", 42_000, 30), ("hospital", 43_260, 50)),
    ),
    Contract(
        "Larkmere",
        "Larkmere General",
        "planned",
        (30_000, 30_600, 29_400),
        1.40,
        (("group", 30_600, 50), ("hospital", 30_600, 0)),
    ),
    Contract("Larkmere", "North Vale's hospital", "emergency", (3_100, 2_000, 2_000), 1.85),
    Contract(
        "Mid Vale",
        "Mid Vale's hospital",
        "emergency",
        (27_000, 28_400, 30_300),
        1.80,
        (("group", 27_000, 30), ("hospital", 27_200, 50)),
    ),
)


def contract_activity(seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """Hospital work in three years, by month: who pays, where, of what kind, how many admissions, and their value."""
    rows: list[tuple[str, str, str, str, int, int, int]] = []
    for number, contract in enumerate(CONTRACTS):
        rng = np.random.default_rng([seed, 12, number])
        for year, total in zip(CONTRACT_YEARS, contract.yearly, strict=True):
            value = _months(total, WINTER if contract.kind == "emergency" else -WINTER, rng)
            admissions = rng.poisson(value / contract.price)
            rows += [
                (contract.group, contract.hospital, contract.kind, year, month, int(count), int(amount))
                for month, (count, amount) in enumerate(zip(admissions, value, strict=True), start=1)
            ]
    columns = ["group", "hospital", "kind", "year", "month", "admissions", "value_k"]
    return pd.DataFrame(rows, columns=columns)


def contract_offers(seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """What each side proposes for 2014/15: a baseline, and the share of the price paid for work beyond it.

    Nothing in it is drawn: every seed has the same offers.
    """
    rows = [
        (contract.group, contract.hospital, contract.kind, side, baseline, share)
        for contract in CONTRACTS
        for side, baseline, share in contract.sides
    ]
    return pd.DataFrame(rows, columns=["group", "hospital", "kind", "side", "baseline_k", "share_pct"])


def _months(total: int, shape: Floats, rng: np.random.Generator) -> Ints:
    """A year in twelve whole numbers of this shape, uneven by chance, which add up to `total`."""
    weight = (1 + shape) * (1 + ROUGHNESS * rng.standard_normal(12))
    months: Ints = np.rint(total * weight / weight.sum()).astype(np.int64)
    months[-1] += total - months.sum()
    return months

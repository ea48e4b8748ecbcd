"""What Larkmere's old primary care trust booked in its last four years, and what the General pays for its building.

In: a seed. Out: tables. Planted in the ledger: each year is reported as a small surplus, and what would come again next
year is £0.5m over, then 0.7, 1.6 and 4.0 short. Between the two stand entries that come once, some of them costs. A few
of the lines that come once a year come every year. The code that the old trust gave an entry (`coded`) is wrong in
places, and its note is not. Months differ from seed to seed; years do not.

Planted in the payments: prices, on which the payment rises, by 3.5% a year and income by 1.5%, over every five years.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from commissioning.place.larkmere import DEFAULT_SEED, Floats, Ints

YEARS = ("2009/10", "2010/11", "2011/12", "2012/13")
LASTING = {"2009/10": 500, "2010/11": -700, "2011/12": -1_600, "2012/13": -4_000}
"""In £ thousand: what each year would have come to without the entries that come once."""
INCOME = {"2009/10": 277_000, "2010/11": 292_000, "2011/12": 296_500, "2012/13": 299_500}
SPENDING = {
    "Mental health": (30_900, 32_400, 32_900, 33_300),
    "Community services": (25_400, 26_800, 27_300, 27_700),
    "Prescribing": (37_200, 38_100, 38_300, 38_500),
    "Primary care": (39_800, 41_300, 41_700, 42_000),
    "Continuing care": (14_400, 15_900, 17_300, 18_900),
    "Ambulances": (7_200, 7_600, 7_800, 8_000),
    "Running costs": (7_200, 6_900, 6_700, 6_500),
}
"""In £ thousand a year, in the order of `YEARS`; acute care takes the rest."""
ROUGHNESS = 0.015
"""Standard deviation of a month about its twelfth of the year."""
INDEX, INCOME_GROWTH = 3.5, 1.5
"""Per cent a year, compounded over every five years."""
CONTRACT_YEARS, BLOCK = 25, 5


class Entry(NamedTuple):
    """An entry with a note: the year it was booked in and the month of that year, 1 for April."""

    year: str
    month: int
    line: str
    amount: int
    coded: str
    once: bool
    note: str


NEGLIGENCE = "Clinical negligence scheme, paid each April"
QUALITY = "Quality payment, to the General, as every March"
NOTED = (
    Entry("2009/10", 1, "Primary care", -370, "Y", False, NEGLIGENCE),
    Entry("2009/10", 8, "Community services", -450, "N", True, "Burst pipe, Fenside store: stock replaced"),
    Entry("2009/10", 11, "Running costs", 150, "N", True, "Court costs, recovered from the other side"),
    Entry("2009/10", 12, "Acute care", -1_580, "N", False, QUALITY),
    Entry("2010/11", 1, "Primary care", -390, "Y", False, NEGLIGENCE),
    Entry("2010/11", 5, "Property", 500, "N", True, "Building plot, at Fenside: sold"),
    Entry("2010/11", 9, "Running costs", -250, "N", True, "Legal claim, settled out of court"),
    Entry("2010/11", 11, "Running costs", 650, "Y", True, "Tax refund, for three earlier years"),
    Entry("2010/11", 12, "Acute care", -1_640, "N", False, QUALITY),
    Entry("2011/12", 1, "Primary care", -405, "Y", False, NEGLIGENCE),
    Entry("2011/12", 3, "Property", 350, "N", True, "Old headquarters, given up early: paid by the landlord"),
    Entry("2011/12", 7, "Running costs", -250, "N", True, "Redundancy, when two offices became one"),
    Entry("2011/12", 10, "Acute care", 1_000, "N", True, "Penalty from the General, for 2010/11 and settled late"),
    Entry("2011/12", 12, "Prescribing", 800, "Y", True, "Makers' rebates, for 2009/10 and 2010/11, all paid now"),
    Entry("2011/12", 12, "Acute care", -1_690, "N", False, QUALITY),
    Entry("2012/13", 1, "Primary care", -420, "Y", False, NEGLIGENCE),
    Entry("2012/13", 8, "Property", 900, "N", True, "Car park, behind the Quays clinic: sold"),
    Entry("2012/13", 9, "Running costs", 700, "N", True, "Empty posts, until they moved to the new bodies"),
    Entry("2012/13", 10, "Running costs", -300, "N", True, "Redundancy, from closing the trust"),
    Entry("2012/13", 11, "Reserve", 1_150, "Y", True, "Reserve returned, by the regional authority as it closed"),
    Entry("2012/13", 12, "Acute care", 1_400, "N", True, "Bills that never came, set aside for in 2011/12"),
    Entry("2012/13", 12, "Community services", 450, "Y", True, "Falls team, money set aside: it now starts in April"),
    Entry("2012/13", 12, "Acute care", -1_750, "N", False, QUALITY),
)


def ledger(seed: int = DEFAULT_SEED, *, truth: bool = False) -> pd.DataFrame:
    """Four years of the old trust's accounts, a row for each entry, by month; income above 0 and spending below.

    `truth=True` adds `once`, which no learner's copy holds: True for an entry that will not come again.
    """
    rng = np.random.default_rng([seed, *b"ledger"])
    rows = [row for year in YEARS for row in [*_regular(year, rng), *_noted(year)]]
    columns = ["year", "month", "line", "amount_k", "coded", "note", "once"]
    table = pd.DataFrame(rows, columns=columns).sort_values("month", kind="stable", ignore_index=True)
    table.insert(0, "entry", [f"E{number:03d}" for number in range(1, len(table) + 1)])
    return table if truth else table.drop(columns="once")


def building(seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """How prices and the General's income rise, as assumed, in each year of the building's contract after 2013/14."""
    rng = np.random.default_rng([seed, *b"building"])
    years = range(1, CONTRACT_YEARS + 1)
    return pd.DataFrame(
        {
            "year": list(years),
            "prices_pct": _rises(INDEX, 0.5, rng),
            "income_pct": _rises(INCOME_GROWTH, 0.3, rng),
        }
    )


def _rises(mean: float, spread: float, rng: np.random.Generator) -> Floats:
    """Yearly rises in per cent to two decimals, which compound to `mean` a year over every five years."""
    factors = []
    for _ in range(CONTRACT_YEARS // BLOCK):
        drawn = 1 + np.round(rng.normal(mean, spread, BLOCK - 1), 2) / 100
        factors += [*drawn, (1 + mean / 100) ** BLOCK / drawn.prod()]
    return (np.array(factors) - 1) * 100


def _regular(year: str, rng: np.random.Generator) -> list[tuple[str, str, str, int, str, str, bool]]:
    """Every line of every month, so that the year comes to what is planted once its noted entries are added."""
    at = YEARS.index(year)
    yearly = {name: -amounts[at] for name, amounts in SPENDING.items()}
    for entry in (one for one in NOTED if one.year == year and not one.once and one.line in yearly):
        yearly[entry.line] -= entry.amount
    yearly["Allocation"] = INCOME[year]
    lasting = sum(entry.amount for entry in NOTED if entry.year == year and not entry.once)
    yearly["Acute care"] = LASTING[year] - lasting - sum(yearly.values())
    order = ["Allocation", "Acute care", *SPENDING]
    return [
        (year, _month(year, month), line, int(amount), "Y", "", False)
        for line in order
        for month, amount in enumerate(_months(yearly[line], rng if line != "Allocation" else None), start=1)
    ]


def _months(total: int, rng: np.random.Generator | None) -> Ints:
    """A year in twelve whole numbers, uneven if there are dice to make them so."""
    shares = np.ones(12) if rng is None else 1 + ROUGHNESS * rng.standard_normal(12)
    months: Ints = np.rint(total * shares / shares.sum()).astype(np.int64)
    months[-1] += total - months.sum()
    return months


def _noted(year: str) -> list[tuple[str, str, str, int, str, str, bool]]:
    found = [entry for entry in NOTED if entry.year == year]
    return [(year, _month(year, e.month), e.line, e.amount, e.coded, e.note, e.once) for e in found]


def _month(year: str, month: int) -> str:
    """The calendar month of a financial year: its first is April."""
    first = int(year[:4])
    return f"{first + (month + 2) // 12}-{(month + 2) % 12 + 1:02d}"

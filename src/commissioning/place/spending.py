"""What Larkmere's money went on in ten years, and how five groups would share one sum.

In: a seed. Out: tables. Planted in the spending: general practice has more cash in each of ten years, 1.3% less at the
end when prices are allowed for, and a share that falls each year, from 10.0% to 8.6%. Prices and the years between
differ a little from seed to seed; the last four years are those of `place.ledger`.

Nothing is drawn in `fair_shares`: five groups with made-up indices, for a formula small enough to work by hand.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from commissioning.place.larkmere import DEFAULT_SEED, Floats
from commissioning.place.ledger import INCOME, SPENDING

# ---- ten years of spending -----------------------------------------------------------------------------------------

SPEND_YEARS = tuple(f"{year}/{(year + 1) % 100:02d}" for year in range(2003, 2013))
SECTORS = ("General practice", "Other primary care", "Prescribing", "Community and mental health", "Hospital", "Other")
FIRST_TOTAL = 209.0
"""£ million in 2003/04. From 2009/10 the totals are the ledger's."""
FIRST_SHARE = (10.0, 5.6, 15.0, 21.0, 38.0, 10.4)
"""Per cent of the total in 2003/04, in the order of `SECTORS`."""
PRACTICE_SHARE = (9.00, 8.75, 8.67, 8.60)
"""Per cent for general practice in the ledger's four years."""
PRICES = 2.5
"""Per cent a year by which prices rise, compounded over the nine years."""
LEDGER_YEARS = tuple(INCOME)


def spend_series(seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """What Larkmere's money went on in ten years: year, sector, cash_m in £ million, deflator (2012/13 is 100)."""
    rng = np.random.default_rng([seed, *b"spending"])
    totals, shares, deflator = _totals(), _shares(rng), _deflator(rng)
    rows = [
        (year, sector, round(float(totals[at] * shares[at, column]), 3), round(float(deflator[at]), 2))
        for at, year in enumerate(SPEND_YEARS)
        for column, sector in enumerate(SECTORS)
    ]
    return pd.DataFrame(rows, columns=["year", "sector", "cash_m", "deflator"])


def _totals() -> Floats:
    """£ million: even growth to the ledger's first year, and then the ledger's."""
    known = np.array([INCOME[year] for year in LEDGER_YEARS]) / 1000
    before = len(SPEND_YEARS) - len(known)
    growth = float(known[0]) / FIRST_TOTAL
    early = FIRST_TOTAL * growth ** (np.arange(before) / before)
    return np.concatenate([early, known])


def _shares(rng: np.random.Generator) -> Floats:
    """A row for each year, a column for each sector: from the first to the ledger's own, with a little unevenness."""
    late = np.array([_ledger_shares(at) for at in range(len(LEDGER_YEARS))])
    before = len(SPEND_YEARS) - len(late)
    first = np.array(FIRST_SHARE) / 100
    along = (np.arange(before) + np.append(0.0, rng.uniform(-0.15, 0.15, before - 1))) / before
    early = first + along[:, None] * (late[0] - first)
    return np.concatenate([early, late])


def _ledger_shares(at: int) -> list[float]:
    """The shares of one of the ledger's years. The hospital takes the rest, and with it whatever came once."""
    total = INCOME[LEDGER_YEARS[at]]
    line = {name: amounts[at] for name, amounts in SPENDING.items()}
    practice = PRACTICE_SHARE[at] / 100 * total
    parts = [
        practice,
        line["Primary care"] - practice,
        line["Prescribing"],
        line["Community services"] + line["Mental health"],
        line["Continuing care"] + line["Ambulances"] + line["Running costs"],
    ]
    return [part / total for part in [*parts[:4], total - sum(parts), parts[4]]]


def _deflator(rng: np.random.Generator) -> Floats:
    """An index of prices, 100 in the last year, uneven from year to year."""
    steps = len(SPEND_YEARS) - 1
    drawn = 1 + (PRICES + rng.uniform(-0.6, 0.6, steps)) / 100
    drawn *= ((1 + PRICES / 100) ** steps / drawn.prod()) ** (1 / steps)
    index = np.append(1.0, drawn.cumprod())
    scaled: Floats = 100 * index / index[-1]
    return scaled


# ---- how five groups share -----------------------------------------------------------------------------------------

GROUPS = (
    ("Larkmere", 250_000, 0.96, 1.10),
    ("North Vale", 180_000, 1.08, 0.92),
    ("Mid Vale", 220_000, 1.00, 1.00),
    ("South Vale", 160_000, 1.05, 0.88),
    ("Eastbank", 190_000, 0.92, 1.15),
)


def fair_shares(seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """Five groups that share one sum: people on their lists, an index of age and one of need (1 is average)."""
    del seed  # nothing is drawn
    return pd.DataFrame(GROUPS, columns=["group", "listed", "age_index", "need_index"])

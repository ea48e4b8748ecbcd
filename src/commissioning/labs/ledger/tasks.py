"""The tasks of chapter 4 and the wrong numbers that known slips lead to, all worked out from Larkmere's ledger.

In: the place and the methods of `labs.ledger`. Out: `TASKS`, by name. Called by `checks`. What is said to each slip
stands in checks.yaml, under the slip's name. The ledger is in £ thousand, the building in £ million.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd

from commissioning import place
from commissioning.labs.ledger import by_code, chosen, gap, noted, of_year, paid_over, payments, reported, underlying
from commissioning.labs.ledger.figures import once
from commissioning.labs.ledger.payments import START
from commissioning.labs.shapes import Slip, Task
from commissioning.place.ledger import INCOME_GROWTH, INDEX

NEAR = 0.5
"""In £ thousand: the ledger is whole, and so are sums of it."""


@cache
def _rows(year: str) -> pd.DataFrame:
    return of_year(place.ledger(), year)


# ---- a year of the ledger ------------------------------------------------------------------------------------------


def _once(name: str, year: str) -> Task:
    """What comes once: gains less costs."""
    rows = _rows(year)
    entries = chosen(rows, once(year))
    net = reported(entries)
    return Task(
        name,
        net,
        NEAR,
        (
            Slip("gains-alone", reported(entries.query("amount_k > 0")), NEAR),
            Slip("costs-added-as-gains", int(entries["amount_k"].abs().sum()), NEAR),
            Slip("as-it-was-coded", reported(rows[rows["coded"] == "N"]), NEAR),
            Slip("every-note", reported(noted(rows)), NEAR),
            Slip("once-upside-down", -net, NEAR),
            Slip("in-millions", net / 1000, 0.01),
        ),
    )


def _underlying(name: str, year: str) -> Task:
    """What is left when gains are taken out and costs put back."""
    rows = _rows(year)
    entries = chosen(rows, once(year))
    right = underlying(rows, once(year))
    gains = reported(entries.query("amount_k > 0"))
    return Task(
        name,
        right,
        NEAR,
        (
            Slip("left-as-reported", reported(rows), NEAR),
            Slip("costs-left-in", reported(rows) - gains, NEAR),
            Slip("codes-believed", by_code(rows), NEAR),
            Slip("all-notes-out", reported(rows) - reported(noted(rows)), NEAR),
            Slip("added-not-taken", reported(rows) + reported(entries), NEAR),
            Slip("a-surplus-instead", -right, NEAR),
            Slip("in-millions", right / 1000, 0.01),
        ),
    )


def _largest(name: str, year: str) -> Task:
    rows = _rows(year)
    entries = chosen(rows, once(year))
    biggest = noted(rows)["amount_k"]
    second = sorted(entries["amount_k"], reverse=True)[1]
    return Task(
        name,
        int(entries["amount_k"].max()),
        NEAR,
        (
            Slip("comes-every-march", int(biggest.min()), NEAR),
            Slip("comes-every-march", -int(biggest.min()), NEAR),
            Slip("second-largest", int(second), NEAR),
            Slip("in-millions", int(entries["amount_k"].max()) / 1000, 0.01),
        ),
    )


# ---- the building --------------------------------------------------------------------------------------------------


def _gap(name: str, year: int) -> Task:
    """By how much the payment outgrows income, in £ million."""
    years = place.building()
    row = {name: float(value) for name, value in payments(years).iloc[year].items()}
    right, between = gap(years, year), INDEX - INCOME_GROWTH
    return Task(
        name,
        right,
        0.03,
        (
            Slip("without-compounding", START * between / 100 * year, 0.03),
            Slip("difference-compounded", START * ((1 + between / 100) ** year - 1), 0.03),
            Slip("the-whole-payment", row["payment_m"], 0.05),
            Slip("rise-and-not-gap", row["payment_m"] - START, 0.03),
            Slip("income-instead", row["afforded_m"], 0.05),
            Slip("year-before", gap(years, year - 1), 0.03),
            Slip("all-years-added", paid_over(years, year), 0.05),
        ),
    )


TASKS: dict[str, Callable[[], Task]] = {
    "half-once": cache(lambda: _once("half-once", "2011/12")),
    "half-underlying": cache(lambda: _underlying("half-underlying", "2011/12")),
    "half-gap": cache(lambda: _gap("half-gap", 10)),
    "last-once": cache(lambda: _once("last-once", "2012/13")),
    "last-underlying": cache(lambda: _underlying("last-underlying", "2012/13")),
    "last-largest": cache(lambda: _largest("last-largest", "2012/13")),
    "last-gap": cache(lambda: _gap("last-gap", 20)),
}
"""Every task of the exercise notebook, by name; each is worked out when it is first asked for."""

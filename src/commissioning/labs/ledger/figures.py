"""The figures of the lab "The balanced budget that wasn't", from the default seed. It offers no table to explorers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from commissioning import place
from commissioning.labs import ledger
from commissioning.labs.shapes import Figure, Table
from commissioning.place.ledger import QUALITY, YEARS

MARKS = {"2009/10": "first", "2010/11": "second", "2011/12": "third", "2012/13": "last"}
POUNDS = 1_000


@cache
def once(year: str) -> tuple[str, ...]:
    """The entries of a year that come once, as the notes say and the authors planted."""
    rows = ledger.of_year(place.ledger(truth=True), year)
    return tuple(rows.loc[rows["once"], "entry"])


@cache
def figures() -> dict[str, Figure]:
    """Every figure of the lab, by id."""
    made: dict[str, Figure] = {}
    for year in YEARS:
        made |= _of_year(year)
    return made | _of_the_building()


def _of_year(year: str) -> dict[str, Figure]:
    rows, mark = ledger.of_year(place.ledger(), year), MARKS[year]
    ids = once(year)
    gains = ledger.chosen(rows, ids).query("amount_k > 0")
    millions = {
        "reported": (ledger.reported(rows), "Position as reported"),
        "once": (ledger.reported(rows) - ledger.underlying(rows, ids), "All that comes once, gains less costs"),
        "gains": (ledger.reported(gains), "Gains that come once"),
        "underlying": (ledger.underlying(rows, ids), "Position without what comes once"),
        "coded": (ledger.by_code(rows), "Position without what the old trust coded as one-off"),
        "largest": (int(gains["amount_k"].max()), "Largest gain that comes once"),
    }
    made = {
        f"L4-{mark}-{name}": Figure(POUNDS * value, "£", 0, f"{meaning}, {year}", -4)
        for name, (value, meaning) in millions.items()
    }
    quality = -int(rows.loc[rows["note"] == QUALITY, "amount_k"].sum())
    made[f"L4-{mark}-quality"] = Figure(quality, "£ thousand", 0, f"Paid to the General for quality, {year}")
    return made | {f"L4-{mark}-entries": Figure(len(ids), "entries", 0, f"Entries that come once, {year}")}


def _of_the_building() -> dict[str, Figure]:
    years = place.building()
    table = ledger.payments(years).set_index("year")
    made = {
        "L4-payment": Figure(1e6 * table["payment_m"][0], "£", 0, "The General's payment for its building, year 0", -5)
    }
    millions = float(table["gap_m"][10])
    made |= {"L4-gap-10-in-millions": Figure(millions, "£m", 0.01, "The payment less that, in year 10", 1)}
    for year in (5, 10, 20):
        of = f"in year {year}"
        made |= {
            f"L4-payment-{year}": Figure(1e6 * table["payment_m"][year], "£", 1e4, f"The payment {of}", -5),
            f"L4-afforded-{year}": Figure(
                1e6 * table["afforded_m"][year], "£", 1e4, f"Had it risen with income, {of}", -5
            ),
            f"L4-gap-{year}": Figure(1e6 * table["gap_m"][year], "£", 1e4, f"The payment less that, {of}", -5),
        }
    return made


TABLES: dict[str, Callable[[], Table]] = {}
"""No explorer reads this lab."""

"""The figures of the lab "Who buys what: then and now". The contacts are invented; the services are not.

No seed moves them: a figure changes only when we learn something about a service, or change the fortnight.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from commissioning import place
from commissioning.labs import buyers
from commissioning.labs.shapes import Figure, Table
from commissioning.place.services import CONFIDENCE, NOT_ESTABLISHED

TABLES: dict[str, Callable[[], Table]] = {}
"""No explorer reads this lab."""


@cache
def figures() -> dict[str, Figure]:
    """Every figure of the lab, by id."""
    return _counts() | _shares() | _how_sure()


def _counts() -> dict[str, Figure]:
    table = buyers.contacts()
    moved = buyers.changed(table)
    was_national = table["commissioner_2013"] == "NHS England"
    return {
        "L1-days": _figure(table["day"].max(), "days", "Days that the fortnight lasts"),
        "L1-contacts": _figure(len(table), "contacts", "Contacts of one invented person in the fortnight"),
        "L1-services": _figure(table["service_id"].nunique(), "services", "Different services in the fortnight"),
        "L1-providers": _figure(table["provider"].nunique(), "providers", "Different providers in the fortnight"),
        **{
            f"L1-buyers-{when}": _figure(
                len(buyers.buyers(table, year)), "bodies", f"Bodies known to buy some of the fortnight, {year}"
            )
            for when, year in WHEN.items()
        },
        **{
            f"L1-contracts-{when}": _figure(
                buyers.contracts(table, year).nunique(), "contracts", f"Contracts behind the fortnight, {year}"
            )
            for when, year in WHEN.items()
        },
        "L1-moved": _figure(moved.sum(), "contacts", "Contacts whose buyer in 2026 is not the body of 2013"),
        "L1-from-national": _figure(
            (moved & was_national).sum(), "contacts", "Contacts that NHS England bought in 2013 and an ICB buys in 2026"
        ),
        "L1-stayed": _figure(
            (~moved & (table["commissioner_2013"] != NOT_ESTABLISHED)).sum(), "contacts", "Contacts whose buyer stayed"
        ),
        "L1-moved-twice": _figure(
            (buyers.moves(table) == 2).sum(), "contacts", "Contacts whose buying passed on twice: general practice"
        ),
    }


WHEN = {"then": 2013, "now": 2026}


def _shares() -> dict[str, Figure]:
    table = buyers.contacts()
    bought, paid = buyers.by_body(table).to_dict(), buyers.by_body(table, "payer").to_dict()
    still_answers = (table["delegated"] == "Y") | (table["commissioner_2026"] == "NHS England")
    return {
        "L1-england-then": _figure(bought[2013]["NHS England"], "contacts", "Contacts NHS England bought, 2013"),
        "L1-england-now": _figure(bought[2026]["NHS England"], "contacts", "Contacts that NHS England buys, 2026"),
        "L1-ccg-then": _figure(bought[2013]["CCG"], "contacts", "Contacts that the CCG bought or shared, 2013"),
        "L1-icb-now": _figure(bought[2026]["ICB"], "contacts", "Contacts that the ICB buys or shares, 2026"),
        "L1-council": _figure(bought[2013]["council"], "contacts", "Contacts that the council bought or shared, 2013"),
        "L1-share-then": _percent(bought[2013]["NHS England"], len(table), "the body that bought most, 2013"),
        "L1-share-now": _percent(bought[2026]["ICB"], len(table), "the body that buys most, 2026"),
        "L1-delegated": _figure(
            (table["delegated"] == "Y").sum(), "contacts", "Contacts that the ICB buys in place of NHS England, 2026"
        ),
        "L1-england-accountable": _figure(
            still_answers.sum(), "contacts", "Contacts that NHS England buys or stays accountable for, 2026"
        ),
        "L1-england-pays-then": _figure(
            paid[2013]["NHS England"], "contacts", "Contacts that NHS England paid for, all or part, 2013"
        ),
        "L1-england-pays-now": _figure(
            paid[2026]["NHS England"], "contacts", "Contacts that NHS England pays for, all or part, 2026"
        ),
    }


def _how_sure() -> dict[str, Figure]:
    listed, table = place.services(), buyers.contacts()
    return {
        "L1-listed": _figure(len(listed), "services", "Services in the table, which is not synthetic"),
        **{
            f"L1-{level}": _figure(
                (listed["confidence"] == level).sum(), "services", f"Services in the table: {meaning}"
            )
            for level, meaning in CONFIDENCE.items()
        },
        "L1-unsure-contact": Figure(
            float(table.loc[table["confidence"] == "unsure", "contact"].item()),
            "number of a contact",
            0,
            "The one contact of the fortnight whose buyer we could not establish",
        ),
    }


def _figure(value: float, unit: str, meaning: str) -> Figure:
    return Figure(float(value), unit, 0, meaning)


def _percent(part: float, whole: int, whose: str) -> Figure:
    return Figure(100 * float(part) / whole, "%", 0, f"Share of the contacts of {whose}")

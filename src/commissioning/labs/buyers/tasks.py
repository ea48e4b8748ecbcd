"""The tasks of chapter 1 and the wrong numbers that known slips lead to, all counted from the tables themselves.

In: the fortnight and the services. Out: `TASKS`, by name. Called by `checks`. What is said to each slip stands in
checks.yaml, under the slip's name. All answers are whole numbers, and only they are right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pandas as pd

from commissioning.labs import buyers
from commissioning.labs.buyers.figures import figures
from commissioning.labs.shapes import Slip, Task
from commissioning.place.services import NOT_ESTABLISHED

# ---- what is counted -----------------------------------------------------------------------------------------------


@cache
def _contacts() -> pd.DataFrame:
    return buyers.contacts()


def _second_week() -> pd.DataFrame:
    return _contacts()[_contacts()["day"] > 7]


def _figure(name: str) -> float:
    return figures()[name].value


def _task(name: str, answer: float, slips: Iterator[Slip]) -> Task:
    """A task without the slips that happen to give its answer, or the number of a slip named before."""
    kept: dict[float, Slip] = {}
    for slip in slips:
        if slip.value != answer:
            kept.setdefault(slip.value, slip)
    return Task(name, answer, 0, tuple(kept.values()))


def _slip(name: str, value: float) -> Slip:
    return Slip(name, float(value), 0.25)


# ---- buyers --------------------------------------------------------------------------------------------------------


def _half_buyers_then() -> Task:
    week = _second_week()
    return _task("half-buyers-then", len(buyers.buyers(week, 2013)), _buyer_slips(week, 2013))


def _buyers_then() -> Task:
    return _task("buyers-then", _figure("L1-buyers-then"), _buyer_slips(_contacts(), 2013))


def _buyers_now() -> Task:
    return _task("buyers-now", _figure("L1-buyers-now"), _buyer_slips(_contacts(), 2026))


def _buyer_slips(table: pd.DataFrame, year: int) -> Iterator[Slip]:
    known = len(buyers.buyers(table, year))
    names = table[f"commissioner_{year}"].nunique()
    yield _slip("one-name-too-many", known + 1)
    yield _slip("names-for-bodies", names)
    yield _slip("still-buys-a-little" if year == 2026 else "one-short", known - 1)
    yield _slip("largest-alone", 1)
    yield _slip("contracts-for-buyers", buyers.contracts(table, year).nunique())
    yield from _something_else(table)


def _something_else(table: pd.DataFrame) -> Iterator[Slip]:
    yield _slip("services-counted", table["service_id"].nunique())
    yield _slip("contacts-counted", len(table))


# ---- contracts -----------------------------------------------------------------------------------------------------


def _half_contracts_now() -> Task:
    week = _second_week()
    answer = buyers.contracts(week, 2026).nunique()
    return _task("half-contracts-now", answer, _contract_slips(week, 2026))


def _contracts_then() -> Task:
    return _task("contracts-then", _figure("L1-contracts-then"), _contract_slips(_contacts(), 2013))


def _contracts_now() -> Task:
    return _task("contracts-now", _figure("L1-contracts-now"), _contract_slips(_contacts(), 2026))


def _contract_slips(table: pd.DataFrame, year: int) -> Iterator[Slip]:
    apart = table[[f"commissioner_{year}", "provider", "contract"]].drop_duplicates()
    yield _slip("buyers-for-contracts", len(buyers.buyers(table, year)))
    yield _slip("providers-for-contracts", table["provider"].nunique())
    yield _slip("flu-jab-apart", (apart["contract"] != NOT_ESTABLISHED).sum())
    yield _slip("blank-for-a-contract", len(apart))
    yield _slip("kinds-for-contracts", table["contract"].nunique())
    yield from _something_else(table)


# ---- moves, the blank, and who pays --------------------------------------------------------------------------------


def _moved_twice() -> Task:
    return _task("moved-twice", _figure("L1-moved-twice"), _moved_slips())


def _moved_slips() -> Iterator[Slip]:
    moves = buyers.moves(_contacts())
    yield _slip("services-for-contacts", _contacts()[moves == 2]["service_id"].nunique())
    yield _slip("moved-at-all", (moves > 0).sum())
    yield _slip("moved-once", (moves == 1).sum())
    yield _slip("moves-for-contacts", moves.sum())
    yield _slip("from-national-once", _figure("L1-from-national"))
    yield _slip("contacts-counted", len(moves))


def _nobody_knows() -> Task:
    return _task("nobody-knows", _figure("L1-unsure-contact"), _blank_slips())


def _blank_slips() -> Iterator[Slip]:
    table = _contacts()
    yield _slip("day-for-contact", table.loc[table["confidence"] == "unsure", "day"].item())
    for contact in table.loc[table["confidence"] == "seen", "contact"]:
        yield _slip("seen-for-unsure", contact)


def _england_pays_then() -> Task:
    return _task("england-pays-then", _figure("L1-england-pays-then"), _payer_slips(2013))


def _england_pays_now() -> Task:
    return _task("england-pays-now", _figure("L1-england-pays-now"), _payer_slips(2026))


def _payer_slips(year: int) -> Iterator[Slip]:
    paid = buyers.by_body(_contacts(), "payer").to_dict()[year]
    yield _slip("bought-for-paid" if year == 2013 else "accountable-for-pays", _figure("L1-england-accountable"))
    if year == 2026:
        yield _slip("delegated-for-pays", _figure("L1-delegated"))
    yield _slip("another-payer", paid["CCG"] or paid["ICB"])
    yield _slip("payers-for-contacts", len(buyers.payers(_contacts(), year)))
    yield _slip("contacts-counted", len(_contacts()))


TASKS: dict[str, Callable[[], Task]] = {
    "half-buyers-then": cache(_half_buyers_then),
    "half-contracts-now": cache(_half_contracts_now),
    "buyers-then": cache(_buyers_then),
    "buyers-now": cache(_buyers_now),
    "contracts-then": cache(_contracts_then),
    "contracts-now": cache(_contracts_now),
    "moved-twice": cache(_moved_twice),
    "nobody-knows": cache(_nobody_knows),
    "england-pays-then": cache(_england_pays_then),
    "england-pays-now": cache(_england_pays_now),
}
"""Every task of the exercise notebook, by name; each is worked out when it is first asked for."""

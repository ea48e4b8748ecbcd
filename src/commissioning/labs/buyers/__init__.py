"""Methods of the lab "Who buys what: then and now".

In: `place.fortnight()` joined to `place.services()`, or any table with the columns named. Out: numbers, tables and a
chart. Nothing is drawn at random and nothing is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.labs.buyers.bodies import bodies, buyers, by_body, changed, moves, payers
from commissioning.labs.buyers.contacts import contacts
from commissioning.labs.buyers.contracts import contracts
from commissioning.labs.late import charts_of

if TYPE_CHECKING:
    from commissioning.labs.buyers.pictures import then_and_now_chart

__all__ = [
    "bodies",
    "buyers",
    "by_body",
    "changed",
    "contacts",
    "contracts",
    "moves",
    "payers",
    "then_and_now_chart",
]

__getattr__ = charts_of(__name__, __all__)

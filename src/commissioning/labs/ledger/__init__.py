"""Methods of the lab "The balanced budget that wasn't".

In: the ledger (`place.ledger()`), or a year of it; the building's years (`place.building()`). Out: numbers, tables and
charts. Which entries come once is for whoever reads the notes to say: no method here knows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.labs.late import charts_of
from commissioning.labs.ledger.payments import gap, paid_over, payments
from commissioning.labs.ledger.positions import by_code, chosen, noted, of_year, reported, underlying

if TYPE_CHECKING:
    from commissioning.labs.ledger.pictures import bridge_chart, building_chart

__all__ = [
    "bridge_chart",
    "building_chart",
    "by_code",
    "chosen",
    "gap",
    "noted",
    "of_year",
    "paid_over",
    "payments",
    "reported",
    "underlying",
]

__getattr__ = charts_of(__name__, __all__)

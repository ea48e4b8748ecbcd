"""Methods of the lab "Strip the extract; check the invoices".

In: the extract (`place.extract()`) or the bills (`place.bills()`). Out: numbers, tables and charts. No method knows
which lines are owed back: it reads what came of the queries, as a learner does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.labs.disclosure.alone import GRAINS, alone, below, born_by, smallest
from commissioning.labs.disclosure.cells import ALL, counted, hidden, hidden_twice, worked_back
from commissioning.labs.disclosure.queries import (
    CHECKS,
    QUERY_COST,
    by_stake,
    enough,
    found,
    picked,
    repeated,
    with_month,
)
from commissioning.labs.late import charts_of

if TYPE_CHECKING:
    from commissioning.labs.disclosure.pictures import alone_chart, queries_chart

__all__ = [
    "ALL",
    "CHECKS",
    "GRAINS",
    "QUERY_COST",
    "alone",
    "alone_chart",
    "below",
    "born_by",
    "by_stake",
    "counted",
    "enough",
    "found",
    "hidden",
    "hidden_twice",
    "picked",
    "queries_chart",
    "repeated",
    "smallest",
    "with_month",
    "worked_back",
]

__getattr__ = charts_of(__name__, __all__)

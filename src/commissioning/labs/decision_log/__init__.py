"""Methods of the lab "The decision log".

In: the log (`place.decisions()`), or any part of it. Out: numbers, tables and charts. Nothing is written or drawn at
random.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.labs.decision_log.shares import by_bodies, by_lead, led, not_led, reversed_share
from commissioning.labs.decision_log.slopes import crossing, slope
from commissioning.labs.late import charts_of

if TYPE_CHECKING:
    from commissioning.labs.decision_log.pictures import crowd_chart, days_chart

__all__ = [
    "by_bodies",
    "by_lead",
    "crossing",
    "crowd_chart",
    "days_chart",
    "led",
    "not_led",
    "reversed_share",
    "slope",
]

__getattr__ = charts_of(__name__, __all__)

"""Methods of the lab "Ask for the weeks".

In: weekly attendances at A&E (`place.weekly_attendances()`, `place.town_attendances()`). Out: the limits of an XmR
chart, the weeks that signal a change by two named rules, averages with their intervals, and charts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.labs.control_chart.averages import between, change
from commissioning.labs.control_chart.limits import FACTOR, RUN, Limits, limits, one_rule, signals
from commissioning.labs.control_chart.starts import falls
from commissioning.labs.late import charts_of

if TYPE_CHECKING:
    from commissioning.labs.control_chart.pictures import towns_chart, xmr_chart

__all__ = [
    "FACTOR",
    "RUN",
    "Limits",
    "between",
    "change",
    "falls",
    "limits",
    "one_rule",
    "signals",
    "towns_chart",
    "xmr_chart",
]

__getattr__ = charts_of(__name__, __all__)

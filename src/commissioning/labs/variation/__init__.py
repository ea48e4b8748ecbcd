"""Methods of the lab "The league table".

In: one or more years of practices (`place.practice_years()`), or A&E attendances (`place.ed_attendances()`). Out:
numbers, tables and charts. Nothing is written, and nothing is drawn at random.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.labs.late import charts_of
from commissioning.labs.variation.adjusting import without_homes, without_same_day
from commissioning.labs.variation.funnel import INNER, OUTER, compared, limits, outside, poisson_quantile, value_of
from commissioning.labs.variation.hours import attendance_rates, crude_ratio, fair_ratio
from commissioning.labs.variation.rules import (
    HOW_MANY,
    RULES,
    Visited,
    above_average,
    highest,
    most_extra,
    risers,
    visited,
)

if TYPE_CHECKING:
    from commissioning.labs.variation.pictures import fifths_chart, funnel_chart, league_chart

__all__ = [
    "HOW_MANY",
    "INNER",
    "OUTER",
    "RULES",
    "Visited",
    "above_average",
    "attendance_rates",
    "compared",
    "crude_ratio",
    "fair_ratio",
    "fifths_chart",
    "funnel_chart",
    "highest",
    "league_chart",
    "limits",
    "most_extra",
    "outside",
    "poisson_quantile",
    "risers",
    "value_of",
    "visited",
    "without_homes",
    "without_same_day",
]

__getattr__ = charts_of(__name__, __all__)

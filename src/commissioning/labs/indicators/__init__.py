"""Methods of the lab "Thirty green indicators".

In: the tables `place.csu_kpi()`, `place.user_survey()` and `place.csu_costs()`, or any data frame with the columns
named. Out: numbers, tables and charts. Nothing is written and nothing is drawn at random.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.labs.indicators.leaving import (
    DIP_A_MONTH,
    DIP_MONTHS,
    ONE_OFF,
    balance,
    break_even,
    saving_a_month,
)
from commissioning.labs.indicators.links import (
    chance_level,
    expected_by_chance,
    links,
    satisfaction_by_month,
    satisfaction_link,
)
from commissioning.labs.indicators.ratings import AMBER, RATINGS, TYPES, ratings, share_green, share_of_type
from commissioning.labs.indicators.reports import (
    changed_a_decision,
    cost_per_report,
    hours_reading,
    share_that_changed,
)
from commissioning.labs.late import charts_of

if TYPE_CHECKING:
    from commissioning.labs.indicators.pictures import leaving_chart, links_chart, tiles_chart

__all__ = [
    "AMBER",
    "DIP_A_MONTH",
    "DIP_MONTHS",
    "ONE_OFF",
    "RATINGS",
    "TYPES",
    "balance",
    "break_even",
    "chance_level",
    "changed_a_decision",
    "cost_per_report",
    "expected_by_chance",
    "hours_reading",
    "leaving_chart",
    "links",
    "links_chart",
    "ratings",
    "satisfaction_by_month",
    "satisfaction_link",
    "saving_a_month",
    "share_green",
    "share_of_type",
    "share_that_changed",
    "tiles_chart",
]

__getattr__ = charts_of(__name__, __all__)

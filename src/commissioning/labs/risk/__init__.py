"""Methods of the lab "Finding people at risk".

In: a persons table (`place.persons()`), or any data frame with the columns named. Out: numbers, tables and charts.
Nothing is written, and nothing is drawn at random but in `other_draws`, whose seeds are fixed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.labs.late import charts_of
from commissioning.labs.risk.changes import (
    Change,
    backwards_fall,
    before_after_fall,
    group_means_by_year1,
    share_of_admissions,
    slope,
)
from commissioning.labs.risk.comparisons import (
    Comparison,
    at_practices_with_matron,
    difference_between_practices,
    falls_by_practice,
)
from commissioning.labs.risk.lists import (
    CASELOAD,
    MATRON_COST,
    Reach,
    cost_per_avoided_admission,
    positive_predictive_value,
    reach,
    reach_by_share,
    sensitivity,
    top_of_list,
)
from commissioning.labs.risk.lots import DRAWS, other_draws
from commissioning.labs.risk.trials import dispersion, power, sample_size

if TYPE_CHECKING:
    from commissioning.labs.risk.pictures import (
        before_after_chart,
        practices_chart,
        threshold_chart,
        year_by_year_chart,
    )

__all__ = [
    "CASELOAD",
    "DRAWS",
    "MATRON_COST",
    "Change",
    "Comparison",
    "Reach",
    "at_practices_with_matron",
    "backwards_fall",
    "before_after_chart",
    "before_after_fall",
    "cost_per_avoided_admission",
    "difference_between_practices",
    "dispersion",
    "falls_by_practice",
    "group_means_by_year1",
    "other_draws",
    "positive_predictive_value",
    "power",
    "practices_chart",
    "reach",
    "reach_by_share",
    "sample_size",
    "sensitivity",
    "share_of_admissions",
    "slope",
    "threshold_chart",
    "top_of_list",
    "year_by_year_chart",
]

__getattr__ = charts_of(__name__, __all__)

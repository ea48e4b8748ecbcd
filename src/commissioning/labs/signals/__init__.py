"""Methods of the lab "Six small signals".

In: six measures of 20 wards and of 12 community teams over 24 months (`place.signals_monthly()`). Out: scores, one
score made of six, how often it would cry wolf, and charts. Whether the six move together is for the data to say: they
do at the General and hardly at Fenside, and the same sum is worth less where they do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.labs.late import charts_of
from commissioning.labs.signals.scores import (
    MEASURES,
    alarms,
    combined,
    expected_alarms,
    of_trust,
    of_unit,
    spread_of_sum,
    together,
    z_scores,
)

if TYPE_CHECKING:
    from commissioning.labs.signals.pictures import six_chart, sums_chart

__all__ = [
    "MEASURES",
    "alarms",
    "combined",
    "expected_alarms",
    "of_trust",
    "of_unit",
    "six_chart",
    "spread_of_sum",
    "sums_chart",
    "together",
    "z_scores",
]


__getattr__ = charts_of(__name__, __all__)

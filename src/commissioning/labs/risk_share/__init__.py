"""Methods of the lab "Who carries the risk?".

In: three years of hospital work by month (`place.contract_activity()`), what each side proposes to pay for it
(`place.contract_offers()`), and eight groups of clinicians with their meetings (`place.design_groups()`,
`place.design_meetings()`). Out: numbers, tables and charts. Which of two quarrels moves more money depends on the year:
`break_even` says from what amount of work it turns round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.labs.late import charts_of
from commissioning.labs.risk_share.meetings import (
    came_of_those_still_coming,
    chance_of_gap,
    never_again,
    seats_filled,
    still_coming,
)
from commissioning.labs.risk_share.rules import (
    Quarrel,
    baseline_moves,
    break_even,
    done,
    left_to_hospital,
    offers,
    paid,
    quarrel,
    share_moves,
)

if TYPE_CHECKING:
    from commissioning.labs.risk_share.pictures import attendance_chart, rules_chart

__all__ = [
    "Quarrel",
    "attendance_chart",
    "baseline_moves",
    "break_even",
    "came_of_those_still_coming",
    "chance_of_gap",
    "done",
    "left_to_hospital",
    "never_again",
    "offers",
    "paid",
    "quarrel",
    "rules_chart",
    "seats_filled",
    "share_moves",
    "still_coming",
]


__getattr__ = charts_of(__name__, __all__)

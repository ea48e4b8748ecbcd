"""Methods of the lab "The hole in the allocation".

In: the lines of two groups' deductions (`place.allocation_lines()`), ten years of spending (`place.spend_series()`),
five groups that share one sum (`place.fair_shares()`). Out: numbers, tables and charts. Which lines are wrong is for
whoever reads their notes to say: `unmatched` shows where to look, and in either direction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.labs.allocations.formula import shared_out
from commissioning.labs.allocations.lines import CONTRACTS, chosen, hole, of_group, unmatched
from commissioning.labs.allocations.series import change, of_sector
from commissioning.labs.late import charts_of

if TYPE_CHECKING:
    from commissioning.labs.allocations.pictures import lines_chart, three_lines_chart

__all__ = [
    "CONTRACTS",
    "change",
    "chosen",
    "hole",
    "lines_chart",
    "of_group",
    "of_sector",
    "shared_out",
    "three_lines_chart",
    "unmatched",
]


__getattr__ = charts_of(__name__, __all__)

"""Methods of the lab "What can 24 projects tell us?".

In: the projects table (`place.projects()`), or counts and shares. Out: numbers, tables and charts. Nothing is written;
only the shuffling draws at random, from a seed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.labs.late import charts_of
from commissioning.labs.projects.shares import Share, in_use, wilson
from commissioning.labs.projects.shuffles import (
    SHUFFLES,
    fisher,
    gap_in_use,
    p_by_shuffling,
    shuffle_counts,
    shuffled_gaps,
)
from commissioning.labs.projects.trials import CONVINCING, chance_of_proof, needed_for_proof, sample_size

if TYPE_CHECKING:
    from commissioning.labs.projects.pictures import in_use_chart, shuffles_chart, weeks_chart

__all__ = [
    "CONVINCING",
    "SHUFFLES",
    "Share",
    "chance_of_proof",
    "fisher",
    "gap_in_use",
    "in_use",
    "in_use_chart",
    "needed_for_proof",
    "p_by_shuffling",
    "sample_size",
    "shuffle_counts",
    "shuffled_gaps",
    "shuffles_chart",
    "weeks_chart",
    "wilson",
]

__getattr__ = charts_of(__name__, __all__)

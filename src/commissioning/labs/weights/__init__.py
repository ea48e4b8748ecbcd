"""Methods of the lab "The weight that flips the list".

In: ten proposals' scores by two sets of people (`place.proposal_scores()`) and 40 people's swing points
(`place.panel_weights()`). Out: values, ranks, the weight at which the first place changes, proposals that no weights
put first, and how often the first stays first. Which weights are right is for whoever answers for the choice to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.labs.late import charts_of
from commissioning.labs.weights.beaten import beaten_by_two, dominated
from commissioning.labs.weights.draws import first_in_draws, stays_first
from commissioning.labs.weights.turning import flip_above, flips, moved
from commissioning.labs.weights.values import agreeing, first, mean_weights, of_scorers, ranks, shares, values

if TYPE_CHECKING:
    from commissioning.labs.weights.pictures import one_weight_chart, roles_chart

__all__ = [
    "agreeing",
    "beaten_by_two",
    "dominated",
    "first",
    "first_in_draws",
    "flip_above",
    "flips",
    "mean_weights",
    "moved",
    "of_scorers",
    "one_weight_chart",
    "ranks",
    "roles_chart",
    "shares",
    "stays_first",
    "values",
]


__getattr__ = charts_of(__name__, __all__)

"""Methods of the lab "Your run against six thousand".

In: games as `commissioning.game.play` plays them. Out: numbers, tables and charts. Nothing is written; every game's
luck comes from its seed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commissioning.labs.hundred_days.money import SEEDS, lead, money_by_strategy
from commissioning.labs.hundred_days.places import place, places, six_thousand
from commissioning.labs.late import charts_of

if TYPE_CHECKING:
    from commissioning.labs.hundred_days.pictures import lenses_chart, money_chart

__all__ = [
    "SEEDS",
    "lead",
    "lenses_chart",
    "money_by_strategy",
    "money_chart",
    "place",
    "places",
    "six_thousand",
]

__getattr__ = charts_of(__name__, __all__)

"""The charts of the lab, one module each: takeaway, description and table are worked out from the games given.

Marks differ by shape first, then by colour, and are named in the picture: black and white will do.
"""

from commissioning.labs.hundred_days.pictures.lenses import lenses_chart
from commissioning.labs.hundred_days.pictures.money import money_chart

__all__ = ["lenses_chart", "money_chart"]

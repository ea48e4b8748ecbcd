"""The three charts of the lab, one module each: takeaway, description and table are worked out from the data given.

Series differ by shape and dash first, then by colour, and are named beside their marks: black and white will do.
"""

from commissioning.labs.variation.pictures.fifths import fifths_chart
from commissioning.labs.variation.pictures.funnel import funnel_chart
from commissioning.labs.variation.pictures.league import league_chart

__all__ = ["fifths_chart", "funnel_chart", "league_chart"]

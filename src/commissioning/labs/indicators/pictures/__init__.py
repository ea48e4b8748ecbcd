"""The three charts of the lab, one module each: takeaway, description and table are worked out from the data given.

A rating is a letter and a frame before it is a colour, so black and white will do.
"""

from commissioning.labs.indicators.pictures.leaving import leaving_chart
from commissioning.labs.indicators.pictures.links import links_chart
from commissioning.labs.indicators.pictures.tiles import tiles_chart

__all__ = ["leaving_chart", "links_chart", "tiles_chart"]

"""The four charts of the lab, one module each: takeaway, description and table are worked out from the data given.

Series differ by shape and dash first, then by colour, and are named beside their marks: black and white will do.
"""

from commissioning.labs.risk.pictures.before_after import before_after_chart
from commissioning.labs.risk.pictures.practices import practices_chart
from commissioning.labs.risk.pictures.threshold import threshold_chart
from commissioning.labs.risk.pictures.year_by_year import year_by_year_chart

__all__ = ["before_after_chart", "practices_chart", "threshold_chart", "year_by_year_chart"]

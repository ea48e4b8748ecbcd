"""The three charts of the lab, one module each: takeaway, description and table are worked out from the data given.

Marks differ by shape or by filling first, then by colour, and are named in the picture: black and white will do.
"""

from commissioning.labs.projects.pictures.in_use import in_use_chart
from commissioning.labs.projects.pictures.shuffles import shuffles_chart
from commissioning.labs.projects.pictures.weeks import weeks_chart

__all__ = ["in_use_chart", "shuffles_chart", "weeks_chart"]

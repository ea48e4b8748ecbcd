"""The two charts of the lab: all decisions alike, and the same decisions by who led.

Groups differ by shape and dash first, then by colour, and are named in the picture: black and white will do.
"""

from commissioning.labs.decision_log.pictures.crowd import crowd_chart
from commissioning.labs.decision_log.pictures.days import days_chart

__all__ = ["crowd_chart", "days_chart"]

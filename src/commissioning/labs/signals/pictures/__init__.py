"""The two charts of the lab: one ward's six scores against its own two years, and all months made one score.

Shapes, dashes and words tell marks apart first, then colour: black and white will do.
"""

from commissioning.labs.signals.pictures.six import six_chart
from commissioning.labs.signals.pictures.sums import sums_chart

__all__ = ["six_chart", "sums_chart"]

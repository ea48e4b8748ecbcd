"""The two charts of the lab: one series with its limits, and four towns side by side.

Values that signal differ by shape before colour, and lines by dash: black and white will do.
"""

from commissioning.labs.control_chart.pictures.towns import towns_chart
from commissioning.labs.control_chart.pictures.xmr import xmr_chart

__all__ = ["towns_chart", "xmr_chart"]

"""The two charts of the lab: what was taken beside what moved, and general practice in cash, real terms and share.

Shapes, dashes and words tell marks apart first, then colour: black and white will do.
"""

from commissioning.labs.allocations.pictures.lines import lines_chart
from commissioning.labs.allocations.pictures.three_lines import three_lines_chart

__all__ = ["lines_chart", "three_lines_chart"]

"""The two charts of the lab: what three rules pay for a year's work, and who came before and after a notice.

Dashes, shapes and words tell marks apart first, then colour: black and white will do.
"""

from commissioning.labs.risk_share.pictures.attendance import attendance_chart
from commissioning.labs.risk_share.pictures.rules import rules_chart

__all__ = ["attendance_chart", "rules_chart"]

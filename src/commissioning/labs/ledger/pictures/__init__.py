"""The two charts of the lab: from what was reported to what comes again, and a payment that outgrows income.

Shapes, dashes and words tell marks apart first, then colour: black and white will do.
"""

from commissioning.labs.ledger.pictures.bridge import bridge_chart
from commissioning.labs.ledger.pictures.building import building_chart

__all__ = ["bridge_chart", "building_chart"]

"""The two charts of the lab: who stands alone as births are told less finely, and what queries leave over.

Shapes, dashes and words tell marks apart first, then colour: black and white will do.
"""

from commissioning.labs.disclosure.pictures.alone import alone_chart
from commissioning.labs.disclosure.pictures.queries import queries_chart

__all__ = ["alone_chart", "queries_chart"]

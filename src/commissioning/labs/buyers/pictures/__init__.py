"""The chart of the lab: takeaway, description and table are worked out from the contacts given.

Buyers differ by shape first, then by colour, and each shape is named in words above the picture.
"""

from commissioning.labs.buyers.pictures.then_and_now import then_and_now_chart

__all__ = ["then_and_now_chart"]

"""The two charts of the lab: values along one weight, and each proposal's place by role.

Three proposals are drawn with marks, dashes and names of their own; the others are thin lines, and the table has all.
"""

from commissioning.labs.weights.pictures.one_weight import one_weight_chart
from commissioning.labs.weights.pictures.roles import roles_chart

__all__ = ["one_weight_chart", "roles_chart"]

"""What labs need besides data: methods, the figures that prose prints, the tables that explorers read."""

from commissioning.labs.figures import LABS, figures, tables
from commissioning.labs.shapes import Figure

__all__ = ["LABS", "Figure", "figures", "tables"]

"""What labs need besides data: methods, the figures that prose prints, the tables that explorers read."""

from commissioning.labs.figures import TABLES, Figure, figures

__all__ = ["TABLES", "Figure", "figures"]

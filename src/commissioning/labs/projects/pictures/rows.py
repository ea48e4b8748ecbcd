"""A row of a picture for each model, with its name above it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.risk.pictures.pairs import words

MODELS = {"A": "A: managers design, GPs sign", "B": "B: GPs design, then buy", "C": "C: all design together"}
HEIGHT = 1.9
"""From one row to the next. Rows stand from the top down, the last at 0.6."""
ABOVE = 0.72
"""How far above its row a name stands."""


def row_of(model: str) -> float:
    """How high a model's row stands."""
    return 0.6 + HEIGHT * (len(MODELS) - 1 - list(MODELS).index(model))


def top() -> float:
    """Above the highest row's name."""
    return row_of("A") + ABOVE + 0.35


def names(table: pd.DataFrame, at: float, x: alt.X, y: alt.Y) -> alt.Chart:
    """The name of each model that has projects in the table, above its row."""
    there = set(table["model"])
    rows = [(at, row_of(model) + ABOVE, name) for model, name in MODELS.items() if model in there]
    return words(rows, x, y, align="left", dx=2)


def listed(parts: list[str]) -> str:
    """The parts as a sentence lists them: a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"

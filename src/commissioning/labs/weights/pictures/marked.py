"""Which three proposals a chart marks, and how they and the thin lines are drawn."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from commissioning.place.proposals import NAMES

DASH = ([1, 0], [8, 4], [2, 4])
SHAPE = ("diamond", "circle", "square")
SHORT = {
    "lung-classes": "Lung classes",
    "hostel-nurse": "Hostel nurse",
    "tablet-reviews": "Tablet reviews",
    "smoke-free": "Stop smoking",
    "dementia-adviser": "Dementia adviser",
    "falls-classes": "Balance classes",
    "interpreters": "Interpreters",
    "advice-by-email": "E-mail advice",
    "wound-clinic": "Leg wounds",
    "virtual-hub": "Virtual hub",
}
"""Names short enough to stand beside a line."""
assert list(SHORT) == list(NAMES)


def drawn(rows: pd.DataFrame, marked: Sequence[str], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Lines of `rows` (x, y, proposal): thin for most, dashed with points for each of those marked."""
    base = alt.Chart(rows).encode(x=x, y=y, detail="proposal:N")
    thin = base.transform_filter(alt.FieldOneOfPredicate("proposal", [n for n in SHORT if n not in marked]))
    made = [thin.mark_line(style="guide", strokeWidth=1, opacity=0.6)]
    for number, name in enumerate(marked):
        line = base.transform_filter(alt.datum.proposal == name)
        style = f"data-{number + 1}"
        made.append(line.mark_line(style=style, strokeDash=DASH[number], strokeWidth=3))
        made.append(line.mark_point(style=style, shape=SHAPE[number], filled=True, size=70, opacity=1))
    return made

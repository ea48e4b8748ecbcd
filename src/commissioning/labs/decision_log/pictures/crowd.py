"""Days against bodies, all decisions alike, with the line that everybody draws."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.decision_log.pictures.marks import axes, marks, told
from commissioning.labs.decision_log.slopes import crossing, slope
from commissioning.labs.risk.pictures.pairs import words


def crowd_chart(log: pd.DataFrame) -> Chart:
    """Days to decide by the number of bodies, with the fitted line of all decisions together."""
    first, last = crossing(log)
    least, most = int(log["n_bodies"].min()), int(log["n_bodies"].max())
    return chart(
        _picture(log, first, last),
        id="crowd",
        takeaway=f"Taken together, each further body goes with about {slope(log):.1f} more days to a decision.",
        description=(
            f"Synthetic data, {len(log)} decisions. Across: how many bodies had to agree, from {least} to {most}. Up: "
            "days to decide, from none. A ring for each decision, widely scattered, and a line through them that "
            f"climbs from {first:.0f} days to {last:.0f}."
        ),
        table=told(log),
        note=f"Larkmere, synthetic data. {len(log)} decisions.",
    )


def _picture(log: pd.DataFrame, first: float, last: float) -> HasDict:
    x, y = axes(log, room=6, left=1.0)
    least, most = int(log["n_bodies"].min()), int(log["n_bodies"].max())
    line = alt.Chart(pd.DataFrame({"x": [least, most], "y": [first, last]}).round(2))
    return alt.layer(
        marks(log)
        .mark_point(shape="circle", filled=False, strokeWidth=2, opacity=1, size=90, style="data-2")
        .encode(x=x, y=y),
        line.mark_line(style="ink", strokeWidth=4).encode(x=x, y=y),
        words([(most + 0.5, last, f"{last:.0f}")], x, y, align="left", dx=4),
        words([(least - 1.0, first, f"{first:.0f}")], x, y, align="left", dx=6),
    ).properties(width="container", height=360)

"""Seats filled at each meeting before and after a notice, for groups told at the first meeting and for the others."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.risk.pictures.pairs import Pair, up
from commissioning.labs.risk_share.meetings import seats_filled

ARMS = Pair("Told at first", "Not told")
TOLD, UNTOLD = "at the first meeting", "by the notice"
COLUMNS = ["Meeting", "Told at the first meeting, %", "Learned it from the notice, %"]


def attendance_chart(meetings: pd.DataFrame) -> Chart:
    """Per cent of seats filled at each meeting, with the notice between meetings -1 and 1."""
    came = 100 * (meetings["attended"] == "Y").groupby([meetings["meeting"], meetings["told"]]).mean().unstack()
    table = came[[TOLD, UNTOLD]].round(0).astype(int).reset_index().set_axis(COLUMNS, axis=1)
    seats = seats_filled(meetings).round(0).astype(int)
    told, untold = seats.loc[TOLD], seats.loc[UNTOLD]
    last, before = int(came.index.max()), int(-came.index.min())
    return chart(
        _picture(table),
        id="attendance",
        takeaway=(
            f"After the notice seats filled fell from {untold['before']}% to {untold['after']}% where it was news, and "
            f"from {told['before']}% to {told['after']}% where clinicians had been told."
        ),
        description=(
            f"Synthetic data. Across: {before} meetings before a notice and {last} after it. Up: per cent of 24 seats "
            f"filled. Diamonds on a solid line are four groups told at the first meeting. Rings on a dashed line are "
            f"four that learned it from the notice. Before an upright rule the two lie together, near "
            f"{told['before']}%. After it both lie lower, the rings lowest."
        ),
        table=table,
        note="Eight groups of six clinicians in Larkmere, synthetic data.",
    )


def _picture(table: pd.DataFrame) -> HasDict:
    # Meetings are drawn without the missing zero, so that the notice takes the place of half a step.
    at = [meeting + (0.5 if meeting < 0 else -0.5) for meeting in table["Meeting"]]
    long = pd.concat(
        [
            pd.DataFrame({"x": at, "y": table[column], "series": name})
            for column, name in zip(COLUMNS[1:], ARMS.names, strict=True)
        ]
    )
    x = alt.X(
        "x:Q",
        axis=alt.Axis(
            title="Meetings before and after the notice",
            values=[-8.5, -4.5, 0, 4.5, 8.5],
            labelExpr="datum.value == 0 ? 'notice' : datum.value < 0 ? datum.value - 0.5 : datum.value + 0.5",
            grid=False,
            labelOverlap=False,
        ),
        scale=alt.Scale(domain=[-9.5, 9.5], nice=False),
    )
    y = alt.Y("y:Q", axis=up("Seats filled, %", tickCount=5), scale=alt.Scale(domain=[0, 110], nice=False))
    base = alt.Chart(long).encode(x=x, y=y)
    lines = base.mark_line(strokeWidth=2).encode(color=ARMS.colour, strokeDash=ARMS.dash, detail="series:N")
    notice = alt.Chart(pd.DataFrame({"x": [0]})).mark_rule(style="ink", strokeWidth=2).encode(x=x)
    keys = pd.DataFrame({"x": [-9.0, -9.0], "y": [18, 6], "series": list(ARMS.names), "text": list(ARMS.names)})
    key = alt.Chart(keys).encode(x=x, y=y)
    said = key.mark_text(align="left", dx=14).encode(text="text:N")
    return alt.layer(notice, lines, *ARMS.points(base, size=50), *ARMS.points(key, size=50), said).properties(
        width="container", height=340
    )

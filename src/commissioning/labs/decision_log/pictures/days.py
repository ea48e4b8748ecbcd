"""Days against bodies, with a named lead and without, and the median of each."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.decision_log.pictures.marks import LEAD, axes, marks, told
from commissioning.labs.decision_log.shares import by_lead
from commissioning.labs.risk.pictures.pairs import words


def days_chart(log: pd.DataFrame) -> Chart:
    """Days to decide by the number of bodies, told apart by whether one named person led, with both medians."""
    groups = by_lead(log)
    one, none = (groups.iloc[row] for row in (0, 1))
    return chart(
        _picture(log, dict(zip(LEAD.names, groups["median_days"], strict=True))),
        id="days",
        takeaway=(
            f"The median was {one['median_days']:g} days with one named lead and {none['median_days']:g} without, "
            "however many bodies had to agree."
        ),
        description=_description(log, one, none),
        table=told(log),
        note=f"Larkmere, synthetic data. {len(log)} decisions.",
    )


def _picture(log: pd.DataFrame, medians: dict[str, float]) -> HasDict:
    x, y = axes(log, room=48)
    most = float(log["days"].max())
    left = float(log["n_bodies"].min()) - 0.5
    ends = pd.DataFrame([(left, days, float(log["n_bodies"].max()) + 0.5, name) for name, days in medians.items()])
    lines = alt.Chart(ends.set_axis(["x", "y", "end", "series"], axis=1))
    keys = [(left, most + 34 - 20 * row, name) for row, name in enumerate(LEAD.names)]
    key = alt.Chart(pd.DataFrame(keys, columns=["x", "y", "series"])).encode(x=x, y=y, xOffset=alt.value(12))
    texts = [(at, up, f"{name}: median {medians[name]:g} days") for at, up, name in keys]
    return alt.layer(
        *LEAD.points(marks(log).encode(x=x, y=y), size=70),
        lines.mark_rule(strokeWidth=3).encode(x=x, x2="end:Q", y=y, color=LEAD.colour, strokeDash=LEAD.dash),
        words([(end, days, f"{days:g}") for _, days, end, _ in ends.itertuples(index=False)], x, y, align="left", dx=4),
        *LEAD.points(key, size=90),
        words(texts, x, y, align="left", dx=28),
    ).properties(width="container", height=400)


def _description(log: pd.DataFrame, one: pd.Series[float], none: pd.Series[float]) -> str:
    return (
        f"Synthetic data, {len(log)} decisions. Across: how many bodies had to agree. Up: days to decide, from none. "
        "Filled diamonds are decisions with one named lead, mostly among few bodies; rings are decisions without, "
        "mostly among many. A level line marks each median, solid with a lead and dashed without, and neither cloud "
        f"climbs from left to right. {_told(LEAD.first, one)} {_told(LEAD.second, none)}"
    )


def _told(name: str, row: pd.Series[float]) -> str:
    climb = f"{row['slope']:+.1f}".replace("-", "−")
    group = f"{name}: {row['decisions']:.0f} decisions, median {row['median_days']:g} days"
    return f"{group}, and {climb} days for each further body."

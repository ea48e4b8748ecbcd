"""Four towns, each with the limits of its own first weeks, and the week in which it began something."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.control_chart.limits import TOWN_BASE as BASE
from commissioning.labs.control_chart.limits import Limits, limits, signals
from commissioning.labs.control_chart.pictures.xmr import KINDS, marks_of
from commissioning.labs.risk.pictures.pairs import words
from commissioning.place.weekly import TOWN_START

STEP = 70
"""Per cent of a town's mean between one strip and the next."""


def towns_chart(table: pd.DataFrame, *, marked: bool = True) -> Chart:
    """One strip for each town: weeks across, attendances up as a per cent of the mean of its first thirty weeks.

    `marked=False` marks no signal and names none, for readers who are to find them.
    """
    towns = list(table["town"].unique())
    parts, shown, told = [], {}, []
    for at, town in enumerate(reversed(towns)):
        rows = table[table["town"] == town]
        known = limits(rows.loc[rows["week"].between(*BASE), "attendances"])
        found = signals(rows, "attendances", BASE)
        parts.append(_strip(rows, town, known, set(found["week"]) if marked else set(), STEP * at))
    for town in towns:
        rows = table[table["town"] == town]
        known = limits(rows.loc[rows["week"].between(*BASE), "attendances"])
        shown[town] = rows["attendances"].to_numpy()
        found = signals(rows, "attendances", BASE)
        ends = f"{town}: mean {known.mean:.0f}, limits {known.low:.0f} and {known.high:.0f}"
        told.append(f"{ends}; {_signals(found)}" if marked else ends)
    return chart(
        _picture(pd.concat(parts, ignore_index=True), len(towns), int(table["week"].max())),
        id="towns" if marked else "towns-unmarked",
        takeaway=f"Four towns began something in week {TOWN_START}"
        + ("; where a diamond stands, a rule was met." if marked else ", each with limits from its first 30 weeks."),
        description=(
            f"Synthetic data. Four strips, one for each town. Across: {int(table['week'].max())} weeks, with a dotted "
            f"line at week {TOWN_START}, when each began something. Up in each: attendances, as a per cent of the "
            f"mean of weeks {BASE[0]} to {BASE[1]}, which is a solid line between dashed limits. {'. '.join(told)}."
        ),
        table=pd.DataFrame({"Week": sorted(table["week"].unique()), **shown}),
        note="Four invented towns, synthetic data. Limits from each town's own weeks 1 to 30; run of eight.",
    )


def _signals(found: pd.DataFrame) -> str:
    if found.empty:
        return "no signal"
    first = found.iloc[0]
    return f"first signal week {first['week']}, {first['kind']} {first['side']}, and {len(found) - 1} later"


def _strip(rows: pd.DataFrame, town: str, known: Limits, found: set[int], up_by: int) -> pd.DataFrame:
    """A town's weeks on the common scale: per cent of its mean, moved up by so much."""

    def at(value: float) -> float:
        return round(100 * value / known.mean - 100 + up_by, 1)

    return pd.DataFrame(
        {
            "x": rows["week"],
            "y": [at(value) for value in rows["attendances"]],
            "series": [KINDS.first if week in found else KINDS.second for week in rows["week"]],
            "town": town,
            "mean": at(known.mean),
            "low": at(known.low),
            "high": at(known.high),
        }
    )


def _picture(rows: pd.DataFrame, towns: int, last: int) -> HasDict:
    axis = alt.Axis(title="Week", values=[1, TOWN_START, last], grid=False, labelOverlap=False)
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[0, last + 1], nice=False))
    scale = alt.Scale(domain=[-STEP / 2, STEP * (towns - 0.5) + 8], nice=False)
    y = alt.Y("y:Q", axis=None, scale=scale)
    ends = rows.groupby("town", sort=False)[["mean", "low", "high"]].first().reset_index()
    lines = [
        alt.Chart(ends[[name]].rename(columns={name: "y"}))
        .mark_rule(strokeDash=dash, strokeWidth=2, style=style)
        .encode(y=y)
        for name, dash, style in (("mean", [1, 0], "ink"), ("low", [7, 5], "guide"), ("high", [7, 5], "guide"))
    ]
    began = alt.Chart(pd.DataFrame({"x": [TOWN_START - 0.5]})).mark_rule(strokeDash=[2, 4], strokeWidth=2, style="ink")
    weeks = alt.Chart(rows[["x", "y", "series", "town"]]).encode(x=x, y=y)
    labels = [(1.0, at + 33, name) for at, name in zip(ends["mean"].tolist(), ends["town"].tolist(), strict=True)]
    picture: HasDict = alt.layer(
        *lines,
        began.encode(x=x),
        weeks.mark_line(strokeWidth=1, style="guide").encode(detail="town:N"),
        *marks_of(weeks, KINDS),
        words(labels, x, y, align="left", fontWeight="bold"),
    ).properties(width="container", height=480)
    return picture

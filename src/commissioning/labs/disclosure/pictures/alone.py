"""How many people stand alone by birth, sex and place, as the birth is told less and less finely."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.disclosure.alone import GRAINS, alone, born_by
from commissioning.labs.risk.pictures.pairs import Pair, up, words

PLACES = {"area": "Area, about 1,600 people", "practice_id": "Practice, about 10,000"}
TWO = Pair(*PLACES.values())
COLUMNS = ["Birth told by", "Alone with the area, %", "Alone with the practice, %"]


def alone_chart(extract: pd.DataFrame) -> Chart:
    """Per cent of people alone by birth, sex and area, and by birth, sex and practice, at each grain of birth."""
    told = {grain: born_by(extract, grain) for grain in GRAINS}
    rows = pd.DataFrame({place: [alone(told[g], ["born", "sex", place]) for g in GRAINS] for place in PLACES})
    rows.insert(0, "grain", list(GRAINS))
    by_day, by_year = rows["area"].iloc[0], rows["area"].iloc[GRAINS.index("year")]
    return chart(
        _picture(rows),
        id="alone",
        takeaway=(
            f"With the day of birth, sex and area, {by_day:.0f}% of people stand alone; with the year in place of the "
            f"day, {by_year:.1f}%."
        ),
        description=_description(rows),
        table=rows.round(2).set_axis(COLUMNS, axis=1),
        note="Larkmere, synthetic data. No names, no NHS numbers.",
    )


def _picture(rows: pd.DataFrame) -> HasDict:
    long = rows.rename(columns=PLACES).melt("grain", var_name="series", value_name="y").round(2)
    long["x"] = long["grain"].map({grain: place for place, grain in enumerate(GRAINS, start=1)})
    labels = " : ".join(f"datum.value == {place} ? '{grain}'" for place, grain in enumerate(GRAINS, start=1)) + " : ''"
    axis = alt.Axis(title="Birth told by the", values=[1, 2, 3, 4], labelExpr=labels, labelOverlap=False, grid=False)
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[0.7, 4.4], nice=False))
    y = alt.Y("y:Q", axis=up("People who stand alone, %", tickCount=5), scale=alt.Scale(domain=[0, 104], nice=False))
    tooltip = [alt.Tooltip("series:N", title="Place"), alt.Tooltip("y:Q", title="Alone, %", format=".2f")]
    base = alt.Chart(long[["x", "y", "series"]]).encode(x=x, y=y)
    keys = [(2.05, 98.0 - 9 * row, name) for row, name in enumerate(TWO.names)]
    key = alt.Chart(pd.DataFrame(keys, columns=["x", "y", "series"])).encode(x=x, y=y)
    return alt.layer(
        base.mark_line(strokeWidth=2).encode(color=TWO.colour, strokeDash=TWO.dash),
        *TWO.points(base.encode(tooltip=tooltip), size=100),
        *TWO.points(key, size=80),
        words(keys, x, y, align="left", dx=14),
    ).properties(width="container", height=320)


def _description(rows: pd.DataFrame) -> str:
    points = "; ".join(
        f"by {row['grain']} {row['area']:.1f}% with the area and {row['practice_id']:.1f}% with the practice"
        for row in rows.to_dict("records")
    )
    return (
        "Synthetic data. Across: how finely the birth is told, by the day, the month, the year and five years. "
        "Up: per cent of people whose birth, sex and place no one else shares. Diamonds on a solid line are for the "
        f"area, rings on a dashed line for the practice. Told {points}. Both fall steeply, with the practice sooner."
    )

"""What queries bring in, less what they cost, as more and more of the picked lines are queried, largest first."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.disclosure.queries import QUERY_COST, by_stake, enough
from commissioning.labs.risk.pictures.pairs import up, words

STEP = 20
"""Queries from one row of the chart's table to the next."""
COLUMNS = ["Lines queried", "Stake of the last, £", "Left over, £ thousand"]


def queries_chart(bills: pd.DataFrame, *, cost: float = QUERY_COST) -> Chart:
    """Pounds recovered less the cost of the queries, against how many lines are queried, the largest stake first."""
    rows = by_stake(bills, cost=cost)
    many, last = enough(rows), rows.iloc[-1]
    at, best = rows.iloc[many - 1], rows.iloc[int(rows["left"].argmax())]
    shown = sorted({*range(STEP - 1, len(rows), STEP), many - 1, len(rows) - 1})
    table = rows.iloc[shown].assign(left=lambda some: (some["left"] / 1000).round(1))
    return chart(
        _picture(table, many),
        id="queries",
        takeaway=(
            f"The {many:,} lines with most at stake leave as much over as all {last['queried']:,} do: "
            f"£{last['left'] / 1000:.0f} thousand."
        ),
        description=(
            "Synthetic data. Across: lines queried, those with most at stake first. Up: £ thousand recovered, less "
            f"£{cost:.0f} for each query. The line climbs steeply to £{at['left'] / 1000:.0f} thousand after {many:,} "
            f"lines, where £{at['stake']:,} is at stake. Then it is nearly level, with £{best['left'] / 1000:.0f} "
            f"thousand at most, and ends at £{last['left'] / 1000:.0f} thousand after all {last['queried']:,}."
        ),
        table=table[["queried", "stake", "left"]].set_axis(COLUMNS, axis=1),
        note=f"Larkmere, synthetic data, April to September 2013. £{cost:.0f} a query is assumed.",
    )


def _picture(rows: pd.DataFrame, many: int) -> HasDict:
    high = float(rows["left"].max())
    data = rows.rename(columns={"queried": "x", "left": "y"})[["x", "y"]]
    x = alt.X(
        "x:Q",
        axis=alt.Axis(title="Lines queried", grid=False, tickCount=5),
        scale=alt.Scale(domain=[0, float(data["x"].max()) * 1.05], nice=False),
    )
    y = alt.Y("y:Q", axis=up("£ thousand left over", tickCount=5), scale=alt.Scale(domain=[0, high * 1.18], nice=False))
    tooltip = [alt.Tooltip("x:Q", title="Lines queried"), alt.Tooltip("y:Q", title="£ thousand left over")]
    base = alt.Chart(data).encode(x=x, y=y)
    top = data[data["x"] == many]
    said = [(float(many), float(top["y"].iloc[0]), f"after {many} lines")]
    return alt.layer(
        base.mark_line(style="data-1", strokeWidth=3),
        base.encode(tooltip=tooltip).mark_point(style="data-1", filled=True, size=30, opacity=1),
        alt.Chart(top).encode(x=x, y=y).mark_point(style="data-2", shape="diamond", filled=True, size=160, opacity=1),
        words(said, x, y, align="center", dy=-20),
    ).properties(width="container", height=320)

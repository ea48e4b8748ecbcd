"""Every month of every ward as one score made of six, in a pile, with the one in question marked."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.risk.pictures.pairs import up
from commissioning.labs.signals.scores import alarms, combined, expected_alarms

BIN = 0.5
COLUMNS = ["From", "To", "Months of a ward or team", "Expected by chance"]


def sums_chart(scores: pd.DataFrame, unit: str, month: str, correlation: float = 0.0) -> Chart:
    """How many months lie in each half of a standard deviation, with what the normal curve would put there."""
    values = combined(scores, correlation)
    mine = float(values[(scores["unit"] == unit) & (scores["month"] == month)].iloc[0])
    table, count = _bins(values), len(values)
    over, expected = alarms(values, 3.0), expected_alarms(count, 3.0)
    how = f"with a correlation of {correlation:.2f} counted" if correlation else "taken as unconnected"
    return chart(
        _picture(table, mine, unit),
        id=f"sums-{unit.lower().replace(' ', '-')}-{'joint' if correlation else 'alone'}",
        takeaway=(
            f"Six measures {how}: {over} of {count} months lie over 3, where chance would put {expected:.1f}; "
            f"{unit} is at {mine:.2f}."
        ),
        description=(
            f"Synthetic data. Across: one score made of six, {how}, in steps of half a standard deviation. Up: months "
            f"of a ward or team, {count} in all, as bars. Rings joined by a dashed line are what a normal curve would "
            f"put in each step. A diamond marks {unit} in {month}, at {mine:.2f}. {over} months lie over 3."
        ),
        table=table.round({"expected": 1}).set_axis(COLUMNS, axis=1),
        note=f"Larkmere, synthetic data: {scores['unit'].nunique()} wards or teams, 24 months.",
    )


def _bins(values: pd.Series[float]) -> pd.DataFrame:
    low, high = BIN * np.floor(values.min() / BIN), BIN * (np.floor(values.max() / BIN) + 1)
    edges = np.round(np.arange(low, high + BIN / 2, BIN), 2)
    counts, _ = np.histogram(values, edges)
    above = np.array([expected_alarms(len(values), float(edge)) for edge in edges])
    return pd.DataFrame({"x": edges[:-1], "x2": edges[1:], "y": counts, "expected": above[:-1] - above[1:]})


def _picture(table: pd.DataFrame, mine: float, unit: str) -> HasDict:
    low, high = float(table["x"].iloc[0]), float(table["x2"].iloc[-1])
    most = 20 * (int(max(table["y"].max(), table["expected"].max()) // 20) + 1)
    axis = alt.Axis(title="One score made of six", values=[-4, -2, 0, 2, 4], grid=False,
                    labelExpr="replace(datum.label, '-', '−')")  # fmt: skip
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[low - 0.3, high + 0.3], nice=False))
    y = alt.Y("y:Q", axis=up("Months of a ward or team", tickCount=4), scale=alt.Scale(domain=[0, most], nice=False))
    rows = table.assign(middle=table["x"] + BIN / 2, zero=0).round(2)
    bars = alt.Chart(rows).mark_bar(style="data-2", opacity=0.75, stroke=None)
    curve = alt.Chart(pd.DataFrame({"x": rows["middle"], "y": rows["expected"]})).encode(x=x, y=y)
    here = pd.DataFrame({"x": [round(mine, 2)], "y": [0.06 * most], "text": [unit]})
    mark = alt.Chart(here).encode(x=x, y=y)
    return alt.layer(
        bars.encode(x=x, x2="x2:Q", y=y, y2="zero:Q"),
        curve.mark_line(style="ink", strokeDash=[7, 5], strokeWidth=2),
        curve.mark_point(style="ink", shape="circle", filled=False, size=50, opacity=1),
        mark.mark_point(style="data-1", shape="diamond", filled=True, size=220, opacity=1),
        mark.mark_text(style="ink", dy=-22).encode(text="text:N"),
    ).properties(width="container", height=300)

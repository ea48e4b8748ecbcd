"""The league table: practices in order, as a bar each. It is the picture that the chapter argues against."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.variation.funnel import compared

COLUMNS = ["Practice", "People", "Expected", "Observed", "Ratio"]
STEP = 22
"""Pixels for each practice."""


def league_chart(table: pd.DataFrame) -> Chart:
    """Practices from the highest to the lowest, in per cent of what is expected of them."""
    rows = compared(table).sort_values("ratio", ascending=False, kind="stable").reset_index(drop=True)
    year = " and ".join(table["year"].unique())
    top, last = rows.iloc[0], rows.iloc[-1]
    return chart(
        _picture(rows),
        id=f"league-{len(rows)}",
        takeaway=(
            f"{top['practice_id']} is highest at {top['ratio']:.0f} and {last['practice_id']} lowest at "
            f"{last['ratio']:.0f}, where 100 is what is expected."
        ),
        description=(
            f"Synthetic data. {len(rows)} bars, one for each practice, from the highest to the lowest. Across: "
            "emergency admissions in per cent of what is expected for the age, sex and deprivation of its patients. "
            f"An upright line marks 100, which {int((rows['ratio'] > 100).sum())} practices pass. No bar says how "
            "large a practice is."
        ),
        table=rows[["practice_id", "list_size", "expected", "observed", "ratio"]].round(1).set_axis(COLUMNS, axis=1),
        note=f"Larkmere, synthetic data, {year}.",
    )


def _picture(rows: pd.DataFrame) -> HasDict:
    low, high = 5 * int(rows["ratio"].min() // 5 - 1), 5 * int(rows["ratio"].max() // 5 + 2)
    data = rows.assign(x=rows["ratio"].round(1), start=low, label=rows["ratio"].map("{:.0f}".format))
    order = list(rows["practice_id"])
    y = alt.Y("practice_id:N", sort=order, axis=alt.Axis(title=None, ticks=False, domain=False))
    axis = alt.Axis(title=["Emergency admissions, in per cent", "of what is expected"], tickCount=5)
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[low, high], nice=False, zero=False))
    tooltip = [
        alt.Tooltip("practice_id:N", title="Practice"),
        alt.Tooltip("x:Q", title="Per cent of expected"),
        alt.Tooltip("list_size:Q", title="People", format=","),
    ]
    base = alt.Chart(data).encode(y=y)
    line = alt.Chart(pd.DataFrame({"x": [100]})).mark_rule(strokeDash=[2, 4], strokeWidth=2, style="ink").encode(x=x)
    return alt.layer(
        base.mark_bar(height=12, style="data-1").encode(x=x, x2="start:Q", tooltip=tooltip),
        base.mark_text(align="right").encode(x=alt.value("width"), text="label:N"),
        line,
    ).properties(width="container", height=STEP * len(rows))

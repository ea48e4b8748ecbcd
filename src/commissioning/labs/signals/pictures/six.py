"""One ward's six scores in one month, over its other months, with the line at which each would sound by itself."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.signals.scores import MEASURES, of_unit

NAMES = {
    "falls": "Falls",
    "complaints": "Complaints",
    "sickness": "Sickness",
    "agency": "Agency shifts",
    "readmitted": "Readmitted",
    "voice": "Staff voice",
}
LINE = 2.0
COLUMNS = ["Measure", "This month", "Highest of the other months", "Lowest of the other months"]


def six_chart(scores: pd.DataFrame, unit: str, month: str) -> Chart:
    """Six rows, one a measure: a diamond for the month asked for, rings for all the others, a line at 2."""
    now = of_unit(scores, unit, month)
    others = scores[(scores["unit"] == unit) & (scores["month"] != month)]
    over, above = int((now >= LINE).sum()), int((now > 0).sum())
    table = pd.DataFrame(
        [(NAMES[name], now[name], others[name].max(), others[name].min()) for name in MEASURES], columns=COLUMNS
    ).round(2)
    said = ", ".join(f"{NAMES[name].lower()} {now[name]:.1f}" for name in MEASURES)
    return chart(
        _picture(others, now),
        id=f"six-{unit.lower().replace(' ', '-')}-{month}",
        takeaway=(
            f"{above} of {unit}'s six measures are worse than its own average in {month}, "
            f"and {over or 'none'} of them {'is' if over < 2 else 'are'} over the line at 2."
        ),
        description=(
            f"Synthetic data. Six rows, one for each measure. Across: standard deviations from {unit}'s own two years, "
            f"worse to the right, with a dashed line at 2. A diamond in each row is {month}: {said}. Rings are the "
            f"other {len(others)} months, and lie on both sides of nothing."
        ),
        table=table,
        note=f"{unit}, synthetic data, against its own 24 months.",
    )


def _picture(others: pd.DataFrame, now: pd.Series[float]) -> HasDict:
    order = [NAMES[name] for name in MEASURES]
    long = others.melt(value_vars=list(MEASURES), var_name="name", value_name="x").round(2)
    past = pd.DataFrame({"x": long["x"], "y": long["name"].map(NAMES)})
    here = pd.DataFrame({"x": now.round(2).to_numpy(), "y": [NAMES[name] for name in now.index]})
    axis = alt.Axis(
        title="Standard deviations; right is worse",
        values=[-2, 0, 2],
        labelExpr="replace(datum.label, '-', '−')",
        grid=False,
    )
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[-3.2, 3.2], nice=False))
    y = alt.Y("y:N", axis=alt.Axis(title=None, grid=False, labelLimit=130), sort=order)
    line = alt.Chart(pd.DataFrame({"x": [LINE]})).mark_rule(style="ink", strokeDash=[7, 5], strokeWidth=2).encode(x=x)
    rings = alt.Chart(past).mark_point(style="data-2", shape="circle", filled=False, size=45, opacity=0.55)
    diamonds = alt.Chart(here).mark_point(style="data-1", shape="diamond", filled=True, size=190, opacity=1)
    return alt.layer(line, rings.encode(x=x, y=y), diamonds.encode(x=x, y=y)).properties(width="container", height=280)

"""The mean of year 2 for each number of admissions in year 1, beside a diagonal that marks "no change"."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.risk.changes import group_means_by_year1, slope
from commissioning.labs.risk.comparisons import at_practices_with_matron
from commissioning.labs.risk.pictures.pairs import up, words

COLUMNS = ["Admissions in year 1", "Year 1 mean", "Year 2 mean", "People"]


def year_by_year_chart(persons: pd.DataFrame, *, nobody_called: bool = False) -> Chart:
    """Year 2 by year 1 for people on whom nobody called, whose averages fell by themselves.

    They are everybody, if `nobody_called` says that she averted nothing (`place.persons(matron_effect=0.0)`); otherwise
    those at practices without a matron.
    """
    untouched = persons if nobody_called else persons[~at_practices_with_matron(persons)]
    where = "the whole town, with no matron" if nobody_called else "practices without a matron"
    means, gradient = group_means_by_year1(untouched), slope(untouched)
    return chart(
        _picture(means, gradient),
        id="year-by-year",
        takeaway=(
            "The more admissions people had in year 1, the further their average fell in year 2, "
            "though nothing was done for them."
        ),
        description=_description(means, gradient, where),
        table=means.round(2).set_axis(COLUMNS, axis=1),
        note=f"Larkmere, synthetic data. {where[0].upper()}{where[1:]}.",
    )


def _picture(means: pd.DataFrame, gradient: float) -> HasDict:
    most = float(means["year_1"].max()) + 0.4
    start = _start(means, gradient)
    fitted = [(0.0, start), (most, start + gradient * most)]
    ticks: dict[str, Any] = {"values": list(range(int(most) + 1)), "format": "d"}
    last = f"datum.value == {len(means) - 1} ? datum.label + '+' : datum.label"
    x = alt.X(
        "x:Q",
        axis=alt.Axis(title="Admissions in year 1", grid=False, labelExpr=last, **ticks),
        scale=alt.Scale(domain=[-0.45, most], nice=False),
    )
    y = alt.Y("y:Q", axis=up("Average in year 2", **ticks), scale=alt.Scale(domain=[0, most], nice=False))
    return alt.layer(
        _line([(0.0, 0.0), (most, most)]).mark_line(style="guide", strokeDash=[2, 4]).encode(x=x, y=y),
        _line(fitted).mark_line(style="data-2", strokeWidth=2).encode(x=x, y=y),
        *_points(means, x, y),
        words([(0.6 * most, 0.66 * most, "No change")], x, y, align="right"),
        words([(most, 0.12 * most, f"Slope {gradient:.2f}")], x, y, align="right"),
    ).properties(width="container", height=360)


def _start(means: pd.DataFrame, gradient: float) -> float:
    """Where the fitted line meets year 1 = 0: it passes through the means of everybody."""
    everybody = means[["year_1", "year_2"]].mul(means["people"], axis=0).sum() / means["people"].sum()
    return float(everybody["year_2"] - gradient * everybody["year_1"])


def _line(ends: list[tuple[float, float]]) -> alt.Chart:
    return alt.Chart(pd.DataFrame(ends, columns=["x", "y"]).round(3))


def _points(means: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    base = alt.Chart(means.round(3).rename(columns={"year_1": "x", "year_2": "y"})).encode(x=x, y=y)
    tooltip = [
        alt.Tooltip("group:N", title="Admissions in year 1"),
        alt.Tooltip("y:Q", title="Average in year 2", format=".2f"),
        alt.Tooltip("people:Q", title="People", format=","),
    ]
    dots = base.mark_point(filled=True, size=150, opacity=1, style="data-1").encode(tooltip=tooltip)
    return [dots, base.mark_text(dy=-18, dx=-4).encode(text=alt.Text("y:Q", format=".2f"))]


def _description(means: pd.DataFrame, gradient: float, where: str) -> str:
    points = "; ".join(f"{group}: {mean:.2f}" for group, mean in zip(means["group"], means["year_2"], strict=True))
    return (
        f"Synthetic data from {where}, grouped by admissions in year 1, with a diagonal that marks "
        '"no change". Across: admissions in year 1, from none upwards. Up: the same group\'s average in year 2. The '
        f"points rise from left to right, but gently ({points}): each extra admission in year 1 goes with about "
        f"{gradient:.2f} more in year 2, where the diagonal would need one. Every group with an admission in year 1 "
        "lies below the diagonal; the group with none lies just above it."
    )

"""How each indicator goes with what readers say: 33 marks on one scale, and the band in which chance alone would do."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.indicators.links import chance_level, expected_by_chance, links
from commissioning.labs.indicators.ratings import ratings

BAND, ROW, HEIGHT = (0.4, 4.6), 0.42, 330
COLUMNS = ["Indicator", "Measures", "Type", "Rating", "Correlation with satisfaction"]


def links_chart(kpi: pd.DataFrame, survey: pd.DataFrame) -> Chart:
    """Every indicator's correlation with readers' satisfaction over the months, and the band of chance."""
    rows = links(kpi, survey).merge(ratings(kpi)[["indicator", "rating"]], on="indicator")
    level = chance_level(kpi["month"].nunique())
    outside = int((rows["correlation"].abs() >= level).sum())
    table = rows[["indicator", "name", "type", "rating", "correlation"]].round({"correlation": 2})
    expected = expected_by_chance(len(rows))
    return chart(
        _picture(rows, level),
        id="satisfaction-links",
        takeaway=(
            f"The red indicator goes with satisfaction at {rows['correlation'][rows['rating'] == 'red'].iloc[0]:.2f}; "
            f"of {len(rows)}, {outside} pass a level that chance alone lets {expected:.2f} pass."
        ),
        description=_description(rows, level),
        table=table.set_axis(COLUMNS, axis=1),
        note=f"Larkmere and its supplier, synthetic data. {kpi['month'].nunique()} months, 33 indicators.",
    )


def _stacked(rows: pd.DataFrame) -> pd.DataFrame:
    """Marks in bins of a tenth, one above another where they would cover each other."""
    marks = rows.sort_values("correlation", ignore_index=True)
    slot = (marks["correlation"] * 10).round()
    marks["y"] = BAND[0] + 0.35 + marks.groupby(slot).cumcount() * ROW
    marks["is_red"] = marks["rating"] == "red"
    return marks.round({"correlation": 3, "y": 2})


def _picture(rows: pd.DataFrame, level: float) -> HasDict:
    marks = _stacked(rows)
    axis = alt.Axis(
        title=["Correlation with readers' satisfaction,", "month by month"],
        values=[-1, -0.5, 0, 0.5, 1],
        labelExpr="replace(format(datum.value, '.1f'), '-', '−')",
        grid=False,
    )
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[-1, 1], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, 6.2], nice=False))
    dots = alt.Chart(marks.rename(columns={"correlation": "x"})[["indicator", "name", "x", "y", "is_red"]]).encode(
        x=x, y=y, tooltip=[alt.Tooltip("name:N", title="Measures"), alt.Tooltip("x:Q", title="Correlation")]
    )
    band = alt.Chart(pd.DataFrame({"x": [-level], "x2": [level], "y": [0.0], "y2": [BAND[1]]}).round(3))
    ends = alt.Chart(pd.DataFrame({"x": [-level, level], "y": [0.0] * 2, "y2": [BAND[1]] * 2}).round(3))
    return alt.layer(
        band.mark_rect(style="guide", fillOpacity=0.12).encode(x=x, x2="x2:Q", y=y, y2="y2:Q"),
        ends.mark_rule(style="guide", strokeDash=[4, 4]).encode(x=x, y=y, y2="y2:Q"),
        dots.transform_filter("!datum.is_red").mark_point(
            shape="circle", filled=True, opacity=1, size=90, style="data-2"
        ),
        dots.transform_filter("datum.is_red").mark_point(
            shape="diamond", filled=True, opacity=1, size=190, style="data-1"
        ),
        *_words(marks, x, y),
    ).properties(width="container", height=HEIGHT)


def _words(marks: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Names over the red mark and the luckiest other one, each with a line down to it; and what the band is."""
    red, lucky = marks[marks["is_red"]].iloc[0], marks[~marks["is_red"]].iloc[-1]
    top = marks["y"].max()
    named = pd.DataFrame(
        {
            "x": [red["correlation"], lucky["correlation"]],
            "y": [red["y"] + 0.25, lucky["y"] + 0.2],
            "y2": [red["y"] + 0.8, top + 0.55],
            "text": [f"Red: {red['indicator']}", f"By luck: {lucky['indicator']}"],
        }
    ).round(3)
    middle = pd.DataFrame({"x": [0, 0], "y": [5.6, 5.1], "text": ["Chance alone: 19 of 20", "fall in this band"]})
    return [
        alt.Chart(middle).mark_text(style="ink").encode(x=x, y=y, text="text:N"),
        alt.Chart(named).mark_rule(style="ink").encode(x=x, y=y, y2="y2:Q"),
        alt.Chart(named.assign(y=named["y2"]))
        .mark_text(align="right", dx=14, dy=-10, style="ink")
        .encode(x=x, y=y, text="text:N"),
    ]


def _description(rows: pd.DataFrame, level: float) -> str:
    inside = rows[rows["correlation"].abs() < level]
    red = rows[rows["rating"] == "red"].iloc[0]
    others = rows[(rows["correlation"].abs() >= level) & (rows["rating"] != "red")]
    lucky = "; ".join(
        f"{code} ({name}) at {_said(r)}"
        for code, name, r in zip(others["indicator"], others["name"], others["correlation"], strict=True)
    )
    return (
        "Synthetic data. Across: the correlation of each indicator with average satisfaction, from −1 to 1, one mark "
        f"for each of {len(rows)}. A band from −{level:.2f} to {level:.2f} holds 19 of 20 that have nothing to do with "
        f"satisfaction; {len(inside)} marks lie in it. Outside it lie a diamond, the one red indicator, "
        f"{red['indicator']} ({red['name']}) at {_said(red['correlation'])}"
        + (f"; and by luck {lucky}." if lucky else ".")
    )


def _said(correlation: float) -> str:
    return f"{correlation:.2f}".replace("-", "−")

"""An XmR chart of the General's weeks: each value, the mean and limits of a base, and what signals after it."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.control_chart.averages import between
from commissioning.labs.control_chart.limits import Limits, limits, one_rule, signals
from commissioning.labs.risk.pictures.pairs import Pair, up, words

KINDS = Pair("Signals", "Does not")
COUNTED = {"reported": "as reported", "counted": "on one rule"}
COLUMNS = ["Week", "Begins", "Attendances", "Signal"]


def marks_of(base: alt.Chart, kinds: Pair) -> list[alt.Chart]:
    """Small rings for weeks that do not signal, and large diamonds over them for weeks that do."""
    ring, diamond = kinds.points(base, size=None)
    return [
        ring.mark_point(shape="circle", filled=False, strokeWidth=1.5, size=32, opacity=1),
        diamond.mark_point(shape="diamond", filled=True, size=130, opacity=1),
    ]


def xmr_chart(table: pd.DataFrame, column: str, base: tuple[int, int], marks: Mapping[int, str] | None = None) -> Chart:
    """Weeks across, attendances up; limits from the weeks of `base`; `marks` are words set at a week, and may be none.

    `column` is "reported", as each week's rule counts, or "counted", with one rule throughout.
    """
    rows = one_rule(table)
    known, found = limits(between(rows, column, base)), signals(rows, column, base)
    rows["series"] = rows["week"].isin(found["week"]).map({True: KINDS.first, False: KINDS.second})
    told = {week: " and ".join(kinds) for week, kinds in found.groupby("week")["kind"]}
    rows["told"] = [told.get(week, "") for week in rows["week"]]
    how = COUNTED[column]
    named = "-".join(["", *(str(week) for week in sorted(marks))]) if marks else ""
    return chart(
        _picture(rows, column, known, base, marks or {}),
        id=f"xmr-{column}-{base[0]}-{base[1]}{named}",
        takeaway=_takeaway(found, known, base, how),
        description=_description(rows, column, known, found, base, how, marks or {}),
        table=rows[["week", "begins", column, "told"]]
        .assign(begins=rows["begins"].dt.strftime("%d %b %Y"))
        .set_axis(COLUMNS, axis=1),
        note=f"Larkmere General, synthetic data, {how}. Limits from weeks {base[0]} to {base[1]}; run of eight.",
    )


def _takeaway(found: pd.DataFrame, known: Limits, base: tuple[int, int], how: str) -> str:
    set_by = f"the limits set by weeks {base[0]} to {base[1]}, {known.low:.0f} and {known.high:.0f}"
    if found.empty:
        return f"Counted {how}, no week signals a change beside {set_by}."
    first = found.iloc[0]
    what = "a run of eight" if first["kind"] == "run" else "a value beyond a limit"
    return f"Counted {how}, week {first['week']} is the first signal, {what} {first['side']}, beside {set_by}."


def _description(
    rows: pd.DataFrame,
    column: str,
    known: Limits,
    found: pd.DataFrame,
    base: tuple[int, int],
    how: str,
    marks: Mapping[int, str],
) -> str:
    told = "; ".join(f"week {row.week} ({row.kind} {row.side})" for row in found.itertuples()) or "none"
    said = "".join(f" A dotted line at week {week} says: {text}." for week, text in sorted(marks.items()))
    low, high = int(rows[column].min()), int(rows[column].max())
    return (
        f"Synthetic data. Across: {len(rows)} weeks. Up: attendances at A&E of people of 65 and over, {how}, "
        f"from {low} to {high}. A solid line at {known.mean:.0f} is the mean of weeks {base[0]} to {base[1]}; dashed "
        f"lines at {known.low:.0f} and {known.high:.0f} are its limits. Rings joined by a line are weeks; diamonds are "
        f"weeks that signal: {told}.{said}"
    )


def _picture(
    rows: pd.DataFrame, column: str, known: Limits, base: tuple[int, int], marks: Mapping[int, str]
) -> HasDict:
    low = 25 * int(min(rows[column].min(), known.low) // 25) - 25
    high = 25 * int(max(rows[column].max(), known.high) // 25) + 50
    across = alt.Axis(title="Week", values=[1, 26, 52, 78, 104], grid=False, labelOverlap=False)
    x = alt.X("x:Q", axis=across, scale=alt.Scale(domain=[0, len(rows) + 1], nice=False))
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    y = alt.Y("y:Q", axis=up("Attendances in the week", tickCount=5), scale=scale)
    data = pd.DataFrame({"x": rows["week"], "y": rows[column], "series": rows["series"]})
    tooltip = [alt.Tooltip("x:Q", title="Week"), alt.Tooltip("y:Q", title="Attendances")]
    weeks = alt.Chart(data).encode(x=x, y=y, tooltip=tooltip)
    lines = [
        alt.Chart(pd.DataFrame({"y": [value]})).mark_rule(strokeDash=dash, strokeWidth=2, style=style).encode(y=y)
        for value, dash, style in (
            (known.mean, [1, 0], "ink"),
            (known.low, [7, 5], "guide"),
            (known.high, [7, 5], "guide"),
        )
    ]
    drawn = [
        alt.Chart(pd.DataFrame({"x": [week - 0.5]}))
        .mark_rule(strokeDash=[2, 4], strokeWidth=2, style="ink")
        .encode(x=x)
        for week in marks
    ]
    heights = [low + 12 + 14 * at for at in range(len(marks), 0, -1)]
    labels = [(week - 2, float(at), text) for (week, text), at in zip(sorted(marks.items()), heights, strict=True)]
    return alt.layer(
        *lines,
        *drawn,
        weeks.mark_line(strokeWidth=1, style="guide"),
        *marks_of(weeks, KINDS),
        *([words(labels, x, y, align="right")] if labels else []),
    ).properties(width="container", height=340)

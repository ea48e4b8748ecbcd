"""Each practice's fall as a mark in one of two rows: what a comparison between practices compares."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.charts import Chart, HasDict, chart
from commissioning.labs.risk.comparisons import Comparison, difference_between_practices, falls_by_practice
from commissioning.labs.risk.pictures.pairs import ARMS, GROUP, words

COLUMNS = ["Practice", "Matron", "People", "Admissions, year 1", "Admissions, year 2", "Fall (%)"]
ROWS = {ARMS.first: 2.6, ARMS.second: 1.0}
"""Where each arm's row stands, in a picture that is 3.6 high."""


def practices_chart(persons: pd.DataFrame) -> Chart:
    """Practices' falls, with a matron and without; the comparison that is fair to both is the takeaway."""
    fair, falls = difference_between_practices(persons), falls_by_practice(persons)
    falls["series"] = falls["with_matron"].map({True: ARMS.first, False: ARMS.second})
    table = falls[["practice_id", "series", "people", "year_1", "year_2", "fall"]].round(1)
    return chart(
        _picture(falls),
        id="practices",
        takeaway=(
            f"Compared fairly, admissions were {_direction(fair.estimate)} at practices with a matron "
            f"(95% interval: {_direction(fair.low)} to {_direction(fair.high)})."
        ),
        description=_description(falls, fair),
        table=table.set_axis(COLUMNS, axis=1),
        note=f"Larkmere, synthetic data. {GROUP}, by practice.",
    )


def _direction(change: float) -> str:
    return f"{abs(change):.0f}% {'lower' if change < 0 else 'higher'}"


def _picture(falls: pd.DataFrame) -> HasDict:
    low, high = 5 * int(falls["fall"].min() // 5), 5 * int(falls["fall"].max() // 5 + 1)
    ticks = list(range(low, high + 1, 5))
    axis = alt.Axis(title="Fall from year 1 to year 2 (%)", values=ticks)
    x = alt.X("fall:Q", axis=axis, scale=alt.Scale(domain=[low, high], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0.2, 3.6]))
    together = _together(falls)
    names = [
        (low, ROWS[arm] + 0.74, f"{arm}: {fall:.0f}% together")
        for arm, fall in zip(together["series"], together["fall"], strict=True)
    ]
    keys = alt.Chart(pd.DataFrame([(low, y + 0.74, arm) for arm, y in ROWS.items()], columns=["fall", "y", "series"]))
    bars = alt.Chart(together).transform_calculate(foot="datum.y - 0.5", head="datum.y + 0.5")
    return alt.layer(
        bars.mark_rule(strokeWidth=3, style="ink").encode(x=x, y=alt.Y("foot:Q", axis=None), y2="head:Q"),
        *ARMS.points(_dots(falls).encode(x=x, y=y), size=None),
        *ARMS.points(keys.encode(x=x, y=y, xOffset=alt.value(10)), size=90),
        words(names, alt.X("x:Q"), y, align="left", dx=24),
    ).properties(width="container", height=260)


def _together(falls: pd.DataFrame) -> pd.DataFrame:
    """Each arm's fall over all its people."""
    sums = falls.groupby("series")[["year_1", "year_2"]].sum()
    fall = (100 * (1 - sums["year_2"] / sums["year_1"])).round(2)
    return pd.DataFrame({"series": sums.index, "fall": fall.to_numpy(), "y": sums.index.map(ROWS)})


def _dots(falls: pd.DataFrame) -> alt.Chart:
    """One mark per practice, its area for its people, on three lines in turn so that few cover one another."""
    rows = falls.sort_values(["series", "fall"]).reset_index(drop=True)
    rows["y"] = rows["series"].map(ROWS) + (rows.groupby("series").cumcount() % 3 - 1) * 0.24
    tooltip = [
        alt.Tooltip("practice_id:N", title="Practice"),
        alt.Tooltip("people:Q", title="People"),
        alt.Tooltip("fall:Q", title="Fall (%)", format=".0f"),
    ]
    size = alt.Size("people:Q", legend=None, scale=alt.Scale(range=[50, 320]))
    return alt.Chart(rows[["practice_id", "series", "people", "fall", "y"]].round(2)).encode(size=size, tooltip=tooltip)


def _description(falls: pd.DataFrame, fair: Comparison) -> str:
    spans = " ".join(
        f"{arm}: {len(rows)} practices, falls from {rows['fall'].min():.0f}% to {rows['fall'].max():.0f}%."
        for arm, rows in falls.groupby("series")
    )
    return (
        f"Synthetic data, {GROUP.lower()} ({fair.people:,} people). Across: how far each practice's admissions fell "
        "from year 1 to year 2. Two rows of marks, one mark for each practice, larger for more people; an upright bar "
        f"stands at each row's fall as a whole. {spans}"
    )

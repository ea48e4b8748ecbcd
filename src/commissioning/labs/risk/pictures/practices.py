"""Each practice's year 2 as a mark in one of two rows, and under them what the comparison says: estimate and interval.

All three rows share one scale, in per cent of the average without a matron, and one line marks "no difference".
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.risk.comparisons import Comparison, difference_between_practices, falls_by_practice
from commissioning.labs.risk.pictures.pairs import ARMS, GROUP, words

COLUMNS = ["Practice", "Matron", "People", "Admissions, year 1", "Admissions, year 2", "Each, year 2", "Difference (%)"]
ROWS = {ARMS.first: 4.1, ARMS.second: 2.5}
"""Where each arm's row stands, in a picture that is 5.9 high; the comparison stands at `FAIR`."""
FAIR = 0.7
LABEL = 0.7
"""How far above its row a label stands."""


def practices_chart(persons: pd.DataFrame) -> Chart:
    """Practices in year 2, with a matron and without, and the comparison that is fair to both with its interval."""
    fair, rows = difference_between_practices(persons), _practices(persons)
    table = rows[["practice_id", "series", "people", "year_1", "year_2", "each", "difference"]]
    rounded = table.round({"each": 2, "difference": 0}).astype({"difference": int})
    return chart(
        _picture(rows, fair),
        id="practices",
        takeaway=(
            f"Compared fairly, admissions were {_direction(fair.estimate)} at practices with a matron "
            f"(95% interval: {_direction(fair.low)} to {_direction(fair.high)})."
        ),
        description=_description(rows, fair),
        table=rounded.set_axis(COLUMNS, axis=1),
        note=f"Larkmere, synthetic data. {GROUP}, by practice, in year 2.",
    )


def _practices(persons: pd.DataFrame) -> pd.DataFrame:
    """A row for each practice; `difference` is its average in year 2 against that of all people without a matron."""
    rows = falls_by_practice(persons)
    rows["series"] = rows["with_matron"].map({True: ARMS.first, False: ARMS.second})
    rows["each"] = rows["year_2"] / rows["people"]
    without = rows.loc[~rows["with_matron"], ["people", "year_2"]].sum()
    rows["difference"] = 100 * (rows["each"] * without["people"] / without["year_2"] - 1)
    return rows


def _direction(change: float) -> str:
    return f"{abs(change):.0f}% {'lower' if change < 0 else 'higher'}"


def _picture(rows: pd.DataFrame, fair: Comparison) -> HasDict:
    low, high = 20 * int(rows["difference"].min() // 20), 20 * int(rows["difference"].max() // 20 + 1)
    axis = alt.Axis(
        title=["Year 2 admissions per person, against", "the average without a matron (%)"],
        values=list(range(low, high + 1, 20)),
        labelExpr="datum.value > 0 ? '+' + datum.label : datum.label",
    )
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[low, high], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0.1, 5.9]))
    names = [(low, up + LABEL, arm) for arm, up in ROWS.items()]
    keys = alt.Chart(pd.DataFrame(names, columns=["x", "y", "series"]))
    line = alt.Chart(pd.DataFrame({"x": [0], "y": [0.1], "top": [5.2]}))
    return alt.layer(
        line.mark_rule(strokeDash=[2, 4], strokeWidth=2, style="ink").encode(x=x, y=y, y2="top:Q"),
        words([(0, 5.5, "No difference")], x, y),
        *ARMS.points(_dots(rows).encode(x=x, y=y), size=None),
        *ARMS.points(keys.encode(x=x, y=y, xOffset=alt.value(10)), size=90),
        words(names, x, y, align="left", dx=24),
        *_interval(fair, x, y),
        words([(low, FAIR + LABEL, "The difference")], x, y, align="left", dx=4),
    ).properties(width="container", height=330)


def _interval(fair: Comparison, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The estimate as a square on a bar with an end at each limit, and the three numbers beside their marks."""
    bar = alt.Chart(pd.DataFrame({"x": [fair.low], "end": [fair.high], "y": [FAIR]}).round(2))
    limits = pd.DataFrame({"x": [fair.low, fair.high], "y": [FAIR - 0.2] * 2, "head": [FAIR + 0.2] * 2}).round(2)
    middle = alt.Chart(pd.DataFrame({"x": [fair.estimate], "y": [FAIR]}).round(2))
    return [
        bar.mark_rule(strokeWidth=3, style="ink").encode(x=x, x2="end:Q", y=y),
        alt.Chart(limits).mark_rule(strokeWidth=3, style="ink").encode(x=x, y=y, y2="head:Q"),
        middle.mark_point(shape="square", filled=True, opacity=1, size=170, style="ink").encode(x=x, y=y),
        words([(fair.low, FAIR, _signed(fair.low))], x, y, align="right", dx=-8),
        words([(fair.high, FAIR, _signed(fair.high))], x, y, align="left", dx=8),
        words([(fair.estimate, FAIR + 0.5, _signed(fair.estimate))], x, y, align="right", dx=10),
    ]


def _signed(change: float) -> str:
    return f"{change:+.0f}%".replace("-", "−")


def _dots(rows: pd.DataFrame) -> alt.Chart:
    """One mark per practice, its area for its people, on three lines in turn so that few cover one another."""
    dots = rows.sort_values(["series", "difference"]).reset_index(drop=True)
    dots["y"] = dots["series"].map(ROWS) + (dots.groupby("series").cumcount() % 3 - 1) * 0.26
    dots["x"] = dots["difference"]
    tooltip = [
        alt.Tooltip("practice_id:N", title="Practice"),
        alt.Tooltip("people:Q", title="People"),
        alt.Tooltip("each:Q", title="Admissions each", format=".2f"),
    ]
    size = alt.Size("people:Q", legend=None, scale=alt.Scale(range=[50, 320]))
    table = dots[["practice_id", "series", "people", "each", "x", "y"]].round(2)
    return alt.Chart(table).encode(size=size, tooltip=tooltip)


def _description(rows: pd.DataFrame, fair: Comparison) -> str:
    spans = " ".join(
        f"{arm}: {len(some)} practices, from {_direction(some['difference'].min())} to "
        f"{_direction(some['difference'].max())}."
        for arm, some in rows.groupby("series")
    )
    crosses = "crosses" if fair.low < 0 < fair.high else "does not cross"
    return (
        f"Synthetic data, {GROUP.lower()} ({fair.people:,} people). Across: admissions per person in year 2, as a "
        "difference in per cent from the average of all such people without a matron. A dotted upright line marks no "
        f"difference. Two rows of marks, one mark for each practice, larger for more people. {spans} Under them, a bar "
        f"for the 95% interval of the difference between the two groups runs from {_direction(fair.low)} to "
        f"{_direction(fair.high)}, with a square at {_direction(fair.estimate)}. The line {crosses} the bar."
    )

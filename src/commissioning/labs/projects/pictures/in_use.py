"""Projects in use after a year: each model's share as a square, and its interval as a bar."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.projects.pictures.rows import ABOVE, MODELS, listed, row_of, top
from commissioning.labs.projects.shares import Share, in_use
from commissioning.labs.risk.pictures.pairs import words

COLUMNS = ["Model", "In use after a year", "Projects", "Share (%)", "Interval from (%)", "Interval to (%)"]


def in_use_chart(table: pd.DataFrame) -> Chart:
    """The share of each model's projects in use after a year, with the interval that so few projects leave."""
    shares = {model: in_use(table, model) for model in MODELS if model in set(table["model"])}
    rows = [(model, s.yes, s.of, round(s.share, 1), round(s.low, 1), round(s.high, 1)) for model, s in shares.items()]
    overlap = max(s.low for s in shares.values()) <= min(s.high for s in shares.values())
    counts = listed([f"{s.yes} of {s.of} {model}" for model, s in shares.items()])
    return chart(
        _picture(shares),
        id="in-use",
        takeaway=f"After a year {counts} projects were in use; the intervals {'overlap' if overlap else 'part'}.",
        description=_description(shares),
        table=pd.DataFrame(rows, columns=COLUMNS),
        note=f"Larkmere, synthetic data. {len(table)} projects; 95% intervals.",
    )


def _picture(shares: dict[str, Share]) -> HasDict:
    axis = alt.Axis(title="In use after a year (%)", values=[0, 25, 50, 75, 100])
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[0, 100]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.2, top()]))
    titles = [(0, row_of(model) + ABOVE, MODELS[model]) for model in shares]
    return alt.layer(
        *(layer for model, share in shares.items() for layer in _row(share, row_of(model), x, y)),
        words(titles, x, y, align="left", dx=2),
    ).properties(width="container", height=330)


def _row(share: Share, up: float, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """A square on a bar with an end at each limit, and the numbers by their marks."""
    bar = alt.Chart(pd.DataFrame({"x": [share.low], "end": [share.high], "y": [up]}).round(2))
    limits = pd.DataFrame({"x": [share.low, share.high], "y": [up - 0.2] * 2, "head": [up + 0.2] * 2}).round(2)
    ends = [(share.low, up, f"{share.low:.0f}%"), (share.high, up, f"{share.high:.0f}%")]
    return [
        bar.mark_rule(strokeWidth=3, style="data-2").encode(x=x, x2="end:Q", y=y),
        alt.Chart(limits).mark_rule(strokeWidth=3, style="data-2").encode(x=x, y=y, y2="head:Q"),
        alt.Chart(pd.DataFrame({"x": [share.share], "y": [up]}))
        .mark_point(shape="square", filled=True, opacity=1, size=170, style="data-1")
        .encode(x=x, y=y),
        words(ends, x, y, dy=24),
        words([(share.share, up, f"{share.yes} of {share.of}")], x, y, dy=24),
    ]


def _description(shares: dict[str, Share]) -> str:
    rows = " ".join(
        f"{MODELS[model]}: {s.yes} of {s.of}, with an interval from {s.low:.0f}% to {s.high:.0f}%."
        for model, s in shares.items()
    )
    return (
        "Synthetic data. Across: the percentage of a model's projects in use twelve months after sign-off. A row for "
        f"each model, with a square at its share on a bar for its 95% interval. Every bar is wide. {rows}"
    )

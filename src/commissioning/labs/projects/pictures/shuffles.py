"""What shuffling makes of a gap: how many of the shuffles gave each one, and which are as wide as the real one."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.projects.shuffles import gap_in_use, shuffle_counts, shuffled_gaps
from commissioning.labs.risk.pictures.pairs import up


def shuffles_chart(table: pd.DataFrame, first: str, second: str) -> Chart:
    """How often 5,000 shuffles of the labels gave each gap in projects in use between two models."""
    real, counts = gap_in_use(table, first, second), shuffle_counts(shuffled_gaps(table, first, second))
    counts["wide"] = counts["gap"].abs() >= abs(real)
    wide, total = int(counts.loc[counts["wide"], "shuffles"].sum()), int(counts["shuffles"].sum())
    told = counts.assign(wide=counts["wide"].map({True: "yes", False: "no"}))
    columns = [f"Gap ({second} less {first})", "Shuffles", "As wide as the real one"]
    return chart(
        _picture(counts, real, f"Projects in use: {second} less {first}"),
        id="shuffles",
        takeaway=f"A gap as wide as the real one came up in {wide:,} of {total:,} shuffles of the labels.",
        description=_description(counts, real, f"{second}'s projects in use less {first}'s"),
        table=told.set_axis(columns, axis=1),
        note=f"Larkmere, synthetic data. Models {first} and {second}.",
    )


def _signed(gap: int) -> str:
    return f"{gap:+d}".replace("-", "−") if gap else "0"


def _picture(counts: pd.DataFrame, real: int, title: str) -> HasDict:
    rows = counts.assign(
        name=[_signed(gap) for gap in counts["gap"]],
        text=[
            f"{n:,}{': the real gap' if gap == real else ''}"
            for gap, n in zip(counts["gap"], counts["shuffles"], strict=True)
        ],
    )
    order = rows.sort_values("gap", ascending=False)["name"].tolist()
    most = 1.6 * float(rows["shuffles"].max())
    base = alt.Chart(rows[["name", "shuffles", "wide", "text"]]).encode(
        x=alt.X("shuffles:Q", axis=None, scale=alt.Scale(domain=[0, most])),
        y=alt.Y("name:N", sort=order, axis=up(title, ticks=False, domain=False)),
    )
    return alt.layer(
        base.transform_filter(alt.datum.wide).mark_bar(style="data-1", height=20),
        base.transform_filter(~alt.datum.wide).mark_bar(filled=False, strokeWidth=2, style="data-2", height=20),
        base.mark_text(align="left", dx=8).encode(text="text:N"),
    ).properties(width="container", height=36 * len(rows))


def _description(counts: pd.DataFrame, real: int, gap: str) -> str:
    rows = "; ".join(f"{_signed(gap)}: {n:,}" for gap, n in zip(counts["gap"], counts["shuffles"], strict=True))
    return (
        "Synthetic data. A bar for each gap that shuffling gave, as long as the number of shuffles that gave it. The "
        f"gap is {gap}. Bars are solid where the gap is at least as wide as the real one, {_signed(real)}, in either "
        f"direction, and hollow where it is narrower. {rows}."
    )

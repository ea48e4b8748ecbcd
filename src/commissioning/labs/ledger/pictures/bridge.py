"""From the reported position to the underlying one: a bar for each entry that comes once, from where the last ended."""

from __future__ import annotations

from collections.abc import Collection

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.ledger.positions import chosen, reported, underlying
from commissioning.labs.risk.pictures.pairs import words

COLUMNS = ["Step", "Entry", "£ thousand", "Position afterwards, £ thousand"]
ROW = 56
"""Pixels from one bar to the next; its words stand above it."""


def bridge_chart(rows: pd.DataFrame, once: Collection[str]) -> Chart:
    """The reported position, the entries that come once taken out one after another, and what is left."""
    steps = _steps(rows, once)
    year, first, last = rows["year"].iloc[0], steps["after"].iloc[0], steps["after"].iloc[-1]
    return chart(
        _picture(steps),
        id="bridge",
        takeaway=f"Reported as {money(first)}; without what comes once, {year} comes to {money(last)}.",
        description=_description(steps, year),
        table=steps[["step", "entry", "change", "after"]].set_axis(COLUMNS, axis=1),
        note=f"Larkmere, synthetic data. The old trust's accounts, {year}.",
    )


def money(thousands: float) -> str:
    """£ thousand in millions, with a sign."""
    sign = "−" if thousands < 0 else "+"
    return f"{sign}£{abs(thousands) / 1000:.2f}m"


def _steps(rows: pd.DataFrame, once: Collection[str]) -> pd.DataFrame:
    """A row for each bar: step, entry, before, change, after, what (a position, a gain out, a cost back)."""
    start = reported(rows)
    made = [("As reported", "", 0, start, start, "position")]
    for one in chosen(rows, once).to_dict("records"):
        before, amount = made[-1][4], int(one["amount_k"])
        what = "gain" if amount > 0 else "cost"
        made.append((str(one["note"]).split(",")[0], str(one["entry"]), before, -amount, before - amount, what))
    left = underlying(rows, once)
    made.append(("What comes again", "", 0, left, left, "position"))
    return pd.DataFrame(made, columns=["step", "entry", "before", "change", "after", "what"])


def _picture(steps: pd.DataFrame) -> HasDict:
    low = min(0, int(steps[["before", "after"]].min().min())) / 1000
    high = max(0, int(steps[["before", "after"]].max().max())) / 1000
    room = (high - low) * 0.08 + 0.05
    axis = alt.Axis(title="£ million", grid=True, labelExpr="replace(datum.label, '-', '−')", tickCount=5)
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[round(low - room, 2), round(high + room, 2)], nice=False))
    top = len(steps)
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, top]))
    data = pd.DataFrame(
        {
            "x": steps["before"] / 1000,
            "end": steps["after"] / 1000,
            "y": [top - at - 0.82 for at in range(top)],
            "top": [top - at - 0.48 for at in range(top)],
            "what": steps["what"],
        }
    )
    bars = alt.Chart(data).encode(x=x, x2="end:Q", y=y, y2="top:Q")
    said = [f"{step}: {money(change)}" for step, change in zip(steps["step"], steps["change"], strict=True)]
    named = [(low - room, top - at - 0.24, text) for at, text in enumerate(said)]
    nought = alt.Chart(pd.DataFrame({"x": [0.0]})).mark_rule(style="ink", strokeWidth=2).encode(x=x)
    return alt.layer(
        bars.transform_filter(alt.datum.what == "position").mark_rect(style="data-1"),
        bars.transform_filter(alt.datum.what == "gain").mark_rect(style="data-3", fillOpacity=0.55),
        bars.transform_filter(alt.datum.what == "cost").mark_rect(style="data-2", fillOpacity=0.55),
        nought,
        words(named, x, y, align="left", dx=2),
    ).properties(width="container", height=ROW * top)


def _description(steps: pd.DataFrame, year: str) -> str:
    said = " ".join(
        f"{s['step']}: {money(s['change'])}, which leaves {money(s['after'])}."
        for s in steps.iloc[1:-1].to_dict("records")
    )
    first, last = steps["after"].iloc[0], steps["after"].iloc[-1]
    return (
        f"Synthetic data for {year}. Bars from the top down, in £ million to either side of a line at nothing. The "
        f"first is the position as reported, {money(first)}. Each of the next begins where the one above ended: a gain "
        f"that comes once is taken out, a cost put back. {said} The last bar is what comes again, {money(last)}."
    )

"""Where one stands month by month after leaving a supplier: down at once, further down in the dip, then slowly up."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.indicators.leaving import DIP_A_MONTH, DIP_MONTHS, ONE_OFF, balance, break_even

MONTHS = 36
SAVING = 28_000
"""Pounds a month: what `saving_a_month` finds in Larkmere's bills."""


def leaving_chart(
    *,
    one_off: float = ONE_OFF,
    saving: float = SAVING,
    dip_a_month: float = DIP_A_MONTH,
    dip_months: int = DIP_MONTHS,
) -> Chart:
    """The balance in £ thousand for three years after leaving, and the month in which it reaches nothing."""
    costs = {"one_off": one_off, "saving": saving, "dip_a_month": dip_a_month, "dip_months": dip_months}
    rows = pd.DataFrame({"month": range(MONTHS + 1)})
    rows["balance"] = [balance(month, **costs) / 1000 for month in rows["month"]]
    even = break_even(one_off=one_off, dip=dip_a_month * dip_months, saving=saving)
    return chart(
        _picture(rows, even, dip_months),
        id="leaving",
        takeaway=_takeaway(even, one_off),
        description=_description(rows, even),
        table=rows.round({"balance": 0}).set_axis(["Months after leaving", "Balance (£ thousand)"], axis=1),
        note="Larkmere and its supplier, synthetic data. What leaving costs, and the dip, are assumed.",
    )


def _takeaway(even: float, one_off: float) -> str:
    first = f"Leaving costs £{one_off / 1000:,.0f}k and a dip first, and"
    return (
        f"{first} has paid for itself after {even:.1f} months."
        if even < math.inf
        else f"{first} never pays for itself."
    )


def _picture(rows: pd.DataFrame, even: float, dip_months: int) -> HasDict:
    low, high = 200 * math.floor(rows["balance"].min() / 200), 200 * math.ceil(max(rows["balance"].max(), 200) / 200)
    up = alt.Axis(
        title="£ thousand, since leaving",
        titleAngle=0,
        titleAlign="left",
        titleAnchor="end",
        titleX=-44,
        titleY=-18,
        values=list(range(low, high + 1, 200)),
        labelExpr="replace(datum.label, '-', '−')",
    )
    across = alt.Axis(title="Months after leaving", values=[0, 6, 12, 18, 24, 30, 36], grid=False)
    x = alt.X("month:Q", axis=across, scale=alt.Scale(domain=[0, MONTHS], nice=False))
    y = alt.Y("balance:Q", axis=up, scale=alt.Scale(domain=[low, high], nice=False))
    line = alt.Chart(rows.round(1)).encode(x=x, y=y)
    dip = alt.Chart(pd.DataFrame({"month": [0], "end": [dip_months], "balance": [low], "top": [high]}))
    return alt.layer(
        dip.mark_rect(style="guide", fillOpacity=0.15).encode(x=x, x2="end:Q", y=y, y2="top:Q"),
        alt.Chart(pd.DataFrame({"balance": [0]})).mark_rule(style="ink", strokeDash=[2, 4], strokeWidth=2).encode(y=y),
        line.mark_line(style="data-1", strokeWidth=3),
        *_even(even, x, y),
        _words([(dip_months + 0.6, high - 45, "Dip" if dip_months else "")], x, y),
    ).properties(width="container", height=300)


def _even(even: float, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """A diamond where the line crosses nothing, and its month beside it; nothing if that is beyond the picture."""
    if even > MONTHS:
        return []
    mark = alt.Chart(pd.DataFrame({"month": [round(even, 2)], "balance": [0]})).encode(x=x, y=y)
    said = [(even - 0.8, 45.0, f"{even:.1f} months")]
    return [
        mark.mark_point(shape="diamond", filled=True, opacity=1, size=220, style="data-1"),
        _words(said, x, y, align="right" if even > MONTHS / 2 else "left"),
    ]


def _words(rows: list[tuple[float, float, str]], x: alt.X, y: alt.Y, align: str = "left") -> alt.Chart:
    picture = alt.Chart(pd.DataFrame(rows, columns=["month", "balance", "text"]).round(2))
    said: alt.Chart = picture.mark_text(align=align, style="ink").encode(x=x, y=y, text="text:N")  # type: ignore[arg-type]
    return said


def _description(rows: pd.DataFrame, even: float) -> str:
    start, lowest, last = rows["balance"].iloc[0], rows["balance"].min(), rows["balance"].iloc[-1]
    crossing = f"It crosses nothing after {even:.1f} months" if even <= MONTHS else "It does not reach nothing"
    return (
        "Synthetic data. Across: months after leaving, from 0 to 36. Up: the balance in thousands of pounds, with a "
        f"dotted line at nothing. The line begins at {_said(start)}, falls to {_said(lowest)} in a shaded band, the "
        f"months of dip, and then rises evenly. {crossing}, and stands at {_said(last)} after 36."
    )


def _said(thousands: float) -> str:
    return f"{'−' if thousands < 0 else ''}£{abs(thousands):,.0f}k"

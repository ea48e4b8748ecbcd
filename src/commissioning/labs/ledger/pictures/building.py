"""A payment that rises with prices and the same payment had it risen with income, year by year."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.ledger.payments import START, payments
from commissioning.labs.risk.pictures.pairs import Pair, up, words

TWO = Pair("The payment", "Had it risen with income")
COLUMNS = ["Year", "The payment, £ million", "Had it risen with income, £ million", "Gap, £ million"]


def building_chart(years: pd.DataFrame, until: int, start: float = START) -> Chart:
    """Both lines from year 0 to year `until`, and the gap at the end."""
    table = payments(years, start).query("year <= @until")
    last = table.iloc[-1]
    return chart(
        _picture(table),
        id="building",
        takeaway=(
            f"By year {until} the payment is £{last['payment_m']:.1f}m, and £{last['gap_m']:.1f}m of it is more than "
            "income has brought."
        ),
        description=(
            f"Synthetic data. Across: years from 0 to {until}. Up: £ million a year. Two lines leave the same point, "
            f"£{start:.0f}m. The solid one, with diamonds, is the payment and climbs to £{last['payment_m']:.1f}m. The "
            f"dashed one, with rings, is what it would be had it risen with income, £{last['afforded_m']:.1f}m."
        ),
        table=table.round(2).set_axis(COLUMNS, axis=1),
        note="Larkmere General, synthetic data. Rises of prices and of income are assumed.",
    )


def _picture(table: pd.DataFrame) -> HasDict:
    until, high = int(table["year"].max()), float(table["payment_m"].max())
    ends = table.iloc[-1]
    long = table.melt("year", ["payment_m", "afforded_m"], "series", "y").rename(columns={"year": "x"})
    long["series"] = long["series"].map({"payment_m": TWO.first, "afforded_m": TWO.second})
    floor = float(int(table["afforded_m"].min())) - 1
    x = alt.X(
        "x:Q",
        axis=alt.Axis(title="Year of the contract", grid=False, format="d", tickMinStep=1),
        scale=alt.Scale(domain=[0, until * 1.18], nice=False),
    )
    y = alt.Y("y:Q", axis=up("£ million a year"), scale=alt.Scale(domain=[floor, high + 2], nice=False))
    base = alt.Chart(long.round(2)).encode(x=x, y=y)
    keys = [(0.0, high + 1.4 - 0.09 * row * (high + 2 - floor), name) for row, name in enumerate(TWO.names)]
    key = alt.Chart(pd.DataFrame(keys, columns=["x", "y", "series"])).encode(x=x, y=y, xOffset=alt.value(14))
    said = [
        (until, ends["payment_m"], f"£{ends['payment_m']:.1f}m"),
        (until, ends["afforded_m"], f"£{ends['afforded_m']:.1f}m"),
    ]
    return alt.layer(
        base.mark_line(strokeWidth=3).encode(color=TWO.colour, strokeDash=TWO.dash),
        *TWO.points(base, size=60),
        words(said, x, y, align="left", dx=10),
        *TWO.points(key, size=90),
        words([(at, high_, name) for at, high_, name in keys], x, y, align="left", dx=28),
    ).properties(width="container", height=320)

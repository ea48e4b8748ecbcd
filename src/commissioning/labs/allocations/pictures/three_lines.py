"""One sector's money over the years: cash, prices allowed for, and share, each with its first year as 100."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.allocations.series import change, of_sector
from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.risk.pictures.pairs import up, words

COLUMNS = ["Year", "Cash, £ million", "In the last year's money, £ million", "Share of all, %"]
WAYS = {"cash": "Cash", "real": "After prices", "share": "Share"}
DASH = {"cash": [1, 0], "real": [8, 4], "share": [2, 4]}
SHAPE = {"cash": "diamond", "real": "circle", "share": "square"}
ROOM = 1.42
"""How much wider than its years the picture is, for the words at the right."""


def three_lines_chart(series: pd.DataFrame, sector: str) -> Chart:
    """Cash, real terms and share of a sector, each as per cent of what it was in the first year."""
    table = of_sector(series, sector)
    moved = {way: change(series, sector, way) for way in ("cash", "real", "share")}
    first, last = table.iloc[0], table.iloc[-1]
    said = {way: _said(value) for way, value in moved.items()}
    return chart(
        _picture(table),
        id="three-lines-" + sector.lower().replace(" ", "-"),
        takeaway=(
            f"Since {first['year']}, {sector.lower()} has {said['cash']} cash, {said['real']} with prices allowed for, "
            f"and a share that is {said['share'].replace('more', 'larger').replace('less', 'smaller')}."
        ),
        description=(
            f"Synthetic data. Across: years from {first['year']} to {last['year']}. Up: per cent of the first year, "
            f"which is 100. Three lines leave one point. Cash, solid with diamonds, goes from £{first['cash_m']:.1f}m "
            f"to £{last['cash_m']:.1f}m. In the last year's money, dashed with circles, it goes from "
            f"£{first['real_m']:.1f}m to £{last['real_m']:.1f}m. The share, dotted with squares, goes from "
            f"{first['share_pct']:.1f}% to {last['share_pct']:.1f}%."
        ),
        table=table.round(2).set_axis(COLUMNS, axis=1),
        note="Larkmere, synthetic data. Each line has its own first year as 100.",
    )


def _said(change_pct: float) -> str:
    return f"{abs(change_pct):.0f}% {'more' if change_pct > 0 else 'less'}"


def _picture(table: pd.DataFrame) -> HasDict:
    columns = {"cash": "cash_m", "real": "real_m", "share": "share_pct"}
    long = pd.DataFrame(
        [
            (at, round(100 * value / table[columns[way]].iloc[0], 2), way)
            for way in WAYS
            for at, value in enumerate(table[columns[way]])
        ],
        columns=["x", "y", "way"],
    )
    years, last = list(table["year"]), len(table) - 1
    shown = [0, last // 2, last]
    names = " : ".join(f"datum.value == {at} ? '{years[at]}'" for at in shown) + " : ''"
    across = alt.Axis(title=None, values=shown, labelExpr=names, grid=False, labelOverlap=False)
    x = alt.X("x:Q", axis=across, scale=alt.Scale(domain=[-0.4, last * ROOM], nice=False))
    low, high = 5 * int(long["y"].min() // 5) - 5, 5 * int(long["y"].max() // 5) + 10
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    y = alt.Y("y:Q", axis=up("Per cent of the first year", tickCount=5), scale=scale)
    base = alt.Chart(long).encode(x=x, y=y)
    drawn = []
    for number, way in enumerate(WAYS, start=1):
        line = base.transform_filter(alt.datum.way == way)
        drawn.append(line.mark_line(style=f"data-{number}", strokeDash=DASH[way], strokeWidth=3))
        drawn.append(line.mark_point(style=f"data-{number}", shape=SHAPE[way], filled=True, size=60, opacity=1))
    ends = [(last, float(long.query("way == @way")["y"].iloc[-1]), name) for way, name in WAYS.items()]
    level = alt.Chart(pd.DataFrame({"y": [100]})).mark_rule(strokeDash=[2, 4], strokeWidth=2, style="ink").encode(y=y)
    return alt.layer(level, *drawn, words(ends, x, y, align="left", dx=10, dy=8)).properties(
        width="container", height=320
    )

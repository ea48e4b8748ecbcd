"""Three rules of payment as three lines over the work of a year, with the year that came."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.risk.pictures.pairs import up, words
from commissioning.labs.risk_share.rules import paid

DASH = {1: [1, 0], 2: [8, 4], 3: [2, 4]}
STEPS = 8
ROOM = 0.42
"""How much wider than its lines the picture is, for the words at the right."""


def rules_chart(work: float, baseline: float, share_pct: float, *, named: str) -> Chart:
    """What a group pays at each amount of work: each at its price, this share beyond the baseline, or a fixed sum.

    `work` is the year that came, and `named` says whose contract it is. Money is in £ thousand.
    """
    shares = {"Each at its price": 100.0, f"{share_pct:.0f}% beyond": share_pct, "Fixed sum": 0.0}
    span = max(1.25 * abs(work - baseline), 0.04 * baseline)
    across = [baseline + span * step / STEPS for step in range(-STEPS, STEPS + 1)]
    table = pd.DataFrame({"Work, £ million": [round(x / 1000, 2) for x in across]})
    for name, share in shares.items():
        table[f"{name}, £ million"] = [round(paid(x, baseline, share) / 1000, 2) for x in across]
    at = {name: paid(work, baseline, share) / 1000 for name, share in shares.items()}
    first, middle, last = (f"£{value:.2f}m" for value in at.values())
    more = "more" if work > baseline else "less"
    return chart(
        _picture(table, work / 1000, baseline / 1000, list(shares)),
        id="rules-" + named.lower().replace("'", "").replace(",", "").replace(" ", "-"),
        takeaway=(
            f"For £{work / 1000:.1f}m of work against £{baseline / 1000:.1f}m planned, the group pays {first} at its "
            f"price, {middle} at {share_pct:.0f}% beyond, and {last} as a fixed sum."
        ),
        description=(
            f"Synthetic data. Across: the year's work, £ million at full price. Up: what the group pays. Three lines "
            f"cross at the baseline of £{baseline / 1000:.1f}m. The steepest, solid, pays each admission at its price. "
            f"The dashed one pays {share_pct:.0f}% of the price beyond the baseline. The dotted one is flat, and pays "
            f"the baseline whatever is done. A thin upright rule marks the year that came, £{work / 1000:.1f}m, "
            f"which is {more} than the baseline."
        ),
        table=table,
        note=f"{named}, synthetic data, 2014/15.",
    )


def _picture(table: pd.DataFrame, work: float, baseline: float, names: list[str]) -> HasDict:
    xs = table["Work, £ million"]
    low, high = float(xs.min()), float(xs.max())
    scale = alt.Scale(domain=[low, high + ROOM * (high - low)], nice=False, zero=False)
    shown = [baseline, round(work, 1)]
    x = alt.X(
        "x:Q",
        axis=alt.Axis(title="Work, £ million", values=shown, grid=False, format=".1f", labelOverlap=False),
        scale=scale,
    )
    y = alt.Y(
        "y:Q", axis=up("Paid, £ million", tickCount=5), scale=alt.Scale(domain=[low, high], nice=False, zero=False)
    )
    drawn, ends = [], []
    for number, name in enumerate(names, start=1):
        rows = pd.DataFrame({"x": xs, "y": table[f"{name}, £ million"]})
        line = alt.Chart(rows).encode(x=x, y=y)
        drawn.append(line.mark_line(style=f"data-{number}", strokeDash=DASH[number], strokeWidth=3))
        ends.append((high, float(rows["y"].iloc[-1]), name.replace("Each at its price", "At its price")))
    came = alt.Chart(pd.DataFrame({"x": [work]})).mark_rule(style="ink", strokeWidth=2).encode(x=x)
    return alt.layer(came, *drawn, words(ends, x, y, align="left", dx=8, dy=6)).properties(
        width="container", height=320
    )

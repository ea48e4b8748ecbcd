"""Each line of a deduction: what was taken against what moved, with the line on which the two are equal."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from commissioning.labs.allocations.lines import CONTRACTS, hole, unmatched
from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.risk.pictures.pairs import Pair, up, words

COLUMNS = ["Line", "Service", "Taken, £ thousand", "Contracts fell, £ thousand"]
OUT = Pair("Does not match", "Matches")
SEEN = {("general",): "the General's contract", CONTRACTS: "all contracts"}


def lines_chart(lines: pd.DataFrame, contracts: Sequence[str] = CONTRACTS) -> Chart:
    """Taken across, the fall of these contracts up; lines that are out stand apart from the diagonal."""
    out = set(unmatched(lines, contracts)["line"])
    rows = pd.DataFrame(
        {
            "line": lines["line"],
            "service": lines["service"],
            "x": lines["deducted_k"],
            "y": lines[[f"{name}_k" for name in contracts]].sum(axis=1),
            "series": [OUT.first if line in out else OUT.second for line in lines["line"]],
        }
    )
    seen, gap = SEEN[tuple(contracts)], hole(lines, contracts)
    group = lines["group"].iloc[0]
    more = int(((rows["x"] > rows["y"]) & rows["line"].isin(out)).sum())
    return chart(
        _picture(rows),
        id="lines-" + "-".join([group.lower().replace(" ", "-"), *contracts]),
        takeaway=(
            f"Beside {seen}, {len(out)} of {len(rows)} lines do not match, and £{abs(gap) / 1000:.2f}m "
            f"{'more' if gap >= 0 else 'less'} was taken than moved."
        ),
        description=(
            f"Synthetic data. Across: £ thousand taken for each of {len(rows)} lines. Up: by how much {seen} fell for "
            f"it. On a dashed diagonal the two are equal. {len(rows) - len(out)} rings lie on it or within £10,000 of "
            f"it. {more} diamonds lie below, where more was taken than moved, and {len(out) - more} above."
        ),
        table=rows[["line", "service", "x", "y"]].set_axis(COLUMNS, axis=1),
        note=f"{group}, synthetic data, 2013/14, beside {seen}.",
    )


def _picture(rows: pd.DataFrame) -> HasDict:
    most = 50 * (int(rows["x"].max() // 50) + 1)
    high = 50 * (int(rows["y"].max() // 50) + 2)
    scale = alt.Scale(domain=[0, most], nice=False)
    x = alt.X("x:Q", axis=alt.Axis(title="Taken, £ thousand", tickCount=5, grid=False), scale=scale)
    y = alt.Y("y:Q", axis=up("Moved, £ thousand", tickCount=5), scale=alt.Scale(domain=[0, high], nice=False))
    equal = alt.Chart(pd.DataFrame({"x": [0, high], "y": [0, high]})).mark_line(
        style="guide", strokeDash=[7, 5], strokeWidth=2
    )
    tooltip = [
        alt.Tooltip("service:N", title="Line"),
        alt.Tooltip("x:Q", title="Taken"),
        alt.Tooltip("y:Q", title="Moved"),
    ]
    base = alt.Chart(rows[["service", "x", "y", "series"]]).encode(x=x, y=y, tooltip=tooltip)
    keys = [(most * 0.56, high * (0.66 - 0.09 * n), name) for n, name in enumerate(OUT.names)]
    key = alt.Chart(pd.DataFrame(keys, columns=["x", "y", "series"])).encode(x=x, y=y)
    return alt.layer(
        equal.encode(x=x, y=y),
        *OUT.points(base, size=70),
        *OUT.points(key, size=70),
        words(keys, x, y, align="left", dx=12),
    ).properties(width="container", height=340)

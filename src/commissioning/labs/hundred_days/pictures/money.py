"""Money on day 100 against day 365: a row for each strategy, a ring for the first day and a diamond for the second."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.hundred_days.money import SEEDS
from commissioning.labs.risk.pictures.pairs import words

COLUMNS = ["Strategy", "Day 100 (£ million)", "Rank", "Day 365 (£ million)", "Rank a year on"]
STEP = 2.0
ABOVE = 0.8


def money_chart(table: pd.DataFrame, *, told: str = "") -> Chart:
    """The mean position of each strategy on both days, and how its rank changes, from `money_by_strategy`.

    `told` says in a few words what was asked of the games, such as "sceptical dial".
    """
    rows = table.sort_values("day_100", ascending=False)
    first, later = rows.index[0], table["day_365"].idxmax()
    moved = (
        f"{first} is first on day 100 and {later} on day 365"
        if first != later
        else f"{first} is first on money, on day 100 and on day 365"
    )
    shown = rows.assign(day_100=(rows["day_100"] / 1000).round(2), day_365=(rows["day_365"] / 1000).round(2))
    return chart(
        _picture(rows),
        id="money",
        takeaway=f"{moved}{f' ({told})' if told else ''}.",
        description=_description(rows),
        table=shown.reset_index().set_axis(COLUMNS, axis=1),
        note=f"Larkmere, synthetic data. Means of {SEEDS} games each{f', {told}' if told else ''}. Below 0 is short.",
    )


def _picture(rows: pd.DataFrame) -> HasDict:
    least = min(-1.0, float(rows[["day_100", "day_365"]].min().min()) / 1000)
    axis = alt.Axis(title="Position (£ million)", values=[-12, -9, -6, -3, 0], format="~s")
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[min(-10.6, least - 0.5), 0.4], nice=False))
    top = STEP * (len(rows) - 1) + ABOVE + 1.9
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.6, top]))
    data = pd.DataFrame(
        {
            "x": (rows["day_100"] / 1000).round(2).to_list(),
            "end": (rows["day_365"] / 1000).round(2).to_list(),
            "y": [STEP * (len(rows) - 1 - row) for row in range(len(rows))],
        }
    )
    left = min(-10.6, least - 0.5)
    names = [
        (left, up + ABOVE, f"{name}: {_th(one)}, then {_th(other)}")
        for name, one, other, up in zip(rows.index, rows["rank_100"], rows["rank_365"], data["y"], strict=True)
    ]
    base = alt.Chart(data)
    ring: dict[str, Any] = {"shape": "circle", "filled": False, "strokeWidth": 3, "opacity": 1, "style": "data-2"}
    diamond: dict[str, Any] = {"shape": "diamond", "filled": True, "opacity": 1, "style": "data-1"}
    up = top - 0.35
    keys = [(left + 0.3, "day 100", ring), (left + 4.0, "day 365", diamond)]
    return alt.layer(
        base.mark_rule(strokeWidth=3).encode(x=x, x2="end:Q", y=y),
        base.mark_point(size=200, **ring).encode(x=x, y=y),
        base.mark_point(size=170, **diamond).encode(x=alt.X("end:Q", axis=axis), y=y),
        words(names, x, y, align="left", dx=2),
        *(
            alt.Chart(pd.DataFrame({"x": [at], "y": [up]})).mark_point(size=180, **mark).encode(x=x, y=y)
            for at, _, mark in keys
        ),
        words([(at + 0.35, up, text) for at, text, _ in keys], x, y, align="left"),
    ).properties(width="container", height=430)


def _th(rank: int) -> str:
    return {1: "1st", 2: "2nd", 3: "3rd"}.get(int(rank), f"{int(rank)}th")


def _description(rows: pd.DataFrame) -> str:
    each = " ".join(
        f"{name}: {row['day_100'] / 1000:.1f} and {_th(row['rank_100'])}, then {row['day_365'] / 1000:.1f} and "
        f"{_th(row['rank_365'])}."
        for name, row in rows.iterrows()
    ).replace("-", "−")
    return (
        "Synthetic data. Across: the position in millions of pounds, below 0 if money is short. A row for each "
        f"strategy, most money on day 100 first, with a ring for day 100 and a diamond for day 365. {each}"
    )

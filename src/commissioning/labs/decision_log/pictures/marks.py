"""Where a decision's mark stands: over its number of bodies, a little aside so that few cover one another."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.risk.pictures.pairs import Pair, up

LEAD = Pair("One named lead", "No named lead")
COLUMNS = ["Decision", "Bodies", "Named lead", "Days", "Topic"]


def marks(log: pd.DataFrame) -> alt.Chart:
    """A mark for each decision, those with a lead left of those without, quick and slow ones side by side."""
    order = log.sort_values(["n_bodies", "single_lead", "days"], kind="stable")
    step = order.groupby(["n_bodies", "single_lead"]).cumcount() % 3 - 1
    data = pd.DataFrame(
        {
            "topic": order["topic"].str.split(" (", regex=False).str[0],
            "series": order["single_lead"].map({"Y": LEAD.first, "N": LEAD.second}),
            "x": (order["n_bodies"] + order["single_lead"].map({"Y": -0.19, "N": 0.19}) + 0.1 * step).round(2),
            "y": order["days"],
        }
    )
    tooltip = [
        alt.Tooltip("topic:N", title="Topic"),
        alt.Tooltip("y:Q", title="Days"),
        alt.Tooltip("series:N", title="Lead"),
    ]
    return alt.Chart(data).encode(tooltip=tooltip)


def axes(log: pd.DataFrame, *, room: float, left: float = 0.5) -> tuple[alt.X, alt.Y]:
    """Bodies across and days up, with room above the slowest decision, and on the left before the fewest bodies."""
    least, most, days = int(log["n_bodies"].min()), int(log["n_bodies"].max()), int(log["days"].max())
    across = alt.Axis(title="Bodies that had to agree", values=list(range(least, most + 1)), grid=False, format="d")
    domain = alt.Scale(domain=[least - left, most + 1.0], nice=False)
    ticks = list(range(0, days + 1, 30))
    return (
        alt.X("x:Q", axis=across, scale=domain),
        alt.Y("y:Q", axis=up("Days to decide", values=ticks), scale=alt.Scale(domain=[0, days + room], nice=False)),
    )


def told(log: pd.DataFrame) -> pd.DataFrame:
    """The decisions as a table to read, by bodies and by who led."""
    order = log.sort_values(["n_bodies", "single_lead", "days"], ascending=[True, False, True], kind="stable")
    table = order[["decision_id", "n_bodies", "single_lead", "days", "topic"]]
    return table.assign(single_lead=table["single_lead"].map({"Y": "yes", "N": "no"})).set_axis(COLUMNS, axis=1)

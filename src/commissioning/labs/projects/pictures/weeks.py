"""Weeks to sign-off: a mark for each project in its model's row, and the row's median."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.projects.pictures.rows import ABOVE, MODELS, listed, names, row_of, top
from commissioning.labs.risk.pictures.pairs import Pair, words

USE = Pair("In use after a year", "Not in use")
COLUMNS = ["Project", "Service", "Model", "Weeks to sign-off", "In use after a year"]


def weeks_chart(table: pd.DataFrame) -> Chart:
    """Each project's weeks to sign-off by model, in use after a year or not, with the median of each model."""
    medians = table.groupby("model")["weeks_to_signoff"].median()
    said = listed([f"{weeks:g} for {model}" for model, weeks in medians.items()])
    kept = table.sort_values(["model", "weeks_to_signoff"], kind="stable")
    columns = ["project_id", "service", "model", "weeks_to_signoff", "implemented_12m"]
    return chart(
        _picture(table, medians),
        id="weeks",
        takeaway=f"Half the projects of a model were signed off within this many weeks: {said}.",
        description=_description(table, medians),
        table=kept[columns].set_axis(COLUMNS, axis=1),
        note=f"Larkmere, synthetic data. {len(table)} projects.",
    )


def _picture(table: pd.DataFrame, medians: pd.Series[float]) -> HasDict:
    most = 10 * int(table["weeks_to_signoff"].max() // 10 + 1)
    x = alt.X("x:Q", axis=alt.Axis(title="Weeks to sign-off", tickCount=4), scale=alt.Scale(domain=[0, most]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, top() + 0.8]))
    return alt.layer(
        *_medians(medians, x, y),
        *USE.points(_marks(table).encode(x=x, y=y), size=130),
        names(table, 0, x, y),
        *_key(USE.first, 8, x, y),
        *_key(USE.second, 190, x, y),
    ).properties(width="container", height=360)


def _key(name: str, start: int, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """What a mark means, so many pixels from the left, above all rows."""
    one = alt.Chart(pd.DataFrame([(0, top() + 0.4, name)], columns=["x", "y", "series"]))
    label = words([(0, top() + 0.4, name)], x, y, align="left", dx=start + 14)
    return [*USE.points(one.encode(x=x, y=y, xOffset=alt.value(start)), size=90), label]


def _marks(table: pd.DataFrame) -> alt.Chart:
    """A mark for each project; those that took as long stand above one another."""
    marks = table.sort_values(["model", "weeks_to_signoff"], kind="stable")
    same = marks.groupby(["model", "weeks_to_signoff"]).cumcount()
    data = pd.DataFrame(
        {
            "project": marks["project_id"] + ", " + marks["service"],
            "series": marks["implemented_12m"].map({"Y": USE.first, "N": USE.second}),
            "x": marks["weeks_to_signoff"],
            "y": (marks["model"].map(row_of) - 0.1 + 0.34 * same).round(2),
        }
    )
    tooltip = [
        alt.Tooltip("project:N", title="Project"),
        alt.Tooltip("x:Q", title="Weeks"),
        alt.Tooltip("series:N", title="After a year"),
    ]
    return alt.Chart(data).encode(tooltip=tooltip)


def _medians(medians: pd.Series[float], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    rows = pd.DataFrame({"x": medians, "y": [row_of(str(model)) - 0.45 for model in medians.index]})
    rows["top"] = rows["y"] + ABOVE + 0.15
    texts = [(weeks, row_of(str(model)) + ABOVE, f"median {weeks:g}") for model, weeks in medians.items()]
    return [
        alt.Chart(rows).mark_rule(strokeWidth=3, style="ink").encode(x=x, y=y, y2="top:Q"),
        words([(at, up - 1.0, text) for at, up, text in texts], x, y, align="left", dx=8, dy=12),
    ]


def _description(table: pd.DataFrame, medians: pd.Series[float]) -> str:
    rows = " ".join(
        f"{MODELS[str(model)]}: {len(some)} projects, {some['weeks_to_signoff'].min()} to "
        f"{some['weeks_to_signoff'].max()} weeks, median {medians[model]:g}."
        for model, some in table.groupby("model")
    )
    return (
        "Synthetic data. Across: weeks from start to sign-off, from none. A row for each model, and in it a mark for "
        "each project: a filled diamond if it was in use after a year, a ring if not. An upright bar marks each "
        f"median. {rows}"
    )

"""A wall of tiles, one for each indicator, nearly all of them green; and under it a bar of reports that were of use.

A green tile is filled, an amber one is framed and hatched by a slash, a red one is dark: each holds its own letter.
"""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.indicators.ratings import TYPES, ratings
from commissioning.labs.indicators.reports import changed_a_decision, share_that_changed

ACROSS = 7
"""Tiles in a row, so that one is wide enough for a letter on a phone."""
GAP = 0.06
HEAD = 0.72
"""Height of a line of words above its tiles, where a tile is 1 high."""
COLUMNS = ["Indicator", "Measures", "Type", "Target", "Average", "Rating"]


def tiles_chart(kpi: pd.DataFrame, survey: pd.DataFrame) -> Chart:
    """Every indicator as a tile with the letter of its rating, by type, over a bar of reports that helped."""
    rows = ratings(kpi)
    green, share = int((rows["rating"] == "green").sum()), share_that_changed(survey)
    table = rows[["indicator", "name", "type", "target", "mean", "rating"]].round({"mean": 1})
    return chart(
        _picture(rows, survey),
        id="tiles",
        takeaway=f"Of {len(rows)} indicators {green} are green, and {share:.0f}% of the reports changed a decision.",
        description=_description(rows, survey),
        table=table.set_axis(COLUMNS, axis=1),
        note="Larkmere and its supplier, synthetic data. November 2012 to October 2013; ratings of the year's average.",
    )


def _laid(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, float]:
    """The tiles with their places, the words above each type with theirs, and where the wall ends."""
    tiles, heads, top = [], [], 0.0
    for kind in TYPES:
        some = rows[rows["type"] == kind].reset_index(drop=True)
        green = int((some["rating"] == "green").sum())
        heads.append((0.0, top + HEAD / 2, f"{kind.capitalize()}: {green} of {len(some)} green"))
        top += HEAD
        place = some.index.to_series()
        tiles.append(some.assign(x=place % ACROSS, y=top + place // ACROSS))
        top += (len(some) - 1) // ACROSS + 1 + 0.25
    laid = pd.concat(tiles, ignore_index=True)
    laid = laid.assign(x2=laid["x"] + 1 - GAP, y2=laid["y"] + 1 - GAP, letter=laid["rating"].str[0].str.upper())
    return laid, pd.DataFrame(heads, columns=["x", "y", "text"]), top


def _picture(rows: pd.DataFrame, survey: pd.DataFrame) -> HasDict:
    tiles, heads, wall = _laid(rows)
    tall = wall + HEAD + 2 * HEAD + 0.9
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, ACROSS], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[tall, 0], nice=False))
    base = alt.Chart(tiles[["indicator", "name", "rating", "letter", "x", "x2", "y", "y2"]]).encode(
        x=x,
        x2="x2:Q",
        y=y,
        y2="y2:Q",
        tooltip=[alt.Tooltip("name:N", title="Measures"), alt.Tooltip("rating:N", title="Rating")],
    )
    return alt.layer(
        *_tiles(base),
        *_letters(tiles, x, y),
        *_bar(survey, x, y, wall),
        alt.Chart(heads).mark_text(align="left", baseline="middle", style="ink").encode(x=x, y=y, text="text:N"),
    ).properties(width="container", height=round(36 * tall))


def _tiles(base: alt.Chart) -> list[alt.Chart]:
    """Green is teal and pale, amber a frame with dashes, red is dark and full."""
    green = base.transform_filter("datum.rating == 'green'")
    amber = base.transform_filter("datum.rating == 'amber'")
    red = base.transform_filter("datum.rating == 'red'")
    return [
        green.mark_rect(style="data-2", fillOpacity=0.28),
        amber.mark_rect(style="data-3", fillOpacity=0.28),
        amber.mark_rect(style="ink", filled=False, strokeWidth=2.5, strokeDash=[5, 3]),
        red.mark_rect(style="data-1", fillOpacity=0.28),
        red.mark_rect(style="ink", filled=False, strokeWidth=4),
    ]


def _letters(tiles: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    middle = (1 - GAP) / 2
    places = tiles.assign(x=tiles["x"] + middle, y=tiles["y"] + middle)[["x", "y", "letter", "rating"]]
    base = alt.Chart(places).encode(x=x, y=y, text="letter:N")
    quiet = base.transform_filter("datum.rating == 'green'").mark_text(baseline="middle", style="ink")
    loud = base.transform_filter("datum.rating != 'green'")
    return [quiet, loud.mark_text(baseline="middle", fontWeight="bold", style="ink")]


def _bar(survey: pd.DataFrame, x: alt.X, y: alt.Y, wall: float) -> list[alt.Chart]:
    """A bar of all reports, filled as far as they changed a decision, with its words above and below."""
    top, share = wall + 2 * HEAD, share_that_changed(survey)
    filled = ACROSS * share / 100
    bars = pd.DataFrame(
        {"x": [0, 0], "x2": [ACROSS - GAP, filled], "y": [top] * 2, "y2": [top + 0.7] * 2, "part": ["all", "changed"]}
    )
    said = [
        (0.0, top - HEAD / 2, f"{len(survey)} reports"),
        (0.0, top + 0.7 + HEAD / 2, f"{share:.0f}% changed a decision"),
    ]
    words = alt.Chart(pd.DataFrame(said, columns=["x", "y", "text"]))
    line = alt.Chart(pd.DataFrame({"x": [0], "x2": [ACROSS - GAP], "y": [wall + 0.2]}))
    base = alt.Chart(bars).encode(x=x, x2="x2:Q", y=y, y2="y2:Q")
    return [
        line.mark_rule(style="guide").encode(x=x, x2="x2:Q", y=y),
        base.transform_filter("datum.part == 'all'").mark_rect(style="guide", filled=False, strokeWidth=2),
        base.transform_filter("datum.part == 'changed'").mark_rect(style="data-1"),
        words.mark_text(align="left", baseline="middle", style="ink").encode(x=x, y=y, text="text:N"),
    ]


def _description(rows: pd.DataFrame, survey: pd.DataFrame) -> str:
    spoken = []
    for kind in TYPES:
        some = rows[rows["type"] == kind]
        counts = some["rating"].value_counts()
        said = ", ".join(f"{counts[rating]} {rating}" for rating in ("green", "amber", "red") if rating in counts)
        spoken.append(f"{kind}, {len(some)} tiles: {said}")
    changed = len(changed_a_decision(survey))
    return (
        "Synthetic data. A wall of tiles, one for each indicator, in four groups, each tile with the first letter of "
        f"its rating: {'; '.join(spoken)}. Under the wall, one bar stands for {len(survey)} reports, and is filled for "
        f"the {changed} ({share_that_changed(survey):.0f}%) of which whoever asked says that they changed a decision."
    )

"""One run among six thousand: a row for each lens, with the bands of the others and a diamond for the run's end."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.hundred_days.places import NAMES, places, six_thousand
from commissioning.labs.risk.pictures.pairs import words

COLUMNS = ["Lens", "This run", "Place (%)", "10% up to", "25% up to", "50% up to", "75% up to", "90% up to"]
STEP = 2.0
ABOVE = 0.72


def lenses_chart(
    run: pd.DataFrame, *, name: str = "This run", before: pd.DataFrame | None = None, among: pd.DataFrame | None = None
) -> Chart:
    """A run's end on the seven lenses, each against the bands of the 6,000; and an earlier run, if one is given.

    `run` and `before` are what `play` gives, `among` what `runs` gives. No lens is set against another: each has a row
    and bands of its own.
    """
    others = six_thousand() if among is None else among
    table = places(run, others)
    earlier = places(before, others) if before is not None else None
    best, worst = (table.index[table["place"] == table["place"].agg(how)][0] for how in ("max", "min"))
    highest, lowest = table["place"].max(), table["place"].min()
    told = table.assign(lens=[NAMES[lens] for lens in table.index])[["lens", *table.columns]].round(1)
    told = told.assign(place=table["place"].round(0))
    return chart(
        _picture(table, earlier),
        id="lenses",
        takeaway=(
            f"{name} is highest among the {len(others):,} on {_in_a_line(best)} ({_above(highest)}), "
            f"lowest on {_in_a_line(worst)} ({_above(lowest)})."
        ),
        description=_description(table, earlier, len(others)),
        table=_with_before(told.set_axis(COLUMNS, axis=1), earlier),
        note=f"Larkmere, synthetic data. {len(others):,} runs by policies drawn at random. There is no total.",
    )


def _in_a_line(lens: str) -> str:
    return NAMES[lens][0].lower() + NAMES[lens][1:]


def _above(at: float) -> str:
    """A place in words: nobody stands above all the runs, being one of their kind."""
    return "above nearly all" if at >= 99.5 else "below nearly all" if at < 0.5 else f"above {at:.0f}%"


def _with_before(told: pd.DataFrame, earlier: pd.DataFrame | None) -> pd.DataFrame:
    made = told.reset_index(drop=True)
    if earlier is not None:
        made.insert(2, "The run before", earlier["yours"].round(1).to_list())
    return made


def _up(row: int) -> float:
    return STEP * (len(NAMES) - 1 - row)


def _picture(table: pd.DataFrame, earlier: pd.DataFrame | None) -> HasDict:
    axis = alt.Axis(title="Lens, 0 to 100", values=[0, 25, 50, 75, 100])
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[0, 100]))
    top = STEP * (len(NAMES) - 1) + ABOVE + 1.6
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.6, top]))
    rows = table.assign(y=[_up(row) for row in range(len(table))]).round(2)
    wide = alt.Chart(pd.DataFrame({"x": rows["low"], "end": rows["high"], "y": rows["y"]}))
    half = alt.Chart(pd.DataFrame({"x": rows["quarter"], "end": rows["three_quarters"], "y": rows["y"]}))
    ticks = pd.DataFrame({"x": rows["middle"], "y": rows["y"] - 0.32, "head": rows["y"] + 0.32})
    names = [(0.0, y_ + ABOVE, NAMES[str(lens)]) for lens, y_ in rows["y"].items()]
    told = [(100.0, y_ + ABOVE, f"{yours:.0f}, {_above(at)}") for yours, at, y_ in _told(rows)]
    return alt.layer(
        wide.mark_rule(strokeWidth=3).encode(x=x, x2="end:Q", y=y),
        half.mark_rule(strokeWidth=12, opacity=0.55).encode(x=x, x2="end:Q", y=y),
        alt.Chart(ticks).mark_rule(strokeWidth=3, style="ink").encode(x=x, y=y, y2="head:Q"),
        *_before(rows, earlier, x, y),
        alt.Chart(pd.DataFrame({"x": rows["yours"], "y": rows["y"]}))
        .mark_point(shape="diamond", filled=True, opacity=1, size=210, style="data-1")
        .encode(x=x, y=y),
        words(names, x, y, align="left", dx=2),
        words(told, x, y, align="right", dx=-2),
        *_key(earlier is not None, top, x, y),
    ).properties(width="container", height=470)


def _told(rows: pd.DataFrame) -> list[tuple[float, float, float]]:
    return list(rows[["yours", "place", "y"]].itertuples(index=False, name=None))


def _before(rows: pd.DataFrame, earlier: pd.DataFrame | None, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    if earlier is None:
        return []
    rings = pd.DataFrame({"x": earlier["yours"].to_list(), "y": rows["y"].to_list()})
    return [
        alt.Chart(rings)
        .mark_point(shape="circle", filled=False, strokeWidth=3, opacity=1, size=260, style="data-2")
        .encode(x=x, y=y)
    ]


def _key(with_before: bool, top: float, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    up = top - 0.35
    mark = alt.Chart(pd.DataFrame({"x": [2.0], "y": [up]}))
    made = [
        mark.mark_point(shape="diamond", filled=True, opacity=1, size=170, style="data-1").encode(x=x, y=y),
        words([(5.0, up, "this run")], x, y, align="left"),
    ]
    if with_before:
        ring = alt.Chart(pd.DataFrame({"x": [37.0], "y": [up]}))
        made += [
            ring.mark_point(shape="circle", filled=False, strokeWidth=3, opacity=1, size=220, style="data-2").encode(
                x=x, y=y
            ),
            words([(40.5, up, "the run before")], x, y, align="left"),
        ]
    return made


def _description(table: pd.DataFrame, earlier: pd.DataFrame | None, others: int) -> str:
    rows = " ".join(
        f"{NAMES[str(lens)]}: {row['yours']:.0f}, at or above {row['place']:.0f}% of the runs, half of which lie "
        f"between {row['quarter']:.0f} and {row['three_quarters']:.0f}."
        for lens, row in table.iterrows()
    )
    ring = " A ring shows the run before." if earlier is not None else ""
    return (
        "Synthetic data. Across: each lens from 0 to 100. A row for each lens. A thick bar holds the middle half of "
        f"{others:,} runs, a thin line all but the lowest and the highest tenth, and a tick the middle run. A diamond "
        f"shows this run.{ring} {rows}"
    )

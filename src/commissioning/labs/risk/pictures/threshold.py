"""What a longer list gains and loses. The slider and what it says live in the chart itself: no kernel is asked."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.risk.lists import reach_by_share
from commissioning.labs.risk.pictures.pairs import Pair

LINES = Pair("Share of all admissions", "Listed people admitted")
SHARES = [half / 2 for half in range(1, 41)]
LIST = "Share of people on the list (%)"
COUNTS = ["Share of people (%)", "People", "People admitted", "Admissions"]


def threshold_chart(persons: pd.DataFrame, *, start: float = 5) -> Chart:
    """Reach and positive predictive value of lists from 0.5% to 20% of people; the slider starts at `start` %."""
    if start not in SHARES:
        raise ValueError(f"start must be one of 0.5, 1, 1.5 … 20, in per cent of the list (got {start})")
    table = reach_by_share(persons, SHARES)
    here = table.iloc[SHARES.index(start)]
    return chart(
        _picture(table, start),
        id="threshold",
        takeaway=(
            f"The riskiest {start:g}% of people have {here['share_of_admissions']:.0f}% of next year's emergency "
            f"admissions; {100 - here['positive_predictive_value']:.0f} of every 100 of them have none."
        ),
        description=_description(table),
        table=table.round(1).set_axis([*COUNTS, *(f"{name} (%)" for name in LINES.names)], axis=1),
        note="Larkmere with no matron, synthetic data. Ranked by risk score after year 1; admissions in year 2.",
    )


def _picture(table: pd.DataFrame, start: float) -> HasDict:
    names = {"share_of_admissions": LINES.first, "positive_predictive_value": LINES.second}
    long = table.rename(columns=names).melt(["share", "people"], list(names.values()), "series", "percent").round(2)
    base = alt.Chart(long).encode(
        x=alt.X("share:Q", axis=alt.Axis(title=LIST, grid=False, tickMinStep=5), scale=alt.Scale(domain=[0, 20])),
        y=alt.Y("percent:Q", axis=alt.Axis(title=None, labelExpr="datum.label + '%'"), scale=alt.Scale(domain=[0, 80])),
    )
    slider = alt.binding_range(min=SHARES[0], max=SHARES[-1], step=0.5, name=LIST)
    here = base.transform_filter("datum.share == cut")
    return (
        alt.layer(
            base.mark_line().encode(color=LINES.colour, strokeDash=LINES.dash),
            here.mark_rule(style="guide").encode(y=alt.value(0), y2=alt.value("height")),
            *LINES.points(here),
            *_read_outs(long),
        )
        .add_params(alt.param("cut", value=start, bind=slider))
        .properties(width="container", height=300)
    )


def _read_outs(long: pd.DataFrame) -> list[alt.Chart]:
    """Three lines above the picture that follow the slider; two begin with the mark of the line they read."""
    here = alt.Chart(long).transform_filter("datum.share == cut")
    first, second = (f"datum.series == '{name}'" for name in LINES.names)
    list_size = "'Riskiest ' + datum.share + '%: ' + format(datum.people, ',') + ' people'"
    reach = "format(datum.percent, '.0f') + '% of all admissions'"
    right = "format(datum.percent, '.0f') + ' of 100 listed are admitted'"
    keys = alt.Chart(pd.DataFrame({"series": LINES.names, "row": [-40, -16]}))
    marks = keys.encode(x=alt.value(7), y=alt.Y("row:Q", scale=None, axis=None))
    return [
        _read_out(here, first, list_size, 0, -64),
        _read_out(here, first, reach, 20, -40),
        _read_out(here, second, right, 20, -16),
        *LINES.points(marks, size=90),
    ]


def _read_out(here: alt.Chart, which: str, text: str, across: int, up: int) -> alt.Chart:
    said: alt.Chart = here.transform_filter(which).transform_calculate(said=text).mark_text(align="left")
    return said.encode(x=alt.value(across), y=alt.value(up), text="said:N")


def _description(table: pd.DataFrame) -> str:
    first, last = table.iloc[0], table.iloc[-1]
    return (
        "Synthetic data. Across: the share of people on the list, riskiest first, from 0.5% to 20%. Up: per cent. "
        "A solid line, the share of all next year's admissions that the list holds, climbs from "
        f"{first['share_of_admissions']:.0f}% to {last['share_of_admissions']:.0f}%. A dashed line, how many of 100 "
        f"listed people are admitted (positive predictive value), falls from {first['positive_predictive_value']:.0f} "
        f"to {last['positive_predictive_value']:.0f}. A slider reads both."
    )

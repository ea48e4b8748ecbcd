"""A&E attendances by deprivation fifth, with extended hours and without, and beside them everybody together."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.risk.pictures.pairs import Pair, up, words
from commissioning.labs.variation.hours import attendance_rates, crude_ratio, fair_ratio

HOURS = Pair("Extended hours", "Usual hours")
COLUMNS = ["Deprivation fifth", "Usual hours", "Extended hours"]
TOGETHER = 6.4
"""Where "all together" stands, beyond the five fifths."""


def fifths_chart(table: pd.DataFrame, *, count: str = "attendances") -> Chart:
    """Attendances for 1,000 people in each deprivation fifth and in all together, by whether hours are extended."""
    rates = attendance_rates(table, count=count)
    sums = table.groupby("extended_hours")[[count, "persons"]].sum()
    everybody = 1000 * sums[count] / sums["persons"]
    crude, fair = crude_ratio(table, count=count), fair_ratio(table, count=count)
    rows = pd.concat([rates, everybody.to_frame("all together").T])[["N", "Y"]]
    shown = rows.round(0).astype(int).reset_index(names="fifth").astype({"fifth": str}).set_axis(COLUMNS, axis=1)
    return chart(
        _picture(rates, everybody, count),
        id=f"fifths-{count}",
        takeaway=(
            f"All together, practices with extended hours have {_change(crude)} {_said(count)}; fifth by fifth, "
            f"they have {_change(fair)}."
        ),
        description=_description(rates, everybody, count),
        table=shown,
        note="Larkmere, synthetic data, 2013/14. Rates for 1,000 people in a year.",
    )


def _said(count: str) -> str:
    return "minor attendances" if count == "minor" else "attendances"


def _change(ratio: float) -> str:
    return f"{abs(100 * ratio - 100):.0f}% {'more' if ratio > 1 else 'fewer'}"


def _picture(rates: pd.DataFrame, everybody: pd.Series[float], count: str) -> HasDict:
    most = 50 * (int(rates.to_numpy().max() // 50) + 2)
    labels = "datum.value > 5 ? 'All' : datum.label"
    across = "Deprivation fifth (1 is the most deprived)"
    axis = alt.Axis(title=across, values=[1, 2, 3, 4, 5, TOGETHER], labelExpr=labels, labelOverlap=False, grid=False)
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[0.5, 7], nice=False))
    title = f"{'Minor attendances' if count == 'minor' else 'Attendances'} for 1,000 people"
    y = alt.Y("y:Q", axis=up(title, tickCount=5), scale=alt.Scale(domain=[0, most], nice=False))
    names = {"Y": HOURS.first, "N": HOURS.second}
    rows = [(fifth, round(float(rates.loc[fifth, key]), 1), names[key]) for key in "NY" for fifth in rates.index]
    alone = [(TOGETHER, round(float(everybody[key]), 1), names[key]) for key in "NY"]
    base = alt.Chart(pd.DataFrame(rows, columns=["x", "y", "series"])).encode(x=x, y=y)
    tooltip = [alt.Tooltip("series:N", title="Hours"), alt.Tooltip("y:Q", title="For 1,000 people", format=".0f")]
    points = alt.Chart(pd.DataFrame([*rows, *alone], columns=["x", "y", "series"])).encode(x=x, y=y, tooltip=tooltip)
    keys = alt.Chart(pd.DataFrame([(0.6, most * (0.13 - 0.08 * n), name) for n, name in enumerate(HOURS.names)],
                                  columns=["x", "y", "series"])).encode(x=x, y=y)  # fmt: skip
    return alt.layer(
        base.mark_line(strokeWidth=2).encode(color=HOURS.colour, strokeDash=HOURS.dash),
        *HOURS.points(points, size=100),
        *HOURS.points(keys, size=80),
        words([(0.6, most * (0.13 - 0.08 * n), name) for n, name in enumerate(HOURS.names)], x, y, align="left", dx=14),
    ).properties(width="container", height=340)


def _description(rates: pd.DataFrame, everybody: pd.Series[float], count: str) -> str:
    points = "; ".join(
        f"fifth {fifth}: {rates.loc[fifth, 'Y']:.0f} against {rates.loc[fifth, 'N']:.0f}" for fifth in rates.index
    )
    return (
        "Synthetic data. Across: five deprivation fifths, the most deprived first, then all people together. Up: "
        f"{_said(count)} at A&E for 1,000 people in a year. Diamonds on a solid line are practices with extended "
        f"hours; rings on a dashed line are the others. With extended hours against usual hours, {points}; "
        f"all together: {everybody['Y']:.0f} against {everybody['N']:.0f}."
    )

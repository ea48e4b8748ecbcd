"""The funnel: each practice by its size and its ratio, inside or outside what chance alone would do at that size."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.risk.pictures.pairs import Pair, up, words
from commissioning.labs.variation.funnel import INNER, OUTER, compared, limits, outside

COLUMNS = ["Practice", "People", "Expected", "Observed", "Ratio", "95% low", "95% high", "99.8% low", "99.8% high"]
FAR = Pair("Outside 99.8%", "Inside")


def funnel_chart(table: pd.DataFrame, *, named: bool = True, what: str = "") -> Chart:
    """Ratio against size, with the limits that hold 95% and 99.8% of practices if only chance is at work.

    `named=False` leaves out the names of those outside, for a class that is to find them; `what` says which admissions
    are counted, where they are not all.
    """
    rows, far = compared(table), outside(table, coverage=OUTER)
    near = [name for name in outside(table) if name not in far]
    rows["series"] = rows["practice_id"].isin(far).map({True: FAR.first, False: FAR.second})
    years = list(table["year"].unique())
    when = years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"
    return chart(
        _picture(rows, [*far, *near] if named else []),
        id="funnel-" + "".join(letter if letter.isalnum() else "-" for letter in f"{when}{what and '-'}{what}".lower()),
        takeaway=_takeaway(far, near, len(rows)),
        description=_description(rows, far, near, when, what),
        table=rows.drop(columns="series").round(1).set_axis(COLUMNS, axis=1),
        note=f"Larkmere, synthetic data, {when}{what and ', '}{what}. Limits: Spiegelhalter 2005.",
    )


def _takeaway(far: list[str], near: list[str], of: int) -> str:
    beyond = f"{_listed(far)} {'lies' if len(far) == 1 else 'lie'} outside the 99.8% limits" if far else ""
    between = f"{_listed(near)} {'lies' if len(near) == 1 else 'lie'} between these and the 95% limits" if near else ""
    if not far and not near:
        return f"All {of} practices lie inside the 95% limits."
    return f"{beyond or 'None lies outside the 99.8% limits'}{', and ' + between if between else ''}."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _picture(rows: pd.DataFrame, named: list[str]) -> HasDict:
    most = 100 * (int(rows["expected"].max() * 1.06 // 100) + 1)
    least = max(50, 100 * int(rows["expected"].min() * 0.85 // 100))
    lines = _lines(least, most)
    low = 5 * int(min(rows["ratio"].min(), lines["low"].min()) // 5)
    high = 5 * int(max(rows["ratio"].max(), lines["high"].max()) // 5 + 1)
    axis = alt.Axis(title="Admissions expected in the time shown", format=",d", tickCount=4, grid=False)
    x = alt.X("x:Q", axis=axis, scale=alt.Scale(domain=[least, most], nice=False))
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    y = alt.Y("y:Q", axis=up("Per cent of expected", tickCount=6), scale=scale)
    band = alt.Chart(lines).encode(x=x)
    level = alt.Chart(pd.DataFrame({"y": [100]})).mark_rule(strokeDash=[2, 4], strokeWidth=2, style="ink").encode(y=y)
    drawn = [
        band.transform_filter(alt.datum.limit == name)
        .mark_line(style="guide", strokeDash=dash, strokeWidth=2)
        .encode(y=end)
        for name, dash in (("95%", [7, 5]), ("99.8%", [1, 0]))
        for end in (alt.Y("low:Q", scale=scale), alt.Y("high:Q", scale=scale))
    ]
    ends = lines[lines["x"] == most].set_index("limit")["high"]
    labels = [(most, float(ends[name]), name) for name in ("95%", "99.8%")]
    return alt.layer(
        level,
        *drawn,
        *FAR.points(_points(rows).encode(x=x, y=y), size=110),
        words([(labels[0][0], labels[0][1], "95%")], x, y, align="right", dy=9),
        words([(labels[1][0], labels[1][1], "99.8%")], x, y, align="right", dy=-9),
        words(_names(rows, named), x, y, align="left", dx=10),
    ).properties(width="container", height=380)


def _lines(least: float, most: float) -> pd.DataFrame:
    steps = [least + (most - least) * (step / 40) ** 1.6 for step in range(41)]
    rows = [
        (name, expected, *(100 * end / expected for end in limits(expected, coverage=coverage)))
        for name, coverage in (("95%", INNER), ("99.8%", OUTER))
        for expected in steps
    ]
    return pd.DataFrame(rows, columns=["limit", "x", "low", "high"]).round(2)


def _points(rows: pd.DataFrame) -> alt.Chart:
    data = rows.assign(x=rows["expected"].round(0), y=rows["ratio"].round(1))
    tooltip = [
        alt.Tooltip("practice_id:N", title="Practice"),
        alt.Tooltip("observed:Q", title="Admissions", format=","),
        alt.Tooltip("x:Q", title="Expected", format=","),
        alt.Tooltip("y:Q", title="Per cent of expected"),
    ]
    return alt.Chart(data[["practice_id", "series", "observed", "x", "y"]]).encode(tooltip=tooltip)


def _names(rows: pd.DataFrame, named: list[str]) -> list[tuple[float, float, str]]:
    some = rows[rows["practice_id"].isin(named)]
    return list(zip(some["expected"].tolist(), some["ratio"].tolist(), some["practice_id"].tolist(), strict=True))


def _description(rows: pd.DataFrame, far: list[str], near: list[str], when: str, what: str) -> str:
    beyond = rows[rows["practice_id"].isin([*far, *near])]
    at = zip(beyond["practice_id"], beyond["ratio"], strict=True)
    places = "; ".join(f"{name} at {ratio:.0f}" for name, ratio in at)
    smallest = rows.sort_values("expected").to_dict("records")[0]
    return (
        f"Synthetic data, {len(rows)} practices, {when}{what and ', '}{what}. Across: how many emergency admissions "
        "are expected. Up: how many there were, in per cent of that. A dotted level line marks 100. Two pairs of lines "
        "close in on it from left to right, like a funnel on its side: a dashed pair that holds 95% of practices if "
        "only chance is at work, and a solid pair that holds 99.8%. Diamonds are practices outside the solid pair, "
        f"rings all others. The smallest, {smallest['practice_id']}, could lie from {smallest['low_95']:.0f} to "
        f"{smallest['high_95']:.0f} by chance 19 times in 20. Outside the dashed pair: {places or 'none'}."
    )

"""Before and after, where a matron was offered and where there was none."""

from __future__ import annotations

import altair as alt
import pandas as pd

from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.labs.risk.changes import Change, before_after_fall
from commissioning.labs.risk.comparisons import at_practices_with_matron
from commissioning.labs.risk.pictures.pairs import ARMS, GROUP, up, words

COLUMNS = ["Practices", "People", "Year 1 mean", "Year 2 mean", "Fall (%)"]


def before_after_chart(persons: pd.DataFrame) -> Chart:
    """From year 1 to year 2, people with two or more admissions in year 1: with a matron at their practice or not."""
    offered = at_practices_with_matron(persons)
    changes = {ARMS.first: before_after_fall(persons[offered]), ARMS.second: before_after_fall(persons[~offered])}
    with_matron, without = changes.values()
    rows = [(arm, c.people, round(c.before, 2), round(c.after, 2), round(c.fall, 1)) for arm, c in changes.items()]
    return chart(
        _picture(changes),
        id="before-after",
        takeaway=(
            f"Admissions fell by {with_matron.fall:.0f}% where a matron was offered, "
            f"and by {without.fall:.0f}% where there was none."
        ),
        description=_description(changes),
        table=pd.DataFrame(rows, columns=COLUMNS),
        note=f"Larkmere, synthetic data. {GROUP}.",
    )


def _picture(changes: dict[str, Change]) -> HasDict:
    rows = [(arm, *end) for arm, c in changes.items() for end in (("Year 1", c.before), ("Year 2", c.after))]
    base = alt.Chart(pd.DataFrame(rows, columns=["series", "year", "mean"]).round(3)).encode(
        x=alt.X("year:N", title=None, axis=alt.Axis(labelAngle=0, ticks=False), scale=alt.Scale(padding=0.4)),
        y=alt.Y("mean:Q", axis=up("Emergency admissions per person"), scale=alt.Scale(domain=[0, 2.5])),
        tooltip=["series:N", "year:N", alt.Tooltip("mean:Q", format=".2f")],
    )
    return alt.layer(
        base.mark_line().encode(color=ARMS.colour, strokeDash=ARMS.dash),
        *ARMS.points(base),
        words([("Year 1", changes[ARMS.first].before, f"{changes[ARMS.first].before:.1f}")], "x:N", "y:Q", dx=-28),
        *_ends(changes),
    ).properties(width="container", height=320)


def _ends(changes: dict[str, Change]) -> list[alt.Chart]:
    """The series' names and values under their ends, each behind a mark of its own."""
    rows = [("Year 2", 0.38 - 0.23 * row, f"{arm}: {c.after:.2f}", arm) for row, (arm, c) in enumerate(changes.items())]
    table = pd.DataFrame(rows, columns=["year", "mean", "text", "series"])
    names = alt.Chart(table).mark_text(align="left", dx=-112).encode(x="year:N", y="mean:Q", text="text:N")
    keys = alt.Chart(table).encode(x="year:N", y="mean:Q", xOffset=alt.value(-124))
    return [names, *ARMS.points(keys, size=90)]


def _description(changes: dict[str, Change]) -> str:
    ends = " ".join(
        f"{arm}, {c.people:,} people: {c.before:.2f} in year 1 and {c.after:.2f} in year 2."
        for arm, c in changes.items()
    )
    return (
        f"Synthetic data, {GROUP.lower()}. Across: year 1 and year 2. Up: emergency admissions per person, from none. "
        f"Two lines, nearly one on the other, run steeply down. {ends}"
    )

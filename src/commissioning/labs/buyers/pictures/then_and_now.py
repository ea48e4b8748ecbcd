"""Who bought each contact in 2013 and who buys it in 2026: a row for each contact, a mark for each year."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from commissioning.labs.buyers.bodies import by_body
from commissioning.labs.charts import Chart, HasDict, chart
from commissioning.place.services import NOT_ESTABLISHED, WITH, YEARS

SHOWN = ["contact", "day", "what", "commissioner_2013", "commissioner_2026", "confidence"]
COLUMNS = ["Contact", "Day", "What", "2013", "2026", "How sure"]
ROW = 24
"""Pixels from one contact to the next, and from one line of the key to the next."""
AT = dict(zip(YEARS, (0.74, 0.92), strict=True))
"""How far across each year's marks stand, as a share of the picture."""


@dataclass(frozen=True)
class Mark:
    """How a buyer is drawn: its shape, its colour's name in the theme, filled or not; `words` for the key."""

    shape: str
    style: str
    filled: bool
    words: str


MARKS = {
    "CCG": Mark("circle", "data-1", False, "CCG"),
    "ICB": Mark("circle", "data-1", True, "ICB"),
    "NHS England": Mark("diamond", "data-2", True, "NHS England"),
    "council": Mark("square", "data-3", True, "Council"),
    "shared": Mark("triangle-up", "ink", True, "Shared with council"),
    NOT_ESTABLISHED: Mark("cross", "guide", False, "Not established"),
}
"""Every buyer that may stand in a cell; two bodies that share a contact are drawn as "shared"."""

KEY = [["CCG", "ICB"], ["NHS England", "council"], ["shared", NOT_ESTABLISHED]]
"""The key above the picture, in three lines of two."""


def then_and_now_chart(contacts: pd.DataFrame) -> Chart:
    """Each contact of `labs.buyers.contacts()`, or of some of its rows, with its buyer in both years."""
    passed = (contacts[f"commissioner_{YEARS[0]}"] != contacts[f"commissioner_{YEARS[1]}"]).sum()
    return chart(
        _picture(contacts),
        id="then-and-now",
        takeaway=(
            f"{passed} of these {len(contacts)} contacts have another buyer in 2026 than in 2013; the other "
            f"{len(contacts) - passed} have the same, or none that is known."
        ),
        description=_description(contacts),
        table=contacts[SHOWN].set_axis(COLUMNS, axis=1),
        note="Contacts: invented, synthetic data. Buyers: kinds of body in England, as far as our sources say.",
    )


def _picture(contacts: pd.DataFrame) -> HasDict:
    long = _long(contacts)
    lines = alt.Axis(title=None, labels=False, ticks=False, domain=False, grid=True, tickBand="extent")
    row = alt.Y("row:O", axis=lines)
    across = alt.X("at:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    names = alt.Chart(long[long["at"] == AT[2013]][["row", "what"]])
    heads = alt.Chart(pd.DataFrame({"year": [str(year) for year in AT], "at": AT.values()}))
    return alt.layer(
        names.mark_text(align="left").encode(x=alt.value(0), y=row, text="what:N"),
        heads.mark_text(fontWeight="bold").encode(x=across, y=alt.value(-16), text="year:N"),
        *_marks(long, across, row),
        *_key(set(long["drawn"])),
    ).properties(width="container", height=ROW * len(contacts))


def _long(contacts: pd.DataFrame) -> pd.DataFrame:
    """A row for each contact and year: which row of the picture, how far across, what, who bought, and how drawn."""
    rows = contacts.reset_index(drop=True)
    parts = [
        pd.DataFrame(
            {
                "row": rows.index + 1,
                "at": at,
                "what": rows["contact"].astype(str) + "  " + rows["what"],
                "buyer": rows[f"commissioner_{year}"],
            }
        )
        for year, at in AT.items()
    ]
    long = pd.concat(parts, ignore_index=True)
    long["drawn"] = long["buyer"].mask(long["buyer"].str.contains(WITH, regex=False), "shared")
    return long


def _marks(long: pd.DataFrame, across: alt.X, row: alt.Y) -> list[alt.Chart]:
    placed = alt.Chart(long).encode(x=across, y=row, tooltip=[alt.Tooltip("what:N"), alt.Tooltip("buyer:N")])
    there = [name for name in MARKS if (long["drawn"] == name).any()]
    return [_drawn(placed.transform_filter(alt.datum.drawn == name), name) for name in there]


def _drawn(base: alt.Chart, name: str) -> alt.Chart:
    look = MARKS[name]
    drawn: alt.Chart = base.mark_point(
        shape=look.shape, filled=look.filled, style=look.style, size=150, opacity=1, strokeWidth=2.5
    )
    return drawn


def _key(there: set[str]) -> list[alt.Chart]:
    """The marks that are there with their words, above the picture, in two columns."""
    layers = []
    for line, pair in enumerate(KEY):
        for side, name in enumerate(pair):
            if name in there:
                down, left = -44 - ROW * (len(KEY) - 1 - line), 8 + side * 178
                here = alt.Chart(pd.DataFrame({"text": [MARKS[name].words]})).encode(y=alt.value(down))
                layers += [
                    _drawn(here.encode(x=alt.value(left)), name),
                    here.mark_text(align="left").encode(x=alt.value(left + 14), text="text:N"),
                ]
    return layers


def _description(contacts: pd.DataFrame) -> str:
    counted = by_body(contacts).to_dict()
    said = " ".join(
        f"In {year}: {', '.join(f'{body} {count}' for body, count in counted[year].items() if count)}."
        for year in YEARS
    )
    return (
        f"{len(contacts)} contacts of one invented person (synthetic data), one beneath the other in their order, with "
        "two columns of marks: who bought each in 2013, and who buys it in 2026. "
        f"{said} A contact that two bodies share is counted for both."
    )

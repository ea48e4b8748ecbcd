"""A record as a table: rows, CSV, a DataFrame, HTML for a notebook."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from commissioning import page
from commissioning.record.shapes import Record, State
from commissioning.record.views.answers import met, score, tell
from commissioning.record.views.begun import Begun, begun
from commissioning.record.views.index import COLUMNS, Index, index
from commissioning.record.views.progress import calibration, outcomes
from commissioning.record.views.texts import said_day

if TYPE_CHECKING:
    import pandas as pd

ENOUGH = 20
"""Answers with a certainty before calibration means anything."""
FORMULA = re.compile("^[=+\\-@\t\r\n＝＋－＠]")


def rows(record: Record, known: Index | None = None) -> list[dict[str, Any]]:
    """One row for each decision, question and reflection, in reading order; what the book no longer has comes last.

    Between them what is half-made (`begun`), with its day and its words where a last answer has them.
    """
    known = known or index()
    order = [*known.exercises, *(name for name in sorted(record.decisions) if name not in known.exercises)]
    made = [_decision_row(record.decisions[name], known) for name in order if name in record.decisions]
    made += [_begun_row(one, known) for one in begun(record, known)]
    return made + [_reflection_row(name, record, known) for name in sorted(record.reflections)]


def _decision_row(state: State, known: Index) -> dict[str, Any]:
    one = known.exercises.get(state.id)
    chapter = known.chapters[one.chapter].title if one else ""
    values = (
        ("question" if one.is_question else "decision") if one else "no longer in the book",
        chapter, one.number if one else "", state.id, one.title if one else "", state.kind,
        state.first.at, tell(one, state.first.response, state.kind),
        state.last.at, tell(one, state.last.response, state.kind),
        state.attempts, ((one and met(one, score(one, state.last))) or "").replace("-", " "),
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _begun_row(half: Begun, known: Index) -> dict[str, Any]:
    one = half.entry
    values = (
        "begun", known.chapters[half.chapter].title if one else "", one.number if one else "", half.name,
        one.title if one else "", one.kind if one else "", "", "", half.draft.at or "", half.words, "", "",
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _reflection_row(name: str, record: Record, known: Index) -> dict[str, Any]:
    slug, _, prompt = name.partition(".")
    title = known.chapters[slug].title if slug in known.chapters else ""
    words = record.reflections[name]
    values = ("reflection", title, "", name, prompt, "", "", "", words.at or "", words.text, "", "")
    return dict(zip(COLUMNS, values, strict=True))


def as_csv(record: Record, known: Index | None = None) -> str:
    """A table for a spreadsheet, which cannot take anybody's words for a formula. Begins with a byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe(str(value)) for value in row.values()] for row in rows(record, known))
    return "\ufeff" + out.getvalue()


def safe(cell: str) -> str:
    """The cell's text, which no spreadsheet takes for a formula. (OWASP, CSV Injection)"""
    return f"'{cell}" if FORMULA.match(cell) else cell


def as_dataframe(record: Record, known: Index | None = None) -> pd.DataFrame:
    """The same rows as a DataFrame; times are UTC."""
    import pandas as pd

    made = pd.DataFrame(rows(record, known), columns=list(COLUMNS))
    for column in ("first_at", "last_at"):
        made[column] = pd.to_datetime(made[column].replace("", None), utc=True, format="ISO8601")
    return made


def as_html(record: Record, known: Index | None = None) -> str:
    """A table for a notebook. Everything in it is escaped."""
    known = known or index()
    return page.filled(
        "record-notebook.html",
        rows=[row for row in rows(record, known) if row["what"] not in ("reflection", "begun")],
        begun=[(known.name(half.chapter) if half.entry else "", half) for half in begun(record, known)],
        notes={name: words.text for name, words in sorted(record.reflections.items()) if words.text},
        outcomes=_listed(record, known),
        levels=calibration(record, known),
        enough=ENOUGH,
        day=said_day,
        r=page.words()["record"]["says"],
    )


def _listed(record: Record, known: Index) -> list[tuple[str, str, str]]:
    return [
        (known.name(slug), known.outcomes(slug)[name], how)
        for slug, found in outcomes(record, known).items()
        for name, how in found.items()
        if how
    ]

"""Records to test with: states of answers to the fixture book, right and wrong, and a text that tries everything."""

from __future__ import annotations

import json
from typing import Any

from fixture_book import FIXTURES
from hypothesis import settings

from commissioning.record import Record
from commissioning.record.shapes import State
from commissioning.record.views import Index

CASES: list[dict[str, Any]] = json.loads((FIXTURES / "record" / "joined.json").read_text("utf-8"))
FILES: list[dict[str, Any]] = json.loads((FIXTURES / "record" / "files.json").read_text("utf-8"))
NASTY = (
    "<script>alert(1)</script> & \"quotes\" 'and' `code` *stars* _lines_ [a](javascript:alert(1)) "
    "</textarea> # head ~~~ | 🙂 שלום \u202e reversed"
)
FIRST = "2026-11-01T10:00:00.000Z"
SETTINGS = settings(max_examples=100, deadline=None)


def taken(known: Index, name: str, response: dict[str, Any], at: str = FIRST) -> dict[str, Any]:
    return {"response": response, "at": at, "edition": known.exercises[name].edition}


def state(known: Index, name: str, *answers: dict[str, Any], days: tuple[int, ...] = (1,)) -> State:
    """A state whose first and last answers were given on these days of November 2026."""
    at = [f"2026-11-{day:02}T10:00:00.000Z" for day in (days if len(days) > 1 else days * 2)]
    first, last = (taken(known, name, answer, when) for answer, when in zip((answers * 2)[:2], at, strict=True))
    kind = known.exercises[name].kind
    return State(id=name, kind=kind, first=first, last=last, attempts=len(answers))


def made(*states: State, **reflections: str) -> Record:
    notes = {name.replace("_", "-"): {"text": text, "at": FIRST} for name, text in reflections.items()}
    return Record(made_at=FIRST, decisions={s.id: s for s in states}, reflections=notes)


def right(known: Index, name: str, certainty: int = 3) -> dict[str, Any]:
    return {"choice": known.exercises[name].marking["key"], "certainty": certainty}


def wrong(known: Index, name: str, certainty: int = 3) -> dict[str, Any]:
    marking = known.exercises[name].marking
    return {"choice": next(o for o in marking["options"] if o != marking["key"]), "certainty": certainty}

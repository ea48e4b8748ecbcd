"""Ways through the book by reader and by time, and how long each truly takes.

In: a `Book` with its routes.yaml. Out: the steps of each route with their minutes, for the page that shows them and for
the check. A chapter's minutes are those at its head: to read, to decide, and for the lab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from commissioning.book import CELL, Book, Chapter
from commissioning.book.pages import Route, Stop
from commissioning.source.faults import Fault, did_you_mean
from commissioning.source.sheets import Sheet
from commissioning.source.tree import Trail

WITHIN = 0.10
"""How far a route's stated minutes may lie from the sum of its parts, as a share of that sum."""


@dataclass(frozen=True)
class Leg:
    """One part of a route as it is shown: where it leads, what it is called, how long it takes."""

    docname: str
    anchor: str
    title: str
    minutes: int
    note: str = ""
    is_session: bool = False


class UnknownStopError(LookupError):
    """A part of a route that the book does not hold; says which, and what may have been meant."""

    def __init__(self, what: str, name: str, known: list[str]) -> None:
        super().__init__(f"there is no {what} '{name}'.", did_you_mean(name, known))


def minutes_of(chapter: Chapter, *, lab: bool) -> int:
    """To read and to decide, and with the lab also the lab's own minutes and the decisions that stand in it."""
    head, left_out = chapter.head.model, set() if lab else lab_decisions(chapter)
    decided = [name for name in chapter.order if name in chapter.decisions and name not in left_out]
    decide = sum(chapter.decisions[name].model.minutes for name in decided)
    return int(head.reading_minutes + decide + (head.lab_minutes if lab else 0))


def lab_decisions(chapter: Chapter) -> set[str]:
    """The decisions below a heading that begins "The lab", down to the next heading of its level."""
    parts = re.split(r"^## ", chapter.text, flags=re.M)
    return {
        name for part in parts if part.startswith("The lab") for call, name in CELL.findall(part) if call == "decision"
    }


def legs(book: Book, route: Route) -> list[Leg]:
    """The parts of a route, in order. Raises UnknownStopError."""
    return [leg(book, stop) for stop in route.stops]


def leg(book: Book, stop: Stop) -> Leg:
    """One part of a route. Raises UnknownStopError."""
    if stop.decide:
        return _decision(book, stop)
    if stop.page:
        page = book.root / f"{stop.page}.md"
        if not page.is_file():
            raise UnknownStopError("page", stop.page, [])
        return Leg(stop.page, "", stop.title or stop.page, stop.minutes or 0, stop.note)
    name = stop.chapter or stop.session or ""
    if name not in book.chapters:
        raise UnknownStopError("chapter", name, list(book.chapters))
    chapter = book.chapters[name]
    if stop.session:
        return _session(chapter, stop)
    return Leg(chapter.docname, "", chapter.title, minutes_of(chapter, lab=stop.lab), stop.note)


def _decision(book: Book, stop: Stop) -> Leg:
    name = stop.decide or ""
    for chapter in book.pages.values():
        if name in chapter.decisions:
            decision = chapter.decisions[name].model
            return Leg(chapter.docname, name, decision.title, decision.minutes, stop.note)
    raise UnknownStopError("decision", name, [one for chapter in book.pages.values() for one in chapter.decisions])


def _session(chapter: Chapter, stop: Stop) -> Leg:
    """A session of the chapter's plan, in the length asked for: its own, or one of its longer forms."""
    session = chapter.session.model if chapter.session else None
    offered = [session.minutes, *session.longer] if session else []
    if stop.minutes not in offered:
        raise UnknownStopError(f"session of {stop.minutes} minutes in", chapter.slug, [])
    return Leg(f"book/{chapter.slug}/session", "", chapter.title, stop.minutes or 0, stop.note, is_session=True)


def find(book: Book, sheet: Sheet[dict[str, Route]]) -> Iterator[Fault]:
    """Parts that are not there, and minutes that do not add up within a tenth."""
    for name, route in sheet.model.items():
        total, known = 0, True
        for index, stop in enumerate(route.stops):
            try:
                total += leg(book, stop).minutes
            except UnknownStopError as error:
                known, at = False, (name, "stops", index)
                yield _unknown(sheet, at, error)
        if known and abs(route.minutes - total) > WITHIN * total:
            right = f"Say {total}, or change a part: a tenth either way is allowed."
            yield sheet.fault((name, "minutes"), f"the parts take {total} minutes, not {route.minutes}.", right)


def _unknown(sheet: Sheet[dict[str, Route]], at: Trail, error: UnknownStopError) -> Fault:
    wrong, right = error.args
    return sheet.fault(at, wrong, right)

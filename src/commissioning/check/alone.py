"""Routes stand alone: what a chapter asks again "from before" must have been met on the route that leads to it."""

from __future__ import annotations

from collections.abc import Iterator

from commissioning.book import Book
from commissioning.source.faults import Fault


def find(book: Book) -> Iterator[tuple[str, Fault]]:
    """Chapters of a route that ask questions of a chapter which the route has not passed through before."""
    sheet = book.about.get("routes")
    for name, route in (sheet.model if sheet else {}).items():
        passed: set[str] = set()
        for index, stop in enumerate(route.stops):
            slug = stop.chapter or stop.session or ""
            chapter = book.chapters.get(slug)
            strange = (
                {asked.partition("--")[0] for asked in chapter.head.model.from_before} - passed if chapter else set()
            )
            if sheet and strange:
                wrong = f"'{slug}' asks questions from {', '.join(sorted(strange))}, which this route has not met."
                right = "Lead through it first, or ask only of those whose record shows that they met it."
                yield "the-book", sheet.fault((name, "stops", index), wrong, right)
            passed.add(slug)

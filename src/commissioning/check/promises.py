"""What the book promises of itself and may, while it is being mended, still owe: each check by page, in one file.

`book/owed.yaml` names, for a check, the pages (or `the-book`) whose faults are known and are being mended. They are
counted, and `commissioning check --owed` prints them; a release accepts none. The file loosens no rule: an empty one,
or none, means that every promise is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from commissioning.book import Book
from commissioning.check import (
    alone,
    answered,
    grids,
    guessers,
    limits,
    minutes,
    pairs,
    prose,
    revealed,
    sittings,
    stories,
    uncited,
)
from commissioning.source.cache import cached, digest_of
from commissioning.source.faults import Fault, Faults, did_you_mean
from commissioning.source.files import digest_of_all
from commissioning.source.sheets import Sheet, read_yaml

THE_BOOK = "the-book"
FILE = "owed.yaml"
MADE_BY = ("check", "book", "kinds", "scenario", "source", "game", "labs", "place")
"""The parts of the package that decide what is found."""
Found = Iterator[tuple[str, Fault]]
PROMISES: dict[str, Callable[[Book], Found]] = {
    "guessers": guessers.find,
    "revealed": revealed.find,
    "answered": answered.find,
    "minutes": minutes.find,
    "sittings": sittings.find,
    "prose": prose.find,
    "grids": grids.find,
    "routes": alone.find,
    "stories": stories.find,
    "uncited": uncited.find,
    "dominated": pairs.find,
    "limits": limits.find,
}
"""Each promise by its name in owed.yaml: what finds its faults, as (page or `the-book`, fault)."""


class Owed(NamedTuple):
    """One fault that is known and still to be mended."""

    check: str
    page: str
    fault: Fault


def find(book: Book, *, release: bool = False) -> tuple[list[Fault], list[Owed]]:
    """The faults of every promise, and those of them that are owed (on a release none is). Raises nothing.

    The first list also holds what is wrong with the file itself.
    """
    try:
        sheet = _read(book)
    except Faults as error:
        return error.faults, []
    found = _all(book)
    known = [] if release else [one for one in found if _is_owed(sheet, one)]
    faults = [one.fault for one in found if release or not _is_owed(sheet, one)]
    return [*(_find_in_file(book, sheet) if sheet else ()), *faults], known


def in_words(book: Book) -> Iterator[str]:
    """The lines that tell what is owed: each check and page with its faults, then how many there are of each."""
    found = find(book)[1]
    for name, page, fault in found:
        yield f"[{name}, {page}] {fault}"
    for name, many in Counter(one.check for one in found).items():
        yield f"{name}: {many} owed"
    yield f"{len(found)} faults are still owed."


def _all(book: Book) -> list[Owed]:
    """Every fault of every promise: kept until a file of the book, or the code that finds them, changes."""
    text = f"{book.root} {digest_of_all(book.root / 'book')} {digest_of(*MADE_BY)}"
    return cached(text, book.root / "book" / FILE, Path(__file__), list[Owed], lambda: list(_found(book)))


def _found(book: Book) -> Iterator[Owed]:
    for name, finder in PROMISES.items():
        for page, fault in finder(book):
            yield Owed(name, page, fault)


def _read(book: Book) -> Sheet[Any] | None:
    path = book.root / "book" / FILE
    return read_yaml(path, dict[str, list[str]]) if path.is_file() else None


def _is_owed(sheet: Sheet[Any] | None, found: Owed) -> bool:
    return sheet is not None and found.page in sheet.model.get(found.check, [])


def _find_in_file(book: Book, sheet: Sheet[Any]) -> Iterator[Fault]:
    for name, pages in sheet.model.items():
        if name not in PROMISES:
            yield sheet.fault((name,), f"there is no check '{name}'.", did_you_mean(name, PROMISES))
        for index, page in enumerate(pages):
            if page not in (*book.pages, THE_BOOK):
                wrong = f"there is no page '{page}'."
                yield sheet.fault((name, index), wrong, did_you_mean(page, [*book.pages, THE_BOOK]))

"""What a page shows of the rest of the book: it is read again when that has changed, and not when a file has.

A page that is made of other pages' titles (the contents of a route, the table of what is taught where) does not change
when an author mends a sentence in one of them. So such a page names what it shows (`note_shown`), and a build compares
a digest of it with the one that the page was made from. The page's own files are noted as ever (`the_book.note_files`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import astuple
from functools import lru_cache
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from commissioning.book import Book, routes, uses
from commissioning.book.coverage import taught_by
from commissioning.record.views import index_json
from commissioning.site.noted import Noted
from commissioning.site.the_book import book_of
from commissioning.source.cache import cached_in_book, digest_of
from commissioning.source.files import digest_of_all

NOTED = Noted("shown")
"""What each page shows."""


def chapters(book: Book) -> Any:
    """The numbers and titles of all chapters and galleries, in their order."""
    return [[page.slug, getattr(page.head.model, "number", 0), page.title] for page in book.pages.values()]


def exercises(book: Book) -> Any:
    """What each page may teach with, and the numbers and titles of its decisions in the order of the page."""
    return [
        [page.slug, taught_by(page), [[n, page.number_of(n), s.model.title] for n, s in page.decisions.items()]]
        for page in book.chapters.values()
    ]


def legs(book: Book) -> Any:
    """The steps of every route, with their titles and minutes; of one that cannot be walked, why."""
    made = []
    for route in book.about["routes"].model.values() if "routes" in book.about else ():
        try:
            made.append([route.minutes, [astuple(leg) for leg in routes.legs(book, route)]])
        except routes.UnknownStopError as error:
            made.append([str(error)])
    return made


def citations(book: Book) -> Any:
    """The titles of all pages, and the pages that cite each source."""
    return [uses.pages(book), uses.by_target(book)]


def record(book: Book) -> Any:
    """All that My record says of any exercise."""
    return index_json(book, lambda chapter, name: f"{chapter.docname}#{name}", as_of="", title="")


SHOWN: dict[str, Callable[[Book], Any]] = {one.__name__: one for one in (chapters, exercises, legs, citations, record)}
"""What a page may show, by its name."""
MADE_BY = ("source", "scenario", "place", "game", "labs", "kinds", "book", "page", "record")
"""The parts of this package that say what is shown."""
_NOW: dict[str, str] = {}
"""The digests of this build."""


def note_shown(env: BuildEnvironment, *names: str) -> None:
    """Build the page that is being read again when what these names stand for has changed."""
    mine = NOTED.of(env).setdefault(env.docname, {})
    mine |= {name: _digest(book_of(env), name) for name in names}


def _digest(book: Book, name: str) -> str:
    if name not in _NOW:
        known = f"{name} {book.root} {_files(book.root)} {digest_of(*MADE_BY)}"
        _NOW[name] = cached_in_book(known, book.root, Path(__file__), str, lambda: _worked_out(book, name))
    return _NOW[name]


def _worked_out(book: Book, name: str) -> str:
    text = json.dumps(SHOWN[name](book), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=1)
def _files(root: Path) -> str:
    """A digest of every file that a book is read from: while none changes, nothing that is shown does."""
    beside = (path.read_bytes() for name in ("_toc.yml", "_config.yml") if (path := root / name).is_file())
    return f"{digest_of_all(root / 'book')} {hashlib.sha256(b''.join(beside)).hexdigest()}"


def changed(app: Sphinx, env: BuildEnvironment, *_: Iterable[str]) -> list[str]:
    """The pages that show something that is no longer so."""
    book = book_of(env)
    return NOTED.outdated(env, lambda name: _digest(book, name) if name in SHOWN else None)


def begin(app: Sphinx) -> None:
    """A new build works it all out afresh."""
    _NOW.clear()
    _files.cache_clear()


def setup(app: Sphinx) -> None:
    """Compare before the pages are read."""
    app.connect("builder-inited", begin)
    app.connect("env-get-outdated", changed)
    NOTED.connect(app)

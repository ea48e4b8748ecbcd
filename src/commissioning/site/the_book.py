"""The book's own files, as the Sphinx side reads them: once per build, with an author's faults said in words."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

from commissioning import page
from commissioning.book import Book, Chapter, read_book
from commissioning.source import markdown
from commissioning.source.faults import Faults
from commissioning.source.root import BUILDING
from commissioning.source.tree import read_tree

WORDS: dict[str, Any] = page.words() | read_tree((Path(__file__).parent / "words.yaml").read_text("utf-8"))[0]
EVIDENCE = ("facts.yaml", "references.bib")


class AuthorsError(SphinxError):
    """What an author must mend before the book can be built; Sphinx prints it without a traceback."""

    category = "The book cannot be read"


def book_of(env: BuildEnvironment) -> Book:
    """The book that is being built. Raises AuthorsError, naming every fault at once."""
    return _book(Path(env.srcdir))


@lru_cache(maxsize=1)
def _book(root: Path) -> Book:
    try:
        return read_book(root)
    except Faults as faults:
        raise AuthorsError(f"\n{faults}") from None


def forget(app: Sphinx) -> None:
    """Read the files afresh in each build, and let notebooks that are run for it find the same book."""
    _book.cache_clear()
    os.environ["COMMISSIONING_BOOK"] = str(app.srcdir)
    os.environ[BUILDING] = "1"


def chapter_of(env: BuildEnvironment, docname: str) -> Chapter | None:
    """The chapter whose folder a page lies in, or None."""
    return book_of(env).chapters.get(Path(docname).parent.name)


def note_files(env: BuildEnvironment, names: Iterable[str | Path]) -> None:
    """Build the page that is being read again when one of these files of the book changes."""
    for name in names:
        env.note_dependency(str(Path(env.srcdir, "book", name)))


def link(target: str) -> dict[str, str]:
    """The attributes of a link in an author's Markdown: to the source that stands at the end of the page."""
    return {"class": "fact", "href": f"#src-{target}"}


def rich(text: str) -> str:
    """An author's Markdown as block HTML."""
    return markdown.html(text, link)


def line(text: str) -> str:
    """One line of an author's Markdown as HTML."""
    return markdown.inline_html(text, link)


def day(value: Any) -> str:
    """21 November 2026, from a date or from its ISO form; other text is left as it is."""
    try:
        found = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return f"{found.day} {found:%B %Y}"


def tag(name: str, inner: str, **attributes: str) -> str:
    """`<name …>inner</name>`; attribute values are escaped, `class_` means class, `_` becomes `-`.

    All but links end their line: Sphinx takes excerpts for its search from the bare text.
    """
    given = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{given}>{inner}</{name}>" + ("" if name == "a" else "\n")

"""Headings and targets of a page that would take the address of something else in it, or of another page's heading.

A heading "Contents" has the address #contents, which is the book's own contents beside every page; one called as a
decision is takes the decision's. Links, "On this page" and the keyboard then lead to the wrong one of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from commissioning.book import Book
from commissioning.check.words import seen
from commissioning.source.faults import Fault
from commissioning.source.files import authored
from commissioning.source.sheets import read_utf8

HEADING = re.compile(r"^(?:#{1,6}[ \t]+(?P<heading>.+?)[ \t]*#*|\((?P<target>[^()\n]+)\)=)[ \t]*$", re.MULTILINE)
BEFORE_HEADING = re.compile(r"^\((?P<name>[^()\n]+)\)=[ \t]*\n(?:[ \t]*\n)*#{1,6}[ \t]", re.MULTILINE)
"""A target whose name a heading takes: two pages with the same one make the build's own warning, and links guess."""
TEMPLATES = Path(__file__).parent.parent / "site" / "templates"
ID = re.compile(r'\bid="([a-z0-9-]+)"')


def find(book: Book) -> Iterator[Fault]:
    """Every heading, and every target, that takes a reserved address, with its line."""
    of_decisions = {chapter.docname: set(chapter.decisions) for chapter in book.pages.values()}
    named: dict[str, Path] = {}
    for path in authored(book.root / "book", "**/*.md"):
        page = path.relative_to(book.root).with_suffix("").as_posix()
        yield from _in_page(path, of_decisions.get(page, set()))
        yield from _named_before(path, named, book.root)


def _named_before(path: Path, named: dict[str, Path], root: Path) -> Iterator[Fault]:
    """Targets of this page's headings that another page's heading has; those met here are added to `named`."""
    text = seen(read_utf8(path))
    for found in BEFORE_HEADING.finditer(text):
        if other := named.get(found["name"]):
            wrong = f"'({found['name']})=' names a heading here, and one in {other.relative_to(root / 'book')}."
            yield Fault(path, text.count("\n", 0, found.start()) + 1, "", wrong, "Call one of them something else.")
        named.setdefault(found["name"], path)


def _in_page(path: Path, decisions: set[str]) -> Iterator[Fault]:
    text = seen(read_utf8(path))
    taken = {name: f"decision '{name}'" for one in decisions for name in (one, f"{one}-title")}
    taken |= dict.fromkeys(reserved(), "the book's own, on every page")
    for found in HEADING.finditer(text):
        words = found["heading"] or found["target"]
        if whose := taken.get(address(words)):
            wrong = f"'{words}' would have the address #{address(words)}, which is that of {whose}."
            yield Fault(path, text.count("\n", 0, found.start()) + 1, "", wrong, "Call it something else.")


@cache
def reserved() -> frozenset[str]:
    """The addresses that every page of the book has for itself, as its templates give them."""
    parts = sorted(TEMPLATES.iterdir())  # by path: to ask the package of the site for them would load all of Sphinx
    return frozenset(name for part in parts for name in ID.findall(part.read_text(encoding="utf-8")))


def address(words: str) -> str:
    """The address of a heading, as docutils makes it: "What to keep" is #what-to-keep."""
    plain = re.sub(r"[*`]|\{\w+\}", "", words).lower()
    return re.sub(r"^[-0-9]+|-+$", "", re.sub(r"[^a-z0-9]+", "-", plain))

"""Headings and targets of a page that would take the address of something else in it.

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
TEMPLATES = Path(__file__).parent.parent / "site" / "templates"
ID = re.compile(r'\bid="([a-z0-9-]+)"')


def find(book: Book) -> Iterator[Fault]:
    """Every heading, and every target, that takes a reserved address, with its line."""
    of_decisions = {chapter.docname: set(chapter.decisions) for chapter in book.pages.values()}
    for path in authored(book.root / "book", "**/*.md"):
        page = path.relative_to(book.root).with_suffix("").as_posix()
        yield from _in_page(path, of_decisions.get(page, set()))


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

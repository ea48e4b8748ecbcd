"""The contents, the pages and the notebooks against one another: what is named and not there, and what is not named."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from commissioning.book import Book, contents
from commissioning.source.faults import Fault
from commissioning.source.files import authored
from commissioning.source.sheets import read_utf8


def find(book: Book) -> Iterator[Fault]:
    """Pages that stand there twice or not at all, another order than the numbers give, labs without a notebook."""
    path = book.root / contents.FILE
    entries = contents.entries(read_utf8(path))
    yield from _entries_twice(path, entries)
    yield from _pages_without_an_entry(book, entries)
    yield from _in_numbers(book, path, entries)
    yield from _in_notebooks(book)


def _entries_twice(path: Path, entries: list[contents.Entry]) -> Iterator[Fault]:
    """(That each entry has a page is found when the book is read: `book.names`.)"""
    seen: dict[str, int] = {}
    for line, page in entries:
        if page in seen:
            yield Fault(path, line, page, f"the page stands in line {seen[page]} already.", "Keep one of the two.")
        seen.setdefault(page, line)


def _pages_without_an_entry(book: Book, entries: list[contents.Entry]) -> Iterator[Fault]:
    listed = {entry.page for entry in entries}
    for page in _pages(book):
        if page not in listed:
            right = f"Add a line '- file: {page}' to {contents.FILE}, where it belongs."
            yield Fault(book.root / f"{page}.md", 1, "", "the contents do not name this page.", right)


def _pages(book: Book) -> list[str]:
    found = authored(book.root / "book", "**/*.md")
    return [path.relative_to(book.root).with_suffix("").as_posix() for path in found if "decisions" not in path.parts]


def _in_numbers(book: Book, path: Path, entries: list[contents.Entry]) -> Iterator[Fault]:
    numbers: dict[int, str] = {}
    for chapter in book.chapters.values():
        number = chapter.head.model.number
        if number in numbers:
            right = f"Type: commissioning move {chapter.slug} --to {max(numbers) + 1}, or another that is free."
            yield chapter.head.fault(("number",), f"'{numbers[number]}' is chapter {number} too.", right)
        numbers[number] = chapter.slug
    lines = {page: line for line, page in entries}
    listed = [(lines[c.docname], c) for c in book.chapters.values() if c.docname in lines]
    for (before, first), (line, second) in pairwise(listed):
        if line < before and first.head.model.number != second.head.model.number:
            wrong = f"chapter {second.head.model.number} stands before chapter {first.head.model.number}."
            yield Fault(path, line, second.docname, wrong, "Put them in the order of their numbers.")


def _in_notebooks(book: Book) -> Iterator[Fault]:
    for chapter in book.chapters.values():
        names = [f"{folder}/{chapter.slug}.ipynb" for folder in ("solutions", "exercises")]
        there = [name for name in names if (book.root / name).is_file()]
        minutes = chapter.head.model.lab_minutes
        if minutes and not there:
            wrong = f"{minutes} minutes for a lab, and there is no notebook {names[0]}."
            yield chapter.head.fault(("lab_minutes",), wrong, "Write it, or say 0.")
        elif there and not minutes:
            wrong = f"there is a notebook, {there[0]}, and no time for it."
            yield chapter.head.fault(("lab_minutes",), wrong, "Say how many minutes it takes.")

"""Sense checks over the whole book: what a model of one file cannot see.

`find_all` yields every fault; `commissioning check` prints them. The rules are those of the curriculum's design: every
option has its own consequence and explanation (R10), explanations are short (R13), every outcome is met by a decision
and by a question (R3), no stretch of reading is longer than 900 words (R35), and nothing points to what is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from commissioning.book import Book, read_book
from commissioning.check import addresses, contents, dated, kinds, lives, promises, untouched, written
from commissioning.check import game as check_game
from commissioning.check import pages as check_pages
from commissioning.check import words as check_words
from commissioning.check.chapters import (
    find_in_head,
    find_in_outcomes,
    find_in_page,
    find_in_questions,
    find_in_session,
    find_keys_in_one_place,
)
from commissioning.check.evidence import find_in_facts, find_in_glossary, find_in_links
from commissioning.check.exercises import find_in_exercise
from commissioning.source.faults import Fault, Faults

SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def find_all(root: Path | None = None, *, release: date | None = None) -> list[Fault]:
    """Every fault in the book, of shape or, if there is none of those, of sense. Sorted by file and line.

    `release` is the day on which the book is to go out: on that day no fact that a page cites may be due for review.
    """
    return find_all_and_owed(root, release=release)[0]


def find_all_and_owed(
    root: Path | None = None, *, release: date | None = None
) -> tuple[list[Fault], list[promises.Owed]]:
    """The same, and the faults that book/owed.yaml lists as still owed; on a release nothing may be owed."""
    try:
        book = read_book(root)
    except Faults as error:
        return error.faults, []
    overdue = check_pages.find_overdue(book, release) if release else ()
    broken, owed = promises.find(book, release=release is not None)
    return sorted({*find(book), *broken, *overdue}), owed


def find(book: Book) -> Iterator[Fault]:
    """Every fault of sense, apart from the book's promises of itself (`promises`)."""
    for chapter in book.pages.values():
        for name, sheet in chapter.decisions.items():
            yield from find_in_exercise(book, chapter, sheet, ())
            if name not in chapter.order:
                right = f'Add a cell with decision("{name}") to index.md, or delete the file.'
                yield sheet.fault((), "no cell of the chapter shows this decision.", right)
        yield from find_in_page(book, chapter)
    for chapter in book.chapters.values():
        yield from find_in_questions(book, chapter)
        yield from find_in_head(book, chapter)
        yield from find_in_session(book, chapter)
        yield from find_in_outcomes(chapter)
    yield from check_words.find(book)
    yield from addresses.find(book)
    yield from find_in_ids(book)
    yield from contents.find(book)
    yield from written.find(book)
    yield from untouched.find(book)
    yield from kinds.find(book)
    yield from find_in_facts(book)
    yield from dated.find(book)
    yield from lives.find(book)
    yield from find_in_glossary(book)
    yield from check_pages.find(book, find_in_links)
    yield from check_game.find(book, find_in_links)


def find_in_ids(book: Book) -> Iterator[Fault]:
    """Two decisions of the same id, file names that are no ids, and keys that all stand at one place."""
    seen: dict[str, Path] = {}
    for chapter in book.pages.values():
        for name, sheet in chapter.decisions.items():
            if name in seen:
                yield sheet.fault((), f"there is another decision '{name}' in {seen[name].parent.parent.name}.", "")
            seen[name] = sheet.path
            if not SLUG.match(name):
                right = "Use small letters and figures with single hyphens between them: it is the decision's id."
                yield sheet.fault((), f"'{sheet.path.name}' will not do as a file's name.", right)
    yield from find_keys_in_one_place(book)

"""Words that are still those of a starting file: of a decision, or of a chapter begun with `commissioning new`.

Compared line by line with the starting files themselves, so a file needs no mark that somebody must remember to delete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from commissioning.book import Book, Chapter, starters
from commissioning.book.chapters import STARTER
from commissioning.source.faults import Fault
from commissioning.source.sheets import read_utf8

ENOUGH = 8
"""How many words tell a line from one that any author might write."""
WORD = re.compile(r"[A-Za-z][a-z]+(?=[\s,.;?!\"']|$)")


def find(book: Book) -> Iterator[Fault]:
    """One fault for each file that holds two or more lines of its starting file, at the first of them."""
    for chapter in book.pages.values():
        for path, begun in _files(chapter):
            left = [n for n, line in enumerate(read_utf8(path).splitlines(), 1) if line.strip() in begun]
            if len(left) > 1:
                wrong = f"{len(left)} lines of this file are still the starting file's."
                yield Fault(path, left[0], "", wrong, "Write your own words here, or take the file out.")


def _files(chapter: Chapter) -> Iterator[tuple[Path, frozenset[str]]]:
    for name in ("index.md", "questions.yaml", "session.yaml"):
        if (chapter.path / name).is_file():
            yield chapter.path / name, _lines((STARTER / name).read_text(encoding="utf-8"))
    for sheet in chapter.decisions.values():
        yield sheet.path, _decision(sheet.model.kind)


@cache
def _decision(kind: str) -> frozenset[str]:
    return _lines(starters.starter(kind))


@cache
def _lines(text: str) -> frozenset[str]:
    """The lines of a starting file that hold words of its own."""
    stripped = (line.strip() for line in text.splitlines())
    return frozenset(line for line in stripped if not line.startswith("#") and len(WORD.findall(line)) >= ENOUGH)

"""What a kind of decision owes and has not: asked of every folder of a kind, in the words of `kinds.kind`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from commissioning import kinds
from commissioning.book import Book
from commissioning.kinds.kind import ELSEWHERE, folder_of, what_is_missing
from commissioning.source.faults import Fault

FOLDER = Path(kinds.__file__).parent


def find(book: Book) -> Iterator[Fault]:
    """A folder that KINDS does not name, a part that is missing, and (in the repository) what is owed elsewhere."""
    known = {folder_of(kind).name for kind in kinds.KINDS.values()}
    for path in sorted(FOLDER.glob("*/__init__.py")):
        if path.parent.name not in known:
            yield Fault(path, 1, "", "this kind is not in the book.", "Name it in KINDS, in kinds/__init__.py.")
    for kind in kinds.KINDS.values():
        path = folder_of(kind) / "__init__.py"
        for missing in what_is_missing(kind):
            yield Fault(path, 1, "", missing)
        yield from _elsewhere(book, kind.NAME, path, has_decisions=bool(getattr(kind, "Decision", None)))


def _elsewhere(book: Book, name: str, path: Path, *, has_decisions: bool) -> Iterator[Fault]:
    if book.root not in FOLDER.parents:  # not the book that this package belongs to
        return
    for pattern, what in ELSEWHERE.items():
        place = pattern.format(name=name, module=name.replace("-", "_"))
        if not (book.root / place).is_file() and (has_decisions or not place.startswith("book/")):
            yield Fault(path, 1, "", f"{place} is missing: {what}.")

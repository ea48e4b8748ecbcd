"""A learner's own folder: the chapters as notebooks and the exercises, beside whatever stands there already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from commissioning.book import read_book
from commissioning.jupyter.notebooks.chapters import chapter_notebook
from commissioning.jupyter.notebooks.shape import to_bytes
from commissioning.source.faults import Fault, Faults
from commissioning.source.files import authored
from commissioning.source.whole import write_whole


def write_lab(root: Path, folder: Path) -> Iterator[tuple[Path, bool]]:
    """Copy chapters and exercises into a folder. Yields each path, and whether it was written (False: it was kept).

    What already stands in the folder is never changed. Raises Faults before anything is written.
    """
    if folder.exists() and not folder.is_dir():
        raise Faults([Fault(folder, 1, "", "this is a file.", "Name a folder, which may be new.")])
    for name, content in copies(root).items():
        path = folder / name
        yield path, write_whole(path, content, replace=False)


def copies(root: Path) -> dict[str, bytes]:
    """Every file of a learner's folder, by its path there: no session plans, no solutions."""
    book = read_book(root)
    made = {
        f"chapters/{slug}.ipynb": to_bytes(chapter_notebook(book, chapter)) for slug, chapter in book.chapters.items()
    }
    return made | {f"exercises/{path.name}": path.read_bytes() for path in authored(root / "exercises", "*.ipynb")}

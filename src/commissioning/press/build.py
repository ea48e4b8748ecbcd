"""Builds the book with Jupyter Book, and says the truth about it: what failed stays failed until it is mended.

Before Sphinx starts, the authors' files are read, so that a slip in one of them is told in our words and nothing else.
While a build runs, and after one that failed, `_build/unfinished` names the pages that must be read again ("*" for
all of them): Sphinx warns only when it reads a page, and a build that was cut short leaves no other trace.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from commissioning.book import Book, Chapter, read_book
from commissioning.book.unfinished import AGAIN, MARK
from commissioning.check.schemas import write_schemas
from commissioning.press.turns import one_at_a_time
from commissioning.source.faults import Fault, Faults

JUPYTER_BOOK = """
from commissioning.source.quick import without
with without():
    from jupyter_book.cli.main import main
    import nbformat
main()
"""
ARGUMENTS = ["build", "-q", "-n", "-W", "--keep-going"]
TELL = "COMMISSIONING_TELL"
"""Asks a build for a line a page: see site/progress.py."""
EXERCISE = re.compile(r'<decision-exercise[^>]*\bid="([^"]+)"')
Run = Callable[[Path, dict[str, str]], int]


def jupyter_book(folder: Path, environment: dict[str, str]) -> int:
    """Run Jupyter Book in a process of its own; its exit code."""
    command = [sys.executable, "-c", JUPYTER_BOOK, *ARGUMENTS, str(folder)]
    return subprocess.run(command, check=False, cwd=folder, env=environment).returncode


def build(folder: Path, *, clean: bool = False, run: Run = jupyter_book) -> bool:
    """Build the book into `_build/html`; whether it was built without a warning, and its pages hold all they should.

    Raises Faults where an author's file cannot be read, before anything is built, and where a page lacks an exercise.
    Two builds of one book wait for one another.
    """
    with one_at_a_time(folder / ".build.lock"):
        book = read_book(folder)
        write_schemas(folder / ".schemas")
        if clean:
            shutil.rmtree(folder / "_build", ignore_errors=True)
        mark = folder / MARK
        again = mark.read_text(encoding="utf-8").strip() or "*" if mark.is_file() else ""
        mark.parent.mkdir(exist_ok=True)
        mark.write_text("*\n", encoding="utf-8")
        if run(folder, {**os.environ, AGAIN: again, "COMMISSIONING_BOOK": str(folder), TELL: "1"}):
            return False
        write_schemas(folder / "_build" / "html" / "schemas")
        if lacking := list(find_lacking(book, folder / "_build" / "html")):
            raise Faults(lacking)
        mark.unlink()
        return True


def find_lacking(book: Book, site: Path) -> Iterator[Fault]:
    """Exercises that the check counted and the built page does not hold, and pages that are not there at all."""
    for chapter in book.pages.values():
        page = site / f"{chapter.docname}.html"
        if not page.is_file():
            yield Fault(chapter.path / "index.md", 1, "", "the page was not built.", "Is it in _toc.yml?")
            continue
        held = set(EXERCISE.findall(page.read_text(encoding="utf-8")))
        for name in _expected(chapter):
            if name not in held:
                right = "Is its cell inside a comment, or its value not the last line of the cell?"
                yield Fault(chapter.path / "index.md", 1, "", f"the built page does not show '{name}'.", right)


def _expected(chapter: Chapter) -> list[str]:
    questions = list(chapter.questions.model) if chapter.questions else []
    return [*chapter.decisions, *(f"{chapter.slug}--{name}" for name in questions)]

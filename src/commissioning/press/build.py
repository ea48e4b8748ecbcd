"""Builds the book with Jupyter Book, and says the truth about it: what failed stays failed until it is mended.

Before Sphinx starts, the authors' files are read, so that a slip in one of them is told in our words and nothing else.
While a build runs, and after one that failed, `_build/unfinished` names the pages that must be read again ("*" for
all of them): Sphinx warns only when it reads a page, and a build that was cut short leaves no other trace.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from functools import partial
from html import unescape
from pathlib import Path

from commissioning.book import Book, Chapter, read_book
from commissioning.book.unfinished import AGAIN, MARK, TELL
from commissioning.check.schemas import write_schemas
from commissioning.press import unchanged
from commissioning.press.runs import Run, jupyter_book
from commissioning.source.cache import cached_in_book
from commissioning.source.faults import Fault, Faults
from commissioning.source.turns import one_at_a_time
from commissioning.source.whole import write_whole

ATTRIBUTES = r"""[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*"""
PART = re.compile(
    r"<!--.*?(?:-->|\Z)"
    rf"|<(script|style)\b{ATTRIBUTES}>.*?(?:</\1\s*>|\Z)"
    rf"|<(?P<tag>/?[a-z][^\s/>]*)(?P<attributes>{ATTRIBUTES})>",
    re.DOTALL | re.IGNORECASE,
)
"""A page cut into comments, scripts, styles and tags, in a hundredth of the time that a parser takes."""
OWN_ID = re.compile(r"""\sid\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def build(folder: Path, *, clean: bool = False, run: Run = jupyter_book) -> bool:
    """Build the book into `_build/html`; whether it was built without a warning, and its pages hold all they should.

    Raises Faults where an author's file cannot be read, before anything is built, and where a page lacks an exercise.
    Two builds of one book wait for one another. Where nothing has changed since one that succeeded, nothing is done.
    """
    with one_at_a_time(folder / ".build.lock"):
        sources = unchanged.made_from(folder)
        if not clean and unchanged.is_unchanged(folder, sources):
            return True
        book = read_book(folder)
        write_schemas(folder / ".schemas")
        if clean:
            shutil.rmtree(folder / "_build", ignore_errors=True)
        mark = folder / MARK
        again = mark.read_text(encoding="utf-8").strip() or "*" if mark.is_file() else ""
        write_whole(mark, "*\n")
        if run(folder, {**os.environ, AGAIN: again, "COMMISSIONING_BOOK": str(folder), TELL: "1"}):
            return False
        if lacking := list(find_lacking(book, folder / "_build" / "html")):
            raise Faults(lacking)
        mark.unlink()
        unchanged.note(folder, sources)
        return True


def find_lacking(book: Book, site: Path) -> Iterator[Fault]:
    """Exercises that the check counted and the built page does not hold in that order, and pages that are not there."""
    for chapter in book.pages.values():
        page, source = site / f"{chapter.docname}.html", chapter.path / "index.md"
        if not page.is_file():
            yield Fault(source, 1, "", "the page was not built.", "Is it in _toc.yml?")
            continue
        html, expected = page.read_text(encoding="utf-8"), _expected(chapter)
        held = cached_in_book(html, book.root, Path(__file__), list[str], partial(exercises_in, html))
        for name in expected:
            if name not in held:
                right = "Is its cell inside a comment, or its value not the last line of the cell?"
                yield Fault(source, 1, "", f"the built page does not show '{name}'.", right)
        for name in held:
            if name not in expected:
                yield Fault(source, 1, "", f"the built page shows '{name}', which was not checked.", "Take it out.")
        decided = [name for name in held if name in chapter.decisions]
        if set(decided) == set(chapter.order) and decided != list(chapter.order):
            wrong = f"the built page shows its decisions in another order: {', '.join(decided)}."
            yield Fault(source, 1, "", wrong, "Show each once, in a cell of its own.")


def _expected(chapter: Chapter) -> list[str]:
    questions = list(chapter.questions.model) if chapter.questions else []
    before = [] if chapter.is_gallery else chapter.head.model.from_before
    return [*before, *chapter.decisions, *(f"{chapter.slug}--{name}" for name in questions)]


def exercises_in(html: str) -> list[str]:
    """The ids of the exercises that a page shows, in order: not those in a comment, a script or a template."""
    found, hidden = list[str](), 0
    for part in PART.finditer(html):
        name = (part["tag"] or "").lower()
        if name in ("template", "/template"):
            hidden = max(hidden + (1 if name == "template" else -1), 0)
        elif name == "decision-exercise" and not hidden:
            own = OWN_ID.search(part["attributes"])
            found.append(unescape(own[1] or own[2] or own[3]) if own else "")
    return found

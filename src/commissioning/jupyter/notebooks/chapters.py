"""A chapter's index.md as a notebook that needs nothing but Jupyter: plain Markdown, every cell shown.

In: a chapter of the book. Out: an nbformat notebook. jupytext cuts the page into cells; blocks and roles are resolved
here, and what they cite is listed at the end.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from nbformat import NotebookNode

from commissioning.book import Book, Chapter
from commissioning.jupyter.notebooks.blocks import WRITE_HERE, plain_lines
from commissioning.jupyter.notebooks.evidence import Evidence, anchor, link, split
from commissioning.jupyter.notebooks.shape import cell, notebook, words
from commissioning.source.extras import install_line

ROLE = re.compile(r"\{(?P<name>[a-z:-]+)\}`(?P<content>[^`]+)`")
TARGET = re.compile(r"^\((?P<name>[\w-]+)\)=\s*\n+#+[ \t]+(?P<heading>.+)$", re.M)


def chapter_notebook(book: Book, chapter: Chapter) -> NotebookNode:
    """The chapter as a learner's own notebook. Raises LookupError if jupytext is not installed."""
    evidence = Evidence(book)
    made: list[tuple[str, str]] = []
    for part in _parts(chapter):
        if part.cell_type == "code":
            made.append(("code", part.source))
        else:
            made += [("markdown", text) for text in _plain_cells(part.source, chapter, evidence)]
    made.insert(1, ("markdown", words()["copy_note"].strip()))
    made += [("markdown", text) for text in evidence.lists()]
    return notebook([cell(kind, f"cell-{n:03d}", text) for n, (kind, text) in enumerate(made, 1)], chapter=chapter.slug)


def _parts(chapter: Chapter) -> list[Any]:
    """The page's cells, as jupytext cuts them."""
    try:
        import jupytext
    except ModuleNotFoundError:
        needs = f"jupytext, which is not installed. Type: {install_line('lab')}"
        raise LookupError(f"to make a notebook of a chapter takes {needs}") from None
    page = (chapter.path / "index.md").read_text(encoding="utf-8")
    return list(jupytext.reads(page, fmt="md:myst").cells)


def _plain_cells(text: str, chapter: Chapter, evidence: Evidence) -> list[str]:
    """The Markdown of one cell, plain; two cells and an empty one between them where the reader is asked to write."""
    plain = _resolved("\n".join(plain_lines(text.split("\n"), chapter)), chapter, evidence)
    tidy = re.sub(r"\n{3,}", "\n\n", plain).strip()
    before, *after = tidy.split(WRITE_HERE)
    cells = [before.strip()]
    for more in after:
        cells += ["", more.strip()]
    return [one for place, one in enumerate(cells) if one or place % 2]


def _resolved(text: str, chapter: Chapter, evidence: Evidence) -> str:
    """Every role as plain Markdown."""
    headings = {found["name"]: found["heading"] for found in TARGET.finditer(chapter.text)}
    known = {"fact": evidence.fact, "figure": evidence.place, "place": evidence.place}
    known |= {"term": evidence.term, "source": evidence.source}

    def resolved(role: re.Match[str]) -> str:
        shown, target = split(" ".join(role["content"].split()))
        if role["name"] in known:
            return known[role["name"]](shown, target)
        return _pointed(role["name"], shown, target, headings)

    return ROLE.sub(resolved, text)


def _pointed(role: str, shown: str, target: str, headings: dict[str, str]) -> str:
    """A role that points elsewhere: into this page, to an exercise, or (as words alone) to what no notebook has."""
    if role == "ref" and target in headings:
        return link(headings[target] if shown == target else shown, anchor(headings[target]))
    path = PurePosixPath(target)
    if role == "download" and path.parent.name == "exercises":
        return link(shown, f"../exercises/{path.name}")
    return shown

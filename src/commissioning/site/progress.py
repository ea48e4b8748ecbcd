"""A line for each page that a build reads, so that whoever waits sees that it moves. Off unless a build asks for it.

Sphinx itself runs quietly (`-q`), for its own lines say little to an author; warnings are printed as ever.
"""

from __future__ import annotations

import os
import sys

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from commissioning.book.unfinished import TELL


def tell(words: str) -> None:
    """One line, at once, if this build was asked to tell how it gets on."""
    if os.environ.get(TELL):
        print(words, file=sys.stderr, flush=True)


def _before(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    many = len(docnames)
    tell(f"{many} page{'s' if many != 1 else ''} to read" if many else "nothing has changed")


def _reading(app: Sphinx, docname: str, source: list[str]) -> None:
    tell(f"  {docname}")


def _after(app: Sphinx, env: BuildEnvironment) -> None:
    tell("read; the pages are being written")


def setup(app: Sphinx) -> None:
    """Listen to what Sphinx is about to do. Before `side_by_side`, which runs the notebooks of the pages named."""
    app.connect("env-before-read-docs", _before, priority=100)
    app.connect("source-read", _reading, priority=100)
    app.connect("env-updated", _after, priority=900)

"""Pages that a build must read again although they have not changed, and what it leaves for the next one to read again.

Sphinx keeps a page that it read with a warning, and says nothing of it the next time. So the pages that a build
warned of are named in `_build/unfinished`, and `build` hands them to the next one.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from commissioning.book.unfinished import AGAIN, MARK
from commissioning.source.whole import write_whole


class Warned(logging.Handler):
    """Collects the pages that warnings are about; "*" where one does not say."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self.app, self.pages = app, set[str]()

    def emit(self, record: logging.LogRecord) -> None:
        """One warning or error, before Sphinx has made a text of its place."""
        self.pages.add(self._page(getattr(record, "location", None)))

    def _page(self, location: Any) -> str:
        if isinstance(location, tuple):
            location = location[0]
        source = str(getattr(location, "source", None) or location or "")
        name = source.split(":")[0] if source[1:3] != ":\\" else source.rsplit(":", 1)[0]
        found = self.app.env.path2doc(name) if Path(name).is_file() else name
        return found if found and found in self.app.env.found_docs else "*"


def begin(app: Sphinx) -> None:
    """Listen to the warnings of this build."""
    app.commissioning_warned = Warned(app)  # type: ignore[attr-defined]
    logging.getLogger("sphinx").addHandler(app.commissioning_warned)  # type: ignore[attr-defined]


def outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """The pages that the last build did not finish."""
    again = os.environ.get(AGAIN, "").split()
    return sorted(env.found_docs if "*" in again else set(again) & env.found_docs)


def leave(app: Sphinx, error: Exception | None) -> None:
    """Name the pages that were warned of; a build that broke down leaves "*"; take away pages that are no more."""
    warned: Warned = app.commissioning_warned  # type: ignore[attr-defined]
    logging.getLogger("sphinx").removeHandler(warned)
    mark = Path(app.outdir).parent.parent / MARK
    if error is None and mark.is_file():
        write_whole(mark, "\n".join(sorted(warned.pages) or ["-"]) + "\n")
    if error is None and app.builder.format == "html":
        written = {Path(app.builder.get_outfilename(docname)) for docname in app.env.found_docs}  # type: ignore[attr-defined]
        for page in Path(app.outdir, "book").rglob("*.html"):
            if page not in written:
                page.unlink()


def setup(app: Sphinx) -> None:
    """Before the pages are looked at, and after all is written."""
    app.connect("builder-inited", begin)
    app.connect("env-get-outdated", outdated)
    app.connect("build-finished", leave, priority=900)

"""What is noted of each page when it is read, for the next build to compare: kept with Sphinx's own environment.

A note that a page has no more goes when the page is read again, and notes made in another process are joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

Notes = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Noted:
    """The notes of one kind: of each page, names with a digest of what stood behind them."""

    name: str

    def of(self, env: BuildEnvironment) -> Notes:
        """All of them, by page; to read and to add to."""
        kept = f"commissioning_{self.name}"
        if not hasattr(env, kept):
            setattr(env, kept, {})
        found: Notes = getattr(env, kept)
        return found

    def outdated(self, env: BuildEnvironment, digest: Callable[[str], str | None]) -> list[str]:
        """The pages of which something noted has another digest now."""
        pages = self.of(env)
        return sorted(
            page
            for page in pages.keys() & env.found_docs
            if any(digest(name) != was for name, was in pages[page].items())
        )

    def forget(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """What was noted of a page before it is read again."""
        self.of(env).pop(docname, None)

    def join(self, app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
        """What was noted of pages that were read in another process."""
        self.of(env).update({page: notes for page, notes in self.of(other).items() if page in docnames})

    def connect(self, app: Sphinx) -> None:
        """Keep the notes as long as they are true."""
        app.connect("env-purge-doc", self.forget)
        app.connect("env-merge-info", self.join)

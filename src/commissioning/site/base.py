"""What our directives share: they read the book, and speak to an author by file and line."""

from __future__ import annotations

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from commissioning.book import Chapter
from commissioning.site.the_book import chapter_of

LOGGER = logging.getLogger(__name__)


class BookDirective(SphinxDirective):
    """A directive that may read the book, and that speaks to an author by file and line."""

    def warn(self, message: str) -> list[nodes.Node]:
        """A warning where the directive stands, and nothing in the page."""
        LOGGER.warning(message, location=self.get_location(), type="commissioning", subtype=self.name)
        return []

    def chapter(self) -> Chapter | None:
        """The chapter whose folder this page lies in."""
        return chapter_of(self.env, self.env.docname)

    def parsed(self) -> list[nodes.Node]:
        """The directive's content as nodes."""
        holder = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, holder)
        return list(holder.children)

    def needs_chapter(self) -> list[nodes.Node]:
        """Said where a page has no `chapter:` in its front matter."""
        return self.warn(f"{{{self.name}}} needs a page in a chapter's folder, with 'chapter:' in its front matter.")

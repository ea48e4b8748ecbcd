"""My record: {record} puts the page's words there, and the index of all exercises that `front/record/` reads.

The index stands in the page as JSON, so that the page also works from disk.
"""

from __future__ import annotations

import re

from docutils import nodes
from markupsafe import Markup

from commissioning import page
from commissioning.book import Book, Chapter
from commissioning.book.compile import compile_decision
from commissioning.record.views import index_json
from commissioning.site.base import BookDirective
from commissioning.site.blocks import raw
from commissioning.site.shown import note_shown
from commissioning.site.the_book import book_of, day

SCHEMA = "schemas/record.schema.json"
DRAWING = re.compile(r'<svg class="fork".*?</svg>', re.DOTALL)


def drawings(book: Book) -> dict[str, Markup]:
    """The drawing of each kind that the book uses, from the first decision of it, as its head shows it."""
    found: dict[str, Markup] = {}
    for chapter in book.pages.values():
        for name, sheet in chapter.decisions.items():
            if sheet.model.kind not in found and (drawn := DRAWING.search(page.render(compile_decision(book, name)))):
                found[sheet.model.kind] = Markup(drawn[0])
    return found


class RecordPage(BookDirective):
    """The whole of the page below its title."""

    def run(self) -> list[nodes.Node]:
        """Read again when anything changes that it says of an exercise."""
        book = book_of(self.env)
        note_shown(self.env, "record")
        title, as_of = self.config.html_title, day(self.config.commissioning_as_of)
        index = index_json(book, self.address, as_of=as_of, title=title)
        words = page.words()["record"]
        html = page.filled(
            "record.html",
            p=words["page"],
            undo=words["says"]["undo"],
            drawings=drawings(book),
            index=Markup(page.safe_json(index)),
            schema="../" * self.env.app.builder.get_target_uri(self.env.docname).count("/") + SCHEMA,
        )
        return [raw(html)]

    def address(self, chapter: Chapter, name: str) -> str:
        """Where an exercise of a chapter stands, from this page."""
        builder = self.env.app.builder
        there = builder.get_relative_uri(self.env.docname, chapter.docname)
        return f"{there}#{name}" if name else there

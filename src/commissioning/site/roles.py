"""What an author writes in a sentence: {fact}, {figure}, {source}, {term}, {chapter-title}, {chapters}.

Each is a plain link to the source or the meaning that stands at the end of the same page, so it works without
JavaScript and in print; `front/book.js` opens it where the reader is. An unknown id is a warning, hence an error (-W).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole

from commissioning.book import Book
from commissioning.site.the_book import EVIDENCE, book_of, note_files
from commissioning.source.faults import did_you_mean
from commissioning.source.shapes import Term

LOGGER = logging.getLogger(__name__)
Made = tuple[list[nodes.Node], list[nodes.system_message]]


class EvidenceRole(ReferenceRole):
    """What the four roles share: words that link to an id, or a warning that names the nearest id."""

    speaks_of = "id"

    def linked(self, words: str, href: str, *classes: str) -> Made:
        """The words as a link within the page."""
        return [nodes.reference("", words, refuri=href, internal=True, classes=list(classes))], []

    def unknown(self, known: Iterable[str]) -> Made:
        """The words as plain text, with a warning for the author."""
        hint = f"there is no {self.speaks_of} '{self.target}'. {did_you_mean(self.target, known)}".strip()
        LOGGER.warning(hint, location=(self.env.docname, self.lineno), type="commissioning", subtype=self.name)
        return [nodes.Text(self.title)], []


class FactRole(EvidenceRole):
    """{fact}`F217` prints the fact's own value; {fact}`32 practices <F217>` prints those words."""

    speaks_of = "fact"

    def run(self) -> Made:
        """A dotted link to the source of the fact."""
        note_files(self.env, EVIDENCE)
        facts = book_of(self.env).facts
        if self.target not in facts:
            return self.unknown(facts)
        words = self.title if self.has_explicit_title else facts[self.target].value
        return self.linked(words, f"#src-{self.target}", "fact")


class FigureRole(EvidenceRole):
    """{figure}`68% <L6-fall>`: a lab's figure, from the synthetic place. {place} is its older name."""

    speaks_of = "figure of the place"

    def run(self) -> Made:
        """A dotted link to what the figure means, marked as synthetic."""
        from commissioning import labs

        figures = labs.figures()
        if self.target not in figures:
            return self.unknown(figures)
        return self.linked(self.title, f"#src-{self.target}", "fact", "place")


class SourceRole(EvidenceRole):
    """{source}`roland-2005` prints "Roland and others 2005"; other words may be given."""

    speaks_of = "source"

    def run(self) -> Made:
        """A dotted link to the whole citation."""
        note_files(self.env, ["references.bib"])
        sources = book_of(self.env).sources
        if self.target not in sources:
            return self.unknown(sources)
        words = self.title if self.has_explicit_title else sources[self.target].short
        return self.linked(words, f"#src-{self.target}", "fact")


class TermRole(EvidenceRole):
    """{term}`risk stratification`, {term}`Matrons <community-matron>`: a word and its meaning."""

    speaks_of = "glossary entry"

    def run(self) -> Made:
        """A dashed link to the meaning, which opens under the line it stands in."""
        note_files(self.env, ["glossary.yaml"])
        glossary = book_of(self.env).glossary
        entry = slug_of(self.target, glossary)
        if entry is None:
            return self.unknown([*glossary, *(term.term for term in glossary.values())])
        return self.linked(self.title, f"#m-{entry}", "term")


class ChapterTitleRole(EvidenceRole):
    """{chapter-title}`buying-help`: the title as that chapter's own page has it."""

    speaks_of = "chapter"

    def run(self) -> Made:
        """The words alone: a heading may hold them."""
        chapters = book_of(self.env).chapters
        if self.target not in chapters:
            return self.unknown(chapters)
        note_files(self.env, [f"{self.target}/index.md"])
        return [nodes.Text(chapters[self.target].title)], []


class ChaptersRole(EvidenceRole):
    """{chapters}`ready` or {chapters}`planned`: how many chapters the book has, or will have once all are written."""

    speaks_of = "count of chapters"

    def run(self) -> Made:
        """The number, counted when the page is built."""
        note_files(self.env, ["coverage.yaml"])
        counts = chapter_counts(book_of(self.env))
        if self.target not in counts:
            return self.unknown(counts)
        return [nodes.Text(str(counts[self.target]))], []


def chapter_counts(book: Book) -> dict[str, int]:
    """The chapters that are ready, and those together with the ones that coverage.yaml says are to come."""
    to_come = book.about["coverage"].model.planned if "coverage" in book.about else {}
    return {"ready": len(book.chapters), "planned": len(book.chapters) + len(to_come)}


def slug_of(words: str, glossary: dict[str, Term]) -> str | None:
    """The entry that a word means: by its id, its term or either's plural; None if there is none."""
    by_name = {term.term.lower(): slug for slug, term in glossary.items()}
    spelled = words.strip().lower()
    for name in (spelled, spelled.removesuffix("s")):
        dashed = re.sub(r"[^a-z0-9]+", "-", name).strip("-")
        if entry := by_name.get(name) or (dashed if dashed in glossary else None):
            return entry
    return None


def setup(app: Sphinx) -> None:
    """{term} takes the place of Sphinx's own role of that name."""
    app.add_role("fact", FactRole())
    app.add_role("figure", FigureRole())
    app.add_role("place", FigureRole())
    app.add_role("source", SourceRole())
    app.add_role("chapter-title", ChapterTitleRole())
    app.add_role("chapters", ChaptersRole())
    app.add_role_to_domain("std", "term", TermRole(), override=True)

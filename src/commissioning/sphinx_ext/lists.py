"""Pages that are made from one file: {facts-list}, {glossary-list} and the tutor's {session}."""

from __future__ import annotations

from html import escape
from pathlib import Path

from docutils import nodes

from commissioning import compile, page
from commissioning.book import Book
from commissioning.sphinx_ext.base import BookDirective
from commissioning.sphinx_ext.blocks import raw
from commissioning.sphinx_ext.evidence import full_meaning, source_inner
from commissioning.sphinx_ext.the_book import EVIDENCE, WORDS, book_of, note_files, tag


class FactsList(BookDirective):
    """Every fact and every reference of the book."""

    def run(self) -> list[nodes.Node]:
        """Facts first, in the order of the file; then references by author."""
        note_files(self.env, EVIDENCE)
        book = book_of(self.env)
        facts = [listed_source(book, name, label=name) for name in book.facts]
        sources = [listed_source(book, name) for name in sorted(book.sources, key=lambda key: book.sources[key].short)]
        return [
            raw(tag("div", "".join(facts), class_="sources-list")),
            titled("references", WORDS["references"], tag("div", "".join(sources), class_="sources-list")),
        ]


def listed_source(book: Book, name: str, *, label: str = "") -> str:
    """One source of the list, under the id that links on this page use."""
    note = compile.note(book, name)
    head = f'<p class="label">{escape(label)}</p>' if label else ""
    return tag("div", head + (source_inner(note) if note else ""), class_="source", id_=f"src-{name}")


def titled(name: str, title: str, html: str) -> nodes.section:
    """A section with a heading that stands in "On this page"."""
    return nodes.section("", nodes.title("", title), raw(html), ids=[name], names=[name])


class GlossaryList(BookDirective):
    """Every word of the glossary with all that is said of it."""

    def run(self) -> list[nodes.Node]:
        """A definition list in alphabetical order."""
        note_files(self.env, ["glossary.yaml"])
        entries = sorted(book_of(self.env).glossary.items(), key=lambda entry: entry[1].term.lower())
        rows = (tag("dt", escape(term.term), id_=f"m-{slug}") + tag("dd", full_meaning(term)) for slug, term in entries)
        return [raw(tag("dl", "".join(rows), class_="glossary"))]


class SessionPage(BookDirective):
    """A tutor's page from session.yaml: of the chapter that is named, or in whose folder the page stands."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The session; the page is marked as a tutor's, and search does not lead learners to it."""
        slug = self.arguments[0] if self.arguments else Path(self.env.docname).parent.name
        note_files(self.env, [f"{slug}/session.yaml", *EVIDENCE])
        self.env.metadata[self.env.docname] |= {"commissioning_tutor": True, "nosearch": True}
        try:
            return [raw(page.session_html(slug, book=book_of(self.env)))]
        except LookupError as error:
            return self.warn(f"{{session}}: {error.args[0]}")

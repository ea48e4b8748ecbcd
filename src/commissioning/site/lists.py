"""Pages that are made from one file: {facts-list}, {glossary-list} and the tutor's {session}."""

from __future__ import annotations

from html import escape
from pathlib import Path

from docutils import nodes

from commissioning.book import Book, compile, uses
from commissioning.site.base import BookDirective
from commissioning.site.blocks import raw
from commissioning.site.evidence import full_meaning, source_inner
from commissioning.site.shown import note_shown
from commissioning.site.the_book import EVIDENCE, WORDS, book_of, day, line, note_files, tag
from commissioning.tutor import session_html


class FactsList(BookDirective):
    """Every fact, by the page that cites it first, and every reference: with the pages that lean on each."""

    def run(self) -> list[nodes.Node]:
        """Read again when any page cites another source, or has another title."""
        book = book_of(self.env)
        note_shown(self.env, "citations")
        note_files(self.env, EVIDENCE)
        titles, cited = uses.pages(book), uses.by_target(book)
        links = {page: self.link(page, title) for page, title in titles.items()}
        groups: dict[str, list[str]] = {page: [] for page in [*titles, ""]}
        for name in book.facts:
            groups[cited.get(name, [""])[0]].append(name)
        made: list[nodes.Node] = [raw(tag("p", counted(book, cited)))]
        for place, names in groups.items():
            html = "".join(fact_html(book, name, used(cited, links, name)) for name in names)
            title = WORDS["first_in"].format(page=titles[place]) if place else WORDS["not_used"]
            made += [titled(f"facts-{len(made)}", title, tag("div", html, class_="sources-list"))] if names else []
        names = sorted(book.sources, key=lambda key: book.sources[key].short)
        html = "".join(reference_html(book, name, used(cited, links, name)) for name in names)
        return [*made, titled("references", WORDS["references"], tag("div", html, class_="sources-list"))]

    def link(self, page: str, title: str) -> str:
        """A page by its title, as seen from this one."""
        there = self.env.app.builder.get_relative_uri(self.env.docname, page)
        return tag("a", escape(title), href=there)


def counted(book: Book, cited: dict[str, list[str]]) -> str:
    """How many facts there are, how sure, and how many are cited."""
    sure = [fact.confidence for fact in book.facts.values()]
    numbers = {name: sure.count(name) for name in ("verified", "seen", "unsure")}
    words: str = WORDS["facts_counted"]
    return words.format(total=len(sure), used=sum(name in cited for name in book.facts), **numbers)


def used(cited: dict[str, list[str]], links: dict[str, str], name: str) -> str:
    """Used in: these pages."""
    pages = "; ".join(links[page] for page in cited.get(name, []) if page in links)
    return str(WORDS["used_in"].format(pages=pages)) if pages else str(WORDS["used_nowhere"])


def fact_html(book: Book, name: str, pages: str) -> str:
    """One fact: its claim, what is printed, source, dates, how sure, and where it is used."""
    fact = book.facts[name]
    source = book.sources.get(fact.source)
    link = tag("a", escape(source.short if source else fact.source), href=f"#src-{fact.source}")
    unsure = [WORDS["said_with"].format(words=escape(fact.uncertainty))] if fact.uncertainty else []
    dates = [
        WORDS["as_at"].replace("{x}", escape(fact.as_at)),
        WORDS["around"]["confidence"][fact.confidence],
        *unsure,
        WORDS["checked"].replace("{x}", day(fact.checked)).replace("{y}", day(fact.review_by)),
    ]
    return tag(
        "div",
        tag("p", line(fact.claim.rstrip(".") + "."), class_="claim")
        + tag("p", f"{WORDS['printed'].format(value=escape(fact.value))} {link} <code>{escape(name)}</code>")
        + tag("p", f"{' '.join(dates)} {pages}", class_="dates"),
        class_="source",
        id_=f"src-{name}",
    )


def reference_html(book: Book, name: str, pages: str) -> str:
    """One reference, what we know of it besides, and where it is cited."""
    note = compile.note(book, name)
    beside = book.sources[name].note
    words = (tag("p", escape(beside), class_="dates") if beside else "") + tag("p", pages, class_="dates")
    return tag("div", (source_inner(note) if note else "") + words, class_="source", id_=f"src-{name}")


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
            return [raw(session_html(compile.compile_session(book_of(self.env), slug)))]
        except LookupError as error:
            return self.warn(f"{{session}}: {error.args[0]}")

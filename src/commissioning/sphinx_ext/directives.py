"""What an author writes as a block: chapter-head, outcomes, case, story, claims, times, then, now, portfolio, tutor,
facts-list, glossary-list and session.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from commissioning import compile, markdown, page
from commissioning.book import Book, Chapter
from commissioning.faults import did_you_mean
from commissioning.sphinx_ext import blocks
from commissioning.sphinx_ext.blocks import block, raw
from commissioning.sphinx_ext.evidence import full_meaning, source_inner
from commissioning.sphinx_ext.the_book import EVIDENCE, WORDS, book_of, chapter_of, day, line, note_files, tag

LOGGER = logging.getLogger(__name__)
SAVE = '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13"/></svg>'


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


class ChapterHead(BookDirective):
    """Standfirst, time, decisions, who speaks, outcomes and curricula, all from the front matter."""

    def run(self) -> list[nodes.Node]:
        """The head; the label above the title is the shell's."""
        chapter = self.chapter()
        if chapter is None:
            return self.needs_chapter()
        note_files(self.env, [f"{chapter.slug}/decisions/{name}.yaml" for name in chapter.order])
        head = chapter.head.model
        times = count_words(len(chapter.order))
        rows = {"time": time_words(chapter), "you_decide": times, "who_speaks": line(head.speaks)}
        terms = "".join(f"<dt>{WORDS[name]}</dt><dd>{words}</dd>" for name, words in rows.items())
        return [
            raw(
                tag("p", line(head.standfirst), class_="standfirst")
                + tag("dl", terms, class_="terms")
                + outcomes_html(chapter)
                + maps_html(head.maps_to)
            )
        ]


class Outcomes(BookDirective):
    """The outcomes alone, for a page that shows them elsewhere."""

    def run(self) -> list[nodes.Node]:
        """The numbered list."""
        chapter = self.chapter()
        return self.needs_chapter() if chapter is None else [raw(outcomes_html(chapter))]


def time_words(chapter: Chapter) -> str:
    """About 75 minutes: 20 to read, 30 to decide, 25 for the lab."""
    head = chapter.head.model
    decide = sum(chapter.decisions[name].model.minutes for name in chapter.order if name in chapter.decisions)
    parts = {"to_read": head.reading_minutes, "to_decide": decide, "for_lab": head.lab_minutes}
    said = [WORDS[name].format(minutes=minutes) for name, minutes in parts.items() if minutes]
    return str(WORDS["time_parts"].format(total=sum(parts.values()), parts=", ".join(said)))


def count_words(count: int) -> str:
    """once; 5 times."""
    return str(WORDS["once"] if count == 1 else WORDS["times"].format(count=count))


def outcomes_html(chapter: Chapter) -> str:
    """"By the end you can": numbered, with the verb in bold as the author set it."""
    items = "".join(f"<li><span>{line(text)}</span></li>" for text in chapter.head.model.outcomes.values())
    return f'<div class="outcomes-list"><p class="label">{WORDS["by_the_end"]}</p><ol>{items}</ol></div>'


def maps_html(maps_to: dict[str, list[str]]) -> str:
    """The curricula that a chapter counts towards, one press away."""
    if not maps_to:
        return ""
    named = {WORDS["maps"].get(name.lower(), name): items for name, items in maps_to.items()}
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{'; '.join(map(line, items))}</dd>" for name, items in named.items())
    summary = f"<summary>{WORDS['counts_towards']}</summary>"
    return f'<details class="more">{summary}<dl class="terms">{rows}</dl></details>'


class Case(BookDirective):
    """An article retold in story type. Argument: when ("summer 2013"). `source`: whom we retell."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {"source": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """The label is set above the heading that the case stands under (see PlaceLabels)."""
        when = f" · {self.arguments[0]}" if self.arguments else ""
        label = raw(tag("p", escape(WORDS["the_case"] + when), class_="label case-label"))
        label["before_title"] = True
        return [label, block("div", *self.parsed(), class_="case story"), *self.credit()]

    def credit(self) -> list[nodes.Node]:
        """"Retold from …", with a link to the citation."""
        name = self.options.get("source")
        if not name:
            return []
        sources = book_of(self.env).sources
        note_files(self.env, ["references.bib"])
        if name not in sources:
            return self.warn(f"there is no source '{name}'. {did_you_mean(name, sources)}".strip())
        link = tag("a", escape(sources[name].short), class_="fact", href=f"#src-{name}")
        return [raw(tag("p", WORDS["retold"].format(source=link), class_="small credit"))]


class Story(BookDirective):
    """What happens to people, in story type: an opening scene, a letter, an account."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """The content, with its first paragraph no larger than the rest."""
        return [block("div", *self.parsed(), class_="story")]


class PlaceLabels(SphinxPostTransform):
    """Sets a case's label above the heading it belongs to, where a reader expects it."""

    default_priority = 20

    def run(self, **kwargs: Any) -> None:
        """Move each label to the front of its section."""
        for label in list(self.document.findall(nodes.raw)):
            section = label.parent
            if label.get("before_title") and isinstance(section, nodes.section):
                section.remove(label)
                section.insert(0, label)


class Claims(BookDirective):
    """Three rows under a rule: a list whose items read "What the author claims: …"."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """A definition list; what stands before the first colon of an item is its term."""
        items = [item for node in self.parsed() for item in node.findall(nodes.list_item)]
        if not items:
            return self.warn("{claims} needs a list, each item like 'What the author claims: …'.")
        return [block("dl", *(row(item) for item in items), class_="claims")]


def row(item: nodes.list_item) -> blocks.Block:
    """One list item as a term and its description."""
    term, first = split_at_colon(item)
    return block("div", block("dt", nodes.Text(term)), block("dd", nodes.paragraph("", "", *first), *item.children[1:]))


def split_at_colon(item: nodes.list_item) -> tuple[str, list[nodes.Node]]:
    """The words before the first colon, and the rest of the first paragraph's nodes."""
    paragraph = item.children[0]
    [opening, *rest] = paragraph.children
    term, _, after = opening.astext().partition(":")
    kept = nodes.Text(after.lstrip()) if isinstance(opening, nodes.Text) else nodes.Text("")
    return term.strip(), [kept, *rest]


class Times(BookDirective):
    """Holds a {then} and a {now}: a broken line that runs into a whole one."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Both, beside each other where there is room."""
        return [block("div", *self.parsed(), class_="times")]


class Then(BookDirective):
    """England, 2012 to 2014. Argument: another span of time."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    name_of = "then"

    def when(self) -> str:
        """What stands beside the word."""
        return str(self.arguments[0] if self.arguments else WORDS["then_when"])

    def run(self) -> list[nodes.Node]:
        """A section whose shape says which time it is."""
        title = raw(f"<h3>{WORDS[self.name_of]} <span>{escape(self.when())}</span></h3>")
        return [block("section", title, *self.parsed(), class_=self.name_of)]


class Now(Then):
    """The state on the book's `commissioning_as_of` date, which stands beside it."""

    name_of = "now"

    def when(self) -> str:
        """As at 21 November 2026."""
        as_of = self.arguments[0] if self.arguments else day(self.config.commissioning_as_of)
        return str(WORDS["now_when"].format(when=as_of))


class Portfolio(BookDirective):
    """The chapter's portfolio prompt and a box for the learner's words, kept in their browser."""

    def run(self) -> list[nodes.Node]:
        """`front/book.js` keeps what is typed under `commissioning:reflection:<chapter>`."""
        chapter = self.chapter()
        if chapter is None:
            return self.needs_chapter()
        name = f"reflection-{chapter.slug}"
        ask, mark, rest = markdown.plain(chapter.head.model.portfolio).partition("? ")
        more = tag("p", escape(rest)) if rest else ""
        return [
            raw(
                f'<section class="prompt" data-reflection="{chapter.slug}" aria-labelledby="{name}-label">'
                f'<p class="label">{WORDS["portfolio"]}</p>'
                f'<label for="{name}" id="{name}-label">{escape(ask + mark.strip())}</label>{more}'
                f'<textarea id="{name}" placeholder=" " aria-describedby="{name}-note"></textarea>'
                f'<p class="small" id="{name}-note">{WORDS["portfolio_note"]}</p>'
                f'<p class="need" role="alert" data-not-saved="{escape(WORDS["not_saved"])}"></p>'
                f'<p class="does"><button class="quiet" type="button" data-download="{chapter.slug}.txt">'
                f"{SAVE}{WORDS['download_text']}</button></p></section>"
            )
        ]


class Tutor(BookDirective):
    """Words for tutors: a black edge, and the word."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """An aside that is told from the learner's text by shape and by name."""
        label = raw(tag("p", WORDS["tutor"], class_="label"))
        return [block("div", label, *self.parsed(), class_="tutor", role="note")]


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
        rows = (f'<dt id="m-{slug}">{escape(term.term)}</dt><dd>{full_meaning(term)}</dd>' for slug, term in entries)
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


def setup(app: Sphinx) -> None:
    """Make every directive known under the name an author types."""
    blocks.setup(app)
    app.add_post_transform(PlaceLabels)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)


DIRECTIVES: dict[str, type[BookDirective]] = {
    "chapter-head": ChapterHead,
    "outcomes": Outcomes,
    "case": Case,
    "story": Story,
    "claims": Claims,
    "times": Times,
    "then": Then,
    "now": Now,
    "portfolio": Portfolio,
    "tutor": Tutor,
    "facts-list": FactsList,
    "glossary-list": GlossaryList,
    "session": SessionPage,
}

"""The pages that hold the book together, each made from one file: {then-and-now}, {timeline}, {system}, {coverage}.

All of it is plain HTML and SVG: nothing here needs a script, and paper shows the same.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from html import escape
from typing import Any, ClassVar, get_args

from docutils import nodes

from commissioning.book import Book, Chapter
from commissioning.book.coverage import GAME, LAB, PAGE, PORTFOLIO, taught_by
from commissioning.book.pages import Coverage, Event, Group, Row, RowKind, System, Systems, Thing
from commissioning.page import picture
from commissioning.site.base import BookDirective
from commissioning.site.blocks import raw
from commissioning.site.shown import note_shown
from commissioning.site.the_book import EVIDENCE, WORDS, book_of, day, line, note_files, tag
from commissioning.source import markdown
from commissioning.source.faults import did_you_mean

A: dict[str, Any] = WORDS["around"]


class AroundDirective(BookDirective):
    """Reads the file of its own name, and leads to other pages from this one. Argument: which part of it to show."""

    optional_arguments = 1
    parts: ClassVar[tuple[str, ...]] = ("",)

    def run(self) -> list[nodes.Node]:
        """The page's content, or a warning that there is no such file or part."""
        note_files(self.env, [f"{self.name}.yaml", *EVIDENCE])
        book, part = book_of(self.env), self.arguments[0] if self.arguments else ""
        if self.name not in book.about:
            return self.warn(f"{{{self.name}}} needs the file book/{self.name}.yaml.")
        if part not in self.parts:
            return self.warn(f"{{{self.name}}} has no part '{part}'. {did_you_mean(part, self.parts)}".strip())
        return [raw(self.made(book, book.about[self.name].model, part))]

    def made(self, book: Book, content: Any, part: str) -> str:
        """What stands in the page."""
        raise NotImplementedError

    def to_chapter(self, chapter: Chapter, name: str = "") -> str:
        """Where a chapter, or one of its exercises, stands from this page."""
        there = str(self.env.app.builder.get_relative_uri(self.env.docname, chapter.docname))
        return f"{there}#{name}" if name else there

    def chapter_link(self, chapter: Chapter) -> str:
        """Chapter 6: Finding people at risk."""
        words = A["chapter_called"].format(number=chapter.head.model.number, title=chapter.title)
        return tag("a", escape(words), href=self.to_chapter(chapter))


def cite(book: Book, names: Iterable[str]) -> str:
    """References as dotted links, in a row."""
    links = [tag("a", escape(book.sources[name].short), class_="fact", href=f"#src-{name}") for name in names]
    return "; ".join(links)


def table(head: list[str], rows: Iterable[list[str]], *, caption: str = "", kind: str = "") -> str:
    """A table that becomes blocks on a narrow screen, each cell under its own heading, and stays a table to readers."""
    cells = "".join(tag("th", title, scope="col", role="columnheader") for title in head)
    body = "".join(tag("tr", _cells(head, row), role="row") for row in rows)
    name = tag("caption", caption) if caption else ""
    thead = tag("thead", tag("tr", cells, role="row"), role="rowgroup")
    return tag(
        "table", name + thead + tag("tbody", body, role="rowgroup"), class_=f"stacks {kind}".strip(), role="table"
    )


def _cells(head: list[str], row: list[str]) -> str:
    first = tag("th", row[0], scope="row", role="rowheader")
    return first + "".join(
        tag("td", f'<span class="of">{title}</span> ' + _held(cell), role="cell")
        for title, cell in zip(head[1:], row[1:], strict=True)
    )


def _held(cell: str) -> str:
    """A cell's words in an element that may hold them: blocks stand in no span."""
    name = "div" if re.search(r"<(?:p|ul|ol|div|dl|table)\b", cell) else "span"
    return f"<{name}>{cell}</{name}>"


# -- then and now --------------------------------------------------------------------------------------------------


class ThenAndNow(AroundDirective):
    """What each thing that the articles name was, and what it is called today. Argument: the group."""

    parts = get_args(Group)

    def made(self, book: Book, content: dict[str, Thing], part: str) -> str:
        """One line each, with today's name; the rest opens below it, and is open on paper."""
        note_shown(self.env, "chapters")
        things = (self.thing(book, name, thing) for name, thing in content.items() if thing.group == part)
        return tag("div", "".join(things), class_="things")

    def thing(self, book: Book, name: str, thing: Thing) -> str:
        """One of them, with its dates, its sources and the chapter that teaches it."""
        dated = f'<span class="as-of">{A["as_at"].format(when=escape(thing.as_at))}</span>'
        rows = {"then": line(thing.then), "since": line(thing.since), "today": f"{line(thing.today)} {dated}"}
        rows["named_in"] = cite(book, thing.named_in)
        if thing.chapters:
            rows["taught_in"] = "; ".join(self.chapter_link(book.chapters[slug]) for slug in thing.chapters)
        terms = "".join(tag("dt", A[key]) + tag("dd", text) for key, text in rows.items())
        bare = line(markdown.LINK.sub(r"\1", thing.today))  # what is pressed to open holds no links
        now = f'<span class="gist">{A["today"]}: {bare}</span>'
        summary = tag("summary", f"<span><b>{escape(thing.name)}</b> {now}</span>")
        return tag("details", summary + tag("dl", terms, class_="terms"), class_="thing", id_=name)


# -- the timeline --------------------------------------------------------------------------------------------------


class Timeline(AroundDirective):
    """The turning points along a line, or everything in a table. Argument: line or table."""

    parts = ("line", "table")

    def made(self, book: Book, content: dict[str, Event], part: str) -> str:
        """One of the two."""
        if part == "line":
            return along([event for event in content.values() if event.turning_point])
        rows = [[when(e.date), line(e.title) + planned(e), line(e.why), sure(book, e)] for e in content.values()]
        head = [A["date"], A["what_happened"], A["why_it_matters"], A["how_sure"]]
        return table(head, rows, kind="dates")


def along(events: list[Event]) -> str:
    """The line: the space after each event grows with the years to the next."""
    years = [int(event.date[:4]) for event in events]
    gaps = [after - before for before, after in itertools.pairwise(years)] + [0]
    return tag("ol", "".join(map(_point, events, gaps)), class_="timeline")


def _point(event: Event, gap: int) -> str:
    holder = tag("p", A["money_with"].format(who=escape(event.holder)), class_="holder") if event.holder else ""
    said = f'<p class="when">{when(event.date)}</p>\n<p>{line(event.title)}{planned(event)}</p>\n{holder}'
    kind = ' class="planned"' if event.planned else ""
    return f'<li{kind} style="--years:{gap}">{said}</li>\n'


def when(date: str) -> str:
    """5 July 1948; July 1948; 1948."""
    year, _, rest = date.partition("-")
    if not rest:
        return year
    return day(date) if "-" in rest else day(f"{date}-01").partition(" ")[2]


def planned(event: Event) -> str:
    """A word beside what had not happened when it was last looked at."""
    return f' <b class="not-yet">{A["planned"]}</b>' if event.planned else ""


def sure(book: Book, event: Event) -> str:
    """The least sure of an event's facts, in words."""
    order = ["verified", "seen", "unsure"]
    least = max((book.facts[name].confidence for name in event.facts), key=order.index)
    links = (tag("a", escape(source_of(book, name)), class_="fact", href=f"#src-{name}") for name in event.facts)
    return f"{A['confidence'][least]} {'; '.join(links)}"


def source_of(book: Book, name: str) -> str:
    """Roland and others 2005, for a fact of theirs."""
    fact = book.facts[name]
    return book.sources[fact.source].short if fact.source in book.sources else fact.source


# -- the pictures of the system ------------------------------------------------------------------------------------


class SystemPictures(AroundDirective):
    """Two pictures side by side; one above the other on a phone. Each has its lines in words below it."""

    def made(self, book: Book, content: Systems, part: str) -> str:
        """The key, the two figures, and what is left out."""
        key = "".join(tag("li", picture.sample(kind) + f" {words}") for kind, words in A["kinds"].items())
        figures = "".join(figure(name, getattr(content, name)) for name in ("past", "present"))
        left_out = tag("p", line(content.left_out), class_="small")
        return tag("ul", key, class_="system-key") + tag("div", figures, class_="systems") + left_out


def figure(name: str, system: System) -> str:
    """One picture with its takeaway above and every line in words below."""
    own = f"system-{name}"
    head = tag("p", escape(system.title), class_="takeaway") + tag("p", line(system.takeaway), class_="description")
    said = "".join(tag("li", f"<b>{A['kind_word'][flow.kind]}</b> {line(flow.says)}") for flow in system.flows)
    dated = tag("p", A["as_at"].format(when=escape(system.as_at)), class_="small")
    words = tag("p", A["in_words"], class_="label") + tag("ol", said, id_=f"{own}-lines")
    return tag("figure", tag("figcaption", head + dated) + picture.svg(system, name=own) + words, class_="system")


# -- coverage ------------------------------------------------------------------------------------------------------


class CoverageTable(AroundDirective):
    """What the articles name, and where the book teaches it. Argument: kind, or count."""

    parts = ("count", *get_args(RowKind))

    def made(self, book: Book, content: Coverage, part: str) -> str:
        """How many rows stand where, or the rows of one kind."""
        note_shown(self.env, "exercises")
        if part == "count":
            states = [state(row) for row in content.rows.values()]
            counts = {name: states.count(name) for name in A["states"]}
            return tag("p", A["counted"].format(total=len(states), **counts))
        rows = [self.row(book, content, row) for row in content.rows.values() if row.kind == part]
        return table([A["named"], A["by"], A["where"]], rows, kind="coverage")

    def row(self, book: Book, coverage: Coverage, row: Row) -> list[str]:
        """Name, articles, and what teaches it now and later."""
        taught = [self.taught(book.chapters[slug], parts) for slug, parts in row.taught.items()]
        later = [A["later"].format(number=n, title=coverage.planned[n], what=what) for n, what in row.to_come.items()]
        places = [tag("b", A["states"][state(row)]), *taught, *map(line, later)]
        return [line(row.name), cite(book, row.articles), "<br>".join(part.strip() for part in places)]

    def taught(self, chapter: Chapter, parts: list[str]) -> str:
        """The chapter, and in it the decisions, questions and lab that teach it."""
        known = taught_by(chapter)
        named = "; ".join(self.part(chapter, name) for name in parts if name in known)
        return f"{A['in_chapter'].format(number=chapter.head.model.number)} {named}"

    def part(self, chapter: Chapter, name: str) -> str:
        """A decision by its title, a closing question, or the lab."""
        if name in chapter.decisions:
            words = f"{chapter.number_of(name)} {chapter.decisions[name].model.title}"
            return tag("a", escape(words), href=self.to_chapter(chapter, name))
        if name == LAB:
            return tag("a", A["lab"], href=self.to_chapter(chapter))
        if name == GAME:
            play = self.env.app.builder.get_relative_uri(self.env.docname, f"book/{chapter.slug}/play")
            return tag("a", A["game"], href=play)
        if name == PAGE:
            return tag("a", A["page"], href=self.to_chapter(chapter))
        if name == PORTFOLIO:
            return tag("a", A["portfolio"], href=self.to_chapter(chapter))
        return tag("a", A["a_question"], href=self.to_chapter(chapter, f"{chapter.slug}--{name}"))


def state(row: Row) -> str:
    """taught, partly or to_come."""
    return ("partly" if row.to_come else "taught") if row.taught else "to_come"

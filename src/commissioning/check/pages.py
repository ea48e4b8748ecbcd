"""Sense checks over the pages that hold the book together, and over the facts that any page cites.

`find` is called by `check.find`; `find_overdue` only before a release. `links` is `check`'s own finder of links that
lead nowhere: it is handed in, so that neither module needs the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from commissioning.book import Book, routes, uses
from commissioning.book import pages as model_pages
from commissioning.book.coverage import taught_by, text_of
from commissioning.source import markdown
from commissioning.source.faults import Fault, did_you_mean
from commissioning.source.sheets import Sheet
from commissioning.source.tree import Trail

Links = Callable[[Book, Sheet[Any], Any, Trail], Iterator[Fault]]
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NOT_YET = re.compile(r"\b(?:would|planned|due)\b", re.I)


def find(book: Book, links: Links) -> Iterator[Fault]:
    """Every fault of sense of these pages, and of citations of unsure facts."""
    for name, finder in _finders().items():
        if name in book.about:
            sheet = book.about[name]
            yield from links(book, sheet, uses.plain_parts(sheet.model), ())
            yield from finder(book, sheet)
    yield from find_unsure(book)


def _finders() -> dict[str, Callable[[Book, Sheet[Any]], Iterator[Fault]]]:
    return {
        "then-and-now": _in_things,
        "timeline": _in_timeline,
        "system": _in_systems,
        "coverage": _in_coverage,
        "routes": routes.find,
    }


# -- what became of things -----------------------------------------------------------------------------------------


def _in_things(book: Book, sheet: Sheet[dict[str, model_pages.Thing]]) -> Iterator[Fault]:
    for name, thing in sheet.model.items():
        yield from _unknown(sheet, (name, "named_in"), thing.named_in, book.sources, "reference")
        yield from _unknown(sheet, (name, "chapters"), thing.chapters, book.chapters, "chapter in the book")
        for part in ("then", "since", "today"):
            text = getattr(thing, part)
            if YEAR.search(markdown.plain(text)) and not markdown.references(text):
                yield sheet.fault((name, part), "a year stands here without a source.", "Write [words](fact-id).")


def _unknown(sheet: Sheet[Any], at: Trail, names: list[str], known: Any, what: str) -> Iterator[Fault]:
    for index, name in enumerate(names):
        if name not in known:
            yield sheet.fault((*at, index), f"there is no {what} '{name}'.", did_you_mean(name, known))


# -- the timeline --------------------------------------------------------------------------------------------------


def _in_timeline(book: Book, sheet: Sheet[dict[str, model_pages.Event]]) -> Iterator[Fault]:
    before = ""
    for name, event in sheet.model.items():
        yield from _unknown(sheet, (name, "facts"), event.facts, book.facts, "fact")
        if event.date < before[: len(event.date)]:
            yield sheet.fault((name, "date"), f"{event.date} stands after {before}.", "Put the earlier one first.")
        before = event.date
        yield from _year_unknown_to_its_facts(book, sheet, name, event)
        if event.planned and not NOT_YET.search(event.title):
            right = "Say 'would', 'planned' or 'due'."
            yield sheet.fault((name, "title"), "what is only planned reads as if it had happened.", right)


def _year_unknown_to_its_facts(book: Book, sheet: Sheet[Any], name: str, event: model_pages.Event) -> Iterator[Fault]:
    facts = [book.facts[fact] for fact in event.facts if fact in book.facts]
    said = " ".join(f"{fact.claim} {fact.value} {fact.as_at}" for fact in facts)
    if facts and event.date[:4] not in said:
        yield sheet.fault((name, "date"), f"none of its facts says {event.date[:4]}.", "Cite one that does.")


# -- the pictures of the system ------------------------------------------------------------------------------------


def _in_systems(book: Book, sheet: Sheet[model_pages.Systems]) -> Iterator[Fault]:
    for time in ("past", "present"):
        system: model_pages.System = getattr(sheet.model, time)
        yield from _in_nodes(book, sheet, time, system)
        for index, flow in enumerate(system.flows):
            for end, node in (("from", flow.from_), ("to", flow.to)):
                if node not in system.nodes:
                    right = did_you_mean(node, system.nodes)
                    yield sheet.fault((time, "flows", index, end), f"there is no node '{node}'.", right)
            if flow.from_ == flow.to:
                yield sheet.fault((time, "flows", index), f"the line leads from '{flow.to}' to itself.", "")


def _in_nodes(book: Book, sheet: Sheet[Any], time: str, system: model_pages.System) -> Iterator[Fault]:
    ends = {end for flow in system.flows for end in (flow.from_, flow.to)}
    taken: dict[tuple[int, str], str] = {}
    for name, node in system.nodes.items():
        yield from _unknown(sheet, (time, "nodes", name, "facts"), node.facts, book.facts, "fact")
        if name not in ends:
            yield sheet.fault((time, "nodes", name), "no line leads to it or from it.", "Add one, or take it out.")
        for side in ("left", "right") if node.side == "across" else (node.side,):
            other = taken.setdefault((node.tier, side), name)
            if other != name:
                wrong = f"it stands where '{other}' stands: row {node.tier}, {side}."
                yield sheet.fault((time, "nodes", name), wrong, "Give it another row or side.")


# -- coverage ------------------------------------------------------------------------------------------------------


def _in_coverage(book: Book, sheet: Sheet[model_pages.Coverage]) -> Iterator[Fault]:
    coverage = sheet.model
    if len(coverage.rows) != coverage.count:
        wrong = f"the file holds {len(coverage.rows)} rows, not {coverage.count}."
        yield sheet.fault(("count",), wrong, "Add or take out a row, or change 'count'.")
    there = {chapter.head.model.number: chapter for chapter in book.chapters.values()}
    for number in coverage.planned:
        if number in there:
            wrong = f"chapter {number} is in the book: {there[number].slug}."
            yield sheet.fault(("planned", number), wrong, "Take it out, and say in the rows what teaches them.")
    for name, row in coverage.rows.items():
        yield from _unknown(sheet, ("rows", name, "articles"), row.articles, book.sources, "reference")
        yield from _in_row(book, sheet, name, row)


def _in_row(book: Book, sheet: Sheet[model_pages.Coverage], name: str, row: model_pages.Row) -> Iterator[Fault]:
    if not row.taught and not row.to_come:
        yield sheet.fault(("rows", name), "no chapter teaches it or will.", "Write 'taught' or 'to_come'.")
    for slug, parts in row.taught.items():
        at: Trail = ("rows", name, "taught", slug)
        if slug not in book.chapters:
            yield sheet.fault(at, f"there is no chapter '{slug}'.", did_you_mean(slug, book.chapters))
            continue
        offered = taught_by(book.chapters[slug])
        if not parts:
            yield sheet.fault(at, "nothing in the chapter is named.", "Name what in it teaches this.")
        yield from _unknown(sheet, at, parts, offered, f"decision, question, lab or game of '{slug}'")
        yield from _untaught(book, sheet, at, row.words, [part for part in parts if part in offered])
    if row.taught and not row.words:
        right = "Write 'words': a few of which each exercise that teaches it must hold one."
        yield sheet.fault(("rows", name, "taught"), "the row names no words to look for.", right)
    for number in row.to_come:
        if number not in sheet.model.planned:
            wrong = f"chapter {number} is not among those still to come."
            yield sheet.fault(
                ("rows", name, "to_come", number), wrong, "Name it under 'planned', or change the number."
            )


def _untaught(
    book: Book, sheet: Sheet[model_pages.Coverage], at: Trail, words: list[str], parts: list[str]
) -> Iterator[Fault]:
    """Exercises that a row names and that hold none of its words."""
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})", re.I)
    for part in parts if words else ():
        if not named.search(text_of(book.root, book.chapters[str(at[-1])], part)):
            wrong = f"'{part}' holds none of this row's words: {', '.join(words)}."
            yield sheet.fault(at, wrong, "Name what teaches it, or teach it there.")


# -- facts that any page cites -------------------------------------------------------------------------------------


def find_unsure(book: Book) -> Iterator[Fault]:
    """Unsure facts that are cited without the words that say so."""
    told: set[str] = set()
    for use in uses.uses(book):
        fact = book.facts.get(use.target)
        if fact is None or fact.confidence != "unsure":
            continue
        if fact.uncertainty is None:
            if use.target not in told:
                told.add(use.target)
                right = "Give it an 'uncertainty', such as 'has been reported', and say it wherever the fact is cited."
                yield book.sheets[0].fault((use.target,), f"it is unsure, and {use.page} cites it.", right)
        elif use.said and fact.uncertainty.lower() not in use.said.lower():
            wrong = f"'{use.target}' is unsure, and the text that cites it does not say so."
            yield Fault(use.path, use.line, "", wrong, f"Put '{fact.uncertainty}' into it.")


def find_overdue(book: Book, day: date) -> Iterator[Fault]:
    """Facts that a page cites after the day by which they were to be looked at again."""
    cited = uses.by_target(book)
    for name, fact in book.facts.items():
        if name in cited and fact.review_by < day:
            wrong = f"it was to be looked at again by {fact.review_by}, and {cited[name][0]} cites it."
            yield book.sheets[0].fault((name, "review_by"), wrong, "Check it at its source, then give a later day.")

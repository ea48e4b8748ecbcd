"""Faults of what a text leans on: sources that are not there, figures that their source does not say, overdue facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from commissioning import labs
from commissioning.book import Book
from commissioning.book.compile import note
from commissioning.book.uses import texts
from commissioning.check.figures import figures, in_kind
from commissioning.source import markdown, shapes
from commissioning.source.faults import Fault, did_you_mean
from commissioning.source.sheets import Sheet
from commissioning.source.tree import Trail

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def find_in_references(book: Book, sheet: Sheet[Any], content: Any, at: Trail) -> Iterator[Fault]:
    """Sources that an exercise lists and the book does not have, and links in its texts that lead nowhere."""
    for index, name in enumerate(content.sources):
        if not note(book, name):
            yield sheet.fault((*at, "sources", index), f"there is no source '{name}'.", did_you_mean(name, _ids(book)))
    yield from find_in_links(book, sheet, content.model_dump(by_alias=True), at)


def find_in_links(book: Book, sheet: Sheet[Any], content: Any, at: Trail) -> Iterator[Fault]:
    """Links of texts that lead to no source, or print a figure that their source does not say."""
    for trail, text in texts(content, at):
        if text.count("](") != len(markdown.references(text)):
            yield sheet.fault(trail, "a link is not of the form [words](id).", "Its target is one id.")
        for shown, name in markdown.references(text):
            if not note(book, name):
                yield sheet.fault(trail, f"there is no source '{name}'.", did_you_mean(name, _ids(book)))
            elif wrong := figures_that_differ(book, shown, name):
                yield sheet.fault(trail, wrong, "Print the source's figure, or cite the one that says so.")


def _ids(book: Book) -> list[str]:

    return [*book.facts, *book.sources, *labs.figures()]


def figures_that_differ(book: Book, shown: str, name: str) -> str:
    """What is wrong with the figures printed in a cited phrase; empty if each is one of the source's own.

    Figures in words count like those in digits, and each has its kind: see `figures`.
    """
    said = markdown.plain(shown)
    if name in book.facts:
        fact = book.facts[name]
        strange = in_kind(said, f"{fact.claim}; {fact.value}; {fact.as_at}")
        return f"'{shown}' prints {', '.join(strange)}, which fact {name} does not say." if strange else ""
    if name in labs.figures():
        figure = labs.figures()[name]
        strange = [one for one in in_kind(said, figure.text) if not _is_computed(one, figure)]
        computed = f"{abs(figure.value):.6g}"
        return f"'{shown}' prints {', '.join(strange)}; the lab computes {computed} for {name}." if strange else ""
    return ""


def _is_computed(written: str, figure: Any) -> bool:
    """Whether a figure is the lab's own, rounded; one that the lab gives without a unit may be printed as money."""
    one = next(iter(figures(written)), None)
    kinds = {known.kind for known in figures(figure.text)} or {"count"}
    if one is None or one.kind not in (*kinds, *(["money"] if kinds <= {"count", "year"} else [])):
        return False
    digits = NUMBER.search(written)
    number = digits.group().replace(",", "") if digits else f"{one.value:g}"
    return bool(round(abs(figure.value), _decimals(number)) == float(number))


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def find_in_facts(book: Book) -> Iterator[Fault]:
    """Facts named like a reference, without their source in references.bib, or due for review before the check."""
    sheet = book.sheets[0]
    for name, fact in book.facts.items():
        if name in book.sources:
            wrong = f"'{name}' is also a reference in references.bib, and one address cannot lead to both."
            yield sheet.fault((name,), wrong, "Name the fact otherwise, and wherever it is cited.")
        if fact.source not in book.sources:
            wrong = f"there is no reference '{fact.source}'."
            yield sheet.fault((name, "source"), wrong, did_you_mean(fact.source, book.sources))
        if fact.review_by <= fact.checked:
            yield sheet.fault((name, "review_by"), "the review is due before the check.", "Give a later day.")


def find_in_glossary(book: Book) -> Iterator[Fault]:
    """Links that lead nowhere, and two entries for one term."""
    sheet = book.sheets[1]
    first: dict[str, str] = {}
    for slug, entry in book.glossary.items():
        yield from find_in_links(book, sheet, entry.model_dump(by_alias=True), (slug,))
        other = first.setdefault(entry.term.lower(), slug)
        if other != slug:
            yield sheet.fault((slug, "term"), f"'{entry.term}' is also the term of '{other}'.", "Keep one of the two.")


def facts_due(book: Book, day: date) -> list[tuple[str, shapes.Fact]]:
    """Facts to be looked at again by `day`, the most overdue first."""
    due = [(name, fact) for name, fact in book.facts.items() if fact.review_by <= day]
    return sorted(due, key=lambda item: (item[1].review_by, item[0]))

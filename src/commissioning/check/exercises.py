"""Faults of one decision or closing question: what its kind finds, explanations, outcomes, what it leans on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commissioning import kinds
from commissioning.book import Book, Chapter
from commissioning.book.compile import given
from commissioning.check.evidence import find_in_references
from commissioning.source import markdown
from commissioning.source.cache import cached, digest_of
from commissioning.source.faults import Fault, did_you_mean
from commissioning.source.sheets import Sheet
from commissioning.source.tree import Trail

PLAYED_BY = ("kinds", "scenario", "source/expression.py")
"""The parts of the package that decide what is wrong with a scenario."""
MOST_EXPLAINED, MOST_HAPPENING = 70, 40
EMPTY_WORDS = {"correct", "incorrect", "right", "wrong", "todo", "tbc", "tbd", "see above", "n/a", "none", "yes", "no"}


Found = tuple[Trail, str, str]


def find_in_exercise(book: Book, chapter: Chapter, sheet: Sheet[Any], at: Trail) -> Iterator[Fault]:
    """Faults of one decision, or of one question that stands at `at` in its file."""
    content = sheet.model if not at else sheet.model[at[0]]
    for trail, wrong, right in _find_by_kind(sheet, content):
        yield sheet.fault((*at, *trail), wrong, right)
    for index, outcome in enumerate(content.outcomes):
        if outcome not in chapter.head.model.outcomes:
            wrong = f"'{outcome}' is not an outcome of this chapter."
            yield sheet.fault((*at, "outcomes", index), wrong, did_you_mean(outcome, chapter.head.model.outcomes))
    yield from _find_in_explanations(sheet, content, at)
    yield from find_in_references(book, sheet, content, at)


def _find_by_kind(sheet: Sheet[Any], content: Any) -> list[Found]:
    """What its kind finds. A scenario is played along every route, so what that found is kept until it changes."""
    if content.kind != "scenario":
        return list(kinds.find(content, given()))
    text = f"{digest_of(*PLAYED_BY)} {content.model_dump_json(by_alias=True)}"
    return cached(text, sheet.path, Path(__file__), list[Found], lambda: list(kinds.find(content, given())))


def _find_in_explanations(sheet: Sheet[Any], content: Any, at: Trail) -> Iterator[Fault]:
    first: dict[tuple[str, str], Trail] = {}
    for trail, role, text in kinds.explained(content):
        words, key = markdown.words(text), (role, " ".join(markdown.plain(text).lower().split()))
        most = MOST_EXPLAINED if role == "explanation" else MOST_HAPPENING
        if key[1].strip(". ") in EMPTY_WORDS or words < 4:
            right = "Say what happens." if role == "consequence" else "Say why, and when it would be right."
            yield sheet.fault((*at, *trail), f"the {role} says nothing.", right)
        elif words > most:
            yield sheet.fault((*at, *trail), f"the {role} has {words} words.", f"At most {most}.")
        if key in first:
            other = first[key][1]
            yield sheet.fault((*at, *trail), f"the {role} is the same as that of '{other}'.", "Give each its own.")
        first.setdefault(key, trail)

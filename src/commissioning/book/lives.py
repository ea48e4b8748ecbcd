"""Who of Larkmere is in which decision, and when: one life for each person from 2012 to 2026, read from the words.

The months stand in people.yaml, under `scenes`; who is in a scene is whoever its decision names.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Any, NamedTuple

from commissioning.book import Book
from commissioning.book.pages import People, Person, Scene
from commissioning.source import markdown
from commissioning.source.sheets import Sheet


class Meeting(NamedTuple):
    """One person in one decision: its first and last day, its id and its sheet."""

    begins: date
    ends: date
    decision: str
    sheet: Sheet[Any]


def named_in(text: str, people: dict[str, Person]) -> list[str]:
    """The ids of the people whom a text names, by first or last name, in the order of the file."""
    words = set(re.findall(r"[^\W\d_]+", text))
    return [who for who, person in people.items() if words.intersection(person.name.split())]


def words_of(model: Any) -> str:
    """Every text of a model, one after another."""
    return " ".join(markdown.texts_of(model))


def lives(book: Book) -> dict[str, list[Meeting]]:
    """For each person, by id: the scenes in which a decision names them, by date. No scene, no meeting."""
    people: People = book.about["people"].model
    found: dict[str, list[Meeting]] = {who: [] for who in people.larkmere}
    for chapter in book.pages.values():
        for name, sheet in chapter.decisions.items():
            if scene := people.scenes.get(name):
                begins, ends = span(scene)
                for who in named_in(words_of(sheet.model), people.larkmere):
                    found[who].append(Meeting(begins, ends, name, sheet))
    return {who: sorted(met, key=lambda one: (one.begins, one.ends, one.decision)) for who, met in found.items()}


def span(scene: Scene) -> tuple[date, date]:
    """The first and the last day of a scene."""
    return first_day(scene.when), last_day(scene.until or scene.when)


def first_day(written: str) -> date:
    """The first day of 2013-07, or 2013-07-22 itself. Raises ValueError if there is no such day."""
    return date.fromisoformat(written if written.count("-") == 2 else f"{written}-01")


def last_day(written: str) -> date:
    """The last day of 2013-07, or 2013-07-22 itself. Raises ValueError if there is no such day."""
    first = first_day(written)
    return first if written.count("-") == 2 else first.replace(day=monthrange(first.year, first.month)[1])

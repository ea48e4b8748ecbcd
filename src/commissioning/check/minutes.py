"""Minutes are computed: what a chapter's head, a decision and a session's steps promise, against what they take.

A decision's own minutes are worked out in `deciding`. Silent reading is taken at 230 words a minute (Brysbaert 2019,
238 for English non-fiction, rounded down for a phone in the evening), reading aloud at 130. A promise may differ by 15
per cent, or by a minute.

A stretch between two activities is counted as a reader meets it: a box's title, the figure that a citation prints
alone and the name of a source are read too. (`chapters` names the stretches that are too long even without them.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from commissioning import labs
from commissioning.book import CELL, Book, Chapter
from commissioning.check import around, deciding
from commissioning.check.chapters import reading_words
from commissioning.source import markdown
from commissioning.source.faults import Fault
from commissioning.source.sheets import Sheet

SILENT, ALOUD, WITHIN, MOST_READING = 230, 130, 0.15, 900
TITLE = re.compile(r"^\s*(?::::+|```+)\{[a-z-]+\}[ \t]*(.*)$", re.M)
ALONE = re.compile(r"\{(fact|figure|place|source)\}`([^`<]+)`")


def met_words(book: Book, text: str) -> int:
    """How many words of a stretch of a page a reader meets."""
    shown = ALONE.sub(lambda found: _printed(book, found.group(1), found.group(2).strip()), text)
    titles = " ".join(TITLE.findall(around.FENCE.sub("", shown)))
    return markdown.words(around.prose(shown)) + len(titles.split())


def _printed(book: Book, role: str, name: str) -> str:
    if role == "fact" and name in book.facts:
        return book.facts[name].value
    if role == "source" and name in book.sources:
        return book.sources[name].short
    return labs.figures()[name].text if role in ("figure", "place") and name in labs.figures() else name


def reading(book: Book, chapter: Chapter) -> float:
    """The minutes of a page's own words, without its activities."""
    return met_words(book, around.FENCE.sub("", chapter.text)) / SILENT


def find(book: Book) -> Iterator[tuple[str, Fault]]:
    """Heads and decisions that promise other minutes than they take, steps with too much to say, stretches too long."""
    for slug, chapter in book.pages.items():
        for sheet in chapter.decisions.values():
            yield from ((slug, fault) for fault in _in_decision(sheet))
    for slug, chapter in book.chapters.items():
        for fault in (*_in_head(book, chapter), *_in_session(chapter), *_in_stretches(book, chapter)):
            yield slug, fault


def _in_decision(sheet: Sheet[Any]) -> Iterator[Fault]:
    takes, promised = deciding.minutes(sheet.model), sheet.model.minutes
    if abs(promised - takes) > max(WITHIN * takes, 1):
        before, weighing, after = deciding.parts(sheet.model)
        wrong = (
            f"it takes {takes:.1f} minutes ({before:.1f} to read, {weighing:.1f} to decide, {after:.1f} to read what"
            f" follows), not {promised}."
        )
        yield sheet.fault(("minutes",), wrong, f"Say {max(round(takes), 1)}, or change the decision.")


def _in_head(book: Book, chapter: Chapter) -> Iterator[Fault]:
    takes, promised = reading(book, chapter), chapter.head.model.reading_minutes
    if abs(promised - takes) > max(WITHIN * takes, 1):
        wrong = f"the page's words take {takes:.0f} minutes at {SILENT} a minute, not {promised}."
        yield chapter.head.fault(("reading_minutes",), wrong, f"Say {max(round(takes), 1)}, or change the page.")


def _in_session(chapter: Chapter) -> Iterator[Fault]:
    if chapter.session is None:
        return
    for part in ("plan", "twenty_minutes"):
        steps: list[Any] = getattr(chapter.session.model, part)
        for index, step in enumerate(steps):
            takes = len((step.say or "").split()) / ALOUD
            if takes > step.minutes * (1 + WITHIN):
                wrong = f"its words take {takes:.1f} minutes aloud, and the step has {step.minutes}."
                yield chapter.session.fault((part, index), wrong, "Say less, or give it longer.")


def _in_stretches(book: Book, chapter: Chapter) -> Iterator[Fault]:
    begins = 0
    for cell in (*CELL.finditer(chapter.text), None):
        part = chapter.text[begins : cell.start() if cell else len(chapter.text)]
        many = met_words(book, around.between(part))
        if many > MOST_READING >= reading_words(part):
            line = chapter.text_starts + chapter.text.count("\n", 0, begins)
            wrong = f"a reader meets {many} words between two activities from here."
            yield Fault(chapter.path / "index.md", line, "", wrong, f"At most {MOST_READING}.")
        begins = cell.end() if cell else begins

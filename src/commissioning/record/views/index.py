"""The index of a book: of each exercise, what a record needs. `front/record/` reads the same (`index_json`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from commissioning import page
from commissioning.book import Book, Chapter, read_book
from commissioning.book.compile import Exercise, compile_decision, compile_questions
from commissioning.kinds import KINDS
from commissioning.record.views.identifying import IDENTIFYING
from commissioning.source import markdown

COLUMNS = (
    "what", "chapter", "number", "id", "title", "kind",
    "first_at", "first_answer", "last_at", "last_answer", "attempts", "met",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One exercise, as far as a record needs it. `marking` is empty where nothing is right or wrong."""

    id: str
    chapter: str
    number: str
    kind: str
    title: str
    outcomes: tuple[str, ...]
    edition: str
    is_question: bool
    options: dict[str, str]
    unit: str
    marking: dict[str, Any]


@dataclass(frozen=True)
class Index:
    """The chapters of a book, then its galleries, and all their exercises in reading order."""

    chapters: dict[str, Chapter]
    exercises: dict[str, Entry]

    def name(self, slug: str) -> str:
        """6 Finding people at risk; a gallery has no number."""
        chapter = self.chapters[slug]
        return chapter.title if chapter.is_gallery else f"{chapter.head.model.number} {chapter.title}"

    def outcomes(self, slug: str) -> dict[str, str]:
        """The outcomes of a chapter, in plain words; a gallery has none."""
        chapter = self.chapters[slug]
        texts = {} if chapter.is_gallery else chapter.head.model.outcomes
        return {name: markdown.plain(text) for name, text in texts.items()}

    def asked_again(self, slug: str) -> list[str]:
        """The questions of earlier chapters that a chapter asks again; a gallery asks none."""
        chapter = self.chapters[slug]
        return [] if chapter.is_gallery else list(chapter.head.model.from_before)

    def prompt(self, slug: str) -> str:
        """What a chapter asks for the portfolio; a gallery asks nothing."""
        chapter = self.chapters[slug]
        return "" if chapter.is_gallery else markdown.plain(chapter.head.model.portfolio)


def index(book: Book | None = None) -> Index:
    """The index of a book, or of the nearest; an empty one where there is no book to be found."""
    if book is None:
        try:
            book = read_book()
        except FileNotFoundError:
            return Index({}, {})
    return make_index(book)


def make_index(book: Book) -> Index:
    """Every decision that a chapter shows, then its closing questions."""
    found = [entry for chapter in book.pages.values() for entry in _entries(book, chapter)]
    return Index(book.pages, {entry.id: entry for entry in found})


def _entries(book: Book, chapter: Chapter) -> Iterator[Entry]:
    shown = [name for name in chapter.order if name in chapter.decisions]
    unshown = [name for name in chapter.decisions if name not in shown]
    for name in (*shown, *unshown):
        yield entry(compile_decision(book, name))
    for question in compile_questions(book, chapter.slug):
        yield entry(question)


def entry(exercise: Exercise) -> Entry:
    """What a record needs of one exercise."""
    content = exercise.content
    return Entry(
        id=exercise.id,
        chapter=exercise.chapter,
        number=exercise.number,
        kind=exercise.kind,
        title=short(content.ask if exercise.is_question else content.title, 110),
        outcomes=tuple(content.outcomes),
        edition=exercise.edition,
        is_question=exercise.is_question,
        options=_names_in(content),
        unit=getattr(content, "unit", "") or getattr(getattr(content, "prediction", None), "unit", ""),
        marking=exercise.marking if KINDS[exercise.kind].MARKED else {},
    )


def _names_in(content: Any) -> dict[str, str]:
    """The words of everything that a response may name by id: options, items, parties and the like."""
    if "options" in type(content).model_fields:
        return {name: _name_of(option) for name, option in content.options.items()}
    found: dict[str, str] = {}
    for field in type(content).model_fields:
        parts = getattr(content, field)
        if isinstance(parts, dict):
            found |= {str(key): name for key, part in parts.items() if (name := _name_of(part))}
    return found


def _name_of(part: Any) -> str:
    if isinstance(part, str):
        return whole(part)
    if not isinstance(part, BaseModel):
        return ""
    named = (getattr(part, field, None) for field in ("text", "label", "title", "name"))
    return whole(next((words for words in named if isinstance(words, str)), ""))


def whole(text: str) -> str:
    """The words without marks, all of them: what a learner takes away is not cut."""
    return " ".join(markdown.plain(text).split())


def short(text: str, most: int = 72) -> str:
    """The words without marks, cut after a whole word."""
    words = " ".join(markdown.plain(text).split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def index_json(book: Book, href: Callable[[Chapter, str], str], *, as_of: str, title: str) -> dict[str, Any]:
    """The index and the words that `front/record/` needs, as plain JSON. `href` gives an exercise's address."""
    known = make_index(book)
    slugs = list(known.chapters)
    return {
        "book": {"title": title, "as_of": as_of},
        "chapters": [_chapter_json(known, chapter, href) for chapter in known.chapters.values()],
        "exercises": {name: _entry_json(one, slugs) for name, one in known.exercises.items()},
        "words": {**page.words()["record"]["says"], "sure": page.words()["browser"]["sure"]},
        "identifying": IDENTIFYING,
        "columns": COLUMNS,
    }


def _chapter_json(known: Index, chapter: Chapter, href: Callable[[Chapter, str], str]) -> dict[str, Any]:
    maps = {} if chapter.is_gallery else chapter.head.model.maps_to
    return {
        "slug": chapter.slug,
        "number": 0 if chapter.is_gallery else chapter.head.model.number,
        "name": known.name(chapter.slug),
        "title": chapter.title,
        "href": href(chapter, ""),
        "prompt": known.prompt(chapter.slug),
        "before": known.asked_again(chapter.slug),
        "outcomes": known.outcomes(chapter.slug),
        "maps": [item for items in maps.values() for item in items],
    }


def _entry_json(one: Entry, slugs: list[str]) -> dict[str, Any]:
    """Only what is there: an index of a whole book is read by everybody who opens the page."""
    made = {
        "c": slugs.index(one.chapter), "n": one.number, "k": one.kind, "t": one.title, "o": one.outcomes,
        "e": one.edition, "q": int(one.is_question), "x": one.options, "u": one.unit, "m": one.marking,
    }  # fmt: skip
    return {key: value for key, value in made.items() if value or key == "c"}

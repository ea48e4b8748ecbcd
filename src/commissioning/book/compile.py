"""From what an author wrote to what a learner may see (Exercise) and what a tutor may see (TutorGuide).

Two products, two types: what is not in the first cannot leak into the book's learner pages.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from commissioning import labs
from commissioning.book import Book, Chapter
from commissioning.kinds import compiled
from commissioning.kinds.kind import Given
from commissioning.source import markdown, shapes


@dataclass(frozen=True)
class Note:
    """One source as it is shown: a fact, a synthetic figure or a reference."""

    id: str
    claim: str
    citation: str
    url: str
    as_at: str
    checked: str
    review_by: str
    label: str
    unsure: bool = False
    synthetic: bool = False


@dataclass(frozen=True)
class Exercise:
    """One decision or closing question, ready for a page, a widget or paper.

    `content` is the author's model (all of it is for learners); `marking` is what scoring needs, as plain JSON.
    `edition` is a digest of `marking`: a changed wording keeps it, changed options or a changed key do not.
    One asked `again` begins open, whatever was answered before; the answer joins the others under its id.
    """

    id: str
    kind: str
    chapter: str
    number: str
    content: Any
    marking: dict[str, Any]
    edition: str
    notes: tuple[Note, ...]
    again: bool = False

    @property
    def is_question(self) -> bool:
        """Whether this is a closing question, which has no title, story or disagreement."""
        return not isinstance(self.content, shapes.Decision)


@dataclass(frozen=True)
class TutorGuide:
    """A chapter's session plan. Rendered under *For tutors*, never in a learner's page."""

    chapter: str
    title: str
    session: shapes.Session


def compile_decision(book: Book, name: str) -> Exercise:
    """The decision with this id. Raises LookupError for an unknown one."""
    chapter = book.chapter_of(name)
    return _exercise(book, chapter, name, chapter.decisions[name].model, number=chapter.number_of(name))


def compile_questions(book: Book, slug: str) -> list[Exercise]:
    """The closing questions of a chapter, in order. Raises LookupError for an unknown chapter."""
    chapter = book.chapter(slug)
    questions = chapter.questions.model if chapter.questions else {}
    return [
        _exercise(book, chapter, f"{slug}--{name}", question, number=str(place))
        for place, (name, question) in enumerate(questions.items(), start=1)
    ]


def compile_from_before(book: Book, slug: str) -> list[Exercise]:
    """The closing questions of earlier chapters that this one asks again, numbered afresh, under their own ids."""
    made = []
    for place, name in enumerate(book.chapter(slug).head.model.from_before, start=1):
        chapter, _, question = name.partition("--")
        found = {exercise.id: exercise for exercise in compile_questions(book, chapter)}
        if name not in found:
            raise LookupError(f"there is no closing question '{question}' in chapter '{chapter}'.")
        made.append(replace(found[name], number=str(place), again=True))
    return made


def compile_session(book: Book, slug: str) -> TutorGuide:
    """A chapter's session. Raises LookupError if the chapter is unknown or has none."""
    chapter = book.chapter(slug)
    if chapter.session is None:
        raise LookupError(f"chapter '{slug}' has no session.yaml.")
    return TutorGuide(slug, chapter.title, chapter.session.model)


def _exercise(book: Book, chapter: Chapter, name: str, content: Any, *, number: str) -> Exercise:
    marking = compiled(content, given())
    return Exercise(
        id=name,
        kind=content.kind,
        chapter=chapter.slug,
        number=number,
        content=content,
        marking=marking,
        edition=edition(content.kind, marking),
        notes=tuple(notes(book, sources_of(content))),
    )


def given() -> Given:
    """What the book hands every kind: the labs' figures and tables."""
    return Given(labs.figures(), labs.tables())


def edition(kind: str, marking: dict[str, Any]) -> str:
    """Ten hexadecimal digits that change only when something that matters to marking does."""
    canonical = json.dumps([kind, marking], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:10]


def sources_of(content: Any) -> list[str]:
    """The ids that an exercise leans on: those cited in its texts, in order, then those listed besides."""
    cited = [target for text in markdown.texts_of(content) for _, target in markdown.references(text)]
    return list(dict.fromkeys([*cited, *content.sources]))


def notes(book: Book, ids: list[str]) -> list[Note]:
    """Each id as it is shown. Unknown ids are left to the checker."""
    made = (note(book, name) for name in ids)
    return [one for one in made if one]


def note(book: Book, name: str) -> Note | None:
    """A fact, a synthetic figure or a reference by its id; None if there is none."""
    if name in book.facts:
        return _note_of_fact(book, name, book.facts[name])
    if name in book.sources:
        source = book.sources[name]
        claim = f"{source.title}."
        return Note(name, claim, _citation(book, name, with_title=False), source.url, "", "", "", source.short)
    return _note_of_figure(name)


def _note_of_fact(book: Book, name: str, fact: shapes.Fact) -> Note:
    source = book.sources.get(fact.source)
    return Note(
        id=name,
        claim=fact.claim.rstrip(".") + ".",
        citation=_citation(book, fact.source),
        url=source.url if source else "",
        as_at=fact.as_at,
        checked=_day(fact.checked),
        review_by=_day(fact.review_by),
        label=source.short if source else fact.source,
        unsure=fact.confidence == "unsure",
    )


def _note_of_figure(name: str) -> Note | None:
    figure = labs.figures().get(name)
    if figure is None:
        return None
    claim = f"Synthetic figure: {figure.meaning.rstrip('.')}."
    citation = "Larkmere's data are made by this book from a seed. Its tests compute this figure again at every change."
    return Note(name, claim, citation, "", "", "", "", "Larkmere, synthetic data", synthetic=True)


def _citation(book: Book, name: str, *, with_title: bool = True) -> str:
    source = book.sources.get(name)
    if source is None:
        return name
    title = f"{source.title}. " if with_title else ""
    return f"{source.short}. {title}{source.published}.".replace("..", ".")


def _day(day: Any) -> str:
    return f"{day.day} {day:%B %Y}"

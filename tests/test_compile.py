"""From what an author wrote to what a learner may see, and what a tutor may see."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from fixture_book import CHAPTER, DECISIONS, Copy

from commissioning.book import Book, read_book
from commissioning.book import compile as compiling
from commissioning.book.compile import Exercise, compile_decision, compile_questions, compile_session, edition, note


@pytest.mark.parametrize("name", DECISIONS)
def test_marking_is_plain_json(small_book: Book, name: str) -> None:
    marking = compile_decision(small_book, name).marking
    assert json.loads(json.dumps(marking, allow_nan=False)) == marking


def test_an_exercise_knows_its_place(small_book: Book) -> None:
    exercise = compile_decision(small_book, "first-step")
    assert (exercise.id, exercise.kind, exercise.chapter, exercise.number) == (
        "first-step",
        "best-answer",
        CHAPTER,
        "1.2",
    )
    assert not exercise.is_question


def test_questions_are_numbered_and_named_after_their_chapter(small_book: Book) -> None:
    made = compile_questions(small_book, CHAPTER)
    assert [(one.id, one.number) for one in made[:2]] == [
        (f"{CHAPTER}--who-waits", "1"),
        (f"{CHAPTER}--what-first", "2"),
    ]
    assert all(one.is_question for one in made)


def test_what_a_text_cites_becomes_a_source_before_those_listed(small_book: Book) -> None:
    notes = compile_decision(small_book, "first-step").notes
    assert [one.id for one in notes] == ["queue-length", "clinic-2013", "kept-appointments"]


def test_a_fact_is_shown_with_its_source_its_date_and_its_doubt(small_book: Book) -> None:
    fact, reference, unsure = compile_decision(small_book, "first-step").notes
    assert fact.claim == "In the spring of 2013 the clinic's waiting list held 1,240 people."
    assert fact.citation == (
        "Penrose and others 2013. A waiting list, counted. Journal of Invented Clinics 7 (2):11–19."
    )
    assert (fact.as_at, fact.checked, fact.review_by) == ("spring 2013", "5 January 2026", "5 January 2027")
    assert (fact.url, fact.label) == ("https://doi.org/10.0000/invented", "Penrose and others 2013")
    assert (fact.unsure, reference.unsure, unsure.unsure) == (False, False, True)
    assert (reference.claim, reference.as_at) == ("A waiting list, counted.", "")


def test_a_synthetic_figure_says_that_it_is_synthetic(small_book: Book) -> None:
    figure = note(small_book, "L6-fall")
    assert figure
    assert figure.claim.startswith("Synthetic figure: ")
    assert figure.url == ""


def test_an_unknown_source_has_no_note(small_book: Book) -> None:
    assert note(small_book, "nowhere") is None


def edition_after(copy: Copy, old: str, new: str) -> str:
    copy.change("chapter/decisions/first-step.yaml", old, new)
    return compile_decision(read_book(copy.root), "first-step").edition


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: The first step", "title: A first step"),
        ("text: Telephone those", "text: Ring those"),
        ("explanation: Capacity", "explanation: Perhaps capacity"),
        ("sources: [clinic-2013, kept-appointments]", "sources: []"),
        ("minutes: 2", "minutes: 3"),
    ],
)
def test_a_changed_wording_keeps_the_edition(small_book: Book, copy: Copy, old: str, new: str) -> None:
    assert edition_after(copy, old, new) == compile_decision(small_book, "first-step").edition


@pytest.mark.parametrize(
    ("old", "new"), [("key: telephone", "key: write-letters"), ("  wait-and-see:", "  wait-a-month:")]
)
def test_changed_options_or_a_changed_key_change_the_edition(small_book: Book, copy: Copy, old: str, new: str) -> None:
    assert edition_after(copy, old, new) != compile_decision(small_book, "first-step").edition


def test_an_edition_is_the_same_on_every_machine() -> None:
    assert edition("claim", {"options": ["a", "b"], "key": "b"}) == edition(
        "claim", {"key": "b", "options": ["a", "b"]}
    )
    assert edition("claim", {"options": ["a", "b", "c"], "key": "b"}) == "f75b98bf4e"


def test_what_tutors_see_is_another_type_and_learners_do_not_have_it(small_book: Book) -> None:
    guide = compile_session(small_book, CHAPTER)
    assert guide.session.title == "A queue in an hour"
    assert not isinstance(guide, Exercise)
    assert "session" not in {field.name for field in fields(Exercise)}


def test_a_chapter_without_a_session_says_so(copy: Copy) -> None:
    copy.path("chapter/session.yaml").unlink()
    with pytest.raises(LookupError, match=r"has no session\.yaml"):
        compile_session(read_book(copy.root), CHAPTER)


def test_a_chapter_without_questions_has_none(copy: Copy) -> None:
    copy.path("chapter/questions.yaml").unlink()
    assert compile_questions(read_book(copy.root), CHAPTER) == []


def test_sources_of_an_exercise_are_named_once() -> None:
    from commissioning.source.shapes import Position

    class Content:
        sources = ("b", "a")
        sides = (Position(who="A", says="[x](a) [y](c)"),)

        def __init__(self) -> None:
            self.text = "[z](a)"
            self.disagreement = list(self.sides)

    assert compiling.sources_of(Content()) == ["a", "c", "b"]

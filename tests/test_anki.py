"""Decks of the closing questions, imported, reviewed and imported again in the real Anki."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.scheduler.v3 import CardAnswer
from commands import said
from fixture_book import Copy

from commissioning.book import Book, read_book
from commissioning.book.compile import compile_questions
from commissioning.tutor import anki as decks

DAY, LATER = date(2026, 12, 1), date(2027, 1, 5)


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Any]:
    opened = Collection(str(tmp_path / "a learner's.anki2"))
    yield opened
    opened.close()


def taken_in(collection: Any, package: Path, *, progress: bool = False) -> tuple[int, int]:
    """Import a package as Anki does unless told otherwise; how many notes were new, and how many updated."""
    options = ImportAnkiPackageOptions(with_scheduling=progress, merge_notetypes=False)
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options)).log
    assert not log.conflicting
    assert not log.missing_notetype
    return len(log.new), len(log.updated)


def whole(book: Book, folder: Path, day: date = DAY) -> Path:
    return decks.write_decks(book, folder, chapters=book.chapters, day=day)[-1]


def asked(book: Book) -> dict[str, Any]:
    return {one.id: one for slug in book.chapters for one in compile_questions(book, slug)}


def card_of(collection: Any, name: str) -> Any:
    (note,) = collection.find_notes(f'"Id:{name}"')
    (card,) = collection.get_note(note).cards()
    return card


def test_each_closing_question_is_one_card_in_the_deck_of_its_chapter(
    real_book: Book, collection: Any, tmp_path: Path
) -> None:
    questions = asked(real_book)
    assert taken_in(collection, whole(real_book, tmp_path)) == (len(questions), 0)
    assert collection.card_count() == len(questions) > 50
    for name, exercise in questions.items():
        chapter = real_book.chapter(exercise.chapter)
        deck = f"{decks.ROOT}::{chapter.head.model.number:02} {chapter.title}"
        # Anki keeps typographic quotation marks in a deck's name, and straight ones as curly
        assert straight(collection.decks.name(card_of(collection, name).did)) == straight(deck)


def straight(text: str) -> str:
    return text.replace("“", '"').replace("”", '"').replace("’", "'")


@pytest.mark.parametrize("progress", [False, True])
def test_the_next_edition_changes_words_and_keeps_cards_and_history(
    copy: Copy, collection: Any, tmp_path: Path, progress: bool
) -> None:
    old = whole(read_book(copy.root), tmp_path / "1")
    name, exercise = next(iter(asked(read_book(copy.root)).items()))
    taken_in(collection, old)
    cards = collection.card_count()
    card = card_of(collection, name)
    reviewed(collection, card)
    history = (card.id, card.reps, card.due, card.ivl, card.queue)
    assert card.reps == 1
    copy.change("chapter/questions.yaml", exercise.content.ask.split()[0], "Newly asked,")
    new = whole(read_book(copy.root), tmp_path / "2", LATER)
    assert taken_in(collection, new, progress=progress) == (0, cards)
    assert collection.card_count() == cards
    card.load()
    assert (card.id, card.reps, card.due, card.ivl, card.queue) == history
    assert "Newly asked," in card.note()["Question"]


def reviewed(collection: Any, card: Any) -> None:
    card.start_timer()
    states = collection._backend.get_scheduling_states(card.id)
    answer = collection.sched.build_answer(card=card, states=states, rating=CardAnswer.GOOD)
    collection.sched.answer_card(answer)
    card.load()


def test_the_deck_of_a_chapter_holds_the_cards_of_the_deck_of_all(
    real_book: Book, collection: Any, tmp_path: Path
) -> None:
    made = decks.write_decks(real_book, tmp_path, chapters=real_book.chapters, day=DAY)
    assert [path.stem for path in made] == [*real_book.chapters, "the-whole-book"]
    taken_in(collection, made[-1])
    cards = collection.card_count()
    for path in made[:-1]:
        new, _ = taken_in(collection, path)
        assert new == 0
    assert collection.card_count() == cards


def test_two_decks_of_one_day_are_the_same_bytes(real_book: Book, tmp_path: Path) -> None:
    assert whole(real_book, tmp_path / "1").read_bytes() == whole(real_book, tmp_path / "2").read_bytes()


def test_the_fields_are_those_of_the_first_edition() -> None:
    """Anki drops, without a word, every later note of a type whose fields have changed: this list is final."""
    fields = ("Id", "Question", "Answer", "Why", "Source", "As at", "Overdue", "Link", "Spare 1", "Spare 2", "Spare 3")
    assert fields == decks.FIELDS
    assert decks.MODEL_ID == 1_650_113_001


def test_a_card_whose_fact_is_overdue_says_so_and_enters_suspended(
    real_book: Book, collection: Any, tmp_path: Path
) -> None:
    questions = asked(real_book)
    days = {
        n: [real_book.facts[f.id].review_by for f in q.notes if f.id in real_book.facts] for n, q in questions.items()
    }
    overdue = {name for name, due in days.items() if due and min(due) < date(2027, 8, 1)}
    assert overdue
    assert overdue != set(questions)
    taken_in(collection, whole(real_book, tmp_path, date(2027, 8, 1)), progress=True)

    def found(search: str) -> set[str]:
        return {collection.get_card(one).note()["Id"] for one in collection.find_cards(search)}

    assert found("is:suspended") == overdue
    assert found("tag:overdue") == overdue
    for name in questions:
        told = "was to be looked at again by" in card_of(collection, name).render_output().question_text
        assert told is (name in overdue)


def test_every_text_of_a_question_is_on_its_card(real_book: Book, collection: Any, tmp_path: Path) -> None:
    """Whatever its author wrote comes back from Anki: question, options, key, each explanation, points and sources."""
    taken_in(collection, whole(real_book, tmp_path))
    for name, exercise in asked(real_book).items():
        card, content = card_of(collection, name), exercise.content
        shown = card.render_output()
        front, back = plain(shown.question_text), plain(shown.answer_text)
        if content.kind == "best-answer":
            options = list(content.options)
            assert f"{'ABCDEFGH'[options.index(content.key)]}. {words(content.options[content.key].text)}" in back
            assert [words(one.text) for one in content.options.values() if words(one.text) not in front] == []
            assert [
                words(one.explanation) for one in content.options.values() if words(one.explanation) not in back
            ] == []
        else:
            assert words(content.answer) in back
            assert words(content.answer) not in front
            assert [words(point) for point in content.points if words(point) not in back] == []
        assert words(content.ask) in front
        assert [note.citation for note in exercise.notes if words(note.citation) not in back] == []
        assert "<a" not in shown.answer_text


def plain(html: str) -> str:
    from bs4 import BeautifulSoup

    return (
        straight(" ".join(BeautifulSoup(html, "html.parser").get_text(" ").split()))
        .replace(" .", ".")
        .replace(" ,", ",")
    )


def words(text: str) -> str:
    from commissioning.source import markdown

    return straight(" ".join(markdown.plain(text).split()))


def test_a_card_links_to_its_place_in_a_published_book(real_book: Book) -> None:
    exercise = replace(next(iter(asked(real_book).values())))
    link = decks.fields_of(exercise, real_book, DAY, "https://example.org/book/")[decks.FIELDS.index("Link")]
    page = real_book.chapter(exercise.chapter).docname
    assert f'href="https://example.org/book/{page}.html#{exercise.id}"' in link
    assert "<a" not in decks.fields_of(exercise, real_book, DAY)[decks.FIELDS.index("Link")]


def test_the_command_writes_what_is_named(
    copy: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    code, printed, _ = said(capsys, monkeypatch, "anki", "--book", copy.root, "--out", out, "--day", "2026-12-01")
    assert (code, [path.name for path in out.iterdir()]) == (0, ["waiting-for-a-scan.apkg"])
    assert str(out / "waiting-for-a-scan.apkg") in printed
    code, _, complaint = said(capsys, monkeypatch, "anki", "waiting-for-a-scam", "--book", copy.root, "--out", out)
    assert code == 2
    assert complaint.startswith("there is no chapter 'waiting-for-a-scam'. Did you mean 'waiting-for-a-scan'?")

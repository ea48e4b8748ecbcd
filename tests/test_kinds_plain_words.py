"""Plain words. Scores: tests/contract/plain-words.json."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning import page
from commissioning.book import Book
from commissioning.book.compile import compile_decision
from commissioning.check import exercises
from commissioning.kinds import plain_words
from commissioning.source import markdown

GOOD = "word " * 30


def model_of(**changed: Any) -> plain_words.Decision:
    """A faultless one, with parts of it changed."""
    whole: dict[str, Any] = {
        "title": "t",
        "kind": "plain-words",
        "era": "now",
        "minutes": 3,
        "outcomes": ["o"],
        "situation": "s",
        "ask": "a",
        "length": {"least": 20, "most": 60},
        "points": {name: {"text": f"It says {name}", "explanation": f"Why {name}."} for name in "abcd"},
        "models": {"good": {"title": "One", "text": GOOD, "explanation": "e"}},
        "bad": "{first: Going forward} we {second: apologise for any inconvenience}.",
        "spans": {"first": {"explanation": "one"}, "second": {"explanation": "two"}},
    }
    return plain_words.Decision.model_validate({**whole, **changed})


def faults(**changed: Any) -> list[str]:
    return [wrong for _, wrong, _ in plain_words.find(model_of(**changed))]


def test_a_whole_one_has_no_fault() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"length": {"least": 60, "most": 60}}, "from 60 to 60 words leaves no room."),
        ({"models": {"m": {"title": "One", "text": "word " * 61, "explanation": "e"}}}, "a good answer has 61 words"),
        ({"models": {"m": {"title": "One", "text": "word " * 19, "explanation": "e"}}}, "a good answer has 19 words"),
        ({"bad": "{first: Going} {third: forward} {second: now}"}, "it marks 'third', which is not in 'spans'."),
        ({"bad": "{first: Going} {first: forward} {second: now}"}, "it marks 'first' 2 times."),
        ({"bad": "{first: Going forward}"}, "the bad answer does not mark this passage."),
        ({"bad": "{first: Going} {second: forward} {oops}"}, "a bracket opens or closes no passage."),
        ({"points": {name: {"text": "Same", "explanation": f"Why {name}."} for name in "abcd"}}, "two points are"),
    ],
)
def test_what_is_wrong_is_named(changed: dict[str, Any], told: str) -> None:
    assert any(wrong.startswith(told) for wrong in faults(**changed)), faults(**changed)


def test_the_bad_answer_is_shown_whole_and_each_passage_has_its_number() -> None:
    model = model_of()
    assert model.bad_text() == "Going forward **(1)** we apologise for any inconvenience **(2)**."
    assert model.passages() == [("first", "Going forward"), ("second", "apologise for any inconvenience")]


@given(st.lists(st.sampled_from(["we", "owe", "£4m,", "it’s", "-"]), min_size=1, max_size=80))
def test_words_are_counted_between_spaces_and_length_costs_no_point(words: list[str]) -> None:
    marking = plain_words.compiled(model_of())
    score = plain_words.score(marking, {"text": "  ".join(words), "points": ["a", "b"]})
    assert score == {"had": 2, "of": 4, "words": len(words), "over": max(0, len(words) - 60)}


def test_a_reader_sees_no_list_and_no_answer_before_the_button(real_book: Book) -> None:
    """Whatever gives the points away stands in the part that opens once the text is written."""
    exercise = compile_decision(real_book, "example-plain-words")
    form, _, after = page.render(exercise).partition('<div class="after">')
    for point in exercise.content.points.values():
        assert point.text not in form
        assert point.text in after
    for model in exercise.content.models.values():
        assert model.title not in form


def every(real_book: Book) -> list[tuple[str, plain_words.Decision]]:
    found = [(name, sheet.model) for chapter in real_book.pages.values() for name, sheet in chapter.decisions.items()]
    return [(name, model) for name, model in found if model.kind == "plain-words"]


def test_every_text_that_follows_is_short_and_like_no_other(real_book: Book) -> None:
    assert every(real_book)
    for name, model in every(real_book):
        texts = [text for _, _, text in plain_words.explained(model)]
        assert [text for text in texts if not 4 <= markdown.words(text) <= exercises.MOST_EXPLAINED] == [], name
        assert len(set(texts)) == len(texts), name


def test_a_good_answer_of_the_book_has_none_of_the_bad_ones_passages(real_book: Book) -> None:
    for name, model in every(real_book):
        for _, passage in model.passages():
            assert not any(passage.lower() in good.text.lower() for good in model.models.values()), (name, passage)

"""check(...): right answers are accepted, known slips are named, and no sentence gives a number away."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd
import pytest

from commissioning.labs import figures, risk
from commissioning.labs.checks import check, words, words_of
from commissioning.labs.risk.tasks import TASKS

SAID = words_of("risk")
UNANSWERED = "Not answered yet. Put your answer where `None` stands, and run the cell again."
SEVERAL = "That is of type `{}`, which holds several values. This task wants one of them, so say which."

BY_HAND = [
    ("fall", 0.668, "share-of-one"),
    ("fall", 667.5, "per-thousand"),
    ("fall", -67, "rise-for-fall"),
    ("fall", 33, "what-is-left"),
    ("fall", 33.2, "what-is-left"),
    ("fall", 0.33, "left-of-one"),
    ("fall", 201, "second-year-base"),
    ("fall", 3.01, "times"),
    ("fall", 1.53, "fall-each"),
    ("fall", 1032, "fall-in-total"),
    ("fall", 1995, "fall-in-total"),
    ("fall", 2.29, "first-average"),
    ("fall", 0.76, "second-average"),
    ("fall", -200, "chosen-by-year-two"),
    ("fall", 67.9, "at-any-age"),
    ("fall", 66.28, "with-matron"),
    ("fall", -1.21, "everybody"),
    ("half-fall", 67.9, "two-or-more"),
    ("slope", 30.5, "slope-times-hundred"),
    ("slope", -0.305, "falling-slope"),
    ("slope", 0.695, "the-rest"),
    ("slope", -0.695, "change-on-year-one"),
    ("slope", 0.115, "where-it-starts"),
    ("slope", 0.069, "covariance"),
    ("slope", 0.354, "means-alike"),
    ("slope", 0.42, "inside-the-group"),
    ("slope", 1.01, "ratio-of-totals"),
    ("slope", 0.2919, "correlation"),
    ("slope", 0.28, "years-swapped"),
    ("slope", 0.29, "slope-at-any-age"),
    ("half-slope", 0.2986, "correlation"),
    ("half-slope", 0.282, "years-swapped"),
    ("effect", -4.48, "fewer-for-more"),
    ("effect", -4.28, "divided-by-her-own"),
    ("effect", 0.045, "effect-of-one"),
    ("effect", 1.045, "rate-ratio"),
    ("effect", 104.5, "ratio-in-per-cent"),
    ("effect", 0.957, "ratio-upside-down"),
    ("effect", 0.034, "effect-each"),
    ("effect", 66.5, "before-and-after"),
    ("effect", -66.8, "before-and-after"),
    ("effect", -0.48, "difference-of-falls"),
    ("effect", 1.42, "every-patient"),
    ("effect", -1.05, "admitted-only"),
    ("effect", -4.67, "totals-compared"),
    ("effect", 6.1, "practices-alike"),
    ("effect", -5.2, "effect-at-any-age"),
    ("effect", -11.3, "end-of-interval"),
    ("half-effect", 6.34, "more-for-fewer"),
    ("sample-size", 5_236, "both-groups"),
    ("sample-size", 1_312, "half-a-group"),
    ("sample-size", 651, "year-one-throughout"),
    ("sample-size", 27_897_308, "change-of-one"),
    ("sample-size", 1_958, "no-clumping"),
    ("sample-size", 613, "larger-effect"),
    ("sample-size", 10_816, "smaller-effect"),
    ("sample-size", 41, "the-fall-itself"),
    ("sample-size", 3_505, "more-power"),
    ("sample-size", 2_970, "a-rise"),
    ("sample-size", 9_717, "everybodys-rate"),
    ("sample-size", 1_289, "larkmere"),
    ("half-sample-size", 8_423, "smaller-effect"),
]


@pytest.mark.parametrize("name", TASKS)
def test_every_check_accepts_the_right_answer(name: str) -> None:
    verdict = check(name, TASKS[name]().answer)
    assert verdict.right
    assert verdict.words.startswith("That is right.")


def test_the_bare_case_is_answered_nowhere_in_the_chapter() -> None:
    """What the chapter prints of people of any age is wrong of those of 65 and over, and is told apart by name."""
    printed = {"fall": "L6-without-fall", "effect": "L6-fair-effect", "sample-size": "L6-needed"}
    for task, figure in printed.items():
        assert not check(task, figures()[figure].value).right, task
    assert not check("fall", 68).right
    assert not check("slope", 0.29).right
    assert not check("effect", -5).right


def test_the_answers_can_be_given_as_they_are_read_from_a_cell() -> None:
    assert check("fall", 67).right
    assert check("slope", 0.3).right
    assert check("effect", 4.5).right
    assert check("includes-zero", True).right
    assert check("sample-size", 2_618).right


@pytest.mark.parametrize(("task", "answer", "slip"), BY_HAND)
def test_a_known_slip_is_named(task: str, answer: float, slip: str) -> None:
    verdict = check(task, answer)
    assert not verdict.right
    assert verdict.slip == slip
    assert verdict.words == f"Not yet. {words_of('risk')['slips'][slip]}"


@pytest.mark.parametrize("name", TASKS)
def test_no_slip_is_taken_for_another_nor_for_the_answer(name: str) -> None:
    for slip in TASKS[name]().slips:
        assert check(name, slip.value).slip == slip.name, slip


def test_the_slips_tried_by_hand_are_all_there_are() -> None:
    planted = {slip.name for task in TASKS.values() for slip in task().slips}
    assert {slip for _, _, slip in BY_HAND} == planted == set(SAID["slips"])


@pytest.mark.parametrize("name", TASKS)
def test_a_wrong_answer_that_no_slip_explains_is_told_what_to_do(name: str) -> None:
    answer = False if name == "includes-zero" else 123_456.7
    verdict = check(name, answer)
    assert not verdict.right
    assert verdict.slip is None
    assert verdict.words == f"Not yet. {words_of('risk')['tasks'][name]['otherwise']}"


def _everything_said(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _everything_said(part)]
    return [str(value)]


def test_no_message_holds_a_number() -> None:
    for text in _everything_said(words()):
        assert not re.search(r"\d", text), text


def test_no_two_slips_are_told_the_same() -> None:
    said = _everything_said(SAID["slips"]) + _everything_said(SAID["tasks"])
    assert len(said) == len(set(said))
    assert all(len(text.split()) >= 8 for text in said)


CANNOT_READ = [
    (None, UNANSWERED),
    (..., UNANSWERED),
    ("68%", words()["cannot_read"]["text"]),
    (math.nan, words()["cannot_read"]["not-a-number"]),
    (np.float64("nan"), words()["cannot_read"]["not-a-number"]),
    (math.inf, words()["cannot_read"]["infinite"]),
    (True, words()["cannot_read"]["yes-or-no"]),
    (np.True_, words()["cannot_read"]["yes-or-no"]),
    (pd.Series([1.0, 2.0]), SEVERAL.format("Series")),
    ([68.0], SEVERAL.format("list")),
    (np.array([1.0]), SEVERAL.format("ndarray")),
    (
        risk.Change(2.0, 1.0, 50.0, 10),
        "That is of type `Change`, which holds several figures. "
        "Name the one you want after a dot, as in `result.before`.",
    ),
    (risk.slope, words()["cannot_read"]["not-run"]),
    (pd.Series([1.0]).mean, words()["cannot_read"]["not-run"]),
    (1j, "That is of type `complex`. This task wants a single number."),
]


@pytest.mark.parametrize(("answer", "said"), CANNOT_READ, ids=[type(answer).__name__ for answer, _ in CANNOT_READ])
def test_what_cannot_be_read_gets_a_clear_sentence(answer: object, said: str) -> None:
    verdict = check("fall", answer)
    assert verdict.words == said
    assert not verdict.right


@pytest.mark.parametrize("answer", [np.float32(67), np.array(67.0), np.int64(67), 67])
def test_a_number_may_come_in_a_box(answer: object) -> None:
    assert check("fall", answer).right


@pytest.mark.parametrize("answer", [True, np.True_, "yes", "True"])
def test_a_yes_may_be_said_in_words(answer: object) -> None:
    assert check("includes-zero", answer).right


@pytest.mark.parametrize("answer", [None, 7.5, (-1.0, 1.0), "perhaps"])
def test_a_question_of_yes_or_no_wants_one(answer: object) -> None:
    verdict = check("includes-zero", answer)
    assert not verdict.right
    assert verdict.words == UNANSWERED or "`True` or `False`" in verdict.words


def test_an_unknown_task_names_the_nearest() -> None:
    with pytest.raises(LookupError, match=r"^there is no task 'fal'. Did you mean 'fall'\?$"):
        check("fal", 1)
    with pytest.raises(LookupError, match=r"It must be one of: .*half-fall, half-slope"):
        check("zzz", 1)


def test_jupyter_shows_the_sentence_with_its_first_words_in_bold() -> None:
    assert check("fall", -68)._repr_markdown_().startswith("**Not yet.** The sign says")
    assert check("fall", None)._repr_markdown_() == UNANSWERED
    assert repr(check("fall", 67)) == "That is right. They fell so far, and nobody had called."

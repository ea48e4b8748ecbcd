"""check(...): right answers are accepted, known slips are named, and no sentence gives a number away."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd
import pytest

from commissioning import place
from commissioning.labs import figures, risk
from commissioning.labs.checks import check, words, words_of
from commissioning.labs.risk.tasks import TASKS

SAID = words_of("risk")
UNANSWERED = "Not answered yet. Put your answer where `None` stands, and run the cell again."
SEVERAL = "That is of type `{}`, which holds several values. This task wants one of them, so say which."

BY_HAND = [
    ("fall", 0.68, "share-of-one"),
    ("fall", 679.8, "per-thousand"),
    ("fall", -68, "rise-for-fall"),
    ("fall", 32, "what-is-left"),
    ("fall", 31.9, "what-is-left"),
    ("fall", 0.32, "left-of-one"),
    ("fall", 212, "second-year-base"),
    ("fall", 3.11, "times"),
    ("fall", 1.55, "fall-each"),
    ("fall", 3139, "fall-in-total"),
    ("fall", 5850, "fall-in-total"),
    ("fall", 2.28, "first-average"),
    ("fall", 0.73, "second-average"),
    ("fall", -222, "chosen-by-year-two"),
    ("fall", 69.5, "with-matron"),
    ("fall", 70, "with-matron"),
    ("fall", 0.64, "everybody"),
    ("half-fall", 67.9, "two-or-more"),
    ("slope", 29.1, "slope-times-hundred"),
    ("slope", -0.29, "falling-slope"),
    ("slope", 0.71, "the-rest"),
    ("slope", -0.71, "change-on-year-one"),
    ("slope", 0.07, "where-it-starts"),
    ("slope", 0.041, "covariance"),
    ("slope", 0.32, "means-alike"),
    ("slope", 0.36, "inside-the-group"),
    ("slope", 0.99, "ratio-of-totals"),
    ("half-slope", 0.2986, "correlation"),
    ("half-slope", 0.282, "years-swapped"),
    ("effect", 5.2, "more-for-fewer"),
    ("effect", 5.49, "divided-by-her-own"),
    ("effect", -0.052, "effect-of-one"),
    ("effect", 0.948, "rate-ratio"),
    ("effect", 94.8, "ratio-in-per-cent"),
    ("effect", 1.055, "ratio-upside-down"),
    ("effect", -0.038, "effect-each"),
    ("effect", 69.5, "before-and-after"),
    ("effect", -70, "before-and-after"),
    ("effect", 1.65, "difference-of-falls"),
    ("effect", 0.62, "every-patient"),
    ("effect", -1.26, "admitted-only"),
    ("effect", -18.3, "totals-compared"),
    ("effect", -7.6, "practices-alike"),
    ("effect", -16.4, "end-of-interval"),
    ("sample-size", 22_382, "both-groups"),
    ("sample-size", 5_596, "half-a-group"),
    ("sample-size", 5_525, "half-a-group"),
    ("sample-size", 2_681, "year-one-throughout"),
    ("sample-size", 115_481_992, "change-of-one"),
    ("sample-size", 8_347, "no-clumping"),
    ("sample-size", 2_709, "larger-effect"),
    ("sample-size", 40, "the-fall-itself"),
    ("sample-size", 14_982, "more-power"),
    ("sample-size", 11_918, "a-rise"),
    ("sample-size", 86_591, "everybodys-rate"),
    ("sample-size", 3_768, "larkmere"),
    ("half-sample-size", 8_423, "smaller-effect"),
]


@pytest.mark.parametrize("name", TASKS)
def test_every_check_accepts_the_right_answer(name: str) -> None:
    verdict = check(name, TASKS[name]().answer)
    assert verdict.right
    assert verdict.words.startswith("That is right.")


def test_the_answers_are_the_planted_truths() -> None:
    printed = {"fall": "L6-fall", "slope": "L6-slope", "effect": "L6-fair-effect", "sample-size": "L6-needed"}
    for task, figure in printed.items():
        assert TASKS[task]().answer == figures()[figure].value
    assert check("fall", 68).right
    assert check("slope", 0.29).right
    assert check("effect", -5).right
    assert check("includes-zero", True).right


def test_both_towns_without_a_matron_give_a_right_fall() -> None:
    persons = place.persons()
    nobody_called = persons[~risk.at_practices_with_matron(persons)]
    for people in (nobody_called, place.persons(matron_effect=0.0)):
        assert check("fall", risk.before_after_fall(people).fall).right


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


def test_in_the_whole_town_swapped_years_and_the_correlation_are_the_slope_itself() -> None:
    """The two years vary alike, so no check can tell these slips apart there; the half-worked task can."""
    persons = place.persons(matron_effect=0.0)
    year_1, year_2 = persons["adm_y1"], persons["adm_y2"]
    assert check("slope", year_1.cov(year_2) / year_2.var()).right
    assert check("slope", year_1.corr(year_2)).right


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


@pytest.mark.parametrize("answer", [np.float32(68), np.array(68.0), np.int64(68), 68])
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
    assert repr(check("fall", 68)) == "That is right. They fell so far, and nobody had called."

"""The scoring contract in Python. `tests/browser/test_contract_in_chromium.py` runs the same cases in a browser."""

from __future__ import annotations

import math
from typing import Any

import pytest
from contract_cases import MANY, SCORED, Case, cases, is_same, random_answers

from commissioning import kinds

ALL = [case for kind in SCORED for case in cases(kind)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.kind}: {case.why}")
def test_a_response_gets_the_score_that_was_worked_out_by_hand(case: Case) -> None:
    assert is_same(kinds.score(case.kind, case.marking, case.response), case.score)


@pytest.mark.parametrize("kind", SCORED)
def test_every_scored_kind_has_ten_golden_cases_or_more_and_each_says_why(kind: str) -> None:
    held = cases(kind)
    assert len(held) >= 10
    assert all(case.why for case in held)
    assert any(case.score is None for case in held)


@pytest.mark.parametrize("size", [4, 5])
def test_ranking_has_ten_golden_cases_for_each_length(size: int) -> None:
    assert sum(len(case.marking["key"]) == size for case in cases("ranking")) >= 10


@pytest.mark.parametrize("form", ["ranges", "value"])
def test_estimates_have_ten_golden_cases_marked_and_ten_unmarked(form: str) -> None:
    assert sum(form in case.marking for case in cases("estimate")) >= 10


@pytest.mark.parametrize("kind", SCORED)
def test_no_response_however_absurd_breaks_a_score(kind: str) -> None:
    answers = random_answers(kind)
    assert len(answers) >= MANY
    scores = [kinds.score(kind, marking, response) for marking, response in answers]
    scored = sum(score is not None for score in scores)
    assert MANY // 4 < scored < len(answers)


ABSURD: dict[str, Any] = {
    "not a number": math.nan,
    "without end": math.inf,
    "without end below": -math.inf,
    "very large": 10**400,
    "very small": -(10**400),
    "an object": object(),
    "bytes": b"1",
    "a tuple": (1,),
    "a set": {1},
    "imaginary": 1j,
}


@pytest.mark.parametrize("absurd", ABSURD.values(), ids=ABSURD)
@pytest.mark.parametrize("kind", SCORED)
def test_what_only_python_can_hold_is_not_scored(kind: str, absurd: Any) -> None:
    whole = cases(kind)[0]
    assert kinds.score(kind, whole.marking, absurd) is None
    assert kinds.score(kind, whole.marking, dict.fromkeys(whole.response, absurd)) is None

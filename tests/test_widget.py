"""The same exercises live in Jupyter: what comes back to Python, and what a saved notebook holds."""

from __future__ import annotations

from typing import Any

import pytest
from fixture_book import CHAPTER, FIXTURES

import commissioning
from commissioning import page
from commissioning.book import read_book
from commissioning.book.compile import compile_decision
from commissioning.jupyter.widget import (
    DECISION_MIME,
    QUESTIONS_MIME,
    DecisionWidget,
    ExerciseWidget,
    decision,
    questions,
)


@pytest.fixture(autouse=True)
def _in_the_fixture_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMISSIONING_BOOK", str(FIXTURES / "book"))


def decide(widget: ExerciseWidget, name: str, *responses: Any) -> None:
    """What decision.js writes into the widget when a learner decides, once or more often."""
    taken = [{"response": r, "at": "2026-01-05T10:00:00Z", "edition": "x"} for r in responses]
    state = {"first": taken[0], "last": taken[-1], "attempts": len(taken)}
    widget.states = {**widget.states, name: state}


def test_before_deciding_there_is_no_response_and_no_score() -> None:
    made = decision("first-step")
    assert isinstance(made, DecisionWidget)
    assert (made.response, made.score, made.responses) == (None, None, {})


def test_what_a_learner_decides_comes_back_with_its_score() -> None:
    made = decision("first-step")
    decide(made, "first-step", {"choice": "telephone", "certainty": 3})
    assert made.response == {"choice": "telephone", "certainty": 3}
    assert made.score == {"right": True, "marks": 3, "of": 3}


def test_the_last_of_several_answers_is_the_response() -> None:
    made = decision("first-step")
    decide(made, "first-step", {"choice": "telephone", "certainty": 1}, {"choice": "new-scanner", "certainty": 2})
    assert made.score == {"right": False, "marks": -2, "of": 3}


def test_each_decision_can_be_observed() -> None:
    made, seen = decision("what-the-plot-says"), []
    made.observe(lambda change: seen.append(change["new"]), "response")
    decide(made, "what-the-plot-says", {"choice": "better"})
    assert seen == [{"choice": "better"}]


def test_what_is_forgotten_is_gone() -> None:
    made = decision("what-the-plot-says")
    decide(made, "what-the-plot-says", {"choice": "better"})
    made.states = {}
    assert (made.response, made.score) == (None, None)


def test_a_response_cannot_be_written_from_python() -> None:
    import traitlets

    made = decision("first-step")
    with pytest.raises(traitlets.TraitError):
        made.response = {"choice": "telephone"}


def test_an_unknown_decision_is_answered_with_the_nearest() -> None:
    with pytest.raises(LookupError, match="Did you mean 'first-step'"):
        decision("first-stop")


def test_questions_come_together_with_a_score_each() -> None:
    made = questions(CHAPTER)
    decide(made, f"{CHAPTER}--who-waits", {"choice": "referred", "certainty": 2})
    decide(made, f"{CHAPTER}--say-why", {"text": "x", "points": [0]})
    assert made.scores == {
        f"{CHAPTER}--who-waits": {"right": True, "marks": 2, "of": 3},
        f"{CHAPTER}--say-why": {"had": 1, "of": 2},
    }


def test_the_widget_shows_the_pages_html_with_the_pages_script_and_style() -> None:
    made = decision("first-step")
    assert made.html == page.render(compile_decision(read_book(), "first-step"))
    assert made.words == page.words()["browser"]
    assert page.front("decision.js") in str(ExerciseWidget._esm)
    assert page.front("decision.css") in str(ExerciseWidget._css)


def test_a_cells_output_carries_only_the_id_so_that_it_never_goes_stale() -> None:
    data, _ = decision("first-step")._repr_mimebundle_()
    assert data[DECISION_MIME] == {"id": "first-step"}
    assert data["text/plain"] == "DecisionWidget: first-step"
    assert "Telephone" not in str(data)
    data, _ = questions(CHAPTER)._repr_mimebundle_()
    assert data[QUESTIONS_MIME] == {"chapter": CHAPTER}


def test_the_package_offers_two_calls() -> None:
    assert commissioning.decision is decision
    assert commissioning.questions is questions
    with pytest.raises(AttributeError, match="no attribute 'decisions'"):
        commissioning.decisions  # noqa: B018

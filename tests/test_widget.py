"""The same exercises live in Jupyter: what comes back to Python, and what a saved notebook holds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest
from fixture_book import CHAPTER, FIXTURES

import commissioning
from commissioning import page
from commissioning.book import Book, read_book
from commissioning.book.compile import compile_decision, compile_questions
from commissioning.jupyter import on_paper, widget
from commissioning.jupyter.widget import (
    DECISION_MIME,
    QUESTIONS_MIME,
    DecisionWidget,
    ExerciseWidget,
    decision,
    questions,
)
from commissioning.kinds import KINDS
from commissioning.record import kernel
from commissioning.source import markdown
from commissioning.source.root import BUILDING


@pytest.fixture(autouse=True)
def _in_the_fixture_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMISSIONING_BOOK", str(FIXTURES / "book"))


def decide(made: ExerciseWidget, name: str, *responses: Any) -> None:
    """What decision.js writes into the widget when a learner decides, once or more often."""
    exercise = made._exercises[name]
    taken = [{"response": r, "at": "2026-01-05T10:00:00Z", "edition": exercise.edition} for r in responses]
    state = {"format": "commissioning-decision/1", "id": name, "kind": exercise.kind, "attempts": len(taken)}
    state |= {"first": taken[0], "last": taken[-1]}
    made.states = {**made.states, name: state}


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
    common = json.loads(made.common.text)
    assert made.sheet.text == made.html
    assert common["words"] == page.words()["browser"]
    assert common["script"] == page.front("decision.js")
    assert page.front("decision.css") in common["style"]


def test_a_notebook_sends_and_saves_the_script_once_however_many_exercises_it_has() -> None:
    """What a notebook saves of its widgets are their states: fifteen exercises, each shown twice."""
    from ipywidgets import Widget

    names = ["first-step", "in-what-order", "what-the-plot-says", "count-again", "turn-the-dial"] * 3
    before = set(Widget.get_manager_state()["state"])
    made = [decision(name) for name in names]
    state = Widget.get_manager_state()["state"]
    saved = json.dumps({name: one for name, one in state.items() if name not in before})
    once = len(page.front("decision.js")) + len(page.front("decision.css")) + sum(len(one.html) for one in made[:5])
    assert len(saved) < 1.5 * once + 4000 * len(made)
    assert saved.count("function browserStore(") <= 1


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


# -- what was decided is there again ---------------------------------------------------------------------------------


def restarted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a kernel holds is gone; what it wrote is not."""
    monkeypatch.setattr(kernel, "_HERE", kernel._Kernel())
    monkeypatch.setattr(widget, "_SHOWN", WeakSet())


CHOICE = {"choice": "telephone", "certainty": 3}


def test_after_a_restart_a_decision_shows_what_was_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    decide(decision("first-step"), "first-step", CHOICE)
    restarted(monkeypatch)
    again = decision("first-step")
    assert (again.response, again.score) == (CHOICE, {"right": True, "marks": 3, "of": 3})
    assert commissioning.record().decisions["first-step"].attempts == 1


def test_a_re_run_cell_and_a_chapters_questions_show_what_was_decided_elsewhere() -> None:
    name = f"{CHAPTER}--who-waits"
    first, before, other = questions(CHAPTER), questions(CHAPTER), decision("first-step")
    decide(first, name, {"choice": "referred", "certainty": 2})
    assert before.states == questions(CHAPTER).states == first.states
    assert other.states == {}
    first.states = {}
    assert before.states == questions(CHAPTER).states == {}


def test_what_another_notebook_forgot_is_not_written_back(monkeypatch: pytest.MonkeyPatch) -> None:
    here = decision("first-step")
    decide(here, "first-step", CHOICE)
    kernel.keep({}, here.states)  # as another kernel does
    decide(here, "first-step", CHOICE, {"choice": "new-scanner", "certainty": 1})
    state = commissioning.record().decisions["first-step"]
    assert (state.attempts, state.first.response["choice"]) == (1, "new-scanner")


def test_a_half_made_answer_is_there_again_and_gone_when_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = {"format": "commissioning-draft/1", "edition": "x", "at": "2026-01-05T10:00:00.000Z", "fields": {"a": "b"}}
    made = decision("first-step")
    made.drafts = {"first-step": draft | {"half": None}}
    restarted(monkeypatch)
    again = decision("first-step")
    assert again.drafts["first-step"]["fields"] == {"a": "b"}
    assert again.response is None
    again.drafts = {}
    assert commissioning.record().drafts == {}


def test_a_record_that_is_read_is_shown_by_the_exercises_of_this_notebook(tmp_path: Path) -> None:
    decide(decision("first-step"), "first-step", CHOICE)
    mine = tmp_path / "mine.json"
    commissioning.record.write_record(commissioning.record(), mine)
    kernel.keep({}, {"first-step": {}})
    assert decision("first-step").response is None
    commissioning.record(mine)
    shown = decision("first-step")
    assert shown.response == CHOICE
    shown.states = {}
    assert decision("first-step").response is None, "forgotten is forgotten"


def test_an_answer_to_an_older_edition_is_kept_and_not_marked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = decision("first-step")
    decide(made, "first-step", CHOICE)
    old = {**made.states["first-step"], "last": {**made.states["first-step"]["last"], "edition": "older"}}
    made.states = {"first-step": old}
    assert (made.response, made.score, made.scores) == (CHOICE, None, {"first-step": None})


def test_where_no_file_can_be_written_it_is_said_and_answers_last_as_long_as_the_kernel(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    monkeypatch.setenv(kernel.NAMED, str(tmp_path / "a-file" / "record.json"))
    made = decision("first-step")
    decide(made, "first-step", CHOICE)
    assert made.is_kept is False
    assert decision("first-step").response == CHOICE


def test_a_damaged_file_of_answers_is_put_aside_and_never_deleted(tmp_path: Path) -> None:
    kernel.path().write_text("{half", encoding="utf-8")
    decide(decision("first-step"), "first-step", CHOICE)
    (aside,) = kernel.path().parent.glob(f"{kernel.path().name}.*.damaged")
    assert aside.read_text(encoding="utf-8") == "{half"
    assert decision("first-step").response == CHOICE


def test_a_build_shows_nobodys_answers_and_keeps_none(monkeypatch: pytest.MonkeyPatch) -> None:
    decide(decision("first-step"), "first-step", CHOICE)
    monkeypatch.setenv(BUILDING, "1")
    assert decision("first-step").states == {}
    with pytest.raises(NotImplementedError):
        decision("first-step")._ipython_display_()


@pytest.mark.parametrize("kind", list(KINDS))
def test_on_paper_an_exercise_of_any_kind_has_its_words_and_what_was_chosen(kind: str, real_book: Book) -> None:
    exercise = next(
        made
        for chapter in real_book.pages.values()
        for made in (
            *[compile_decision(real_book, name) for name in chapter.order],
            *compile_questions(real_book, chapter.slug),
        )
        if made.kind == kind
    )
    words = on_paper.as_markdown(page.render(exercise), [exercise], {})
    said = on_paper.plain(words)
    content = exercise.content
    asked = content.ask if exercise.is_question else f"{content.title}\n\n{content.situation.splitlines()[0]}"
    for line in filter(None, markdown.plain(asked).split("\n")):
        assert " ".join(re.findall(r"\w+", line)) in " ".join(re.findall(r"\w+", said))
    assert "Not decided yet." in said
    assert "Widget" not in said
    after = page.render(exercise).split('<div class="after">', 1)[1]
    assert all(one not in said for one in re.findall(r"<div class=\"story\">\s*<p>([^<]{60,})", after)), (
        "no answer leaks"
    )

"""The same exercises, live in Jupyter: `decision("matrons-triumph")`.

The widget shows the page's own HTML with the page's own script and stylesheet. What a learner decides comes back to
Python: `d.response`, `d.score`, `d.observe(...)`. In the book's build the same cell output carries only the exercise's
id, which the Sphinx extension turns into HTML, so a cached execution never goes stale.
"""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from commissioning import kinds, page, record
from commissioning.book import read_book
from commissioning.book.compile import Exercise, compile_decision, compile_from_before, compile_questions
from commissioning.source.root import find_root

DECISION_MIME = "application/vnd.commissioning.decision+json"
QUESTIONS_MIME = "application/vnd.commissioning.questions+json"


class ExerciseWidget(anywidget.AnyWidget):
    """One or more exercises in a notebook. `states` holds what was decided, by exercise id, first answers for ever."""

    _esm = page.front("decision.js")
    _css = page.front("tokens.css") + page.front("decision.css")

    html = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    states = traitlets.Dict().tag(sync=True)

    def __init__(self, exercises: list[Exercise], html: str, mime: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(html=html, words=page.words()["browser"], **kwargs)
        self._exercises = {exercise.id: exercise for exercise in exercises}
        self._mime = mime

    @traitlets.observe("states")
    def _keep_states(self, change: Any) -> None:
        """What is decided here also stands in this kernel's `commissioning.record()`."""
        old = change["old"] if isinstance(change["old"], dict) else {}
        record.keep(change["new"], old)

    @property
    def responses(self) -> dict[str, Any]:
        """What was last decided in each exercise, by id."""
        return {name: state["last"]["response"] for name, state in self.states.items()}

    @property
    def scores(self) -> dict[str, dict[str, Any] | None]:
        """What each response scores by its kind's published rule, by id."""
        return {name: self._score(name, response) for name, response in self.responses.items()}

    def _score(self, name: str, response: Any) -> dict[str, Any] | None:
        exercise = self._exercises[name]
        return kinds.score(exercise.kind, exercise.marking, response)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        text = f"{type(self).__name__}: " + ", ".join(self._exercises)
        return {**data, **self._mime, "text/plain": text}, metadata


class DecisionWidget(ExerciseWidget):
    """One decision. `response` is None until the learner decides."""

    response = traitlets.Dict(allow_none=True, default_value=None, read_only=True)

    def __init__(self, exercise: Exercise) -> None:
        html = page.render(exercise)
        super().__init__([exercise], html, {DECISION_MIME: {"id": exercise.id}})
        self.exercise = exercise

    @traitlets.observe("states")
    def _on_states(self, _change: Any) -> None:
        self.set_trait("response", self.responses.get(self.exercise.id))

    @property
    def score(self) -> dict[str, Any] | None:
        """What the response scores by its kind's published rule; None before one is given."""
        return self._score(self.exercise.id, self.response) if self.response else None


def decision(name: str) -> DecisionWidget:
    """The decision with this id, as a widget. An unknown id raises LookupError and names the nearest one.

    >>> d = decision("matrons-triumph")
    >>> d.response, d.score            # after deciding
    >>> d.observe(print, "response")   # each time a decision is taken
    """
    return DecisionWidget(compile_decision(read_book(find_root()), name))


def questions(chapter: str) -> ExerciseWidget:
    """The closing questions of a chapter, as one widget with `responses` and `scores` by question."""
    return _questions(chapter, from_before=False)


def from_before(chapter: str) -> ExerciseWidget:
    """The questions of earlier chapters with which a chapter begins, open again; first answers stay first."""
    return _questions(chapter, from_before=True)


def _questions(chapter: str, *, from_before: bool) -> ExerciseWidget:
    book = read_book(find_root())
    made = (compile_from_before if from_before else compile_questions)(book, chapter)
    html = page.questions_html(made)
    again = {"from_before": True} if from_before else {}
    return ExerciseWidget(made, html, {QUESTIONS_MIME: {"chapter": chapter} | again})

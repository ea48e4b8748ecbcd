"""The same exercises, live in Jupyter: `decision("matrons-triumph")`.

The widget shows the page's own HTML with the page's own script and stylesheet. What a learner decides comes back to
Python: `d.response`, `d.score`, `d.observe(...)`, and is kept in this person's file (`record.kernel`), so that it is
there again after a restart. Below it stands the exercise in plain words with what was chosen, which a live exercise
hides: it is what is printed and exported. In the book's build a cell leaves only the exercise's id, which the Sphinx
extension turns into HTML, so a cached execution never goes stale.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

import anywidget
import traitlets
from ipywidgets import widget_serialization

from commissioning import kinds, page, record
from commissioning.book import read_book
from commissioning.book.compile import Exercise, compile_decision, compile_from_before, compile_questions
from commissioning.jupyter import on_paper
from commissioning.jupyter.texts import LOADER, Text, common, text_of
from commissioning.source.root import BUILDING, find_root

DECISION_MIME = "application/vnd.commissioning.decision+json"
QUESTIONS_MIME = "application/vnd.commissioning.questions+json"
VIEW = "application/vnd.jupyter.widget-view+json"
_SHOWN: WeakSet[ExerciseWidget] = WeakSet()
"""Every exercise of this kernel: what is decided in one is decided in all that show it."""


class ExerciseWidget(anywidget.AnyWidget):
    """One or more exercises in a notebook. `states` holds what was decided, by exercise id, first answers for ever."""

    _esm = LOADER

    common = traitlets.Instance(Text).tag(sync=True, **widget_serialization)
    sheet = traitlets.Instance(Text).tag(sync=True, **widget_serialization)
    states = traitlets.Dict().tag(sync=True)
    drafts = traitlets.Dict().tag(sync=True)
    is_kept = traitlets.Bool(True).tag(sync=True)

    def __init__(self, exercises: list[Exercise], html: str, mime: dict[str, Any], **kwargs: Any) -> None:
        found = record.kept()
        self._exercises, self._mime, self.html = {exercise.id: exercise for exercise in exercises}, mime, html
        self._papers: list[Any] = []
        self._is_told = False
        names = {exercise.id: f"{exercise.id}:again" if exercise.again else exercise.id for exercise in exercises}
        states = {
            one.id: found.decisions[one.id].model_dump()
            for one in exercises
            if one.id in found.decisions and found.decisions[one.id].kind == one.kind
        }
        drafts = {name: found.drafts[name].model_dump() for name in names.values() if name in found.drafts}
        super().__init__(common=common(), sheet=text_of(html), states=states, drafts=drafts, **kwargs)
        self.observe(self._keep_states, "states")
        self.observe(self._keep_drafts, "drafts")
        self.on_msg(_put_aside)
        _SHOWN.add(self)

    def _keep_states(self, change: Any) -> None:
        """What is decided here stands in the record, in the other exercises of this kernel, and on paper."""
        self._keep("states", change, record.keep)
        for paper in self._papers:
            paper.update(self._on_paper(), raw=True)

    def _keep_drafts(self, change: Any) -> None:
        self._keep("drafts", change, record.keep_drafts)

    def _keep(self, trait: str, change: Any, write: Callable[[dict[str, Any], dict[str, Any]], bool]) -> None:
        """Write what has changed, once, and tell the others; a widget that was told does neither."""
        if self._is_told:
            return
        old = change["old"] if isinstance(change["old"], dict) else {}
        self.is_kept = write(change["new"], old)
        self._tell_others(trait, change["new"], old)

    def _tell_others(self, trait: str, new: dict[str, Any], old: dict[str, Any]) -> None:
        """Other widgets that show what has changed show it as it is now."""
        changed = {name for name in {*new, *old} if new.get(name) != old.get(name)}
        for other in list(_SHOWN - {self}):
            mine = {name for name in changed if name.removesuffix(":again") in other._exercises}
            held = getattr(other, trait)
            made = {name: part for name, part in held.items() if name not in mine or name in new}
            made |= {name: new[name] for name in mine if name in new}
            if made != held:
                other._is_told = True
                try:
                    setattr(other, trait, made)
                finally:
                    other._is_told = False

    @property
    def responses(self) -> dict[str, Any]:
        """What was last decided in each exercise, by id."""
        return {name: state["last"]["response"] for name, state in self.states.items()}

    @property
    def scores(self) -> dict[str, dict[str, Any] | None]:
        """What each response scores by its kind's published rule, by id; None where the exercise has changed since."""
        return {name: self._score(name) for name in self.states}

    def _score(self, name: str) -> dict[str, Any] | None:
        exercise, taken = self._exercises[name], self.states[name]["last"]
        if taken["edition"] != exercise.edition:
            return None
        return kinds.score(exercise.kind, exercise.marking, taken["response"])

    def _ipython_display_(self) -> None:
        """The live exercise, and below it the same on paper. In a build, the id alone: see _repr_mimebundle_."""
        if os.environ.get(BUILDING):
            raise NotImplementedError
        from IPython.core.display_functions import display

        data, metadata = self._repr_mimebundle_()
        live = {**data, "text/plain": ""}  # the words stand below
        if VIEW in live:
            display(live, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]
        paper = display(self._on_paper(), raw=True, display_id=True)  # type: ignore[no-untyped-call]
        self._papers.append(paper)

    def _on_paper(self) -> dict[str, str]:
        """The exercises in plain words, with what was chosen."""
        words = on_paper.as_markdown(self.html, list(self._exercises.values()), self.states)
        return {"text/markdown": words, "text/plain": on_paper.plain(words)}

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        text = f"{type(self).__name__}: " + ", ".join(self._exercises)
        return {**data, **self._mime, "text/plain": text}, metadata


def _put_aside(_widget: Any, content: Any, _buffers: Any) -> None:
    """A view asks to put aside what stood only there."""
    if isinstance(content, dict) and isinstance(content.get("aside"), str) and isinstance(content.get("raw"), str):
        record.keep_aside(f"{content['aside'].removesuffix(':again')}:draft", content["raw"])


class DecisionWidget(ExerciseWidget):
    """One decision. `response` is None until the learner decides."""

    response = traitlets.Dict(allow_none=True, default_value=None, read_only=True)

    def __init__(self, exercise: Exercise) -> None:
        super().__init__([exercise], page.render(exercise), {DECISION_MIME: {"id": exercise.id}})
        self.exercise = exercise
        self._on_states(None)
        self.observe(self._on_states, "states")

    def _on_states(self, _change: Any) -> None:
        self.set_trait("response", self.responses.get(self.exercise.id))

    @property
    def score(self) -> dict[str, Any] | None:
        """What the response scores by its kind's published rule; None before one is given, or for an older edition."""
        return self._score(self.exercise.id) if self.response else None


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

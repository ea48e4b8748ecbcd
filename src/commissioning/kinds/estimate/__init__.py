"""Estimate: a number of one's own.

Unmarked, once or twice over, it opens a chapter: every possible answer falls in one range with its own consequence and
explanation. Marked, it closes a lab: right within a tolerance, with a message for each common error.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, model_validator

from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.told import plainly
from commissioning.source import shapes
from commissioning.source.faults import did_you_mean

NAME = "estimate"
MARKED = True
SLACK = 1e-9


class Range(shapes.Option):
    """Answers from `from` up to, but not including, `to` (the last range includes it)."""

    from_: float = Field(alias="from")
    to: float


class CommonError(shapes.Shape):
    """A wrong number that a known slip leads to, and what to say to it."""

    value: float
    tolerance: float = Field(ge=0)
    message: shapes.Text


class Decision(shapes.Decision):
    """One or two number boxes. Either `ranges` (unmarked) or `value` with its messages (marked)."""

    kind: Literal["estimate"]
    unit: shapes.Text
    between: tuple[float, float]
    step: float = Field(default=1, gt=0)
    asks: list[shapes.Text] = Field(min_length=1, max_length=2)
    ranges: dict[shapes.Slug, Range] = Field(default={})
    value: float | shapes.Reference | None = Field(default=None, description="The answer, or a synthetic figure's id.")
    tolerance: float | None = Field(default=None, ge=0)
    explanation: shapes.Text | None = None
    otherwise: shapes.Text | None = Field(default=None, description="Said to a wrong answer that no slip explains.")
    common_errors: dict[shapes.Slug, CommonError] = Field(default={})

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> Decision:
        marked = [self.value, self.tolerance, self.explanation, self.otherwise]
        if bool(self.ranges) == any(part is not None for part in marked):
            raise ValueError("give either 'ranges', or 'value', 'tolerance', 'explanation' and 'otherwise'")
        if not self.ranges and any(part is None for part in marked):
            raise ValueError("a marked estimate needs 'value', 'tolerance', 'explanation' and 'otherwise'")
        return self


Question = None


def find(exercise: Decision, given: Given = NOTHING) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Ranges that leave a gap or overlap, an unknown figure, and an error that would count as right."""
    low, high = exercise.between
    reached = low
    for name, span in exercise.ranges.items():
        if span.from_ != reached:
            yield ("ranges", name, "from"), f"the range begins at {span.from_:g}, but {reached:g} comes next.", ""
        if span.to < span.from_ or (span.to == span.from_ and name != list(exercise.ranges)[-1]):
            yield ("ranges", name, "to"), f"the range ends at {span.to:g}, before it begins.", ""
        reached = span.to
    if exercise.ranges and reached != high:
        yield ("ranges",), f"the ranges end at {reached:g}, but answers go up to {high:g}.", ""
    if isinstance(exercise.value, str) and exercise.value not in given.figures:
        yield ("value",), f"'{exercise.value}' is not a synthetic figure.", did_you_mean(exercise.value, given.figures)
    elif exercise.value is not None:
        yield from _find_in_answer(exercise, given)


def _find_in_answer(exercise: Decision, given: Given) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    answer, (low, high) = float(compiled(exercise, given)["value"]), exercise.between
    if not low <= answer <= high:
        yield ("value",), f"the answer is {answer:g}, outside {low:g} to {high:g}.", "Change 'between', or the answer."
    for name, error in exercise.common_errors.items():
        if abs(error.value - answer) <= error.tolerance + (exercise.tolerance or 0):
            wrong = f"{error.value:g} would also count as right (the answer is {answer:g})."
            yield ("common_errors", name, "value"), wrong, "Narrow one of the tolerances."


explained = explained_options


def compiled(exercise: Decision, given: Given = NOTHING) -> dict[str, Any]:
    """{"between", "asks": n, "ranges": [[id, from, to]]} or {…, "value", "tolerance", "errors": [[id, value, tol]]}"""
    common = {"between": list(exercise.between), "asks": len(exercise.asks)}
    if exercise.ranges:
        return common | {"ranges": [[name, span.from_, span.to] for name, span in exercise.ranges.items()]}
    value = given.figures[exercise.value].value if isinstance(exercise.value, str) else exercise.value
    errors = [[name, error.value, error.tolerance] for name, error in exercise.common_errors.items()]
    return common | {"value": value, "tolerance": exercise.tolerance, "errors": errors}


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """{"ranges": [id per answer]} if unmarked; {"right": bool, "error": id or None} if marked.

    The response is {"values": [numbers]}; None where one is missing, not a number, or out of bounds.
    """
    values = response.get("values") if isinstance(response, dict) else None
    if not isinstance(values, list) or len(values) != marking["asks"]:
        return None
    low, high = marking["between"]
    if not all(_is_number(value) and low <= value <= high for value in values):
        return None
    if "ranges" in marking:
        return {"ranges": [_range_of(value, marking["ranges"]) for value in values]}
    value = values[-1]
    if abs(value - marking["value"]) <= marking["tolerance"] + SLACK:
        return {"right": True, "error": None}
    named = (name for name, at, tolerance in marking["errors"] if abs(value - at) <= tolerance + SLACK)
    return {"right": False, "error": next(named, None)}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _range_of(value: float, ranges: list[list[Any]]) -> str:
    name: str = next((name for name, start, end in ranges if start <= value < end), ranges[-1][0])
    return name


def met(score: dict[str, Any]) -> bool | None:
    """Whether the number is right; None where the question is in which of several ranges it lies, and none is wrong."""
    return bool(score["right"]) if "right" in score else None


told = plainly


def is_marked(marking: dict[str, Any]) -> bool:
    """Not where the question is in which of several ranges the number lies: each has its own consequence."""
    return "ranges" not in marking

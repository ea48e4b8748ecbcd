"""Short answer: say it in your own words, then mark it yourself against two or three listed points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.told import plainly
from commissioning.source import shapes

NAME = "short-answer"
MARKED = True
Decision = None


class Question(shapes.Exercise):
    """A closing question with a model answer and the points to look for in one's own."""

    kind: Literal["short-answer"]
    answer: shapes.Text
    points: list[shapes.Text] = Field(min_length=2, max_length=3)


def find(exercise: Question, given: Given = NOTHING) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Two points that say the same."""
    if len(set(exercise.points)) < len(exercise.points):
        yield ("points",), "two points are the same.", "Each point must be something else to look for."


explained = explained_options


def compiled(exercise: Question, given: Given = NOTHING) -> dict[str, Any]:
    """{"points": n}"""
    return {"points": len(exercise.points)}


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """{"had": n, "of": n} for {"text": str, "points": [indexes from 0]}: the learner's own marking, counted."""
    points = response.get("points") if isinstance(response, dict) else None
    if not isinstance(points, list) or any(isinstance(p, bool) or not isinstance(p, int | float) for p in points):
        return None
    had = {point for point in points if point in range(marking["points"])}
    return {"had": len(had), "of": marking["points"]}


def met(score: dict[str, Any]) -> bool | None:
    """Whether at least two thirds of the points were ticked by the learner."""
    return bool(3 * score["had"] >= 2 * score["of"])


told = plainly

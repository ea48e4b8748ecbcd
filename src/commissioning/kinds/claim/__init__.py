"""Claim picker: choose the sentence that the plot supports. Right or not, no certainty, no marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from commissioning.kinds import best_answer
from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.told import by_letter
from commissioning.source import shapes

NAME = "claim"
MARKED = True


class Decision(shapes.Decision, shapes.Keyed):
    """Three to five sentences, one of which the plot supports."""

    kind: Literal["claim"]
    chart: shapes.Slug | None = Field(default=None, description="Id of the chart that the sentences are about.")
    options: dict[shapes.Slug, shapes.Option] = Field(min_length=3, max_length=5)
    key: shapes.Slug


Question = None


def find(exercise: Decision, given: Given = NOTHING) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """The same faults as in a single best answer."""
    yield from best_answer.find(exercise)  # type: ignore[arg-type]


explained = explained_options


def compiled(exercise: Decision, given: Given = NOTHING) -> dict[str, Any]:
    """{"options": [ids], "key": id}"""
    return {"options": list(exercise.options), "key": exercise.key}


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """{"right": bool} for {"choice": id}."""
    choice = response.get("choice") if isinstance(response, dict) else None
    if choice not in marking["options"]:
        return None
    return {"right": choice == marking["key"]}


def met(score: dict[str, Any]) -> bool | None:
    """Whether the option chosen is the key's."""
    return bool(score["right"])


told = by_letter

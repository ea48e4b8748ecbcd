"""Single best answer, with the certainty it is given.

Certainty-based marking: right earns 1, 2 or 3; wrong costs 0, 2 or 6. It pays to be honest: middling certainty is best
from a chance of 0.67 of being right, high certainty from 0.80. (Gardner-Medwin 2006; the same marks as Moodle's CBM.)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.told import by_letter
from commissioning.source import shapes
from commissioning.source.faults import did_you_mean

NAME = "best-answer"
MARKED = True
RIGHT = {1: 1, 2: 2, 3: 3}
WRONG = {1: 0, 2: -2, 3: -6}


class Decision(shapes.Decision, shapes.Keyed):
    """Four or five options, one of them best supported."""

    kind: Literal["best-answer"]
    options: dict[shapes.Slug, shapes.Option] = Field(min_length=4, max_length=5)
    key: shapes.Slug


class Question(shapes.Exercise):
    """A closing question: multiple choice with certainty."""

    kind: Literal["best-answer"]
    options: dict[shapes.Slug, shapes.Answer] = Field(min_length=3, max_length=5)
    key: shapes.Slug


def find(exercise: Decision | Question, given: Given = NOTHING) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """A key that names no option, and a key that its length gives away."""
    if exercise.key not in exercise.options:
        right = did_you_mean(exercise.key, exercise.options)
        yield ("key",), f"key names '{exercise.key}', which is not an option.", right
    else:
        yield from find_telling_length(exercise.key, {name: o.text for name, o in exercise.options.items()})


def find_telling_length(key: str, texts: dict[str, str]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """The keyed option stands out when it is over half as long again as the longest of the others."""
    longest = max((len(text) for name, text in texts.items() if name != key), default=0)
    if len(texts[key]) > 1.5 * longest:
        wrong = f"the key is unbalanced: '{key}' is much longer than every other option."
        yield ("options", key, "text"), wrong, "Bring the lengths nearer, so that length gives nothing away."


explained = explained_options


def compiled(exercise: Decision | Question, given: Given = NOTHING) -> dict[str, Any]:
    """{"options": [ids], "key": id}"""
    return {"options": list(exercise.options), "key": exercise.key}


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """{"right": bool, "marks": -6 to 3, "of": 3} for {"choice": id, "certainty": 1, 2 or 3}."""
    if not isinstance(response, dict):
        return None
    choice, certainty = response.get("choice"), response.get("certainty")
    if choice not in marking["options"] or isinstance(certainty, bool) or certainty not in (1, 2, 3):
        return None
    right = choice == marking["key"]
    return {"right": right, "marks": (RIGHT if right else WRONG)[certainty], "of": 3}


def met(score: dict[str, Any]) -> bool | None:
    """Whether the option chosen is the key's."""
    return bool(score["right"])


told = by_letter

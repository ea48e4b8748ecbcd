"""Situational judgement: choose three of eight.

Each of the three keyed options earns 4, 12 in all; nothing is taken off (MSRA practice-paper instructions; Patterson
and others 2016, AMEE Guide 100). Guessing earns 3 x 3/8 x 4 = 4.5 on average.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.told import by_letter
from commissioning.source import shapes
from commissioning.source.faults import did_you_mean

NAME = "choose-three"
MARKED = True
EACH, PICK, OF = 4, 3, 8


class Decision(shapes.Decision, shapes.Keyed):
    """Eight options, three of them keyed."""

    kind: Literal["choose-three"]
    options: dict[shapes.Slug, shapes.Option] = Field(min_length=OF, max_length=OF)
    key: list[shapes.Slug] = Field(min_length=PICK, max_length=PICK)


Question = None


def find(exercise: Decision, given: Given = NOTHING) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """A key that names no option, names one twice, or stands together at one end of the list."""
    for index, name in enumerate(exercise.key):
        if name not in exercise.options:
            yield ("key", index), f"key names '{name}', which is not an option.", did_you_mean(name, exercise.options)
    if len(set(exercise.key)) < PICK:
        yield ("key",), "key names an option twice.", "Name three different ones."
    shown = list(exercise.options)
    if set(exercise.key) in (set(shown[:PICK]), set(shown[-PICK:])):
        yield ("key",), "the key is unbalanced: its options stand together at one end.", "Mix them with the others."


explained = explained_options


def compiled(exercise: Decision, given: Given = NOTHING) -> dict[str, Any]:
    """{"options": [ids], "key": [three ids, in the order shown]}"""
    return {"options": list(exercise.options), "key": [name for name in exercise.options if name in exercise.key]}


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """{"hits": [ids], "marks", "of": 12} for {"choices": [ids]}; None for more than three or an unknown id."""
    choices = response.get("choices") if isinstance(response, dict) else None
    if not isinstance(choices, list) or any(name not in marking["options"] for name in choices):
        return None
    if len(set(choices)) > PICK:
        return None
    hits = [name for name in marking["key"] if name in choices]
    return {"hits": hits, "marks": EACH * len(hits), "of": EACH * PICK}


def met(score: dict[str, Any]) -> bool | None:
    """Whether at least two thirds of the marks were reached."""
    return bool(3 * score["marks"] >= 2 * score["of"])


told = by_letter

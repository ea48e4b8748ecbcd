"""The kinds of decision. One folder each: its shape, its sense checks, what the browser needs, its score, its form.

To add a kind: one folder here (`kind.py` says what it owes), its tests with `contract/<kind>.json`, its name in KINDS.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Annotated, Any, Union

from pydantic import Field

from commissioning.kinds import (
    allocation,
    annotation,
    best_answer,
    choose_three,
    claim,
    concordance,
    decision_rights,
    estimate,
    explorer,
    negotiation,
    plain_words,
    priorities,
    ranking,
    scenario,
    short_answer,
    sorting,
    sourcing,
)
from commissioning.kinds.kind import NOTHING, Given, Trail

KINDS: dict[str, ModuleType] = {
    kind.NAME: kind
    for kind in (
        best_answer,
        ranking,
        choose_three,
        explorer,
        estimate,
        claim,
        short_answer,
        plain_words,
        allocation,
        priorities,
        sorting,
        annotation,
        decision_rights,
        concordance,
        negotiation,
        scenario,
        sourcing,
    )
}

AnyDecision: Any = Annotated[
    Union[tuple(kind.Decision for kind in KINDS.values() if kind.Decision)],  # noqa: UP007
    Field(discriminator="kind"),
]
AnyQuestion: Any = Annotated[
    Union[tuple(kind.Question for kind in KINDS.values() if kind.Question)],  # noqa: UP007
    Field(discriminator="kind"),
]


def find(exercise: Any, given: Given = NOTHING) -> Iterator[tuple[Trail, str, str]]:
    """Faults of sense that only this exercise's kind knows."""
    yield from KINDS[exercise.kind].find(exercise, given)


def compiled(exercise: Any, given: Given = NOTHING) -> dict[str, Any]:
    """What matters to marking, as plain JSON: what the browser gets, and what an edition is a digest of."""
    result: dict[str, Any] = KINDS[exercise.kind].compiled(exercise, given)
    return result


def explained(exercise: Any) -> Iterator[tuple[Trail, str, str]]:
    """Every text that stands after a choice in this exercise, as (trail, role, text)."""
    yield from KINDS[exercise.kind].explained(exercise)


def score(kind: str, marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """The score of a response by the kind's published rule; None where it cannot be scored. Never raises."""
    result: dict[str, Any] | None = KINDS[kind].score(marking, response)
    return result

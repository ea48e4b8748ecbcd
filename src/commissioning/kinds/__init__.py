"""The kinds of decision. One module each: its shape, its sense checks, what the browser needs, and its score.

To add a kind: one module here, one template, one section of `front/decision.js`, its tests, and its name in KINDS.

A kind module offers
    NAME               the word in YAML's `kind:`
    Decision           its model for decisions/<id>.yaml (or None)
    Question           its model for questions.yaml (or None)
    find(exercise)     its own faults of sense, as (trail, what is wrong, what would be right)
    marking(exercise)  plain JSON: all that scoring and the browser need, and nothing that is only wording
    score(marking, response)   plain JSON, or None where the response cannot be scored
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
    priorities,
    ranking,
    scenario,
    short_answer,
    sorting,
    sourcing,
)

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


def find(exercise: Any) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Faults of sense that only this exercise's kind knows."""
    yield from KINDS[exercise.kind].find(exercise)


def marking(exercise: Any) -> dict[str, Any]:
    """What matters to marking, as plain JSON: what the browser gets, and what an edition is a digest of."""
    result: dict[str, Any] = KINDS[exercise.kind].marking(exercise)
    return result


def score(kind: str, marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """The score of a response by the kind's published rule; None where it cannot be scored. Never raises."""
    result: dict[str, Any] | None = KINDS[kind].score(marking, response)
    return result

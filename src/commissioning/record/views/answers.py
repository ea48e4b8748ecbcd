"""One answer: what its score says of it, and the answer itself in a few words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from commissioning import kinds, page
from commissioning.kinds import KINDS
from commissioning.kinds.told import With, plainly
from commissioning.record.shapes import Taken
from commissioning.record.views.index import Entry

Met = Literal["right", "not-yet", "done"]


def met(one: Entry | None, score: dict[str, Any] | None) -> Met | None:
    """What a score says of an answer, by its kind: right, not yet, or done where nothing is marked.

    None: it cannot be scored, or the exercise is no longer in the book.
    """
    if one is None or score is None:
        return None
    good = KINDS[one.kind].met(score) if score else None
    return "done" if good is None else "right" if good else "not-yet"


def is_marked(one: Entry) -> bool:
    """Whether an answer to it can be right or wrong."""
    some: Callable[[dict[str, Any]], bool] | None = getattr(KINDS[one.kind], "is_marked", None)
    return bool(one.marking) and (some is None or some(one.marking))


def score(one: Entry, taken: Taken) -> dict[str, Any] | None:
    """The score of one answer, if it was given on this edition; {} where nothing is marked."""
    if taken.edition != one.edition or one.kind not in kinds.KINDS:
        return None
    return kinds.score(one.kind, one.marking, taken.response) if one.marking else {}


def tell(one: Entry | None, response: dict[str, Any], kind: str = "") -> str:
    """A response in words, whole, as its kind has it. `kind` says which, of an exercise that the book no longer has."""
    names, unit = (one.options, one.unit) if one else ({}, "")
    words = page.words()
    with_ = With(
        names,
        number=lambda value: page.shown(value, page.typed_digits(value, unit), unit),
        said=lambda value: said(value, {}),
        words=words["record"]["says"]["told"],
        sure=words["browser"]["sure"],
    )
    module = KINDS.get(one.kind if one else kind)
    if (told := (module.told if module else plainly)(response, with_)) is not None:
        return str(told)
    inner = next(iter(response.values())) if len(response) == 1 else response
    return said(inner, names)


def said(value: Any, names: dict[str, str], depth: int = 0) -> str:
    """Any plain JSON in words: names where there are names."""
    if isinstance(value, dict):
        between, colon = ("; ", ":") if depth == 0 else (", ", "")
        return between.join(
            f"{names.get(key, key)}{colon} {said(part, names, depth + 1)}" for key, part in value.items()
        )
    if isinstance(value, list):
        return ", ".join(said(part, names, depth + 1) for part in value)
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "–"}[value]
    return names.get(value, value) if isinstance(value, str) else page.shown(value, page.typed_digits(value))

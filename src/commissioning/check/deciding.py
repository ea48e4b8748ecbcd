"""How many minutes a decision takes, from its words and what there is to decide.

Three parts are added up. *Reading before*: the situation, the question and all that is set out to be decided on, at 230
words a minute. *Deciding*: some seconds for each thing that has to be weighed. *Reading after*: what the choice led to,
and why, at the same pace; of the branches that were not chosen a reader opens one in three; then those who would decide
otherwise and what stands below. The seconds are the authors' estimate and no measurement. One table holds them, so that
a class that is timed can put its own there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import fmean
from typing import Any, NamedTuple

from commissioning import kinds
from commissioning.kinds.scenario.telling import whole
from commissioning.source import markdown

SILENT = 230
OPENED = 1 / 3
"""Of the branches that a reader did not choose, the share that they open."""


class Size(NamedTuple):
    """What a decision of one kind asks of a reader."""

    seconds: float
    """For each of the things weighed."""
    weighed: Callable[[Any], int]
    """How many things: options, cards, cells, rounds, the choices of a path."""
    shown: Callable[[Any], Iterable[str]]
    """The texts that are read before, besides the situation and the question."""
    told: Callable[[Any], float]
    """What share of all that is told afterwards belongs to what was chosen."""


def minutes(exercise: Any) -> float:
    """The minutes that one decision takes."""
    return sum(parts(exercise))


def parts(exercise: Any) -> tuple[float, float, float]:
    """The minutes of reading before, of deciding, and of reading after."""
    size = SIZES[exercise.kind]
    before = _words([exercise.situation, exercise.ask, *size.shown(exercise)])
    share = size.told(exercise)
    after = _words(text for _, _, text in kinds.explained(exercise)) * (share + (1 - share) * OPENED)
    end = [f"{one.who} {one.says}" for one in exercise.disagreement]
    after += _words([*end, exercise.would_settle_it or "", exercise.closing or ""])
    return before / SILENT, size.seconds * size.weighed(exercise) / 60, after / SILENT


def _words(texts: Iterable[str]) -> float:
    return sum(markdown.words(text) for text in texts)


def _of(group: str) -> Callable[[Any], list[Any]]:
    return lambda exercise: list(getattr(exercise, group).values())


def _many(group: str) -> Callable[[Any], int]:
    return lambda exercise: len(getattr(exercise, group))


def _texts(*groups: str) -> Callable[[Any], list[str]]:
    """The `text` of each thing in these groups."""
    return lambda exercise: [str(one.text) for group in groups for one in getattr(exercise, group).values()]


def _one_of(group: str, chosen: int = 1) -> Callable[[Any], float]:
    return lambda exercise: min(chosen / max(len(getattr(exercise, group)), 1), 1)


def _all(exercise: Any) -> float:
    return 1.0


def _cells(rows: str) -> Callable[[Any], list[Any]]:
    return lambda exercise: [cell for row in getattr(exercise, rows).values() for cell in row.cells.values()]


# -- stories -------------------------------------------------------------------------------------------------------


def _depth(exercise: Any) -> int:
    """The choices of the longest path; none is shorter by more than one."""

    def from_(node: str, seen: tuple[str, ...]) -> int:
        if node == "end" or node in seen or node not in exercise.nodes:
            return 0
        ways = exercise.nodes[node].choices.values()
        return 1 + max(from_(choice.goto, (*seen, node)) for choice in ways)

    return from_(next(iter(exercise.nodes)), ())


def _moments(exercise: Any) -> list[str]:
    """As many average moments as a path has, each with its choices, and one ending."""
    nodes = exercise.nodes.values()
    each = fmean(_words([whole(node.text), *(choice.text for choice in node.choices.values())]) for node in nodes)
    ending = fmean(markdown.words(whole(end.text)) for end in exercise.endings.values())
    return ["word " * round(each * _depth(exercise) + ending)]


def _of_path(exercise: Any) -> float:
    """The share of all choices that one path makes."""
    return _depth(exercise) / sum(len(node.choices) for node in exercise.nodes.values())


SIZES: dict[str, Size] = {
    "best-answer": Size(18, _many("options"), _texts("options"), _one_of("options")),
    "claim": Size(18, _many("options"), _texts("options"), _one_of("options")),
    "choose-three": Size(20, _many("options"), _texts("options"), _one_of("options", 3)),
    "ranking": Size(20, _many("options"), _texts("options"), _all),
    "allocation": Size(40, _many("options"), _texts("options"), _all),
    "priorities": Size(40, _many("criteria"), _texts("options"), _all),
    "estimate": Size(35, lambda e: len(e.asks), lambda e: e.asks, _one_of("ranges")),
    "explorer": Size(50, _many("inputs"), lambda e: [], lambda e: 1 / len(e.regions)),
    "sorting": Size(14, _many("cards"), _texts("cards"), _all),
    "annotation": Size(16, _many("spans"), lambda e: [e.document], _all),
    "decision-rights": Size(15, lambda e: len(_cells("decisions")(e)), _texts("decisions"), lambda e: 0.2),
    "concordance": Size(30, _many("items"), _texts("items"), lambda e: 1 / len(e.scale)),
    "negotiation": Size(45, lambda e: e.rounds, _texts("issues", "moves"), lambda e: 0.4),
    "plain-words": Size(
        3, lambda e: e.length.most, lambda e: [model.text for model in e.models.values()] + [e.bad], _all
    ),
    "scenario": Size(25, _depth, _moments, _of_path),
    "sourcing": Size(
        25, _many("functions"), _texts("functions"), lambda e: len(e.functions) / len(_cells("functions")(e))
    ),
}

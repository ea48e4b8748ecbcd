"""Script concordance: how far does a new fact move a hypothesis? Judged fact by fact, and never added up.

A scenario and a hypothesis; three to five new facts; for each the learner says, from -2 to +2, what it does to the
hypothesis. Where a real panel of ten or more has answered and its counts stand in the YAML, the credit of an answer
is the number who gave it / the number who gave the commonest one (Lubarsky and others 2013, AMEE Guide 75). Without
a panel there is no credit: reasoned positions, at least two of them at different anchors, stand in its place, and no
distribution is made up. Totals of such tests have logical faults and reward the middle (Lineberry and others 2013), so
no total exists here, and a set in which "always 0" would sit best is a fault.

Response: {"anchors": {item: -2 to 2}, "reasons": {item: text}}; reasons are optional, kept for the export.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, model_validator

from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.told import plainly
from commissioning.source import shapes

NAME = "concordance"
MARKED = False
ANCHORS = (-2, -1, 0, 1, 2)
LEAST_PANEL = 10

Anchor = Literal[-2, -1, 0, 1, 2]
Found = Iterator[tuple[tuple[str | int, ...], str, str]]


class Held(shapes.Position):
    """Where somebody stands on one fact, and why."""

    anchor: Anchor


class Item(shapes.Shape):
    """One new fact, what each anchor would mean, and where people stand who disagree about it."""

    text: shapes.Text
    anchors: dict[Anchor, shapes.Text] = Field(min_length=5, description="To somebody who chose it: why, why not.")
    consequence: shapes.Text = Field(description="What happens next in the story: at most 40 words.")
    positions: list[Held] = Field(min_length=2, max_length=4)
    would_move: shapes.Text | None = Field(default=None, description="What would bring them together.")
    panel: list[int] = Field(default=[], description="How many of a real panel chose -2, -1, 0, 1, 2.")


class Panel(shapes.Shape):
    """A real panel: ten or more people who answered on their own."""

    n: int = Field(ge=LEAST_PANEL)
    who: shapes.Text = Field(description="Who they were, and how they were asked.")
    when: shapes.Text


class Decision(shapes.Decision):
    """A hypothesis, and three to five facts that may move it."""

    kind: Literal["concordance"]
    hypothesis: shapes.Text
    scale: list[shapes.Text] = Field(
        min_length=5, max_length=5, description="The five anchors in words, from -2 to +2."
    )
    items: dict[shapes.Slug, Item] = Field(min_length=3, max_length=5)
    panel: Panel | None = None

    @model_validator(mode="after")
    def _has_counts_for_its_panel(self) -> Decision:
        for name, item in self.items.items():
            if bool(item.panel) != bool(self.panel):
                raise ValueError(f"item '{name}': counts and 'panel' go together, and both are of real people")
            if item.panel and (len(item.panel) != len(ANCHORS) or min(item.panel) < 0):
                raise ValueError(f"item '{name}': 'panel' needs five counts, from -2 to +2")
            if self.panel and not LEAST_PANEL <= sum(item.panel) <= self.panel.n:
                wrong = f"the counts come to {sum(item.panel)}, but the panel has {self.panel.n}"
                raise ValueError(f"item '{name}': {wrong}; at least {LEAST_PANEL} must have answered")
        return self


Question = None


def explained(exercise: Decision) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Every (place, role, text) that stands after a choice, for the checker's rules on their length and difference."""
    yield from explained_options(exercise)
    for name, item in exercise.items.items():
        yield ("items", name, "consequence"), "consequence", item.consequence
        for anchor, text in item.anchors.items():
            yield ("items", name, "anchors", anchor), "explanation", text
        for index, held in enumerate(item.positions):
            yield ("items", name, "positions", index, "says"), "explanation", held.says


def find(exercise: Decision, given: Given = NOTHING) -> Found:
    """Positions that all agree, and a set in which one who never moves would sit best (R24)."""
    for name, item in exercise.items.items():
        if len({held.anchor for held in item.positions}) < 2:
            wrong = "all positions stand at the same anchor."
            yield ("items", name, "positions"), wrong, "Let at least two differ: that is what there is to learn."
    held_by = support(compiled(exercise))
    if held_by[2] > sorted(held_by)[2]:
        wrong = "the key is unbalanced: to answer 0 every time would sit better than the middle of the five anchors."
        yield ("items",), wrong, "Choose facts that move somebody, and positions that say so."


def support(marking: dict[str, Any]) -> list[float]:
    """For each anchor, how well one who always chose it would sit: credits, or items where a position holds it."""
    with_panel = [max(counts) > 0 for _, counts, _ in marking["items"] if counts]
    totals = [0.0] * len(ANCHORS)
    for _, counts, held in marking["items"]:
        for place, anchor in enumerate(ANCHORS):
            totals[place] += counts[place] / max(counts) if with_panel else anchor in held
    return totals


def compiled(exercise: Decision, given: Given = NOTHING) -> dict[str, Any]:
    """{"items": [[id, the panel's five counts or None, [anchors that positions hold]]]}"""
    items = [
        [name, item.panel or None, sorted({held.anchor for held in item.positions})]
        for name, item in exercise.items.items()
    ]
    return {"items": items}


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """{"items": {id: {"credit": n / n of the commonest (None without a panel), "held": is a position there?}}}.

    There is no total. None unless every item has one of the five anchors, and every reason is text about an item.
    """
    if not isinstance(response, dict):
        return None
    given, reasons = response.get("anchors"), response.get("reasons", {})
    names = [name for name, _, _ in marking["items"]]
    if not isinstance(given, dict) or not isinstance(reasons, dict) or sorted(map(str, given)) != sorted(names):
        return None
    anchors = {name: _anchor(given.get(name)) for name in names}
    if None in anchors.values() or not all(n in names and isinstance(t, str) for n, t in reasons.items()):
        return None
    return {"items": {name: _item(counts, held, anchors[name]) for name, counts, held in marking["items"]}}


def _anchor(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value not in ANCHORS:
        return None
    return int(value)


def _item(counts: list[int] | None, held: list[int], anchor: int | None) -> dict[str, Any]:
    place = ANCHORS.index(anchor or 0)
    return {"credit": counts[place] / max(counts) if counts else None, "held": anchor in held}


def met(score: dict[str, Any]) -> bool | None:
    """None: nothing here is right or wrong."""
    return None


told = plainly

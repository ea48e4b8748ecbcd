"""Branching scenario with state: each choice changes what can be seen, and some of it arrives late.

No score (curriculum, kind 5): the end is a profile of the variables, the ending that belongs to it, and the path. The
rules are compiled by `commissioning.scenario`; Python and the browser play the same JSON. Nothing is drawn by chance.
Numbers in its texts are written from state, and sentences of an ending may carry a condition: see `telling`.

Response: {"path": [choice ids from the first node to the end], "backs": times the learner went back}.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import Field

from commissioning import scenario
from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.scenario.telling import Telling, Told, whole
from commissioning.kinds.told import With
from commissioning.scenario.graph import find_in_graph
from commissioning.scenario.shape import Expression
from commissioning.source import shapes
from commissioning.source.faults import did_you_mean

NAME = "scenario"
MARKED = False
Trail = tuple[str | int, ...]
Found = Iterator[tuple[Trail, str, str]]
ON_PAPER = "How to reckon these effects by hand: needed where one of them is not a plain number."


class Variable(shapes.Shape):
    """One thing that the reader watches."""

    label: shapes.Text
    unit: str = Field(default="", description="'£m', '%', or nothing where it is points.")
    start: float
    min: float
    max: float
    digits: int = Field(default=0, ge=0, le=4, description="Decimals shown, and rounded to after each choice.")
    better: Literal["higher", "lower"] = Field(description="Which way is better, other things equal.")
    meaning: shapes.Text = Field(description="What it stands for, in one line.")
    hidden_until: list[shapes.Slug] = Field(
        default=[], description="Moments before which its meter is not shown: a figure that the story reveals later."
    )


class Late(shapes.Shape):
    """What a choice brings at a node still to come."""

    at: shapes.Slug = Field(description="The node at which it arrives.")
    text: Told = Field(description="What the reader is told when it arrives, in one or two sentences.")
    effects: dict[shapes.Name, Expression] = Field(min_length=1)
    on_paper: str = Field(default="", description=ON_PAPER)


class Choice(shapes.Option):
    """One way on: what it changes now, what later, and where it leads."""

    effects: dict[shapes.Name, Expression] = Field(default={}, description="Added to each variable: 8, -1.2, gap / 4.")
    on_paper: str = Field(default="", description=ON_PAPER)
    late: list[Late] = Field(default=[])
    when: Expression = Field(default="1", description="Open only where this holds: 'gap < 3', 'day_12.publish'.")
    in_words: str = Field(default="", description="The same condition as a reader of the paper form is told it.")
    goto: shapes.Slug = Field(description="The next node, or 'end'.")
    dominated: str = Field(default="", description="Why it is there, though another is as good whatever one values.")


class Node(shapes.Shape):
    """One moment of the story, with two to four ways on."""

    title: shapes.Text = Field(description="When or where, in a few words: effects that arrive late name it.")
    text: Told
    ask: str = Field(default="", description="The question here; left out, the decision's own.")
    choices: dict[shapes.Slug, Choice] = Field(min_length=2, max_length=4)


class Ending(shapes.Shape):
    """What the path comes to. The first whose `when` holds is told; the last has none."""

    name: shapes.Text
    when: Expression = "1"
    in_words: shapes.Text = Field(description="When it is told, for a reader of the paper form.")
    text: Told = Field(description="One text, or a list of sentences, each with 'when' it is told.")
    explanation: Told


class Decision(shapes.Decision):
    """Variables, nodes in the order of their numbered paragraphs, and endings."""

    kind: Literal["scenario"]
    variables: dict[shapes.Name, Variable] = Field(min_length=2, max_length=6)
    nodes: dict[shapes.Slug, Node] = Field(min_length=3, max_length=12)
    endings: dict[shapes.Slug, Ending] = Field(min_length=2, max_length=6)


Question = None


def rules(exercise: Decision) -> scenario.Rules:
    """The engine's rules of a decision, without its words."""
    keep = {"unit", "min", "max", "start", "digits", "meaning"}
    return scenario.Rules.model_validate(
        {
            "form": "nodes",
            "title": exercise.title,
            "variables": {name: part.model_dump(include=keep) for name, part in exercise.variables.items()},
            "nodes": {
                name: {key: {"goto": c.goto, "when": c.when, "do": _steps(c)} for key, c in node.choices.items()}
                for name, node in exercise.nodes.items()
            },
            "endings": {name: {"when": part.when} for name, part in exercise.endings.items()},
        }
    )


def _steps(choice: Choice) -> list[dict[str, Any]]:
    """First what happens now, then one step for each late effect: `_in_file` relies on that order."""
    return [{"add": choice.effects}, *({"at_node": part.at, "do": [{"add": part.effects}]} for part in choice.late)]


def find(exercise: Decision, given: Given = NOTHING) -> Found:
    """Faults of the rules; if there are none, whatever a walk of every route shows; and conditions not put in words."""
    faults = scenario.find(rules(exercise))
    if not faults:
        better = {name: part.better for name, part in exercise.variables.items()}
        declared = {(node, name) for node, name, choice in _choices(exercise) if choice.dominated}
        faults = list(find_in_graph(compiled(exercise), better, declared))
    for trail, wrong, right in faults:
        yield _in_file(trail), wrong, right
    yield from telling(exercise).find()
    yield from _find_unsaid(exercise)


def telling(exercise: Decision) -> Telling:
    """What its texts tell from state; for rules without faults."""
    return Telling(exercise, rules(exercise))


def _find_unsaid(exercise: Decision) -> Found:
    for node, name, choice in _choices(exercise):
        at: Trail = ("nodes", node, "choices", name)
        if (choice.when == "1") == bool(choice.in_words):
            yield at, "'when' and 'in_words' need each other.", "Say the condition for readers on paper."
        parts: list[tuple[Trail, Choice | Late]] = [(at, choice)]
        parts += [((*at, "late", index), late) for index, late in enumerate(choice.late)]
        for place, part in parts:
            if not part.on_paper and not all(map(_is_number, part.effects.values())):
                wrong = "an effect is not a plain number, and 'on_paper' is missing."
                yield (*place, "effects"), wrong, "Say how to reckon it by hand."
    for name, variable in exercise.variables.items():
        for index, node in enumerate(variable.hidden_until):
            if node not in exercise.nodes:
                right = did_you_mean(node, exercise.nodes)
                yield ("variables", name, "hidden_until", index), f"'{node}' is not a moment of this story.", right
    *others, last = exercise.endings
    if exercise.endings[last].when != "1":
        yield ("endings", last, "when"), "the last ending must have no 'when'.", "It holds for all the rest."
    for name in others:
        if exercise.endings[name].when == "1":
            yield ("endings", name), "only the last ending may have no 'when'.", "Those below it would never be told."


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _choices(exercise: Decision) -> Iterator[tuple[str, str, Choice]]:
    for node, part in exercise.nodes.items():
        for name, choice in part.choices.items():
            yield node, name, choice


def _in_file(trail: Trail) -> Trail:
    """Where a fault of the engine's rules stands in the author's file."""
    match trail:
        case ("nodes", node, choice, "do", 0, "add", *rest):
            return ("nodes", node, "choices", choice, "effects", *rest)
        case ("nodes", node, choice, "do", int(step), "at_node"):
            return ("nodes", node, "choices", choice, "late", step - 1, "at")
        case ("nodes", node, choice, "do", int(step), "do", 0, "add", *rest):
            return ("nodes", node, "choices", choice, "late", step - 1, "effects", *rest)
        case ("nodes", node, choice, *rest):
            return ("nodes", node, "choices", choice, *rest)
    return trail


def explained(exercise: Decision) -> Iterator[tuple[Trail, str, str]]:
    """Every (place, role, text) that stands after a choice, for the rules on their length and difference."""
    yield from explained_options(exercise)
    for node, name, choice in _choices(exercise):
        at: Trail = ("nodes", node, "choices", name)
        yield (*at, "consequence"), "consequence", choice.consequence
        yield (*at, "explanation"), "explanation", choice.explanation
    for name, part in exercise.endings.items():
        yield ("endings", name, "explanation"), "explanation", whole(part.explanation)


def compiled(exercise: Decision, given: Given = NOTHING) -> dict[str, Any]:
    """The compiled rules: `commissioning-scenario/1`."""
    return scenario.compile_rules(rules(exercise))


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """{"ending": id, "profile": {variable: value}} for {"path": [choice ids]}; nothing is marked.

    None where the path is not one that leads from the first node to an end.
    """
    path = response.get("path") if isinstance(response, dict) else None
    if not isinstance(path, list):
        return None
    state = scenario.start(marking)
    try:
        for choice in path:
            state = scenario.step(marking, state, choice)
    except scenario.ScenarioError:
        return None
    if not scenario.is_over(marking, state):
        return None
    profile = {name: state["values"][name] for name in marking["bounds"]}
    return {"ending": scenario.ending(marking, state), "profile": profile}


def met(score: dict[str, Any]) -> bool | None:
    """None: nothing here is right or wrong."""
    return None


def told(response: Mapping[str, Any], with_: With) -> str | None:
    """How many choices were made on the way."""
    path = response.get("path")
    return with_.words["path"].format(n=len(path)) if isinstance(path, list) else None

"""The words of the capstone as an author writes them, and how they are read beside its rules.

The rules stand once, in `rules.yaml`; `words-2013.yaml` and `words-2026.yaml` tell them twice. Every id in a telling is
one of the rules'. A `when` is an expression over the rules' own names (a choice as `model.gps`), `turn`, the reports,
and `came.<event>`, which is 1 once that event has been met. `check/game.py` says what else must be true of them.
Over 300 lines and in one piece: most of it is one shape, read from top to bottom as its file is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from commissioning import scenario
from commissioning.scenario import Rules, State, as_name
from commissioning.scenario.shape import Expression
from commissioning.scenario.steps import Steps, placed
from commissioning.source.expression import Tree, compile_expression, evaluate
from commissioning.source.faults import Fault, Faults
from commissioning.source.root import find_root
from commissioning.source.shapes import Name, Position, Reference, Shape, Slug, Text
from commissioning.source.sheets import Sheet, read_yaml

FOLDER = Path("book") / "your-first-hundred-days"
SKINS = ("2013", "2026")
Skin = Literal["2013", "2026"]
LEDGER = ("position", "day_365")
"""Reports that are sums of money and no lens."""
UNSEEN = ("committed", "bonus", "secret")
"""Variables that a reader meets in the story, not on the dashboard."""
STANCE, ATTENTION, SCRUTINY = "stance", "attention", "scrutiny"
MOST_SHOWN, FEWEST_SHOWN = 5, 3
"""How many messages a turn shows at the most, and how many different people must have something to say."""


class Named(Shape):
    """What a thing is called, and what it means."""

    name: Text
    meaning: Text


class Level(Named):
    """A variable, and what its two ends are like."""

    low: Text = Field(description="What it is like near its least.")
    high: Text = Field(description="What it is like near its most.")


class Sentences(Shape):
    """What a lens shows, in a sentence: below 40, from 40 to below 60, and from 60."""

    low: Text
    middle: Text
    high: Text


class Lens(Named):
    """One of the seven ways of looking at a run. There is no eighth that adds them up."""

    sentences: Sentences


class Channel(Shape):
    """Something to give attention to."""

    name: Text
    text: Text


class Stance(Shape):
    """How one meets what comes from outside."""

    text: Text
    meaning: Text


class Then(Shape):
    """A line that depends on how it went. The first that holds is told; the last has neither `when` nor `sign`."""

    when: Expression = Field(default="1", description="Over the values before the turn, with this turn's own choices.")
    sign: Name | None = Field(
        default=None, description="Holds if what follows the choice moves this: an account that pays, or a variable."
    )
    text: Text


class Option(Shape):
    """One way to decide: what is said at once, why, and what is said when its late effect lands."""

    text: Text
    consequence: Text
    explanation: Text
    late: Text | None = None
    then: list[Then] = Field(default=[])


class Decision(Shape):
    """One set-piece decision of a turn."""

    title: Text
    situation: Text
    ask: Text
    options: dict[Slug, Option]
    disagreement: list[Position] = Field(min_length=2, max_length=4)


class Reply(Shape):
    """What becomes of one stance to an event."""

    consequence: Text
    explanation: Text
    late: Text | None = None
    then: list[Then] = Field(default=[])


class Event(Shape):
    """A card of the deck."""

    title: Text
    text: Text
    then: list[Then] = Field(default=[], description="How hard it hits, by what was chosen before.")
    stances: dict[Slug, Reply]


class Scrutiny(Shape):
    """The last event of every run: no stance helps. `clear` and `unclear` look at the mandate once the turn is over."""

    title: Text
    text: Text
    secret: Text
    open: Text
    clear: Text
    unclear: Text


class Paper(Shape):
    """Something that lands on the desk at the start of a turn."""

    from_: Text = Field(alias="from")
    title: Text
    text: Text


class Turn(Shape):
    """Twenty days."""

    title: Text
    papers: list[Paper] = Field(min_length=1, max_length=3)


class Message(Shape):
    """What somebody says before a turn, if it holds then and has not been said before in this run."""

    who: Slug
    when: Expression = "1"
    text: Text


class Line(Shape):
    """A paragraph that stands if its condition holds."""

    when: Expression = "1"
    text: Text


class Portrait(Line):
    """A run in a few words. The first that holds is told, and the last always does."""

    name: Text


class Theme(Shape):
    """One of the seven themes of the report of 2012: where to look in the run, and what to ask."""

    theme: Text
    look_at: Text
    ask: Text


class Debrief(Shape):
    """The four phases, in their order."""

    reactions: list[Text] = Field(min_length=2)
    description: list[Text] = Field(min_length=2)
    analysis: list[Theme] = Field(min_length=7, max_length=7)
    application: Text


class Words(Shape):
    """One telling."""

    title: Text
    year: Skin
    premise: Text
    as_at: Text
    money: float = Field(gt=0, description="What £1k of the rules is worth in this telling, for display.")
    money_note: Text | None = Field(default=None, description="Where that number comes from.")
    provisional: bool
    accounts: dict[Name, Named]
    variables: dict[Name, Level]
    lenses: dict[Name, Lens]
    channels: dict[Slug, Channel]
    stances: dict[Slug, Stance]
    turns: dict[Annotated[int, Field(ge=1, le=50)], Turn]
    decisions: dict[Slug, Decision]
    events: dict[Slug, Event]
    scrutiny: Scrutiny
    messages: list[Message] = Field(min_length=40)
    letter: list[Line] = Field(min_length=14)
    paid: list[Line] = Field(min_length=10)
    endings: list[Portrait] = Field(min_length=6)
    debrief: Debrief
    sources: list[Reference]


# -- reading -------------------------------------------------------------------------------------------------------


def rules_path(root: Path | None = None) -> Path:
    """Where the rules stand in a book."""
    return (root or find_root()) / FOLDER / "rules.yaml"


def has_game(root: Path | None = None) -> bool:
    """Whether this book has the capstone: a small book may do without it."""
    return rules_path(root).is_file()


def rules_sheet(root: Path | None = None) -> Sheet[Rules]:
    """The rules as their author wrote them. Raises Faults."""
    path = rules_path(root)
    _must_be(path)
    return _rules_sheet(path, path.stat().st_mtime_ns)


def rules(root: Path | None = None) -> dict[str, Any]:
    """The rules, compiled for the engine. Raises Faults. Do not change what you are given: it is kept."""
    path = rules_path(root)
    _must_be(path)
    return _rules(path, path.stat().st_mtime_ns)


def words_sheet(root: Path | None = None, skin: str = "2013") -> Sheet[Words]:
    """One telling, with the line of everything in it. Raises Faults, of shape."""
    path = rules_path(root).with_name(f"words-{skin}.yaml")
    _must_be(path)
    return _words_sheet(path, path.stat().st_mtime_ns)


def words(root: Path | None = None, skin: str = "2013") -> Words:
    """One telling. Raises Faults, of shape."""
    return words_sheet(root, skin).model


def _must_be(path: Path) -> None:
    if not path.is_file():
        raise Faults([Fault(path, 1, "", "the file is missing.")])


@lru_cache(maxsize=8)
def _rules_sheet(path: Path, changed: int) -> Sheet[Rules]:
    return scenario.read(path)


@lru_cache(maxsize=8)
def _rules(path: Path, changed: int) -> dict[str, Any]:
    return scenario.compile_rules(_rules_sheet(path, changed).model)


@lru_cache(maxsize=8)
def _words_sheet(path: Path, changed: int) -> Sheet[Words]:
    return read_yaml(path, Words)


# -- conditions ----------------------------------------------------------------------------------------------------


class Conditions:
    """Compiles what `when` says, with the names that it may use."""

    def __init__(self, rules: Rules) -> None:
        steps = Steps(rules)
        self.places = steps.places
        self.came = {f"came.{as_name(event)}": event for event in rules.events}
        self.names = frozenset({*steps.names, *rules.reports, *self.came})

    def tree(self, text: str) -> Tree:
        """The compiled tree. Raises ExpressionError."""
        return placed(compile_expression(text, self.names, rules=True), self.places)


def condition(root: Path | None, text: str) -> Tree:
    """The compiled tree of a `when`, for `expression.evaluate` or for the browser. Raises ExpressionError."""
    path = rules_path(root)
    return _conditions(path, path.stat().st_mtime_ns).tree(text)


@lru_cache(maxsize=8)
def _conditions(path: Path, changed: int) -> Conditions:
    return Conditions(_rules_sheet(path, changed).model)


def told(rules: Mapping[str, Any], state: State, later: State | None = None) -> dict[str, float | None]:
    """The values that conditions read: a state's own, its reports, and which events have come.

    With `later` (what `scenario.afterwards` gave) `day_365` is the letter's; before that it is the position of now.
    """
    compiled = dict(rules)
    met = state["deck"][: state["turn"] - 1] + ([SCRUTINY] if scenario.is_over(compiled, state) else [])
    came = {f"came.{as_name(event)}": float(event in met) for event in compiled["events"]}
    values = {**state["values"], "turn": float(state["turn"]), **came, **scenario.reports(compiled, state)}
    if later:
        values["day_365"] = scenario.reports(compiled, later)["day_365"]
    return values


def holds(tree: Tree, values: Mapping[str, float | None]) -> bool:
    """Whether a condition holds; one without a value does not."""
    return bool(evaluate(tree, values))


def said(
    trees: list[Tree], speakers: list[str], values: Mapping[str, float | None], before: Collection[int]
) -> list[int]:
    """Which messages a turn shows: of each person the first that holds and is not in `before`; the file's first five.

    `before` are those shown in earlier turns of the same run, so that nobody says the same thing twice.
    """
    first: dict[str, int] = {}
    for index, tree in enumerate(trees):
        if index not in before and speakers[index] not in first and holds(tree, values):
            first[speakers[index]] = index
    return sorted(first.values())[:MOST_SHOWN]

"""The shape of a scenario's rules as an author writes them in YAML, with no words of the story in them.

Two forms share one language. `turns`: a fixed number of turns, several decisions in each, events from a deck, and an
order of updates (the capstone). `nodes`: one choice leads to the next node (the kind `scenario`). The words stand apart
under `skins`, by the ids of the rules, so that one set of rules can be told as 2013 or as 2026.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from commissioning.source import shapes


def _as_text(value: Any) -> Any:
    return repr(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Expression = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    BeforeValidator(_as_text),
    WithJsonSchema({"type": ["number", "string"], "description": "A number, or arithmetic over names of the rules."}),
]


class Variable(shapes.Shape):
    """One thing that the rules keep count of. It never leaves its bounds."""

    unit: str = ""
    min: float
    max: float
    start: float
    meaning: shapes.Text
    digits: int = Field(default=1, ge=0, le=4, description="Decimals it is rounded to, half up, at the end of a step.")


class Account(shapes.Shape):
    """Whole thousands of pounds. Money only moves between accounts, so that their total never changes."""

    start: int
    meaning: shapes.Text
    lends: bool = Field(default=False, description="Lends to an account that is short, and may itself go below 0.")


class Dial(shapes.Shape):
    """A contested assumption that a class may set before it plays."""

    start: float
    min: float
    max: float
    meaning: shapes.Text


class Payment(shapes.Shape):
    """A transfer. A negative amount flows the other way; any amount is rounded to a whole number, half up."""

    from_: shapes.Name = Field(alias="from")
    to: shapes.Name
    amount: Expression


class Step(shapes.Shape):
    """One thing that happens. Exactly one of its actions may stand in it."""

    up: dict[shapes.Name, Expression] = Field(default={}, description="Saturating: d > 0 takes d% of the room left.")
    add: dict[shapes.Name, Expression] = Field(default={})
    set: dict[shapes.Name, Expression] = Field(default={})
    let: dict[shapes.Name, Expression] = Field(default={}, description="Work something out under a name of its own.")
    draw: dict[shapes.Name, tuple[float, float]] = Field(default={}, description="Evenly between two numbers.")
    pay: list[Payment] = Field(default=[])
    if_: Expression = Field(default="", alias="if")
    chance: Expression = ""
    then: list[Step] = Field(default=[])
    else_: list[Step] = Field(default=[], alias="else")
    at_turn: Expression = ""
    in_turns: Expression = ""
    at_node: shapes.Slug | None = None
    repeat: int = Field(default=0, ge=0, le=1000)
    do: list[Step] = Field(default=[])
    run: shapes.Name = "none"
    event: shapes.Slug = "none"


class Option(shapes.Shape):
    """What one may choose in a turn, and what it does."""

    when: Expression = Field(default="1", description="Open only where this holds.")
    do: list[Step] = Field(default=[])
    dominated: str = Field(default="", description="Why it is there, though another is as good in everything.")


class Decision(shapes.Shape):
    """Options to choose one of, or points to spread over channels, in some turns or in every turn."""

    turns: list[int] = Field(default=[], description="Left out: every turn.")
    options: dict[shapes.Slug, Option] = Field(default={})
    points: list[shapes.Slug] = Field(default=[], description="Channels over which whole points are spread.")
    most: int = Field(default=0, ge=0, le=100, description="The most points in all.")


class Deck(shapes.Shape):
    """One card a turn: some shuffled by the seed, then some put in at a turn drawn evenly from a span."""

    shuffle: list[shapes.Slug]
    between: dict[shapes.Slug, tuple[int, int]] = Field(default={})
    severity: tuple[float, float] = Field(default=(1, 1), description="Drawn evenly for each event as 'severity'.")


class Choice(shapes.Shape):
    """One way on from a node."""

    goto: shapes.Slug = Field(description="A node, or 'end'.")
    when: Expression = "1"
    do: list[Step] = Field(default=[])


class Ending(shapes.Shape):
    """An end profile. The first whose `when` holds is told."""

    when: Expression = "1"


class Skin(shapes.Shape):
    """One telling of the rules: a word for each of their ids, and how large its money is beside that of the rules."""

    title: shapes.Text
    money: float = Field(default=1, gt=0)
    words: dict[Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$")], shapes.Text]


class Rules(shapes.Shape):
    """A whole scenario."""

    form: Literal["turns", "nodes"]
    title: shapes.Text
    variables: dict[shapes.Name, Variable] = Field(min_length=1)
    accounts: dict[shapes.Name, Account] = Field(default={})
    dials: dict[shapes.Name, Dial] = Field(default={})
    when_lent: list[Step] = Field(default=[], description="Done for each loan, which is named 'loan'.")
    turns: int = Field(default=0, ge=0, le=50)
    order: list[shapes.Name] = Field(default=[])
    decisions: dict[shapes.Slug, Decision] = Field(default={})
    deck: Deck | None = None
    events: dict[shapes.Slug, list[Step]] = Field(default={})
    blocks: dict[shapes.Name, list[Step]] = Field(default={})
    reports: dict[shapes.Name, Expression] = Field(default={})
    afterwards: list[Step] = Field(default=[], description="What follows the last turn; it draws no chance.")
    nodes: dict[shapes.Slug, dict[shapes.Slug, Choice]] = Field(default={})
    endings: dict[shapes.Slug, Ending] = Field(default={})
    skins: dict[str, Skin] = Field(default={})

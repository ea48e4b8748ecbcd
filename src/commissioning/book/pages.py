"""The shapes of the files that hold the book together: what became of things, when, who pays whom, what is taught.

Each is one YAML file under book/ from which one page is made. `check_pages` says what they must agree with.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from commissioning.source.shapes import Reference, Shape, Slug, Text

Day = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
MonthOrDay = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
Group = Literal["bodies", "rules-and-money", "techniques", "ideas"]
RowKind = Literal["bodies", "mechanisms", "tensions"]
Holder = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class Thing(Shape):
    """A body, rule, technique or idea that the five articles name, and what became of it."""

    name: Text = Field(description="As the articles call it.")
    group: Group
    then: Text = Field(description="What it was, with its dates. Markdown with [words](id).")
    since: Text = Field(description="What became of it.")
    today: Text = Field(description="What to call it today.")
    as_at: Text = Field(description="The day, month or year for which `today` was found to be true.")
    named_in: list[Reference] = Field(min_length=1, description="The articles that name it: keys of references.bib.")
    chapters: list[Slug] = Field(default=[], description="Chapters that teach it and are in the book.")


class Event(Shape):
    """One line of the timeline. How sure we are of it is what its facts say."""

    date: Day = Field(description="1948, 1948-07 or 1948-07-05.")
    title: Text = Field(description="What happened, in one sentence. Markdown with [words](id).")
    why: Text = Field(description="Why it matters to somebody who commissions.")
    facts: list[Reference] = Field(min_length=1, description="The facts it rests on.")
    turning_point: bool = Field(default=False, description="Whether it stands on the line as well as in the table.")
    planned: bool = Field(default=False, description="Whether it had not happened yet when it was last looked at.")
    holder: Holder | None = Field(default=None, description="Who holds the money from here on, if that changes.")


class Node(Shape):
    """A body in a picture of the system."""

    name: Text
    tier: int = Field(ge=1, le=8, description="Its row, from the top.")
    side: Literal["left", "right", "across"] = "across"
    ending: bool = Field(default=False, description="Whether it is being closed: drawn with a broken edge.")
    facts: list[Reference] = Field(default=[], description="What it rests on.")


class Flow(Shape):
    """A line of the picture: who pays, answers to or advises whom."""

    from_: Slug = Field(alias="from")
    to: Slug
    kind: Literal["money", "accountability", "advice"]
    says: Text = Field(description="The line in a sentence. Markdown with [words](id).")
    by: Literal["left", "right"] | None = Field(default=None, description="The margin that a line past a row takes.")


class System(Shape):
    """One picture: bodies in rows, and the lines between them."""

    title: Text
    as_at: Text
    takeaway: Text
    nodes: dict[Slug, Node] = Field(min_length=2)
    flows: list[Flow] = Field(min_length=1)


class Systems(Shape):
    """The two pictures that stand side by side, and what neither shows."""

    past: System
    present: System
    left_out: Text


class Row(Shape):
    """Something that the articles name: where the book teaches it, and where it will."""

    name: Text
    kind: RowKind
    articles: list[Reference] = Field(min_length=1)
    words: list[Text] = Field(
        default=[], description="Each part that is named under 'taught' holds one of these, or a word that begins so."
    )
    taught: dict[Slug, list[Slug]] = Field(
        default={},
        description="A chapter of the book, and its decisions, its questions, 'lab', 'game' or 'page'.",
    )
    to_come: dict[int, Text] = Field(
        default={}, description="The number of a chapter still to be written, and what in it."
    )


class Coverage(Shape):
    """Everything that the articles name, and the number of rows there should be."""

    count: int = Field(ge=1, description="How many rows this file should hold.")
    planned: dict[int, Text] = Field(default={}, description="The chapters still to be written: number and title.")
    rows: dict[Slug, Row]


class Stop(Shape):
    """One part of a route: a decision, a chapter, a tutor's session, or another page."""

    decide: Slug | None = Field(default=None, description="A decision's id; its minutes are its own.")
    chapter: Slug | None = Field(default=None, description="A chapter, to read and to decide in.")
    lab: bool = Field(default=False, description="Whether the chapter's lab is part of it.")
    session: Slug | None = Field(default=None, description="A chapter's session plan, in the length of `minutes`.")
    page: str | None = Field(default=None, description="Another page, such as book/then-and-now.")
    title: Text | None = Field(default=None, description="What to call a page.")
    minutes: int | None = Field(default=None, ge=1, le=240, description="Of a page or a session.")
    note: str = Field(default="", description="What to do there, if it is not plain.")

    @model_validator(mode="after")
    def _is_one_thing(self) -> Stop:
        if sum(bool(part) for part in (self.decide, self.chapter, self.session, self.page)) != 1:
            raise ValueError("name one of 'decide', 'chapter', 'session' and 'page'")
        if bool(self.minutes) != bool(self.session or self.page):
            raise ValueError("'minutes' belongs to a page or a session, which need it")
        if bool(self.title) != bool(self.page):
            raise ValueError("'title' belongs to a page, which needs it")
        return self


class Route(Shape):
    """A way through the book, with the minutes it takes."""

    title: Text
    by: Literal["time", "reader"]
    minutes: int = Field(ge=1, description="As the page says it; within a tenth of the sum of the stops.")
    why: Text = Field(description="For whom, or why these. One or two sentences.")
    stops: list[Stop] = Field(min_length=1)


class Person(Shape):
    """One of the people of Larkmere: invented, and the same on every page."""

    name: Text
    title: str = Field(default="", description="Dr, Cllr, Mr: as it stands at first meeting.")
    pronoun: Literal["", "he", "she"] = Field(default="", description="For authors, where the name does not tell.")
    then: str = Field(default="", description="What they did in 2012 to 2014, where it differs from now.")
    now: Text = Field(description="What they do.")
    wants: Text
    known_by: Text = Field(description="The telling detail.")
    died: MonthOrDay | None = Field(
        default=None, description="From when on the person is spoken of, and does not speak."
    )


class Scene(Shape):
    """When a decision's story happens. Who is in it is read from its words."""

    when: MonthOrDay = Field(description="2013-07 or 2013-07-22: when it begins.")
    until: MonthOrDay | None = Field(default=None, description="When it ends, if that is another month.")
    invites: list[Slug] = Field(default=[], description="Whom it asks to join something: at most once in a week.")


class People(Shape):
    """Whom the book names: invented people of Larkmere, and real ones; and when each story about them happens."""

    larkmere: dict[Slug, Person]
    scenes: dict[Slug, Scene] = Field(
        default={}, description="By decision. Every dated one that names a person is here."
    )
    in_passing: list[Text] = Field(default=[], description="Invented people who are named once, without a part.")
    real: list[Text]


SHAPES = {
    "then-and-now": dict[Slug, Thing],
    "timeline": dict[Slug, Event],
    "system": Systems,
    "coverage": Coverage,
    "routes": dict[Slug, Route],
    "people": People,
}
"""The files, by the name that they, their schemas and their pages share."""

"""The shapes of what an author writes: every public YAML file, as pydantic models.

The shape of one kind of decision lives in its module under `kinds/`, built on `Decision` or `Question` here. JSON
Schemas, editor completion and the messages of `commissioning check` are all made from these models.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from commissioning.source import markdown


def _seen_whole(text: str) -> str:
    """The text, if a reader will see all of it. Raises ValueError in an author's words."""
    if wrong := markdown.lost(text):
        raise ValueError(wrong)
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_seen_whole)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Reference = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+([-.][A-Za-z0-9]+)*$")]
Era = Literal["then", "now", "both"]
KeyStatus = Annotated[str, StringConstraints(pattern=r"^(author|panel\((1\d|[2-9]\d|\d{3,})\))$")]


class Shape(BaseModel):
    """A part of a file: unknown keys are refused, numbers are finite, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)


class Option(Shape):
    """What one may choose, what then happens in the story, and why."""

    text: Text = Field(description="What the learner may choose, as they would say it.")
    consequence: Text = Field(description="What happens next in the story: concrete, at most 40 words.")
    explanation: Text = Field(description="Why, with evidence, and when this would be right: at most 70 words.")


class Answer(Shape):
    """One option of a closing question: no story, but always a reason."""

    text: Text
    explanation: Text = Field(description="Why it is right or wrong: at most 70 words.")


class Position(Shape):
    """Somebody who would decide otherwise, and their reason as they would sign it."""

    who: Text
    says: Text


class Exercise(Shape):
    """What decisions and closing questions share."""

    outcomes: list[Slug] = Field(min_length=1, description="Ids of the chapter's outcomes that this meets.")
    ask: Text = Field(description="The question itself, in one sentence.")
    sources: list[Reference] = Field(default=[], description="Ids of facts, synthetic figures or references.")
    shown_above: str = Field(
        default="", description="Why the answer, or words of the key, stand above it all the same: what they are for."
    )


class Decision(Exercise):
    """One interactive exercise: one YAML file, whose stem is its id."""

    title: Text
    era: Era = Field(description="When it takes place: then (2012-14), now, or both.")
    minutes: int = Field(ge=1, le=60, description="How long a learner needs.")
    situation: Text = Field(description="Who, where, when, and what is at stake. Markdown.")
    disagreement: list[Position] = Field(default=[], description="Who would decide otherwise, and why.")
    would_settle_it: Text | None = Field(default=None, description="The evidence that would settle the disagreement.")
    closing: Text | None = Field(default=None, description="A last word, shown to everybody once they have decided.")
    open_below: str = Field(default="", description="Why what stands right below may be read before it is decided.")


class Keyed(Shape):
    """A decision with a key says whose key it is: `author`, or `panel(n)` for a real panel of ten or more."""

    key_status: KeyStatus = "author"


class Step(Shape):
    """One part of a tutor's plan."""

    minutes: int = Field(ge=1, le=120)
    title: Text
    do: Text = Field(description="What the tutor and the group do.")
    say: Text | None = Field(default=None, description="Words a tutor may borrow.")


class Exchange(Shape):
    """What learners usually say, and a reply that keeps them thinking."""

    they: Text
    you: Text


class Session(Shape):
    """A tutor's plan for teaching one chapter. Never shown in a learner's page."""

    title: Text
    aim: Text
    minutes: int = Field(ge=10, le=240)
    needs: list[Text] = Field(min_length=1)
    plan: list[Step] = Field(min_length=2)
    twenty_minutes: list[Step] = Field(min_length=1)
    expect: list[Exchange] = Field(min_length=3)
    experts_differ: list[Position] = Field(min_length=1)
    sensitive: list[Text] = Field(min_length=1)
    groups: dict[Literal[6, 12, 30], Text] = Field(min_length=3)
    longer: dict[Literal[90, 120], Text] = {}


class Fact(Shape):
    """A figure or a dated statement, with its source and the date it was true."""

    claim: Text
    value: Text = Field(description="What is printed when the fact stands alone.")
    as_at: Text = Field(description="When it was true: the date of the evidence, not of the search for it.")
    source: Reference = Field(description="Key of an entry in references.bib.")
    confidence: Literal["verified", "seen", "unsure"]
    checked: date
    review_by: date
    note: Text | None = None
    uncertainty: Text | None = Field(
        default=None, description="Words that every sentence must hold that cites this, such as 'has been reported'."
    )
    still: bool = Field(default=False, description="Whether it says how things are, and not what once happened.")
    answers: Slug | None = Field(default=None, description="The question it answers: facts of one question must agree.")
    differs: Text | None = Field(default=None, description="Why it may answer that question otherwise than the others.")


class Term(Shape):
    """A glossary entry. `short` is shown in place and must stand alone."""

    term: Text
    short: Text
    long: Text | None = None
    era: Era
    now: Text | None = Field(default=None, description="What to call it today.")
    not_: Text | None = Field(default=None, alias="not", description="What not to confuse it with.")
    also: list[Text] = Field(default=[], description="What else readers look for it under: abbreviations, old names.")


class GalleryHead(Shape):
    """The `gallery:` part of the front matter of a page that shows examples of each kind of decision."""

    outcomes: dict[Slug, Text] = Field(min_length=1)


class Sitting(Shape):
    """A part of a chapter that is read at one go, up to where its story pauses."""

    title: Text = Field(description="What the reader is after in it; says no answer.")
    begins: Text = Field(description="The words of the heading (## or ###) that it begins with.")


class ChapterHead(Shape):
    """The `chapter:` part of a chapter's front matter."""

    number: int = Field(ge=1)
    stage: Text
    standfirst: Text
    case: Reference
    speaks: Text
    reading_minutes: int = Field(ge=1)
    lab_minutes: int = Field(ge=0)
    outcomes: dict[Slug, Text] = Field(min_length=3, max_length=5)
    maps_to: dict[Text, list[Text]]
    portfolio: Text
    sittings: list[Sitting] = Field(
        default=[], description="Three to five parts of 8 to 20 minutes each, in the order of the page."
    )
    from_before: list[Text] = Field(
        default=[], max_length=2, description="Closing questions of earlier chapters, asked again: chapter--question."
    )

"""What a record is made of: `commissioning-record/1`, and the error that says why a file is none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

FORMAT = "commissioning-record/1"
DECISION = "commissioning-decision/1"
DRAFT = "commissioning-draft/1"
SLUG = r"^[a-z0-9][a-z0-9-]{0,199}$"
DRAFTED = r"^[a-z0-9][a-z0-9-]{0,199}(:again)?$"
NOTE = r"^[a-z0-9][a-z0-9-]{0,199}(\.[a-z0-9-]{1,40})?$"
MOMENT = r"^(19[7-9]\d|[2-8]\d{3})-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$"


class RecordError(ValueError):
    """A file that is not taken in. The words say why; nothing was changed."""


def _whole(value: Any) -> Any:
    """2.0 is the 2 that a browser wrote; True is not a 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        raise ValueError("must be a whole number")
    return int(value)


def _moment(value: str) -> str:
    moment(value)
    return value


def moment(at: str) -> datetime:
    """An ISO 8601 date and time with its zone, as a datetime that can be compared. Raises ValueError."""
    return datetime.fromisoformat(at)


Moment = Annotated[str, StringConstraints(pattern=MOMENT), AfterValidator(_moment)]
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
DraftSlug = Annotated[str, StringConstraints(pattern=DRAFTED)]
NoteSlug = Annotated[str, StringConstraints(pattern=NOTE)]


class Part(BaseModel):
    """A part of a record. What a later version added is kept as it is."""

    model_config = ConfigDict(extra="allow", frozen=True, allow_inf_nan=False, strict=True, defer_build=True)


class Taken(Part):
    """One answer: what was chosen, when, and on which edition of the exercise."""

    response: dict[str, Any] = Field(description="As the kind of exercise documents it.")
    at: Moment = Field(description="Date and time with a zone, ISO 8601.")
    edition: str = Field(description="A digest that changes when the options or the key do.")


class State(Part):
    """What was decided in one exercise: the first answer, the last one, and how often."""

    format: Literal["commissioning-decision/1"] = "commissioning-decision/1"
    id: Slug
    kind: str
    first: Taken
    last: Taken
    attempts: Annotated[int, BeforeValidator(_whole), Field(ge=1, le=2**53 - 1)]


class Draft(Part):
    """Half an answer: the fields that were filled, and what only the kind knows (an order, the turns so far)."""

    format: Literal["commissioning-draft/1"] = "commissioning-draft/1"
    edition: str
    at: Moment | None = None
    fields: dict[str, str | bool] = {}
    half: Any = None


class Reflection(Part):
    """The learner's own words to one prompt, and when they were last changed (if known)."""

    text: str
    at: Moment | None = None


class BookNote(Part):
    """The book that the record was made with."""

    title: str = ""
    as_of: str = ""


class Record(Part):
    """`commissioning-record/1`: everything that one learner decided and wrote."""

    format: Literal["commissioning-record/1"] = "commissioning-record/1"
    made_at: Moment
    book: BookNote = BookNote()
    decisions: dict[Slug, State] = Field(default={}, description="By the id of the exercise.")
    reflections: dict[NoteSlug, Reflection] = Field(
        default={}, description="By chapter; `chapter.prompt` for a further prompt of a portfolio."
    )
    drafts: dict[DraftSlug, Draft] = Field(
        default={}, description="What is half-made and not decided, by exercise; `id:again` where it is asked again."
    )
    aside: dict[str, str] = Field(default={}, description="What could not be read, as it was found. Never dropped.")

    shown: ClassVar[dict[str, Callable[[Any], str]]] = {}
    """How a notebook shows a record, as `views` tells it."""

    def _repr_html_(self) -> str:
        return self.shown["html"](self)

    def _repr_markdown_(self) -> str:
        return self.shown["markdown"](self)

    def __str__(self) -> str:
        return self.shown["markdown"](self)

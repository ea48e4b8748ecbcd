"""One learner's record as a file: what a browser or a notebook keeps, read with care, joined without loss.

    from commissioning import record
    record("my-record.json")                     # in a notebook: what you decided here, joined with that file
    mine = record.read_record("my-record.json")
    record.write_record(record.merge(mine, theirs), "my-record.json")

The module can be called, so that a notebook needs one name. `front/record.js` follows the same rules; cases in
`tests/fixtures/record` are run by both. What a record says of a book is in `record_views`.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from commissioning.record_views import as_csv, as_dataframe, as_html, as_markdown, find_identifying

__all__ = [
    "Record", "RecordError", "as_csv", "as_dataframe", "as_html", "as_markdown", "find_identifying", "keep",
    "merge", "read_record", "read_text", "write_record",
]  # fmt: skip
FORMAT = "commissioning-record/1"
DECISION = "commissioning-decision/1"
LARGEST = 20_000_000  # characters: a hundred times a diligent learner's record
DEEPEST = 50
BETWEEN = "\n\n* * *\n\n"
SLUG = r"^[a-z0-9][a-z0-9-]{0,199}$"
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
NoteSlug = Annotated[str, StringConstraints(pattern=NOTE)]


class Part(BaseModel):
    """A part of a record. What a later version added is kept as it is."""

    model_config = ConfigDict(extra="allow", frozen=True, allow_inf_nan=False, strict=True)


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
    attempts: Annotated[int, BeforeValidator(_whole), Field(ge=1)]


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
    aside: dict[str, str] = Field(default={}, description="What could not be read, as it was found. Never dropped.")

    def _repr_html_(self) -> str:
        return as_html(self)

    def _repr_markdown_(self) -> str:
        return as_markdown(self)

    def __str__(self) -> str:
        return as_markdown(self)


# -- reading -------------------------------------------------------------------------------------------------------


def read_record(path: str | Path) -> Record:
    """The record in a file. Raises RecordError, in words, for one that cannot be taken in; OSError if none is there."""
    path = Path(path)
    if path.stat().st_size > 4 * LARGEST:
        raise RecordError(f"{path.name}: too large to be a record ({path.stat().st_size:,} bytes).")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RecordError(f"{path.name}: this is not text in UTF-8, so it is not a record.") from None
    return read_text(text, name=path.name)


def read_text(text: str, *, name: str = "the file") -> Record:
    """A record from the text of its file. Raises RecordError, and nothing else, whatever the text is."""
    if len(text) > LARGEST:
        raise RecordError(f"{name}: too large to be a record ({len(text):,} characters).")
    text = text.removeprefix("\ufeff")
    try:
        data = _clean(json.loads(text, parse_constant=_no_constant))
    except (ValueError, RecursionError) as error:
        raise RecordError(f"{name}: this is not JSON that can be read ({_why(error)}).") from None
    _refuse_other_formats(data, name)
    try:
        return Record.model_validate(_understood(data))
    except ValidationError as error:
        raise RecordError(f"{name}: {_said(error)}") from None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number in JSON")


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _clean(value: Any, depth: int = 0) -> Any:
    """The same value, with half characters (which no file can hold) replaced."""
    if depth > DEEPEST:
        raise ValueError("it is nested too deeply")
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _halved(value) else value
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        raise ValueError("a number is too large")
    if isinstance(value, list):
        return [_clean(part, depth + 1) for part in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(part, depth + 1) for key, part in value.items()}
    return value


def _halved(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _refuse_other_formats(data: Any, name: str) -> None:
    """Raises RecordError for what is no record, or one from a later version of the book."""
    found = data.get("format") if isinstance(data, dict) else None
    if found == FORMAT:
        return
    later = re.fullmatch(r"commissioning-record/(\d{1,9})", found) if isinstance(found, str) else None
    if later and int(later[1]) > 1:
        raise RecordError(
            f"{name}: a later version of the book wrote this record ({found}). This one reads {FORMAT}. "
            "Take the newer book, and nothing is lost."
        )
    raise RecordError(f'{name}: this is not a record of this book: it does not begin with {{"format": "{FORMAT}"}}.')


def _understood(data: dict[str, Any]) -> dict[str, Any]:
    """Puts aside the decisions that a later version wrote, and takes reflections that are bare text."""
    made = dict(data)
    decisions, notes, aside = (data.get(part, {}) for part in ("decisions", "reflections", "aside"))
    if isinstance(notes, dict):
        made["reflections"] = {k: {"text": v} if isinstance(v, str) else v for k, v in notes.items()}
    if isinstance(decisions, dict) and isinstance(aside, dict):
        later = {k: v for k, v in decisions.items() if _is_later(v)}
        made["decisions"] = {k: v for k, v in decisions.items() if k not in later}
        made["aside"] = aside | {f"{k}:later": compact(v) for k, v in later.items()}
    return made


def _is_later(state: Any) -> bool:
    found = state.get("format") if isinstance(state, dict) else None
    return isinstance(found, str) and found != DECISION and bool(re.fullmatch(r"commissioning-decision/\d{1,9}", found))


def _said(error: ValidationError) -> str:
    """At most three faults in words, each with the trail that leads to it."""
    faults = [
        f"{' → '.join(map(str, one['loc'])) or 'the record'}: {one['msg'].removeprefix('Value error, ')}"
        for one in error.errors(include_url=False, include_input=False)
    ]
    more = f" (and {len(faults) - 3} more)" if len(faults) > 3 else ""
    return f"the record is damaged. {'; '.join(faults[:3])}{more}."


# -- joining -------------------------------------------------------------------------------------------------------


def merge(a: Record, b: Record) -> Record:
    """Both records in one, whichever comes first: nothing of either is lost, and joining twice changes nothing.

    Of each exercise the earliest first answer and the latest last one are kept; `attempts` is what is known at least.
    Of two texts to one prompt both are kept, unless one holds the other.
    """
    aside = dict(_joined_aside(a.aside, b.aside))
    decisions = {name: merge_states(state, state) for name, state in a.decisions.items()}
    for name, theirs in b.decisions.items():
        mine = decisions.get(name, theirs)
        if mine.kind == theirs.kind:
            decisions[name] = merge_states(mine, theirs)
        else:
            kept, other = sorted((mine, theirs), key=_lateness, reverse=True)
            decisions[name] = kept
            aside = dict(_joined_aside(aside, {f"{name}:{other.kind}": compact(other.model_dump())}))
    notes = dict(a.reflections)
    for name, words in b.reflections.items():
        notes[name] = merge_reflections(notes.get(name, words), words)
    newer, older = (a, b) if moment(a.made_at) >= moment(b.made_at) else (b, a)
    parts = {"decisions": decisions, "reflections": notes, "aside": aside}
    more = (older.model_extra or {}) | (newer.model_extra or {})
    return Record(made_at=newer.made_at, book=newer.book, **{**more, **parts})


def merge_states(a: State, b: State) -> State:
    """One exercise decided in two places: first is the earliest, last is the latest."""
    earlier = min((a, b), key=lambda s: (moment(s.first.at), _weight(s.first)))
    later = max((a, b), key=_lateness)
    other = b if later is a else a
    times = {moment(taken.at) for taken in (a.first, a.last, b.first, b.last)}
    attempts = max(a.attempts, b.attempts, len(times))
    more = (other.model_extra or {}) | (later.model_extra or {})
    return State(id=a.id, kind=a.kind, first=earlier.first, last=later.last, attempts=attempts, **more)


def _lateness(state: State) -> tuple[datetime, tuple[int, str]]:
    """When the last answer was given; of two at one moment, the fuller (a self-marked answer gains points)."""
    return moment(state.last.at), _weight(state.last)


def _weight(taken: Taken) -> tuple[int, str]:
    text = json.dumps(taken.response, sort_keys=True, separators=(",", ":"))
    return len(text), text


def merge_reflections(a: Reflection, b: Reflection) -> Reflection:
    """One text if it holds the other, otherwise both, the older first."""
    older, newer = sorted((a, b), key=_age)
    at = newer.at or older.at
    if older.text.strip() in newer.text:
        return newer.model_copy(update={"at": at})
    if newer.text.strip() in older.text:
        return older.model_copy(update={"at": at})
    return newer.model_copy(update={"text": older.text.rstrip() + BETWEEN + newer.text.lstrip(), "at": at})


def _age(words: Reflection) -> tuple[float, str]:
    return (moment(words.at).timestamp() if words.at else 0.0), words.text


def _joined_aside(a: Mapping[str, str], b: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Everything of both, each text once, under names that do not clash."""
    yield from a.items()
    names, held = set(a), set(a.values())
    for name, raw in b.items():
        if raw in held:
            continue
        free = next(n for n in (name, *(f"{name}.{i}" for i in range(2, len(names) + len(b) + 3))) if n not in names)
        names.add(free)
        held.add(raw)
        yield free, raw


# -- writing -------------------------------------------------------------------------------------------------------


def compact(value: Any) -> str:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_json(record: Record) -> str:
    """The text of a record's file."""
    return json.dumps(record.model_dump(), ensure_ascii=False, indent=1) + "\n"


def write_record(record: Record, path: str | Path) -> Path:
    """Write a record to a file, joined with what the file held. Raises RecordError, and leaves a damaged file alone."""
    path = Path(path)
    whole = merge(read_record(path), record) if path.exists() else record
    draft = path.with_name(f"{path.name}.part")
    draft.write_text(as_json(whole), encoding="utf-8")
    os.replace(draft, path)
    return path


# -- this kernel ---------------------------------------------------------------------------------------------------

_KEPT: dict[str, State] = {}


def keep(new: Mapping[str, Any], old: Mapping[str, Any] | None = None) -> None:
    """A widget's states have changed: what it decided is added, and what it forgot is forgotten."""
    for name in set(old or {}) - set(new):
        _KEPT.pop(name, None)
    for name, state in new.items():
        try:
            made = State.model_validate(state)
        except ValidationError:
            continue
        mine = _KEPT.get(name, made)
        _KEPT[name] = merge_states(mine, made) if mine.kind == made.kind else made


def kept(now: datetime | None = None) -> Record:
    """What was decided in this kernel."""
    at = (now or datetime.now(UTC)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Record(made_at=at, decisions=dict(_KEPT))


class _Callable(ModuleType):
    def __call__(self, *paths: str | Path) -> Record:
        """What was decided in this kernel, joined with the records in these files. Shows as a table in a notebook."""
        return reduce(merge, map(read_record, paths), kept())


sys.modules[__name__].__class__ = _Callable

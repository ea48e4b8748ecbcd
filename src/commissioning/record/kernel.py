"""What was decided in notebooks: kept in a file of this person's, so that a kernel that starts again knows it again.

Every kernel reads the file before it shows an exercise and before it writes: what another notebook decided or forgot
counts. Only what has changed is written. Where no file can be written, answers last as long as the kernel.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from commissioning.record.joining import join_asides, merge, merge_states
from commissioning.record.reading import as_json, read_record
from commissioning.record.shapes import Draft, Part, Record, RecordError, State
from commissioning.source.root import BUILDING, user_data
from commissioning.source.turns import one_at_a_time
from commissioning.source.whole import write_whole

NAMED = "COMMISSIONING_RECORD"
"""The variable that names another file for the answers given in notebooks."""
P = TypeVar("P", bound=Part)
Change = Callable[[Record], Record]


@dataclass
class _Kernel:
    """What this kernel holds besides the file: what the file would not take, and records that it was given."""

    unwritten: Record | None = None
    given: list[Record] = field(default_factory=list)


_HERE = _Kernel()


def path() -> Path:
    """Where the answers given in notebooks are kept: in this person's folder, or where $COMMISSIONING_RECORD says."""
    named = os.environ.get(NAMED)
    return Path(named) if named else user_data() / "notebooks.json"


def keep(new: Mapping[str, Any], old: Mapping[str, Any] | None = None) -> bool:
    """A widget's states have changed: what it decided is added, what it forgot is forgotten. Whether a file has it."""
    before = old or {}
    made = _valid(State, {name: state for name, state in new.items() if before.get(name) != state})
    gone = set(before) - set(new)

    def change(record: Record) -> Record:
        decisions = {name: state for name, state in record.decisions.items() if name not in gone}
        given = {name: state for one in _HERE.given for name, state in one.decisions.items()}
        for name, state in made.items():
            mine = decisions.get(name, given.get(name))
            if mine is None and name in before:  # forgotten in another notebook: this answer is the first
                decisions[name] = state.model_copy(update={"first": state.last, "attempts": 1})
            else:
                decisions[name] = merge_states(mine, state) if mine and mine.kind == state.kind else state
        return record.model_copy(update={"decisions": decisions})

    return _change(change, gone)


def keep_drafts(new: Mapping[str, Any], old: Mapping[str, Any] | None = None) -> bool:
    """A widget's half-made answers have changed. Whether a file has them."""
    before = old or {}
    made = _valid(Draft, {name: {**draft, "at": draft.get("at") or None} for name, draft in new.items()})
    gone = set(before) - set(new)
    return _change(
        lambda record: record.model_copy(
            update={"drafts": {name: one for name, one in record.drafts.items() if name not in gone} | made}
        ),
        gone,
    )


def keep_aside(name: str, raw: str) -> bool:
    """Words that something else was written over stay, put aside. Whether a file has them."""
    return _change(
        lambda record: record.model_copy(update={"aside": join_asides((*record.aside.items(), (name, raw)))}), set()
    )


def take(record: Record) -> None:
    """A record that was read in this kernel: its answers are shown by the exercises here."""
    if record not in _HERE.given:
        _HERE.given.append(record)


def kept(now: datetime | None = None) -> Record:
    """What was decided in notebooks on this machine, and what this kernel was given to read. Nothing in a build."""
    if os.environ.get(BUILDING):
        return _empty(now)
    found = _HERE.unwritten or _empty(now)
    if not _HERE.unwritten:
        with suppress(RecordError, OSError):
            found = read_record(path())
    for record in _HERE.given:
        found = merge(found, record)
    return found.model_copy(update={"made_at": _empty(now).made_at})


def _empty(now: datetime | None = None) -> Record:
    at = (now or datetime.now(UTC)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Record(made_at=at)


def _valid(shape: type[P], found: Mapping[str, Any]) -> dict[str, P]:
    """Those of a widget's parts that are what they should be; another's nonsense is not kept."""
    made: dict[str, P] = {}
    for name, part in found.items():
        with suppress(ValidationError):
            made[name] = shape.model_validate(part)
    return made


def _change(change: Change, gone: set[str]) -> bool:
    """Read the file, change what was read, write it: one kernel at a time. In memory where it cannot be written."""
    if os.environ.get(BUILDING):
        return False
    for number, record in enumerate(_HERE.given):
        rest = {name: state for name, state in record.decisions.items() if name not in gone}
        _HERE.given[number] = record.model_copy(update={"decisions": rest})
    file = path()
    try:
        with one_at_a_time(file.with_name(f".{file.name}.lock")):
            whole = change(_read(file))
            write_whole(file.resolve(), as_json(whole.model_copy(update={"made_at": _empty().made_at})))
        _HERE.unwritten = None
        return True
    except OSError:
        _HERE.unwritten = change(_HERE.unwritten or kept())
        return False


def _read(file: Path) -> Record:
    """The record in the file. One that cannot be read is put aside under another name, never deleted."""
    try:
        found = read_record(file)
    except FileNotFoundError:
        found = _empty()
    except RecordError:
        file.rename(file.with_name(f"{file.name}.{datetime.now(UTC):%Y%m%dT%H%M%S%f}.damaged"))
        found = _empty()
    if _HERE.unwritten:
        found = merge(found, _HERE.unwritten)
    return found

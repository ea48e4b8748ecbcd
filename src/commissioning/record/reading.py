"""A record from its file, taken in with care, and back to a file: nothing that stood there is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from commissioning.record.joining import join_asides, merge
from commissioning.record.ordering import canonical, clean
from commissioning.record.shapes import DECISION, DRAFT, FORMAT, Record, RecordError
from commissioning.source.whole import write_whole

LARGEST = 20_000_000  # characters: a hundred times a diligent learner's record


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
        data = clean(json.loads(text, parse_constant=_no_constant))
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
    notes, aside = data.get("reflections", {}), data.get("aside", {})
    if isinstance(notes, dict):
        made["reflections"] = {k: {"text": v} if isinstance(v, str) else v for k, v in notes.items()}
    later: list[tuple[str, str]] = []
    for part, own in (("decisions", DECISION), ("drafts", DRAFT)):
        found = data.get(part, {})
        if isinstance(found, dict) and isinstance(aside, dict):
            made[part] = {k: v for k, v in found.items() if not _is_later(v, own)}
            later += [(f"{k}:later", canonical(v)) for k, v in found.items() if k not in made[part]]
    if later and all(isinstance(raw, str) for raw in aside.values()):
        made["aside"] = join_asides((*aside.items(), *later))
    return made


def _is_later(part: Any, own: str) -> bool:
    """Whether a decision or a draft has the format of a later version of the book."""
    found = part.get("format") if isinstance(part, dict) else None
    shape = re.escape(own.rpartition("/")[0]) + r"/\d{1,9}"
    return isinstance(found, str) and found != own and bool(re.fullmatch(shape, found))


def _said(error: ValidationError) -> str:
    """At most three faults in words, each with the trail that leads to it."""
    faults = [
        f"{' → '.join(map(str, one['loc'])) or 'the record'}: {one['msg'].removeprefix('Value error, ')}"
        for one in error.errors(include_url=False, include_input=False)
    ]
    more = f" (and {len(faults) - 3} more)" if len(faults) > 3 else ""
    return f"the record is damaged. {'; '.join(faults[:3])}{more}."


def as_json(record: Record) -> str:
    """The text of a record's file."""
    return json.dumps(record.model_dump(), ensure_ascii=False, indent=1) + "\n"


def write_record(record: Record, path: str | Path) -> Path:
    """Write a record to a file, joined with what the file held. Raises RecordError, and leaves a damaged file alone."""
    path = Path(path)
    whole = merge(read_record(path), record) if path.exists() else record
    write_whole(path.resolve(), as_json(whole))  # a learner's file may be a link, to a folder that is kept safe
    return path

"""What was decided in the widgets of this kernel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from commissioning.record.joining import merge_states
from commissioning.record.shapes import Record, State

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

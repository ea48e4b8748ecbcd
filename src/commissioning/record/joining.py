"""Two records in one. `front/record/` joins by the same rules; cases in `tests/fixtures/record` are run by both."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from commissioning.record.shapes import Record, Reflection, State, Taken, moment

BETWEEN = "\n\n* * *\n\n"


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


def compact(value: Any) -> str:
    """One line of JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

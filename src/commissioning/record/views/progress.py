"""All answers together: outcomes met, what is due for another look, how sure one was. No total, no rank."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from commissioning.record.shapes import Record, State
from commissioning.record.views.answers import is_marked, met, score
from commissioning.record.views.index import Entry, Index

STEPS = (1, 7, 30, 90)
"""Days after a first answer on which it is worth another look."""


def outcomes(record: Record, known: Index) -> dict[str, dict[str, str]]:
    """Chapter -> outcome -> "first try", "later", "not yet" or "" (nothing answered); ", revisited" may follow.

    An outcome is met when every answer to it is: by the first answers, or by later ones. Exercises in which nothing is
    right or wrong count where an outcome has no others. An answer to an older edition counts neither way.
    """
    return {
        slug: {name: _outcome(record, known, slug, name) for name in known.outcomes(slug)} for slug in known.chapters
    }


def _outcome(record: Record, known: Index, slug: str, name: str) -> str:
    carrying = [one for one in known.exercises.values() if one.chapter == slug and name in one.outcomes]
    answered = [
        (met(one, score(one, state.first)), met(one, score(one, state.last)), state)
        for one in [one for one in carrying if is_marked(one)] or carrying
        if (state := record.decisions.get(one.id))
    ]
    current = [(first, last, state) for first, last, state in answered if last is not None]
    if not current:
        return ""
    if any(last == "not-yet" for _, last, _ in current):
        return "not yet"
    how = "first try" if all(first in ("right", "done") for first, _, _ in current) else "later"
    again = any(local_day(state.last.at) > local_day(state.first.at) for _, _, state in current)
    return f"{how}, revisited" if again else how


def local_day(at: str, zone: tzinfo | None = None) -> date:
    """The day on which something happened where the learner is (or in a zone)."""
    return datetime.fromisoformat(at).astimezone(zone).date()


def due(record: Record, known: Index, *, today: date, zone: tzinfo | None = None) -> list[tuple[Entry, int]]:
    """What is worth another look today, with the step (1, 7, 30 or 90 days) that asks for it.

    A step counts from the day of the first answer, and is over once an answer was given on or after its day. First
    what was held very sure and is wrong, then what is not right yet, then the rest, each in reading order.
    """
    found = [
        (one, step)
        for one in known.exercises.values()
        if not known.chapters[one.chapter].is_gallery
        and (state := record.decisions.get(one.id))
        and (step := _step(state, today, zone))
    ]
    return sorted(found, key=lambda item: _urgency(item[0], record.decisions[item[0].id]))


def _step(state: State, today: date, zone: tzinfo | None) -> int:
    first, last = (local_day(taken.at, zone) for taken in (state.first, state.last))
    step = max((step for step in STEPS if (today - first).days >= step), default=0)
    return step if step and (last - first).days < step else 0


def _urgency(one: Entry, state: State) -> int:
    if is_confident_but_wrong(one, state):
        return 0
    return 1 if met(one, score(one, state.last)) == "not-yet" else 2


def is_confident_but_wrong(one: Entry, state: State) -> bool:
    """Whether the last answer is wrong, and either it or a wrong first one was "very sure"."""
    first, last = ((score(one, taken) or {}).get("right") is False for taken in (state.first, state.last))
    sure = [taken.response.get("certainty") == 3 for taken in (state.first, state.last)]
    return last and (sure[1] or (first and sure[0]))


def calibration(record: Record, known: Index) -> list[tuple[int, int]]:
    """For unsure, fairly sure and very sure: (first answers, of which right). (Gardner-Medwin 2006)"""
    levels = [[0, 0], [0, 0], [0, 0]]
    for name, state in record.decisions.items():
        sure = state.first.response.get("certainty")
        one = known.exercises.get(name)
        right = (score(one, state.first) or {}).get("right") if one else None
        if type(sure) is int and 1 <= sure <= 3 and isinstance(right, bool):
            levels[sure - 1][0] += 1
            levels[sure - 1][1] += int(right)
    return [(answers, right) for answers, right in levels]

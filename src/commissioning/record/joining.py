"""Two records in one. `front/record/joining.js` joins by the same rules; both run the cases in `tests/fixtures/record`.

Joining is idempotent, commutative and associative: records may meet in any order and as often as they like, and nothing
grows. Whatever is chosen is chosen by an order of all values (`ordering`), never by which record came first.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from commissioning.record.ordering import canonical, clean, fuller, fullness, hashed, instant, spelled
from commissioning.record.shapes import DECISION, MOMENT, Draft, Record, Reflection, State, Taken

BETWEEN = "\n\n* * *\n\n"
BLANK = " \t\r\n"
_HASHED = re.compile(r"\.h[0-9a-f]{8}$")
_DRAFT_ASIDE = re.compile(r'\{"draft":\{.*"id":"([a-z0-9][a-z0-9-]{0,199}(?::again)?)"\}', re.DOTALL)
_Pieces = dict[str, tuple[str | None, str]]
"""A piece of a text without blanks around it -> since when it is known, and how it stands."""


def merge(a: Record, b: Record) -> Record:
    """Both records in one, whichever comes first: nothing of either is lost, and joining again changes nothing.

    Of each exercise the earliest first answer and the latest last one are kept; `attempts` is what is known at least.
    Of two texts to one prompt both are kept, unless one goes on where the other stops. Of two half-made answers to one
    exercise the later stands, and the other lies aside.
    """
    decisions, losers = _joined_states((*_states(a), *_states(b)))
    drafts, left = _joined_drafts((*a.drafts.items(), *b.drafts.items()))
    standing = {_content(name, draft) for name, draft in drafts.items()}
    asides = (*_plain_asides(a), *_plain_asides(b), *losers, *left)
    notes = {**a.reflections, **b.reflections}
    newer = max(a, b, key=lambda record: (instant(record.made_at), record.made_at, canonical(record.book.model_dump())))
    parts = {
        "decisions": decisions,
        "reflections": {
            name: merge_reflections(a.reflections.get(name, words), b.reflections.get(name, words))
            for name, words in sorted(notes.items())
        },
        "drafts": drafts,
        "aside": join_asides((name, raw) for name, raw in asides if raw not in standing),
    }
    return Record(made_at=newer.made_at, book=newer.book, **{**_joined_extras(a, b), **parts})


def merge_states(a: State, b: State) -> State:
    """One exercise decided in two places: first is the earliest, last is the latest; `times`, what lies between."""
    first, last = _chosen(a.first, b.first, first=True), _chosen(a.last, b.last)
    moments = _moments(a) | _moments(b)
    more = _joined_extras(a, b)
    more.pop("times", None)
    if between := sorted(moments - {instant(first.at), instant(last.at)}):
        more["times"] = [spelled(at) for at in between]
    attempts = max(a.attempts, b.attempts, len(moments))
    return State(id=a.id, kind=a.kind, first=first, last=last, attempts=attempts, **more)


def _chosen(a: Taken, b: Taken, *, first: bool = False) -> Taken:
    """The earlier or the later of two answers; at one moment the fuller, for a self-marked answer gains points."""
    x, y = instant(a.at), instant(b.at)
    if x != y:
        return a if (x < y) is first else b
    return a if a is b or _weight(a) >= _weight(b) else b


def _moments(state: State) -> set[tuple[int, int]]:
    """Every moment at which an answer is known to have been given."""
    times = (state.model_extra or {}).get("times")
    known = [at for at in times if _is_time(at)] if isinstance(times, list) else []
    return {instant(at) for at in (state.first.at, state.last.at, *known)}


def _is_time(at: Any) -> bool:
    """A moment; in UTC, the day before the first and the day after the last that a record may hold are some too."""
    return isinstance(at, str) and _is_moment(re.sub(r"^(?:1969-12-31|9000-01-01)T", "2000-01-01T", at))


def _is_moment(at: Any) -> bool:
    try:
        return isinstance(at, str) and bool(re.fullmatch(MOMENT, at, re.ASCII)) and bool(instant(at))
    except ValueError:
        return False


def _weight(taken: Taken) -> tuple[int, str]:
    return fullness(taken.response), canonical(taken.model_dump())


def _lateness(taken: Taken) -> tuple[tuple[int, int], tuple[int, str]]:
    return instant(taken.at), _weight(taken)


def _joined_extras(a: Record | State | Reflection, b: Record | State | Reflection) -> dict[str, Any]:
    """What a later version of the book added, of both."""
    mine, theirs = a.model_extra or {}, b.model_extra or {}
    return {
        name: fuller(mine.get(name, theirs.get(name)), theirs.get(name, mine.get(name)))
        for name in sorted({*mine, *theirs})
    }


# -- an id that became another kind of exercise: each kind is joined, the latest stands, the rest lie aside ----------


def _states(record: Record) -> Iterator[State]:
    yield from record.decisions.values()
    yield from (state for name, raw in record.aside.items() if (state := _state_aside(name, raw)))


def _plain_asides(record: Record) -> Iterator[tuple[str, str]]:
    for name, raw in record.aside.items():
        if not _state_aside(name, raw):
            draft = _DRAFT_ASIDE.fullmatch(raw)
            yield (f"{draft[1]}:draft" if draft else name), raw


def _state_aside(name: str, raw: str) -> State | None:
    """The answers to another kind of exercise that were put aside when two records met."""
    if DECISION not in raw:
        return None
    try:
        state = State.model_validate(clean(json.loads(raw)))
    except (ValueError, ValidationError, RecursionError):
        return None
    return state if f"{state.id}:{state.kind}" == _HASHED.sub("", name) else None


def _joined_states(states: Iterable[State]) -> tuple[dict[str, State], list[tuple[str, str]]]:
    """By id the state that stands, and what lies aside."""
    kinds: defaultdict[str, dict[str, State]] = defaultdict(dict)
    for state in states:
        mine = kinds[state.id].get(state.kind, state)
        kinds[state.id][state.kind] = merge_states(mine, state)
    stands = {
        name: max(found.values(), key=lambda state: (_lateness(state.last), state.kind))
        for name, found in sorted(kinds.items())
    }
    losers = [state for name, found in kinds.items() for state in found.values() if state is not stands[name]]
    return stands, [(f"{state.id}:{state.kind}", canonical(state.model_dump())) for state in losers]


# -- half-made answers: the later stands ------------------------------------------------------------------------------


def _joined_drafts(drafts: Iterable[tuple[str, Draft]]) -> tuple[dict[str, Draft], list[tuple[str, str]]]:
    """By exercise the draft that stands, and what lies aside: each content once, since it was last so."""
    found: defaultdict[str, dict[str, Draft]] = defaultdict(dict)
    for name, draft in drafts:
        content = _content(name, draft)
        found[name][content] = max(found[name].get(content, draft), draft, key=lambda one: _age(one.at))
    stands, left = dict[str, Draft](), list[tuple[str, str]]()
    for name in sorted(found):
        last = max(found[name], key=lambda content: (_age(found[name][content].at), content))
        stands[name] = found[name][last]
        left += [(f"{name}:draft", content) for content in found[name] if content != last]
    return stands, left


def _content(name: str, draft: Draft) -> str:
    """What a draft holds, whenever it was: as it lies aside."""
    return canonical({"id": name, "draft": {key: part for key, part in draft.model_dump().items() if key != "at"}})


# -- words -----------------------------------------------------------------------------------------------------------


def merge_reflections(a: Reflection, b: Reflection) -> Reflection:
    """One text if it begins with the other, otherwise both, the older first; `pieces` says since when each is known."""
    found = _pieces(a)
    for key, (at, raw) in _pieces(b).items():
        was = found.setdefault(key, (at, raw))
        if was != (at, raw):
            found[key] = min(was[0], at, key=_age), max(was[1], raw)
    keys = sorted(found)
    held = {key for key, following in pairwise(keys) if following.startswith(key)}
    kept = sorted((key for key in keys if key not in held), key=lambda key: (_age(found[key][0]), key))
    at = max(a.at, b.at, key=_age)
    more = _joined_extras(a, b)
    more.pop("pieces", None)
    if len(kept) > 1 or found[kept[0]][0] != at:
        more["pieces"] = [{"text": key, "at": found[key][0]} for key in kept]
    text = found[kept[0]][1] if len(kept) == 1 else BETWEEN.join(kept)
    return Reflection(text=text, at=at, **more)


def _pieces(words: Reflection) -> _Pieces:
    """What a text is made of. What is said of its pieces counts until somebody has edited the text."""
    parts = words.text.split(BETWEEN)
    keys = [part.strip(BLANK) for part in parts]
    if len(parts) == 1:
        found: _Pieces = {keys[0]: (words.at, words.text)}
    else:
        found = {key: (words.at, key) for key in keys if key} or {"": (words.at, "")}
    said = (words.model_extra or {}).get("pieces")
    known = said if isinstance(said, list) and all(isinstance(one, dict) for one in said) else []
    if {one.get("text") for one in known if isinstance(one.get("text"), str)} == set(found):
        for one in known:
            at = one.get("at")
            found[one["text"]] = (at if _is_moment(at) else None), found[one["text"]][1]
    return found


def _age(at: str | None) -> tuple[tuple[int, int], str]:
    return (instant(at), at) if at else ((-(10**12), 0), "")


# -- aside -----------------------------------------------------------------------------------------------------------


def join_asides(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each text once, by name; of several texts with one name all but the first carry their hash behind it."""
    bases: dict[str, str] = {}
    for name, raw in pairs:
        base = _HASHED.sub("", name)
        bases[raw] = min(bases.get(raw, base), base)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for raw in sorted(bases):
        groups[bases[raw]].append(raw)
    made: dict[str, str] = {}
    for base in sorted(groups):
        for at, raw in enumerate(groups[base]):
            name, salt = (f"{base}.h{hashed(raw)}" if at else base), raw
            while name in made:
                salt += "."
                name = f"{base}.h{hashed(salt)}"
            made[name] = raw
    return made

"""Three records that met in every odd way there is: plain ones, and wild ones that every reader still takes in."""

from __future__ import annotations

import json
import random
from typing import Any

from commissioning.record.ordering import canonical, clean

PLAIN_AT = [f"2026-11-{day:02}T10:00:00.000Z" for day in range(1, 6)]
WILD_AT = [
    "2026-11-01T10:00:00Z", "2026-11-01T10:00:00.000Z", "2026-11-01T12:00:00+02:00", "2026-11-01T10:00Z",
    "2026-11-01T10:00:00.0000001Z", "2026-11-01T10:00:00.000000100Z", "2026-11-01T09:59:59.999999999Z",
    "2026-11-01T23:59:00.5+13:59", "2026-10-31T10:01:00.001-23:59", "1970-01-01T00:00:00+14:00",
    "8999-12-31T23:59:59.123456789-14:00", "2026-11-01T10:00:00.0009Z", "2026-11-01T10:00:00.0001Z",
]  # fmt: skip
BETWEEN = "\n\n* * *\n\n"
PLAIN_TEXT = ["one", "one two", "one two three", "four", f"one{BETWEEN}four", "", "one two "]
WILD_TEXT = [
    *PLAIN_TEXT, "\U0001f642", "\ufffd", "\ue000", "\U0001f642\U0001f642", "e\u0301", "\u00e9", "\u2028", "\x85one",
    "\ufeffone",    " one", "\tone\n", "\x1cone", f"{BETWEEN}one{BETWEEN}", f"four{BETWEEN}one",
    f"four{BETWEEN}one two{BETWEEN}\U0001f642",
    BETWEEN, "* * *", "\n\n* * *\n\n\n\n* * *\n\n", "a" * 300, "\u05e9\u05dc\u05d5\u05dd \u202e", "\ud800", "x\udc00y",
]  # fmt: skip
NUMBERS = [
    0, 1, -1, 2.0, 0.5, 1e-7, 1e-6, 1.5e-7, 1e21, 1e20, 123456789012345680000, 2**53, 2**53 + 1, -0.0,
    0.30000000000000004, 1e300,
]  # fmt: skip
KINDS = ["claim", "short-answer", "ranking"]


def triple(dice: random.Random, *, wild: bool) -> list[dict[str, Any]]:
    """Three records that hold much the same."""
    return [_record(dice, wild) for _ in range(3)]


def _record(dice: random.Random, wild: bool) -> dict[str, Any]:
    ids = ["one", "two"]
    texts = WILD_TEXT if wild else PLAIN_TEXT
    made: dict[str, Any] = {
        "format": "commissioning-record/1",
        "made_at": _at(dice, wild),
        "decisions": {name: _state(dice, name, wild) for name in ids if dice.random() < 0.8},
        "reflections": {name: _words(dice, wild) for name in ("six", "six.next") if dice.random() < 0.8},
        "aside": {name: dice.choice(texts) for name in ("x", "y", "x.2", "one:claim") if dice.random() < 0.4},
    }
    if dice.random() < 0.7:
        made["drafts"] = {name: _draft(dice, wild) for name in ("one", "one:again", "two") if dice.random() < 0.6}
    if wild and dice.random() < 0.2:
        content = {"id": "one", "draft": {k: v for k, v in _draft(dice, True).items() if k != "at"}}
        made["aside"][dice.choice(["one:draft", "aaa", "zzz"])] = canonical(clean(content))
    if wild and dice.random() < 0.5:
        made["book"] = {"title": dice.choice(texts)}
    if wild and dice.random() < 0.3:
        made["aside"]["one:ranking"] = json.dumps(_state(dice, "one", True, "ranking"))
    return made | _more(dice, wild)


def _at(dice: random.Random, wild: bool) -> str:
    return dice.choice(WILD_AT if wild else PLAIN_AT)


def _more(dice: random.Random, wild: bool) -> dict[str, Any]:
    return {name: _value(dice, 2) for name in ("mood", "\U0001f642", "\ue000") if wild and dice.random() < 0.2}


def _value(dice: random.Random, depth: int) -> Any:
    how = dice.randrange(6 if depth else 4)
    if how == 4:
        return [_value(dice, depth - 1) for _ in range(dice.randrange(3))]
    if how == 5:
        return {dice.choice(WILD_TEXT): _value(dice, depth - 1) for _ in range(dice.randrange(3))}
    return (None, dice.random() < 0.5, dice.choice(NUMBERS), dice.choice(WILD_TEXT))[how]


def _taken(dice: random.Random, wild: bool) -> dict[str, Any]:
    response = {"choice": dice.choice("abc")} if not wild or dice.random() < 0.4 else {"choice": _value(dice, 3)}
    return {"response": response, "at": _at(dice, wild), "edition": dice.choice(["e1", "e2"])} | _more(dice, wild)


def _state(dice: random.Random, name: str, wild: bool, kind: str = "") -> dict[str, Any]:
    first, last = _taken(dice, wild), _taken(dice, wild)
    made = {"id": name, "kind": kind or dice.choice(KINDS if wild else KINDS[:1]), "first": first, "last": last}
    made["attempts"] = dice.choice([1, 2, 3, 4.0, 7, 2**53 - 1] if wild else [1, 2, 3])
    if wild and dice.random() < 0.3:
        made["times"] = dice.choice(
            [[_at(dice, True), _at(dice, True)], ["yesterday", 7, _at(dice, True)], "never", {}]
        )
    return made | {"format": "commissioning-decision/1"} | _more(dice, wild)


def _draft(dice: random.Random, wild: bool) -> dict[str, Any]:
    texts = WILD_TEXT if wild else PLAIN_TEXT
    made = {"format": "commissioning-draft/1", "edition": dice.choice(["e1", "e2"]), "half": None}
    made["fields"] = {name: dice.choice([*texts[:3], True]) for name in ("a", "b") if dice.random() < 0.6}
    made["at"] = dice.choice([None, _at(dice, wild)]) if wild else _at(dice, wild)
    if wild and dice.random() < 0.4:
        made["half"] = _value(dice, 2)
    return made | _more(dice, wild)


def _words(dice: random.Random, wild: bool) -> Any:
    texts = WILD_TEXT if wild else PLAIN_TEXT
    if wild and dice.random() < 0.2:
        return dice.choice(texts)
    made = {"text": dice.choice(texts), "at": dice.choice([None, _at(dice, wild)])}
    if wild and dice.random() < 0.3:
        made["pieces"] = dice.choice(
            [
                [],
                [{"text": "one", "at": _at(dice, True)}],
                [{"text": "one"}, {"text": "four", "at": "?"}],
                7,
                [7],
                [{"text": 7}],
            ]
        )
    return made | _more(dice, wild)

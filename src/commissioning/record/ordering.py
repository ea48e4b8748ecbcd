"""One order for everything that two records may hold: moments, answers, any plain JSON. `front/record/ordering.js` has
the same, so that Python and a browser choose alike, down to a nanosecond, a zone and a letter outside the first plane.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

Instant = tuple[int, int]
"""Seconds since 1970 in UTC, and nanoseconds."""
LARGEST = 2**53 - 1
"""The largest whole number that a browser reads exactly."""
DEEPEST = 50
_HALF = re.compile("[\ud800-\udfff]")
_AT = re.compile(r"(.{10})T(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)")
_in_json = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would make one anew for each text
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=4096)
def instant(at: str) -> Instant:
    """The moment that a date and time with its zone stands for. Raises ValueError for what is none."""
    found = _AT.fullmatch(at)
    if not found:
        raise ValueError("must be a date and time with a zone")
    day, minutes, seconds, fraction, zone = found.groups()
    since = datetime.fromisoformat(f"{day}T{minutes}:{seconds or '00'}{zone}") - _EPOCH
    return since.days * 86400 + since.seconds, int((fraction or "0").ljust(9, "0"))


def spelled(at: Instant) -> str:
    """A moment in one spelling: 2026-11-01T10:00:00.5Z."""
    seconds, nanoseconds = at
    text = (_EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S")
    return text + (f".{nanoseconds:09}".rstrip("0") if nanoseconds else "") + "Z"


def canonical(value: Any) -> str:
    """Plain JSON as one text, the same in both languages: keys in order, numbers as a browser writes them."""
    if isinstance(value, str):
        return _in_json(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return as_browsers_write(value)
    return _in_json(value)


def as_browsers_write(number: float) -> str:
    """A number's shortest digits, in the shape that JavaScript gives them: 0.00001, 1e-7, 1e+21."""
    if isinstance(number, int) and abs(number) <= LARGEST:
        return str(number)
    size, text = abs(float(number)), repr(float(number))
    if size and not 1e-6 <= size < 1e21:
        return re.sub(r"e([+-])0*", r"e\1", text.replace(".0e", "e"))
    plain = format(Decimal(text), "f").removesuffix(".0")
    return "0" if plain == "-0" else plain


def fullness(value: Any) -> int:
    """How much there is in an answer: its letters, numbers and places. Of two at one moment the fuller is kept."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return 1 + sum(len(key) + fullness(part) for key, part in value.items())
    return 1 + sum(map(fullness, value)) if isinstance(value, list | tuple) else 1


def fuller(a: Any, b: Any) -> Any:
    """The one of two values that has more in it; of two alike, the same one whichever comes first."""
    return a if a is b else max(a, b, key=lambda value: (fullness(value), canonical(value)))


def hashed(text: str) -> str:
    """Eight hexadecimal digits of a text (FNV-1a over its code points), to tell two apart that have one name."""
    found = 0x811C9DC5
    for letter in text:
        found = ((found ^ ord(letter)) * 0x01000193) & 0xFFFFFFFF
    return f"{found:08x}"


def clean(value: Any, depth: int = 0) -> Any:
    """The same value as a browser reads it, without half characters, which no file can hold. Raises ValueError."""
    if depth > DEEPEST:
        raise ValueError("it is nested too deeply")
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _as_browsers_read(value)
    if isinstance(value, list):
        return [clean(part, depth + 1) for part in value]
    if isinstance(value, dict):
        return {clean(key): clean(part, depth + 1) for key, part in value.items()}
    return value


def _as_browsers_read(number: float) -> float:
    """A number that a browser reads alike: beyond 2^53 no whole number is exact."""
    if isinstance(number, int) and abs(number) <= LARGEST:
        return number
    try:
        found = float(number)
    except OverflowError:
        found = float("inf")
    if found in (float("inf"), float("-inf")):
        raise ValueError("a number is too large")
    return found

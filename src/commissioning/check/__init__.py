"""Every fault of sense in a book: in one exercise, a chapter, the pages, the words, the game, and its promises.

`find_all` yields every fault; `commissioning check` prints them. What stands here is loaded when it is asked for: a
build needs two small modules of this room, and not the numbers that the rest works with.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from commissioning.check.dated import stale
    from commissioning.check.evidence import facts_due
    from commissioning.check.guessers import table as guessed
    from commissioning.check.limits import table as shares
    from commissioning.check.promises import in_words as owed_in_words
    from commissioning.check.prose import table as prose_of
    from commissioning.check.whole import find, find_all, find_all_and_owed

__all__ = [
    "facts_due",
    "find",
    "find_all",
    "find_all_and_owed",
    "guessed",
    "owed_in_words",
    "prose_of",
    "shares",
    "stale",
]
_STANDS_IN = {
    "stale": ("dated", "stale"),
    "facts_due": ("evidence", "facts_due"),
    "guessed": ("guessers", "table"),
    "shares": ("limits", "table"),
    "owed_in_words": ("promises", "in_words"),
    "prose_of": ("prose", "table"),
    "find": ("whole", "find"),
    "find_all": ("whole", "find_all"),
    "find_all_and_owed": ("whole", "find_all_and_owed"),
}


def __getattr__(name: str) -> Any:
    if name not in _STANDS_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, own = _STANDS_IN[name]
    return getattr(import_module(f"commissioning.check.{module}"), own)

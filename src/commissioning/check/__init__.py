"""Every fault of sense in a book: in one exercise, a chapter, the pages, the words, the game, and its promises.

`find_all` yields every fault; `commissioning check` prints them.
"""

from __future__ import annotations

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

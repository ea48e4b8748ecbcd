"""Every fault of sense in a book: in one exercise, a chapter, the pages, the words, the game.

`find_all` yields every fault; `commissioning check` prints them.
"""

from __future__ import annotations

from commissioning.check.evidence import facts_due
from commissioning.check.whole import find, find_all

__all__ = ["facts_due", "find", "find_all"]

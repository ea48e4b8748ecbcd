"""What a build that did not succeed leaves for the next one: the names of the pages that must be read again."""

from __future__ import annotations

from pathlib import Path

AGAIN = "COMMISSIONING_READ_AGAIN"
"""The variable that hands a build the pages it must read again, with spaces between; "*" for all."""
MARK = Path("_build") / "unfinished"
"""Where they are named while a build runs, and after one that failed."""

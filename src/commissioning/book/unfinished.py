"""What a build is told, and what one that did not succeed leaves for the next: the pages that must be read again."""

from __future__ import annotations

from pathlib import Path

AGAIN = "COMMISSIONING_READ_AGAIN"
"""The variable that hands a build the pages it must read again, with spaces between; "*" for all."""
TELL = "COMMISSIONING_TELL"
"""The variable that asks a build for a line a page: see site/progress.py."""
MARK = Path("_build") / "unfinished"
"""Where they are named while a build runs, and after one that failed."""

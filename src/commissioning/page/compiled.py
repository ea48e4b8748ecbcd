"""Templates as Python has compiled them, kept as Python keeps its own modules, and trusted as far.

Compiling takes a tenth of the time of a small build. What is kept has a digest of the template's text and the versions
of Jinja and Python in it; another is made where one of these has changed, or where it is not whole.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from commissioning.source.root import INSTALLED, user_cache


@cache
def compiled() -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept: beside the code in a checkout, else with the user. None if nowhere."""
    for folder in (user_cache(),) if INSTALLED.is_dir() else (Path(__file__).parent / "__pycache__", user_cache()):
        with suppress(OSError):
            (folder / "jinja").mkdir(parents=True, exist_ok=True)
            return Quiet(str(folder / "jinja"), "%s.pyc")
    return None


class Quiet(FileSystemBytecodeCache):
    """One that keeps nothing where it cannot write."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one template, if it can be kept."""
        with suppress(OSError):
            super().dump_bytecode(bucket)

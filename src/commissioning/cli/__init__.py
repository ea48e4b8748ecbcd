"""The command line: `commissioning --help`. The only place, with read_ and write_ functions, that touches the disk.

An author's or a learner's mistake ends with exit code 2 and words; ours ends with a traceback.
"""

from __future__ import annotations

import os
import sys
from errno import ENOSPC, EPIPE
from io import TextIOWrapper

from commissioning.cli import authors, begin, jupyter, reading, tutors
from commissioning.cli.authors import summary
from commissioning.cli.base import Mistake, app, say
from commissioning.source.faults import Faults

__all__ = ["Mistake", "app", "authors", "begin", "jupyter", "main", "reading", "summary", "tutors"]


def main() -> None:
    """Run the command line; a mistake ends with exit code 2 and no traceback, whatever the terminal can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a file's name may hold letters that a code page has not
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except (Mistake, Faults, LookupError, OSError) as error:
        if isinstance(error, KeyError | IndexError):
            raise
        if isinstance(error, OSError) and error.filename is None and error.errno in (ENOSPC, EPIPE):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python tries once more as it ends
        say(_said(error), err=True)
        raise SystemExit(2) from None


def _said(error: Exception) -> str:
    """The mistake in words, without the number that the machine gives it."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}."
    return str(error)

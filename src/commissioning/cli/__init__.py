"""The command line: `commissioning --help`. The only place, with read_ and write_ functions, that touches the disk.

An author's or a learner's mistake ends with exit code 2 and words; ours ends with a traceback.
"""

from __future__ import annotations

from commissioning.cli import authors, begin, jupyter, reading
from commissioning.cli.authors import summary
from commissioning.cli.base import Mistake, app, say
from commissioning.source.faults import Faults

__all__ = ["Mistake", "app", "authors", "begin", "jupyter", "main", "reading", "summary"]


def main() -> None:
    """Run the command line; a mistake ends with exit code 2 and no traceback."""
    try:
        app()
    except (Mistake, Faults, LookupError, OSError) as error:
        if isinstance(error, KeyError | IndexError):
            raise
        say(_said(error), err=True)
        raise SystemExit(2) from None


def _said(error: Exception) -> str:
    """The mistake in words, without the number that the machine gives it."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}." if error.filename else error.strerror
    return str(error)

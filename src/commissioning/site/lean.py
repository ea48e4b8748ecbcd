"""Scripts and styles as they are sent: without comments and spaces, and with short names for what no other file sees.

What shortens names reads the program as a browser does; there is no build of it for Apple's machines, where a script
keeps its names and is a quarter heavier. What a file declares at its own top, outside every function, keeps its name.
It runs in a process of its own, since a process that has loaded it may not divide, as one that builds a book does; and
once for each text, since what comes of it is kept.
"""

from __future__ import annotations

import subprocess
import sys
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rjsmin import jsmin

from commissioning.source.cache import cached_in_book
from commissioning.source.root import find_root

PACKAGE = "tdewolff-minify"
RUN = "import sys, minify as m; i, o = sys.stdin.buffer, sys.stdout.buffer; "
RUN += "o.write(m.string(sys.argv[1], i.read().decode()).encode())"


def script(text: str) -> str:
    """A script that does the same in fewer bytes. Raises ValueError, with its line, where no browser could read it."""
    return _shortened("application/javascript", text) if _known() else str(jsmin(text))


def style(css: str) -> str:
    """A stylesheet that says the same in fewer bytes."""
    return _shortened("text/css", css) if _known() else css


def is_known() -> bool:
    """Whether names can be shortened here."""
    return bool(_known())


@lru_cache(maxsize=1)
def _known() -> str:
    """The version of what shortens; nothing where it is not installed."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return ""


def _shortened(kind: str, text: str) -> str:
    known = f"{_known()}\0{kind}\0{text}"
    return cached_in_book(known, find_root(), Path(__file__), str, lambda: _run(kind, text))


def _run(kind: str, text: str) -> str:
    done = subprocess.run([sys.executable, "-c", RUN, kind], input=text.encode(), capture_output=True, check=False)
    if done.returncode:
        raise ValueError(done.stderr.decode(errors="replace").rpartition("MinifyError: ")[2].strip())
    return done.stdout.decode() + "\n"

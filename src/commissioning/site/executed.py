"""The outputs of executed pages, kept between builds: what they depend on, and whether they are whole.

A page's outputs depend on its own code, which the cache compares, and on everything that the code can use: the rooms of
this package that any page imports, with those before them (a room can use no other), their data files, the libraries
that compute and draw, and the data files that lie among the pages. Exercises leave only their ids in an output, so that
a changed decision needs nothing to be executed again. In: the book's folder. Out: a digest, and a folder to trust.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
import sys
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from commissioning.book.names import IN_A_BOOK
from commissioning.book.pages import SHAPES
from commissioning.source.cache import digest_of
from commissioning.source.files import authored
from commissioning.source.rooms import ROOMS, up_to
from commissioning.source.whole import write_whole

SHOWS_IDS = ("decision", "questions", "from_before")
"""What a page imports from the package itself to show an exercise: only ids come of it, by way of SHOWN_BY."""
SHOWN_BY = ("jupyter/widget.py", "__init__.py")
LIBRARIES = ("numpy", "pandas", "altair")
CELL = re.compile(r"^```\{code-cell\}.*?^```", re.MULTILINE | re.DOTALL)
IMPORTS = re.compile(r"\bcommissioning(?:\.(\w+)|\s+import\s+\(?([\w,\s]+))")
READ_ELSEWHERE = re.compile(r"\.(?:md|bib)$|/(?:questions|session|words-\d+)\.yaml$|/decisions/")
"""Files that are read whenever a page is built, and never by the code of a page."""
SUMS = "whole.json"


def depends_on(root: Path) -> str:
    """A digest of all that the outputs of the book's executed pages depend on, besides their own code."""
    seen = hashlib.sha256(digest_of(*rooms_of(root), *SHOWN_BY).encode())
    for path in data_of(root):
        seen.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    seen.update(" ".join([*(f"{name} {_version(name)}" for name in LIBRARIES), sys.version]).encode())
    return seen.hexdigest()[:12]


def rooms_of(root: Path) -> tuple[str, ...]:
    """The rooms that the code of a page can use, by what its pages import. `labs` always: notebooks are made of it."""
    named = {"labs"}
    for path in authored(root / "book", "**/*.md"):
        for cell in CELL.findall(path.read_text(encoding="utf-8", errors="replace")):
            for room, names in IMPORTS.findall(cell):
                named |= {room} if room else set(re.split(r"[,\s]+", names.strip())) - {*SHOWS_IDS}
    return up_to(*(named & {*ROOMS}))


def data_of(root: Path) -> list[Path]:
    """The data files among the pages that a page's code can read: rules, tables, whatever an author lays there."""
    files = (path for path in authored(root / "book", "**/*") if path.is_file())
    known = {root / "book" / name for name in IN_A_BOOK}
    known |= {root / "book" / f"{name}.yaml" for name in SHAPES}
    return [path for path in files if path not in known and not READ_ELSEWHERE.search(path.as_posix())]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


# -- whole, or made again --------------------------------------------------------------------------------------------


def drop_damaged(kept: Path) -> bool:
    """Take the kept outputs away if a part of them is not as a build left it. Says whether they can be trusted."""
    if kept.is_dir() and _is_whole(kept):
        return True
    shutil.rmtree(kept, ignore_errors=True)
    return False


def write_sums(kept: Path) -> None:
    """Note what the kept outputs are, so that the next build can tell whether they still are."""
    if kept.is_dir():
        write_whole(kept / SUMS, json.dumps(_sums(kept), indent=1))


def _is_whole(kept: Path) -> bool:
    try:
        if json.loads((kept / SUMS).read_text(encoding="utf-8")) != _sums(kept):
            return False
        with closing(sqlite3.connect(f"{(kept / 'global.db').as_uri()}?mode=ro", uri=True)) as database:
            return bool(database.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    except (OSError, ValueError, sqlite3.Error):
        return False


def _sums(kept: Path) -> dict[str, str]:
    """The digests of the kept notebooks; the database notes when it was read, and has a check of its own."""
    files = sorted(path for path in kept.rglob("*") if path.is_file() and path.suffix == ".ipynb")
    return {path.relative_to(kept).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

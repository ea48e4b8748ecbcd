"""What was worked out from a text, kept in the book's `_build` so that the next process need not do it again.

Parsing a chapter's YAML with every line number takes far longer than anything done with it, and a build starts one
process for each chapter. Only results that depend on the text alone are kept, under a digest of that text and of the
code that made them; whatever cannot be read back is made again, and a book that cannot be written to keeps nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from commissioning.source.root import INSTALLED, user_cache

T = TypeVar("T")
UNREADABLE = (pickle.PickleError, EOFError, AttributeError, ImportError, ValueError, IndexError, KeyError)
FOLDER = Path("_build") / "read"


def cached(text: str, path: Path, made_by: Path, make: Callable[[], T]) -> T:
    """`make()`, or what it gave for the same text before. `path` says whose book; `made_by` is the code's own file."""
    folder = _folder(path.resolve().parent)
    if folder is None:
        return make()
    key = hashlib.sha256(f"{sys.version}\0{_digest(made_by)}\0{text}".encode()).hexdigest()[:32]
    file = folder / key
    with contextlib.suppress(
        OSError, pickle.PickleError, EOFError, AttributeError, ImportError, ValueError, IndexError
    ):
        found: T = pickle.loads(file.read_bytes())  # this package wrote it, into the book's own build folder
        return found
    made = make()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(f".{os.getpid()}")
        beside.write_bytes(pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))
        beside.replace(file)
    return made


@cache
def _folder(start: Path) -> Path | None:
    """Where the book that holds this folder keeps things: in `_build`, if it has been built or may be."""
    if INSTALLED in (start, *start.parents):
        return user_cache() / "read"
    root = next((folder for folder in (start, *start.parents) if (folder / "_toc.yml").is_file()), None)
    return root / FOLDER if root and (root / "_config.yml").is_file() and os.access(root, os.W_OK) else None


@cache
def digest_of(*parts: str) -> str:
    """A digest of parts of this package, files or folders, and of everything in them that is not compiled."""
    package, seen = Path(__file__).parent.parent, hashlib.sha256()
    files = (file for part in parts for file in (package / part, *(package / part).rglob("*")) if file.is_file())
    for path in sorted(file for file in files if file.suffix != ".pyc"):
        seen.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()


@cache
def _digest(code: Path) -> str:
    return hashlib.sha256(code.read_bytes()).hexdigest()

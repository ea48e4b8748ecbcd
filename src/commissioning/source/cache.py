"""What was worked out from a text, kept in the book's `_build` so that the next process need not do it again.

Playing a scenario along every route, or working out a lab's figures, takes far longer than reading the result. Only
results that depend on the text alone are kept, as JSON under a digest of that text and of the code that made them, and
with a checksum of their own: whatever is not whole, or not of the shape that is asked for, is made again. Nothing that
lies there is ever run. A book that cannot be written to keeps nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from commissioning.source.root import INSTALLED, user_cache
from commissioning.source.whole import write_whole

T = TypeVar("T")
FOLDER = Path("_build") / "read"
MARK = b"commissioning-read/1 "


def cached(text: str, path: Path, made_by: Path, shape: Any, make: Callable[[], T]) -> T:
    """`make()`, or what it gave for the same text before. `path` says whose book; `made_by` is the code's own file.

    `shape` is the type of what is made, of plain values and dataclasses. What JSON cannot hold is not kept.
    """
    folder = _folder(path.resolve().parent)
    if folder is None:
        return make()
    key = hashlib.sha256(f"{sys.version}\0{shape}\0{_digest(made_by)}\0{text}".encode()).hexdigest()[:32]
    file = folder / key
    with contextlib.suppress(OSError, ValueError):
        found: T = _adapter(shape).validate_json(_unwrapped(file.read_bytes(), key))
        return found
    made = make()
    with contextlib.suppress(ValueError, PydanticSerializationError):
        body = _adapter(shape).dump_json(made, warnings="error")
        back: T = _adapter(shape).validate_json(body)
        if back == made:
            with contextlib.suppress(OSError):
                write_whole(file, MARK + _sum(key, body) + b"\n" + body, can_be_made_again=True)
            return back
    return made


def cached_in_book(text: str, root: Path, made_by: Path, shape: Any, make: Callable[[], T]) -> T:
    """`cached`, for what is made of the whole book in this folder, or of a page of it, and of no file's own."""
    return cached(text, root / "_toc.yml", made_by, shape, make)


@lru_cache(maxsize=32)
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _sum(key: str, body: bytes) -> bytes:
    return hashlib.sha256(key.encode() + b"\0" + body).hexdigest().encode()


def _unwrapped(data: bytes, key: str) -> bytes:
    """The JSON of a kept file. Raises ValueError where a bit of it is not as it was written, or it is another's."""
    head, _, body = data.partition(b"\n")
    if head != MARK + _sum(key, body):
        raise ValueError("not whole")
    return body


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

"""Whether a build would find nothing to do: loading what builds a book takes ten times as long as finding that out.

A build that succeeded notes, in `_build/made-from`, a digest of all that it was made from (the book's files, this
package, the libraries that make pages) and one of what it made (each file of the site, by size and time). The next one
has nothing to do if both are as they were. In: the book's folder. Out: a digest. Nothing here loads a library.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from commissioning.book.unfinished import MARK
from commissioning.source.whole import write_whole

NOTE = Path("_build") / "made-from"
SOURCES = ("_config.yml", "_toc.yml", "book", "solutions", "exercises")
MADE = ("_build/html", ".schemas")
PACKAGE = Path(__file__).parents[1]
FETCHED = PACKAGE / "page" / "front" / "type"
"""What builds themselves fetch, make and keep there."""
WANTED = Path("_build") / "html" / "_static" / "commissioning" / "besley.woff2"
"""A site without its typeface is built again: perhaps it can be fetched now."""
LIBRARIES = (
    *("jupyter-book", "sphinx", "sphinx-book-theme", "pydata-sphinx-theme", "docutils", "myst-nb", "myst-parser"),
    *("markdown-it-py", "mdit-py-plugins", "jinja2", "pybtex", "pydantic", "numpy", "pandas", "altair", "fonttools"),
    *("vl-convert-python", "rjsmin", "tdewolff-minify", "segno", "jupytext", "nbformat"),
    *("brotli", "ipykernel"),
)
"""What makes pages, or what stands on them."""


def is_unchanged(folder: Path, sources: str) -> bool:
    """Whether the last build of this book succeeded, all it was made from is as it was, and so is what it made.

    `sources` is `made_from` as it is now.
    """
    if (folder / MARK).exists() or not (folder / WANTED).is_file():
        return False
    with suppress(OSError, ValueError):
        noted = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        return bool(noted == {"from": sources, "made": made(folder)})
    return False


def note(folder: Path, sources: str) -> None:
    """Note a build that succeeded. `sources` is `made_from` as it was before: what is saved meanwhile is built next."""
    noted = {"from": sources, "made": made(folder)}
    with suppress(OSError):
        write_whole(folder / NOTE, json.dumps(noted), can_be_made_again=True)


def made_from(folder: Path) -> str:
    """A digest of every file of the book, of this package, and of the versions of the libraries."""
    seen = hashlib.sha256("\0".join([sys.version, *_versions()]).encode())
    ours = (path for path in _files([PACKAGE]) if not path.is_relative_to(FETCHED))
    for base, files in ((PACKAGE, ours), (folder, _files(folder / name for name in SOURCES))):
        for path in files:
            seen.update(f"\0{path.relative_to(base).as_posix()}\0".encode() + path.read_bytes())
    return seen.hexdigest()


def made(folder: Path) -> str:
    """A digest of what a build has made: the names of all files, their sizes and times."""
    seen = hashlib.sha256()
    for path in _files(folder / name for name in MADE):
        stat = path.stat()
        seen.update(f"{path.relative_to(folder).as_posix()}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return seen.hexdigest()


def _files(places: Iterable[Path]) -> Iterator[Path]:
    """Every file at or below these places, in order; what cannot be read is as good as changed (OSError)."""
    for place in places:
        found = [place] if place.is_file() else sorted(place.rglob("*"))
        yield from (path for path in found if path.is_file() and path.suffix != ".pyc")


def _versions() -> Iterator[str]:
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):
            yield f"{name} {version(name)}"

"""The built book, for the tests that read it: the one in _build/html if no source is newer, otherwise built once.

Several pytest workers may ask at the same moment; the first builds and the others wait. $CASEBOOK_HTML names another
built copy, which is then taken as it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "_build" / "html"
SOURCES = ("book", "src/commissioning", "_config.yml", "_toc.yml")
PATIENCE = 400  # seconds


def built_book(shared: Path) -> Path:
    """The folder of the built book. `shared` is a folder that all workers of one run see. Raises RuntimeError."""
    if named := os.environ.get("CASEBOOK_HTML"):
        return Path(named).resolve()
    done = shared / "the-book-is-built"
    try:
        (shared / "the-book-is-being-built").touch(exist_ok=False)
    except FileExistsError:
        wait_for(done)
    else:
        done.write_text("" if is_fresh() else trouble_in_build(), encoding="utf-8")
    if trouble := done.read_text(encoding="utf-8"):
        raise RuntimeError(f"the book could not be built:\n{trouble}")
    return SITE


def is_fresh() -> bool:
    """Whether the built book is newer than everything it is made from."""
    if not (SITE / "index.html").is_file():
        return False
    return newest(SITE) >= max(newest(ROOT / source) for source in SOURCES)


def newest(path: Path) -> float:
    """When the last of the files under a path was written, in seconds since 1970."""
    return max((file.stat().st_mtime for file in files(path)), default=0.0)


def files(path: Path) -> Iterator[Path]:
    """A file itself, or those under a folder that somebody wrote."""
    if path.is_file():
        yield path
    yield from (file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def trouble_in_build() -> str:
    """Build the book; what the build said if it failed, otherwise nothing."""
    command = [str(Path(sys.executable).with_name("commissioning")), "build"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    (SITE / "objects.inv").touch()  # a build with nothing to do leaves every file as old as it was
    return ""


def wait_for(done: Path) -> None:
    """Wait until another worker has built the book."""
    until = time.monotonic() + PATIENCE
    while not done.is_file():
        if time.monotonic() > until:
            raise RuntimeError(f"another worker did not finish the book in {PATIENCE} seconds")
        time.sleep(0.2)


def shared_by_workers(factory: pytest.TempPathFactory) -> Path:
    """A folder that belongs to this run and that all its workers see."""
    base: Path = factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

"""A book of one's own: the installed one copied whole, into a folder that is named or into a cache to be built."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from tempfile import mkdtemp

from commissioning.source.root import is_installed, user_cache

PARTS = ("_toc.yml", "_config.yml", "book", "exercises", "solutions")
"""What makes a book: all else in its folder is made from these."""


def copy_book(root: Path, folder: Path) -> Path:
    """Copy a book into a folder, new or empty, and return that. Raises FileExistsError before anything is written."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is there already, and is not empty. Name a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        here = root / part
        if here.is_dir():
            shutil.copytree(here, folder / part, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
        elif here.is_file():
            shutil.copyfile(here, folder / part)
    return folder


def to_build(root: Path) -> Path:
    """The folder that a book is built in: its own, or, for the installed one, a copy of it in the user's cache."""
    if not is_installed(root):
        return root
    folder = user_cache() / f"book-{_digest(root)}"
    if not (folder / "_toc.yml").is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        half = Path(mkdtemp(prefix=".book-", dir=folder.parent))
        copy_book(root, half).rename(folder)
    return folder


def _digest(root: Path) -> str:
    seen = hashlib.sha256()
    for part in PARTS:
        files = [root / part, *sorted((root / part).rglob("*"))]
        for path in (file for file in files if file.is_file()):
            seen.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()[:12]

"""Where the book at hand is, and where what is worked out from one may be kept."""

from __future__ import annotations

import os
import sys
from pathlib import Path

INSTALLED = Path(__file__).resolve().parent.parent / "_book"
"""The book that an installed package carries. Nothing is ever written there."""


BUILDING = "COMMISSIONING_BUILDING"
"""Set while a book is built: what its pages run shows nobody's answers, and keeps none."""


def find_root(start: Path | None = None) -> Path:
    """The folder that holds `_toc.yml` and `book/`: $COMMISSIONING_BOOK, here or above, or the installed copy."""
    named = os.environ.get("COMMISSIONING_BOOK")
    here = (start or Path.cwd()).resolve()
    installed = INSTALLED.parent
    candidates = [Path(named).resolve()] if named else [here, *here.parents, INSTALLED, *installed.parents]
    for folder in candidates:
        if (folder / "_toc.yml").is_file() and (folder / "book").is_dir():
            return folder
    where = f"at {candidates[0]}, which COMMISSIONING_BOOK names" if named else f"from {here} upwards"
    raise FileNotFoundError(
        f"no book found {where}: a book's folder holds '_toc.yml' and 'book/'. "
        "Go there, or name it in the environment variable COMMISSIONING_BOOK."
    )


def is_installed(root: Path) -> bool:
    """Whether a book is the one that the installed package carries."""
    return root.resolve() == INSTALLED


def user_data() -> Path:
    """The folder of this machine's user for what they made themselves; it need not be there yet."""
    return _of_user("XDG_DATA_HOME", ".local/share", mac="Library/Application Support", windows=("APPDATA", "Roaming"))


def user_cache() -> Path:
    """The folder of this machine's user for what can be made again; it need not be there yet."""
    return _of_user("XDG_CACHE_HOME", ".cache", mac="Library/Caches", windows=("LOCALAPPDATA", "Local"))


def _of_user(variable: str, folder: str, *, mac: str, windows: tuple[str, str]) -> Path:
    """Our folder in the one that the variable names, or else in the system's own for such files."""
    if named := os.environ.get(variable):
        return Path(named) / "commissioning-casebook"
    if sys.platform == "win32":
        known, local = windows
        return Path(os.environ.get(known, Path.home() / "AppData" / local)) / "commissioning-casebook"
    return Path.home() / (mac if sys.platform == "darwin" else folder) / "commissioning-casebook"

"""Where the book at hand is."""

from __future__ import annotations

import os
from pathlib import Path


def find_root(start: Path | None = None) -> Path:
    """The folder that holds `_toc.yml` and `book/`: $COMMISSIONING_BOOK, here or above, or the installed copy."""
    named = os.environ.get("COMMISSIONING_BOOK")
    here = (start or Path.cwd()).resolve()
    installed = Path(__file__).resolve().parent.parent
    candidates = [Path(named).resolve()] if named else [here, *here.parents, installed / "_book", *installed.parents]
    for folder in candidates:
        if (folder / "_toc.yml").is_file() and (folder / "book").is_dir():
            return folder
    where = f"at {candidates[0]}, which COMMISSIONING_BOOK names" if named else f"from {here} upwards"
    raise FileNotFoundError(
        f"no book found {where}: a book's folder holds '_toc.yml' and 'book/'. "
        "Go there, or name it in the environment variable COMMISSIONING_BOOK."
    )

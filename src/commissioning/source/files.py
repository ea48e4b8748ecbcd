"""Which files of a folder are an author's, and which only look so: hidden ones, locks, copies, names nearly right.

Systems and editors lay files beside an author's (`._x.yaml`, `.#x.yaml`, `x.yaml~`), which nobody wrote. A name in
other letters (`Questions.yaml`, `x.yml`) is found on some machines and not on others; nobody would miss it until then.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from commissioning.source.faults import Fault

YAML = re.compile(r"(.+?)\.ya?ml(?:\.txt)?", re.IGNORECASE)


def authored(folder: Path, pattern: str) -> list[Path]:
    """What matches a pattern below a folder, in order, without what is hidden or lies in a hidden folder."""
    return sorted(path for path in folder.glob(pattern) if not is_hidden(path.relative_to(folder)))


def is_hidden(path: Path) -> bool:
    """Whether a part of a path begins with a full stop."""
    return any(part.startswith(".") for part in path.parts)


def find_misnamed(folder: Path, known: Collection[str]) -> Iterator[Fault]:
    """Files of a folder that would be read if their names were one of `known`, letter for letter.

    ".yaml" stands for every name that ends so. A folder that is not there has none.
    """
    for name in sorted(_names_in(folder)):
        meant = _meant(name, known)
        if meant and meant not in _names_in(folder):
            yield Fault(
                folder / name, 1, "", f"'{name}' is not read: its name is not quite right.", f"Call it '{meant}'."
            )
        elif meant:
            yield Fault(
                folder / name, 1, "", f"'{name}' stands beside '{meant}', and is not read.", "Keep one of them."
            )


def _meant(name: str, known: Collection[str]) -> str | None:
    """The right name of a file whose name is nearly right; None for a right one, and for any other file."""
    ending = YAML.fullmatch(name)
    if name.startswith((".", "#", "~")) or name.endswith("~") or name in known:
        return None
    right = f"{ending[1]}.yaml" if ending else name.removesuffix(".txt")
    if ".yaml" in known:
        return right if ending and right != name else None
    return next((one for one in known if one.casefold() == right.casefold()), None)


def _names_in(folder: Path) -> set[str]:
    """The names as the disk has them: `Path.exists` answers yes to any case on some machines."""
    try:
        return set(os.listdir(folder))
    except OSError:
        return set()


def digest_of_all(folder: Path) -> str:
    """A digest of the bytes and the names of all files below a folder that an author has written."""
    seen = hashlib.sha256()
    for path in (path for path in authored(folder, "**/*") if path.is_file()):
        seen.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()

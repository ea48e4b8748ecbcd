"""JSON Schemas of what authors write and of a learner's record, made from the models, for editors and others' tools."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from errno import EEXIST
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from commissioning.book import SHAPES
from commissioning.game import Words
from commissioning.record import Record
from commissioning.scenario import Rules
from commissioning.source.cache import digest_of
from commissioning.source.whole import write_whole

PUBLIC: dict[str, Any] = {**SHAPES, "record": Record, "game-words": Words, "rules": Rules}
"""Every public file format, by the name of its schema: what authors write, and what learners take away."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
BEGINS = f'{{\n "$schema": "{DIALECT}",\n "title": "'
MADE_FROM = ("book", "check/schemas.py", "game", "kinds", "record", "scenario", "source")
"""The parts of the package that hold these shapes, or that make schemas of them."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of file, by its name in PUBLIC."""
    made = TypeAdapter(PUBLIC[name]).json_schema(by_alias=True)
    return {
        "$schema": DIALECT,
        "title": f"The Commissioning Casebook: {name}",
        **made,
    }


def write_schemas(folder: Path) -> list[Path]:
    """One `<name>.schema.json` a kind of file, where the first line of each YAML looks for it (`.schemas/`).

    They are made from the code alone, and made again only where the code, or the library that makes them, has changed.
    Raises FileExistsError, before anything is written, where a file of such a name is not one of ours.
    """
    paths = {folder / f"{name}.schema.json": name for name in PUBLIC}
    made_by, digest = folder / "made-by", f"{digest_of(*MADE_FROM)} pydantic {version('pydantic')}"
    if _read(made_by) == f"{digest} {_sum(paths)}\n":
        return list(paths)
    for path in paths:
        if os.path.lexists(path) and not _is_ours(path):
            raise FileExistsError(EEXIST, "a file that is no schema of this book stands there already", str(path))
    for path, name in paths.items():
        write_whole(path, json.dumps(schema(name), indent=1, ensure_ascii=False) + "\n", can_be_made_again=True)
    write_whole(made_by, f"{digest} {_sum(paths)}\n")
    return list(paths)


def _sum(paths: Iterable[Path]) -> str:
    """What the files hold, or lack: half of one is not what was written."""
    return hashlib.sha256("\0".join(map(_read, paths)).encode()).hexdigest()[:16]


def _read(path: Path) -> str:
    with suppress(OSError):
        return path.read_text(encoding="utf-8", errors="replace") if not path.is_symlink() else ""
    return ""


def _is_ours(path: Path) -> bool:
    """Whether a file is a schema that this package wrote, whole or not, by how it begins; an empty one is nobody's."""
    return path.is_file() and not path.is_symlink() and BEGINS.startswith(_read(path)[: len(BEGINS)])

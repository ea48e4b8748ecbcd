"""JSON Schemas of what authors write and of a learner's record, made from the models, for editors and others' tools."""

from __future__ import annotations

import json
import os
from errno import EEXIST
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from commissioning.book import SHAPES
from commissioning.game import Words
from commissioning.record import Record
from commissioning.scenario import Rules
from commissioning.source.whole import write_whole

PUBLIC: dict[str, Any] = {**SHAPES, "record": Record, "game-words": Words, "rules": Rules}
"""Every public file format, by the name of its schema: what authors write, and what learners take away."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
BEGINS = f'{{\n "$schema": "{DIALECT}",\n "title": "'


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

    Raises FileExistsError, before anything is written, where a file of such a name is not one of ours.
    """
    paths = {folder / f"{name}.schema.json": name for name in PUBLIC}
    for path in paths:
        if os.path.lexists(path) and not _is_ours(path):
            raise FileExistsError(EEXIST, "a file that is no schema of this book stands there already", str(path))
    for path, name in paths.items():
        text = json.dumps(schema(name), indent=1, ensure_ascii=False) + "\n"
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            write_whole(path, text)
    return list(paths)


def _is_ours(path: Path) -> bool:
    """Whether a file is a schema that this package wrote, whole or not, by how it begins; an empty one is nobody's."""
    try:
        if not path.is_file() or path.is_symlink():
            return False
        begins = path.read_text(encoding="utf-8", errors="replace")[: len(BEGINS)]
        return BEGINS.startswith(begins)
    except OSError:
        return False

"""JSON Schemas of what authors write and of a learner's record, made from the models, for editors and others' tools."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from commissioning.book import SHAPES
from commissioning.game import Words
from commissioning.record import Record
from commissioning.scenario import Rules
from commissioning.source.cache import digest_of

PUBLIC: dict[str, Any] = {**SHAPES, "record": Record, "game-words": Words, "rules": Rules}
"""Every public file format, by the name of its schema: what authors write, and what learners take away."""

MADE_FROM = ("book", "check/schemas.py", "game", "kinds", "record", "scenario", "source")
"""The parts of the package that hold these shapes, or that make schemas of them."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of file, by its name in PUBLIC."""
    made = TypeAdapter(PUBLIC[name]).json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"The Commissioning Casebook: {name}",
        **made,
    }


def write_schemas(folder: Path) -> list[Path]:
    """One `<name>.schema.json` a kind of file, where the first line of each YAML looks for it (`.schemas/`).

    They are made from the code alone, and made again only where the code, or the library that makes them, has changed.
    """
    paths = [folder / f"{name}.schema.json" for name in PUBLIC]
    made_by = folder / "made-by"
    digest = f"{digest_of(*MADE_FROM)} pydantic {version('pydantic')}\n"
    if made_by.is_file() and made_by.read_text(encoding="utf-8") == digest and all(path.is_file() for path in paths):
        return paths
    folder.mkdir(parents=True, exist_ok=True)
    made_by.unlink(missing_ok=True)
    for name, path in zip(PUBLIC, paths, strict=True):
        path.write_text(json.dumps(schema(name), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    made_by.write_text(digest, encoding="utf-8")
    return paths

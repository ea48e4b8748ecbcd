"""JSON Schemas of what authors write and of a learner's record, made from the models, for editors and others' tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from commissioning.book import SHAPES
from commissioning.game import Words
from commissioning.record import Record
from commissioning.scenario import Rules

PUBLIC: dict[str, Any] = {**SHAPES, "record": Record, "game-words": Words, "rules": Rules}
"""Every public file format, by the name of its schema: what authors write, and what learners take away."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of file, by its name in PUBLIC."""
    made = TypeAdapter(PUBLIC[name]).json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"The Commissioning Casebook: {name}",
        **made,
    }


def write_schemas(folder: Path) -> list[Path]:
    """One `<name>.schema.json` a kind of file, where the first line of each YAML looks for it (`.schemas/`)."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in PUBLIC:
        path = folder / f"{name}.schema.json"
        path.write_text(json.dumps(schema(name), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return written

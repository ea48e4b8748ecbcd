"""What every notebook that we write has in common: its metadata, its cells' ids, and its bytes."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from commissioning.source.tree import read_tree

FORMAT: Any = nbformat  # most of nbformat has no types
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


@cache
def words() -> dict[str, str]:
    """The package's own words in notebooks (words.yaml)."""
    text = files("commissioning.jupyter.notebooks").joinpath("words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str] = read_tree(text)[0]
    return loaded


def notebook(cells: list[NotebookNode], **ours: Any) -> NotebookNode:
    """A notebook of these cells, for any Python 3 kernel. `ours` is kept under the metadata's key `commissioning`."""
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}} | ({"commissioning": ours} if ours else {})
    made: NotebookNode = FORMAT.from_dict({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})
    return made


def cell(kind: str, name: str, source: str, metadata: dict[str, Any] | None = None) -> NotebookNode:
    """One cell, "code" or "markdown", without outputs."""
    empty: dict[str, Any] = {"outputs": [], "execution_count": None} if kind == "code" else {}
    whole = {"cell_type": kind, "id": name, "source": source, "metadata": metadata or {}}
    made: NotebookNode = FORMAT.from_dict(whole | empty)
    return made


def read_notebook(path: Path) -> NotebookNode:
    """A notebook as its file has it. Raises ValueError, in words, where it is not one of format 4.5."""
    text = path.read_text(encoding="utf-8")
    _require_cells(json.loads(text))
    try:
        made: NotebookNode = FORMAT.reads(text, as_version=FORMAT.NO_CONVERT)
        FORMAT.validate(made)
    except FORMAT.ValidationError as error:
        raise ValueError(str(error).strip().splitlines()[0]) from None
    return made


def _require_cells(raw: Any) -> None:
    """What nbformat would mend in silence, and differently each time, or fall over."""
    if not isinstance(raw, dict) or not isinstance(raw.get("cells"), list):
        raise ValueError("it has no list of cells")
    if (raw.get("nbformat") or 0, raw.get("nbformat_minor") or 0) < (4, 5):
        raise ValueError("it is older")
    if not all(isinstance(part, dict) and "id" in part for part in raw["cells"]):
        raise ValueError("a cell has no id")
    if twice := repeated_ids(raw):
        raise ValueError(f"several cells have the id '{twice[0]}'")


def repeated_ids(raw: dict[str, Any]) -> list[str]:
    """Ids that more than one cell has, each once: Jupyter would give all but the first another, by chance."""
    counts = Counter(str(part["id"]) for part in raw["cells"])
    return [name for name, count in counts.items() if count > 1]


def to_bytes(made: NotebookNode) -> bytes:
    """The notebook as a file's bytes: the same for the same notebook, on every machine. Raises if it is not valid."""
    FORMAT.validate(made)
    text: str = FORMAT.writes(made, indent=1, sort_keys=True, ensure_ascii=False)
    return (text.rstrip("\n") + "\n").encode("utf-8")

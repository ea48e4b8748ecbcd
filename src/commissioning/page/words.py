"""The package's own words (`words.yaml`), and JSON that may stand inside a page."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

from commissioning.source.tree import read_tree


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The package's own words (words.yaml)."""
    text = files("commissioning").joinpath("words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_tree(text)[0]
    return loaded


def page_words_json(script: str | None = None) -> str:
    """What decision.js says, as JSON that may stand inside a script element; of it, what `script` names, if given."""
    said = words()["browser"]
    named = set(re.findall(r"\w+", script)) if script is not None else said
    return safe_json({key: value for key, value in said.items() if key in named})


def safe_json(value: Any) -> str:
    """Compact JSON in which nothing can close the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")

"""The package's own words (`words.yaml`), and JSON that may stand inside a page."""

from __future__ import annotations

import json
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


def page_words_json() -> str:
    """What decision.js says, as JSON that may stand inside a script element."""
    return safe_json(words()["browser"])


def safe_json(value: Any) -> str:
    """Compact JSON in which nothing can close the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")

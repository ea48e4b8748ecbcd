"""Texts that the exercises of a notebook share: each is sent to it, and saved in it, once.

A notebook saves everything that its widgets hold. Were the script in each of them, fifteen exercises would add two
megabytes of the same.
"""

from __future__ import annotations

import json
from pathlib import Path

import anywidget
import traitlets

from commissioning import page

LOADER = (Path(__file__).parent / "loader.js").read_text(encoding="utf-8")
_KNOWN: dict[str, Text] = {}


class Text(anywidget.AnyWidget):
    """A text on its own, shown nowhere."""

    _esm = "export default {};"

    text = traitlets.Unicode().tag(sync=True)


def text_of(text: str) -> Text:
    """The one that holds this text, in this kernel; a new one if somebody has closed it."""
    found = _KNOWN.get(text)
    if found is None or found.comm is None:
        found = _KNOWN[text] = Text(text=text)
    return found


def common() -> Text:
    """The script of every exercise, its styles and its words."""
    style = page.front("tokens.css") + page.front("decision.css")
    parts = {"script": page.front("decision.js"), "style": style, "words": page.words()["browser"]}
    return text_of(json.dumps(parts, ensure_ascii=False, sort_keys=True))

"""Author's Markdown in YAML: rendered once, in Python, to safe HTML.

No raw HTML, no pictures, no web links. A link's target is an id: of a fact, a synthetic figure or a reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")
TARGET = re.compile(r"^[A-Za-z0-9]+([-.][A-Za-z0-9]+)*$")
Link = Callable[[str], dict[str, str]]
"""From the id in a link to the attributes of its <a>."""


def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": "“”‘’"})
    renderer.enable("smartquotes").disable(["image", "autolink"])
    renderer.validateLink = lambda url: bool(TARGET.match(url))  # type: ignore[method-assign]
    return renderer


RENDERER = _renderer()


def html(text: str, link: Link) -> str:
    """Block Markdown as HTML."""
    return _rendered(RENDERER.parse(text), link)


def inline_html(text: str, link: Link) -> str:
    """One line of Markdown as HTML, without a paragraph round it."""
    return _rendered(RENDERER.parseInline(text), link)


def _rendered(tokens: list[Token], link: Link) -> str:
    for token in _all(tokens):
        if token.type == "link_open":
            token.attrs = dict(link(str(token.attrs["href"])))
    rendered: str = RENDERER.renderer.render(tokens, RENDERER.options, {})
    return rendered.strip()


def _all(tokens: list[Token]) -> list[Token]:
    return [part for token in tokens for part in (token, *(token.children or []))]


def references(text: str) -> list[tuple[str, str]]:
    """Each link of a text, as (words, target), in order."""
    return LINK.findall(text)


def plain(text: str) -> str:
    """The words of a Markdown text, without its marks."""
    return re.sub(r"[*`]", "", LINK.sub(r"\1", text))


def words(text: str) -> int:
    """How many words a reader sees."""
    return len(plain(text).split())


def texts_of(value: Any) -> list[str]:
    """Every text inside a model, list or mapping, in order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts_of(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in texts_of(part)]
    if hasattr(value, "__dict__"):
        return texts_of(value.__dict__)
    return []

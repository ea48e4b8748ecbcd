"""Author's Markdown in YAML: rendered once, in Python, to safe HTML.

No raw HTML, no pictures, no web links. A link's target is an id: of a fact, a synthetic figure or a reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from itertools import zip_longest
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")
TARGET = re.compile(r"^[A-Za-z0-9]+([-.][A-Za-z0-9]+)*$")
Link = Callable[[str], dict[str, str]]
"""From the id in a link to the attributes of its <a>."""


def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False, "typographer": True, "quotes": "“”‘’"})
    renderer.enable(["smartquotes", "table"]).disable(["image", "autolink"])
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


SUSPECT = re.compile(
    r"^[ ]{0,3}(?:[#>=~|+*_-]|\d+[.)]|```|\[[^\]]*\]:)|^(?:[ ]{4}|\t)|&[#A-Za-z0-9]+;|\d\*\d", re.MULTILINE
)
"""Where a text may hold more than paragraphs, or lose a sign: looked for first, since parsing takes far longer."""
ROLE = re.compile(r"\{[a-z][\w-]*\}`")
"""A role of MyST, as in {term}`word`: pages have them, and the texts of exercises do not."""
BLOCKS = {
    "heading_open": "a line of it is a heading to Markdown ({})",
    "blockquote_open": "its line that begins with > is a quotation to Markdown",
    "code_block": "a line of it is indented, which makes it a program to Markdown",
    "fence": "its line of ``` or ~~~ begins a program to Markdown",
    "hr": "a line of it is a rule to Markdown",
}
NUMBERED = re.compile(r"^\s*\d+[.)]", re.MULTILINE)
WORD = re.compile(r"[^\W_]+")


def lost(text: str) -> str | None:
    """What Markdown would swallow of a text, in words; None where all of it would be seen as it was written.

    A text is paragraphs, with tables, and with lists where there is more than one item to list.
    """
    if role := ROLE.search(text):
        return (
            f"'{role[0]}' is read in a page's Markdown alone, and here its braces would be seen. "
            "Write the words alone; a source or a figure is written [words](F001)"
        )
    if not SUSPECT.search(text):
        return None
    tokens = RENDERER.parse(text)
    for index, token in enumerate(tokens):
        if token.type in BLOCKS:
            begins = next((part.content[:40] for part in tokens[index:] if part.content.strip()), "")
            return BLOCKS[token.type].format(f"'{begins}'") + ". Write it as a sentence, or put \\ before the sign"
        if token.type in ("ordered_list_open", "bullet_list_open"):
            items = [one for one in tokens[index:] if one.type == "list_item_open" and one.level == token.level + 1]
            astray = next((one for n, one in enumerate(items, 1) if one.info not in ("", str(n))), None)
            if astray or len(items) < 2:
                sign = "{0.info}{0.markup}".format(astray or items[0])
                return f"'{sign}' begins a line of it, which makes it a list to Markdown. Begin with another word"
    if re.search(r"\d\*\d", text) and any(part.type == "em_open" for part in _all(tokens)):
        return "a * between its figures is emphasis to Markdown. Write ×"
    seen = unescape(re.sub(r"<[^>]*>", " ", _rendered(tokens, lambda target: {})))
    written = NUMBERED.sub("", text) if any(one.type == "ordered_list_open" for one in tokens) else text
    return _missing(WORD.findall(plain(written)), WORD.findall(seen))


def _missing(written: list[str], seen: list[str]) -> str | None:
    """The first written word that is not seen in its turn."""
    if written == seen:
        return None
    first = next((word for word, other in zip_longest(written, seen) if word != other), None)
    return f"'{first or written[-1]}' would not be seen: Markdown takes it for a sign of its own. Write the sign itself"


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

"""What stands around an activity on its page, in plain words, and which of those words are rare in the book."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from commissioning.book import CELL, Book, Chapter
from commissioning.source import markdown

FENCE = re.compile(r"^(`{3,})\{code-cell\}.*?^\1\s*$", re.S | re.M)
ROLE = re.compile(r"\{(?:fact|figure|place|term|source)\}`(?:([^`<]*?)\s*<[^`>]+>|([^`]+))`")
DIRECTIVE = re.compile(r"^\s*(?::::+|```+).*$|^\s*:[a-z-]+:.*$", re.M)
WORD = re.compile(r"[a-z][a-z'’-]{3,}|\d+(?:[.,]\d+)*")
ENDING = re.compile(r"(?:'s|’s|ies|es|s|ing|ed|ly)$")


def prose(text: str) -> str:
    """The words of a stretch of a page: no cells, no directives, no targets of roles."""
    shown = ROLE.sub(lambda found: found.group(1) or found.group(2), DIRECTIVE.sub("", FENCE.sub("", text)))
    return markdown.plain(shown)


def above(chapter: Chapter, call: str, name: str) -> str:
    """The page's words between an activity and the one before it; empty where no cell of the page shows it."""
    begins = 0
    for cell in CELL.finditer(chapter.text):
        if cell.groups() == (call, name):
            return prose(between(chapter.text[begins : cell.start()]))
        begins = cell.end()
    return ""


def between(part: str) -> str:
    """A stretch cut at two activities, without the rest of the first one's cell and the beginning of the last one's."""
    body = re.sub(r"\A.*?^```\s*$", "", part, count=1, flags=re.S | re.M) if part.count("```") % 2 == 0 else part
    return re.sub(r"^```\{code-cell\}(?:(?!^```).)*\Z", "", body, flags=re.S | re.M)


def stems(text: str) -> set[str]:
    """The words of four letters and more, and the figures, in small letters and without their commonest endings."""
    return {ENDING.sub("", word) for word in WORD.findall(text.lower())}


def rarity(book: Book) -> Callable[[str], float]:
    """For a stem, the logarithm of how many texts of the book there are to each that holds it."""
    texts: list[Any] = [prose(chapter.text) for chapter in book.pages.values()]
    texts += [" ".join(markdown.texts_of(sheet.model)) for page in book.pages.values() for sheet in _sheets(page)]
    found = Counter(stem for text in texts for stem in stems(text))
    return lambda stem: math.log((len(texts) + 1) / (found[stem] or 1))


def _sheets(chapter: Chapter) -> list[Any]:
    return [*chapter.decisions.values(), *([chapter.questions] if chapter.questions else [])]

"""A chapter cut into its sittings: the parts that its front matter names, each read at one go.

In: a chapter. Out: for each sitting its heading, its text and the exercises in it, in the order of the page. What
stands before the first heading belongs to the first sitting. How long one takes is worked out in `check.sittings`.
"""

from __future__ import annotations

from typing import NamedTuple

from commissioning.book.book import Chapter
from commissioning.book.cells import Heading, Shown, headings, shown


class Part(NamedTuple):
    """One sitting, as it stands on the page."""

    title: str
    heading: str
    line: int
    """The line of the page's text (from 0) on which it begins."""
    text: str
    holds: tuple[Shown, ...]

    @property
    def decisions(self) -> list[str]:
        """The ids of its decisions."""
        return [one.name for one in self.holds if one.call == "decision"]


def sections(chapter: Chapter) -> list[Heading]:
    """The headings with which a sitting may begin."""
    return [one for one in headings(chapter.text) if one.level in (2, 3)]


def cut(chapter: Chapter) -> list[Part]:
    """The sittings of a chapter, in the order of the page; those whose heading is not there are left out."""
    named = {one.begins: one.title for one in getattr(chapter.head.model, "sittings", [])}
    found = [(one.words, one.line) for one in sections(chapter) if one.words in named]
    lines, exercises = chapter.text.split("\n"), shown(chapter.text)
    parts = []
    for place, (words, line) in enumerate(found):
        first = line if place else 0
        end = found[place + 1][1] if place + 1 < len(found) else len(lines)
        holds = tuple(one for one in exercises if first <= one.line < end)
        parts.append(Part(named[words], words, line, "\n".join(lines[first:end]), holds))
    return parts

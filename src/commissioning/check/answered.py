"""What stands right below a decision waits until it has been taken.

Where an answer can be right, or a number is guessed first, the words and cells from there to the next heading or the
next activity would give it away to whoever looks down. An author folds them with `{after}` and the decision's id right
behind its cell: they are open once it is decided, on paper and without a script. Words that give nothing away may stand
open where the decision says why, in `open_below`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from commissioning import kinds
from commissioning.book import Book, Chapter
from commissioning.book.cells import headings, shown
from commissioning.source.faults import Fault

GUESSED = ("explorer", "estimate")
"""Kinds that ask for a number first, whether or not it is marked."""
MARK = re.compile(r"^[`:]{3,}\{after\}[ \t]*(\S*)[ \t]*$", re.M)
OPENED = re.compile(r"^`{3,}\{code-cell\}(?:(?!^`{3}).)*\Z", re.S | re.M)
"""The beginning of the next activity's cell."""
NO_WORDS = re.compile(r"^(?:\([\w-]+\)=|% .*)\s*$", re.M)


def find(book: Book) -> Iterator[tuple[str, Fault]]:
    """Words right below a decision that nothing folds, folds of another decision, and reasons for what is not there."""
    for slug, chapter in book.chapters.items():
        for name, sheet in chapter.decisions.items():
            open_below = bool(_unfolded(chapter, name)) and asks_first(sheet.model)
            if open_below and not sheet.model.open_below:
                line = chapter.text_starts + _line(chapter, name) + 1
                wrong = f"what stands below '{name}' can be read before it is decided."
                right = f"Fold it: a line '```{{after}} {name}' and a line '```' right behind the cell."
                yield slug, Fault(chapter.path / "index.md", line, "", wrong, right)
            if sheet.model.open_below and not open_below:
                yield slug, sheet.fault(("open_below",), "nothing stands open below it.", "Leave 'open_below' out.")
        yield from ((slug, fault) for fault in _in_marks(chapter))


def asks_first(model: Any) -> bool:
    """Whether an answer can be right, or a number is guessed before it is told."""
    return bool(kinds.KINDS[model.kind].MARKED) or model.kind in GUESSED


def _line(chapter: Chapter, name: str) -> int:
    """The line of the text (from 0) on which a decision's cell names it; -1 where none does."""
    return next((one.line for one in shown(chapter.text) if (one.call, one.name) == ("decision", name)), -1)


def _unfolded(chapter: Chapter, name: str) -> str:
    """What stands between a decision and the next heading, activity or fold: words, and cells that show something."""
    begins = _line(chapter, name)
    if begins < 0:
        return ""
    lines = chapter.text.split("\n")
    starts = [one.line for one in headings(chapter.text)] + [one.line for one in shown(chapter.text)]
    below = "\n".join(lines[begins + 1 : min((line for line in starts if line > begins), default=len(lines))])
    unfolded = below[: mark.start()] if (mark := MARK.search(below)) else below
    behind = unfolded.partition("```\n")[2] if "```\n" in unfolded else ""  # its own cell ends there
    return NO_WORDS.sub("", OPENED.sub("", behind)).strip()


def _in_marks(chapter: Chapter) -> Iterator[Fault]:
    for mark in MARK.finditer(chapter.text):
        line = chapter.text.count("\n", 0, mark.start())
        before = [one.name for one in shown(chapter.text) if one.call == "decision" and one.line < line]
        if mark[1] not in before[-1:]:
            right = f"Write '{{after}} {before[-1]}', or take it out." if before else "Take it out."
            at = chapter.text_starts + line
            yield Fault(chapter.path / "index.md", at, "", f"'{mark[1]}' is not the decision just above.", right)

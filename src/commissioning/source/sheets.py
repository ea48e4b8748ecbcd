"""YAML in, model out, with a line number for everything and every fault of shape at once.

`tree` reads the text and keeps the line of each key; pydantic finds all faults in one pass. This module joins the two.
It knows nothing of what the files mean. Nothing is kept between processes: the whole book is read in under a second.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from commissioning.source.faults import Fault, Faults
from commissioning.source.mistakes import faults_of_shape
from commissioning.source.signs import Told, find_signs
from commissioning.source.tree import MOST_IN_A_FILE, MOST_TOLD, Trail, Unreadable, read_tree, too_large

T = TypeVar("T")


@dataclass(frozen=True)
class Sheet(Generic[T]):
    """One file as read: its model, and the line of every key and item in it."""

    path: Path
    model: T
    lines: dict[Trail, int] = field(repr=False, default_factory=dict)

    def fault(self, trail: Trail, wrong: str, right: str = "") -> Fault:
        """A fault at the nearest place of this file that has a line of its own."""
        return Fault(self.path, self.line(trail), trail_in_words(trail), wrong, right)

    def line(self, trail: Trail) -> int:
        """The line on which `trail`, or what holds it, begins. Counts from 1."""
        while trail and trail not in self.lines:
            trail = trail[:-1]
        return self.lines.get(trail, 1)


def read_yaml(path: Path, shape: Any) -> Sheet[Any]:
    """Read one YAML file as `shape` (a model or any type pydantic knows). Raises Faults, all of them at once."""
    return read_text(read_utf8(path), shape, path)


def read_utf8(path: Path) -> str:
    """The text of a file, with or without a byte order mark.

    Raises Faults where it cannot be read, is not UTF-8, or holds signs that cannot be seen or that a merge left there.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= 4 * MOST_IN_A_FILE else None
    except OSError as error:
        wrong = f"the file cannot be read: {(error.strerror or str(error)).lower()}."
        raise Faults([Fault(path, 1, "", wrong)]) from None
    if data is None:
        raise Faults([Fault(path, *_placed(too_large(path.stat().st_size), 1))])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Faults([Fault(path, line, "", "this is not UTF-8 text.", "Save the file as UTF-8.")]) from None
    if told := list(islice(find_signs(text), MOST_TOLD)):
        raise Faults(Fault(path, *_placed(one, 1)) for one in told)
    return text


def read_text(text: str, shape: Any, path: Path, *, first_line: int = 1) -> Sheet[Any]:
    """The same from text that begins on `first_line` of `path` (a page's front matter, say)."""
    try:
        tree, found = read_tree(text)
    except Unreadable as error:
        raise Faults(Fault(path, *_placed(told, first_line)) for told in error.told) from None
    lines = {(): first_line, **{trail: line + first_line - 1 for trail, line in found}}
    sheet: Sheet[Any] = Sheet(path, None, lines)
    try:
        model = _adapter(shape).validate_python(tree)
    except ValidationError as error:
        raise Faults(islice(faults_of_shape(sheet.fault, lines, shape, error), MOST_TOLD)) from None
    return Sheet(path, model, lines)


def _placed(told: Told, first_line: int) -> tuple[int, str, str, str]:
    line, wrong, right = told
    return line + first_line - 1, "", wrong, right


@lru_cache(maxsize=32)
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def trail_in_words(trail: Trail) -> str:
    """("options", "joint-visit", "consequence") -> "option 'joint-visit', consequence"."""
    words: list[str] = []
    skip = False
    for index, step in enumerate(trail):
        if skip:
            skip = False
            continue
        after = trail[index + 1] if index + 1 < len(trail) else None
        if isinstance(step, str) and step in ONE_OF and after is not None:
            words.append(f"{ONE_OF[step]} {after + 1}" if isinstance(after, int) else f"{ONE_OF[step]} '{after}'")
            skip = True
        else:
            words.append(f"'{step}'" if index == 0 and len(trail) > 1 else str(step))
    return ", ".join(words)


ONE_OF = {
    "options": "option", "outcomes": "outcome", "disagreement": "position", "plan": "step", "ranges": "range",
    "twenty_minutes": "short step", "expect": "exchange", "experts_differ": "position", "inputs": "input",
    "outputs": "output", "regions": "region", "common_errors": "common error", "sources": "source", "key": "key",
    "tables": "table", "asks": "ask", "points": "point", "cards": "card", "bins": "bin", "spans": "passage",
    "elements": "element", "near": "near miss", "variables": "variable", "nodes": "node", "choices": "choice",
    "endings": "ending", "late": "late effect", "accounts": "account", "decisions": "decision", "blocks": "block",
    "events": "event", "order": "part", "do": "step", "then": "step", "else": "step", "pay": "payment",
    "rows": "row", "flows": "line", "facts": "fact",
}  # fmt: skip

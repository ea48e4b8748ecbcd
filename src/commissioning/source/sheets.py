"""YAML in, model out, with a line number for everything and every fault of shape at once.

ruamel.yaml keeps the line of each key, refuses a repeated key and leaves `no` as text; pydantic finds all faults in one
pass. This module joins the two. It knows nothing of what the files mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.composer import Composer, ComposerError
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, ScalarEvent
from ruamel.yaml.nodes import MappingNode
from ruamel.yaml.reader import ReaderError

from commissioning.source.cache import cached
from commissioning.source.faults import Fault, Faults
from commissioning.source.mistakes import Trail, faults_of_shape

T = TypeVar("T")
DEEPEST = 30
ALIAS = "a * begins this text, which makes it an alias to YAML. Put quotes round it, or write it out"


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
    """The text of a file, with or without a byte order mark. Raises Faults if it is not UTF-8."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Faults([Fault(path, line, "", "this is not UTF-8 text.", "Save the file as UTF-8.")]) from None


def read_text(text: str, shape: Any, path: Path, *, first_line: int = 1) -> Sheet[Any]:
    """The same from text that begins on `first_line` of `path` (a page's front matter, say)."""
    tree, found = cached(text, path, Path(__file__), lambda: _tree_and_lines(text, path, first_line))
    lines = {(): first_line, **{trail: line + first_line - 1 for trail, line in found}}
    sheet: Sheet[Any] = Sheet(path, None, lines)
    try:
        model = _adapter(shape).validate_python(tree)
    except ValidationError as error:
        raise Faults(faults_of_shape(sheet.fault, lines, shape, error)) from None
    return Sheet(path, model, lines)


@lru_cache(maxsize=32)
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


# -- YAML ----------------------------------------------------------------------------------------------------------


def _tree_and_lines(text: str, path: Path, first_line: int) -> tuple[Any, list[tuple[Trail, int]]]:
    """The plain tree of a text, and the line of everything in it, counted from the text's first."""
    tree = _parsed(text, path, first_line)
    return _plain(tree), list(_lines_of(tree))


class _Plainly(Composer):
    """Composes what authors need and no more: no aliases, which can multiply without end, and no bottomless nesting."""

    nested = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        mark = self.parser.peek_event().start_mark
        if self.parser.check_event(AliasEvent):
            raise ComposerError(None, None, ALIAS, mark)
        if isinstance(parent, MappingNode) and index is None and not self.parser.check_event(ScalarEvent):
            raise ComposerError(
                None, None, "a list stands here as a key; a key is a word or two, without brackets", mark
            )
        if self.nested > DEEPEST:
            raise ComposerError(None, None, f"this is nested more than {DEEPEST} deep", mark)
        self.nested += 1
        node = super().compose_node(parent, index)
        self.nested -= 1
        return node


def _parsed(text: str, path: Path, first_line: int) -> Any:
    yaml = YAML(typ="rt")
    yaml.Composer = _Plainly
    try:
        tree = yaml.load(text)
    except DuplicateKeyError as error:
        line = error.problem_mark.line + first_line
        key = str(error.problem).split('"')[1] if '"' in str(error.problem) else "?"
        raise Faults([Fault(path, line, "", f"'{key}' stands here twice.", "Keep one of the two.")]) from None
    except MarkedYAMLError as error:
        raise Faults([_fault_of_yaml(error, path, first_line)]) from None
    except ReaderError as error:
        line = text[: error.position].count("\n") + first_line
        wrong = f"a character that YAML does not allow stands here (number {error.character})."
        raise Faults([Fault(path, line, "", wrong, "Delete it.")]) from None
    except (YAMLError, ValueError) as error:
        raise Faults([Fault(path, first_line, "", f"this cannot be read as YAML: {error}.")]) from None
    if tree is None:
        raise Faults([Fault(path, first_line, "", "nothing is written here.")])
    return tree


def _fault_of_yaml(error: MarkedYAMLError, path: Path, first_line: int) -> Fault:
    mark = error.problem_mark or error.context_mark
    line = (mark.line if mark else 0) + first_line
    if isinstance(error, ComposerError):
        return Fault(path, line, "", f"{str(error.problem).removeprefix('but ')}.")
    if "quoted scalar" in str(error.context) and error.context_mark:
        line = error.context_mark.line + first_line
        return Fault(path, line, "", "a quotation mark opens here and does not close.", "Close it, or delete it.")
    problem = str(error.problem or error.context)
    for part, wrong, right in NOT_YAML:
        if part in problem:
            return Fault(path, line, "", wrong, right)
    return Fault(path, line, "", f"this is not valid YAML: {problem}.", "Check the indentation and the brackets.")


NOT_YAML = [
    ("'\\t'", "a tab stands where YAML wants spaces.", "Indent with spaces."),
    ("<block end>", "this line is not indented like the others beside it.", "Indent it as they are."),
    ("mapping values", "a colon stands where none may.", "Check the indentation, or put quotes round text with ': '."),
    ("cannot start any token", "text may not begin with this sign.", "Put quotes round it."),
    ("expected ':'", "this line, or the one above it, lacks a colon after its key.", ""),
]
"""What a parser says to programmers, what it means to an author, and what to do."""


def _lines_of(node: Any, trail: Trail = ()) -> Iterator[tuple[Trail, int]]:
    if isinstance(node, CommentedMap):
        for key, value in node.items():
            yield (*trail, key), node.lc.key(key)[0] + 1
            yield from _lines_of(value, (*trail, key))
    elif isinstance(node, CommentedSeq):
        for index, value in enumerate(node):
            yield (*trail, index), node.lc.item(index)[0] + 1
            yield from _lines_of(value, (*trail, index))


def _plain(node: Any) -> Any:
    """The tree without ruamel's own types, so that strict models see ordinary dicts, lists and text."""
    if isinstance(node, dict):
        return {_plain(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    for plain in (str, int, float):
        if isinstance(node, plain):
            return plain(node)
    return node


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

"""YAML in, model out, with a line number for everything and every fault of shape at once.

ruamel.yaml keeps the line of each key, refuses a repeated key and leaves `no` as text; pydantic finds all faults in one
pass. This module joins the two. It knows nothing of what the files mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.composer import Composer, ComposerError
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.reader import ReaderError

from commissioning.faults import Fault, Faults, did_you_mean

T = TypeVar("T")
Trail = tuple[str | int, ...]
DEEPEST = 30
KEY = "[key]"
"""The last step that pydantic gives to the place of a mapping's key, where the key itself is wrong."""


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
    tree = _parsed(text, path, first_line)
    lines = {trail: line + first_line - 1 for trail, line in _lines_of(tree)}
    sheet: Sheet[Any] = Sheet(path, None, lines)
    try:
        model = TypeAdapter(shape).validate_python(_plain(tree))
    except ValidationError as error:
        raise Faults(_faults_of_shape(sheet, shape, error)) from None
    return Sheet(path, model, lines)


# -- YAML ----------------------------------------------------------------------------------------------------------


class _Plainly(Composer):
    """Composes what authors need and no more: no aliases, which can multiply without end, and no bottomless nesting."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        mark = self.parser.peek_event().start_mark
        if self.parser.check_event(AliasEvent):
            raise ComposerError(None, None, "an alias (*name) may not stand here. Write it out", mark)
        if self.depth > DEEPEST:
            raise ComposerError(None, None, f"this is nested more than {DEEPEST} deep", mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
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
    if "'\\t'" in str(error.problem):
        return Fault(path, line, "", "a tab stands where YAML wants spaces.", "Indent with spaces.")
    wrong = f"this is not valid YAML: {error.problem or error.context}."
    right = "Check the indentation, and put quotes round text that holds ': ' or begins with a special sign."
    return Fault(path, line, "", wrong, right)


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


# -- faults of shape, in words -------------------------------------------------------------------------------------

MUST_BE = {
    "string_type": ("text", "Put quotes round it."),
    "int_type": ("a whole number", ""),
    "int_parsing": ("a whole number", ""),
    "int_from_float": ("a whole number", ""),
    "float_type": ("a number", ""),
    "float_parsing": ("a number", ""),
    "finite_number": ("a finite number", ""),
    "list_type": ("a list", "Begin each item with '- ', or write [a, b]."),
    "tuple_type": ("a list", "Write [a, b]."),
    "dict_type": ("a mapping", "Write lines of 'key: value'."),
    "model_type": ("a mapping", "Write lines of 'key: value'."),
    "model_attributes_type": ("a mapping", "Write lines of 'key: value'."),
    "date_type": ("a day such as 2026-11-21", ""),
    "date_parsing": ("a day such as 2026-11-21", ""),
    "date_from_datetime_parsing": ("a day such as 2026-11-21", ""),
    "greater_than": ("more than {gt:g}", ""),
    "greater_than_equal": ("at least {ge:g}", ""),
    "less_than_equal": ("at most {le:g}", ""),
}
"""What pydantic's errors mean to an author: "'x' must be …", and what would be right."""


def _faults_of_shape(sheet: Sheet[Any], shape: Any, error: ValidationError) -> Iterator[Fault]:
    """One fault a place: of a value that might have been one of two things, the first is what it should have been."""
    told: set[Trail] = set()
    for item in error.errors(include_url=False):
        trail = _known_part(sheet, item)
        if trail not in told:
            told.add(trail)
            yield _in_words(sheet, shape, trail, item)


def _known_part(sheet: Sheet[Any], error: Any) -> Trail:
    """The place of an error without the steps that pydantic adds for unions and for keys of mappings."""
    trail: Trail = ()
    for index, step in enumerate(error["loc"]):
        is_missing = error["type"] == "missing" and index == len(error["loc"]) - 1
        if (*trail, step) in sheet.lines or is_missing:
            trail = (*trail, step)
    return trail


def _in_words(sheet: Sheet[Any], shape: Any, trail: Trail, error: Any) -> Fault:
    kind, context, loc = error["type"], error.get("ctx", {}), tuple(error["loc"])
    name, got = _named(trail), _got(error["input"])
    if kind == "missing":
        wrong = f"'{trail[-2]}' needs {trail[-1] + 1} numbers." if isinstance(trail[-1], int) else f"{name} is missing."
        return sheet.fault(trail[:-1], wrong)
    if kind == "extra_forbidden":
        known = _schema_at(shape, loc[:-1]).get("properties", {})
        return sheet.fault(trail, f"{name} is not a key here.", did_you_mean(str(trail[-1]), known))
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        tags = list(_schema_at(shape, loc)["discriminator"]["mapping"])
        tag = str(context.get("tag"))
        wrong = "'kind' is missing." if tag == "None" else f"{_got(tag)} is not a kind."
        return sheet.fault((*trail, "kind"), wrong, did_you_mean(tag, tags))
    if loc and loc[-1] == KEY:
        right = f"It must be {context['expected']}." if kind == "literal_error" else _pattern_in_words(context)
        return sheet.fault(trail, f"'{trail[-1]}' will not do as a key.", right)
    if kind == "string_too_short" or error["input"] is None:
        return sheet.fault(trail, f"{name} is blank.")
    if kind == "literal_error":
        return sheet.fault(trail, f"{name} must be {context['expected']} (got {got}).")
    if kind in ("too_short", "too_long"):
        bound = f"at least {context['min_length']}" if kind == "too_short" else f"at most {context['max_length']}"
        return sheet.fault(trail, f"{name} needs {bound} (has {context['actual_length']}).")
    if kind == "string_pattern_mismatch":
        return sheet.fault(trail, f"{got} will not do for {name}.", _pattern_in_words(context))
    if kind == "value_error":
        return sheet.fault(trail, f"{context['error']}.")
    must_be, right = MUST_BE.get(kind, (error["msg"], ""))
    return sheet.fault(trail, f"{name} must be {must_be.format(**context)} (got {got}).", right)


def _named(trail: Trail) -> str:
    """'title'; item 2 of 'outcomes'; the file."""
    if not trail:
        return "the file"
    return f"'{trail[-1]}'" if isinstance(trail[-1], str) or len(trail) < 2 else f"'{trail[-2]}', item {trail[-1] + 1},"


def _schema_at(shape: Any, loc: Trail) -> dict[str, Any]:
    """The JSON Schema of the part of `shape` where `loc`, as pydantic gives it, stands."""
    whole = TypeAdapter(shape).json_schema()
    part: dict[str, Any] = whole
    for step in loc:
        part = _inside(part, step)
        part = whole["$defs"][part["$ref"].rsplit("/")[-1]] if "$ref" in part else part
    return part


def _inside(part: dict[str, Any], step: str | int) -> dict[str, Any]:
    if "discriminator" in part:
        return {"$ref": part["discriminator"]["mapping"][step]}
    members = [part.get("items"), part.get("properties", {}).get(step), part.get("additionalProperties")]
    return next((found for found in [*members, *part.get("patternProperties", {}).values()] if found), {})


def _pattern_in_words(context: dict[str, Any]) -> str:
    pattern = context.get("pattern", "")
    if pattern.startswith("^(author"):
        return "It must be 'author', or 'panel(n)' for a real panel of ten or more."
    if pattern.startswith("^[a-z][a-z0-9_]"):
        return "Use small letters, figures and _, beginning with a letter, such as 'predictive_value'."
    if pattern.startswith("^[a-z0-9]"):
        return "Use small letters and figures with single hyphens between them, such as 'a-list-of-names'."
    return "Use letters and figures with single hyphens or stops between them, such as 'roland-2005'."


def _got(value: Any) -> str:
    """A value as a message quotes it: short, and in words where it is not one."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a mapping"
    text = str(value)
    return f"'{text[:57]}...'" if len(text) > 60 else f"'{text}'"


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
    "tables": "table", "asks": "ask", "points": "point",
}  # fmt: skip

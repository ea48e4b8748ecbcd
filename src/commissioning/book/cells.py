"""A page's code cells, and the exercises that they show: cut and read as Jupyter does, not by a pattern over the text.

In: the text of a page. Out: its cells, each with its line; and, of the calls that name an exercise, those whose value
stands in the page when the cell has run. What lies in a comment, inside another block or behind a name shows nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

CALLS = ("decision", "questions", "from_before")
HIDING = ("remove-output", "remove-cell", "hide-output", "hide-cell", "skip-execution")
CODE_CELL = "{code-cell}"
MAGIC = re.compile(r"^\s*[%!?].*$|^.*\?\s*$", re.M)
OPTION = re.compile(r"^:[\w-]+:.*$")


class Cell(NamedTuple):
    """One code cell: the line of the text (from 0) on which its code begins, its code, and its options as written."""

    line: int
    code: str
    options: str


class Heading(NamedTuple):
    """A heading of the page's own text: its level, its words as written, and its line (from 0)."""

    level: int
    words: str
    line: int


class Shown(NamedTuple):
    """An exercise that a cell shows: `decision`, `questions` or `from_before`, its id, and the line (from 0)."""

    call: str
    name: str
    line: int


def cells(text: str) -> list[Cell]:
    """The code cells of a page, in order: fences of its own level, as MyST-NB and Jupytext cut them."""
    found = []
    for token in _blocks(text):
        if token.type == "fence" and not token.level and token.info.startswith(CODE_CELL) and token.map:
            lines = token.content.splitlines()
            many = _option_lines(lines)
            code = "\n".join(lines[many:])
            found.append(Cell(token.map[0] + 1 + many, code, "\n".join(lines[:many])))
    return found


def headings(text: str) -> list[Heading]:
    """The headings of a page, in order: not those in a cell or a block."""
    tokens = _blocks(text)
    opened = [(at, one) for at, one in enumerate(tokens) if one.type == "heading_open" and not one.level]
    return [Heading(int(one.tag[1]), tokens[at + 1].content, one.map[0]) for at, one in opened if one.map]


@lru_cache(maxsize=256)
def shown(text: str) -> tuple[Shown, ...]:
    """The exercises that a reader of the page meets, in order."""
    return tuple(one for cell in cells(text) for one in in_cell(cell))


def in_cell(cell: Cell) -> Iterator[Shown]:
    """The exercises that one cell shows: the value of its last line, and what it hands to `display`."""
    if any(tag in cell.options for tag in HIDING):
        return
    try:
        body = ast.parse(MAGIC.sub("", cell.code)).body
    except (SyntaxError, ValueError):
        return
    for part in body:
        if not isinstance(part, ast.Expr):
            continue
        if isinstance(part.value, ast.Call) and _name(part.value.func) == "display":
            yield from (found for value in part.value.args if (found := _exercise(value, cell.line)))
        elif part is body[-1] and not cell.code.rstrip().endswith(";") and (last := _exercise(part.value, cell.line)):
            yield last


def _exercise(value: ast.expr, begins: int) -> Shown | None:
    if not isinstance(value, ast.Call) or _name(value.func) not in CALLS or len(value.args) != 1:
        return None
    name = value.args[0]
    if not isinstance(name, ast.Constant) or not isinstance(name.value, str):
        return None
    return Shown(_name(value.func), name.value, begins + value.lineno - 1)


def _name(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""


def _option_lines(lines: list[str]) -> int:
    """How many lines of a cell are its options: a block between `---`, or lines like `:tags: […]`; blank ones after."""
    many = 0
    if lines and lines[0].startswith("---"):
        many = next((number for number, line in enumerate(lines[1:], 2) if line.startswith(("---", "..."))), 0)
    while not many or lines[0].startswith(":"):
        if many == len(lines) or not OPTION.match(lines[many]):
            break
        many += 1
    return many


@lru_cache(maxsize=64)
def _blocks(text: str) -> tuple[Token, ...]:
    """The blocks of a page: its cells and its headings are asked for by many, one after another."""
    return tuple(_parser().parse(text))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """Blocks only. A fence of colons holds a directive, and what is in it is not the page's own."""
    made = MarkdownIt("commonmark").disable("inline")
    made.block.ruler.before(
        "fence", "colon_fence", _colon_fence, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    return made


def _colon_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    opened = re.match(r":{3,}", _line(state, start))
    if opened is None or state.is_code_block(start):
        return False
    if silent:
        return True
    line = start + 1
    while line < end and not (state.sCount[line] < state.blkIndent and _line(state, line)):
        if re.fullmatch(rf":{{{len(opened[0])},}}\s*", _line(state, line)) and not state.is_code_block(line):
            line += 1
            break
        line += 1
    state.line = line
    state.push("colon_fence", "", 0).map = [start, line]
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]

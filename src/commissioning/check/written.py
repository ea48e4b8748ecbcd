"""What the build would find in a page: unknown blocks and roles, fences that do not close, cells that are not Python.

Read as text and as Python's own tree: no page is built and no cell is run. `ROLES` and `BLOCKS` are all that an author
may write; a test holds them to what the build knows.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from commissioning.book import Book
from commissioning.book.cells import CALLS
from commissioning.source.faults import Fault, did_you_mean
from commissioning.source.files import authored
from commissioning.source.sheets import read_utf8

OUR_ROLES = {"chapter-title", "chapters", "fact", "figure", "place", "source", "term"}
ROLES = OUR_ROLES | {"abbr", "doc", "download", "math", "numref", "ref", "sub", "sup"}
OUR_BLOCKS = {
    "after", "case", "chapter-head", "claims", "class-look-up", "coverage", "cover", "decision-yaml",
    "engine-room",
    "facts-list", "first-hundred-days", "glossary-list", "now", "outcomes", "people", "portfolio", "record",
    "role-card", "routes", "session", "story", "system", "then", "then-and-now", "timeline", "times", "tutor",
    "tutors-page",
}  # fmt: skip
BLOCKS = OUR_BLOCKS | {
    "admonition", "caution", "code", "code-block", "code-cell", "csv-table", "epigraph", "figure", "hint", "image",
    "important", "list-table", "math", "note", "table", "tip", "warning",
}  # fmt: skip
LITERAL = {"code", "code-block", "code-cell", "math", ""}
"""Blocks (and plain fences) whose content is no Markdown."""
FENCE = re.compile(r"^(?P<indent> {0,3})(?P<mark>`{3,}|~{3,}|:{3,})(?P<rest>.*)$")
NAMED = re.compile(r"^\{(?P<name>[^}]*)\}")
ROLE = re.compile(r"(?<![`\w\\])\{(?P<name>[A-Za-z][\w:-]*)\}`")
CODE = re.compile(r"(`{2,}).+?\1")
OURS = {"decision", "from_before", "questions", "record", *(p.name for p in Path(__file__).parent.parent.iterdir())}
LABEL = re.compile(r"^\((?P<name>[^()\s]+)\)=[ \t]*\n\s*(?=#|\([^()\s]+\)=)", re.MULTILINE)
GIVEN = {*dir(builtins), "display", "get_ipython", "__file__", "__name__"}


@dataclass
class Block:
    """One fenced block that is open: its line, its fence, its name, and (where it is literal) its lines."""

    line: int
    mark: str
    name: str
    inside: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """As the author typed its first line."""
        return f"{self.mark}{{{self.name}}}" if self.name else self.mark


def find(book: Book) -> Iterator[Fault]:
    """Every such fault in every page of the book; what a chapter's page does not show, `check.chapters` tells."""
    told = {chapter.path / "index.md" for chapter in book.pages.values()}
    pages = [path for path in authored(book.root / "book", "**/*.md") if "decisions" not in path.parts]
    for path in pages:
        yield from find_in_page(path, read_utf8(path), is_told=path in told)
    yield from _given_twice(pages)


def _given_twice(pages: list[Path]) -> Iterator[Fault]:
    """Labels of headings, by which links from any page find them: one that is given twice leads to either."""
    first: dict[str, str] = {}
    for path in pages:
        text = read_utf8(path)
        for found in LABEL.finditer(text):
            line, name = text.count("\n", 0, found.start()) + 1, found["name"].lower()
            if name in first:
                yield Fault(
                    path, line, "", f"the label '{found['name']}' stands at {first[name]} too.", "Name it anew."
                )
            first.setdefault(name, f"{path.parent.name}/{path.name}:{line}")


def find_in_page(path: Path, text: str, *, is_told: bool = False) -> Iterator[Fault]:
    """The faults of one page; without its exercises that no cell shows, where that `is_told` elsewhere."""
    cells: list[Block] = []
    yield from _in_lines(path, text, cells)
    yield from _in_cells(path, cells, is_told=is_told)


def _in_lines(path: Path, text: str, cells: list[Block]) -> Iterator[Fault]:
    lines = text.splitlines()
    starts = lines.index("---", 1) + 1 if lines[:1] == ["---"] and "---" in lines[1:] else 0
    open_now: list[Block] = []
    for number, line in enumerate(lines[starts:], starts + 1):
        fence, top = FENCE.match(line), open_now[-1] if open_now else None
        if top and fence and _closes(fence, top):
            open_now.pop()
            if top.name == "code-cell":
                cells.append(top)
        elif top and top.name in LITERAL:
            if fence and fence["mark"] == top.mark and NAMED.match(fence["rest"]):
                yield _unclosed(path, top)
                open_now.pop()
                open_now += _opened(number, fence)
            else:
                top.inside.append(line)
        elif fence:
            yield from _in_fence(path, number, fence, top)
            open_now += _opened(number, fence)
        else:
            yield from _in_roles(path, number, line)
    yield from (_unclosed(path, block) for block in open_now)


def _closes(fence: re.Match[str], block: Block) -> bool:
    mark = fence["mark"]
    return not fence["rest"].strip() and mark[0] == block.mark[0] and len(mark) >= len(block.mark)


def _opened(number: int, fence: re.Match[str]) -> list[Block]:
    """The block that a fence opens; none where it is a closing one that closes nothing."""
    name = NAMED.match(fence["rest"])
    if name is None and fence["mark"][0] == ":":
        return []
    return [Block(number, fence["mark"], name["name"].strip() if name else "")]


def _in_fence(path: Path, number: int, fence: re.Match[str], top: Block | None) -> Iterator[Fault]:
    name = NAMED.match(fence["rest"])
    if name and name["name"].strip() not in BLOCKS:
        wrong = f"there is no block '{{{name['name']}}}'."
        yield Fault(path, number, "", wrong, did_you_mean(name["name"], BLOCKS))
    elif name is None and fence["mark"][0] == ":":
        right = f"'{top.shown}' of line {top.line} ends with '{top.mark}'." if top else "Take it out."
        yield Fault(path, number, "", f"this '{fence['mark']}' closes nothing.", right)


def _unclosed(path: Path, block: Block) -> Fault:
    return Fault(path, block.line, "", f"'{block.shown}' is not closed.", f"End it with a line that is '{block.mark}'.")


def _in_roles(path: Path, number: int, line: str) -> Iterator[Fault]:
    for found in ROLE.finditer(CODE.sub("", line)):
        if found["name"] not in ROLES:
            wrong = f"there is no role '{{{found['name']}}}'."
            yield Fault(path, number, "", wrong, did_you_mean(found["name"], ROLES))


# -- cells ---------------------------------------------------------------------------------------------------------


def _in_cells(path: Path, cells: list[Block], *, is_told: bool) -> Iterator[Fault]:
    known: set[str] = set()
    for cell in cells:
        try:
            tree = ast.parse("\n".join(_code(cell.inside)))
        except (SyntaxError, ValueError) as error:
            yield _not_python(path, cell, error)
            return
        known |= set(_bound(tree))
        if not is_told:
            yield from (Fault(path, cell.line + line, "", wrong, ALONE) for line, wrong in _not_shown(tree))
        yield from (Fault(path, cell.line + line, "", *said) for line, said in _unknown(tree, known))


def _code(lines: list[str]) -> list[str]:
    """A cell's Python, its options and magics replaced by empty lines so that lines keep their numbers."""
    kept, options = [], True
    for line in lines:
        options = options and (line.startswith(":") or not line.strip())
        kept.append("" if options or line.lstrip().startswith(("%", "!")) else line)
    return kept


NOT_PYTHON = [
    ("was never closed", "a bracket opens here and is not closed.", "Close it."),
    ("unmatched", "a bracket closes here that was not opened.", "Open it, or take it out."),
    ("does not match", "a bracket closes here with another sign than it opened with.", ""),
    ("unterminated", "a quotation mark opens here and does not close.", "Close it."),
    ("indent", "this line is not indented like the others beside it.", ""),
    ("comma", "a comma or a bracket is missing here.", ""),
]
"""What Python says, what it means to an author, and what to do."""


def _not_python(path: Path, cell: Block, error: Exception) -> Fault:
    said, line = str(getattr(error, "msg", error)), getattr(error, "lineno", 1) or 1
    for part, wrong, right in NOT_PYTHON:
        if part in said:
            return Fault(path, cell.line + line, "", wrong, right)
    return Fault(path, cell.line + line, "", "this is not Python.", "Compare it with a cell that works.")


def _bound(tree: ast.AST) -> Iterator[str]:
    """Every name that a cell gives a meaning to."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.alias):
            yield (node.asname or node.name).partition(".")[0]
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name


ALONE = "Give it a cell of its own, or make it the last line of this one."


def _not_shown(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Exercises that no page would show: only the value of a cell's last line is shown."""
    for node in tree.body[:-1]:
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in CALLS:
            yield node.lineno, f"the page would not show this {call.func.id}(...): it is not the last line of its cell."


def _unknown(tree: ast.AST, known: set[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Names that nothing has given a meaning, and imports of what the package does not offer."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in known | GIVEN:
            right = f"Write 'from commissioning import {node.id}' above it." if node.id in OURS else ""
            yield node.lineno, (f"'{node.id}' is not known here.", right or did_you_mean(node.id, known | OURS))
        elif isinstance(node, ast.ImportFrom) and node.module == "commissioning":
            for alias in node.names:
                if alias.name not in OURS:
                    wrong = f"there is no '{alias.name}' to import from commissioning."
                    yield node.lineno, (wrong, did_you_mean(alias.name, OURS))

"""The contents (`_toc.yml`) as lines: the pages they name, and the same with a chapter's pages put in or taken out.

Read as YAML, by whoever asks what the contents name; edited as text, so that an author's notes and order stay as they
are. So what is to be edited has each page on a line of its own, and where it has not, that line is named. Pure:
`chapters` reads and writes the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from commissioning.source.faults import Fault, Faults
from commissioning.source.tree import Trail, Unreadable, read_tree

FILE = "_toc.yml"
NAMED = re.compile(r"^\s*(?:- )?(?:file|root): *[\"']?(?P<page>[^\"'#\s{}\[\],]+)[\"']?\s*(?:#.*)?$")
ENTRY = re.compile(r"^\s*- file:")


class Entry(NamedTuple):
    """One page that the contents name: on which line (from 1), and as Sphinx names it."""

    line: int
    page: str


def entries(text: str) -> list[Entry]:
    """Every page that the contents name, in the order of the file. Raises Faults where that is no YAML."""
    return list(_entries(text))


@lru_cache(maxsize=64)
def _entries(text: str) -> tuple[Entry, ...]:
    try:
        tree, lines = read_tree(text)
    except Unreadable as error:
        raise Faults(Fault(Path(FILE), line, "", wrong, right) for line, wrong, right in error.told) from None
    line_of = dict(lines)
    return tuple(Entry(line_of[trail], page.removesuffix(".md")) for trail, page in _pages(tree))


def _pages(part: Any, trail: Trail = ()) -> Iterator[tuple[Trail, str]]:
    """Every page that a part of the contents names, and where."""
    for step, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        if step in ("file", "root") and isinstance(value, str):
            yield (*trail, step), value
        else:
            yield from _pages(value, (*trail, step))


def _to_edit(text: str) -> list[Entry]:
    """`entries` of contents that can be edited by lines. Raises Faults for each page that has no line of its own."""
    found, lines = entries(text), text.splitlines()
    named = [NAMED.match(lines[entry.line - 1]) for entry in found]
    right = "Give each page a line of its own: '- file: {}'."
    if faults := [
        Fault(Path(FILE), entry.line, "", f"the page '{entry.page}' shares its line.", right.format(entry.page))
        for entry, match in zip(found, named, strict=True)
        if match is None or match["page"].removesuffix(".md") != entry.page
    ]:
        raise Faults(faults)
    return found


def chapter_of(page: str) -> str:
    """The folder that a page lies in, below book/; empty for the pages that lie in book/ itself."""
    parts = PurePosixPath(page).parts
    return parts[1] if len(parts) > 2 else ""


def without(text: str, chapter: str) -> str:
    """The contents without any page of a chapter. Raises Faults where a page of the contents shares its line."""
    gone = {entry.line for entry in _to_edit(text) if chapter_of(entry.page) == chapter}
    return _joined([line for number, line in enumerate(text.splitlines(), 1) if number not in gone])


def with_pages(text: str, pages: Sequence[str], order: Sequence[str]) -> str:
    """The contents with these pages of one chapter put in where the order of the chapters (by folder) wants them.

    A page goes among those of its own name (`index` among chapters, `session` among plans), else after its index.
    Raises Faults where a page of the contents shares its line.
    """
    for page in pages:
        text = _with_page(text, page, order)
    return text


def moved(text: str, chapter: str, order: Sequence[str]) -> str:
    """The contents with all pages of a chapter at their place in a new order, each in the part that held it.

    Raises Faults where a page of the contents shares its line.
    """
    held = [entry.page for entry in _to_edit(text) if chapter_of(entry.page) == chapter]
    lines = text.splitlines()
    parts: dict[int, list[str]] = {}
    for entry in _to_edit(text):
        if entry.page in held:
            parts.setdefault(_part(lines, entry.line), []).append(entry.page)
    for pages in parts.values():
        kept = _neighbours(text, pages[0], order)
        text = text if kept is None else _put(text, pages, kept)
    return text


def _with_page(text: str, page: str, order: Sequence[str]) -> str:
    found = _neighbours(text, page, order)
    if found is None:
        found = _neighbours(text, f"book/{chapter_of(page)}/index", order)
    if found is not None:
        return _put(text, [page], found)
    if listed := _listed(text):
        return _put(text, [page], listed[-1].line)
    return _joined([*text.splitlines(), "chapters:", f"  - file: {page}"])


def _listed(text: str) -> list[Entry]:
    """The pages that stand in lists: all but the root."""
    lines = text.splitlines()
    return [entry for entry in _to_edit(text) if ENTRY.match(lines[entry.line - 1])]


def _neighbours(text: str, page: str, order: Sequence[str]) -> int | None:
    """After which line a page goes, among the pages of its name: below all of the chapter before, or above the next."""
    chapter, name = chapter_of(page), PurePosixPath(page).name
    lines = text.splitlines()
    mates = [e for e in _listed(text) if chapter_of(e.page) in order and PurePosixPath(e.page).name == name]
    others = [entry for entry in mates if chapter_of(entry.page) != chapter]
    if not others:
        own = [entry for entry in mates if entry.page == page]
        return own[-1].line if own else None
    part = _part(lines, next((e.line for e in mates if e.page == page), others[0].line))
    before = order[: order.index(chapter)]
    inside = [e for e in _listed(text) if _part(lines, e.line) == part]
    for earlier in reversed(before):
        if ends := [e.line for e in inside if chapter_of(e.page) == earlier]:
            return ends[-1]
    later = [e.line for e in inside if chapter_of(e.page) in order and chapter_of(e.page) != chapter]
    return min(later) - 1 if later else None


def _put(text: str, pages: Sequence[str], after: int) -> str:
    """The pages below a line, once each: where they stood before, they stand no more."""
    lines = text.splitlines()
    gone = {entry.line for entry in _to_edit(text) if entry.page in pages}
    near = next(line for line in [*lines[after - 1 : after + 1], *lines] if ENTRY.match(line))
    indent = near[: len(near) - len(near.lstrip())]
    made = [f"{indent}- file: {page}" for page in pages]
    kept: list[str] = [] if after else list(made)
    for number, line in enumerate(lines, 1):
        if number not in gone:
            kept.append(line)
        if number == after:
            kept += made
    return _joined(kept)


def _part(lines: Sequence[str], number: int) -> int:
    """The line of what heads the list that an entry stands in."""
    while number and ENTRY.match(lines[number - 1]):
        number -= 1
    return number


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"

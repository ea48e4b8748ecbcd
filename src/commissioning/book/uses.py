"""Which page cites what: every fact, figure and reference, with the place and the words it is cited in.

In: a `Book`, and the Markdown pages below its book/ folder. Out: `Use`s, for the page of sources and for the check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commissioning.book import Book, Chapter
from commissioning.source import markdown
from commissioning.source.files import authored
from commissioning.source.sheets import Sheet, read_utf8
from commissioning.source.tree import Trail

ROLE = re.compile(r"\{(?:fact|figure|source|place)\}`(?:[^`<]*<)?([^`<>]+?)>?`")
TITLE = re.compile(r"\{chapter-title\}`([^`]+)`")
CREDIT = re.compile(r"^\s*:source:\s*(\S+)\s*$", re.M)
SESSION = re.compile(r"^[`:]{3,}\{session\}\s*([\w-]*)\s*$", re.M)
MADE = re.compile(r"^[`:]{3,}\{([a-z-]+)\}[ \t]*[\w-]*[ \t]*$", re.M)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)


@dataclass(frozen=True)
class Use:
    """One citation: of what, on which page (its name from the book's root, without a suffix), where, in which words."""

    target: str
    page: str
    path: Path
    line: int
    said: str


def uses(book: Book) -> list[Use]:
    """Every citation in the book, by page in reading order: chapters, then their sessions, then the other pages."""
    return [use for page in pages(book) for use in _of_page(book, page)]


def pages(book: Book) -> dict[str, str]:
    """Every page of the book that its authors write, with its title: chapters by number, then the rest by name."""
    first = [chapter.docname for chapter in book.chapters.values()]
    folder = book.root / "book"
    rest = sorted(path.relative_to(book.root).with_suffix("").as_posix() for path in authored(folder, "**/*.md"))
    names = dict.fromkeys([*first, *rest])
    return {name: _title(book, name) for name in names if (book.root / f"{name}.md").is_file()}


def by_target(book: Book) -> dict[str, list[str]]:
    """For each id that is cited, the pages that cite it, each once."""
    found: dict[str, dict[str, None]] = {}
    for use in uses(book):
        found.setdefault(use.target, {})[use.page] = None
    return {target: list(names) for target, names in found.items()}


def _title(book: Book, name: str) -> str:
    text = FRONT_MATTER.sub("", read_utf8(book.root / f"{name}.md"))
    title = next((line[2:].strip() for line in text.splitlines() if line.startswith("# ")), name)
    return TITLE.sub(lambda found: book.chapters[found[1]].title if found[1] in book.chapters else found[1], title)


def _of_page(book: Book, name: str) -> Iterator[Use]:
    path = book.root / f"{name}.md"
    text = read_utf8(path)
    yield from _of_text(name, path, text)
    for page in book.pages.values():
        yield from _of_chapter(book, name, page) if page.docname == name else ()
    for found in SESSION.finditer(text):
        chapter = book.chapters.get(found.group(1) or Path(name).parent.name)
        yield from _of_sheet(name, chapter.session) if chapter and chapter.session else ()
    for made in MADE.finditer(text):
        sheets = {**book.about, "glossary-list": book.sheets[1]}
        yield from _of_sheet(name, sheets[made.group(1)]) if made.group(1) in sheets else ()


def _of_text(name: str, path: Path, text: str) -> Iterator[Use]:
    """Roles and credits of a page's Markdown; what is said is the paragraph that a citation stands in."""
    for pattern in (ROLE, CREDIT):
        for found in pattern.finditer(text):
            start = text.rfind("\n\n", 0, found.start()) + 2
            end = text.find("\n\n", found.end())
            said = " ".join(text[max(start, 0) : end if end > 0 else None].split())
            yield Use(found.group(1).strip(), name, path, text.count("\n", 0, found.start()) + 1, said)


def _of_chapter(book: Book, name: str, chapter: Chapter) -> Iterator[Use]:
    for sheet in chapter.decisions.values():
        yield from _of_sheet(name, sheet)
    if chapter.questions:
        yield from _of_sheet(name, chapter.questions)
    for asked in getattr(chapter.head.model, "from_before", []):
        slug, _, question = asked.partition("--")
        earlier = book.chapters.get(slug)
        if earlier and earlier.questions and question in earlier.questions.model:
            yield from _of_sheet(name, earlier.questions, (question,))


def _of_sheet(name: str, sheet: Sheet[Any], below: Trail = ()) -> Iterator[Use]:
    """Links of a file's texts, and the ids that it lists as sources."""
    for trail, text in texts(plain_parts(sheet.model)):
        if trail[: len(below)] != below:
            continue
        cited = [target for _, target in markdown.references(text)]
        listed = [text] if len(trail) > 1 and trail[-2] in ("sources", "facts", "named_in", "articles") else []
        for target in [*cited, *listed]:
            yield Use(target, name, sheet.path, sheet.line(trail), markdown.plain(text) if cited else "")


def plain_parts(value: Any) -> Any:
    """Models inside mappings as plain mappings, under the keys that authors type."""
    if hasattr(value, "model_dump"):
        return value.model_dump(by_alias=True)
    if isinstance(value, dict):
        return {key: plain_parts(part) for key, part in value.items()}
    return value


def texts(value: Any, trail: Trail = ()) -> Iterator[tuple[Trail, str]]:
    """Every text inside plain lists and mappings, with its place."""
    if isinstance(value, str):
        yield trail, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from texts(part, (*trail, key))
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield from texts(part, (*trail, index))

"""The book as its authors keep it: chapters, decisions, questions, sessions, facts, sources and glossary.

`read_book` reads everything and raises every fault of shape at once. Files are read again only when they have changed,
so an author who edits a YAML in JupyterLab sees the change at the next `decision(...)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pybtex.database import BibliographyData, parse_string
from pybtex.exceptions import PybtexError

from commissioning.book import pages as model_pages
from commissioning.book.cells import shown
from commissioning.book.names import find_in_names
from commissioning.kinds import AnyDecision, AnyQuestion
from commissioning.source import shapes
from commissioning.source.cache import cached
from commissioning.source.faults import Fault, Faults, did_you_mean
from commissioning.source.files import authored
from commissioning.source.root import find_root
from commissioning.source.sheets import Sheet, read_text, read_utf8, read_yaml

START = "start-here"
WEB = re.compile(r"https?://[^\s\"'<>]+")
HEADS: dict[str, Any] = {"chapter:": shapes.ChapterHead, "gallery:": shapes.GalleryHead}
CELL = re.compile(r"""\b(decision|questions|from_before)\(\s*["']([^"']+)["']\s*\)""")


@dataclass(frozen=True)
class Source:
    """One entry of references.bib, as it is printed."""

    id: str
    authors: str
    year: str
    title: str
    published: str
    url: str
    note: str

    @property
    def short(self) -> str:
        """Roland and others 2005."""
        return f"{self.authors} {self.year}".strip()


@dataclass(frozen=True)
class Chapter:
    """One folder under book/ that has a `chapter:` (or a `gallery:`) in the front matter of its index.md."""

    slug: str
    path: Path
    title: str
    head: Sheet[Any]
    text: str
    text_starts: int
    order: tuple[str, ...]
    decisions: dict[str, Sheet[Any]]
    questions: Sheet[Any] | None
    session: Sheet[Any] | None

    @property
    def docname(self) -> str:
        """The page as Sphinx names it: book/finding-people-at-risk/index, or book/index for the start page."""
        return "book/index" if self.slug == START else f"book/{self.slug}/index"

    def file(self, name: str) -> str:
        """One of the page's files, from book/ on: finding-people-at-risk/questions.yaml."""
        return name if self.slug == START else f"{self.slug}/{name}"

    @property
    def is_gallery(self) -> bool:
        """Whether the page is no chapter: no number, no closing questions, no session."""
        return isinstance(self.head.model, shapes.GalleryHead)

    def number_of(self, name: str) -> str:
        """6.2 for the second decision in the order of the page; empty in a gallery, or if the page does not show it."""
        if self.is_gallery:
            return ""
        return f"{self.head.model.number}.{self.order.index(name) + 1}" if name in self.order else ""


@dataclass(frozen=True)
class Book:
    """Everything that pages, widgets, packs and checks are made from."""

    root: Path
    chapters: dict[str, Chapter]
    facts: dict[str, shapes.Fact]
    sources: dict[str, Source]
    glossary: dict[str, shapes.Term]
    sheets: tuple[Sheet[Any], ...]
    galleries: dict[str, Chapter] = field(default_factory=dict)
    about: dict[str, Sheet[Any]] = field(default_factory=dict)

    @property
    def pages(self) -> dict[str, Chapter]:
        """Every page that holds decisions: the chapters, then the galleries."""
        return {**self.chapters, **self.galleries}

    def chapter_of(self, decision: str) -> Chapter:
        """The chapter that holds a decision. Raises LookupError with the nearest known id."""
        for chapter in self.pages.values():
            if decision in chapter.decisions:
                return chapter
        known = [name for chapter in self.pages.values() for name in chapter.decisions]
        raise LookupError(f"there is no decision '{decision}'. {did_you_mean(decision, known)}".strip())

    def chapter(self, slug: str) -> Chapter:
        """A chapter or a gallery by its folder's name. Raises LookupError with the nearest known name."""
        if slug in self.pages:
            return self.pages[slug]
        raise LookupError(f"there is no chapter '{slug}'. {did_you_mean(slug, self.chapters)}".strip())


def read_book(root: Path | None = None) -> Book:
    """Read the whole book. Raises Faults: every fault of shape, in all files, at once."""
    root = root or find_root()
    found: list[Fault] = []

    def read(path: Path, shape: str) -> Sheet[Any] | None:
        try:
            return sheet(path, shape)
        except Faults as error:
            found.extend(error.faults)
            return None

    facts = read(root / "book" / "facts.yaml", "facts")
    glossary = read(root / "book" / "glossary.yaml", "glossary")
    about = {name: read(root / "book" / f"{name}.yaml", name) for name in _about(root)}
    found.extend(find_in_names(root))
    pages = [root / "book" / "index.md", *authored(root / "book", "*/index.md")]
    chapters = [_chapter(page, read, found) for page in pages if page.is_file()]
    try:
        sources = read_sources(root / "book" / "references.bib")
    except Faults as error:
        found.extend(error.faults)
        sources = {}
    if found:
        raise Faults(found)
    assert facts is not None
    assert glossary is not None
    whole = sorted((c for c in chapters if c and not c.is_gallery), key=lambda c: c.head.model.number)
    galleries = [c for c in chapters if c and c.is_gallery]
    sheets = [facts, glossary, *(s for c in [*whole, *galleries] for s in _sheets_of(c))]
    return Book(
        root,
        {c.slug: c for c in whole},
        facts.model,
        sources,
        glossary.model,
        tuple(sheets),
        {c.slug: c for c in galleries},
        {name: part for name, part in about.items() if part},
    )


def _about(root: Path) -> list[str]:
    """The files that hold the book together, by name: a book may do without any of them."""
    return [name for name in model_pages.SHAPES if (root / "book" / f"{name}.yaml").is_file()]


def _sheets_of(chapter: Chapter) -> Iterable[Sheet[Any]]:
    yield from chapter.decisions.values()
    yield from (part for part in (chapter.questions, chapter.session) if part)


def _chapter(page: Path, read: Any, found: list[Fault]) -> Chapter | None:
    folder = page.parent
    decisions = {path.stem: read(path, "decision") for path in authored(folder, "decisions/*.yaml")}
    rest = {name: folder / f"{name}.yaml" for name in ("questions", "session")}
    sheets = {name: read(path, name) if path.exists() else None for name, path in rest.items()}
    try:
        head, text, starts = read_front_matter(page)
    except Faults as error:
        found.extend(error.faults)
        return None
    if head is None:
        if decisions or any(sheets.values()):
            wrong = "the page has no 'chapter:' in its front matter, but its folder holds a chapter's files."
            found.append(Fault(page, 1, "", wrong, "Begin the page with '---', the front matter, and '---'."))
        return None
    return Chapter(
        slug=START if folder.name == "book" else folder.name,
        path=folder,
        title=next((line[2:].strip() for line in text.splitlines() if line.startswith("# ")), folder.name),
        head=head,
        text=text,
        text_starts=starts,
        order=tuple(one.name for one in shown(text) if one.call == "decision"),
        decisions={name: part for name, part in decisions.items() if part},
        questions=sheets["questions"],
        session=sheets["session"],
    )


def read_front_matter(page: Path) -> tuple[Sheet[Any] | None, str, int]:
    """The `chapter:` or `gallery:` of a page (or None), the page's text, and the line its text begins on."""
    lines = read_utf8(page).splitlines()
    if not lines or lines[0] != "---" or "---" not in lines[1:]:
        return None, "\n".join(lines), 1
    end = lines.index("---", 1)
    text = "\n".join(lines[end + 1 :])
    start = next((i for i, line in enumerate(lines[:end]) if line.startswith(tuple(HEADS))), None)
    if start is None:
        return None, text, end + 2
    stop = next((i for i in range(start + 1, end) if lines[i][:1] not in ("", " ", "#")), end)
    shape = HEADS[lines[start].partition(":")[0] + ":"]
    head = read_text("\n".join(_outdented(lines[start + 1 : stop])), shape, page, first_line=start + 2)
    return head, text, end + 2


def _outdented(lines: list[str]) -> list[str]:
    width = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return [line[width:] for line in lines]


SHAPES: dict[str, Any] = {
    "decision": AnyDecision,
    "questions": dict[shapes.Slug, AnyQuestion],
    "session": shapes.Session,
    "facts": dict[shapes.Reference, shapes.Fact],
    "glossary": dict[shapes.Slug, shapes.Term],
    **model_pages.SHAPES,
}
"""Every YAML file that an author writes, by the name of its schema."""


def sheet(path: Path, shape: str) -> Sheet[Any]:
    """One YAML file, read again only if it has changed. Raises Faults, also for a file that is not there."""
    if not path.is_file():
        raise Faults([Fault(path, 1, "", "the file is missing.")])
    return _sheet(path, shape, path.stat().st_mtime_ns)


@lru_cache(maxsize=1024)
def _sheet(path: Path, shape: str, changed: int) -> Sheet[Any]:
    return read_yaml(path, SHAPES[shape])


def read_sources(path: Path) -> dict[str, Source]:
    """The entries of a BibTeX file, by key."""
    if not path.is_file():
        raise Faults([Fault(path, 1, "", "the file is missing.")])
    return _sources(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _sources(path: Path, changed: int) -> dict[str, Source]:
    text = read_utf8(path)
    return cached(text, path, Path(__file__), dict[str, Source], lambda: _parsed_sources(text, path))


def _parsed_sources(text: str, path: Path) -> dict[str, Source]:
    try:
        data: BibliographyData = parse_string(text, "bibtex")
    except PybtexError as error:
        line = getattr(error, "lineno", None) or 1
        raise Faults([Fault(path, line, "", f"this is not valid BibTeX: {error}.")]) from None
    made = {key: _source(key, entry) for key, entry in data.entries.items()}
    right = "Write an address that begins with 'https://' or 'http://', or none."
    if faults := [
        Fault(path, _line_of(text, one), f"source '{one.id}'", f"its url '{one.url}' is no address of the web.", right)
        for one in made.values()
        if one.url and not WEB.fullmatch(one.url)
    ]:
        raise Faults(faults)
    return made


def _line_of(text: str, source: Source) -> int:
    """The line on which a source's address stands, or else its entry."""
    entry = max(text.find(f"{{{source.id},"), 0)
    return text.count("\n", 0, max(text.find(source.url, entry), entry)) + 1


def _source(key: str, entry: Any) -> Source:
    fields = {name: str(value).replace("{", "").replace("}", "") for name, value in entry.fields.items()}
    people = [_family(person) for person in entry.persons.get("author", [])]
    doi = fields.get("doi", "")
    place = " ".join(p for p in (fields.get("volume", ""), fields.get("number") and f"({fields['number']})") if p)
    pages = fields.get("pages", "").replace("--", "–")
    named = (fields.get(name) for name in ("journal", "booktitle", "publisher", "howpublished"))
    where = next((text for text in named if text), "")
    published = f"{where} {place}".strip() + (f":{pages}" if pages and place else "")
    return Source(
        id=key,
        authors=_named(people) or where,
        year=fields.get("year", ""),
        title=fields.get("title", key),
        published=published,
        url=f"https://doi.org/{doi}" if doi else fields.get("url", ""),
        note=fields.get("note", ""),
    )


def _family(person: Any) -> str:
    return " ".join([*person.prelast_names, *person.last_names]).replace("{", "").replace("}", "")


def _named(people: list[str]) -> str:
    """Roland; Roland and Abel; Roland and others."""
    if len(people) > 2 or "others" in people:
        return f"{people[0]} and others"
    return " and ".join(people)

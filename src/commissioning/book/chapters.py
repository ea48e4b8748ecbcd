"""A chapter begun, renamed, moved and taken out: its folder, its place in the contents, and all that names it.

A chapter's title stands in the first heading of its index.md and its number in the front matter there, and nowhere
else. Its folder's name is its id: other files name it by that. Each function reads what it must, then writes; it raises
LookupError or ValueError in an author's words before anything is written, and deletes nothing that an author wrote.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from commissioning.book import contents, starters
from commissioning.book.book import Book, Chapter, read_book, read_sources
from commissioning.source.faults import did_you_mean
from commissioning.source.whole import write_whole

STARTER = Path(__file__).parent / "starter" / "chapter"
OUTCOMES = "outcomes: [name-the-queue, count-first, compare-two-cures]"
NUMBER = re.compile(r"^(?P<before>\s+number: *)\d+", re.M)
HEADING = re.compile(r"^# .*$", re.M)
RECALL = """
```{{code-cell}} ipython3
:tags: [remove-input]
from commissioning import from_before

from_before("{slug}")
```
"""
WRITTEN = ("*.md", "*.yaml", "*.yml", "*.bib", "*.ipynb", "*.py")


def new_chapter(root: Path, slug: str, title: str, *, number: int | None = None, case: str | None = None) -> list[Path]:
    """Write a small chapter that works, and enter it in the contents; the paths written.

    `number` is the next free one without it, `case` the book's first reference. Raises ValueError for a name that will
    not do or a number that is taken, FileExistsError for a folder that is there, LookupError for an unknown reference.
    """
    book = read_book(root)
    _find_wrong_slug(root, slug)
    number = _free(book) if number is None else number
    if taken := next((c.slug for c in book.chapters.values() if c.head.model.number == number), None):
        right = f"Take another, or first make room: commissioning move {taken} --to {_free(book)}"
        raise ValueError(f"number {number} is that of '{taken}'. {right}")
    if number < 1:
        raise ValueError(f"{number} will not do as a chapter's number: they begin at 1.")
    sources = read_sources(root / "book" / "references.bib")
    if case is not None and case not in sources:
        raise LookupError(f"there is no reference '{case}' in book/references.bib. {did_you_mean(case, sources)}")
    return _write_chapter(book, slug, title, number, case or next(iter(sources), "name-a-reference"))


def _find_wrong_slug(root: Path, slug: str) -> None:
    if not starters.SLUG.fullmatch(slug):
        right = "Use small letters and figures with single hyphens between them."
        raise ValueError(f"'{slug}' will not do as a folder's name. {right}")
    if (root / "book" / slug).exists():
        raise FileExistsError(f"book/{slug} is there already. Choose another name.")


def _free(book: Book) -> int:
    planned = book.about["coverage"].model.planned if "coverage" in book.about else {}
    return int(max([0, *planned, *(chapter.head.model.number for chapter in book.chapters.values())])) + 1


def _write_chapter(book: Book, slug: str, title: str, number: int, case: str) -> list[Path]:
    folder, decision = book.root / "book" / slug, f"{slug}-first"
    recalled = _to_recall(book, number)
    listed = f"  from_before: [{', '.join(recalled)}]\n" if recalled else ""
    cell = RECALL.format(slug=slug)
    words = {
        "SLUG": slug, "TITLE": title, "NUMBER": str(number), "CASE": case, "DECISION": decision,
        "FROM_BEFORE": listed, "RECALL": cell if recalled else "",
    }  # fmt: skip
    texts = {path.name: filled(path.read_text(encoding="utf-8"), words) for path in sorted(STARTER.iterdir())}
    texts[f"decisions/{decision}.yaml"] = starters.starter("best-answer").replace(starters.OUTCOMES, OUTCOMES, 1)
    toc = (book.root / contents.FILE).read_text(encoding="utf-8")
    order = _order(book, {slug: number})
    entered = contents.with_pages(toc, [f"book/{slug}/index", f"book/{slug}/session"], order)
    (folder / "decisions").mkdir(parents=True)
    for name, text in texts.items():
        write_whole(folder / name, text)
    write_whole(book.root / contents.FILE, entered)
    return [*(folder / name for name in texts), book.root / contents.FILE]


def filled(text: str, words: dict[str, str]) -> str:
    """The starter's text with the words that stand in capitals replaced."""
    return re.sub(rf"\b({'|'.join(words)})\b|^RECALL$", lambda found: words[found.group()], text, flags=re.M)


def _to_recall(book: Book, number: int) -> list[str]:
    """Two closing questions from chapters at least two before, the latest first."""
    before = [c for c in book.chapters.values() if c.head.model.number < number][:-1]
    asked = [[f"{c.slug}--{name}" for name in c.questions.model] for c in reversed(before) if c.questions]
    return [name for row in zip_longest(*asked) for name in row if name][:2]


def _order(book: Book, changed: dict[str, int]) -> list[str]:
    """The chapters by number, some of which have a new one."""
    numbers = {slug: chapter.head.model.number for slug, chapter in book.chapters.items()} | changed
    return sorted(numbers, key=lambda slug: numbers[slug])


# -- moving --------------------------------------------------------------------------------------------------------


def move(root: Path, slug: str, to: int) -> dict[str, tuple[int, int]]:
    """Give a chapter another number and place; those in its way move up by one. Returns {slug: (old, new)}.

    Raises LookupError for an unknown chapter, ValueError for a number below 1 or one that it has.
    """
    book = read_book(root)
    chapter = _chapter(book, slug)
    old = chapter.head.model.number
    if to < 1 or to == old:
        raise ValueError(f"'{slug}' is chapter {old} already." if to == old else "chapters are numbered from 1.")
    new = {slug: to}
    holders = {c.head.model.number: name for name, c in book.chapters.items() if name != slug}
    while to in holders:
        new[holders[to]] = to + 1
        to += 1
    changed = {name: (book.chapters[name].head.model.number, number) for name, number in new.items()}
    toc = root / contents.FILE
    order = _order(book, new)
    text = toc.read_text(encoding="utf-8")
    for name in order:
        text = contents.moved(text, name, order) if name in new else text
    for name, number in new.items():
        page = book.chapters[name].path / "index.md"
        before = page.read_text(encoding="utf-8")
        write_whole(page, NUMBER.sub(rf"\g<before>{number}", before, count=1))
    write_whole(toc, text)
    return changed


def _chapter(book: Book, slug: str) -> Chapter:
    if slug not in book.chapters:
        raise LookupError(f"there is no chapter '{slug}'. {did_you_mean(slug, book.chapters)}".strip())
    return book.chapters[slug]


# -- renaming ------------------------------------------------------------------------------------------------------


def retitle(root: Path, slug: str, title: str) -> list[Path]:
    """Give a chapter another title: its first heading, and the line of its notebooks that quotes it. The paths written.

    Raises LookupError for an unknown chapter, ValueError for a title of more or less than one line.
    """
    chapter = _chapter(read_book(root), slug)
    if not title.strip() or "\n" in title:
        raise ValueError("a title is one line.")
    page = chapter.path / "index.md"
    text, starts = page.read_text(encoding="utf-8"), chapter.text_starts
    lines = text.split("\n")
    at = next(n for n, line in enumerate(lines) if n >= starts - 1 and HEADING.match(line))
    lines[at] = f"# {title.strip()}"
    written = {page: "\n".join(lines)}
    for folder in ("solutions", "exercises"):
        notebook = root / folder / f"{slug}.ipynb"
        if notebook.is_file():
            before = notebook.read_text(encoding="utf-8")
            after = QUOTED.sub(lambda found: f'{found[1]}\\"{title.strip()}\\"', before, count=1)
            written |= {notebook: after} if after != before else {}
    for path, new in written.items():
        write_whole(path, new)
    return list(written)


QUOTED = re.compile(r'(notebook of the chapter )\\"(?:[^"\\]|\\[^"])*\\"')
"""The line of a notebook that says which chapter it belongs to, in a file of JSON."""


def rename(root: Path, old: str, new: str) -> list[Path]:
    """Give a chapter's folder another name, and name it so wherever a file names it. The paths written.

    Raises LookupError for an unknown chapter, ValueError for a name that will not do, FileExistsError for one that is
    taken.
    """
    chapter = _chapter(read_book(root), old)
    _find_wrong_slug(root, new)
    written = {}
    for path in _files(root):
        before = path.read_text(encoding="utf-8")
        after = renamed(before, old, new, path.suffix)
        if after != before:
            written[path] = after
    for path, text in written.items():
        write_whole(path, text)
    moves = {chapter.path: root / "book" / new}
    moves |= {root / f / f"{old}.ipynb": root / f / f"{new}.ipynb" for f in ("solutions", "exercises")}
    for here, there in moves.items():
        if here.exists():
            here.rename(there)
    return [_after(path, moves) for path in written]


def _after(path: Path, moves: dict[Path, Path]) -> Path:
    """Where a file lies after folders and notebooks have moved."""
    here = next((one for one in moves if one == path or one in path.parents), None)
    return path if here is None else moves[here] / path.relative_to(here)


def renamed(text: str, old: str, new: str, suffix: str) -> str:
    """A file's text with a chapter's folder named otherwise, where it is a name: in a path, a call, a block, a key."""
    name = re.escape(old)
    places = [
        rf"(?<![\w-])(?P<name>{name})(?=/)",
        rf"(?<![\w-])(?P<name>{name})(?=--[a-z0-9])",
        rf"(?:questions|from_before)\(\s*\\?[\"'](?P<name>{name})(?=\\?[\"'])",
        rf"^(?:`{{3,}}|:{{3,}})\{{[a-z-]+\}} +(?P<name>{name})(?=\s*$)",
        rf"\{{chapter-title\}}`(?P<name>{name})(?=`)",
        rf"(?:solutions|exercises)/(?P<name>{name})(?=\.ipynb)",
    ]
    if suffix == ".yaml":
        places.append(rf"(?:^ *|^ *- +|[\[{{,:] *)(?P<name>{name})(?=\s*[:,\]}}]|\s*$)")
    if suffix == ".py" and "-" in old:
        places.append(rf"[\"'](?P<name>{name})(?=[\"'])")
    if suffix == ".ipynb":
        places.append(rf"\"chapter\": \"(?P<name>{name})(?=\")")
    for place in places:
        text = re.sub(place, lambda found: found.group().removesuffix(old) + new, text, flags=re.M)
    return text


def _files(root: Path) -> Iterator[Path]:
    """Every file in which a chapter may be named: the book's, the notebooks, and (in a checkout) tests and code."""
    yield root / contents.FILE
    for folder in ("book", "solutions", "exercises", "tests", "src"):
        for pattern in WRITTEN:
            yield from sorted(p for p in (root / folder).rglob(pattern) if "fixtures" not in p.parts)


def named_in(root: Path, slug: str) -> list[str]:
    """Where the book's files name a chapter, outside its folder: "book/routes.yaml:5"."""
    found = []
    for path in _files(root):
        if path.suffix in (".md", ".yaml", ".yml") and root / "book" / slug not in path.parents:
            old, new = path.read_text(encoding="utf-8"), ""
            new = renamed(old, slug, f"{slug}\0", path.suffix)
            lines = enumerate(new.splitlines(), 1)
            found += [f"{path.relative_to(root).as_posix()}:{number}" for number, line in lines if "\0" in line]
    return found


# -- taking out ----------------------------------------------------------------------------------------------------


def remove(root: Path, slug: str) -> Path:
    """Take a chapter out of the book: out of the contents, and its folder and notebooks into removed/.

    Returns where they lie now: nothing is deleted. Raises LookupError for an unknown chapter, FileExistsError where
    removed/ holds one of that name.
    """
    chapter = _chapter(read_book(root), slug)
    there = root / "removed" / slug
    if there.exists():
        raise FileExistsError(f"removed/{slug} is there already. Put it elsewhere first.")
    toc = root / contents.FILE
    text = contents.without(toc.read_text(encoding="utf-8"), slug)
    there.parent.mkdir(exist_ok=True)
    shutil.move(chapter.path, there)
    for folder in ("solutions", "exercises"):
        notebook = root / folder / f"{slug}.ipynb"
        if notebook.is_file():
            (there / folder).mkdir()
            notebook.rename(there / folder / notebook.name)
    write_whole(toc, text)
    return there

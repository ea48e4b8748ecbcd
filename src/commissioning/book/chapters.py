"""A chapter begun, renamed, moved and taken out: its folder, its place in the contents, and all that names it.

A chapter's title stands in the first heading of its index.md and its number in the front matter there, and nowhere
else. Its folder's name is its id: other files name it by that. Each function reads what it must, then writes; it raises
LookupError or ValueError in an author's words before anything is written, and deletes nothing that an author wrote.
"""

from __future__ import annotations

import re
import shutil
from itertools import zip_longest
from pathlib import Path

from commissioning.book import contents, naming, starters
from commissioning.book.book import Book, Chapter, read_book, read_sources
from commissioning.source.faults import did_you_mean
from commissioning.source.whole import write_whole

STARTER = Path(__file__).parent / "starter" / "chapter"
OUTCOMES = "outcomes: [name-the-queue, count-first, compare-two-cures]"
NUMBER = re.compile(r"^(?P<before>\s+number: *)\d+", re.M)
PLANNED = re.compile(r"^( +)(\d+):", re.M)
HEADING = re.compile(r"^# .*$", re.M)
RECALL = """
```{{code-cell}} ipython3
:tags: [remove-input]
from commissioning import from_before

from_before("{slug}")
```
"""


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
    return int(max([0, *_planned(book), *(chapter.head.model.number for chapter in book.chapters.values())])) + 1


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
    """Give a chapter another number and place; those in its way move up by one, planned ones too.

    Returns {slug: (old, new)}.

    Raises LookupError for an unknown chapter, ValueError for a number below 1 or one that it has.
    """
    book = read_book(root)
    chapter = _chapter(book, slug)
    old = chapter.head.model.number
    if to < 1 or to == old:
        raise ValueError(f"'{slug}' is chapter {old} already." if to == old else "chapters are numbered from 1.")
    new = {slug: to}
    planned = _planned(book)
    holders = {c.head.model.number: name for name, c in book.chapters.items() if name != slug}
    later: dict[int, int] = {}
    while to in holders or to in planned:
        if to in holders:
            new[holders[to]] = to + 1
        else:
            later[to] = to + 1
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
    _renumber_planned(root / "book" / "coverage.yaml", later)
    return changed | {f"{planned[number]} (planned)": (number, after) for number, after in later.items()}


def _planned(book: Book) -> dict[int, str]:
    """The chapters that are still to be written, by number: coverage.yaml names them."""
    return dict(book.about["coverage"].model.planned) if "coverage" in book.about else {}


def _renumber_planned(path: Path, later: dict[int, int]) -> None:
    """Other numbers for planned chapters, wherever coverage.yaml says them: its only keys that are numbers."""
    if later:
        text = path.read_text(encoding="utf-8")
        text = PLANNED.sub(lambda m: f"{m[1]}{later.get(int(m[2]), int(m[2]))}:", text)
        write_whole(path, text)


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
    for path in naming.files(root):
        before = path.read_text(encoding="utf-8")
        after = naming.renamed(before, old, new, path.suffix)
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

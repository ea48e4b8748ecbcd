"""The names of the book's files, letter for letter: those of its folders, and those that `_toc.yml` sets in order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commissioning.book import contents
from commissioning.book import pages as model_pages
from commissioning.source.faults import Fault, Faults, did_you_mean
from commissioning.source.files import authored, find_misnamed
from commissioning.source.sheets import read_utf8, read_yaml

IN_A_BOOK = ["facts.yaml", "glossary.yaml", "references.bib", "owed.yaml", "articles.txt", "index.md", "decisions"]
IN_A_CHAPTER = ["index.md", "questions.yaml", "session.yaml", "session.md", "decisions"]
PAGES = (".md", ".ipynb", ".rst")


def find_in_names(root: Path) -> Iterator[Fault]:
    """Files that would be read under another name, folders of decisions without a page, pages that are not there."""
    book = root / "book"
    yield from find_misnamed(book, [*IN_A_BOOK, *(f"{name}.yaml" for name in model_pages.SHAPES)])
    for folder in [book, *authored(book, "*/")]:
        if folder != book and folder.is_dir():
            yield from find_misnamed(folder, IN_A_CHAPTER)
            decisions = authored(folder, "decisions/*.yaml")
            if decisions and not (folder / "index.md").is_file():
                yield Fault(folder / "index.md", 1, "", "the chapter's page is missing, but its decisions are there.")
        yield from find_misnamed(folder / "decisions", [".yaml"])
    yield from _find_in_contents(root)


def _find_in_contents(root: Path) -> Iterator[Fault]:
    toc = root / contents.FILE
    try:
        sheet = read_yaml(toc, Any)
        named = contents.entries(read_utf8(toc))
    except Faults as error:
        yield from error.faults
        return
    there = {path.relative_to(root).with_suffix("").as_posix() for path in authored(root / "book", "**/*")}
    for line, page in named:
        if page.startswith("book/") and not any(_is_file(root, f"{page}{ending}") for ending in ("", *PAGES)):
            right = did_you_mean(page, there) or "Is its file missing?"
            yield Fault(sheet.path, line, "", f"there is no page '{page}'.", right)


def _is_file(root: Path, name: str) -> bool:
    """Whether a file is there under this very name, whatever the case that the disk forgives."""
    path = root / name
    try:
        return path.is_file() and all(
            part in os.listdir(root.joinpath(*path.relative_to(root).parts[:depth]))
            for depth, part in enumerate(path.relative_to(root).parts)
        )
    except (OSError, ValueError):
        return False

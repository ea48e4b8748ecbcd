"""How files name a chapter: by its folder's name, or (in words) by its number; and the same with another name.

Called by `chapters`, which moves and renames. A name is changed where it is one: in a path, a call, a block, a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from commissioning.book import contents

WRITTEN = ("*.md", "*.yaml", "*.yml", "*.bib", "*.ipynb", "*.py")


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


def files(root: Path) -> Iterator[Path]:
    """Every file in which a chapter may be named: the book's, the notebooks, and (in a checkout) tests and code."""
    yield root / contents.FILE
    for folder in ("book", "solutions", "exercises", "tests", "src"):
        for pattern in WRITTEN:
            yield from sorted(p for p in (root / folder).rglob(pattern) if "fixtures" not in p.parts)


def named_in(root: Path, slug: str) -> list[str]:
    """Where the book's files name a chapter, outside its folder: "book/routes.yaml:5"."""
    found = []
    for path in files(root):
        if path.suffix in (".md", ".yaml", ".yml") and root / "book" / slug not in path.parents:
            old, new = path.read_text(encoding="utf-8"), ""
            new = renamed(old, slug, f"{slug}\0", path.suffix)
            lines = enumerate(new.splitlines(), 1)
            found += [f"{path.relative_to(root).as_posix()}:{number}" for number, line in lines if "\0" in line]
    return found


def numbers_said(root: Path, numbers: Iterable[int]) -> list[str]:
    """Where the book's own words name a chapter by one of these numbers: "book/x/index.md:46"."""
    said = re.compile(rf"\b[Cc]hapters? (?:{'|'.join(map(str, numbers))})\b")
    found = []
    for pattern in ("*.md", "*.yaml"):
        for path in sorted((root / "book").rglob(pattern)):
            lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            found += [f"{path.relative_to(root).as_posix()}:{number}" for number, line in lines if said.search(line)]
    return found

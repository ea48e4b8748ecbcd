"""Files to begin a decision from: one for each kind, whole, with a note beside each part, and without faults.

The files are `kinds/<kind>/starter.yaml`. In comes a kind, a chapter and an id; out goes a file among its decisions
that names the chapter's first outcome. Only the chapter's own front matter is read, so that a fault elsewhere in the
book keeps nobody from beginning. Called by `cli`.
"""

from __future__ import annotations

import re
from pathlib import Path

from commissioning.book import read_front_matter
from commissioning.kinds import KINDS
from commissioning.kinds.kind import folder_of
from commissioning.source.faults import did_you_mean, listed
from commissioning.source.files import authored
from commissioning.source.whole import write_whole

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
OUTCOMES = "outcomes: [name-one-outcome]"
IMPORTED = re.compile(r"^from commissioning import .*\bdecision\b", re.M)


def kinds_to_begin() -> list[str]:
    """Every kind that a decision can have."""
    return [name for name, kind in KINDS.items() if kind.Decision]


def starter(kind: str) -> str:
    """The starting file of a kind, as text. Raises LookupError with the nearest kind for an unknown one."""
    known = kinds_to_begin()
    if kind not in known:
        near = did_you_mean(kind, known) or f"It must be one of {listed(known)}."
        raise LookupError(f"'{kind}' is not a kind of decision. {near}")
    return (folder_of(KINDS[kind]) / "starter.yaml").read_text(encoding="utf-8")


def write_starter(root: Path, kind: str, chapter: str, *, name: str | None = None) -> Path:
    """Write the starting file of `kind` as the decision `name` (or `new-<kind>`) of a chapter, and return its path.

    Raises LookupError for an unknown kind or chapter, ValueError for a name that will not do as an id, and
    FileExistsError where any chapter has a decision of that name: an id belongs to one decision of the whole book.
    """
    text, name = starter(kind), f"new-{kind}" if name is None else name
    page = page_of(root, chapter)
    if not SLUG.fullmatch(name):
        wrong = f"'{name}' will not do as a decision's id."
        raise ValueError(f"{wrong} Use small letters and figures with single hyphens between them.")
    if taken := [path for page in ("book", "book/*") for path in sorted(root.glob(f"{page}/decisions/{name}.yaml"))]:
        raise FileExistsError(f"{shown(root, taken[0])} is there already. Give another id with --name.")
    head, _, _ = read_front_matter(page)
    if head is None:
        raise LookupError(f"{shown(root, page)} has no 'chapter:' in its front matter, so it holds no decisions.")
    path = page.parent / "decisions" / f"{name}.yaml"
    content = text.replace(OUTCOMES, f"outcomes: [{next(iter(head.model.outcomes))}]", 1)
    if not write_whole(path, content, replace=False):
        raise FileExistsError(f"{shown(root, path)} is there already. Give another id with --name.")
    return path


def page_of(root: Path, chapter: str) -> Path:
    """The index.md of a chapter, or of a gallery, by its folder's name. Raises LookupError with the nearest name."""
    pages = {page.parent.name: page for page in authored(root, "book/*/index.md")}
    if chapter not in pages:
        raise LookupError(f"there is no chapter '{chapter}'. {did_you_mean(chapter, pages)}".strip())
    return pages[chapter]


def cell_for(path: Path) -> str:
    """The cell that shows a new decision, to be put into the index.md of its chapter."""
    page = path.parent.parent / "index.md"
    needs_import = not IMPORTED.search(page.read_text(encoding="utf-8"))
    lines = ["from commissioning import decision", ""] if needs_import else []
    return "\n".join(["```{code-cell} ipython3", ":tags: [remove-input]", *lines, f'decision("{path.stem}")', "```"])


def shown(root: Path, path: Path) -> str:
    """A path as an author types it: from the book's folder, with forward slashes."""
    return path.relative_to(root).as_posix()

"""What a chapter may teach something with, as rows of `coverage.yaml` name it."""

from __future__ import annotations

import json
from pathlib import Path

from commissioning.book.book import Chapter
from commissioning.source import markdown

LAB, GAME, PORTFOLIO, PAGE = "lab", "game", "portfolio", "page"


def taught_by(chapter: Chapter) -> list[str]:
    """What a chapter may teach something with: the decisions that its page shows, its questions, and its lab."""
    questions = list(chapter.questions.model) if chapter.questions else []
    head = chapter.head.model
    has_lab = head.lab_minutes > 0 and any(chapter.path.parent.parent.glob(f"*/{chapter.slug}.ipynb"))
    has_game = (chapter.path / "rules.yaml").is_file()
    return [*chapter.order, *questions, *([LAB] if has_lab else []), *([GAME] if has_game else []), PORTFOLIO, PAGE]


def text_of(root: Path, chapter: Chapter, part: str) -> str:
    """The words of one of these, plain and in one line; of a lab, those of its notebook."""
    return " ".join(markdown.plain(" ".join(_texts(root, chapter, part))).split())


def _texts(root: Path, chapter: Chapter, part: str) -> list[str]:
    if part in chapter.decisions:
        return markdown.texts_of(chapter.decisions[part].model)
    if chapter.questions and part in chapter.questions.model:
        return markdown.texts_of(chapter.questions.model[part])
    if part == PORTFOLIO:
        return [chapter.head.model.portfolio]
    if part == GAME:
        return [path.read_text(encoding="utf-8") for path in sorted(chapter.path.glob("words-*.yaml"))]
    if part == LAB:
        path = root / "solutions" / f"{chapter.slug}.ipynb"
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"] if path.is_file() else []
        return ["".join(cell["source"]) for cell in cells]
    return [chapter.text]

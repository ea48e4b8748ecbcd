"""What a chapter may teach something with, as rows of `coverage.yaml` name it."""

from __future__ import annotations

from commissioning.book.book import Chapter

LAB, GAME, PORTFOLIO = "lab", "game", "portfolio"


def taught_by(chapter: Chapter) -> list[str]:
    """What a chapter may teach something with: the decisions that its page shows, its questions, and its lab."""
    questions = list(chapter.questions.model) if chapter.questions else []
    head = chapter.head.model
    has_lab = head.lab_minutes > 0 and any(chapter.path.parent.parent.glob(f"*/{chapter.slug}.ipynb"))
    has_game = (chapter.path / "rules.yaml").is_file()
    return [*chapter.order, *questions, *([LAB] if has_lab else []), *([GAME] if has_game else []), PORTFOLIO]

"""A bare case asks what its chapter has not answered: no task of it has an answer that the chapter prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lab_notebooks import NOTEBOOKS

from commissioning.labs import figures
from commissioning.labs.checks import tasks

FOLD = re.compile(r"<details.*?</details>", re.DOTALL)
"""The answers of a bare case may stand folded under its questions: they are asked first."""
BOOK = Path(__file__).resolve().parents[1] / "book"
SCALES = (1, 1000, 0.001, 100, 0.01)
"""A figure may be printed in millions and asked in thousands, or as a share and in per cent."""
MET_BEFORE = {
    "what-commissioning-is": "the page does the same fortnight as its own bare case, with a picture",
    "three-meanings": "the page says that the notebook makes its numbers again, from the cards",
    "who-decides": "without a lead the whole log has the median of its first half, which the page prints",
    "changing-a-service": "the bare case is a decision on the page too, which tells its answers once decided",
}
"""Chapters whose notebooks mean to ask again what the page has, and why."""


def printed(chapter: str) -> dict[str, float]:
    """The lab's figures that a chapter's text and decisions print, outside a fold."""
    files = [BOOK / chapter / "index.md", *sorted((BOOK / chapter / "decisions").glob("*.yaml"))]
    text = FOLD.sub("", "\n".join(path.read_text(encoding="utf-8") for path in files))
    known = figures()
    return {name: known[name].value for name in re.findall(r"\bL\d+-[A-Za-z0-9-]+", text) if name in known}


def answered(chapter: str) -> list[str]:
    """`task = figure` for each task of the bare case whose answer is one of those figures, in whatever unit."""
    met = []
    for name in NOTEBOOKS[chapter].bare:
        answer = float(tasks()[name][1]().answer)
        for figure, value in printed(chapter).items():
            if answer and any(abs(abs(answer) - abs(value) * scale) <= 1e-6 * abs(answer) for scale in SCALES):
                met.append(f"{name} = {figure}")
    return met


@pytest.mark.parametrize("chapter", sorted(set(NOTEBOOKS) - set(MET_BEFORE)))
def test_no_task_of_a_bare_case_is_answered_by_its_chapter(chapter: str) -> None:
    assert answered(chapter) == []


@pytest.mark.parametrize("chapter", sorted(MET_BEFORE))
def test_a_chapter_that_is_let_off_does_ask_again_what_it_has_printed(chapter: str) -> None:
    assert answered(chapter) != []

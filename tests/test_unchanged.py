"""A build that would find nothing to do does nothing; whatever else has changed, it builds."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from fixture_book import CHAPTER, ROOT, Copy

from commissioning.press import build as press
from commissioning.press import unchanged
from commissioning.press.build import _expected
from commissioning.source.faults import Faults


class Printer:
    """Lays the pages of a book into its site with their exercises, and the typeface; counts its runs."""

    def __init__(self) -> None:
        self.runs, self.code, self.typeface = 0, 0, True

    def __call__(self, folder: Path, environment: dict[str, str]) -> int:
        self.runs += 1
        for chapter in press.read_book(folder).pages.values():
            page = folder / "_build" / "html" / f"{chapter.docname}.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            rest = [name for name in _expected(chapter) if name not in chapter.order]
            page.write_text("".join(f'<decision-exercise id="{name}">' for name in (*chapter.order, *rest)), "utf-8")
        if self.typeface:
            face = folder / unchanged.WANTED
            face.parent.mkdir(parents=True, exist_ok=True)
            face.write_bytes(b"wOF2")
        return self.code


@pytest.fixture
def printer(copy: Copy) -> Printer:
    """One that has built the copy once."""
    made = Printer()
    assert press.build(copy.root, run=made)
    return made


def test_nothing_is_built_where_nothing_has_changed(copy: Copy, printer: Printer) -> None:
    assert press.build(copy.root, run=printer)
    assert printer.runs == 1
    assert press.build(copy.root, run=printer, clean=True)
    assert printer.runs == 2


PAGE = f"_build/html/book/{CHAPTER}/index.html"
CHANGES: dict[str, Callable[[Path], object]] = {
    "a word": lambda root: (root / "book" / CHAPTER / "index.md").write_bytes(
        (root / "book" / CHAPTER / "index.md").read_bytes() + b"\nMore.\n"
    ),
    "a new file": lambda root: (root / "book" / "beds.csv").write_text("1", encoding="utf-8"),
    "a file that is gone": lambda root: (root / "book" / "owed.yaml").unlink(),
    "a built page": lambda root: (root / PAGE).write_text("half", encoding="utf-8"),
    "a built page that is gone": lambda root: (root / PAGE).unlink(),
    "a schema that is gone": lambda root: next((root / ".schemas").glob("*.json")).unlink(),
    "a note that is half itself": lambda root: (root / unchanged.NOTE).write_text("{", encoding="utf-8"),
    "a note of another's": lambda root: (root / unchanged.NOTE).write_text("[1]", encoding="utf-8"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_has_changed_is_built(copy: Copy, printer: Printer, what: str) -> None:
    CHANGES[what](copy.root)
    assert press.build(copy.root, run=printer)
    assert printer.runs == 2


def test_a_build_that_failed_is_tried_again_though_nothing_has_changed(copy: Copy, printer: Printer) -> None:
    copy.change("chapter/decisions/count-again.yaml", "minutes: 1", "minutes: 2")
    printer.code = 1
    assert not press.build(copy.root, run=printer)
    copy.change("chapter/decisions/count-again.yaml", "minutes: 2", "minutes: 1")
    assert not press.build(copy.root, run=printer)
    assert printer.runs == 3


def test_a_slip_is_told_and_what_is_saved_during_a_build_is_built_next(copy: Copy, printer: Printer) -> None:
    copy.change("chapter/decisions/first-step.yaml", "key: telephone", "key: nobody")
    copy.change("chapter/decisions/count-again.yaml", "minutes: 1", "minutes: one")
    with pytest.raises(Faults):
        press.build(copy.root, run=printer)
    copy.change("chapter/decisions/count-again.yaml", "minutes: one", "minutes: 1")

    def slow(folder: Path, environment: dict[str, str]) -> int:
        copy.change("chapter/decisions/count-again.yaml", "minutes: 1", "minutes: 2")
        return printer(folder, environment)

    assert press.build(copy.root, run=slow)
    assert press.build(copy.root, run=printer)
    assert printer.runs == 3


def test_other_code_another_library_and_a_lacking_typeface_are_built(
    copy: Copy, printer: Printer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(unchanged, "LIBRARIES", (*unchanged.LIBRARIES, "pytest"))
    assert press.build(copy.root, run=printer)
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "book.css").write_text("a", encoding="utf-8")
    monkeypatch.setattr(unchanged, "PACKAGE", tmp_path / "package")
    assert press.build(copy.root, run=printer)
    (tmp_path / "package" / "book.css").write_text("b", encoding="utf-8")
    assert press.build(copy.root, run=printer)
    assert printer.runs == 4
    (copy.root / unchanged.WANTED).unlink()
    printer.typeface = False
    for runs in (5, 6):
        assert press.build(copy.root, run=printer)
        assert printer.runs == runs


def test_every_library_that_builds_the_book_is_among_those_whose_version_counts() -> None:
    """One that was new to the extra `book` was not: a newer one would have built nothing."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["book"]
    names = {re.split(r"[<>=;!~ ]", line, maxsplit=1)[0] for line in asked}
    assert names - set(unchanged.LIBRARIES) == set()

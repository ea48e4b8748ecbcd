"""What was worked out from a text is not worked out twice, and is never stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from commissioning.source.cache import FOLDER, cached

CODE = Path(__file__)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    for name in ("_toc.yml", "_config.yml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "book").mkdir()
    return tmp_path / "book" / "facts.yaml"


def test_the_same_text_is_worked_out_once(book: Path) -> None:
    made = [cached("text", book, CODE, lambda turn=turn: {("a", 0): turn}) for turn in (1, 2)]
    assert made == [{("a", 0): 1}, {("a", 0): 1}]


def test_another_text_or_other_code_is_worked_out_again(book: Path, tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text("pass", encoding="utf-8")
    assert cached("one", book, CODE, lambda: 1) == 1
    assert cached("two", book, CODE, lambda: 2) == 2
    assert cached("one", book, code, lambda: 3) == 3


@pytest.mark.parametrize("damage", [b"", b"not a pickle", b"\x80\x05cno_such_module\nThing\n."])
def test_what_cannot_be_read_back_is_made_again(book: Path, tmp_path: Path, damage: bytes) -> None:
    cached("text", book, CODE, lambda: "first")
    (file,) = (tmp_path / FOLDER).iterdir()
    file.write_bytes(damage)
    assert cached("text", book, CODE, lambda: "second") == "second"
    assert cached("text", book, CODE, lambda: "third") == "second"


def test_a_failure_is_not_kept(book: Path) -> None:
    def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        cached("text", book, CODE, fail)
    assert cached("text", book, CODE, lambda: "well") == "well"


def test_where_no_book_is_nothing_is_written(tmp_path: Path) -> None:
    assert cached("text", tmp_path / "facts.yaml", CODE, lambda: 1) == 1
    assert cached("text", tmp_path / "facts.yaml", CODE, lambda: 2) == 2
    assert list(tmp_path.iterdir()) == []

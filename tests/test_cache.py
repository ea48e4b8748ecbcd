"""What was worked out from a text is not worked out twice, is never stale, never run, and never half of itself."""

from __future__ import annotations

import pickle
import random
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

from commissioning.source import whole
from commissioning.source.cache import FOLDER, cached
from commissioning.source.whole import write_if_new, write_whole

CODE = Path(__file__)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    for name in ("_toc.yml", "_config.yml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "book").mkdir()
    return tmp_path / "book" / "facts.yaml"


@dataclass(frozen=True)
class Thing:
    """Something that a cache may hold."""

    name: str
    path: Path
    trail: tuple[str | int, ...] = ()


def test_the_same_text_is_worked_out_once(book: Path) -> None:
    made = [
        cached("text", book, CODE, list[tuple[tuple[str | int, ...], int]], lambda turn=turn: [(("a", 0), turn)])
        for turn in (1, 2)
    ]
    assert made == [[(("a", 0), 1)], [(("a", 0), 1)]]


def test_another_text_or_other_code_or_another_shape_is_worked_out_again(book: Path, tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text("pass", encoding="utf-8")
    assert cached("one", book, CODE, int, lambda: 1) == 1
    assert cached("two", book, CODE, int, lambda: 2) == 2
    assert cached("one", book, code, int, lambda: 3) == 3
    assert cached("one", book, CODE, float, lambda: 4.5) == 4.5


def test_what_is_kept_comes_back_as_it_was_made(book: Path) -> None:
    things = [Thing("café", Path("a/b.yaml"), ("options", 0)), Thing("", Path(), ("1", 1))]
    cached("text", book, CODE, list[Thing], lambda: things)
    assert cached("text", book, CODE, list[Thing], list) == things


@pytest.mark.parametrize("made", [float("nan"), {1, 2}, object(), [float("inf")], b"\xff"])
def test_what_json_cannot_hold_is_not_kept(book: Path, tmp_path: Path, made: Any) -> None:
    assert cached("text", book, CODE, Any, lambda: made) is made
    assert cached("text", book, CODE, Any, lambda: 1) == 1


@pytest.mark.parametrize(
    "damage", [b"", b"not ours", b"\x80\x05cno_such_module\nThing\n.", b"{}", b"commissioning-read/1 \n1"]
)
def test_what_cannot_be_read_back_is_made_again(book: Path, tmp_path: Path, damage: bytes) -> None:
    cached("text", book, CODE, str, lambda: "first")
    (file,) = (tmp_path / FOLDER).iterdir()
    file.write_bytes(damage)
    assert cached("text", book, CODE, str, lambda: "second") == "second"
    assert cached("text", book, CODE, str, lambda: "third") == "second"


class Planted:
    """Whoever unpickles it runs what it says."""

    ran: ClassVar[list[str]] = []

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return Planted.ran.append, ("ran",)


def test_nothing_that_was_planted_there_is_run(book: Path, tmp_path: Path) -> None:
    cached("text", book, CODE, str, lambda: "first")
    (file,) = (tmp_path / FOLDER).iterdir()
    file.write_bytes(pickle.dumps(Planted()))
    assert cached("text", book, CODE, str, lambda: "again") == "again"
    assert Planted.ran == []


def test_no_damage_gives_other_words_in_silence(book: Path, tmp_path: Path) -> None:
    """Bits turned, ends cut off, a neighbour's file in its place: 2,000 times."""
    chance, text = random.Random(5), {f"key-{n}": f"word {n}" for n in range(20)}
    cached("text", book, CODE, dict[str, str], lambda: text)
    (file,) = (tmp_path / FOLDER).iterdir()
    whole = file.read_bytes()
    cached("other", book, CODE, dict[str, str], lambda: {"another": "file"})
    (other,) = (one for one in (tmp_path / FOLDER).iterdir() if one != file)
    for _ in range(2000):
        data = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole)
        if len(data) == len(whole):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
        assert cached("text", book, CODE, dict[str, str], lambda: text) == text
    file.write_bytes(other.read_bytes())
    assert cached("text", book, CODE, dict[str, str], lambda: text) == text


def test_a_failure_is_not_kept(book: Path) -> None:
    def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        cached("text", book, CODE, str, fail)
    assert cached("text", book, CODE, str, lambda: "well") == "well"


def test_where_no_book_is_nothing_is_written(tmp_path: Path) -> None:
    assert cached("text", tmp_path / "facts.yaml", CODE, int, lambda: 1) == 1
    assert cached("text", tmp_path / "facts.yaml", CODE, int, lambda: 2) == 2
    assert list(tmp_path.iterdir()) == []


# -- files written whole ---------------------------------------------------------------------------------------------


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new" / "a.txt"
    write_whole(path, "first\r\nline")
    assert path.read_bytes() == b"first\r\nline"

    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("commissioning.source.whole.os.fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"second")
    assert path.read_bytes() == b"first\r\nline"
    assert list(path.parent.iterdir()) == [path]


def test_what_stands_there_already_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.txt"
    assert write_if_new(path, "é\r\n") is True
    first = path.stat().st_ino
    assert write_if_new(path, "é\r\n".encode()) is False
    assert path.stat().st_ino == first
    assert write_if_new(path, "e\r\n") is True
    assert path.read_bytes() == b"e\r\n"


def test_the_mode_of_a_file_stays_and_what_a_link_leads_to_is_never_changed(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    assert write_whole(link, "new", replace=False) is False
    assert link.is_symlink()
    assert write_whole(link, "new") is True
    assert (link.read_text(encoding="utf-8"), link.is_symlink()) == ("new", False)
    assert real.read_text(encoding="utf-8") == "old"
    write_whole(real, "newer")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


WRITERS = re.compile(
    r"\.(?:write_text|write_bytes|to_csv|to_json)\(|\bopen\([^)]*[\"'][wax]b?\+?[\"']|sqlite3\.connect\((?!.*mode=ro)"
)


def test_every_file_that_the_package_writes_is_written_whole() -> None:
    """All of them go through `write_whole`; a lock is not read, and a table is first made as text."""
    package = Path(whole.__file__).parents[1]
    found = {
        f"{path.relative_to(package).as_posix()}: {line.strip()}"
        for path in package.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if WRITERS.search(line)
    }
    assert (
        found
        == {
            'source/turns.py: with path.open("a+") as file:',
            'press/warm.py: out = os.fdopen(os.dup(1), "w")',
            'place/files.py: write_whole(path, first + table.to_csv(index=False, lineterminator="\\n"))',
        }
        & found
    )

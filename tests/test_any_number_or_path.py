"""Whatever number or path a command is given, it ends well or in words, and writes over nothing without being told."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from fixture_book import CHAPTER, Copy

from commissioning import cli, place
from commissioning.place import files

NUMBERS = ["-1", "70000", "99999999999999999999", "1e5", "nan", "", "9" * 5000, "-" + "9" * 400, "2.5", "\udcff"]
PATHS = [
    "", " ", "x" * 300, "a\nb", "\udcff\udcfe", "日本語 £ é", "/dev/null", "/dev/full", "/proc/nope", "a file",
    "a file/in it", "a link to nothing", "-", "CON", "a:b", "%s%n", "\u202e", "../" * 60 + "proc/nowhere", "'\"`$(x)",
    "b/book",
]  # fmt: skip


class Ended:
    """How a command ended: its exit code, and what it said, as bytes in the terminal's own encoding."""

    def __init__(self, *words: str, encoding: str = "utf-8") -> None:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in "oe")
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.setattr(sys, "argv", ["commissioning", *words])
            with pytest.raises(SystemExit) as ended:
                cli.main()
        for stream in (out, err):
            stream.flush()
        self.code, self.out, self.err = ended.value.code, out.buffer.getvalue(), err.buffer.getvalue()  # type: ignore[attr-defined]


@pytest.fixture
def here(tmp_path: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a file, a link to nothing and a small Larkmere."""
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "a file").write_text("mine", encoding="utf-8")
    (folder / "a link to nothing").symlink_to(tmp_path / "no" / "where")
    (folder / "b").symlink_to(copy.root)
    monkeypatch.chdir(folder)
    whole = place.write_tables
    monkeypatch.setattr(place, "write_tables", lambda folder, **given: whole(folder, patients=1_000, **given))
    return folder


COMMANDS: dict[str, list[str]] = {
    "place": ["place", "{}"],
    "schema": ["schema", "{}"],
    "lab": ["lab", "{}", "--no-start", "--book", "b"],
    "check": ["check", "--book", "{}"],
    "build": ["build", "--book", "{}"],
    "read": ["read", "--no-browser", "--book", "{}"],
    "notebooks": ["notebooks", "--book", "{}"],
    "guess": ["guess", "--book", "{}"],
    "new, kind": ["new", "decision", "--kind", "{}", "--chapter", CHAPTER, "--book", "b"],
    "new, chapter": ["new", "decision", "--kind", "ranking", "--chapter", "{}", "--book", "b"],
    "new, name": ["new", "decision", "--kind", "ranking", "--chapter", CHAPTER, "--name", "{}", "--book", "b"],
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_any_path_ends_well_or_in_words(here: Path, command: str, encoding: str) -> None:
    for path in PATHS:
        ended = Ended(*(word.replace("{}", path) for word in COMMANDS[command]), encoding=encoding)
        assert ended.code in (0, 2), path
        assert ended.out if ended.code == 0 else ended.err.strip(), path
        assert b"Traceback" not in ended.err
    assert (here / "a file").read_text(encoding="utf-8") == "mine"
    assert not (here / "a link to nothing").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["place", "p", "--seed", "{}"],
        ["read", "--no-browser", "--book", "b", "--port", "{}"],
        ["facts", "--book", "b", "--due", "{}"],
        ["check", "--book", "b", "--on", "{}"],
    ],
)
def test_any_number_ends_in_words(here: Path, words: list[str]) -> None:
    for number in (number for number in NUMBERS if (words[0], number) != ("place", "70000")):
        ended = Ended(*(word.replace("{}", number) for word in words))
        assert (ended.code, bool(ended.err.strip())) == (2, True), number


@pytest.mark.parametrize("seed", ["0", "4294967296", str(2**63 - 1)])
def test_the_seeds_that_are_offered_work(here: Path, seed: str) -> None:
    assert Ended("place", "p", "--seed", seed).code == 0


# -- nothing is overwritten without being told ------------------------------------------------------------------------


@pytest.mark.parametrize("as_link", [False, True])
def test_larkmere_is_not_written_over_what_is_there_unless_told(here: Path, as_link: bool) -> None:
    mine = here / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    taken = here / "p" / "README.txt"
    taken.parent.mkdir()
    taken.symlink_to(mine) if as_link else taken.write_text("mine", encoding="utf-8")
    ended = Ended("place", "p")
    assert ended.code == 2
    assert b"README.txt: this file is there already, and would be overwritten. Name another folder" in ended.err
    assert [path.name for path in taken.parent.iterdir()] == ["README.txt"]
    assert Ended("place", "p", "--replace").code == 0
    assert taken.read_text(encoding="utf-8").startswith("Larkmere")
    assert mine.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("as_link", [False, True])
def test_a_schema_is_written_only_over_a_schema_of_ours(here: Path, as_link: bool) -> None:
    mine = here / "mine.json"
    mine.write_text("{}", encoding="utf-8")
    taken = here / "s" / "decision.schema.json"
    taken.parent.mkdir()
    taken.symlink_to(mine) if as_link else taken.write_text("{}", encoding="utf-8")
    ended = Ended("schema", "s")
    assert (ended.code, b"a file that is no schema of this book stands there already" in ended.err) == (2, True)
    assert [path.name for path in taken.parent.iterdir()] == [taken.name]
    assert mine.read_text(encoding="utf-8") == "{}"
    taken.unlink()
    assert [Ended("schema", "s").code for _ in range(2)] == [0, 0]


def test_a_new_decision_is_not_written_through_a_link(here: Path) -> None:
    link = here / "b" / "book" / CHAPTER / "decisions" / "new-ranking.yaml"
    link.symlink_to(here / "not there yet")
    ended = Ended("new", "decision", "--kind", "ranking", "--chapter", CHAPTER, "--book", "b")
    assert (ended.code, b"is there already" in ended.err) == (2, True)
    assert not (here / "not there yet").exists()


# -- a disk that cannot be written to ----------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_full_or_read_only_disk_is_told_with_the_file_and_leaves_no_half(
    here: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("commissioning.source.whole._mode", fail)
    for words in (["place", "p"], ["schema", "s"], ["lab", "l", "--no-start", "--book", "b"]):
        ended = Ended(*words)
        assert ended.code == 2
        assert os.strerror(number).encode() in ended.err
        assert b"/" in ended.err.split(b":")[0]
    assert [path for path in here.rglob("*") if path.is_file() and path.parent != here and "b" not in path.parts] == []
    assert Ended("check", "--book", "b").code == 0, "a book on such a disk can be checked all the same"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to write to")
def test_a_full_disk_behind_the_words_of_a_command_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        code = "from commissioning.cli import main; main()"
        command = [sys.executable, "-c", code, "--version"]
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (2, f"{os.strerror(errno.ENOSPC)}.\n")


def test_what_is_written_is_the_same_on_every_machine(here: Path) -> None:
    first = files.write_tables(here / "one", patients=1_000)
    assert all(b"\r" not in path.read_bytes() for path in first)

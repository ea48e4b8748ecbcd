"""The command line: each command says what it does, and a mistake ends with words, exit code 2 and no traceback."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from commands import said
from fixture_book import FIXTURES, ROOT, Copy
from typer.main import get_command
from typer.testing import CliRunner

from commissioning import __version__, cli
from commissioning.cli.base import moving

BOOK = FIXTURES / "book"
COMMANDS = sorted(getattr(get_command(cli.app), "commands", {}))


def run(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it, in a process of its own."""
    command = [Path(sys.executable).with_name("commissioning"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


def test_there_are_the_commands_that_the_readme_knows() -> None:
    assert COMMANDS == [
        "anki",
        "build",
        "check",
        "copy",
        "facts",
        "guess",
        "lab",
        "move",
        "new",
        "notebooks",
        "place",
        "prose",
        "read",
        "remove",
        "rename",
        "schema",
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_and_an_example_that_is_one(name: str) -> None:
    shown = CliRunner().invoke(cli.app, [name, "--help"]).output
    example = re.search(r"Example: (commissioning .+)", shown)
    assert example, f"{name} has no example"
    command, *arguments = shlex.split(example.group(1))[1:]
    assert command == name
    get_command(cli.app).commands[name].make_context(name, arguments)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_is_for(name: str) -> None:
    for parameter in get_command(cli.app).commands[name].params:  # type: ignore[attr-defined]
        assert getattr(parameter, "help", ""), f"{name}: {parameter.name}"


def test_no_command_at_all_shows_the_commands() -> None:
    shown = CliRunner().invoke(cli.app, []).output
    assert all(name in shown for name in COMMANDS)


def test_the_version_is_printed() -> None:
    assert CliRunner().invoke(cli.app, ["--version"]).output == f"commissioning-casebook {__version__}\n"


class Terminal(io.StringIO):
    """What is printed on a terminal."""

    def isatty(self) -> bool:
        return True


def test_who_waits_at_a_terminal_sees_that_it_moves_and_a_file_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in (Terminal(), io.StringIO()):
        monkeypatch.setattr(sys, "stderr", stream)
        with suppress(ValueError), moving("Checking the book:", every=0.001):
            while stream.isatty() and "\rChecking the book: 0 s\rChecking" not in stream.getvalue():
                pass
            raise ValueError
        shown = stream.getvalue()
        assert (shown == "") is not stream.isatty()
        assert shown.split("\r")[-2:] in ([""], [" " * len("Checking the book: 0 s"), ""])


def test_a_faultless_book_is_summed_up_in_a_line(
    copy: Copy, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = said(capsys, monkeypatch, "check", "--book", copy.root)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "No faults: 1 chapter, 7 decisions, 5 questions, 2 facts, 2 sources, 2 terms.",
        "2 faults are still owed: 'commissioning check --owed' prints them.",
    ]


def test_what_is_owed_is_printed_by_check_and_page(
    copy: Copy, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = said(capsys, monkeypatch, "check", "--owed", "--book", copy.root)
    assert code == 0
    assert out.startswith("[prose, waiting-for-a-scan] ")
    assert out.endswith("prose: 2 owed\n2 faults are still owed.\n")


@pytest.mark.parametrize(("command", "begins"), [("guess", "the book: 7 items"), ("prose", "page ")])
def test_tables_about_the_book_are_printed(
    copy: Copy, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str, begins: str
) -> None:
    code, out, err = said(capsys, monkeypatch, command, "--book", copy.root)
    assert (code, err) == (0, "")
    assert out.startswith(begins)
    assert "waiting-for-a-scan" in out


def test_the_check_writes_the_schemas_that_editors_look_for(
    copy: Copy, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(capsys, monkeypatch, "check", "--book", copy.root)
    assert (copy.root / ".schemas" / "decision.schema.json").is_file()


def test_an_authors_mistake_ends_with_code_two_and_no_traceback(copy: Copy) -> None:
    copy.change("chapter/decisions/first-step.yaml", "key: telephone", "key: telefone")
    done = run("check", cwd=copy.root)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "book/waiting-for-a-scan/decisions/first-step.yaml:27  key\n"
        "  key names 'telefone', which is not an option. Did you mean 'telephone'?\n1 fault found.\n"
    )


def test_faults_of_shape_end_the_same_way(
    copy: Copy, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy.change("chapter/decisions/first-step.yaml", "era: then", "era: soon")
    copy.change("chapter/decisions/count-again.yaml", "minutes: 1", "minutes: two")
    code, out, err = said(capsys, monkeypatch, "check", "--book", copy.root)
    assert (code, out) == (2, "")
    assert err.endswith("2 faults found.\n")


MISTAKES = [
    (["check", "--book", "/nowhere"], "no book in /nowhere: a book's folder holds '_toc.yml' and 'book/'.\n"),
    (["facts", "--due", "2027-01-01", "--book", "/nowhere"], "no book in /nowhere: "),
    (["read", "--no-browser", "--book", str(BOOK)], "the book is not built yet. Type 'commissioning build' first"),
    (["schema", "/dev/null/schemas"], "/dev/null/schemas/decision.schema.json: Not a directory.\n"),
    (["place", "/dev/null/larkmere"], "/dev/null/larkmere/persons.csv: Not a directory.\n"),
]


@pytest.mark.parametrize(
    ("arguments", "words"), MISTAKES, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_a_users_mistake_is_told_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    code, out, err = said(capsys, monkeypatch, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(words)
    assert not Path("/nowhere").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["facts", "--due", "soon"],
        ["facts"],
        ["facts", "--due", "2027-01-01", "--stale"],
        ["chek"],
        ["read", "--port", "x"],
    ],
)
def test_a_misused_command_ends_with_code_two_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    code, _, err = said(capsys, monkeypatch, *arguments)
    assert code == 2
    assert "Usage:" in err


def test_outside_a_book_one_is_told_where_to_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COMMISSIONING_BOOK", str(tmp_path))
    done = run("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"no book found at {tmp_path}, which COMMISSIONING_BOOK names: a book's folder holds '_toc.yml' and 'book/'. "
        "Go there, or name it in the environment variable COMMISSIONING_BOOK.\n"
    )


def test_our_own_mistake_ends_with_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise KeyError("ours")

    monkeypatch.setattr(cli, "app", broken)
    with pytest.raises(KeyError):
        cli.main()


def test_facts_that_are_due_are_listed_with_their_claims(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = said(capsys, monkeypatch, "facts", "--due", "2026-12-31", "--book", BOOK)
    assert code == 0
    assert out.splitlines() == [
        "2026-07-05  kept-appointments            Nine of ten appointments were kept, 90%",
        "1 of 2 facts are due by 2026-12-31.",
    ]


def test_old_evidence_for_today_is_listed_with_its_date(
    copy: Copy, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy.change("facts.yaml", 'as_at: "2013"', 'as_at: "2013"\n  still: true')
    code, out, _ = said(capsys, monkeypatch, "facts", "--stale", "--day", "2026-11-30", "--book", copy.root)
    assert code == 0
    assert out.splitlines() == [
        f"2013-12-31  {'kept-appointments':38} Nine of ten appointments were kept, 90%",
        "1 statements about today rest on evidence older than 24 months, or without a date.",
    ]


def test_schemas_are_written_where_one_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code, out, _ = said(capsys, monkeypatch, "schema", tmp_path / "s")
    assert code == 0
    assert sorted(out.split()) == sorted(map(str, (tmp_path / "s").glob("*.schema.json")))
    assert (tmp_path / "s" / "decision.schema.json").is_file()


@pytest.mark.slow
def test_the_place_is_written_where_one_says(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code, out, _ = said(capsys, monkeypatch, "place", tmp_path / "larkmere", "--seed", 8)
    assert code == 0
    assert sorted(Path(line).name for line in out.splitlines()) == sorted(
        p.name for p in (tmp_path / "larkmere").iterdir()
    )

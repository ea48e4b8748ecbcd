"""The installed package: a wheel that is really built and installed, in a folder that is no checkout.

It writes where its user stands or into their cache, and never beside itself.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from fixture_book import ROOT
from packaging.requirements import Requirement
from small_book import FILES, write_book

from commissioning.book import own
from commissioning.cli.base import as_typed
from commissioning.source import extras, root
from commissioning.source.cache import _folder

Ran = subprocess.CompletedProcess[str]


class Installed:
    """A virtual environment that holds the wheel; what it depends on is found where the tests find it."""

    def __init__(self, folder: Path) -> None:
        self.python = folder / "venv" / "bin" / "python"
        self.here, self.cache = folder / "here", folder / "cache"
        self.here.mkdir()
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        subprocess.run([*pip, "wheel", str(ROOT), "--no-deps", "--wheel-dir", str(folder)], check=True)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True)
        [wheel] = folder.glob("*.whl")
        subprocess.run([*pip, "--python", str(self.python), "install", "--no-deps", str(wheel)], check=True)
        [self.packages] = (folder / "venv" / "lib").glob("python*/site-packages")
        others = [path for path in sys.path if path.endswith("site-packages")]
        (self.packages / "others.pth").write_text("\n".join(others), encoding="utf-8")
        self.before = self.state()

    def state(self) -> dict[str, int]:
        """Every file of the installed package but what Python itself compiles."""
        files = (path for path in (self.packages / "commissioning").rglob("*") if path.is_file())
        return {str(path): path.stat().st_mtime_ns for path in files if path.suffix != ".pyc"}

    def run(self, *arguments: str, within: str = "") -> Ran:
        """`commissioning` as its user types it."""
        environment = {k: v for k, v in os.environ.items() if k not in ("COMMISSIONING_BOOK", "PYTHONPATH")}
        environment["XDG_CACHE_HOME"] = str(self.cache)
        command = [str(self.python.with_name("commissioning")), *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, cwd=self.here / within, env=environment, check=False
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("wheel"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ["new", "decision", "--kind", "ranking", "--chapter", "buying-help"],
        ["new", "chapter", "mine", "--title", "Mine"],
        ["rename", "buying-help", "--title", "T"],
        ["move", "buying-help", "--to", "4"],
        ["remove", "buying-help"],
        ["notebooks"],
    ],
)
def test_what_would_change_the_installed_book_is_refused_with_what_to_type(
    installed: Installed, arguments: list[str]
) -> None:
    done = installed.run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "You are not in the folder of a book, and the one that was installed" in done.stderr
    assert "bin/commissioning copy my-book'" in done.stderr
    assert list(installed.here.iterdir()) == []
    assert installed.state() == installed.before


@pytest.mark.slow
def test_a_book_of_ones_own_is_copied_begun_and_read(installed: Installed) -> None:
    assert installed.run("copy", "my-book").returncode == 0
    begun = installed.run("new", "decision", "--kind", "ranking", "--chapter", "buying-help", within="my-book")
    assert (begun.returncode, begun.stderr) == (0, "")
    assert (installed.here / "my-book" / "book" / "buying-help" / "decisions" / "new-ranking.yaml").is_file()
    again = installed.run("copy", "my-book")
    assert (again.returncode, "is there already" in again.stderr) == (2, True)
    code = "from commissioning import decision; print(type(decision('matrons-triumph')).__name__)"
    cache = {"XDG_CACHE_HOME": str(installed.cache)}
    shown = subprocess.run(
        [installed.python, "-c", code], cwd=installed.here, env={**os.environ, **cache}, capture_output=True, text=True
    )
    assert (shown.stdout, shown.stderr) == ("DecisionWidget\n", "")
    assert (installed.cache / "commissioning-casebook" / "read").is_dir()
    assert installed.state() == installed.before


@pytest.mark.slow
def test_schemas_and_a_lab_are_written_where_the_user_stands(installed: Installed) -> None:
    assert installed.run("schema", "schemas").returncode == 0
    made = installed.run("lab", "mine", "--no-start")
    assert made.returncode == 0
    assert "The book that was installed, in " in made.stderr
    assert (installed.here / "mine" / "chapters" / "buying-help.ipynb").is_file()
    assert (installed.here / "mine" / "exercises" / "buying-help.ipynb").is_file()
    assert installed.state() == installed.before


@pytest.mark.slow
@pytest.mark.book
def test_the_installed_book_is_built_once_served_and_opened(installed: Installed, tmp_path: Path) -> None:
    """A small book stands where the installed one would: the whole one is built in the same way, in minutes."""
    carried = installed.packages / "commissioning" / "_book"
    carried.rename(carried.with_name("_whole"))
    try:
        write_book(carried, FILES)
        before = installed.state()
        first = read_until_served(installed, tmp_path / "first")
        assert "It is built first, in " in first
        again = read_until_served(installed, tmp_path / "again")
        assert "built" not in again
        assert installed.state() == before
        assert list(installed.here.iterdir()) == [] or not (installed.here / "_build").exists()
    finally:
        shutil.rmtree(carried, ignore_errors=True)
        carried.with_name("_whole").rename(carried)


def read_until_served(installed: Installed, folder: Path) -> str:
    """What `commissioning read` says until it serves: its pages come, and the browser is sent to them."""
    folder.mkdir()
    opener, opened = folder / "open.sh", folder / "opened"
    opener.write_text(f'#!/bin/sh\necho "$1" > "{opened}.half" && mv "{opened}.half" "{opened}"\n', encoding="utf-8")
    opener.chmod(0o755)
    environment = {k: v for k, v in os.environ.items() if k not in ("COMMISSIONING_BOOK", "PYTHONPATH")}
    environment |= {"XDG_CACHE_HOME": str(installed.cache), "BROWSER": f"{opener} %s", "PYTHONUNBUFFERED": "1"}
    command = [str(installed.python.with_name("commissioning")), "read", "--port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdout=pipe, stderr=subprocess.STDOUT, text=True, cwd=installed.here, env=environment
    ) as reading:
        try:
            said = ""
            while not (found := re.search(r"Reading at (http://127\.0\.0\.1:\d+/) ", said)):
                line = reading.stdout.readline() if reading.stdout else ""
                assert line, said
                said += line
            for name in ("", "book/risk/index.html"):
                with urlopen(found[1] + name) as answer:
                    assert b"Content-Security-Policy" in answer.read()
            while not opened.is_file():
                time.sleep(0.1)
            assert opened.read_text(encoding="utf-8").strip() == found[1]
        finally:
            reading.terminate()
    return said


@pytest.mark.slow
def test_what_the_readme_types_in_a_notebook_runs_with_the_wheel_alone(installed: Installed) -> None:
    """In Colab: the cell that installs names this package and an extra that it has; the next one shows a decision."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    [install] = [block for block in blocks if "%pip" in block]
    address, pip = install.strip().splitlines()
    assert address == 'address = ""'
    asked = re.fullmatch(r'%pip install "(.*)"', pip)
    assert asked
    wanted = Requirement(asked[1].replace("{address}", "https://example.org/a/book.git"))
    metadata = next(installed.packages.glob("commissioning_casebook-*.dist-info")) / "METADATA"
    known = metadata.read_text(encoding="utf-8")
    assert f"Name: {wanted.name}\n" in known
    assert wanted.extras
    assert all(f"Provides-Extra: {extra}\n" in known for extra in wanted.extras)
    [cell] = [block for block in blocks if "import decision" in block]
    environment = {k: v for k, v in os.environ.items() if k not in ("COMMISSIONING_BOOK", "PYTHONPATH")}
    environment |= {"XDG_CACHE_HOME": str(installed.cache), "XDG_DATA_HOME": str(installed.cache)}
    shown = cell + "print(type(d).__name__, d.has_trait('response'))\n"
    done = subprocess.run(
        [installed.python, "-c", shown], cwd=installed.here, env=environment, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("DecisionWidget True\n", "")
    assert installed.state() == installed.before


# -- without a wheel -----------------------------------------------------------------------------------------------


@pytest.fixture
def pretended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The fixture book as if it were the installed one, and a cache of one's own."""
    fixture = ROOT / "tests" / "fixtures" / "book"
    monkeypatch.setattr(root, "INSTALLED", fixture)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return fixture


def test_the_installed_book_is_built_in_the_users_cache_and_copied_there_once(pretended: Path, tmp_path: Path) -> None:
    folder = own.to_build(pretended)
    assert folder.is_relative_to(tmp_path / "cache")
    assert (folder / "book" / "facts.yaml").read_bytes() == (pretended / "book" / "facts.yaml").read_bytes()
    (folder / "_build").mkdir()
    assert own.to_build(pretended) == folder
    assert (folder / "_build").is_dir()
    assert own.to_build(folder) == folder


def test_what_is_worked_out_from_the_installed_book_is_kept_in_the_users_cache(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    _folder.cache_clear()
    assert _folder(root.INSTALLED / "book") == tmp_path / "commissioning-casebook" / "read"
    _folder.cache_clear()


def test_the_line_for_an_extra_names_what_an_index_has() -> None:
    line = extras.install_line("lab")
    assert "-m pip install" in line
    assert '"jupyterlab>=4.3"' in line
    assert "casebook" not in line


@pytest.mark.parametrize(
    ("called", "words"),
    [
        (".venv/bin/commissioning", "Type '.venv/bin/commissioning check'.\nchoose: .venv/bin/commissioning read"),
        ("commissioning", "Type 'commissioning check'.\nchoose: commissioning read"),
    ],
)
def test_commands_are_printed_as_they_can_be_typed(monkeypatch: pytest.MonkeyPatch, called: str, words: str) -> None:
    monkeypatch.setattr(sys, "argv", [called])
    monkeypatch.setenv("PATH", "")
    assert as_typed("Type 'commissioning check'.\nchoose: commissioning read") == words
    assert as_typed("the commissioning of new care") == "the commissioning of new care"


def test_a_book_is_copied_into_a_new_folder_and_never_over_another(tmp_path: Path) -> None:
    copied = own.copy_book(ROOT / "tests" / "fixtures" / "book", tmp_path / "new")
    assert sorted(path.name for path in copied.iterdir()) == ["_toc.yml", "book"]
    with pytest.raises(FileExistsError, match="is there already"):
        own.copy_book(ROOT / "tests" / "fixtures" / "book", copied)

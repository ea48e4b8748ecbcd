"""The README's commands in every order of two, and each twice: none undoes another, and only book/ is ever built."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fixture_book import ROOT, Copy
from ruamel.yaml import YAML
from sphinx.project import Project
from test_press import printed

from commissioning import cli
from commissioning.press import build, serve

COMMANDS: dict[str, list[str]] = {
    "build": ["build"],
    "read": ["read", "--no-browser", "--port", "0"],
    "lab": ["lab", "my-casebook", "--no-start"],
    "check": ["check"],
    "notebooks": ["notebooks"],
    "schema": ["schema"],
    "begin": ["new", "chapter", "another", "--title", "Another"],
}
Typed = Callable[[str], tuple[int, str]]


@pytest.fixture
def typed(copy: Copy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Types a command in the book's folder; its exit code and what it complained of. Pages are laid, not made."""
    monkeypatch.chdir(copy.root)
    monkeypatch.setattr(build.build, "__kwdefaults__", {"clean": False, "run": printed(copy)})

    @contextmanager
    def no_server(*_: Any) -> Iterator[Any]:
        class Made:
            server_address = ("127.0.0.1", 8000)

            def serve_forever(self) -> None:
                raise KeyboardInterrupt

        yield Made()

    monkeypatch.setattr(serve, "server", no_server)
    (copy.root / "_build" / "html").mkdir(parents=True)
    (copy.root / "_build" / "html" / "index.html").write_text("built before", encoding="utf-8")

    def run(name: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["commissioning", *COMMANDS[name]])
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        return code, capsys.readouterr().err

    return run


@pytest.mark.parametrize(("first", "second"), list(itertools.product(COMMANDS, repeat=2)))
def test_any_two_commands_work_in_this_order(copy: Copy, typed: Typed, first: str, second: str) -> None:
    assert typed(first) == (0, "")
    code, said = typed(second)
    if (first, second) == ("begin", "begin"):
        assert (code, "is there already" in said) == (2, True)
    elif (first, second) == ("begin", "check"):
        assert (code, said.count("still the starting file's")) == (2, 4)
    else:
        assert (code, said) == (0, "")
    mine = copy.root / "my-casebook"
    assert mine.is_dir() == ("lab" in (first, second))


def pages_of(root: Path) -> set[str]:
    """The pages that Sphinx itself would build with the book's own settings."""
    config = YAML(typ="safe").load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    project = Project(str(root), {".md": "markdown", ".ipynb": "jupyter_notebook", ".rst": "restructuredtext"})
    found = project.discover(config["exclude_patterns"], config["sphinx"]["config"]["include_patterns"])
    return set(found)


@pytest.mark.parametrize("name", ["my-casebook/chapters/one.ipynb", "removed/old/index.md", "notes.md", "venv/a/b.md"])
def test_whatever_else_lies_in_the_folder_is_no_page(copy: Copy, name: str) -> None:
    before = pages_of(copy.root)
    assert before == {"book/waiting-for-a-scan/index"}
    stray = copy.root / name
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_text("# Stray\n", encoding="utf-8")
    assert pages_of(copy.root) == before

"""The book without Jupyter Book: Sphinx alone, from the conf.py that `jupyter-book config sphinx` writes, with -W."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_sphinx_ext import FILES, write_book

pytestmark = [pytest.mark.book, pytest.mark.slow]
CONFIG = "from jupyter_book.cli.main import main; main()"


def ran(folder: Path, *command: str) -> str:
    """What a command said. Fails with it where the command failed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COMMISSIONING_BOOK")}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def configured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book with a conf.py beside its pages."""
    folder = write_book(tmp_path_factory.mktemp("plain"), FILES)
    ran(folder, "-c", CONFIG, "config", "sphinx", ".")
    assert (folder / "conf.py").is_file()
    return folder


@pytest.mark.parametrize(("builder", "page"), [("html", "book/risk/index.html"), ("dirhtml", "book/risk/index.html")])
def test_sphinx_alone_builds_the_book_without_a_warning(configured: Path, builder: str, page: str) -> None:
    out = configured / "_out" / builder
    ran(configured, "-m", "sphinx", "-n", "-W", "--keep-going", "-q", "-b", builder, ".", str(out))
    chapter = (out / page).read_text(encoding="utf-8")
    assert '<decision-exercise id="matron"' in chapter
    assert "DecisionWidget" not in chapter
    around = out / ("book/around.html" if builder == "html" else "book/around/index.html")
    assert '<svg class="system-picture"' in around.read_text(encoding="utf-8")

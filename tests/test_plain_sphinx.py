"""The book without Jupyter Book: Sphinx alone, from the conf.py that `jupyter-book config sphinx` writes, with -W."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from test_sphinx_ext import FILES, write_book

pytestmark = [pytest.mark.book, pytest.mark.slow]
CONFIG = "from jupyter_book.cli.main import main; main()"


def ran(folder: Path, *command: str, **variables: str) -> str:
    """What a command of Python said, with these variables set. Fails with what it said where it failed."""
    environment = {name: value for name, value in os.environ.items() if name != "COMMISSIONING_BOOK"} | variables
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


@pytest.mark.parametrize("version", ["8.*", "9.*"])
def test_the_sphinx_of_tomorrow_builds_it_too(configured: Path, tmp_path: Path, version: str) -> None:
    """Laid before the installed Sphinx, with the docutils that is there; everything else is what the book has."""
    installed = f"docutils=={metadata.version('docutils')}"
    fetch = ["-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", str(tmp_path / "sphinx")]
    python = os.environ.get("CASEBOOK_PIP", sys.executable)
    got = subprocess.run([python, *fetch, f"sphinx=={version}", installed], capture_output=True, text=True, check=False)
    if got.returncode:
        pytest.skip(f"pip could not fetch Sphinx {version}: {got.stderr[-300:]}")
    before = {"PYTHONPATH": os.pathsep.join(filter(None, [str(tmp_path / "sphinx"), os.environ.get("PYTHONPATH")]))}
    assert ran(configured, "-c", "import sphinx; print(sphinx.__version__)", **before).startswith(version[0])
    out = tmp_path / "out"
    ran(
        configured,
        "-m",
        "sphinx",
        "-n",
        "-W",
        "--keep-going",
        "-q",
        "-E",
        "-d",
        str(tmp_path / "read"),
        ".",
        str(out),
        **before,
    )
    assert '<decision-exercise id="matron"' in (out / "book/risk/index.html").read_text(encoding="utf-8")

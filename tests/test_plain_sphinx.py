"""The book without Jupyter Book: Sphinx alone, from the conf.py that `jupyter-book config sphinx` writes, with -W."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import copies
import pytest
from packaging.requirements import Requirement
from small_book import begun

pytestmark = [pytest.mark.book, pytest.mark.slow]
WARY = ("-n", "-W", "--keep-going", "-q")


def ran(call: str, *arguments: object, folder: Path) -> None:
    """Run a command. Fails with what it said where it failed."""
    done = copies.run(call, *arguments, folder=folder, COMMISSIONING_BOOK=None)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]


@pytest.fixture(scope="module")
def configured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small book with a conf.py beside its pages."""
    folder = begun(tmp_path_factory, tmp_path_factory.mktemp("plain"))
    ran(copies.JUPYTER_BOOK, "config", "sphinx", ".", folder=folder)
    assert (folder / "conf.py").is_file()
    return folder


@pytest.mark.parametrize(("builder", "page"), [("html", "book/risk/index.html"), ("dirhtml", "book/risk/index.html")])
def test_sphinx_alone_builds_the_book_without_a_warning(configured: Path, builder: str, page: str) -> None:
    out = configured / "_out" / builder
    ran(copies.SPHINX, *WARY, "-b", builder, ".", out, folder=configured)
    chapter = (out / page).read_text(encoding="utf-8")
    assert '<decision-exercise id="matron"' in chapter
    assert "DecisionWidget" not in chapter
    around = out / ("book/around.html" if builder == "html" else "book/around/index.html")
    assert '<svg class="system-picture"' in around.read_text(encoding="utf-8")


@pytest.mark.parametrize("version", ["8.*", "9.*"])
def test_the_sphinx_of_tomorrow_builds_it_too(configured: Path, tmp_path: Path, version: str) -> None:
    """Laid before the installed Sphinx, with what it asks for and has not; everything else is what the book has."""
    laid = tmp_path / "sphinx"
    if trouble := fetched(laid, f"sphinx=={version}"):
        pytest.skip(f"pip could not fetch Sphinx {version}: {trouble}")
    [sphinx] = metadata.distributions(name="sphinx", path=[str(laid)])
    assert sphinx.version.startswith(version[0])
    while wanted := lacking(laid):
        if trouble := fetched(laid, *wanted):
            pytest.skip(f"pip could not fetch what Sphinx {version} needs: {trouble}")
    out, command = tmp_path / "out", [sys.executable, "-m", "sphinx", *WARY, "-E", "-d", tmp_path / "read"]
    environment = {name: value for name, value in os.environ.items() if name != "COMMISSIONING_BOOK"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(laid), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [*command, ".", out], cwd=configured, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    assert '<decision-exercise id="matron"' in (out / "book/risk/index.html").read_text(encoding="utf-8")


def fetched(folder: Path, *requirements: str) -> str:
    """Lay packages into a folder, without what they ask for; what pip said where it could not."""
    if not requirements:
        return ""
    fetch = ["-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--no-compile", "--upgrade"]
    command = [os.environ.get("CASEBOOK_PIP", sys.executable), *fetch, "--target", str(folder), *requirements]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr[-300:] if done.returncode else ""


def lacking(laid: Path) -> list[str]:
    """What the packages in a folder ask for that neither they nor the installed ones are."""
    asked = [Requirement(line) for one in metadata.distributions(path=[str(laid)]) for line in one.requires or ()]
    return sorted({str(one) for one in asked if not is_installed(one, laid)})


def is_installed(wanted: Requirement, laid: Path) -> bool:
    """Whether what is laid there or installed already is what is asked for here."""
    if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
        return True
    found = metadata.distributions(name=wanted.name, path=[str(laid), *sys.path])
    return any(one.version in wanted.specifier for one in found)

"""A page of the book, opened as a notebook in a real Jupyter server and saved, is still the same page of the book."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fixture_book import FIXTURES, ROOT, Copy
from ruamel.yaml import YAML

from commissioning import check

PATIENCE = 120  # seconds
PAGES = [
    path.relative_to(ROOT).as_posix()
    for path in sorted((ROOT / "book").rglob("*.md"))
    if path.read_text(encoding="utf-8").startswith("---\njupytext:")
]
"""What JupyterLab opens as a notebook; any other page has nothing at its head to lose."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A copy of the book, and the address of a Jupyter server that opens it."""
    root = tmp_path_factory.mktemp("authors")
    shutil.copytree(ROOT / "book", root / "book")
    for name in ("_toc.yml", "_config.yml"):
        shutil.copy(ROOT / name, root)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = root / ".jupyter"
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(own), "JUPYTER_DATA_DIR": str(own), "HOME": str(own)}
    command = [sys.executable, "-m", "jupyter_server", f"--port={port}", "--allow-root", "--no-browser"]
    options = ["--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True", f"--ServerApp.root_dir={root}"]
    options.append(
        "--ServerApp.contents_manager_class=jupytext.TextFileContentsManager"
    )  # as Jupytext's extension does
    server = subprocess.Popen([*command, *options], cwd=root, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield root, f"http://127.0.0.1:{port}/api/"
    finally:
        server.kill()
        server.wait(PATIENCE)


def asked(address: str, content: Any = None) -> Any:
    """What the server answers; asked again until it has started."""
    data = None if content is None else json.dumps(content).encode()
    request = urllib.request.Request(
        address, data, {"Content-Type": "application/json"}, method="PUT" if data else "GET"
    )
    for _ in range(PATIENCE):
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
                return json.load(reply)
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{address}: {error.read().decode()}") from None
        except (ConnectionError, urllib.error.URLError):
            time.sleep(1)
    raise TimeoutError(address)


def front_matter(page: Path) -> dict[str, Any]:
    """A page's front matter, without what Jupytext and Jupyter say of themselves."""
    text = page.read_text(encoding="utf-8")
    if not text.startswith("---\n"):
        return {}
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(text.split("\n---\n")[0].removeprefix("---\n"))
    return {name: part for name, part in found.items() if name not in ("jupytext", "kernelspec")}


def body(page: Path) -> list[str]:
    """The lines of a page below its front matter that are not blank: Jupytext puts one below a cell's tags."""
    text = page.read_text(encoding="utf-8")
    lines = (text.split("\n---\n", 1)[1] if text.startswith("---\n") else text).splitlines()
    return [line for line in lines if line.strip()]


@pytest.mark.lab
@pytest.mark.slow
def test_a_page_edited_in_jupyterlab_and_saved_keeps_its_front_matter_and_its_words(served: tuple[Path, str]) -> None:
    root, api = served
    assert len(PAGES) >= 8
    for name in PAGES:
        before, words = front_matter(root / name), body(root / name)
        opened = asked(f"{api}contents/{name}?type=notebook&content=1")
        notebook = opened["content"]
        notebook["metadata"]["language_info"] = {"name": "python", "version": "3.13.0"}  # as JupyterLab saves
        notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
        notebook["cells"][-1]["source"] += "\n\nAn edit."
        asked(f"{api}contents/{name}", {"type": "notebook", "format": "json", "content": notebook})
        assert front_matter(root / name) == before, name
        assert body(root / name)[: len(words) - 1] == words[:-1], name  # a code cell's last line is its fence
        assert "An edit." in (root / name).read_text(encoding="utf-8"), name
        shutil.copy(ROOT / name, root / name)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  notebook_metadata_filter: all,-language_info,-widgets\n", ""),
        ("all,-language_info", "-all"),
        ("all,-language_info", "all,-chapter"),
    ],
)
def test_a_page_that_would_lose_its_front_matter_is_told(tmp_path: Path, old: str, new: str) -> None:
    shutil.copytree(FIXTURES / "book", tmp_path / "copy")
    copy = Copy(tmp_path / "copy")
    copy.change("chapter/index.md", old, new)
    (fault,) = copy.faults()
    assert fault.startswith("chapter/index.md:2\n  saved in JupyterLab, this page would lose")
    assert "Write 'notebook_metadata_filter: all,-language_info,-widgets' below 'jupytext:'." in fault


def test_every_page_of_the_book_that_jupyterlab_opens_keeps_its_front_matter() -> None:
    told = [fault for name in PAGES for fault in check.chapters.find_in_jupytext(ROOT / name)]
    assert told == []

"""A real JupyterLab for the tests of this folder: a server of its own on a free port, and one Chromium page.

Nothing of the person who runs the tests is read or written: settings, kernels' files and notebooks live in a folder
that pytest deletes. Whatever happens, the server and its kernels end: they are told to, and killed if they do not.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from commissioning.record.kernel import NAMED

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90  # seconds at most for the server, for a page and for a kernel, on a machine that others use too
FINISHED = re.compile(r"\[\d+\]:")
NO_NEWS = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}
OPTIONS = ("--no-browser", "--allow-root", "--IdentityProvider.token=", "--expose-app-in-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for JupyterLab is slow, needs a browser, and runs on one worker, with one server."""
    for item in items:
        if "jupyterlab" in getattr(item, "fixturenames", ()):
            for mark in ("lab", "browser", "slow"):
                item.add_marker(mark)
            item.add_marker(pytest.mark.xdist_group("jupyterlab"))


@dataclass
class Notebook:
    """The notebook in front, driven as a person does: click into a cell, Shift+Enter, read what stands below it."""

    page: Page
    panel: Locator

    @property
    def cells(self) -> Locator:
        """Its code cells, in order."""
        return self.panel.locator(".jp-CodeCell")

    def exercise(self, name: str) -> Locator:
        """An exercise among its outputs."""
        return self.panel.locator(f'decision-exercise[data-of="{name}"]')

    def run(self, number: int) -> str:
        """Run a cell by Shift+Enter; what it printed, once it has finished."""
        cell = self.cells.nth(number)
        prompt = cell.locator(".jp-InputArea-prompt")
        before = prompt.inner_text()
        for _ in range(PATIENCE // 2):  # a notebook that has just opened can lose the first press
            cell.locator(".cm-content").click()
            expect(cell.locator(".cm-editor.cm-focused")).to_be_attached()
            self.page.keyboard.press("Shift+Enter")
            with suppress(AssertionError):
                expect(prompt).not_to_have_text(before, timeout=2000)
                break
        expect(prompt).to_have_text(FINISHED)
        return "\n".join(cell.locator(".jp-RenderedText").all_inner_texts()).strip()

    def focus(self, place: Locator) -> None:
        """Put the keyboard there; everything after is typed."""
        place.scroll_into_view_if_needed()
        place.focus()

    def press(self, *keys: str) -> None:
        """Press keys one after the other; what is no key's name is typed."""
        for key in keys:
            is_name = len(key) == 1 or key.startswith(("Arrow", "Shift")) or key in ("Enter", "Tab", "Space")
            self.page.keyboard.press(key) if is_name else self.page.keyboard.type(key)


@dataclass
class JupyterLab:
    """A JupyterLab that runs, and the page that shows it."""

    folder: Path
    page: Page
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, name: str, *cells: str) -> Notebook:
        """A new notebook with these cells, in front, its kernel ready."""
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(made, self.folder / f"{name}.ipynb")
        self.command("docmanager:open", path=f"{name}.ipynb", kernel={"name": "python3"})
        panel = self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        expect(panel.locator(".jp-CodeCell")).to_have_count(len(cells))
        expect(panel.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')).to_be_attached()
        return Notebook(self.page, panel)

    def theme(self, name: str) -> None:
        """Change to "JupyterLab Light" or "JupyterLab Dark", as the Settings menu does."""
        self.command("apputils:change-theme", theme=name)
        expect(self.page.locator(f'body[data-jp-theme-name="{name}"]')).to_be_attached()

    def command(self, name: str, **arguments: Any) -> None:
        """One of JupyterLab's own commands, finished."""
        self.page.evaluate(
            "([name, given]) => jupyterapp.commands.execute(name, given).then(() => {})", [name, arguments]
        )

    def begin(self, name: str) -> None:
        """One of JupyterLab's own commands, which waits for what it asks a person."""
        self.page.evaluate("name => void jupyterapp.commands.execute(name)", name)


@pytest.fixture(scope="module")
def jupyterlab(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterLab]:
    """JupyterLab on an empty folder, open in a page that can reach its server and nothing else."""
    home = tmp_path_factory.mktemp("jupyterlab")
    (home / "casebook").mkdir()
    with running_server(home) as address:
        context = chromium.new_context(viewport={"width": 1280, "height": 1600})
        context.set_default_timeout(PATIENCE * 1000)
        expect.set_options(timeout=PATIENCE * 1000)
        lab = JupyterLab(home / "casebook", context.new_page())
        watch(lab, address)
        lab.page.goto(f"{address}/lab")
        lab.page.wait_for_selector(".jp-Launcher")
        lab.page.evaluate("Promise.all([jupyterapp.restored, jupyterapp.serviceManager.ready]).then(() => {})")
        yield lab
        context.close()
        expect.set_options(timeout=5000)


def watch(lab: JupyterLab, address: str) -> None:
    """Note every request to another host, and every error that names a file of ours."""
    here = urlsplit(address).netloc

    def asked(url: str) -> None:
        if urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).netloc != here:
            lab.elsewhere.append(url)

    lab.page.on("request", lambda request: asked(request.url))
    lab.page.on("websocket", lambda websocket: asked(websocket.url))
    lab.page.on(
        "pageerror", lambda error: lab.complaints.append(str(error)) if "blob:" in (error.stack or "") else None
    )
    lab.page.on(
        "console", lambda said: lab.complaints.append(said.text) if "could not be made live" in said.text else None
    )


@contextmanager
def running_server(home: Path) -> Iterator[str]:
    """A JupyterLab server on a free port, until the block ends: http://127.0.0.1:…"""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        *OPTIONS,
        f"--port={port}",
        f"--ServerApp.root_dir={home / 'casebook'}",
    ]
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(
            command,
            env=environment(home),
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}", server, home / "server.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            end(server)


def environment(home: Path) -> dict[str, str]:
    """Everything that Jupyter keeps goes under `home`; the kernel finds this book; no news is fetched."""
    settings = home / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(NO_NEWS), encoding="utf-8")
    folders = (
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
        "JUPYTERLAB_WORKSPACES_DIR",
        "IPYTHONDIR",
    )
    kept = {name: str(home / name.lower()) for name in folders}
    named = {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings"), "COMMISSIONING_BOOK": str(ROOT)}
    named[NAMED] = str(home / "answers.json")
    return {**os.environ, **kept, **named}


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers. Raises RuntimeError with what it wrote, if it ends or is silent for too long."""
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/api", timeout=2):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")


def end(server: subprocess.Popen[bytes]) -> None:
    """End the server, which ends its kernels; kill what is left of its group after five seconds."""
    server.terminate()
    try:
        with suppress(subprocess.TimeoutExpired):
            server.wait(5)
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(5)

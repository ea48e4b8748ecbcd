"""The built book in a real browser: one Chromium for each worker, a fresh context (no storage) for each test.

Every test fails if a page it opened wrote an error to the console, threw one, or asked anything of another host.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import reader
from built_book import built_book, shared_by_workers
from playwright.sync_api import Browser, ConsoleMessage, Page, StorageState, expect

from commissioning.page import as_classic, front, shared_script
from commissioning.press.serve import Pages
from commissioning.site import lean
from commissioning.source.turns import one_at_a_time

Fresh = Callable[..., Page]
PLACE = "http://the-book.test"
PATIENCE = 15_000  # ms; a machine that also runs other tests
expect.set_options(timeout=PATIENCE)
# A chart that comes into view takes a second of work to become live: only where a test is about charts.
STILL = """document.addEventListener("readystatechange", () => { delete document.documentElement.dataset.vega; });"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built book."""
    return built_book(shared_by_workers(tmp_path_factory))


@pytest.fixture(scope="module")
def blank(chromium: Browser) -> Iterator[Page]:
    """An empty page in which decision.js has run as the book's pages load it: two classic scripts, with short names."""
    opened = chromium.new_page()
    for script in (shared_script(), as_classic(front("decision.js", shared=False))):
        opened.add_script_tag(content=lean.script(script))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the built book is served, on this machine only: http://127.0.0.1:…/"""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def fresh(chromium: Browser, address: str) -> Iterator[Fresh]:
    """Opens a page in a browser that has kept nothing; takes Playwright's options for a context, and live_charts."""
    contexts: list[Any] = []
    troubles: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            troubles.append(f"console: {message.text}")

    def asked(url: str) -> None:
        if urlsplit(url).scheme in ("http", "https", "ws", "wss") and not url.startswith(address):
            troubles.append(f"asked another host: {url}")

    def open_page(*, live_charts: bool = False, **options: Any) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(PATIENCE)
        context.on("console", said)
        context.on("weberror", lambda error: troubles.append(f"thrown: {error.error}"))
        context.on("request", lambda request: asked(request.url))
        if not live_charts:
            context.add_init_script(STILL)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def page(fresh: Fresh) -> Page:
    """A page in a browser that has kept nothing."""
    return fresh()


@pytest.fixture
def chapter(page: Page, address: str) -> Page:
    """The chapter, open and untouched."""
    page.goto(address + reader.CHAPTER)
    return page


def once(shared: Path, name: str, address: str, make: Callable[[], StorageState]) -> StorageState:
    """What a browser has kept, made by whichever worker comes first; each worker serves the book at its own address."""
    file = shared / f"{name}.json"
    with one_at_a_time(shared / f"{name}.lock"):
        if not file.is_file():
            file.write_text(json.dumps(make()).replace(address.rstrip("/"), PLACE), encoding="utf-8")
    made: StorageState = json.loads(file.read_text(encoding="utf-8").replace(PLACE, address.rstrip("/")))
    return made


def kept_after(chromium: Browser, address: str, names: list[str] | None, *, well: bool) -> StorageState:
    """What a browser has kept once these exercises of the chapter (or all) have been decided."""
    context = chromium.new_context()
    context.add_init_script(STILL)
    page = context.new_page()
    page.goto(address + reader.CHAPTER)
    for name in names or reader.exercises(page):
        reader.decide(page, name, well=well)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="session")
def decided(chromium: Browser, address: str, tmp_path_factory: pytest.TempPathFactory) -> StorageState:
    """Everything in the chapter decided, each exercise once, by the key."""
    shared = shared_by_workers(tmp_path_factory)
    return once(shared, "decided", address, lambda: kept_after(chromium, address, None, well=True))


@pytest.fixture(scope="session")
def decided_wrongly(chromium: Browser, address: str, tmp_path_factory: pytest.TempPathFactory) -> StorageState:
    """One exercise of each marked kind decided against the key."""
    names = [reader.BEST, reader.CLAIM, reader.THREE, reader.NUMBER, reader.RANKING]
    shared = shared_by_workers(tmp_path_factory)
    return once(shared, "decided-wrongly", address, lambda: kept_after(chromium, address, names, well=False))

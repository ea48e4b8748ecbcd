"""The Chromium that measures: no other host can be reached, so a page that asks one is not held up by it.

Other hosts are refused by name before anything leaves the machine; a request to one is still counted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from chromium import ARGUMENTS, find_chromium

NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
WIDTH, HEIGHT = 1280, 900


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium that knows this machine only."""
    path = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, NOWHERE])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def cold_page(browser: Browser, *, slow: bool = False) -> Iterator[Page]:
    """A page in a browser that has kept nothing; with `slow`, 1.6 Mbit/s and 150 ms to each answer."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    page = context.new_page()
    if slow:
        session = devtools(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW)
    try:
        yield page
    finally:
        context.close()


def devtools(page: Page) -> CDPSession:
    """Chromium's own controls of a page."""
    return page.context.new_cdp_session(page)


def is_elsewhere(url: str) -> bool:
    """Whether a request leaves this machine."""
    return urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).hostname != "127.0.0.1"

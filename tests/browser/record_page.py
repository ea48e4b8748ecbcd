"""What tests of the record page do: keep, decide, take a file in and give one away; and the storage that misbehaves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import record_on_a_page as rec
from fixture_book import FIXTURES
from playwright.sync_api import Page, expect

RECORD = "book/my-record.html"
NASTY = (
    "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'> \"quotes\" & 🙂 שלום \u202e " + "x" * 10_000
)
FULL = """(() => { Storage.prototype.setItem = () => { throw new DOMException("Full.", "QuotaExceededError"); }; })()"""
ROOM_FOR_TWO = """(() => { const real = Storage.prototype.setItem; let left = 2;
  Storage.prototype.setItem = function (...pair) {
    if (left-- <= 0) throw new DOMException("Full.", "QuotaExceededError"); real.apply(this, pair); }; })()"""
FORBIDDEN = """Object.defineProperty(window, "localStorage",
  { get() { throw new DOMException("The request was denied.", "SecurityError"); } });"""
RIGHT, WRONG = ("option-1", 3), ("option-2", 3)


def with_kept(page: Page, **kept: Any) -> Page:
    """The page, opened again with these things kept."""
    rec.keep(page, **kept)
    page.reload()
    return page


def decided(*choices: tuple[str, int], n: int = 0, **more: Any) -> dict[str, Any]:
    return {f"decision__exercise_{n}": rec.state(f"exercise-{n}", *choices, **more)}


def part(page: Page, name: str) -> str:
    """The words under one heading, as they are read."""
    return " ".join(page.locator(f'[data-part="{name}"]').inner_text().split())


def export(page: Page, kind: str = "json") -> str:
    with page.expect_download() as started:
        page.locator(f'[data-download="{kind}"]').click()
    return Path(started.value.path()).read_text(encoding="utf-8")


def take_in(page: Page, text: str, name: str = "mine.json") -> str:
    """Add a record from a file; what the page says of it."""
    page.locator("[data-status]").evaluate("one => { one.textContent = ''; }")
    page.locator("[data-add]").set_input_files({"name": name, "mimeType": "application/json", "buffer": text.encode()})
    expect(page.locator("[data-status]")).not_to_be_empty()
    return page.locator("[data-status]").inner_text()


# -- the same rules in Python and in the browser -------------------------------------------------------------------

JOINED: list[dict[str, Any]] = json.loads((FIXTURES / "record" / "joined.json").read_text("utf-8"))
FILES: list[dict[str, Any]] = json.loads((FIXTURES / "record" / "files.json").read_text("utf-8"))
API = "globalThis.commissioning.record"

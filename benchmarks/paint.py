"""What a slow phone sees: Lighthouse on a chapter and the start page, at a quarter of the processor and 1.6 Mbit/s.

Lighthouse comes from npm, by its pinned name, when this is asked for; nothing of it is a part of the book or its tests.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess

from books import Books
from browser import NOWHERE
from chromium import ARGUMENTS, find_chromium
from page_bytes import OURS
from playwright.sync_api import Browser
from served import Served, served
from tables import Table, middle

LIGHTHOUSE = "lighthouse@13.5.0"
RUNS = 3
PAINT, BLOCKED = 1000, 50  # ms
AUDITS = {
    "largest-contentful-paint": "largest paint ms",
    "total-blocking-time": "blocked ms",
    "speed-index": "speed index ms",
}
SLOW = {"cpuSlowdownMultiplier": 4, "throughputKbps": 1600, "rttMs": 150}
PAGES = {"chapter 6": OURS, "the heaviest chapter": "book/buying-help/index.html", "start": "book/index.html"}


def paint(browser: Browser, books: Books) -> list[Table]:
    """The largest paint and the time that a tap would have to wait, the middle of three runs of each page."""
    head = ["page", *AUDITS.values()]
    table = Table("paint", "A slow phone, by Lighthouse", head, [])
    table.notes.append(f"{LIGHTHOUSE}, {SLOW}, simulated from what was traced; the middle of {RUNS} runs.")
    npm = shutil.which("npm")
    if npm is None:
        table.notes.append("Not measured: there is no npm here.")
        return [table]
    rows: list[list[str | float]] = []
    with served(books.ours.site) as site:
        for name, path in PAGES.items():
            runs = [look(npm, site, path) for _ in range(RUNS)]
            values = {audit: middle([run[audit] for run in runs]) for audit in AUDITS}
            rows.append([name, *values.values()])
            largest, blocked = values["largest-contentful-paint"], values["total-blocking-time"]
            table.promise(
                largest < PAINT, f"{name}: the largest paint comes after {largest:.0f} ms; the limit is {PAINT}."
            )
            table.promise(blocked < BLOCKED, f"{name}: taps wait {blocked:.0f} ms; the limit is {BLOCKED}.")
    table.rows = rows
    return [table]


def look(npm: str, site: Served, path: str) -> dict[str, float]:
    """One run of Lighthouse. Raises CalledProcessError, with what it said, where it cannot be had or fails."""
    flags = " ".join(["--headless", *ARGUMENTS, f"'{NOWHERE}'"])
    command = [npm, "exec", "--yes", f"--package={LIGHTHOUSE}", "--", "lighthouse", site.address + path, "--quiet"]
    command += ["--output=json", "--output-path=stdout", f"--only-audits={','.join(AUDITS)}", f"--chrome-flags={flags}"]
    command += ["--throttling-method=simulate", *(f"--throttling.{name}={value}" for name, value in SLOW.items())]
    environment = {**os.environ, "CHROME_PATH": str(find_chromium())}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    audits = json.loads(done.stdout)["audits"]
    return {name: float(audits[name]["numericValue"]) for name in AUDITS}

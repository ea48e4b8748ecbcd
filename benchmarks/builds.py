"""How long the book takes to build: from clean, after one edit of a decision's YAML, after one edit of prose.

In a copy of the book. Each edit is one that a reader sees; the built page is read to make sure that it is there.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

from books import CHAPTER, Book, Books, Seconds
from page_bytes import OURS
from playwright.sync_api import Browser
from tables import Table

MARK = "which is new"
CLEAN, EDIT, WATCH = 40, 5, 3  # seconds on a quiet machine of two cores
PROSE = "This sentence was not here before."


def builds(browser: Browser, books: Books) -> list[Table]:
    """Seconds of each build. (The browser is not needed.)"""
    ours = books.ours
    chapter = ours.folder / "book" / CHAPTER
    decision = sorted((chapter / "decisions").glob("*.yaml"))[0]

    def edit_yaml() -> None:
        text = decision.read_text(encoding="utf-8")
        decision.write_text(re.sub(r"^title: (.*\w)", rf"title: \1 {MARK}", text, flags=re.MULTILINE), encoding="utf-8")

    def edit_prose() -> None:
        page = chapter / "index.md"
        page.write_text(f"{page.read_text(encoding='utf-8').rstrip()}\n\n{PROSE}\n", encoding="utf-8")

    def after(edit: Callable[[], None], words: str) -> Seconds:
        edit()
        seconds = ours.build()
        if words not in (ours.site / OURS).read_text(encoding="utf-8"):
            raise RuntimeError(f"the edit is not in the built page: {words}")
        return seconds

    yaml, prose = after(edit_yaml, MARK), after(edit_prose, PROSE)
    with watched(ours) as shown:
        watch = shown(edit_yaml)
    took = {
        "our book, from clean, notebooks executed": books.seconds,
        "after one edit in a decision's YAML": yaml,
        "after one edit in a chapter's prose": prose,
        "nothing changed": ours.build(),
    }
    limits = {"our book, from clean, notebooks executed": CLEAN, "after one edit in a decision's YAML": EDIT}
    limits["nothing changed"] = EDIT
    rows: list[list[str | float]] = [[label, seconds.clock, seconds.worked] for label, seconds in took.items()]
    rows.append(["while watching, from saving a decision's YAML until the page may load", watch, "–"])
    table = Table("build", "Builds", ["build", "seconds", "of processor time"], rows)
    for label, limit in limits.items():
        table.promise(took[label].clock <= limit, f"{label}: {took[label].clock:.1f} s, over {limit:g}")
    table.promise(watch <= WATCH, f"a saved YAML is shown after {watch:.1f} s, over {WATCH:g}")
    return [table]


@contextmanager
def watched(ours: Book) -> Iterator[Callable[[Callable[[], None]], float]]:
    """`commissioning read --watch` over the book; what it gives makes an edit and says after how long it was shown."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("commissioning")), "read", "--watch", "--no-browser"]
    command += ["--port", str(port), "--book", str(ours.folder)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ours.environment)

    def number(seen: str) -> str:
        """As an open page asks: at once where it has not seen the last build, else when there is another."""
        with urlopen(f"http://127.0.0.1:{port}/.commissioning/changed?{seen}", timeout=60) as reply:
            return str(reply.read().decode())

    def shown(edit: Callable[[], None]) -> float:
        before = number("")
        edit()
        started = time.perf_counter()
        while number(before) == before:
            continue
        return time.perf_counter() - started

    try:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            with suppress(OSError):
                number("")
                break
            time.sleep(0.2)
        yield shown
    finally:
        running.terminate()
        running.wait()

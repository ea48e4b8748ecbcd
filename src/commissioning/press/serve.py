"""Serves the built book on this machine, and in `--watch` shows an author's change in the open browser.

Answers are kept by the browser under the address, port included. So a book keeps to its port: where the port is taken
by this very book, that one is offered; where it is taken by something else, we say so and take no other unasked.
"""

from __future__ import annotations

import http.server
import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

WHO = "/.commissioning"
CHANGED = "/.commissioning/changed"
RELOADS = "/.commissioning/reload.js"
RELOAD = """(async () => {
  let seen = null;
  for (;;) try {
    const now = await (await fetch("/.commissioning/changed?" + seen, { cache: "no-store" })).text();
    if (seen !== null && now !== seen) location.reload();
    seen = now;
  } catch { await new Promise((wait) => setTimeout(wait, 500)); }
})();"""


class PortTaken(Exception):  # noqa: N818 (a user's mistake to mend, told in words)
    """Something else answers at the port."""


class Pages(http.server.SimpleHTTPRequestHandler):
    """Serves the site and says nothing; tells who it is, and in a watch when the pages were built anew."""

    book: Path
    version: Callable[[str], str] | None = None

    def do_GET(self) -> None:
        """A page; what this server serves; or, when it changes, the number of the last build."""
        path, _, query = self.path.partition("?")
        if path == WHO:
            self._say(json.dumps({"book": str(self.book)}), "application/json")
        elif path == CHANGED and self.version:
            self._say(self.version(query), "text/plain")
        elif path == RELOADS and self.version:
            self._say(RELOAD, "text/javascript")
        elif self.version and (page := self._page(path)) is not None:
            script = f'<script src="{RELOADS}"></script></body>'  # a file of its own: a page's policy lets no other in
            self._say(page.read_text(encoding="utf-8").replace("</body>", script), "text/html")
        else:
            super().do_GET()

    def _page(self, path: str) -> Path | None:
        found = Path(self.translate_path(path))
        found = found / "index.html" if found.is_dir() and path.endswith("/") else found
        return found if found.suffix == ".html" and found.is_file() else None

    def _say(self, text: str, kind: str) -> None:
        data = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal is for the reader."""


def running(port: int, book: Path) -> bool:
    """Whether this very book is being served at the port."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{WHO}", timeout=2) as reply:
            return bool(json.load(reply).get("book") == str(book))
    except (OSError, ValueError, AttributeError, urllib.error.URLError):
        return False


@contextmanager
def server(
    book: Path, port: int, version: Callable[[str], str] | None = None
) -> Iterator[http.server.ThreadingHTTPServer]:
    """A server of the built book at the port (0: a free one). Raises PortTaken, in words."""
    handler: Any = type("PagesOfABook", (Pages,), {"book": book, "version": staticmethod(version) if version else None})
    serves = partial(handler, directory=str(book / "_build" / "html"))
    if port and _is_taken(port):
        raise PortTaken(
            f"port {port} of this machine is taken by another program. A browser keeps your answers under the address, "
            f"port included: at another one you would begin with an empty record. Stop that program, or choose a port "
            f"for this book and keep to it: commissioning read --port {port + 1 if port < 65535 else 8001}"
        )
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), serves) as made:
        yield made


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Watch:
    """Builds again when a file of the book or of the package changes, and tells those who wait for it."""

    def __init__(self, folders: list[Path], build: Callable[[], None], *, every: float = 0.3) -> None:
        self.folders, self.build, self.every = folders, build, every
        self.number, self.news = 0, threading.Condition()

    def version(self, seen: str) -> str:
        """The number of the last build: at once where it is not the one seen, else when it changes or after 20 s."""
        with self.news:
            self.news.wait_for(lambda: str(self.number) != seen, timeout=20)
            return str(self.number)

    def run(self, stop: threading.Event) -> None:
        """Look again and again until told to stop. What changes during a build is built after it."""
        before = self._state()
        while not stop.wait(self.every):
            now = self._state()
            if now != before:
                before = now
                self.build()
                with self.news:
                    self.number += 1
                    self.news.notify_all()

    def _state(self) -> dict[str, tuple[int, int]]:
        found = {}
        for folder in self.folders:
            for path in [folder, *folder.rglob("*")] if folder.is_dir() else [folder]:
                if path.suffix != ".pyc" and not path.name.startswith(".") and "__pycache__" not in path.parts:
                    try:
                        stat = path.stat()
                    except OSError:
                        continue
                    if path.is_file():
                        found[str(path)] = (stat.st_mtime_ns, stat.st_size)
        return found

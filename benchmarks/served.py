"""A folder served on this machine as a good web host serves it: gzip -6, kept-alive connections, a note of every byte.

Text is gzipped once, before anything is measured; typefaces and pictures, which are compressed already, go as they are.
Both books of a comparison are served by the same code.
"""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

PACKED = {".woff2", ".woff", ".png", ".jpg", ".jpeg", ".webp", ".ico", ".gz", ".zip"}


@dataclass
class Served:
    """A site's address, and what was asked of it since `asked` was last cleared: path -> bytes of the body as sent."""

    address: str
    bodies: dict[str, bytes]
    asked: list[tuple[str, int]] = field(default_factory=list)


class Server(ThreadingHTTPServer):
    """One site."""

    daemon_threads = True
    request_queue_size = 64
    site: Served

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a browser that has seen enough hangs up."""


class Handler(BaseHTTPRequestHandler):
    """Sends a file that was read and packed beforehand."""

    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body in one write

    def do_GET(self) -> None:
        """The file, or 404."""
        path = unquote(urlsplit(self.path).path).lstrip("/")
        path = f"{path}index.html" if path.endswith("/") or not path else path
        body = self.server.site.bodies.get(path)
        self.send_response(200 if body is not None else 404)
        body = body or b""
        self.send_header("Content-Type", mimetypes.guess_type(path)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        if is_text(path):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        self.server.site.asked.append((path, len(body)))

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def is_text(path: str) -> bool:
    """Whether a host would gzip it."""
    return Path(path).suffix.lower() not in PACKED


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """The folder, served until the block ends."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".map"]
    bodies = {path.relative_to(folder).as_posix(): packed(path) for path in files}
    server = Server(("127.0.0.1", 0), Handler)
    server.site = Served(f"http://127.0.0.1:{server.server_address[1]}/", bodies)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def packed(path: Path) -> bytes:
    """A file as it is sent."""
    data = path.read_bytes()
    return gzip.compress(data, 6, mtime=0) if is_text(path.name) else data

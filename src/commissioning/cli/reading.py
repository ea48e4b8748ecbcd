"""Commands that build the book and serve it: build, read."""

from __future__ import annotations

import threading
import webbrowser
from contextlib import suppress
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer

from commissioning.book import own
from commissioning.cli.base import Mistake, Root, app, home, say
from commissioning.source.extras import install_line
from commissioning.source.faults import Faults
from commissioning.source.root import is_installed


@app.command()
def build(
    clean: Annotated[bool, typer.Option(help="Build every page again.")] = False,
    root: Root = None,
) -> None:
    """Build the book into _build/html. Warnings are errors, and one that failed fails again until it is mended.

    Example: commissioning build
    """
    folder = own.to_build(home(root))
    _build(folder, clean=clean)
    say(f"Built: {(folder / '_build' / 'html' / 'index.html').as_uri()}")


def _build(folder: Path, **given: Any) -> None:
    """Raises Mistake where there were warnings, and where what builds a book is not installed."""
    if find_spec("jupyter_book") is None:
        raise Mistake(f"Jupyter Book, which builds the book, is not installed. Type: {install_line('book')}")
    from commissioning.press import build as press

    if not press.build(folder, **given):
        raise Mistake("the book was not built without warnings: see above.")


@app.command()
def read(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to serve it; 0 takes a free one.")] = 8000,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
    watch: Annotated[bool, typer.Option(help="Build again when a file changes, and show it in the open page.")] = False,
    root: Root = None,
) -> None:
    """Serve the built book on this machine only, and open it.

    Your answers are kept by the browser under the address: keep to one port for a book.

    Example: commissioning read --watch
    """
    from commissioning.press import serve

    meant = home(root)
    folder = own.to_build(meant)
    built = (folder / "_build" / "html" / "index.html").is_file()
    if not built and not watch and is_installed(meant):
        say(f"It is built first, in {folder}. That takes some minutes, this once.")
        _build(folder)
    elif not built and not watch:
        raise Mistake("the book is not built yet. Type 'commissioning build' first ('make book' in a checkout).")
    address = f"http://127.0.0.1:{port}/"
    if port and serve.running(port, folder):
        say(f"This book is being read already, at {address}, with the answers given there.")
        _open(address, browser)
        return
    try:
        (_read_watching if watch else _read)(folder, port, browser)
    except serve.PortTaken as taken:
        raise Mistake(str(taken)) from None


def _read(folder: Path, port: int, browser: bool) -> None:
    from commissioning.press import serve

    with serve.server(folder, port) as made:
        address = f"http://127.0.0.1:{made.server_address[1]}/"
        say(f"Reading at {address} (Ctrl+C stops)")
        _open(address, browser)
        with suppress(KeyboardInterrupt):
            made.serve_forever()


def _read_watching(folder: Path, port: int, browser: bool) -> None:
    """Build in a process that has everything loaded; say an author's slips in words, and go on."""
    from commissioning.press import serve
    from commissioning.press.warm import Builder

    builder, package = Builder(folder), Path(__file__).parent.parent

    def build() -> None:
        try:
            _build(folder, run=builder)
            say(f"{datetime.now():%H:%M:%S} built")
        except (Mistake, Faults) as faults:
            say(str(faults), err=True)

    build()
    seen = serve.Watch([folder / "book", folder / "_toc.yml", folder / "_config.yml", package], build)
    stop = threading.Event()
    try:
        with serve.server(folder, port, seen.version) as made:
            address = f"http://127.0.0.1:{made.server_address[1]}/"
            say(f"Reading at {address}, and watching {folder / 'book'} (Ctrl+C stops)")
            _open(address, browser)
            threading.Thread(target=made.serve_forever, daemon=True).start()
            with suppress(KeyboardInterrupt):
                seen.run(stop)
            made.shutdown()
    finally:
        builder.close()


def _open(address: str, browser: bool) -> None:
    if browser:
        threading.Timer(0.5, webbrowser.open, [address]).start()

"""The command line: `commissioning --help`. The only place, with read_ and write_ functions, that touches the disk.

An author's or a learner's mistake ends with exit code 2 and words; ours ends with a traceback.
"""

from __future__ import annotations

import http.server
import os
import shutil
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from commissioning import __version__, book, check
from commissioning.book import starters
from commissioning.check import schemas
from commissioning.source.faults import Faults
from commissioning.source.root import find_root

app = typer.Typer(
    help="The Commissioning Casebook: build, read, check and teach it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
new = typer.Typer(
    help="""Begin a file of the book from one that is whole and has notes.

    Example: commissioning new decision --kind allocation --chapter finding-people-at-risk
    """,
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(new, name="new")
JUPYTER_BOOK = """
from commissioning.source.quick import without
with without():
    from jupyter_book.cli.main import main
    import nbformat
main()
"""
Root = Annotated[Path | None, typer.Option("--book", help="The folder that holds _toc.yml and book/.")]


class Mistake(Exception):  # noqa: N818 (a user's, not an error of ours)
    """A user's mistake: printed without a traceback, exit code 2."""


def _home(root: Path | None) -> Path:
    """The folder of the book that is meant: the one named, or the nearest."""
    if root is None:
        return find_root()
    if not ((root / "_toc.yml").is_file() and (root / "book").is_dir()):
        raise Mistake(f"no book in {root}: a book's folder holds '_toc.yml' and 'book/'.")
    return root.resolve()


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"commissioning-casebook {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command("check")
def check_book(
    release: Annotated[bool, typer.Option("--release", help="Also refuse facts that are due for review.")] = False,
    day: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day of the release; without it, today.")
    ] = None,
    root: Root = None,
) -> None:
    """Find every fault in chapters, decisions, questions, sessions, facts, glossary and the pages about them.

    Example: commissioning check --release --on 2027-06-01
    """
    folder = _home(root)
    with suppress(PermissionError):  # an installed copy may be read only, and can be checked all the same
        schemas.write_schemas(folder / ".schemas")
    faults = check.find_all(folder, release=(day or datetime.now()).date() if release or day else None)
    for fault in faults:
        typer.echo(str(fault), err=True)
    if faults:
        raise Mistake(f"{len(faults)} fault{'s' if len(faults) > 1 else ''} found.")
    typer.echo(summary(book.read_book(folder)))


def summary(whole: book.Book) -> str:
    """One line that says what was checked."""
    decisions = sum(len(chapter.decisions) for chapter in whole.chapters.values())
    questions = sum(len(c.questions.model) for c in whole.chapters.values() if c.questions)
    return (
        f"No faults: {len(whole.chapters)} chapters, {decisions} decisions, {questions} questions, "
        f"{len(whole.facts)} facts, {len(whole.sources)} sources, {len(whole.glossary)} terms."
    ).replace("1 chapters", "1 chapter")


@new.command("decision")
def new_decision(
    kind: Annotated[str, typer.Option(help=f"What it asks of a learner: {', '.join(starters.kinds_to_begin())}.")],
    chapter: Annotated[str, typer.Option(help="The name of the chapter's folder.")],
    name: Annotated[str | None, typer.Option(help="Its id; without it, new-<kind>.")] = None,
    root: Root = None,
) -> None:
    """Write a starting file for a decision: whole, with notes, and never over another.

    Example: commissioning new decision --kind allocation --chapter finding-people-at-risk --name winter-money
    """
    folder = _home(root)
    try:
        path = starters.write_starter(folder, kind, chapter, name=name)
    except ValueError as error:
        raise Mistake(str(error)) from None
    typer.echo(f"Wrote {starters.shown(folder, path)}")
    typer.echo(f"\nTo show it, put this cell into book/{chapter}/index.md, where a learner should meet it:\n")
    typer.echo(f"{starters.cell_for(path)}\n")
    typer.echo("Then replace its words, and type 'commissioning check' as you go.")


@app.command()
def facts(
    due: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="List facts to be reviewed by this day.")],
    root: Root = None,
) -> None:
    """List the facts that need another look by a day, the most overdue first.

    Example: commissioning facts --due 2027-06-01
    """
    whole = book.read_book(_home(root))
    listed = check.facts_due(whole, due.date())
    for name, fact in listed:
        typer.echo(f"{fact.review_by}  {name:28} {fact.claim}")
    typer.echo(f"{len(listed)} of {len(whole.facts)} facts are due by {due.date()}.")


@app.command()
def schema(folder: Annotated[Path, typer.Argument(help="Where to write them.")] = Path(".schemas")) -> None:
    """Write the JSON Schema of each kind of file, for editors that complete and validate YAML.

    Example: commissioning schema .schemas
    """
    for path in schemas.write_schemas(folder):
        typer.echo(path)


@app.command()
def build(
    clean: Annotated[bool, typer.Option(help="Build every page again.")] = False,
    root: Root = None,
) -> None:
    """Build the book into _build/html. Warnings are errors.

    Example: commissioning build
    """
    folder = _home(root)
    schemas.write_schemas(folder / ".schemas")
    if clean:
        shutil.rmtree(folder / "_build", ignore_errors=True)
    command = [sys.executable, "-c", JUPYTER_BOOK, "build", str(folder), "-n", "-W", "--keep-going"]
    done = subprocess.run(command, check=False, cwd=folder)
    if done.returncode:
        raise Mistake("the book was not built without warnings: see above.")
    schemas.write_schemas(folder / "_build" / "html" / "schemas")
    typer.echo(f"Built: {(folder / '_build' / 'html' / 'index.html').as_uri()}")


@app.command()
def read(
    port: Annotated[int, typer.Option(help="Where to serve it; 0 takes a free one.")] = 8000,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
    root: Root = None,
) -> None:
    """Serve the built book on this machine only, and open it.

    Example: commissioning read --port 8080
    """
    folder = _home(root) / "_build" / "html"
    if not (folder / "index.html").is_file():
        raise Mistake("the book is not built yet. Type 'make book' first.")
    handler = partial(QuietHandler, directory=str(folder))
    with _server(port, handler) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/"
        typer.echo(f"Reading at {address} (Ctrl+C stops)")
        if browser:
            threading.Timer(0.5, webbrowser.open, [address]).start()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("")


def _server(port: int, handler: Callable[..., http.server.SimpleHTTPRequestHandler]) -> http.server.ThreadingHTTPServer:
    try:
        return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        return http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal is for the reader."""


@app.command()
def notebooks(
    check_only: Annotated[bool, typer.Option("--check", help="Only say whether exercises/ is fresh.")] = False,
    root: Root = None,
) -> None:
    """Make exercises/ from solutions/: solution cells taken out, outputs too.

    Example: commissioning notebooks
    """
    from commissioning.jupyter import notebooks as made

    folder = _home(root)
    stale = made.stale(folder)
    if check_only and stale:
        raise Mistake(f"exercises/ is stale: {', '.join(stale)}. Type 'commissioning notebooks'.")
    if not check_only:
        for path in made.write_exercises(folder):
            typer.echo(path)
    else:
        typer.echo("exercises/ is fresh.")


@app.command()
def lab(
    folder: Annotated[Path, typer.Argument(help="Your own folder: made if it is not there, never overwritten.")],
    start: Annotated[bool, typer.Option(help="Start JupyterLab there.")] = True,
    root: Root = None,
) -> None:
    """Copy the chapters (as notebooks) and exercises into your own folder and start JupyterLab on it.

    What already stands there is left alone.

    Example: commissioning lab ~/casebook
    """
    from commissioning.jupyter import notebooks as made

    home = _home(root)
    for path, is_new in made.write_lab(home, folder):
        typer.echo(f"{'wrote' if is_new else 'kept '} {path}")
    if start:
        environment = {**os.environ, "COMMISSIONING_BOOK": str(home)}
        command = [sys.executable, "-m", "jupyterlab", str(folder)]
        raise typer.Exit(subprocess.run(command, check=False, env=environment).returncode)


@app.command()
def place(
    folder: Annotated[Path, typer.Argument(help="Where to write the CSV files.")],
    seed: Annotated[int | None, typer.Option(help="Another Larkmere; without it, the book's own.")] = None,
) -> None:
    """Write the synthetic data of Larkmere as CSV, with a data dictionary.

    Example: commissioning place data/larkmere
    """
    from commissioning import place as larkmere

    for path in larkmere.write_tables(folder, **({} if seed is None else {"seed": seed})):
        typer.echo(path)


def main() -> None:
    """Run the command line; a mistake ends with exit code 2 and no traceback."""
    try:
        app()
    except (Mistake, Faults, LookupError, OSError) as error:
        if isinstance(error, KeyError | IndexError):
            raise
        typer.echo(_said(error), err=True)
        raise SystemExit(2) from None


def _said(error: Exception) -> str:
    """The mistake in words, without the number that the machine gives it."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}." if error.filename else error.strerror
    return str(error)

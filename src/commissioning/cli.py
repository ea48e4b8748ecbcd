"""The command line: `commissioning --help`. The only place, with read_ and write_ functions, that touches the disk.

An author's or a learner's mistake ends with exit code 2 and words; ours ends with a traceback.
Over 300 lines and in one piece: each command is a few lines, and its help is most of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import webbrowser
from contextlib import suppress
from datetime import datetime
from errno import EEXIST, ENOSPC, EPIPE
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

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


def _folder(name: str | Path) -> Path:
    """A folder to write into. A name that is empty, as an unset variable is, would mean the folder one stands in."""
    if not str(name).strip():
        raise typer.BadParameter("name a folder; '.' is the one you are in.")
    return Path(name)


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
    owed: Annotated[bool, typer.Option("--owed", help="Print the faults that book/owed.yaml lists as owed.")] = False,
    root: Root = None,
) -> None:
    """Find every fault in chapters, decisions, questions, sessions, facts, glossary and the pages about them.

    Example: commissioning check --release --on 2027-06-01
    """
    folder = _home(root)
    if owed:
        for line in check.owed_in_words(book.read_book(folder)):
            typer.echo(line)
        return
    try:
        schemas.write_schemas(folder / ".schemas")
    except OSError as error:  # an installed copy may be read only, a disk full: the book can be checked all the same
        if error.errno == EEXIST:
            raise
    faults, known = check.find_all_and_owed(folder, release=(day or datetime.now()).date() if release or day else None)
    for fault in faults:
        typer.echo(str(fault), err=True)
    if faults:
        raise Mistake(f"{len(faults)} fault{'s' if len(faults) > 1 else ''} found.")
    typer.echo(summary(book.read_book(folder)))
    if known:
        typer.echo(f"{len(known)} faults are still owed: 'commissioning check --owed' prints them.")


@app.command()
def guess(root: Root = None) -> None:
    """Print what readers of form alone (the longest option, no "so", the last ...) get right against chance.

    Example: commissioning guess
    """
    for line in check.guessed(book.read_book(_home(root))):
        typer.echo(line)


@app.command()
def prose(root: Root = None) -> None:
    """Print for each page how its consequences end, its nameless people, terms, figures and lengths of sentences.

    Example: commissioning prose
    """
    for line in check.prose_of(book.read_book(_home(root))):
        typer.echo(line)


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
    due: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="List facts to be reviewed by this day.")
    ] = None,
    stale: Annotated[bool, typer.Option("--stale", help="List what is said of today on old evidence.")] = False,
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of 'today' for --stale.")] = None,
    root: Root = None,
) -> None:
    """List the facts that need another look by a day, or what is said of today on evidence older than two years.

    Example: commissioning facts --due 2027-06-01
    """
    if stale == bool(due):
        raise typer.BadParameter("give either --due and a day, or --stale.")
    whole = book.read_book(_home(root))
    if due is None:
        old = check.stale(whole, (day or datetime.now()).date())
        for dated, where, text in old:
            typer.echo(f"{dated or 'no date   '}  {where:38} {text}")
        typer.echo(f"{len(old)} statements about today rest on evidence older than 24 months, or without a date.")
        return
    listed = check.facts_due(whole, due.date())
    for name, fact in listed:
        typer.echo(f"{fact.review_by}  {name:28} {fact.claim}")
    typer.echo(f"{len(listed)} of {len(whole.facts)} facts are due by {due.date()}.")


@app.command()
def schema(
    folder: Annotated[Path, typer.Argument(parser=_folder, help="Where to write them.")] = Path(".schemas"),
) -> None:
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
    """Build the book into _build/html. Warnings are errors, and one that failed fails again until it is mended.

    Example: commissioning build
    """
    folder = _home(root)
    _build(folder, clean=clean)
    typer.echo(f"Built: {(folder / '_build' / 'html' / 'index.html').as_uri()}")


def _build(folder: Path, **given: Any) -> None:
    """Raises Mistake where there were warnings."""
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

    folder = _home(root)
    if not watch and not (folder / "_build" / "html" / "index.html").is_file():
        raise Mistake("the book is not built yet. Type 'commissioning build' first ('make book' in a checkout).")
    address = f"http://127.0.0.1:{port}/"
    if port and serve.running(port, folder):
        typer.echo(f"This book is being read already, at {address}, with the answers given there.")
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
        typer.echo(f"Reading at {address} (Ctrl+C stops)")
        _open(address, browser)
        with suppress(KeyboardInterrupt):
            made.serve_forever()


def _read_watching(folder: Path, port: int, browser: bool) -> None:
    """Build in a process that has everything loaded; say an author's slips in words, and go on."""
    from commissioning.press import serve
    from commissioning.press.warm import Builder

    builder, package = Builder(folder), Path(__file__).parent

    def build() -> None:
        try:
            _build(folder, run=builder)
            typer.echo(f"{datetime.now():%H:%M:%S} built")
        except (Mistake, Faults) as faults:
            typer.echo(str(faults), err=True)

    build()
    seen = serve.Watch([folder / "book", folder / "_toc.yml", folder / "_config.yml", package], build)
    stop = threading.Event()
    try:
        with serve.server(folder, port, seen.version) as made:
            address = f"http://127.0.0.1:{made.server_address[1]}/"
            typer.echo(f"Reading at {address}, and watching {folder / 'book'} (Ctrl+C stops)")
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
    folder: Annotated[
        Path, typer.Argument(parser=_folder, help="Your own folder: made if it is not there, never overwritten.")
    ],
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
    folder: Annotated[Path, typer.Argument(parser=_folder, help="Where to write the CSV files.")],
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**63 - 1, help="Another Larkmere; without it, the book's own.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over files of the same names.")] = False,
) -> None:
    """Write the synthetic data of Larkmere as CSV, with a data dictionary. What is there already is not overwritten.

    Example: commissioning place data/larkmere
    """
    from commissioning import place as larkmere

    try:
        written = larkmere.write_tables(folder, seed=larkmere.DEFAULT_SEED if seed is None else seed, replace=replace)
    except FileExistsError as error:
        raise Mistake(f"{_said(error)} Name another folder, or say --replace.") from None
    for path in written:
        typer.echo(path)


def main() -> None:
    """Run the command line; a mistake ends with exit code 2 and no traceback, whatever the terminal can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a file's name may hold letters that a code page has not
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except (Mistake, Faults, LookupError, OSError) as error:
        if isinstance(error, KeyError | IndexError):
            raise
        if isinstance(error, OSError) and error.filename is None and error.errno in (ENOSPC, EPIPE):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python tries once more as it ends
        typer.echo(_said(error), err=True)
        raise SystemExit(2) from None


def _said(error: Exception) -> str:
    """The mistake in words, without the number that the machine gives it."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}."
    return str(error)

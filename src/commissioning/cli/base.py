"""What the commands share: the application they belong to, the book that is meant, and a user's mistake."""

from __future__ import annotations

import re
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from commissioning import __version__
from commissioning.book import contents
from commissioning.source.root import find_root, is_installed

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


def home(root: Path | None, *, writes: bool = False) -> Path:
    """The folder of the book that is meant: the one named, or the nearest. The installed one is said to be meant.

    Raises Mistake where none is, and where `writes` and the only one is the installed one, which is never changed.
    """
    if root is not None and not ((root / contents.FILE).is_file() and (root / "book").is_dir()):
        raise Mistake(f"no book in {root}: a book's folder holds '_toc.yml' and 'book/'.")
    found = find_root() if root is None else root.resolve()
    if not is_installed(found):
        return found
    if writes:
        raise Mistake(
            f"You are not in the folder of a book, and the one that was installed, in {found}, is never changed. "
            "For one of your own, type 'commissioning copy my-book', go there, and say this again."
        )
    say(f"The book that was installed, in {found}, which is never changed.", err=True)
    return found


def named(name: str | Path) -> Path:
    """A folder to write into. An empty name, as an unset variable gives it, would mean the folder one stands in.

    Raises BadParameter for one.
    """
    if not str(name).strip():
        raise typer.BadParameter("name a folder; '.' is the one you are in.")
    return Path(name)


def say(words: object, *, err: bool = False) -> None:
    """Print words, with every command in them as it can be typed here."""
    typer.echo(as_typed(str(words)), err=err)


def as_typed(words: str) -> str:
    """Words whose commands begin with what was typed to run this one: `.venv/bin/commissioning`, say."""
    program = _program()
    known = "|".join([*(c.name or "" for c in app.registered_commands), *(g.name or "" for g in app.registered_groups)])
    pattern = rf"(?P<before>^|['(]|: |\b[Tt]ype )commissioning (?=(?:{known})\b)"
    return words if program == "commissioning" else re.sub(
        pattern, lambda found: f"{found['before']}{program} ", words, flags=re.M
    )  # fmt: skip


def _program() -> str:
    """How this program was called, so that it can be again: its bare name if a shell finds it by that."""
    called = Path(sys.argv[0])
    if called.stem != "commissioning":
        return "commissioning"
    known = shutil.which("commissioning")
    if called.parent == Path(".") or (known and Path(known).resolve() == called.resolve()):
        return "commissioning"
    try:
        shown = str(called.absolute().relative_to(Path.cwd()))
    except ValueError:
        shown = str(called)
    return f'"{shown}"' if " " in shown else shown


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


@contextmanager
def moving(words: str, every: float = 1.0) -> Iterator[None]:
    """Say on a terminal what is being worked at and for how many seconds, and take it away after; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield
        return
    done, longest = threading.Event(), 0

    def tell() -> None:
        nonlocal longest
        for number in count():
            said = f"{words} {number * every:.0f} s"
            longest = max(longest, len(said))
            print(f"\r{said}", end="", file=sys.stderr, flush=True)
            if done.wait(every):
                return

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
        print(f"\r{' ' * longest}\r", end="", file=sys.stderr, flush=True)

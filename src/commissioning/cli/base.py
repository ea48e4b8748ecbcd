"""What the commands share: the application they belong to, the book that is meant, and a user's mistake."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commissioning import __version__
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


def home(root: Path | None) -> Path:
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

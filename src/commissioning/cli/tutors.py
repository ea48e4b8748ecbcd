"""Commands for what a tutor, or a learner, takes away from the book: anki."""

from __future__ import annotations

from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from commissioning.book import read_book
from commissioning.cli.base import Mistake, Root, app, home, named, say
from commissioning.source.extras import install_line


@app.command()
def anki(
    chapters: Annotated[list[str] | None, typer.Argument(help="Chapters by id; all of them if none is named.")] = None,
    out: Annotated[Path, typer.Option(parser=named, help="The folder to write into.")] = Path("anki"),
    site: Annotated[str, typer.Option(help="The address of a published book, to which each card then links.")] = "",
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the edition; today if none is given.")
    ] = None,
    root: Root = None,
) -> None:
    """Write the closing questions as Anki decks: one a chapter, and one for all. Importing a later one keeps history.

    Example: commissioning anki who-decides --out decks
    """
    if find_spec("genanki") is None:
        raise Mistake(f"genanki, which writes decks, is not installed. Type: {install_line('tutor')}")
    from commissioning.tutor import anki as decks

    book = read_book(home(root))
    wanted = list(dict.fromkeys(chapters or book.chapters))
    for path in decks.write_decks(book, out, chapters=wanted, day=day.date() if day else date.today(), site=site):
        say(path)

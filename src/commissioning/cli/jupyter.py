"""Commands for Jupyter and for the data: notebooks, lab, place."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from commissioning.cli.base import Mistake, Root, app, home, named, say
from commissioning.source.extras import install_line


@app.command()
def notebooks(
    check_only: Annotated[bool, typer.Option("--check", help="Only say whether exercises/ is fresh.")] = False,
    root: Root = None,
) -> None:
    """Make exercises/ from solutions/: solution cells taken out, outputs too.

    Example: commissioning notebooks
    """
    from commissioning.jupyter import notebooks as made

    folder = home(root, writes=not check_only)
    stale = made.stale(folder)
    if check_only and stale:
        raise Mistake(f"exercises/ is stale: {', '.join(stale)}. Type 'commissioning notebooks'.")
    if not check_only:
        for path, kept in made.write_exercises(folder).items():
            say(path)
            if kept:
                say(f"  It had been edited here, and is made from solutions/. What stood there is kept: {kept}")
    else:
        say("exercises/ is fresh.")


@app.command()
def lab(
    folder: Annotated[
        Path, typer.Argument(parser=named, help="Your own folder: made if it is not there, never overwritten.")
    ],
    start: Annotated[bool, typer.Option(help="Start JupyterLab there.")] = True,
    root: Root = None,
) -> None:
    """Copy the chapters (as notebooks) and exercises into your own folder and start JupyterLab on it.

    What already stands there is left alone.

    Example: commissioning lab ~/casebook
    """
    from commissioning.jupyter import notebooks as made

    book = home(root)
    for path, is_new in made.write_lab(book, folder):
        say(f"{'wrote' if is_new else 'kept '} {path}")
    if start:
        if find_spec("jupyterlab") is None:
            raise Mistake(f"JupyterLab is not installed. Type: {install_line('lab')}")
        environment = {**os.environ, "COMMISSIONING_BOOK": str(book)}
        command = [sys.executable, "-m", "jupyterlab", str(folder)]
        raise typer.Exit(subprocess.run(command, check=False, env=environment).returncode)


@app.command()
def place(
    folder: Annotated[Path, typer.Argument(parser=named, help="Where to write the CSV files.")],
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
        raise Mistake(f"{error.filename}: {error.strerror}. Name another folder, or say --replace.") from None
    for path in written:
        say(path)

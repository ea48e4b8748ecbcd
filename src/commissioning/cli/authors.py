"""Commands for authors that look and change nothing: check, guess, prose, facts, schema."""

from __future__ import annotations

from datetime import datetime
from errno import EEXIST
from pathlib import Path
from typing import Annotated

import typer

from commissioning import book, check
from commissioning.check import schemas
from commissioning.cli.base import Mistake, Root, app, home, moving, named, say
from commissioning.source.root import is_installed


@app.command("check")
def check_book(
    release: Annotated[bool, typer.Option("--release", help="Also refuse facts that are due for review.")] = False,
    day: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day of the release; without it, today.")
    ] = None,
    owed: Annotated[bool, typer.Option("--owed", help="Print the faults that book/owed.yaml lists as owed.")] = False,
    limits: Annotated[
        bool, typer.Option("--shares", help="Print of each stated limit what share of ways keeps within it.")
    ] = False,
    root: Root = None,
) -> None:
    """Find every fault in chapters, decisions, questions, sessions, facts, glossary and the pages about them.

    Example: commissioning check --release --on 2027-06-01
    """
    folder = home(root)
    if owed:
        for line in check.owed_in_words(book.read_book(folder)):
            say(line)
        return
    if limits:
        for line in check.shares(book.read_book(folder)):
            say(line)
        return
    if not is_installed(folder):
        try:
            schemas.write_schemas(folder / ".schemas")
        except OSError as error:  # a book may be read only, a disk full: it can be checked all the same
            if error.errno == EEXIST:
                raise
    on = (day or datetime.now()).date() if release or day else None
    with moving("Checking the book:"):
        faults, known = check.find_all_and_owed(folder, release=on)
    for fault in faults:
        say(str(fault), err=True)
    if faults:
        raise Mistake(f"{len(faults)} fault{'s' if len(faults) > 1 else ''} found.")
    say(summary(book.read_book(folder)))
    if known:
        say(f"{len(known)} faults are still owed: 'commissioning check --owed' prints them.")


@app.command()
def guess(root: Root = None) -> None:
    """Print what readers of form alone (the longest option, no "so", the last ...) get right against chance.

    Example: commissioning guess
    """
    for line in check.guessed(book.read_book(home(root))):
        say(line)


@app.command()
def prose(root: Root = None) -> None:
    """Print for each page how its consequences end, its nameless people, terms, figures and lengths of sentences.

    Example: commissioning prose
    """
    for line in check.prose_of(book.read_book(home(root))):
        say(line)


def summary(whole: book.Book) -> str:
    """One line that says what was checked."""
    decisions = sum(len(chapter.decisions) for chapter in whole.chapters.values())
    questions = sum(len(c.questions.model) for c in whole.chapters.values() if c.questions)
    return (
        f"No faults: {len(whole.chapters)} chapters, {decisions} decisions, {questions} questions, "
        f"{len(whole.facts)} facts, {len(whole.sources)} sources, {len(whole.glossary)} terms."
    ).replace("1 chapters", "1 chapter")


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
    whole = book.read_book(home(root))
    if due is None:
        old = check.stale(whole, (day or datetime.now()).date())
        for dated, where, text in old:
            say(f"{dated or 'no date   '}  {where:38} {text}")
        say(f"{len(old)} statements about today rest on evidence older than 24 months, or without a date.")
        return
    listed = check.facts_due(whole, due.date())
    for name, fact in listed:
        say(f"{fact.review_by}  {name:28} {fact.claim}")
    say(f"{len(listed)} of {len(whole.facts)} facts are due by {due.date()}.")


@app.command()
def schema(
    folder: Annotated[Path, typer.Argument(parser=named, help="Where to write them.")] = Path(".schemas"),
) -> None:
    """Write the JSON Schema of each kind of file, for editors that complete and validate YAML.

    Example: commissioning schema .schemas
    """
    for path in schemas.write_schemas(folder):
        say(path)

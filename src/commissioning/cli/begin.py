"""Commands that begin, rename, move and take out: `new decision`, `new chapter`, `rename`, `move`, `remove`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from commissioning import book
from commissioning.book import chapters, naming, own, starters
from commissioning.check.chapters import find_in_head
from commissioning.cli.base import Mistake, Root, app, home, named, new, say
from commissioning.source.faults import Faults


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
    folder = home(root, writes=True)
    try:
        path = starters.write_starter(folder, kind, chapter, name=name)
    except ValueError as error:
        raise Mistake(str(error)) from None
    say(f"Wrote {starters.shown(folder, path)}")
    say(f"\nTo show it, put this cell into book/{chapter}/index.md, where a learner should meet it:\n")
    say(f"{starters.cell_for(path)}\n")
    say("Then replace its words, and type 'commissioning check' as you go.")


@new.command("chapter")
def new_chapter(
    slug: Annotated[str, typer.Argument(help="The name of its folder: small letters, figures and hyphens.")],
    title: Annotated[str, typer.Option(help="Its title, as readers see it.")],
    number: Annotated[int | None, typer.Option(help="Its number; without it, the next that is free.")] = None,
    case: Annotated[str | None, typer.Option(help="The reference it retells; without it, the book's first.")] = None,
    root: Root = None,
) -> None:
    """Write a small chapter that works: a page, a decision, questions and a session; and enter it in the contents.

    Example: commissioning new chapter a-queue-at-eight --title "A queue at eight"
    """
    folder = home(root, writes=True)
    try:
        written = chapters.new_chapter(folder, slug, title, number=number, case=case)
    except ValueError as error:
        raise Mistake(str(error)) from None
    for path in written:
        say(f"Wrote {starters.shown(folder, path)}")
    say(
        "\nIt can be built as it stands. Then replace its words, and type 'commissioning check' as you go: "
        "it names what is still the starting file's. Further decisions: commissioning new decision --chapter " + slug
    )


@app.command()
def copy(
    folder: Annotated[Path, typer.Argument(parser=named, help="A new folder, for a book of your own.")],
    root: Root = None,
) -> None:
    """Copy the whole book into a folder of your own, where it can be changed and built.

    Example: commissioning copy my-book
    """
    from commissioning.jupyter.notebooks import note_copied

    made = own.copy_book(home(root), folder)
    with suppress(Faults):  # 'commissioning check' names them
        note_copied(made)
    say(f"Copied to {made}. Go there and type 'commissioning check', or 'commissioning read --watch'.")


@app.command()
def rename(
    chapter: Annotated[str, typer.Argument(help="The name of the chapter's folder.")],
    title: Annotated[str | None, typer.Option(help="Its new title.")] = None,
    folder: Annotated[str | None, typer.Option(help="The new name of its folder, which is its address.")] = None,
    root: Root = None,
) -> None:
    """Give a chapter another title, or its folder another name, in every file that names it.

    Readers' answers to its closing questions are kept under the folder's name: rename that before anybody has read it.

    Example: commissioning rename buying-help --title "Buying help"
    """
    if title is None and folder is None:
        raise typer.BadParameter("give --title, --folder, or both.")
    where = home(root, writes=True)
    try:
        written = [] if title is None else chapters.retitle(where, chapter, title)
        written += [] if folder is None else chapters.rename(where, chapter, folder)
    except ValueError as error:
        raise Mistake(str(error)) from None
    _changed(where, written)
    if folder is not None:
        say(
            f"\nIts address is now book/{folder}/index.html. Answers that readers gave to its closing questions, and "
            f"what they wrote for a portfolio, stay in their browsers under '{chapter}', and in My record."
        )


@app.command()
def move(
    chapter: Annotated[str, typer.Argument(help="The name of the chapter's folder.")],
    to: Annotated[int, typer.Option(help="Its new number. A chapter that has it moves up by one.")],
    root: Root = None,
) -> None:
    """Give a chapter another number and the place in the contents that goes with it.

    What then no longer holds is named: a chapter that recalls a question of one that now comes after it.

    Example: commissioning move buying-help --to 4
    """
    folder = home(root, writes=True)
    try:
        changed = chapters.move(folder, chapter, to)
    except ValueError as error:
        raise Mistake(str(error)) from None
    for slug, (old, new_number) in changed.items():
        say(f"Chapter {old} is now {new_number}: {slug}")
    if said := naming.numbers_said(folder, (old for old, _ in changed.values())):
        say("\nThe words of these lines name a chapter by its old number:\n")
        for place in said:
            say(place)
    whole = book.read_book(folder)
    faults = [fault for one in whole.chapters.values() for fault in find_in_head(whole, one)]
    if faults:
        say("\nWhat does not hold any more:\n")
        for fault in faults:
            say(str(fault))
    say("\nType 'commissioning check' to see whether the rest holds.")


@app.command()
def remove(
    chapter: Annotated[str, typer.Argument(help="The name of the chapter's folder.")],
    root: Root = None,
) -> None:
    """Take a chapter out of the book. Its files are kept, in removed/, which is never built.

    Example: commissioning remove a-queue-at-eight
    """
    folder = home(root, writes=True)
    named = naming.named_in(folder, chapter)
    there = chapters.remove(folder, chapter)
    say(f"Took '{chapter}' out of the contents. All of it lies in {starters.shown(folder, there)}/")
    left = [place for place in named if not place.startswith("_toc.yml:")]
    if left:
        say("\nIt is still named here; take it out, and 'commissioning check' says whether all is well:\n")
        for place in left:
            say(place)


def _changed(folder: Path, written: list[Path]) -> None:
    """Say what was written, and make the exercises that follow from it."""
    from commissioning.jupyter.notebooks import write_exercises

    made = write_exercises(folder) if (folder / "solutions").is_dir() else {}
    for path in dict.fromkeys(written):
        say(f"Changed {starters.shown(folder, path)}")
    for path, kept in made.items():
        if kept:
            said = "had been edited here, and is made from solutions/. What stood there is kept:"
            say(f"{starters.shown(folder, path)} {said} {starters.shown(folder, kept)}")

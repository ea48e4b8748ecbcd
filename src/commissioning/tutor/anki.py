"""The closing questions as Anki decks: one for each chapter, and one for the book, whose cards are the same cards.

A note's GUID comes from its question's id alone. So an edited wording updates the card that a learner has, with its
history, and makes no second one. Anki matches note types by id and fields: one that gained a field would make it drop
every later update without a word, so `FIELDS` is final, and what a later edition wants goes into a spare one.

A card leans on facts, and a fact is to be looked at again by a day. Past that day the card says so before it asks, has
the tag `overdue`, and is suspended in the package. Anki heeds the last only where "Import any learning progress" is
ticked, and leaves what a collection holds already as its owner set it; hence the tag, by which all can be suspended.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import genanki

from commissioning.book import Book
from commissioning.book.compile import Exercise, compile_questions
from commissioning.page import LETTERS
from commissioning.source import markdown
from commissioning.source.whole import write_whole

MODEL_ID = 1_650_113_001
FIELDS = ("Id", "Question", "Answer", "Why", "Source", "As at", "Overdue", "Link", "Spare 1", "Spare 2", "Spare 3")
"""Final: see above. Anki sorts by the first."""
ROOT = "The Commissioning Casebook"
LINKS = re.compile(r"</?a\b[^>]*>")
"""The words of a link stay, and its source stands below the answer."""
FRONT = '{{#Overdue}}<p class="date">{{Overdue}}</p>{{/Overdue}}<div class="ask">{{Question}}</div>'
BACK = """\
{{FrontSide}}
<hr id="answer">
<div class="answer">{{Answer}}</div>
<div class="why">{{Why}}</div>
{{#As at}}<p class="date">{{As at}}</p>{{/As at}}
{{#Source}}<div class="source">{{Source}}</div>{{/Source}}
<p class="link">{{Link}}</p>"""
CSS = """\
.card { font: 18px/1.5 Georgia, serif; max-width: 38em; margin: 0 auto; padding: 1em; text-align: left; }
.card { color: #1d2433; background: #fffdf8; }
.nightMode.card { color: #ece8df; background: #15181f; }
ol { list-style: upper-alpha; padding-left: 1.6em; }
.answer { font-weight: bold; }
.why, .date, .source, .link { font-family: system-ui, sans-serif; font-size: 15px; }
.date { font-weight: bold; }
.source, .link { opacity: 0.75; }
li + li { margin-top: 0.3em; }
"""


class _Note(genanki.Note):  # type: ignore[misc]
    """A note that is known by its question's id, and a card that may enter suspended."""

    def __init__(self, exercise: Exercise, fields: list[str]) -> None:
        suspended = bool(fields[FIELDS.index("Overdue")])
        tags = [exercise.chapter, "overdue"] if suspended else [exercise.chapter]
        super().__init__(model=_model(), fields=fields, guid=genanki.guid_for(ROOT, exercise.id), tags=tags)
        for card in self.cards:
            card.suspend = suspended


def write_decks(book: Book, folder: Path, *, chapters: Iterable[str], day: date, site: str = "") -> list[Path]:
    """Write a deck for each chapter and, if there are several, one for them all. Returns the files.

    `day` is the day of the edition: facts due before it are overdue, and Anki takes a later day's words for newer.
    From one book, two decks of one day are the same bytes. `site` is the address at which the book is published; each
    card then links to its place there. Raises LookupError for an unknown chapter.
    """
    folder.mkdir(parents=True, exist_ok=True)
    asked = {slug: compile_questions(book, slug) for slug in chapters}
    decks = {slug: _deck(book, slug, questions, day, site) for slug, questions in asked.items() if questions}
    made = {slug: [deck] for slug, deck in decks.items()}
    if len(decks) > 1:
        made["the-whole-book"] = list(decks.values())
    return [_written(folder / f"{name}.apkg", some, day) for name, some in made.items()]


def due(exercise: Exercise, book: Book, day: date) -> date | None:
    """The day by which the first of an exercise's facts was to be looked at again, if that is before `day`."""
    days = [book.facts[note.id].review_by for note in exercise.notes if note.id in book.facts]
    first = min(days, default=None)
    return first if first and first < day else None


def fields_of(exercise: Exercise, book: Book, day: date, site: str = "") -> list[str]:
    """What a question's note holds, in the order of FIELDS, as HTML."""
    question, answer, why = _said(exercise.content)
    page = f"{book.chapter(exercise.chapter).docname}.html#{exercise.id}"
    title = escape(_titled(book, exercise.chapter))
    link = (
        f'<a href="{escape(site.rstrip("/"))}/{page}">{title}</a>' if site else f"{title}, question {exercise.number}"
    )
    dates = "; ".join(dict.fromkeys(note.as_at for note in exercise.notes if note.as_at))
    as_at = escape(f"As at: {dates}.") if dates else ""
    leans = [_sources(exercise), as_at, _overdue(exercise, book, day)]
    return [exercise.id, question, answer, why, *leans, link, "", "", ""]


def _said(content: Any) -> tuple[str, str, str]:
    """The question, the answer and the reasons: of each option where there are some, else the points it should hold."""
    ask = _html(content.ask)
    if content.kind == "short-answer":
        points = "".join(f"<li>{_line(point)}</li>" for point in content.points)
        return ask, _html(content.answer), f"<ul>{points}</ul>"
    if content.kind != "best-answer":
        raise TypeError(f"no card can be made of a closing question of kind '{content.kind}'.")
    letters = dict(zip(content.options, LETTERS, strict=False))
    choices = "".join(f"<li>{_line(option.text)}</li>" for option in content.options.values())
    key = content.options[content.key]
    others = "".join(
        f"<li><b>{letters[name]}</b> {_line(option.explanation)}</li>"
        for name, option in content.options.items()
        if name != content.key
    )
    answer = f"{letters[content.key]}. {_line(key.text)}"
    return f"{ask}<ol>{choices}</ol>", answer, f"{_html(key.explanation)}<ul>{others}</ul>"


def _overdue(exercise: Exercise, book: Book, day: date) -> str:
    """Since when a fact of the card is overdue, in words; empty if none is."""
    since = due(exercise, book, day)
    return f"A fact on this card was to be looked at again by {since.day} {since:%B %Y}." if since else ""


def _sources(exercise: Exercise) -> str:
    lines = [f"<li>{escape(note.claim)} {escape(note.citation)}</li>" for note in exercise.notes]
    return f"<ul>{''.join(lines)}</ul>" if lines else ""


def _html(text: str) -> str:
    return LINKS.sub("", markdown.html(text, lambda target: {}))


def _line(text: str) -> str:
    return LINKS.sub("", markdown.inline_html(text, lambda target: {}))


def _titled(book: Book, slug: str) -> str:
    chapter = book.chapter(slug)
    return f"{chapter.head.model.number}. {chapter.title}"


def _model() -> genanki.Model:
    return genanki.Model(
        MODEL_ID,
        "Commissioning Casebook question",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Recall", "qfmt": FRONT, "afmt": BACK}],
        css=CSS,
    )


def _deck(book: Book, slug: str, questions: list[Exercise], day: date, site: str) -> genanki.Deck:
    number = int.from_bytes(hashlib.sha256(f"{ROOT}/{slug}".encode()).digest()[:4], "big") % (1 << 30) + (1 << 30)
    chapter = book.chapter(slug)
    deck = genanki.Deck(number, f"{ROOT}::{chapter.head.model.number:02} {chapter.title}")
    for exercise in questions:
        deck.add_note(_Note(exercise, fields_of(exercise, book, day, site)))
    return deck


def _written(path: Path, decks: list[genanki.Deck], day: date) -> Path:
    """A package whose bytes come from its cards and its day, and from no clock."""
    noon = datetime.combine(day, time(12), UTC)
    made = BytesIO()
    with TemporaryDirectory() as folder:
        raw = Path(folder, "raw.apkg")
        genanki.Package(decks).write_to_file(str(raw), timestamp=noon.timestamp())
        with zipfile.ZipFile(raw) as package, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again:
            for name in sorted(package.namelist()):
                again.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), package.read(name), zipfile.ZIP_DEFLATED)
    write_whole(path, made.getvalue())
    return path

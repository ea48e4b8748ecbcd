"""A figure about the world is cited where it is printed.

Held to this are sentences of a chapter's page that print a share, a sum of money or a count of a thousand and more, and
hold no citation. Left out are stories and sentences that name Larkmere or one of its people, whose figures are the
book's own; what the authors say of their own work ("we tried 17,000 towns") or to the reader; questions; and the
width of an interval. A year or a small number is no evidence by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from commissioning.book import Book, Chapter
from commissioning.book.pages import People
from commissioning.check import around
from commissioning.check.figures import Figure, figures
from commissioning.source.faults import Fault

STORY = re.compile(r"^(:{3,})\{(?:story|exercise|margin)\}.*?^\1\s*$", re.S | re.M)
CITED = re.compile(r"\{(?:fact|figure|place|source|cite[a-z:]*)\}`|\]\(")
SENTENCE = re.compile(r"(?<=[.!?])[”’\"'*]*\s+(?=[“‘\"'*{A-Z])|\n\s*\n|\n(?=\s*(?:[-*:#]|\d+\.) )")
OURS = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s|[Yy]ou|[Yy]our|the game|this book|the lab|runs?)\b")
INTERVAL = re.compile(r"% (?:confidence |credible |prediction )?(?:intervals?|limits?)\b")
LARGE = 1_000


def find(book: Book) -> Iterator[tuple[str, Fault]]:
    """Sentences of chapters that print such a figure and cite nothing, with their page."""
    people: People | None = book.about["people"].model if "people" in book.about else None
    named = {"Larkmere", *(part for one in (people.larkmere.values() if people else ()) for part in one.name.split())}
    for slug, chapter in book.chapters.items():
        for at, figure in _uncited(chapter, named):
            line = chapter.text_starts + chapter.text.count("\n", 0, at)
            wrong = f"'{figure.written}' is printed here, and the sentence cites nothing."
            right = "Cite the fact or the lab's figure that says so."
            yield slug, Fault(chapter.path / "index.md", line, "", wrong, right)


def _uncited(chapter: Chapter, named: set[str]) -> Iterator[tuple[int, Figure]]:
    text = around.FENCE.sub(_blank, STORY.sub(_blank, chapter.text))
    begins = 0
    for cut in (*SENTENCE.finditer(text), None):
        sentence = text[begins : cut.start() if cut else len(text)]
        own = named & set(re.findall(r"[A-Z]\w+", sentence))
        is_question = sentence.rstrip().endswith("?")
        if not (CITED.search(sentence) or OURS.search(sentence) or own or is_question):
            shown = INTERVAL.sub("", around.DIRECTIVE.sub("", sentence))
            yield from ((begins, one) for one in figures(shown) if _is_evidence(one))
        begins = cut.end() if cut else begins


def _is_evidence(figure: Figure) -> bool:
    return figure.kind in ("share", "money") or (figure.kind == "count" and figure.value >= LARGE)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())

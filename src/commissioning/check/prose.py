"""The prose of each page, counted as a reader meets it, and the budgets it is held to.

Budgets (from what two strict readers said of the first six chapters):

    dry endings     at most 1 consequence in 7 may end on a sentence of 8 words or fewer
    nameless        "nobody", "no one", "somebody", "someone" at most 1.5 times in 1,000 words
    unexplained     a term of the glossary is linked where a page first uses it: none may stand before its link
                    (terms of one ordinary word, such as "place", cannot be told from the word and are left out)
    figures         at most three figures in a paragraph; dates, years and the numbers of people's homes do not count
    sentences       median at most 16 words, nine in ten at most 32

The page's words are those of index.md, its decisions, its closing questions and, where there is a game, both tellings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from commissioning.book import Book, Chapter
from commissioning.check import around
from commissioning.game.words import words_sheet
from commissioning.kinds import explained
from commissioning.source import markdown
from commissioning.source.faults import Fault
from commissioning.source.files import authored
from commissioning.source.sheets import Sheet
from commissioning.source.tree import Trail

DRY_WORDS, DRY_SHARE = 8, 1 / 7
NAMELESS_PER_1000 = 1.5
MOST_FIGURES = 3
MEDIAN, NINTH_DECILE = 16, 32
LEAST_SENTENCES, LEAST_CONSEQUENCES = 30, 7
NAMELESS = re.compile(r"\b(?:nobody|no one|somebody|someone)\b", re.I)
SENTENCE = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘(\[]?[A-Z0-9£])")
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"\b\d{{1,2}} (?:{MONTH})\b|\b(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?s?\b")
NUMBERED = re.compile(r"^ *\d+\.(?= )", re.M)
"""The number of a list's item, which is not a figure."""
FIGURE = re.compile(r"(?<![\w.,])[£−-]?\d[\d,]*(?:\.\d+)?(?:%|(?:st|nd|rd|th)\b)?(?![\d])")
TERM = re.compile(r"\{term\}`(?:([^`<]*?)\s*<([^>`]+)>|([^`]+))`", re.S)
NOT_READ = {"kind", "outcomes", "sources", "key", "goto", "when", "chart", "at", "key_status", "era", "expression"}


@dataclass(frozen=True)
class Said:
    """One text of a page, and where it stands."""

    path: Path
    line: int
    trail: str
    text: str
    is_consequence: bool = False


@dataclass(frozen=True)
class Page:
    """What was counted on one page."""

    slug: str
    words: int
    sentences: list[int] = field(repr=False)
    consequences: int
    dry: list[Said]
    nameless: list[Said]
    unexplained: list[tuple[Said, str]]
    crowded: list[tuple[Said, int]]

    @property
    def nameless_rate(self) -> float:
        """Nobody and somebody in 1,000 words."""
        return 1000 * len(self.nameless) / self.words if self.words else 0.0

    @property
    def spread(self) -> tuple[float, float]:
        """The median and the ninth decile of the words of a sentence; zeros where there are too few to say."""
        if len(self.sentences) < LEAST_SENTENCES:
            return 0.0, 0.0
        return float(median(self.sentences)), quantiles(self.sentences, n=10)[-1]


def sentences(text: str) -> list[str]:
    """The sentences of a plain text."""
    return [part for part in SENTENCE.split(" ".join(text.split())) if part.strip()]


def said(book: Book, chapter: Chapter) -> Iterator[Said]:
    """Every text that a reader of this page may meet, the page's own paragraphs first."""
    line = chapter.text_starts
    for block in re.split(r"(\n\s*\n)", around.FENCE.sub(_blank, chapter.text)):
        if block.strip() and not block.lstrip().startswith(("#", "|")):
            text = around.prose(NUMBERED.sub("", block))
            if text.strip():
                yield Said(chapter.path / "index.md", line + block[: -len(block.lstrip())].count("\n"), "", text)
        line += block.count("\n")
    for sheet in (*chapter.decisions.values(), *([chapter.questions] if chapter.questions else [])):
        yield from _of_sheet(sheet)
    yield from _of_game(chapter)


def _blank(found: re.Match[str]) -> str:
    return "\n" * found.group().count("\n")


def _of_sheet(sheet: Sheet[Any]) -> Iterator[Said]:
    happens: set[Trail] = set()
    if hasattr(sheet.model, "model_dump"):
        parts: Any = sheet.model.model_dump(by_alias=True)
        happens = {trail for trail, role, _ in explained(sheet.model) if role == "consequence"}
    else:
        parts = {name: part.model_dump(by_alias=True) for name, part in sheet.model.items()}
    for trail, text in _texts(parts):
        plain = markdown.plain(text)
        yield Said(sheet.path, sheet.line(trail), sheet.fault(trail, "").trail, plain, trail in happens)


def _texts(value: Any, trail: Trail = ()) -> Iterator[tuple[Trail, str]]:
    if isinstance(value, str):
        yield trail, value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in NOT_READ:
                yield from _texts(part, (*trail, key))
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield from _texts(part, (*trail, index))


def _of_game(chapter: Chapter) -> Iterator[Said]:
    """Both tellings of a chapter's game."""
    for path in authored(chapter.path, "words-*.yaml"):
        sheet = words_sheet(chapter.path.parents[1], path.stem.removeprefix("words-"))
        for trail, text in _texts(sheet.model.model_dump(by_alias=True)):
            where = sheet.fault(trail, "").trail
            yield Said(path, sheet.line(trail), where, markdown.plain(text), trail[-1:] == ("consequence",))


def count(book: Book, chapter: Chapter) -> Page:
    """What stands on one page."""
    texts = list(said(book, chapter))
    happening = [one for one in texts if one.is_consequence]
    dry = [one for one in happening if len(sentences(one.text)[-1].split()) <= DRY_WORDS]
    crowded = [(one, many) for one in texts if (many := _most_figures(one.text)) > MOST_FIGURES]
    return Page(
        chapter.slug,
        sum(len(one.text.split()) for one in texts),
        [len(part.split()) for one in texts for part in sentences(one.text) if len(part.split()) > 1],
        len(happening),
        dry,
        [one for one in texts for _ in NAMELESS.findall(one.text)],
        list(_unexplained(book, chapter)),
        crowded,
    )


def figures(text: str) -> list[str]:
    """The figures of a paragraph: neither years nor days of a month."""
    return FIGURE.findall(DATE.sub("", text))


def _most_figures(text: str) -> int:
    """The figures of the paragraph that has most; a table is none."""
    lines = "\n".join("" if line.lstrip().startswith("|") else line for line in text.splitlines())
    return max(len(figures(paragraph)) for paragraph in re.split(r"\n\s*\n", lines))


def _unexplained(book: Book, chapter: Chapter) -> Iterator[tuple[Said, str]]:
    """Terms of the glossary that the page's own text uses before it links them, each once, where they stand first."""
    text = around.FENCE.sub(_blank, chapter.text)
    linked: dict[str, int] = {}
    for found in TERM.finditer(text):
        target = " ".join((found.group(2) or found.group(3)).split()).lower()
        for slug, entry in book.glossary.items():
            if target in (slug, entry.term.lower()):
                linked.setdefault(slug, found.start())
    hidden = TERM.sub(lambda found: " " * len(found.group()), text)
    hidden = re.sub(r"^(?:#.*|[`:]{3,}.*|:[a-z-]+:.*)$", lambda found: " " * len(found.group()), hidden, flags=re.M)
    for slug, entry in book.glossary.items():
        if not _is_telling(entry.term):
            continue
        pattern = rf"(?<![\w-]){re.escape(entry.term)}s?(?![\w-])".replace(r"\ ", r"\s+")
        at = re.search(pattern, hidden, _case(entry.term))
        if at and at.start() < linked.get(slug, len(text) + 1):
            line = chapter.text_starts + text.count("\n", 0, at.start())
            yield Said(chapter.path / "index.md", line, "", at.group()), entry.term


def _is_telling(term: str) -> bool:
    """Whether a term cannot be taken for an ordinary word: "place" and "reach" can, "area team" and "ICB" cannot."""
    return len(term.split()) > 1 or any(letter.isupper() for letter in term[1:])


def _case(term: str) -> int:
    return 0 if any(letter.isupper() for letter in term[1:]) else re.IGNORECASE


def find(book: Book) -> Iterator[tuple[str, Fault]]:
    """Every budget that a page exceeds, at the first place where it can be mended."""
    for slug, chapter in book.pages.items():
        for fault in _over(count(book, chapter), chapter):
            yield slug, fault


def _over(page: Page, chapter: Chapter) -> Iterator[Fault]:
    if page.consequences >= LEAST_CONSEQUENCES and len(page.dry) > DRY_SHARE * page.consequences:
        wrong = f"{len(page.dry)} of {page.consequences} consequences of this page end on {DRY_WORDS} words or fewer."
        at = page.dry[0]
        right = f"At most {int(DRY_SHARE * page.consequences)}: end on what follows."
        yield Fault(at.path, at.line, at.trail, wrong, right)
    if page.nameless_rate > NAMELESS_PER_1000:
        at, many = page.nameless[0], len(page.nameless)
        wrong = f"nobody, no one, somebody or someone stands {many} times in {page.words:,} words of this page."
        most = int(NAMELESS_PER_1000 * page.words / 1000)
        yield Fault(at.path, at.line, at.trail, wrong, f"At most {most} ({NAMELESS_PER_1000} in 1,000): name them.")
    for at, term in page.unexplained:
        wrong = f"'{term}' is in the glossary, and stands here before this page links it."
        yield Fault(at.path, at.line, "", wrong, "Write {term}`" + term.lower() + "` here, or explain it in words.")
    for at, many in page.crowded:
        wrong = f"{many} figures stand in this paragraph."
        yield Fault(at.path, at.line, at.trail, wrong, f"At most {MOST_FIGURES}: cut some, or make it a table.")
    middle, ninth = page.spread
    if middle > MEDIAN or ninth > NINTH_DECILE:
        wrong = f"half of this page's sentences have over {middle:g} words, and one in ten over {ninth:g}."
        yield chapter.head.fault((), wrong, f"At most {MEDIAN} and {NINTH_DECILE}.")


def table(book: Book) -> Iterator[str]:
    """The lines of a table: each page with what was counted."""
    heads = f"{'dry ends':>11}{'nameless/1000':>15}{'unexplained':>13}{'crowded':>9}{'median':>8}{'p90':>6}"
    yield f"{'page':26}{'words':>7}{heads}"
    for chapter in book.pages.values():
        page = count(book, chapter)
        middle, ninth = page.spread
        yield (
            f"{page.slug:26}{page.words:>7,}{f'{len(page.dry)}/{page.consequences}':>11}{page.nameless_rate:>15.2f}"
            f"{len(page.unexplained):>13}{len(page.crowded):>9}{middle:>8g}{ninth:>6g}"
        )
    most = f"nameless {NAMELESS_PER_1000}, no term before its link, {MOST_FIGURES} figures in a paragraph"
    yield f"budgets: dry ends 1 in 7, {most}, median {MEDIAN}, p90 {NINTH_DECILE}"

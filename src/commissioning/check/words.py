"""Sense checks over the words of the book: nothing copied from the articles, nobody misnamed, no old body alive today.

`find` is called by `check.find`. It works on what a reader sees: roles, links and directives come off first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from itertools import pairwise
from pathlib import Path

from commissioning.book import Book
from commissioning.book.pages import People
from commissioning.book.uses import FRONT_MATTER, plain_parts, texts
from commissioning.check import overlap
from commissioning.check.game import sheets
from commissioning.source import markdown
from commissioning.source.faults import Fault
from commissioning.source.files import authored
from commissioning.source.sheets import read_utf8

ROLE = re.compile(r"\{[a-z:-]+\}`(?:([^`<]*?)\s*<[^`>]+>|([^`]+))`")
CODE = re.compile(r"^(`{3,})\{code-cell\}.*?^\1\s*$|^```[a-z]*\n.*?^```\s*$", re.S | re.M)
MARKS = re.compile(r"^\s*(:::+|```+).*$|^\s*:[a-z-]+:.*$|^\([\w-]+\)=$", re.M)
SENTENCE = re.compile(r"(?<=[.!?])[”’\"']?\s+(?=[“‘\"'A-Z])")
NOW_BLOCK = re.compile(r"^(:{3,})\{now\}.*?^\1\s*$", re.S | re.M)

GONE = re.compile(
    r"\b(?:clinical commissioning groups?|CCGs?|primary care trusts?|PCTs?|strategic health authorit(?:y|ies)"
    r"|NHS Commissioning Board|(?:local )?area teams?|quality surveillance groups?|commissioning support services?"
    r"|NHS PropCo|NHS Clinical Commissioners|Trust Development Authority)\b"
)
"""Bodies that no longer exist under that name. In a sentence about now they stand only as what was."""
TODAY = re.compile(r"\b(?:today|nowadays|these days|as at \d+|in 202[3-9]|since 202[2-9]|from 202[3-9])\b", re.I)
WAS = re.compile(
    r"\b(?:was|were|had|did|ended|closed|abolished|replaced|became|become|gave way|succe\w+|predecessors?|former(?:ly)?"
    r"|old|until|before|then|once|used to|no longer|went|gone|inherited|took|called|named|known|201\d|followed|left"
    r"|passed|merged|wrote|said|told|asked|bought|held|made|meant|began|came|not a|unlike|neither)\b",
    re.I,
)
TITLES = "Dr|Mr|Mrs|Ms|Miss|Cllr|Councillor|Professor|Prof|Sir|Dame|Lord|Baroness"
TITLED = re.compile(rf"\b(?:{TITLES})\s+((?:[A-Z][\w'’-]+ ?)+)")
CAPITALISED = re.compile(r"\b[A-Z][a-zé]+(?:-[A-Z][a-zé]+)?\b")
ALIKE = 0.85


@dataclass(frozen=True)
class Passage:
    """Some words as a reader sees them, what makes a fault at their place, and whether they are about today."""

    text: str
    fault: Callable[[str, str], Fault]
    is_now: bool = False


def find(book: Book) -> Iterator[Fault]:
    """Every fault of these."""
    hashes = overlap.read_hashes(book.root / "book" / "articles.txt")
    names = Names(book.about["people"].model) if "people" in book.about else None
    for passage in passages(book):
        yield from _in_copied(passage, hashes)
        yield from _in_bodies(passage)
        if names:
            yield from _in_names(passage, names)


# -- what a reader sees --------------------------------------------------------------------------------------------


def passages(book: Book) -> Iterator[Passage]:
    """Every paragraph of every page, and every text of every file that pages are made from."""
    for path in authored(book.root / "book", "**/*.md"):
        yield from of_page(path)
    about = [sheet for name, sheet in book.about.items() if name != "people"]
    for sheet in (*book.sheets, *about, *sheets(book.root)):
        is_now = getattr(sheet.model, "era", "") == "now" or getattr(sheet.model, "year", "") == "2026"
        for trail, text in texts(plain_parts(sheet.model)):
            if " " in text and trail[-1] not in ("title", "term", "who", "when"):
                yield Passage(markdown.plain(text), partial(sheet.fault, trail), is_now)


def of_page(path: Path) -> Iterator[Passage]:
    """The paragraphs of one page."""
    text = seen(read_utf8(path))
    now = [found.span() for found in NOW_BLOCK.finditer(text)]
    for found in re.finditer(r"(?:[^\n]+\n?)+", text):
        line = text.count("\n", 0, found.start()) + 1
        shown = markdown.LINK.sub(r"\1", MARKS.sub("", found.group())).replace("**", "").replace("*", "")
        is_now = any(start <= found.start() < end for start, end in now)
        if shown.strip():
            yield Passage(" ".join(shown.split()), partial(Fault, path, line, ""), is_now)


def seen(page: str) -> str:
    """A page without front matter, code and roles, each line still where it was."""

    def blank(found: re.Match[str]) -> str:
        return "\n" * found.group().count("\n")

    text = CODE.sub(blank, FRONT_MATTER.sub(blank, page))
    return ROLE.sub(lambda m: (m.group(1) or m.group(2)) + blank(m)[(m.group(1) or m.group(2)).count("\n") :], text)


# -- the three checks ----------------------------------------------------------------------------------------------


def _in_copied(passage: Passage, hashes: frozenset[str]) -> Iterator[Fault]:
    for run in overlap.shared(passage.text, hashes)[:1]:
        wrong = f"an article has these words in this order: '{run}'."
        yield passage.fault(wrong, f"Retell it, or quote at most {overlap.LONGEST_QUOTATION} words in quotation marks.")


def _in_bodies(passage: Passage) -> Iterator[Fault]:
    for sentence in SENTENCE.split(passage.text):
        body = GONE.search(sentence)
        if body and (passage.is_now or TODAY.search(sentence)) and not WAS.search(sentence):
            wrong = f"'{body.group()}' stands in a sentence about today."
            yield passage.fault(wrong, "Name what took its place, or say that it was.")


def _in_names(passage: Passage, names: Names) -> Iterator[Fault]:
    right = "Write it as book/people.yaml does, or add the person there."
    for found in TITLED.finditer(passage.text):
        named = [word.rstrip("’'").removesuffix("’s").removesuffix("'s") for word in found.group(1).split()]
        if not names.surnames.intersection(named):
            yield passage.fault(f"nobody of the name '{' '.join(named)}' is known.", right)
    for word in CAPITALISED.findall(passage.text):
        if near := names.misspelt(word):
            yield passage.fault(f"'{word}' looks like '{near}', misspelt.", right)
    for first, last in pairwise(re.findall(r"[\w'’-]+|[^\w\s]", passage.text)):
        own = names.pairs.get(first)
        if own and last not in own and last in names.surnames:
            yield passage.fault(f"'{first} {last}' is not one of the people.", right)


class Names:
    """Every surname the book may print, those of each first name of Larkmere, and what looks like one of them."""

    def __init__(self, people: People) -> None:
        named = [person.name for person in people.larkmere.values()]
        self.pairs: dict[str, set[str]] = {}
        for name in named:
            self.pairs.setdefault(name.split()[0], set()).add(name.split()[-1])
        self.surnames = {name.split()[-1] for name in [*named, *people.in_passing, *people.real]}
        self._parts = sorted({part for name in named for part in name.split() if len(part) > 4})
        self._seen: dict[str, str] = {}

    def misspelt(self, word: str) -> str:
        """The name of Larkmere that a word is a misspelling of; empty if it is none."""
        if word not in self._seen:
            alike = (name for name in self._parts if name != word and _alike(name, word))
            self._seen[word] = "" if word in self.surnames else next(alike, "")
        return self._seen[word]


def _alike(name: str, word: str) -> bool:
    if abs(len(name) - len(word)) > 2 or not set(name[:2].lower()) & set(word[:2].lower()):
        return False
    return SequenceMatcher(None, name, word).ratio() >= ALIKE

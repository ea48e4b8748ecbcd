"""What an author can type, paste or be sent, 10,000 times: mutated files of the fixture book, down the whole road.

`python benchmarks/hostile.py [how many]` writes each into a copy of the fixture book (decisions, questions, sessions,
facts, the glossary, references, a chapter's page), reads and checks the book and, where nothing is wrong, shows every
exercise. It prints how many were refused in words and how many were taken in, and every traceback by its last line; any
is exit code 1. The inputs come from a fixed seed, so that a finding can be made again.
"""

from __future__ import annotations

import random
import shutil
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fuzz import ROOT, SCRAPS, mutated

from commissioning import page
from commissioning.book import read_book
from commissioning.book.book import SHAPES, Book, Chapter, read_front_matter, read_sources
from commissioning.book.compile import compile_decision, compile_questions, compile_session
from commissioning.check import whole
from commissioning.check.exercises import find_in_exercise
from commissioning.source.faults import Faults
from commissioning.source.sheets import read_yaml

FIXTURE = ROOT / "tests" / "fixtures" / "book"
FILES, SEED, SLOW = 10_000, 11, 10.0
HOSTILE = [
    *SCRAPS, "!x ", "!!bool maybe", "!!set ", "!!omap ", "<<: [1]\n", "<<: {a: 1}\n", "%YAML 1.3\n---\n",
    "%YAML 1.1\n---\n",
    '"\\Uffffffff"', '"\\ud800"', "9" * 5000, "1" + "0" * 400, "0x" + "f" * 5000, "1e400", "-.inf", "0o8", "._", "_1",
    " #3 ", "&c ", "\u200b", "\u2066", "\x85", "\x07", "\ufffd", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n",
    "[" * 50, "{" * 50, "- " * 50, "? " * 50, "* " * 200, "[" * 500, "`" * 300, "](", "[x](y)", "<b>", "&#0;", "&nbsp;",
    "\\", "\\\\", "2013. ", "# ", "> ", "    ", "```\n", "|", "|2", ">9", "'" * 3, "2026-13-01", "12:30:45", "1_0", "+",
]  # fmt: skip


def hostile(text: str, chance: random.Random) -> str:
    """A text with a scrap put somewhere, in a value as often as anywhere, or mutated, or both."""
    if chance.random() < 0.4:
        text = mutated(text, chance)
    if chance.random() < 0.8:
        places = [at + 2 for at in range(len(text)) if text.startswith((": ", "- "), at)]
        at = chance.choice(places) if places and chance.random() < 0.7 else chance.randrange(len(text) + 1)
        end = text.find("\n", at) if chance.random() < 0.3 else at
        text = text[:at] + chance.choice(HOSTILE) + text[max(at, end) :]
    return text


def authored(book: Path) -> list[Path]:
    """Every file that an author writes in the fixture book, and that is read."""
    return sorted(path for path in book.rglob("*") if path.suffix in {".yaml", ".md", ".bib"} and path.is_file())


class Road:
    """The fixture book as read, and what one changed file of it leads to."""

    def __init__(self, root: Path) -> None:
        self.root, self.book = root, read_book(root)

    def go(self, path: Path) -> bool:
        """Whether the book with this file is whole. Raises Faults where the file cannot be read."""
        book = self.with_file(path)
        faults = list(self.find(book, path))
        words = [str(fault) for fault in faults]
        assert all(words)
        if not faults:
            self.show(book)
        return not faults

    def with_file(self, path: Path) -> Book:
        """The book as it would be read with this one file, without reading the others again."""
        name = path.stem
        if path.suffix == ".bib":
            return replace(self.book, sources=read_sources(path))
        for slug, chapter in self.book.chapters.items():
            if path.is_relative_to(chapter.path) and chapter.path.name != "book":
                return replace(self.book, chapters={**self.book.chapters, slug: with_part(chapter, path)})
        if name in ("facts", "glossary"):
            return replace(self.book, **{name: read_yaml(path, SHAPES[name]).model})
        if name in self.book.about:
            return replace(self.book, about={**self.book.about, name: read_yaml(path, SHAPES[name])})
        return read_book(self.root)

    def find(self, book: Book, path: Path) -> Iterator[Any]:
        """What is wrong with the book: of a decision, with itself; of anything else, with all."""
        if path.parent.name == "decisions":
            chapter = next(c for c in book.pages.values() if path.is_relative_to(c.path) and path.stem in c.decisions)
            yield from find_in_exercise(book, chapter, chapter.decisions[path.stem], ())
        else:
            yield from whole.find(book)

    def show(self, book: Book) -> None:
        """Every exercise and every tutor's page of the book, as HTML."""
        for chapter in book.pages.values():
            for name in chapter.decisions:
                page.render(compile_decision(book, name))
            page.questions_html(compile_questions(book, chapter.slug))
            if chapter.session:
                compile_session(book, chapter.slug)


def with_part(chapter: Chapter, path: Path) -> Chapter:
    """The chapter with one of its files read again."""
    if path.suffix == ".md":
        head, text, starts = read_front_matter(path)
        return replace(chapter, head=head or chapter.head, text=text, text_starts=starts)
    if path.parent.name == "decisions":
        return replace(chapter, decisions={**chapter.decisions, path.stem: read_yaml(path, SHAPES["decision"])})
    return replace(chapter, **{path.stem: read_yaml(path, SHAPES[path.stem])})


def run(times: int, seed: int = SEED) -> tuple[Counter[str], dict[str, str], float]:
    """Feed `times` files; counts, the tracebacks by their last line with the text that led there, the slowest."""
    chance, counts, broken, slowest = random.Random(seed), Counter[str](), dict[str, str](), 0.0
    with TemporaryDirectory() as folder:
        root = Path(folder, "book")
        shutil.copytree(FIXTURE, root)
        road, files = Road(root), authored(root / "book")
        whole_texts = {path: path.read_text(encoding="utf-8") for path in files}
        for _ in range(times):
            path = chance.choice(files)
            text = hostile(whole_texts[path], chance)
            path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
            start = time.process_time()
            try:
                counts["taken in" if road.go(path) else "refused in words: sense"] += 1
            except Faults as error:
                counts["refused in words: shape" if str(error).strip() else "refused without a word"] += 1
            except Exception as error:
                at = traceback.extract_tb(error.__traceback__)[-1]
                counts["tracebacks"] += 1
                broken.setdefault(
                    f"{type(error).__name__}: {str(error)[:90]} ({Path(at.filename).name}:{at.lineno})", text
                )
            slowest = max(slowest, time.process_time() - start)  # a machine that others use too says nothing of us
            path.write_text(whole_texts[path], encoding="utf-8")
    return counts, broken, slowest


OUTCOMES = ["taken in", "refused in words: shape", "refused in words: sense", "refused without a word", "tracebacks"]


def main() -> int:
    """Print the counts and what broke; 1 if anything did."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    start = time.perf_counter()
    counts, broken, slowest = run(times)
    print(f"{times:,} author files in {time.perf_counter() - start:,.0f} s; the slowest took {slowest:.2f} s.")
    for name in (
        "taken in",
        "refused in words: shape",
        "refused in words: sense",
        "refused without a word",
        "tracebacks",
    ):
        print(f"{name}: {counts[name]:,}")
    for name, text in broken.items():
        print(f"\n{name}\n{text[:1500]}")
    return 1 if broken or counts["refused without a word"] or slowest > SLOW else 0


if __name__ == "__main__":
    raise SystemExit(main())

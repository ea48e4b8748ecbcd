"""No sentence of the five articles is copied: no eight words of the book stand in the same order in one of them.

The articles are other people's, so their text is not kept here; `book/articles.txt` holds a short hash of every run of
eight words in them. A quotation of at most twelve words in quotation marks may share its words. To make the file anew
from the articles: `python -m commissioning.check.overlap one.txt two.txt > book/articles.txt`.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

RUN, LONGEST_QUOTATION, DIGITS = 8, 12, 10
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|(?<!\w)‘[^’]*’(?!\w)")
BREAK = "\0"


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: small letters, no punctuation, no apostrophes."""
    return [re.sub("['’]", "", word) for word in WORD.findall(text.lower())]


def runs_of(text: str) -> Iterator[tuple[str, ...]]:
    """Every eight words that follow one another."""
    words = words_of(text)
    yield from (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def hash_of(run: tuple[str, ...]) -> str:
    """Ten hexadecimal digits: by chance, one run in three hundred million would seem to be in the articles."""
    return hashlib.sha256(" ".join(run).encode()).hexdigest()[:DIGITS]


def without_quotations(text: str) -> list[str]:
    """The text in pieces, cut where a short quotation stood; a longer one stays."""

    def cut(found: re.Match[str]) -> str:
        return BREAK if len(words_of(found.group())) <= LONGEST_QUOTATION else found.group()

    return QUOTED.sub(cut, text).split(BREAK)


def shared(text: str, hashes: frozenset[str]) -> list[str]:
    """The runs of eight words that this text has in common with the articles, outside short quotations."""
    runs = (run for piece in without_quotations(text) for run in runs_of(piece))
    return [" ".join(run) for run in runs if hash_of(run) in hashes]


@lru_cache(maxsize=4)
def read_hashes(path: Path) -> frozenset[str]:
    """The hashes in a file: one to a line, and comments after '#'. Empty if there is no such file."""
    if not path.is_file():
        return frozenset()
    lines = path.read_text(encoding="utf-8").split("\n")
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def main(paths: list[str]) -> None:
    """Print the hashes of articles: sorted, so that nothing of their order remains."""
    texts = [Path(path).read_text(encoding="utf-8") for path in paths]
    found = sorted({hash_of(run) for text in texts for run in runs_of(text)})
    print(
        f"# Hashes of every run of {RUN} words in the five articles, not their text: see commissioning.check.overlap."
    )
    print("\n".join(found))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Builds that are killed at random moments, with edits between: what the next one builds equals a clean build.

`python benchmarks/killed_builds.py [how many]` lays a small book into a folder, and then, as often as asked: edits it
(a sentence, a decision, a figure, what a cell computes, a page more or less), starts `commissioning build`, kills it
and every kernel it started at a random moment, edits again, builds to the end, and compares every byte of the site with
a clean build of the same files elsewhere. Moments and edits come from a fixed seed. Exit code 1 if any differed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from test_same_bytes import MORE, bytes_of, differing  # noqa: E402
from test_sphinx_ext import FILES, write_book  # noqa: E402

KILLS, SEED = 30, 17
COMMAND = str(Path(sys.executable).with_name("commissioning"))
RISK, DECISION, FACTS = "book/risk/index.md", "book/risk/decisions/matron.yaml", "book/facts.yaml"
LAST_PAGE = ", {file: book/sources}"
MORE_PAGE = "book/more.md"
EDITS: dict[str, Callable[[Path], None]] = {
    "a sentence": lambda book: swap(book / "book/index.md", "Begin with", "Start with"),
    "a decision": lambda book: swap(book / DECISION, "Compare first", "Compare them first"),
    "a figure": lambda book: swap(book / FACTS, "about £76 a head", "around £76 a head"),
    "a cell": lambda book: swap(book / RISK, "precision=1", "precision=2"),
    "a page": lambda book: put_or_take(book),
}
"""Each changes the book, or changes it back."""


def swap(path: Path, old: str, new: str) -> None:
    """Put one wording in the place of the other, whichever stands there."""
    text = path.read_text(encoding="utf-8")
    old, new = (new, old) if new in text else (old, new)
    path.write_text(text.replace(old, new), encoding="utf-8")


def put_or_take(book: Path) -> None:
    """A page more in the contents, or one less."""
    contents, page = book / "_toc.yml", book / MORE_PAGE
    swap(contents, LAST_PAGE, f"{LAST_PAGE}, {{file: book/more}}")
    page.unlink() if page.exists() else page.write_text("# More\n\nA page more.\n", encoding="utf-8")


def start(book: Path) -> subprocess.Popen[bytes]:
    """A build in a group of processes of its own."""
    out = (book.parent / "said.txt").open("wb")
    return subprocess.Popen([COMMAND, "build", "--book", str(book)], stdout=out, stderr=out, start_new_session=True)


def built(book: Path) -> dict[str, bytes]:
    """The site of a build that went through. Raises RuntimeError with what it said."""
    if start(book).wait():
        raise RuntimeError((book.parent / "said.txt").read_text(encoding="utf-8")[-3000:])
    return bytes_of(book)


def kill(build: subprocess.Popen[bytes]) -> None:
    """End the build and all that it started, at once."""
    with suppress(ProcessLookupError):
        os.killpg(build.pid, signal.SIGKILL)
    build.wait()


def sources(book: Path) -> tuple[tuple[str, bytes], ...]:
    """What the book is built from."""
    files = sorted(path for path in (book / "book").rglob("*") if path.is_file())
    return tuple((path.relative_to(book).as_posix(), path.read_bytes()) for path in (*files, book / "_toc.yml"))


class Clean:
    """Clean builds of the same files, each made once."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.made = folder, dict[tuple[tuple[str, bytes], ...], dict[str, bytes]]()

    def of(self, book: Path) -> dict[str, bytes]:
        """The site that these files give in a folder where nothing has been built."""
        key = sources(book)
        if key not in self.made:
            shutil.rmtree(self.folder, ignore_errors=True)
            shutil.copytree(book, self.folder / "book", ignore=shutil.ignore_patterns("_build", ".*"))
            self.made[key] = built(self.folder / "book")
        return self.made[key]


def stage(book: Path) -> str:
    """How far the killed build had come."""
    mark = book / "_build" / "unfinished"
    if not mark.is_file():
        return "before it began, or after it had ended"
    newest = max((path.stat().st_mtime, path.suffix) for path in (book / "_build").rglob("*") if path.is_file())[1]
    return {".html": "as pages were written", ".doctree": "as pages were read"}.get(newest, "between")


def run(times: int) -> tuple[Counter[str], list[str]]:
    """Kill `times` builds; where they were, and what was not as it should be."""
    chance, stages, wrong = random.Random(SEED), Counter[str](), list[str]()
    with TemporaryDirectory() as folder:
        files = FILES | {RISK: FILES[RISK] + MORE}
        book, clean = write_book(Path(folder, "killed", "book"), files), Clean(Path(folder, "clean"))
        began = time.monotonic()
        built(book)
        whole = time.monotonic() - began
        for number in range(times):
            if chance.random() < 0.3:
                shutil.rmtree(book / "_build", ignore_errors=True)
            first, second = chance.choices(list(EDITS), k=2)
            EDITS[first](book)
            build = start(book)
            time.sleep(chance.uniform(0, whole))
            kill(build)
            stages[stage(book)] += 1
            EDITS[second](book)
            if found := differing(clean.of(book), built(book)):
                wrong.append(f"kill {number}, after {first} and {second}: {', '.join(found[:8])}")
            print(f"{number + 1} of {times}: {'differs' if found else 'the same'}", flush=True)
    return stages, wrong


def main() -> int:
    """Print the counts and what differed; 1 if anything did."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    began = time.monotonic()
    stages, wrong = run(times)
    print(f"{times} builds killed in {time.monotonic() - began:,.0f} s:")
    for name, count in stages.most_common():
        print(f"  {name}: {count}")
    print(f"{len(wrong)} of the next builds differ from a clean one.", *wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())

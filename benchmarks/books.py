"""The two books of the comparison, each built in the same run: ours, in a copy, and a plain Jupyter Book.

The plain book has Jupyter Book's own settings and our chapter's prose, with roles and directives turned into words. One
of its pages runs a cell and shows its output; the other asks our chapter's first question with jupyterquiz.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from commissioning import book
from commissioning.book import compile
from commissioning.book.compile import Exercise
from commissioning.press.runs import NEW as JUPYTER_BOOK

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "_build" / "benchmarks"
CHAPTER = "finding-people-at-risk"
QUIZ = "jupyterquiz==2.9.6.4"
PARTS = ("book", "exercises", "solutions", "_toc.yml", "_config.yml")
KERNEL = (
    "---\njupytext:\n  text_representation: {extension: .md, format_name: myst}\nkernelspec: {name: python3}\n---\n\n"
)
PLAIN_CELL = "```{code-cell} ipython3\nprint(sum(range(10)))\n```\n"
OUR_CELL = (
    "```{{code-cell}} ipython3\n:tags: [remove-input]\nfrom commissioning import decision\n\ndecision('{0}')\n```\n"
)
QUIZ_CELL = "```{{code-cell}} ipython3\nfrom jupyterquiz import display_quiz\ndisplay_quiz('{0}')\n```\n"


class Seconds(NamedTuple):
    """How long a build took, by the clock and in processor time."""

    clock: float
    worked: float


@dataclass
class Book:
    """A book in a folder of its own, and how to build it."""

    folder: Path
    options: tuple[str, ...]
    environment: Mapping[str, str]

    @property
    def site(self) -> Path:
        """Where its pages are, once it is built."""
        return self.folder / "_build" / "html"

    def build(self) -> Seconds:
        """Build it as it is now. Raises RuntimeError with what the build said, if it failed."""
        command = [sys.executable, "-c", JUPYTER_BOOK, "build", ".", *self.options]
        started, worked = time.perf_counter(), processor()
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        seconds = Seconds(time.perf_counter() - started, processor() - worked)
        if done.returncode:
            raise RuntimeError(
                f"the book in {self.folder.name} was not built:\n{done.stdout[-2000:]}{done.stderr[-3000:]}"
            )
        return seconds


class Books:
    """Both books, each built when it is first asked for. `seconds` says how long the first build of ours took."""

    seconds: Seconds
    plain_seconds: Seconds

    @cached_property
    def ours(self) -> Book:
        """A copy of this book, built from clean, with no execution kept from before."""
        folder = fresh(WORK / "ours")
        for name in PARTS:
            part = ROOT / name
            (shutil.copytree if part.is_dir() else shutil.copy)(part, folder / name)
        made = Book(folder, ("-n", "-W", "--keep-going"), {**os.environ, "COMMISSIONING_BOOK": str(folder)})
        self.seconds = made.build()
        return made

    @cached_property
    def alike(self) -> str:
        """The path of a page in our book that is like the plain one: the same prose, the same one question."""
        ours, name = self.ours, "book/same-question"
        before, after, asked = halves()
        (ours.folder / f"{name}.md").write_text(
            f"{KERNEL}{before}\n\n{OUR_CELL.format(asked.id)}\n{after}", encoding="utf-8"
        )
        contents = ours.folder / "_toc.yml"
        entry = f"\n      - file: {name}\n"
        contents.write_text(contents.read_text(encoding="utf-8").rstrip() + entry, encoding="utf-8")
        ours.build()
        return f"{name}.html"

    @cached_property
    def plain(self) -> Book:
        """The plain Jupyter Book, built from clean."""
        folder = fresh(WORK / "plain")
        before, after, asked = halves()
        (folder / "question.json").write_text(json.dumps([question(asked)]), encoding="utf-8")
        for name, cell in (("index", PLAIN_CELL), ("quiz", QUIZ_CELL.format("question.json"))):
            (folder / f"{name}.md").write_text(f"{KERNEL}{before}\n\n{cell}\n{after}", encoding="utf-8")
        (folder / "_config.yml").write_text(
            "title: A plain book\nexecute:\n  execute_notebooks: force\n", encoding="utf-8"
        )
        (folder / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n- file: quiz\n", encoding="utf-8")
        made = Book(folder, (), {**os.environ, "PYTHONPATH": paths_with(quiz_package())})
        self.plain_seconds = made.build()
        return made


def processor() -> float:
    """Seconds of processor time that ended child processes have used."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def fresh(folder: Path) -> Path:
    """An empty folder in the place of whatever was there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def quiz_package() -> Path:
    """A folder that holds jupyterquiz alone, fetched once."""
    folder = WORK / QUIZ
    if not (folder / "jupyterquiz").is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), QUIZ]
        subprocess.run(command, check=True)
    return folder


def paths_with(folder: Path) -> str:
    """PYTHONPATH with one folder more."""
    return os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))


def halves() -> tuple[str, str, Exercise]:
    """Our chapter's plain prose before and after its first decision, and that decision."""
    whole = book.read_book(ROOT)
    chapter = whole.chapters[CHAPTER]
    before, after = split(chapter.text, chapter.order[0])
    return prose(before), prose(after), compile.compile_decision(whole, chapter.order[0])


def split(text: str, first: str) -> tuple[str, str]:
    """A chapter's Markdown before and after the cell that shows its first decision."""
    cell = re.search(rf"^```\{{code-cell\}}[^`]*decision\(\"{first}\"\)[^`]*```\n", text, re.MULTILINE)
    if cell is None:
        raise LookupError(f"the chapter has no cell that shows '{first}'")
    return text[: cell.start()], text[cell.end() :]


def prose(text: str) -> str:
    """Markdown without what a plain book does not know: cells go, blocks keep their words, roles keep theirs."""
    text = re.sub(r"^```\{.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"^:.*$|^\([\w-]+\)=$", "", text, flags=re.MULTILINE)
    return re.sub(r"\{\w+\}`([^`<]*?)\s*(?:<[^`]*>)?`", r"\1", text)


def question(asked: Exercise) -> dict[str, Any]:
    """The same question for jupyterquiz: its words, its options or ranges, and what we say of each."""
    content = asked.content
    ask = f"{plain(content.situation)}\n\n{plain(content.ask)}"
    if asked.kind == "estimate" and content.ranges:
        spans = content.ranges.values()
        answers = [{"type": "range", "range": [s.from_, s.to], "correct": True, "feedback": reply(s)} for s in spans]
        return {"question": ask, "type": "numeric", "answers": answers}
    options = content.options.items()
    answers = [{"answer": plain(o.text), "correct": n == content.key, "feedback": reply(o)} for n, o in options]
    return {"question": ask, "type": "multiple_choice", "answers": answers}


def reply(option: Any) -> str:
    """What follows from a choice, and why, as one paragraph."""
    return plain(f"{option.text}. {option.consequence} {option.explanation}")


def plain(text: str) -> str:
    """Words without links and line breaks."""
    return " ".join(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).split())

"""The two books of the comparison, each built in the same run: ours, in a copy, and a plain Jupyter Book.

The plain book has Jupyter Book's own settings and our chapter's prose, with roles and directives turned into words. One
of its pages runs a cell and shows its output; the other asks our chapter's first question with jupyterquiz.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from commissioning import book, compile
from commissioning.compile import Exercise

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "_build" / "benchmarks"
CHAPTER = "finding-people-at-risk"
QUIZ = "jupyterquiz==2.9.6.4"
PARTS = ("book", "exercises", "solutions", "_toc.yml", "_config.yml")
KERNEL = (
    "---\njupytext:\n  text_representation: {extension: .md, format_name: myst}\nkernelspec: {name: python3}\n---\n\n"
)
PLAIN_CELL = "```{code-cell} ipython3\nprint(sum(range(10)))\n```\n"
QUIZ_CELL = "```{{code-cell}} ipython3\nfrom jupyterquiz import display_quiz\ndisplay_quiz('{0}')\n```\n"


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

    def build(self) -> float:
        """Build it as it is now; seconds. Raises RuntimeError with what the build said, if it failed."""
        command = [sys.executable, "-m", "jupyter_book.cli.main", "build", ".", *self.options]
        started = time.perf_counter()
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )
        seconds = time.perf_counter() - started
        if done.returncode:
            raise RuntimeError(
                f"the book in {self.folder.name} was not built:\n{done.stdout[-2000:]}{done.stderr[-3000:]}"
            )
        return seconds


class Books:
    """Both books, each built when it is first asked for. `seconds` says how long the first build of ours took."""

    seconds: float
    plain_seconds: float

    @cached_property
    def ours(self) -> Book:
        """A copy of this book, built from clean, with no execution kept from before."""
        folder = fresh(WORK / "ours")
        for name in PARTS:
            part = ROOT / name
            (shutil.copytree if part.is_dir() else shutil.copy)(part, folder / name)  # type: ignore[operator]
        made = Book(folder, ("-n", "-W", "--keep-going"), {**os.environ, "COMMISSIONING_BOOK": str(folder)})
        self.seconds = made.build()
        return made

    @cached_property
    def plain(self) -> Book:
        """The plain Jupyter Book, built from clean."""
        folder = fresh(WORK / "plain")
        whole = book.read_book(ROOT)
        chapter = whole.chapters[CHAPTER]
        asked = compile.compile_decision(whole, chapter.order[0])
        before, after = split(chapter.text, chapter.order[0])
        (folder / "question.json").write_text(json.dumps([question(asked)]), encoding="utf-8")
        for name, cell in (("index", PLAIN_CELL), ("quiz", QUIZ_CELL.format("question.json"))):
            (folder / f"{name}.md").write_text(f"{KERNEL}{prose(before)}\n\n{cell}\n{prose(after)}", encoding="utf-8")
        (folder / "_config.yml").write_text(
            "title: A plain book\nexecute:\n  execute_notebooks: force\n", encoding="utf-8"
        )
        (folder / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n- file: quiz\n", encoding="utf-8")
        made = Book(folder, (), {**os.environ, "PYTHONPATH": str(quiz_package())})
        self.plain_seconds = made.build()
        return made


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
        answers = [{"type": "range", "range": [s.start, s.to], "correct": True, "feedback": reply(s)} for s in spans]
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

"""How long the book takes to build: from clean, after one edit of a decision's YAML, after one edit of prose.

In a copy of the book. Each edit is one that a reader sees; the built page is read to make sure that it is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from books import CHAPTER, Books, Seconds
from page_bytes import OURS
from playwright.sync_api import Browser
from tables import Table

MARK = "which is new"
PROSE = "This sentence was not here before."


def builds(browser: Browser, books: Books) -> list[Table]:
    """Seconds of each build. (The browser is not needed.)"""
    ours = books.ours
    chapter = ours.folder / "book" / CHAPTER
    decision = sorted((chapter / "decisions").glob("*.yaml"))[0]

    def edit_yaml() -> None:
        text = decision.read_text(encoding="utf-8")
        decision.write_text(re.sub(r"^title: (.*\w)", rf"title: \1 {MARK}", text, flags=re.MULTILINE), encoding="utf-8")

    def edit_prose() -> None:
        page = chapter / "index.md"
        page.write_text(f"{page.read_text(encoding='utf-8').rstrip()}\n\n{PROSE}\n", encoding="utf-8")

    def after(edit: Callable[[], None], words: str) -> Seconds:
        edit()
        seconds = ours.build()
        if words not in (ours.site / OURS).read_text(encoding="utf-8"):
            raise RuntimeError(f"the edit is not in the built page: {words}")
        return seconds

    yaml, prose = after(edit_yaml, MARK), after(edit_prose, PROSE)
    took = {
        "our book, from clean, notebooks executed": books.seconds,
        "after one edit in a decision's YAML": yaml,
        "after one edit in a chapter's prose": prose,
        "nothing changed": ours.build(),
    }
    rows: list[list[str | float]] = [[label, seconds.clock, seconds.worked] for label, seconds in took.items()]
    return [Table("build", "Builds", ["build", "seconds", "of processor time"], rows)]

"""My record on a page of its own, made from any book: for tests and benchmarks that need no built site.

The page comes from an address of its own that is answered here, so that it has its own storage and asks nobody.
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup
from playwright.sync_api import BrowserContext, Page

from commissioning import page
from commissioning.book import Book
from commissioning.record.views import index_json

ADDRESS = "http://casebook.test/record.html"
EDITION = "e1"
FIRST = "2026-11-01T10:00:00.000Z"


def index_of(book: Book) -> dict[str, Any]:
    """A book's index, as its record page holds it."""
    made: dict[str, Any] = index_json(
        book, lambda chapter, name: f"{chapter.slug}.html", as_of="21 November 2026", title="The Commissioning Casebook"
    )
    return made


def large_index(book: Book, exercises: int, *, chapters: int = 14) -> dict[str, Any]:
    """A book of that many best-answer decisions in that many chapters, each with five outcomes."""
    index = index_of(book)
    outcomes = {f"outcome-{n}": f"do thing number {n} when it has to be done" for n in range(5)}
    one = {"prompt": "What did you do?", "outcomes": outcomes, "maps": ["Medical complexity"]}
    index["chapters"] = [
        {"slug": f"chapter-{n}", "number": n, "name": f"{n} Chapter {n}", "title": f"Chapter {n}", "href": "#", **one}
        for n in range(1, chapters + 1)
    ]
    index["exercises"] = {f"exercise-{n}": entry(n, n * chapters // exercises) for n in range(exercises)}
    return index


def entry(n: int, chapter: int) -> dict[str, Any]:
    """One best answer of four options, of which the second is best supported."""
    options = {f"option-{i}": f"What the {i}th of four people would do about it, and why" for i in range(4)}
    return {
        "c": chapter, "n": f"{chapter + 1}.{n}", "k": "best-answer", "t": f"A decision of some weight, number {n}",
        "o": [f"outcome-{n % 5}"], "e": EDITION, "x": options, "m": {"options": list(options), "key": "option-1"},
    }  # fmt: skip


def state(name: str, *choices: tuple[str, int], days: tuple[int, int] = (1, 1), **more: Any) -> dict[str, Any]:
    """What a browser keeps of a best answer: (option, certainty) for the first answer and the last."""
    taken = [
        {
            "response": {"choice": choice, "certainty": sure},
            "at": FIRST.replace("01T", f"{day:02}T"),
            "edition": EDITION,
        }
        for (choice, sure), day in zip((choices * 2)[:2], days, strict=True)
    ]
    made = {
        "format": "commissioning-decision/1",
        "id": name,
        "kind": "best-answer",
        "first": taken[0],
        "last": taken[1],
    }
    return {**made, "attempts": len(choices), **more}


def html(index: dict[str, Any]) -> str:
    """The page: the book's words, styles and scripts, without its shell."""
    words = page.words()["record"]
    body = page.filled(
        "record.html",
        p=words["page"],
        undo=words["says"]["undo"],
        drawings={},
        index=Markup(page.safe_json(index)),
        schema="#",
    )
    styles = "\n".join(page.front(name) for name in ("tokens.css", "book.css", "record.css"))
    scripts = [page.as_classic(page.front("decision.js")), page.front("record.js")]
    return (
        f'<!doctype html><html lang="en-GB" data-theme="light"><meta charset="utf-8"><title>My record</title>'
        f'<meta name="viewport" content="width=device-width"><style>{styles}</style>'
        f'<main class="page"><h1>My record</h1>{body}</main>' + "".join(f"<script>{one}</script>" for one in scripts)
    )


def lay_out(context: BrowserContext, index: dict[str, Any]) -> None:
    """From now on the address answers with the record page of this index."""
    body = html(index)
    context.unroute("http://casebook.test/**")
    context.route("http://casebook.test/**", lambda route: route.fulfill(body=body, content_type="text/html"))


def keep(opened: Page, **kept: Any) -> None:
    """Put values under `commissioning:` keys: `decision__x` is `decision:x`; what is no text is written as JSON."""
    pairs = {
        f"commissioning:{name.replace('__', ':').replace('_', '-')}": value
        if isinstance(value, str)
        else json.dumps(value)
        for name, value in kept.items()
    }
    opened.evaluate("pairs => Object.entries(pairs).forEach(([name, raw]) => localStorage.setItem(name, raw))", pairs)


def everything(opened: Page) -> dict[str, str]:
    """All that is kept, by key."""
    found: dict[str, str] = opened.evaluate("() => ({ ...localStorage })")
    return found

"""Each kind of decision on a page of its own, and all on one, without the book's shell: the gallery's examples and one
question.

The pages come from an address that is answered here, so that they have a storage of their own and ask nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from fixture_book import ROOT
from playwright.sync_api import Browser, BrowserContext, Route

from commissioning import page
from commissioning.book import Book, read_book
from commissioning.book.compile import Exercise, compile_decision, compile_questions
from commissioning.kinds import KINDS
from commissioning.page.scripts import decision_script
from commissioning.page.styles import worn

ADDRESS = "http://kinds.test/"
EVERY = "every-kind"
"""The page that holds one of each."""


@lru_cache(maxsize=1)
def exercises() -> dict[str, Exercise]:
    """Kind -> its example in the gallery; of short answers, which only ask questions, the first in a chapter."""
    book: Book = read_book(ROOT)
    shown = [compile_decision(book, name) for name in book.pages["kinds-of-decision"].decisions]
    asked = [one for one in compile_questions(book, "finding-people-at-risk") if one.kind == "short-answer"]
    return {one.kind: one for one in (*shown, asked[0])}


@lru_cache(maxsize=len(KINDS) + 1)
def html(kind: str) -> str:
    """The page of one kind, or of every kind."""
    held = list(KINDS) if kind == EVERY else [kind]
    own = decision_script(held)  # as a page that holds no other kind
    live = page.as_classic(own) + "commissioning.start();"
    words = f'<script type="application/json" data-commissioning-words>{page.page_words_json(own)}</script>'
    made = "".join(page.render(exercises()[one]) for one in held)
    styles = page.front("tokens.css") + worn(page.front("decision.css"), made + own)
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Kinds</title>'
        f'<meta name="viewport" content="width=device-width"><style>{styles}</style></head>'
        f"<body><main><h1>Kinds</h1>{made}</main>{words}<script>{live}</script></body></html>"
    )


@contextmanager
def browsed(chromium: Browser, width: int = 1280, height: int = 720) -> Iterator[BrowserContext]:
    """A browser that has kept nothing and knows every kind's page; afterwards, nothing was thrown in it."""
    made = chromium.new_context(viewport={"width": width, "height": height})
    made.set_default_timeout(15_000)
    troubles: list[str] = []
    made.on("weberror", lambda error: troubles.append(error.error.stack or str(error.error)))
    lay_out(made)
    yield made
    made.close()
    assert troubles == []


def lay_out(context: BrowserContext) -> None:
    """From now on each kind's address (`ADDRESS` and its name or `EVERY`, `?book=` and a book's) answers."""

    def answer(route: Route) -> None:
        kind, _, book = route.request.url.removeprefix(ADDRESS).partition("#")[0].partition("?book=")
        body = html(kind) if kind in (*KINDS, EVERY) else ""
        named = body.replace("<html", f'<html data-book="{book}"', 1) if book else body
        route.fulfill(body=named, content_type="text/html")

    context.route(f"{ADDRESS}**", answer)

"""A kind is added by its folder and its name in KINDS, and by nothing else: shown here with one from the fixtures."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
import record_on_a_page as rec
from fixture_book import CHAPTER, FIXTURES
from playwright.sync_api import Browser, expect
from record_page import API
from ruamel.yaml import YAML

from commissioning import kinds, record
from commissioning import page as pages
from commissioning.book import Book
from commissioning.book.compile import Exercise, edition
from commissioning.kinds.kind import what_is_missing
from commissioning.page import html
from commissioning.record import views
from commissioning.record.shapes import State
from commissioning.record.views.index import _entry_json as entry_json

FOLDER = FIXTURES / "kinds" / "strike_out"
CASES: list[tuple[Any, Any]] = [
    ({"struck": "names"}, {"right": True}),
    ({"struck": "when"}, {"right": False}),
    ({"struck": "nobody"}, None),
    ({"struck": ["names"]}, None),
    ({"choice": "names"}, None),
    (None, None),
]


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The kind, in KINDS for one test."""
    spec = importlib.util.spec_from_file_location("strike_out", FOLDER / "__init__.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "strike_out", module)
    spec.loader.exec_module(module)
    monkeypatch.setitem(kinds.KINDS, module.NAME, module)
    html._environment.cache_clear()
    yield module
    html._environment.cache_clear()


def compiled(kind: ModuleType) -> Exercise:
    """The decision that its starter holds."""
    content = kind.Decision.model_validate(YAML(typ="safe").load(FOLDER / "starter.yaml"))
    assert list(kinds.find(content)) == []
    assert next(kinds.find(content.model_copy(update={"key": "nams"})))[2] == "Did you mean 'names'?"
    assert len(list(kinds.explained(content))) == 4
    marking = kinds.compiled(content)
    return Exercise("what-not-to-send", kind.NAME, "c", "", content, marking, edition(kind.NAME, marking), ())


def test_it_owes_nothing_and_is_scored_by_python(added: ModuleType) -> None:
    assert list(what_is_missing(added)) == []
    marking = compiled(added).marking
    assert [kinds.score(added.NAME, marking, response) for response, _ in CASES] == [score for _, score in CASES]


@pytest.mark.parametrize("name", ["find", "compiled", "score", "met", "told", "explained"])
def test_what_it_lacks_is_named_with_its_file(added: ModuleType, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delattr(added, name)
    (said,) = what_is_missing(added)
    assert said.startswith(f"strike_out/__init__.py: {name}() is missing.")


def test_my_record_judges_and_tells_it_in_its_own_words(added: ModuleType, chromium: Browser, small_book: Book) -> None:
    exercise = replace(compiled(added), chapter=CHAPTER)
    one = views.entry(exercise)
    known = views.make_index(small_book)
    known.exercises[one.id] = one
    index = rec.index_of(small_book)
    index["exercises"][one.id] = entry_json(one, list(known.chapters))
    context = chromium.new_context()
    rec.lay_out(context, index)
    page = context.new_page()
    page.goto(rec.ADDRESS)
    for struck, met, letter in (("names", "right", "B"), ("when", "not yet", "A")):
        given = {"response": {"struck": struck}, "at": rec.FIRST, "edition": one.edition}
        state = {"id": one.id, "kind": one.kind, "first": given, "last": given, "attempts": 1}
        mine = record.Record(made_at=rec.FIRST, decisions={one.id: State.model_validate(state)})
        told = page.evaluate(f"text => {API}.asCsv({API}.readRecord(text))", record.as_json(mine))
        assert told == record.as_csv(mine, known)
        assert f"{letter}, " in told
        assert f',"{met}"' in told
    context.close()


def test_it_is_decided_scored_and_kept_in_a_browser(added: ModuleType, chromium: Browser) -> None:
    exercise = compiled(added)
    words = f'<script type="application/json" data-commissioning-words>{pages.page_words_json()}</script>'
    script = f"<script>{pages.as_classic(pages.front('decision.js'))};commissioning.start()</script>"
    body = f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>One</title>{pages.render(exercise)}'
    context = chromium.new_context()
    thrown: list[str] = []
    context.on("weberror", lambda error: thrown.append(str(error.error)))
    context.route("**/*", lambda route: route.fulfill(body=body + words + script, content_type="text/html"))
    page = context.new_page()
    page.goto("http://kinds.test/")
    score = "([kind, marking, response]) => commissioning.kinds[kind].score(marking, response)"
    assert [page.evaluate(score, [added.NAME, exercise.marking, r]) for r, _ in CASES] == [s for _, s in CASES]
    page.locator(".go").click()
    expect(page.locator(".need")).not_to_be_empty()
    page.locator('[name$="choice"][value="when"]').check()
    page.locator(".go").click()
    expect(page.locator(".after-title")).to_have_text("You struck out A")
    expect(page.locator(".score")).to_have_text("Strike out B.")
    page.reload()
    expect(page.locator(".after-title")).to_have_text("You struck out A")
    assert page.locator(".branch[open]").count() == 1
    context.close()
    assert thrown == []

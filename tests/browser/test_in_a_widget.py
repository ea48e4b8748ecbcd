"""Where a notebook's widget keeps an answer: words typed while those before are on their way stay as they were typed.

The model is a stand-in with what widgets promise: it tells whoever listens of a change, and a kernel's echo sets it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import kinds_page
import pytest
import reader as r
from playwright.sync_api import Browser, Page, expect

from commissioning import page as pages

SHORT = "short-answer"
SHOW = """async ({ script, style, html, words }) => {
  const heard = [], data = { states: {}, drafts: {}, is_kept: true };
  globalThis.sent = [];
  globalThis.aside = [];
  globalThis.model = {
    get: (name) => data[name],
    set(name, value) {
      if (JSON.stringify(value) === JSON.stringify(data[name])) return;
      data[name] = value;
      heard.filter(([what]) => what === `change:${name}`).forEach(([, tell]) => tell());
    },
    on: (what, tell) => heard.push([what, tell]),
    off() {},
    save_changes: () => sent.push(structuredClone(data.drafts)),
    send: (message) => aside.push(message),
  };
  document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
  const made = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const el = document.body.appendChild(document.createElement("div"));
  made.default.render({ model, el, html, words });
}"""


@pytest.fixture
def shown(chromium: Browser) -> Iterator[Page]:
    """A short answer in a widget, and nothing kept of it."""
    context = chromium.new_context()
    page = context.new_page()
    made = kinds_page.exercises()[SHORT]
    page.set_content("<!doctype html><title>Notebook</title><body></body>")
    given: dict[str, Any] = {
        "script": pages.front("decision.js"),
        "style": pages.front("tokens.css") + pages.front("decision.css"),
        "html": pages.render(made),
        "words": pages.words()["browser"],
    }
    page.evaluate(SHOW, json.loads(json.dumps(given)))
    r.unfold(page, made.id)
    yield page
    context.close()


def box(page: Page) -> Any:
    return r.exercise(page, kinds_page.exercises()[SHORT].id).locator("textarea").first


def sent(page: Page, words: str) -> None:
    """Until the kernel has been sent these words."""
    page.wait_for_function("words => JSON.stringify(sent.at(-1) ?? null).includes(words)", arg=words)


def test_the_echo_of_words_sent_before_takes_none_typed_since(shown: Page) -> None:
    box(shown).fill("does n")
    sent(shown, '"does n"')
    box(shown).press_sequentially("o")
    shown.evaluate("() => new Promise(done => setTimeout(done))")
    shown.evaluate("() => model.set('drafts', sent.at(-1))")
    shown.evaluate("() => new Promise(done => setTimeout(done))")
    expect(box(shown)).to_have_value("does no")
    box(shown).press_sequentially("t last")
    sent(shown, '"does not last"')
    expect(box(shown)).to_have_value("does not last")


def test_words_that_another_view_writes_over_are_put_aside(shown: Page) -> None:
    box(shown).fill("Mine")
    sent(shown, '"Mine"')
    box(shown).press_sequentially(" too")
    shown.evaluate("() => new Promise(done => setTimeout(done))")
    shown.evaluate(
        """() => model.set("drafts", JSON.parse(JSON.stringify(model.get("drafts")).replace("Mine", "Theirs")))"""
    )
    expect(box(shown)).to_have_value("Theirs")
    (message,) = shown.evaluate("() => aside")
    assert "Mine too" in message["raw"]

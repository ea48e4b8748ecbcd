"""What a page reads as it starts (its address, what is kept, an exercise's own data) may be broken: the rest lives.

One page holds an exercise of every kind, a broken one between them, a reflection, a source and a meaning, with the
book's own script; it needs no built site.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from kinds_page import exercises
from playwright.sync_api import Browser, Page, Route

from commissioning import page as pages
from commissioning.kinds import KINDS

ADDRESS = "http://guarded.test/"
FRAGMENTS = ["%E0%A4%A", "%", "a=%zz&telling=%", "__proto__", "constructor", "x" * 5000, "]{'\"<b>", "\ud7ff%ED%A0%80"]
NONSENSE: list[Any] = [
    None, 7, "seven", [], {}, [None], [[]], {"path": 7}, {"path": [7, None]}, {"path": [["a", "b"]], "backs": "x"},
    {"order": "abc"}, {"order": [None]}, {"turns": [None]}, {"turns": [{"move": 1, "package": []}]}, {"__proto__": 1},
    {"given": {"x": ["y"]}}, {"ranks": None}, {"placed": [1]}, {"spend": {"x": "y"}}, {"marks": 1},
    {"chosen": {"a": None}},
]  # fmt: skip
"""What half an answer might hold, and what an answer might."""
BROKEN = "first-broken"
STARTS = """<html lang="en-GB" data-close="Close" data-source="Source">
<head><meta charset="utf-8"><title>All</title></head>
<body><main class="page"><h1>All</h1>
<p><a class="fact" href="#src-one">a figure</a> and <a class="term" href="#m-one">a word</a></p>
{exercises}
<div data-reflection="six"><label>Write</label><textarea></textarea><p data-not-saved="Not saved."></p></div>
<details data-close open><summary>Sources</summary><p id="m-one" class="meaning">Its meaning.</p></details>
</main>{words}<script>{live}</script><script>{book}</script></body></html>"""
TROUBLE = ("could not be made live", "could not be started")


@cache
def html() -> str:
    """The page; the broken exercise stands second, so that all others stand beside or behind it."""
    made = [pages.render(one) for one in exercises().values()]
    broken = pages.render(exercises()["best-answer"]).replace(exercises()["best-answer"].id, BROKEN)
    start, _, rest = broken.partition("data-marking>")
    made.insert(1, f"{start}data-marking>{{half{rest}")
    words = json.dumps(pages.words()["browser"]).replace("<", "\\u003c")
    return STARTS.format(
        exercises="".join(made),
        words=f'<script type="application/json" data-commissioning-words>{words}</script>',
        live=pages.as_classic(pages.front("decision.js")) + "commissioning.start();",
        book=pages.front("book.js"),
    )


@pytest.fixture(scope="module")
def opened(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    body = html()
    context.route(f"{ADDRESS}**", lambda route: answered(route, body))
    made = context.new_page()
    yield made
    context.close()


def answered(route: Route, body: str) -> None:
    if route.request.url == f"{ADDRESS}empty":
        route.fulfill(body="", content_type="text/html")
    elif route.request.resource_type == "document":
        route.fulfill(body=body, content_type="text/html")
    else:
        route.fulfill(status=404)


def loaded(page: Page, kept: dict[str, str], fragment: str = "") -> tuple[dict[str, str], list[str]]:
    """The state of every exercise after this page was opened with these things kept, and what was thrown."""
    thrown: list[str] = []
    page.on("pageerror", note := lambda error: thrown.append(str(error)))
    page.goto(f"{ADDRESS}empty")
    page.evaluate(
        "kept => { localStorage.clear(); Object.entries(kept).forEach(([k, v]) => localStorage.setItem(k, v)); }", kept
    )
    page.goto(f"{ADDRESS}all?{len(fragment)}#{fragment}")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    found = page.locator("decision-exercise").evaluate_all("a => a.map(e => [e.id, e.dataset.state])")
    page.remove_listener("pageerror", note)
    return dict(found), thrown


def lives(page: Page) -> None:
    """Everything else on the page works: a word's meaning, a reflection that is kept, an exercise that is decided."""
    page.locator("a.term").click()
    assert page.locator("span.meaning").inner_text() == "Its meaning."
    page.locator("[data-reflection] textarea").fill("Still kept.")
    assert "Still kept." in page.evaluate("localStorage.getItem('commissioning:reflection:six')")
    claim = page.locator('decision-exercise[data-kind="claim"]')
    if claim.get_attribute("data-state") == "untouched":
        claim.locator("input").first.check()
        claim.locator(".go").click()
    assert claim.get_attribute("data-state") == "decided"


def are_live(states: dict[str, str]) -> list[str]:
    """The exercises that are not live, but for the one that is broken."""
    return [name for name, state in states.items() if state not in ("untouched", "decided") and name != BROKEN]


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_strange_address_and_a_broken_exercise_stop_nothing(opened: Page, fragment: str) -> None:
    states, thrown = loaded(opened, {}, fragment)
    assert states[BROKEN] == "broken"
    assert opened.locator(f"#{BROKEN} .after").is_visible(), "all of it can still be read"
    assert (are_live(states), thrown) == ([], [])
    lives(opened)


def everywhere(half: Any) -> dict[str, str]:
    """The keys of every store, with this as half an answer and as an answer of each kind."""
    kept: dict[str, str] = {"commissioning:reflection:six": json.dumps(half), "commissioning:scheme": json.dumps(half)}
    for one in exercises().values():
        taken = {"response": half, "at": "2026-11-01T10:00:00Z", "edition": one.edition}
        state = {"format": "commissioning-decision/1", "id": one.id, "kind": one.kind, "attempts": 1}
        draft = {"format": "commissioning-draft/1", "edition": one.edition, "at": "x", "fields": {"a": "b"}}
        kept[f"commissioning:draft:{one.id}"] = json.dumps(draft | {"half": half})
        kept[f"commissioning:decision:{one.id}"] = json.dumps(state | {"first": taken, "last": taken})
    return kept


@pytest.mark.parametrize("half", NONSENSE, ids=json.dumps)
def test_nonsense_kept_for_each_kind_stops_none(opened: Page, half: Any) -> None:
    """As half an answer, and as an answer."""
    kept = everywhere(half)
    states, thrown = loaded(opened, kept)
    assert (are_live(states), thrown) == ([], [])
    lives(opened)
    only_drafts = {name: raw for name, raw in kept.items() if ":draft:" in name}
    states, thrown = loaded(opened, only_drafts)
    assert (are_live(states), thrown) == ([], [])


def test_what_is_no_json_at_all_stops_none(opened: Page) -> None:
    kept = everywhere({"path": 7})
    states, thrown = loaded(opened, {name: raw[: len(raw) // 2] for name, raw in kept.items()})
    assert (are_live(states), thrown) == ([], [])
    lives(opened)


@pytest.mark.parametrize("kind", list(KINDS))
def test_an_exercise_whose_own_data_is_of_another_kind_stops_no_other(opened: Page, kind: str) -> None:
    """JSON that is whole and not what the kind needs: a build of two versions, a proxy that cuts."""
    name = exercises()[kind].id
    body = html()
    at = body.index(f'<decision-exercise id="{name}"')
    start = body.index("data-marking>", at) + len("data-marking>")
    wrong = body[:start] + "[]" + body[body.index("</script>", start) :]
    opened.context.route(f"{ADDRESS}wrong/**", lambda route: answered(route, wrong))
    thrown: list[str] = []
    opened.on("pageerror", note := lambda error: thrown.append(str(error)))
    opened.goto(f"{ADDRESS}wrong/{kind}")
    states = dict(opened.locator("decision-exercise").evaluate_all("a => a.map(e => [e.id, e.dataset.state])"))
    opened.remove_listener("pageerror", note)
    assert ([one for one in are_live(states) if one != name], thrown) == ([], [])


WITHOUT = {
    "no scheme of colours": "matchMedia = () => { throw new Error('none here'); };",
    "no look at what is in view": "IntersectionObserver = class { constructor() { throw new Error('none here'); } };",
    "no width": "Object.defineProperty(Element.prototype, 'scrollWidth', { get() { throw new Error('none here'); } });",
}


@pytest.mark.parametrize("what", WITHOUT)
def test_what_a_browser_lacks_stops_one_part_of_the_page(chromium: Browser, what: str) -> None:
    context = chromium.new_context()
    context.add_init_script(WITHOUT[what])
    body = html().replace("</main>", '<pre>1</pre><figure data-chart id="c"></figure></main>')
    context.route(f"{ADDRESS}**", lambda route: answered(route, body))
    page = context.new_page()
    states, thrown = loaded(page, {})
    assert (are_live(states), thrown) == ([], [])
    lives(page)
    context.close()

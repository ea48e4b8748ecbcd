"""Texts told from state in a page: on every path the browser says what Python says, word for word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from scenario_pages import exercise, html, told

from commissioning import page as pages
from commissioning.kinds import scenario
from commissioning.scenario import paths
from commissioning.source import markdown

PATHS = list(paths.walk(exercise(told().model).marking))


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Page]:
    """The small story as a page of its own, in a browser that has kept nothing."""
    context = chromium.new_context()
    context.set_default_timeout(5000)
    troubles: list[str] = []
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    context.route("**/*", lambda route: route.fulfill(body=html(content=told().model), content_type="text/html"))
    page = context.new_page()
    page.goto("http://book.test/")
    yield page
    context.close()
    assert troubles == []


def words(text: str) -> str:
    return " ".join(markdown.plain(text).split())


def shown(page: Page, where: str) -> str:
    return " ".join(" ".join(page.locator(where).all_inner_texts()).split())


@pytest.mark.parametrize("path", PATHS, ids=lambda path: "-".join(move.choice for move in path))
def test_the_browser_tells_each_path_as_python_does(opened: Page, path: paths.Path) -> None:
    said = scenario.telling(told().model).told(path, pages.shown)
    for move in path:
        node = next(text for place, text in said if place == ("node", move.node))
        assert shown(opened, ".current .story") == words(node)
        opened.locator(f'.current .path:has(input[value="{move.choice}"])').click()
        opened.locator(".go").click()
        if move is not path[-1]:
            news = shown(opened, ".news")
            own = [text for place, text in said if place == ("choice", move.node, move.choice)]
            late = [entry[2] for entry in move.after["log"] if entry[0] == "late"]
            arrived = [text for place, text in said if place[0] == "late" and place[1] in late]
            assert all(words(text) in news for text in [*own, *arrived]), news
    expect(opened.locator(".after-title")).to_be_focused()
    mine = shown(opened, "[data-ending].chosen-branch .pair, .map .chosen-branch .pair")
    for place, text in said:
        assert place[0] == "node" or words(text) in mine, (place, text, mine)


def test_other_choices_tell_what_they_would_have_told_and_the_rest_says_what_it_counts(opened: Page) -> None:
    for choice in ("keep-the-money", "advertise", "count"):
        opened.locator(f'.current .path:has(input[value="{choice}"])').click()
        opened.locator(".go").click()
    opened.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert "5 people give up, which leaves 95." in shown(opened, '[data-choice="july.wait"]')
    assert "if you waited" in shown(opened, '[data-choice="june.open-a-clinic"]').lower()
    assert "[People seen] people came" in shown(opened, '[data-ending="many"]')
    opened.locator("[data-again]").click()
    assert shown(opened, ".current .story") == "You have £90.0k and 100 people a year."

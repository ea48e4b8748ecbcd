"""The kind `scenario` in a page: decided by mouse and by keyboard, back again, after a reload, and without a script."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from scenario_pages import NAME, exercise, html

from commissioning.kinds import scenario

WAY = ["silence", "listen", "share-risk", "keep-with-a-date", "seats-on-the-plan"]
Fresh = Callable[..., Page]


@pytest.fixture
def fresh(chromium: Browser) -> Iterator[Fresh]:
    """Opens the example as a page of its own, in a browser that has kept nothing; no request leaves the machine."""
    contexts: list[Any] = []
    troubles: list[str] = []

    def open_page(*, script: bool = True, content: scenario.Decision | None = None, **options: Any) -> Page:
        context = chromium.new_context(java_script_enabled=script, **options)
        contexts.append(context)
        context.set_default_timeout(5000)
        context.on("weberror", lambda error: troubles.append(str(error.error)))
        context.route(
            "**/*", lambda route: route.fulfill(body=html(script=script, content=content), content_type="text/html")
        )
        page = context.new_page()
        page.goto("http://book.test/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def choose(page: Page, *choices: str) -> None:
    for choice in choices:
        page.locator(f'.current .path:has(input[value="{choice}"])').click()
        page.locator(".go").click()


def at(page: Page) -> str:
    return str(page.locator(".current").get_attribute("data-node"))


def figures(page: Page) -> list[str]:
    return page.locator(".meters b").all_inner_texts()


def kept(page: Page, name: str) -> Any:
    raw = page.evaluate("name => localStorage.getItem(name)", f"commissioning:{name}:{NAME}")
    return None if raw is None else json.loads(raw)


def test_each_choice_shows_its_consequence_the_figures_and_the_next_moment(fresh: Fresh) -> None:
    page = fresh()
    assert figures(page) == ["£4.0m", "50", "50", "50"]
    choose(page, "publish")
    assert at(page) == "reporter"
    assert figures(page) == ["£4.0m", "58", "44", "46"]
    news = page.locator(".news")
    expect(news).to_be_focused()
    expect(news).to_contain_text("Dr Anil Wickramasinghe rings")
    expect(news).to_contain_text("Oversight 58, from 50; Public trust 44, from 50; Practices 46, from 50")
    assert page.locator(".paragraph:visible").count() == 1


def test_why_of_what_was_chosen_is_shown_without_a_further_press(fresh: Fresh) -> None:
    page = fresh()
    first = exercise().content.nodes["day-12"].choices
    choose(page, WAY[0])
    news = page.locator(".news")
    expect(news).to_contain_text("Why")
    expect(news).to_contain_text(first[WAY[0]].explanation[:40])
    others = [choice.explanation[:40] for name, choice in first.items() if name != WAY[0]]
    assert not any(text in news.inner_text() for text in others)
    choose(page, *WAY[1:])
    shown = page.locator(".map details[open]")
    assert [item.split(".")[1] for item in shown.evaluate_all("list => list.map(x => x.dataset.choice)")] == WAY
    assert all(part.is_visible() for part in page.locator(".map details[open] .because").all())
    assert page.locator("[data-ending][open] .pair").is_visible()
    page.reload()
    assert page.locator(".map details[open] .because").count() == len(WAY)


def test_what_arrives_late_says_where_it_comes_from(fresh: Fresh) -> None:
    page = fresh()
    choose(page, *WAY[:4])
    news = page.locator(".news")
    expect(news).to_contain_text("Arriving now, from your choice at “Day 12, your office”")
    expect(news).to_contain_text("Oversight 51, from 57; Public trust 44, from 50")
    expect(news).to_contain_text("Arriving now, from your choice at “Day 40, the trust’s building”")


def test_the_end_is_a_profile_a_way_and_a_map_and_no_score(fresh: Fresh) -> None:
    page = fresh()
    choose(page, *WAY)
    expect(page.locator("decision-exercise")).to_have_attribute("data-state", "decided")
    expect(page.locator(".after-title")).to_be_focused()
    profile = scenario.score(exercise().marking, {"path": WAY})
    assert profile is not None
    assert page.locator("details.branch[open][data-ending]").get_attribute("data-ending") == profile["ending"]
    expect(page.locator(".score")).to_contain_text("The gap £3.9m, from £4.0m")
    assert page.locator(".your-way li").count() == 5
    assert page.locator(".map .yours:visible").count() == 5
    assert page.locator(".map details").count() == 23
    assert kept(page, "decision")["last"]["response"] == {"path": WAY, "backs": 0}
    assert kept(page, "draft") is None


def test_one_may_go_back_and_choose_otherwise(fresh: Fresh) -> None:
    page = fresh()
    expect(page.locator("[data-back]")).to_be_hidden()
    choose(page, "cut-now", "hold")
    page.locator("[data-back]").click()
    assert at(page) == "prevention"
    page.locator("[data-back]").click()
    assert at(page) == "day-12"
    assert figures(page) == ["£4.0m", "50", "50", "50"]
    choose(page, *WAY)
    assert kept(page, "decision")["last"]["response"] == {"path": WAY, "backs": 2}


def test_a_meter_that_is_hidden_until_a_moment_is_neither_shown_nor_told_before(fresh: Fresh) -> None:
    model = exercise().content
    variables = {**model.variables, "public": model.variables["public"].model_copy(update={"hidden_until": ["trust"]})}
    page = fresh(content=model.model_copy(update={"variables": variables}))
    meter = page.locator('[data-meter="public"]')
    expect(meter).to_be_hidden()
    choose(page, "publish")
    expect(meter).to_be_hidden()
    expect(page.locator(".news")).not_to_contain_text("Public trust")
    choose(page, "explain")
    expect(meter).to_be_visible()
    expect(page.locator(".news")).to_contain_text("Public trust 52, from 44")
    page.locator("[data-back]").click()
    expect(meter).to_be_hidden()


def test_a_choice_that_is_not_open_is_not_shown(fresh: Fresh) -> None:
    page = fresh()
    choose(page, "dispute", "send-lines", "refuse", "suspend")
    seats = page.locator('.current .path:has(input[value="seats-on-the-plan"])')
    expect(seats).to_be_hidden()
    page.locator(".go").click()
    expect(page.locator(".need")).to_have_text("Choose one of the options first.")
    assert at(page) == "scrutiny"


def test_a_reload_half_way_takes_up_where_one_was(fresh: Fresh) -> None:
    page = fresh()
    choose(page, *WAY[:3])
    page.reload()
    assert at(page) == "tuesday-clinic"
    assert figures(page)[0] == "£4.4m"
    choose(page, *WAY[3:])
    page.reload()
    expect(page.locator(".after-title")).to_have_text("Still there, and known about")
    assert page.locator(".your-way li").count() == 5


@pytest.mark.parametrize("draft", ["{", "[]", '{"edition": "x", "path": ["silence"]}', '{"path": {}}', "null"])
def test_a_draft_that_cannot_be_used_begins_afresh(fresh: Fresh, draft: str) -> None:
    page = fresh()
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [f"commissioning:draft:{NAME}", draft])
    page.reload()
    assert at(page) == "day-12"


def test_trying_again_begins_at_the_first_moment_and_keeps_the_first_answer(fresh: Fresh) -> None:
    page = fresh()
    choose(page, *WAY)
    page.locator("[data-again]").click()
    assert at(page) == "day-12"
    assert page.locator("form input:checked").count() == 0
    choose(page, "publish", "explain", "refuse", "suspend", "full-ledger")
    expect(page.locator(".score")).to_contain_text("Your first answer, kept: C, A, A, A, D.")


def test_it_can_be_finished_by_the_keyboard_alone(fresh: Fresh) -> None:
    page = fresh()
    for _ in range(80):
        page.keyboard.press("Tab")
        here = page.evaluate("() => [document.activeElement.type ?? '', document.activeElement.className]")
        if here[0] == "radio":
            page.keyboard.press("Space")
        if here[1] == "go":
            page.keyboard.press("Enter")
        if page.locator("decision-exercise").get_attribute("data-state") == "decided":
            break
    expect(page.locator(".after-title")).to_be_focused()


def test_without_a_script_every_paragraph_stands_there_with_its_number(fresh: Fresh) -> None:
    page = fresh(script=False)
    assert page.locator(".paragraph:visible").count() == 8
    assert page.locator(".card:visible").count() == 1
    assert page.locator(".act:visible").count() == 0
    expect(page.locator(".paragraph").first).to_contain_text("Go to 2.")


def test_on_paper_it_is_the_paper_form(fresh: Fresh) -> None:
    page = fresh()
    page.emulate_media(media="print")
    assert page.locator(".paragraph:visible").count() == 8
    assert page.locator(".card:visible").count() == 1


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_serious_in_any_state(fresh: Fresh, width: int, scheme: Any) -> None:
    page = fresh(viewport={"width": width, "height": 800}, color_scheme=scheme)
    serious(page)
    choose(page, *WAY[:4])
    serious(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    choose(page, WAY[4])
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    serious(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    heights = page.eval_on_selector_all(".path:not([hidden]), button", "all => all.map((one) => one.offsetHeight)")
    assert all(height >= 44 for height in heights if height)


def serious(page: Page) -> None:
    found = Axe().run(page, context="decision-exercise").response["violations"]
    told = [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found]
    assert [name for name, one in zip(told, found, strict=True) if one["impact"] in ("serious", "critical")] == []

"""The game kept by the browser: taken up where it was, or refused in words and put aside; nothing is lost."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from game_player import (
    ADDRESS,
    FORBIDDEN,
    FULL,
    RUNS,
    SAVE,
    begin,
    choose,
    go_on,
    html,
    kept,
    play,
    play_turn,
    words,
    write,
)
from playwright.sync_api import Browser, Page
from test_axe import DESK

Fresh = Callable[..., Page]


def test_every_step_is_kept_and_taken_up_where_it_was(page: Page) -> None:
    begin(page)
    for turn in range(5):
        page.locator('section[data-choice="stance"] .path').nth(1).click()
        page.locator('[data-step="1"]').first.click()
        page.reload()
        page.locator("[data-go-on]").click()
        assert page.locator('[data-decides="stance"]').nth(1).is_checked()
        assert page.locator("[data-points]").first.input_value() == "1"
        play_turn(page, turn % 3)
        before = words(page, "[data-stage]")
        page.reload()
        page.locator("[data-go-on]").click()
        assert words(page, "[data-stage]") == before
        go_on(page)
    page.locator("textarea").fill("Half a thought")
    page.reload()
    page.locator("[data-go-on]").click()
    assert page.locator("textarea").input_value() == "Half a thought"
    write(page)
    before = words(page, "[data-stage]")
    page.reload()
    page.locator("[data-go-on]").click()
    assert words(page, "[data-stage]") == before


def test_two_tellings_are_kept_beside_each_other(page: Page) -> None:
    begin(page)
    play_turn(page)
    page.reload()
    begin(page, skin="2026")
    page.reload()
    assert page.locator("[data-go-on]").count() == 2


def test_beginning_again_asks_before_it_replaces_an_unfinished_game(page: Page) -> None:
    begin(page)
    play_turn(page)
    page.reload()
    page.locator(".begin .go").click()
    assert words(page, ".begin .need").startswith("This replaces your unfinished game")
    assert len(kept(page)["log"]["turns"]) == 1
    page.locator(".begin .go").click()
    assert kept(page)["log"]["turns"] == []


def open_with(fresh: Fresh, raw: str, key: str = SAVE) -> Page:
    """The page in a browser that holds this."""
    page = fresh()
    page.evaluate("([key, raw]) => localStorage.setItem(key, raw)", [key, raw])
    page.reload()
    return page


@pytest.fixture(scope="module")
def midway(chromium: Browser) -> str:
    """A save with two turns played, half a third, a ghost and some words."""
    context = chromium.new_context(viewport=DESK)
    context.route("**/*", lambda route: route.fulfill(body=html(), content_type="text/html; charset=utf-8"))
    page = context.new_page()
    page.goto(ADDRESS)
    begin(page)
    play(page)
    write(page)
    page.locator("[data-again-same]").click()
    for _ in range(2):
        play_turn(page, 1)
        go_on(page)
    choose(page, 2)
    raw: str = page.evaluate("key => localStorage.getItem(key)", SAVE)
    context.close()
    return raw


def test_an_older_edition_is_refused_in_words_and_kept(fresh: Fresh, midway: str) -> None:
    save = json.loads(midway)
    save["log"]["edition"] = "0123456789ab"
    page = open_with(fresh, json.dumps(save))
    told = words(page, ".notice")
    assert "An older edition of the book made it" in told
    aside = page.evaluate("() => Object.keys(localStorage).find(name => name.startsWith('commissioning:aside:'))")
    assert aside in told
    assert kept(page, aside) == save
    assert kept(page) is None
    begin(page)


DAMAGES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "another format": lambda save: save | {"format": "commissioning-game/9"},
    "a list": lambda save: [save],
    "null": lambda save: None,
    "no log": lambda save: {k: v for k, v in save.items() if k != "log"},
    "a telling in a list": lambda save: save | {"log": save["log"] | {"skin": ["2013"]}},
    "a seed in words": lambda save: save | {"log": save["log"] | {"seed": "417"}},
    "a setting from the prototype": lambda save: save | {"log": save["log"] | {"dial": "__proto__"}},
    "an option that is not there": lambda save: with_turn(save, {"governance": "everybody"}),
    "an option of the prototype": lambda save: with_turn(save, {"governance": "constructor"}),
    "a decision of another turn": lambda save: with_turn(save, {"rescue": "fund"}),
    "half a point": lambda save: with_turn(save, {"attention": {"data": 0.5}}),
    "a hundred points": lambda save: with_turn(save, {"attention": {"data": 100}}),
    "attention in words": lambda save: with_turn(save, {"attention": "all of it"}),
    "six turns": lambda save: save | {"log": save["log"] | {"turns": save["log"]["turns"] * 3}},
    "nothing expected": lambda save: save | {"log": save["log"] | {"expected": []}},
    "more read than played": lambda save: save | {"read": 4},
    "a draft of another turn": lambda save: save | {"draft": {"choices": {"governance": "chair"}, "expected": ""}},
    "a debrief in numbers": lambda save: save | {"debrief": save["debrief"] | {"reactions": 7}},
    "a ghost with two turns": lambda save: save | {"ghost": save["log"]},
    "a change that was not made": lambda save: (
        save | {"log": save["log"] | {"changed": {"turn": 1, "decision": "governance", "was": "x", "now": "y"}}}
    ),
}


def with_turn(save: dict[str, Any], choices: dict[str, Any]) -> dict[str, Any]:
    """The save with its first turn edited."""
    changed: dict[str, Any] = json.loads(json.dumps(save))
    changed["log"]["turns"][0] |= choices
    return changed


def test_an_edited_save_is_refused_in_words_and_put_aside(page: Page, midway: str) -> None:
    for what, damage_ in DAMAGES.items():
        raw = json.dumps(damage_(json.loads(midway)))
        page.evaluate("([key, raw]) => { localStorage.clear(); localStorage.setItem(key, raw); }", [SAVE, raw])
        page.reload()
        assert "was not taken up" in words(page, ".notice"), what
        asides = page.evaluate(
            "() => Object.keys(localStorage).filter(name => name.startsWith('commissioning:aside:'))"
        )
        assert [page.evaluate("key => localStorage.getItem(key)", key) for key in asides] == [raw], what
    begin(page)


BREAK = """async ([all, save, runs]) => {
  const bad = [];
  const count = { taken: 0, refused: 0 };
  const root = document.querySelector("[data-game]");
  const pristine = root.cloneNode(true);
  for (const raw of all) {
    localStorage.clear();
    localStorage.setItem(save, raw);
    localStorage.setItem(runs, raw);
    const again = pristine.cloneNode(true);
    document.querySelector("[data-game]").replaceWith(again);
    try {
      commissioning.game.mount(again);
      const went = again.querySelector("[data-go-on]");
      count[went ? "taken" : "refused"] += 1;
      if (went) went.click();
      else if (!again.querySelector(".notice") && raw !== null) bad.push(["neither taken up nor refused", raw]);
      if (!again.querySelector("[data-heading]")) bad.push(["nothing shown", raw]);
    } catch (error) { bad.push([String(error), raw]); }
  }
  return { bad: bad.slice(0, 3), ...count };
}"""


def test_random_damage_never_breaks_the_page(page: Page, midway: str) -> None:
    dice = random.Random(5)
    damaged = [damage(midway, dice) for _ in range(400)]
    found = page.evaluate(BREAK, [damaged, SAVE, RUNS])
    assert found["bad"] == []
    assert found["taken"] > 5
    assert found["refused"] > 200


def damage(raw: str, dice: random.Random) -> str:
    """The text cut, with bytes changed, or with parts of its JSON replaced, moved or taken out."""
    how = dice.randrange(4)
    if how == 0:
        return raw[: dice.randrange(len(raw))]
    if how == 1:
        at = dice.randrange(len(raw))
        return raw[:at] + dice.choice(['"', "}", "0", "-", "é", "\\", "null", "[["]) + raw[at + dice.randrange(3) :]
    value = json.loads(raw)
    for _ in range(dice.randint(1, 3)):
        places = list(inside(value))
        holder, key = dice.choice(places)
        if how == 2 or not isinstance(holder, dict):
            holder[key] = dice.choice(
                [None, -1, 3, 1e300, 0.5, "", "constructor", "__proto__", [], {}, [[]], True, dice.choice(places)[0]]
            )
            value = json.loads(json.dumps(value, default=str)) if not is_circular(value) else json.loads(raw)
        else:
            del holder[key]
    return json.dumps(value)


def is_circular(value: Any) -> bool:
    """Whether a part now holds itself."""
    try:
        json.dumps(value)
    except ValueError:
        return True
    return False


def inside(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place inside a value, as its holder and its key."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    for key in keys:
        yield value, key
        yield from inside(value[key])


@pytest.mark.parametrize("script", [FORBIDDEN, FULL], ids=["forbidden", "full"])
def test_without_storage_the_game_goes_on_and_says_so(fresh: Fresh, script: str) -> None:
    page = fresh(before=script)
    begin(page)
    play_turn(page)
    assert words(page, "[data-kept]").startswith("This browser does not let the page keep your game.")
    go_on(page)
    for _ in range(4):
        play_turn(page)
        go_on(page)
    write(page)
    page.locator("[data-again-same]").click()
    assert page.locator(".lenses .ghost").count() == 7


def test_storage_that_goes_in_mid_game_does_not_lose_it(page: Page) -> None:
    begin(page)
    play_turn(page)
    page.evaluate(f"() => {{ {FULL} }}")
    go_on(page)
    choose(page, 1)
    assert words(page, "[data-kept]").startswith("This browser does not let the page keep your game.")
    page.locator("[data-end]").click()
    assert words(page, "[data-heading]") == "Day 40: what happened, and why"
    assert len(kept(page)["log"]["turns"]) == 1


def test_what_cannot_be_put_aside_is_not_written_over(fresh: Fresh) -> None:
    page = fresh()
    page.evaluate("key => localStorage.setItem(key, 'not JSON')", SAVE)
    page.context.add_init_script(FULL)
    page.reload()
    assert "It is left where it is" in words(page, ".notice")
    begin(page)
    assert page.evaluate("key => localStorage.getItem(key)", SAVE) == "not JSON"

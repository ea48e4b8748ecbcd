"""The game in its page: played by mouse and by keys, kept, refused, replayed, printed; and read without JavaScript."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import game_pages
import pytest
from playwright.sync_api import Browser, Page, Route, expect
from test_axe import CONTRAST, DESK, PHONE, faults
from test_sizes import SMALL, TOUCH, WIDER

from commissioning import page as book_page
from commissioning import scenario
from commissioning.game.log import edition, read_log
from commissioning.page.game import REFERENCE

Fresh = Callable[..., Page]
ADDRESS = "http://game.test/play.html"
RULES = game_pages.RULES
SAVE, RUNS = "commissioning:game:2013", "commissioning:game:runs"
SENTENCE = "commissioning:reflection:your-first-hundred-days.one-sentence"
FORBIDDEN = """Object.defineProperty(window, "localStorage",
  { get() { throw new DOMException("The request was denied.", "SecurityError"); } });"""
FULL = """Storage.prototype.setItem = () => { throw new DOMException("Full.", "QuotaExceededError"); };"""
PLAYED = """log => {
  const { rules } = JSON.parse(document.querySelector("[data-game-data]").textContent);
  let turn = 0;
  return commissioning.scenario.play(rules, () => log.turns[turn++], log.seed, null, log.dials).at(-1).values;
}"""


@cache
def html() -> str:
    """The page of the tests' own telling."""
    return game_pages.html()


@pytest.fixture
def fresh(chromium: Browser) -> Iterator[Fresh]:
    """Opens the game in a browser that has kept nothing. What the page throws fails the test."""
    contexts: list[Any] = []
    troubles: list[str] = []

    def serve(route: Route) -> None:
        if route.request.url.split("#")[0] == ADDRESS:
            route.fulfill(body=html(), content_type="text/html; charset=utf-8")
        else:
            troubles.append(f"asked for {route.request.url}")
            route.abort()

    def open_page(*, address: str = ADDRESS, before: str = "", **options: Any) -> Page:
        context = chromium.new_context(**{"viewport": DESK, "reduced_motion": "reduce", **options})
        context.set_default_timeout(15_000)
        context.on("weberror", lambda error: troubles.append(f"thrown: {error.error}"))
        context.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        context.route("**/*", serve)
        if before:
            context.add_init_script(before)
        contexts.append(context)
        page: Page = context.new_page()
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def page(fresh: Fresh) -> Page:
    """The game's page, untouched."""
    return fresh()


# -- what a player does ------------------------------------------------------------------------------------------------


def begin(page: Page, *, skin: str = "2013", seed: int = 417) -> None:
    """Choose a telling and a seed, and begin."""
    page.locator(f'[name=game-skin][value="{skin}"]').check()
    page.locator("#game-seed").fill(str(seed))
    page.locator(".begin .go").click()
    if page.locator(".begin").count():
        page.locator(".begin .go").click()
    expect(page.locator("[data-heading]")).to_have_text("Days 1 to 20")


def choose(page: Page, pick: int = 0) -> None:
    """The option with this number everywhere, as many points as there are, and something expected."""
    for section in page.locator("section[data-choice]:not(.attention)").all():
        options = section.locator(".path")
        options.nth(min(pick, options.count() - 1)).click()
    more = page.locator('[data-step="1"]')
    for n in range(6):
        if more.nth(n % 4).get_attribute("aria-disabled") == "false":
            more.nth(n % 4).click()
    page.select_option("#game-expect", index=1 + pick)


def play_turn(page: Page, pick: int = 0) -> None:
    """Choose, and end the turn."""
    choose(page, pick)
    page.locator("[data-end]").click()
    expect(page.locator(".game")).to_have_attribute("data-phase", "happened")


def go_on(page: Page) -> None:
    """From what happened to what comes next."""
    page.locator(".act .go").click()


def play(page: Page, pick: int = 0) -> None:
    """Five turns, to the first of the four conversations."""
    for turn in range(5):
        play_turn(page, (pick + turn) % 3)
        go_on(page)
    expect(page.locator(".game")).to_have_attribute("data-phase", "debrief")


def write(page: Page) -> None:
    """A few words in each conversation, to the ending."""
    for _ in range(4):
        page.locator("textarea").first.fill("A few words.")
        page.locator("[data-next-phase]").click()
    expect(page.locator(".game")).to_have_attribute("data-phase", "end")


def kept(page: Page, key: str = SAVE) -> Any:
    """What is kept under a key."""
    raw = page.evaluate("key => localStorage.getItem(key)", key)
    return None if raw is None else json.loads(raw)


def words(page: Page, part: str) -> str:
    """What a reader sees of the first such part, on one line."""
    return " ".join(page.locator(part).first.inner_text().split())


def said(name: str) -> str:
    """One of the game's own words, up to its first blank."""
    return str(book_page.words()["game"]["says"][name]).split("{")[0]


def played(log: dict[str, Any]) -> list[scenario.State]:
    """The game of a log, by Python's engine."""
    turns = iter(log["turns"])
    return scenario.play(RULES, lambda *_: next(turns), seed=log["seed"], dials=log["dials"])


# -- playing -----------------------------------------------------------------------------------------------------------


def test_a_whole_game_from_the_start_to_the_ending(page: Page) -> None:
    begin(page)
    play(page)
    write(page)
    assert words(page, "[data-heading]") == "Day 100: seven ways of looking at it"
    assert page.locator(".lenses > li").count() == 7
    for part in ("Portrait", "Who paid for this result", "A letter from day 365", "Paid.", "Letter below"):
        assert part in page.locator("[data-stage]").inner_text()


def test_the_page_and_python_play_the_same_game_to_the_last_digit(page: Page) -> None:
    for seed, pick in ((417, 0), (2013, 1), (7, 2)):
        begin(page, seed=seed)
        play(page, pick)
        log = kept(page, RUNS)["runs"][-1]
        end = played(log)[-1]
        mine = page.evaluate(PLAYED, log)
        assert mine == end["values"]
        write(page)
        lenses = scenario.reports(RULES, end)
        for name in ("money", "partners", "foundations"):
            shown = int(words(page, f'.lenses [data-lens="{name}"] .lens-head b'))
            assert abs(shown - float(lenses[name] or 0)) <= 0.5
        page.locator("[data-again-new]").click()


def test_what_is_missing_is_said_and_shown_before_a_turn_ends(page: Page) -> None:
    begin(page)
    for part, needed in (
        ("governance", "Who decides what"),
        ("buying", "Buying help"),
        ("stance", "Event"),
    ):
        page.locator("[data-end]").click()
        assert needed in words(page, "[data-need]")
        focused = page.evaluate("() => document.activeElement.dataset.decides")
        assert focused == part
        page.locator(f'section[data-choice="{part}"] .path').first.click()
        expect(page.locator("[data-need]")).to_have_text("")
    page.locator("[data-end]").click()
    assert words(page, "[data-need]") == said("need_expect")
    page.select_option("#game-expect", "money")
    page.locator("[data-end]").click()
    expect(page.locator("[data-heading]")).to_be_focused()
    assert words(page, "[data-heading]") == "Day 20: what happened, and why"


def test_points_promised_by_a_choice_cannot_be_spent(page: Page) -> None:
    begin(page)
    expect(page.locator("[data-points-left]")).to_have_text("6 points left")
    page.locator("#game-at-public").fill("6")
    page.locator("#game-at-public").blur()
    expect(page.locator("[data-points-left]")).to_have_text("No points left")
    page.locator('[data-decides="governance"][value="workshop"]').check()
    expect(page.locator("[data-points-left]")).to_have_text("2 too many: you have 4. Take some back.")
    for name in ("buying", "stance"):
        page.locator(f'section[data-choice="{name}"] .path').first.click()
    page.select_option("#game-expect", "money")
    page.locator("[data-end]").click()
    assert words(page, "[data-need]") == "You have spread 6 points and have 4. Take some back first."
    page.locator("#game-at-public").fill("4")
    page.locator("#game-at-public").blur()
    page.locator('[data-step="1"][data-channel="data"]').click(force=True)
    assert page.locator("#game-at-data").input_value() == "0"
    assert said("points_more") in words(page, "[data-say]")
    page.locator('[data-decides="governance"][value="chair"]').check()
    expect(page.locator("[data-points-left]")).to_have_text("3 points left")


def test_undo_takes_back_one_thing_at_a_time_and_nothing_is_resolved(page: Page) -> None:
    begin(page)
    steps = [kept(page)["draft"]]
    page.locator('[data-decides="governance"][value="chair"]').check()
    steps.append(kept(page)["draft"])
    page.locator('[data-decides="governance"][value="template"]').check()
    steps.append(kept(page)["draft"])
    page.locator('[data-step="1"][data-channel="data"]').click()
    steps.append(kept(page)["draft"])
    page.select_option("#game-expect", "money")
    for before in reversed(steps):
        page.locator("[data-undo]").click()
        assert kept(page)["draft"] == before
        expect(page.locator("[data-say]")).to_contain_text("Undone")
    page.locator("[data-undo]").click(force=True)
    expect(page.locator("[data-say]")).to_have_text(said("undo_nothing"))
    assert kept(page)["log"]["turns"] == []
    assert page.locator("[data-decides]:checked").count() == 0


def test_what_happened_says_what_moved_with_signs_and_why(page: Page) -> None:
    begin(page)
    page.locator('[data-decides="governance"][value="workshop"]').check()
    page.locator('[data-decides="buying"][value="in-house"]').check()
    page.locator('[data-decides="stance"][value="diplomacy"]').check()
    page.locator("#game-at-clinicians").fill("4")
    page.select_option("#game-expect", "partners")
    page.locator("[data-end]").click()
    first = words(page, ".came.decision")
    assert "Consequence of governance.workshop." in first
    assert "Explanation of governance.workshop" in first
    assert "the mandate +22.1 to 57.1" in first
    assert "the running, to the advisers £4.9m" in words(page, ".came.decision:nth-child(2)")
    assert "channel clinicians" in words(page, ".came.attention")
    assert "You expected Lens partners to fall most." in words(page, ".surprise")
    after = scenario.step(RULES, scenario.start(RULES, 417), kept(page)["log"]["turns"][0])
    assert f"to {after['values']['activity']:g}" in words(page, ".itself-all")


def test_a_late_effect_arrives_with_the_turn_it_comes_from(page: Page) -> None:
    begin(page)
    choose(page)
    page.locator('[data-decides="buying"][value="in-house"]').check()
    page.locator("[data-end]").click()
    for _ in range(2):
        go_on(page)
        play_turn(page)
    late = words(page, ".came.late")
    assert late.startswith("This is your turn 1 choice arriving")
    assert "Late of buying.in-house." in late
    assert "the support +" in late


def test_a_line_that_depends_on_the_luck_is_the_right_one(page: Page) -> None:
    won = set()
    for seed in range(1, 12):
        begin(page, seed=seed)
        play_turn(page)
        go_on(page)
        choose(page)
        page.locator('[data-decides="deficit"][value="dispute"]').check()
        page.locator("[data-end]").click()
        end = played_so_far(kept(page)["log"])
        told = "Dispute won." if end["values"]["owed"] < 4000 else "Dispute lost."
        assert told in words(page, ".came.decision:nth-child(2)"), seed
        won.add(told)
        if len(won) == 2:
            return
        page.reload()
    raise AssertionError(f"only {won}")


def played_so_far(log: dict[str, Any]) -> scenario.State:
    """The state after the turns of an unfinished log."""
    state = scenario.start(RULES, log["seed"], dials=log["dials"])
    for choices in log["turns"]:
        state = scenario.step(RULES, state, choices)
    return state


def test_nothing_is_compared_before_the_four_conversations(page: Page) -> None:
    begin(page)
    play(page)
    for phase in range(4):
        text = page.locator("[data-stage]").inner_text()
        assert "Most games" not in text
        assert "Portrait" not in text
        assert page.locator(".strip .range").count() == 0
        page.locator("[data-next-phase]").click()
        if phase < 3:
            assert words(page, ".debrief > .need") != ""
            page.locator("[data-without]").click()
        else:
            page.locator(".sentence textarea").fill("I will ring the practice before I write to it.")
            page.locator("[data-next-phase]").click()
    assert page.locator(".strip .range").count() == 8  # seven lenses, and the key
    written = json.loads(page.evaluate("key => localStorage.getItem(key)", SENTENCE))
    assert (written["format"], written["text"]) == (
        "commissioning-reflection/1",
        "I will ring the practice before I write to it.",
    )


def test_the_place_among_the_reference_games_is_pythons(page: Page) -> None:
    quantiles = json.loads(REFERENCE.read_text(encoding="utf-8"))["lenses"]
    begin(page)
    play(page)
    write(page)
    lenses = scenario.reports(RULES, played(kept(page)["log"])[-1])
    for name, ladder in quantiles.items():
        place = max((p for p, quantile in enumerate(ladder) if quantile <= (lenses[name] or 0)), default=0)
        assert f" {place} of every 100 of those games came out lower." in words(page, f'.lenses [data-lens="{name}"]')


# -- again -------------------------------------------------------------------------------------------------------------


def test_the_next_game_shows_the_last_one_as_a_ghost(page: Page) -> None:
    begin(page)
    play(page)
    write(page)
    page.locator("[data-again-same]").click()
    assert kept(page)["log"]["seed"] == 417
    assert page.locator(".lenses .ghost").count() == 7
    play_turn(page, 2)
    page.locator(".history > summary").click()
    expect(page.locator(".ghost-line").first).to_be_visible()
    assert page.locator(".ghost-line").count() > 10
    assert "the dashed line is your last game" in words(page, ".history")


def test_one_decision_changed_and_the_rest_played_again(page: Page) -> None:
    begin(page)
    play(page)
    before = kept(page, RUNS)["runs"][-1]
    write(page)
    page.select_option("#game-change-which", index=6)  # turn 3: the model
    page.select_option("#game-change-to", "managers" if before["turns"][2]["model"] != "managers" else "gps")
    page.locator(".change .go").click()
    assert words(page, "[data-heading]") == "One decision changed"
    after = kept(page)["log"]
    pairs = zip(before["turns"], after["turns"], strict=True)
    differ = [(turn, name) for turn, (was, now) in enumerate(pairs) for name in now if now[name] != was[name]]
    assert differ == [(2, "model")]
    assert after["seed"] == before["seed"]
    assert page.locator(".lenses .ghost").count() == 7
    assert page.locator(".ghost-line").count() > 10
    assert len(kept(page, RUNS)["runs"]) == 2
    lenses = scenario.reports(RULES, played(after)[-1])
    assert abs(int(words(page, '.lenses [data-lens="redesigned"] b')) - float(lenses["redesigned"] or 0)) <= 0.5


def test_only_the_last_twenty_games_are_kept_and_any_can_be_looked_at(page: Page) -> None:
    begin(page)
    play(page)
    write(page)
    for n in range(21):
        page.select_option("#game-change-which", index=n % 3)
        page.locator(".change .go").click()
    assert len(kept(page, RUNS)["runs"]) == 20
    page.reload()
    assert page.locator("[data-look]").count() == 20
    page.locator("[data-look]").last.click()
    assert page.locator("[data-heading]").inner_text() == "One decision changed"


# -- keeping -----------------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("what", list(DAMAGES))
def test_an_edited_save_is_refused_in_words_and_put_aside(fresh: Fresh, midway: str, what: str) -> None:
    raw = json.dumps(DAMAGES[what](json.loads(midway)))
    page = open_with(fresh, raw)
    assert "was not taken up" in words(page, ".notice")
    asides = page.evaluate("() => Object.keys(localStorage).filter(name => name.startsWith('commissioning:aside:'))")
    assert [page.evaluate("key => localStorage.getItem(key)", key) for key in asides] == [raw]
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


def test_a_link_for_a_class_opens_its_telling_seed_and_setting(fresh: Fresh) -> None:
    page = fresh(address=f"{ADDRESS}#telling=2026&seed=2013&dial=sceptical")
    assert page.locator("[name=game-skin]:checked").input_value() == "2026"
    assert page.locator("#game-seed").input_value() == "2013"
    assert page.locator("[name=game-dial]:checked").input_value() == "sceptical"
    page.locator("#game-seed").fill("88")
    link = page.locator(".class-link a").get_attribute("href")
    assert link == "#telling=2026&seed=88&dial=sceptical"
    page.locator("#game-seed").fill("0")
    page.locator(".begin .go").click()
    assert words(page, ".begin .need") == said("seed_need")


# -- the log -----------------------------------------------------------------------------------------------------------


def test_the_saved_log_is_what_python_reads_and_plays(page: Page) -> None:
    begin(page)
    play(page)
    write(page)
    with page.expect_download() as saved:
        page.locator("[data-save-json]").click()
    assert saved.value.suggested_filename == "first-hundred-days-2013-417.json"
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    log = read_log(text, RULES)
    assert (log.seed, log.skin, len(log.turns), log.edition) == (417, "2013", 5, edition(RULES))
    assert "A few words." not in text
    with page.expect_download() as saved:
        page.locator("[data-save-text]").click()
    told = Path(saved.value.path()).read_text(encoding="utf-8")
    for part in (
        "Days 81 to 100",
        "Consequence of governance",
        "A few words.",
        "A letter from day 365",
        "the mandate +",
    ):
        assert part in told


def test_on_paper_the_game_is_its_log(page: Page) -> None:
    begin(page)
    play_turn(page)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".game button:visible, .game input:visible").count() == 0
    assert "Consequence of governance" in page.locator("[data-log]").inner_text()


def test_before_the_first_turn_paper_shows_everything_to_read(page: Page) -> None:
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".game button:visible").count() == 0
    assert "Situation of rescue." in page.locator(".game-book").inner_text()


# -- everybody ---------------------------------------------------------------------------------------------------------


def test_without_javascript_everything_can_be_read(fresh: Fresh) -> None:
    page = fresh(java_script_enabled=False)
    text = page.locator(".game").inner_text()
    for part in ("You lead Larkmere in 2013", "You lead Larkmere in 2026", "Text of paper 5", "Situation of rescue."):
        assert part in text
    for branch in page.locator('[data-skin="2013"] details').all():
        branch.locator("> summary").click()
    text = page.locator('[data-skin="2013"]').inner_text()
    for name, part in RULES["decisions"].items():
        for option in part.get("options", {}):
            if name != "stance":
                assert f"Consequence of {name}.{option}." in text
                assert f"Explanation of {name}.{option}" in text
    assert page.locator(".game button:visible, .game select:visible").count() == 0


def test_a_page_whose_game_cannot_start_says_so_and_can_be_read(chromium: Browser) -> None:
    context = chromium.new_context()
    broken = html().replace("data-game-data>{", "data-game-data>", 1)
    context.route("**/*", lambda route: route.fulfill(body=broken, content_type="text/html; charset=utf-8"))
    page = context.new_page()
    page.goto(ADDRESS)
    expect(page.locator("p[data-broken]")).to_be_visible()
    assert "Situation of rescue." in page.locator(".game-book").inner_text()
    context.close()


def test_a_whole_game_by_keyboard_alone(page: Page) -> None:
    press = page.keyboard.press

    def to(selector: str) -> None:
        """Tab until this has the focus."""
        for _ in range(120):
            if page.evaluate("sel => document.activeElement.matches(sel)", selector):
                return
            press("Tab")
        raise AssertionError(f"Tab never came to {selector}")

    to(".begin .go")
    press("Enter")
    for _turn in range(5):
        expect(page.locator("[data-heading]")).to_be_focused()
        for section in page.locator("section[data-choice]:not(.attention)").all():
            to(f'[data-decides="{section.get_attribute("data-choice")}"]')
            press("Space")
            press("ArrowDown")
        to('[data-step="1"][data-channel="public"]')
        press("Enter")
        to("#game-at-data")
        page.keyboard.type("1")
        to("#game-expect")
        press("ArrowDown")
        to("[data-end]")
        press("Enter")
        expect(page.locator("[data-heading]")).to_be_focused()
        to(".act .go")
        press("Enter")
    for _phase in range(4):
        expect(page.locator("[data-heading]")).to_be_focused()
        to("textarea")
        page.keyboard.type("By keys.")
        to("[data-next-phase]")
        press("Enter")
    expect(page.locator(".game")).to_have_attribute("data-phase", "end")
    log = kept(page)["log"]
    assert [turn["attention"] for turn in log["turns"]] == [{"public": 1, "data": 1}] * 5
    to(".change .go")
    press("Enter")
    expect(page.locator("[data-heading]")).to_have_text("One decision changed")


def through(page: Page) -> Iterator[str]:
    """Every phase in turn, with everything unfolded, and with needs unmet where there can be any."""
    yield "start"
    begin(page)
    page.locator("[data-end]").click()
    yield "turn"
    choose(page, 1)
    yield "turn, chosen"
    page.locator("[data-end]").click()
    unfold(page)
    yield "happened"
    go_on(page)
    for turn in range(4):
        play_turn(page, turn % 3)
        go_on(page)
    for phase in range(4):
        page.locator("[data-next-phase]").click()
        unfold(page)
        yield f"debrief {phase + 1}"
        page.locator("textarea").first.fill("A few words.")
        page.locator("[data-next-phase]").click()
    unfold(page)
    yield "end"
    page.locator(".change .go").click()
    unfold(page)
    yield "changed"
    page.reload()
    yield "start again"


def unfold(page: Page) -> None:
    """Open all that is folded."""
    for _ in range(2):  # what is made when it is opened may hold more
        page.locator("[data-stage] details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        page.wait_for_timeout(50)


@pytest.mark.parametrize(
    ("size", "scheme"), [("phone", "light"), ("desk", "dark"), ("phone", "dark"), ("desk", "light")]
)
def test_axe_finds_nothing_serious_in_any_phase(fresh: Fresh, size: str, scheme: str) -> None:
    """Every rule on a light phone and a dark desk; the other way round, contrast, which alone depends on colours."""
    page = fresh(viewport=PHONE if size == "phone" else DESK, color_scheme=scheme)
    rules = {} if (size, scheme) in (("phone", "light"), ("desk", "dark")) else CONTRAST
    found = {phase: faults(page, "main", **rules) if rules else faults(page) for phase in through(page)}
    assert {phase: list_ for phase, list_ in found.items() if list_} == {}


def test_nothing_runs_off_the_side_at_320_pixels_and_all_can_be_touched(fresh: Fresh) -> None:
    page = fresh(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    found = {}
    for phase in through(page):
        found[phase] = [*page.evaluate(WIDER), *page.evaluate(SMALL, TOUCH)]
    assert {phase: list_ for phase, list_ in found.items() if list_} == {}


def test_there_is_one_live_region_and_it_speaks(page: Page) -> None:
    begin(page)
    assert page.locator(".game [role=status], .game [aria-live]").count() == 1
    page.locator('[data-step="1"][data-channel="public"]').click()
    expect(page.locator("[data-say]")).to_have_text("channel public now has 1. 5 points left.")


def test_money_is_printed_as_a_reader_says_it(page: Page) -> None:
    printed = page.evaluate(
        "() => [0, 450, -450, 999, 1000, 1200, -3131, 165550, 300000].map(k => commissioning.game.pounds(k, 1))"
    )
    assert printed == ["£0", "£450,000", "−£450,000", "£999,000", "£1.0m", "£1.2m", "−£3.1m", "£165.6m", "£300.0m"]


def test_every_word_of_the_game_is_used_and_there() -> None:
    ours = book_page.words()["game"]
    named = set(re.findall(r"\bw\.([a-z_]+)\b", book_page.front("game.js")))
    assert named == set(ours["says"])
    templates = Path(book_page.__file__).parent / "templates"
    text = "".join(path.read_text(encoding="utf-8") for path in templates.glob("game*.html"))
    assert set(re.findall(r"\bg\.([a-z_]+)\b", text)) == set(ours["page"])


def test_no_function_adds_up_the_lenses() -> None:
    """Whatever is summed by name in the game's code: points of attention, costs of options, accounts. Never a lens."""
    script = book_page.front("game.js")
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", script, flags=re.DOTALL)
    assert ".reduce(" not in code
    assert set(re.findall(r"(\w+) \+= (\w+)", code)) == {("n", "points"), ("spent", "amount"), ("whole", "values")}
    source = (Path(book_page.__file__).parent / "game" / "page.py").read_text(encoding="utf-8")
    assert "sum(" not in source
    assert "mean" not in re.sub(r"[\"'][^\"']*[\"']", "", source)

"""The game played by mouse: what is chosen, what happened and why, as Python's engine has it."""

from __future__ import annotations

import json
from typing import Any

from game_player import RULES, RUNS, SENTENCE, begin, choose, go_on, kept, play, play_turn, played, said, words, write
from playwright.sync_api import Page, expect

from commissioning import scenario
from commissioning.page.game import REFERENCE

PLAYED = """log => {
  const { rules } = JSON.parse(document.querySelector("[data-game-data]").textContent);
  let turn = 0;
  return commissioning.scenario.play(rules, () => log.turns[turn++], log.seed, null, log.dials).at(-1).values;
}"""


# -- playing -----------------------------------------------------------------------------------------------------------


def test_a_whole_game_from_the_start_to_the_ending(page: Page) -> None:
    begin(page)
    play(page, by_mouse=True)
    write(page, by_mouse=True)
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

"""The game played again: beside the last one, with one decision changed, from a link; its log saved and printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from game_player import ADDRESS, RULES, RUNS, begin, kept, play, play_turn, played, said, words, write
from playwright.sync_api import Page, expect

from commissioning import scenario
from commissioning.game.log import edition, read_log

Fresh = Callable[..., Page]


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

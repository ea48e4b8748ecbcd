"""The game without JavaScript, by keys, on a phone, for axe; and what its code and its words promise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from game_player import ADDRESS, RULES, begin, choose, go_on, html, kept, play_turn
from playwright.sync_api import Browser, Page, expect
from test_axe import CONTRAST, DESK, PHONE, faults
from test_sizes import SMALL, TOUCH, WIDER

from commissioning import page as book_page

Fresh = Callable[..., Page]


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
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


def test_axe_finds_nothing_serious_in_any_phase(page: Page) -> None:
    """Every rule on a light phone or a dark desk by turns; on the other, contrast, which alone depends on colours.

    Once it has begun, the texts that the game takes its words from (3,300 hidden elements) are asked no more.
    """
    places = [(PHONE, "light"), (DESK, "dark")]
    found = {}
    for phase in through(page):
        if phase not in ("start", "start again"):
            page.locator(".game-book").evaluate_all("all => all.forEach(one => one.remove())")
        for at, (size, scheme) in enumerate(places):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found[f"{phase}, {scheme}"] = faults(page, "main", **CONTRAST) if at else faults(page)
        places.reverse()
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
    source = (Path(book_page.__file__).parent / "game.py").read_text(encoding="utf-8")
    assert "sum(" not in source
    assert "mean" not in re.sub(r"[\"'][^\"']*[\"']", "", source)

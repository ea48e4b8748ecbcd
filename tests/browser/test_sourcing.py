"""Sourcing in a browser: a board that costs too much is refused in words, and what comes late comes in order."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import reader as r
from playwright.sync_api import Page, expect
from test_gallery import PHONE, finish

pytestmark = pytest.mark.xdist_group("gallery")

Fresh = Callable[..., Page]
BOARD = "example-sourcing"


@pytest.fixture
def board(fresh: Fresh, address: str) -> Page:
    page = fresh()
    page.goto(address + r.GALLERY)
    return page


def give(page: Page, **to: str) -> None:
    """Give each of these jobs to a supplier."""
    for function, supplier in to.items():
        row = r.exercise(page, BOARD).locator(f'tr[data-row="{function}"]')
        row.locator(f'.offer:has(input[value="{supplier}"])').click()


DEAREST = {"telephone": "practices", "driving": "hospital", "interpreting": "charity", "rota": "practices"}
TOTAL = ".left [role=status]"


def test_the_cost_is_kept_in_words_and_a_board_over_the_total_is_refused_by_how_much(board: Page) -> None:
    made = r.exercise(board, BOARD)
    expect(made.locator(TOTAL)).to_have_text("£0k of £90k so far: £90k left")
    give(board, telephone="practices")
    expect(made.locator(TOTAL)).to_have_text("£38k of £90k so far: £52k left")
    give(board, **DEAREST)
    expect(made.locator(TOTAL)).to_have_text("£114k of £90k: £24k more than there is")
    r.press_decide(board, BOARD)
    expect(made.locator(".need")).to_have_text("That comes to £24k more than there is. Change at least one choice.")
    assert r.state(board, BOARD) == "untouched"
    assert r.kept(board, BOARD) is None
    give(board, telephone="charity", driving="charity")
    expect(made.locator(TOTAL)).to_have_text("£78k of £90k so far: £12k left")
    r.press_decide(board, BOARD)
    expect(made.locator(".after-title")).to_have_text("Your board costs £78k and leaves £12k")


def test_a_job_that_nobody_does_is_named_and_gone_to(fresh: Fresh, address: str) -> None:
    page = fresh(viewport=PHONE)
    page.goto(address + r.GALLERY)
    r.give_each_job_to_the_cheapest(page, BOARD)
    made = r.exercise(page, BOARD)
    made.locator('tr[data-row="driving"] input').evaluate_all("all => all.forEach(one => { one.checked = false; })")
    r.press_decide(page, BOARD)
    expect(made.locator(".need")).to_have_text("Nobody does these yet: Driving people to the day clinic.")
    expect(made.locator('tr[data-row="driving"]')).to_be_visible()
    expect(made.locator('tr[data-row="driving"] input').first).to_be_focused()


def test_the_chosen_cell_stands_open_and_every_other_is_one_press_away(board: Page) -> None:
    give(board, telephone="charity", driving="charity", interpreting="practices", rota="hospital")
    r.press_decide(board, BOARD)
    branch = r.exercise(board, BOARD).locator('.branch[data-option="driving"]')
    expect(branch.locator(".ranks")).to_have_text("Charity, £16k")
    expect(branch.locator(".own")).to_contain_text("to see the sea")
    expect(branch.locator("li[data-supplier]:visible")).to_have_count(0)
    branch.locator(".more summary").click()
    seen = branch.locator("li[data-supplier]:visible")
    assert seen.evaluate_all("all => all.map(one => one.dataset.supplier)") == ["practices", "hospital"]


def test_what_comes_late_comes_in_the_order_of_its_month_and_goes_when_one_tries_again(board: Page) -> None:
    made = r.exercise(board, BOARD)
    give(board, telephone="charity", driving="charity", interpreting="practices", rota="hospital")
    r.press_decide(board, BOARD)
    assert made.locator(".month:visible").all_inner_texts() == ["Month 3", "Month 9"]
    assert [len(re.findall("data-late", part.inner_html())) for part in made.locator(".arrivals:visible").all()] == [
        1,
        3,
    ]
    assert "The charity on the Quays: 2 or more of these" in made.locator(".arrivals").last.inner_text()
    r.press_again(board, BOARD)
    expect(made.locator(TOTAL)).to_have_text("£0k of £90k so far: £90k left")
    give(board, telephone="practices", driving="practices", interpreting="charity")
    expect(made.locator('tr[data-row="rota"] input[value="charity"]')).to_have_count(0)
    give(board, rota="hospital")
    r.press_decide(board, BOARD)
    expect(made.locator(".need")).to_contain_text("£10k more than there is")
    give(board, driving="charity")
    r.press_decide(board, BOARD)
    assert made.locator(".arrivals:visible .label").all_inner_texts() == [
        "Driving people to the day clinic: The charity on the Quays"
    ]
    expect(made.locator(".score")).to_contain_text("Your first answer, kept: Answering the team’s phone: Charity;")


def test_on_a_phone_jobs_come_one_at_a_time_by_keyboard_alone(fresh: Fresh, address: str) -> None:
    page = fresh(viewport={"width": 320, "height": 640})
    page.goto(address + r.GALLERY)
    expect(r.exercise(page, BOARD).locator("tr[data-row]:visible")).to_have_count(1)
    finish(page, BOARD)
    assert len(r.kept(page, BOARD)["last"]["response"]["chosen"]) == 4  # type: ignore[index]


def test_without_a_script_and_on_paper_the_whole_table_stands_there(fresh: Fresh, address: str) -> None:
    page = fresh(java_script_enabled=False)
    page.goto(address + r.GALLERY)
    made = page.locator(f'decision-exercise[id="{BOARD}"]')
    expect(made.locator(".offer:visible")).to_have_count(12)
    expect(made.locator(".paper-only").first).to_be_visible()
    expect(made.locator(".row-nav")).to_be_hidden()
    page.emulate_media(media="print")
    expect(made.locator(".offer input:visible")).to_have_count(11)
    expect(made.locator("li[data-supplier]:visible")).to_have_count(11)

"""What the record page shows: answers, outcomes, calibration, what is due; everything typed as text."""

from __future__ import annotations

import csv
import io
import json

import pytest
import record_on_a_page as rec
from playwright.sync_api import BrowserContext, Page, expect
from record_page import NASTY, RIGHT, WRONG, decided, export, part, with_kept
from test_sizes import WIDER

from commissioning.book import Book


def test_with_nothing_kept_it_says_what_will_stand_here(mine: Page) -> None:
    assert mine.locator("[data-says]").inner_text().startswith("You have not decided anything here yet.")
    for name in ("decided", "due", "sure", "can", "wrote"):
        expect(mine.locator(f"#{name}")).to_be_hidden()
    expect(mine.locator("[data-download=json]")).to_be_hidden()
    expect(mine.locator("[data-add]")).to_be_attached()
    expect(mine.locator("[data-filter]")).to_be_hidden()
    expect(mine.locator(".forget")).to_be_hidden()


def test_what_is_half_made_is_shown_with_the_way_to_go_on_and_is_not_counted_as_decided(mine: Page) -> None:
    expect(mine.locator("[data-begun]")).to_be_hidden()
    draft = {"format": "commissioning-draft/1", "edition": "e1", "at": rec.FIRST, "half": None}
    fields = {"text": f"Ring them {NASTY}", "choice=option-1": True}
    with_kept(mine, draft__exercise_4={**draft, "fields": fields}, draft__long_gone={**draft, "fields": {"x": "a b"}})
    assert mine.locator("[data-says]").inner_text() == (
        "You have not decided anything here yet. When you do, it appears on this page, and nowhere else. "
        "Two answers are half-made, and not decided."
    )
    shown = part(mine, "begun")
    assert "A decision of some weight, number 4 Ring them <script>" in shown
    assert "1.4 · left on 1 November 2026" in shown
    assert "long-gone a b left on 1 November 2026 · No longer in the book" in shown
    assert mine.locator('[data-part="begun"] a').get_attribute("href") == "##exercise-4"
    assert mine.evaluate("window.hit") is None
    expect(mine.locator("#decided")).to_be_hidden()
    assert mine.locator(".trail li").count() == 0
    expect(mine.locator("[data-download=csv]")).to_be_visible()
    rows = list(csv.DictReader(io.StringIO(export(mine, "csv").removeprefix("\ufeff"), newline="")))
    assert [row["what"] for row in rows] == ["begun", "begun"]
    with_kept(mine, **decided(RIGHT, n=1))
    assert mine.locator("[data-says]").inner_text().startswith("You have decided once in one chapter. Two answers")


def test_it_begins_with_a_sentence_and_one_drawing_for_each_decision(mine: Page) -> None:
    kept = (
        decided(RIGHT)
        | decided(WRONG, RIGHT, n=1, days=(1, 9))
        | decided(RIGHT, n=59)
        | {"reflection__chapter_1": "Mine."}
    )
    with_kept(mine, **kept)
    expect(mine.locator("[data-says]")).to_have_text(
        "You have decided three times in two chapters and written one reflection."
    )
    assert mine.locator(".trail li").count() == 3
    assert mine.locator(".trail .fork .dot").count() == 3


def test_each_decision_shows_its_first_answer_beside_its_last(mine: Page) -> None:
    with_kept(mine, **decided(("option-0", 1), RIGHT, days=(1, 9)))
    shown = part(mine, "decided")
    assert "Last answer: B, What the 1th of four people would do about it, and why, very sure Best supported." in shown
    assert "First answer: A, What the 0th of four people would do about it, and why, unsure" in shown
    assert "1.0 · 1 November 2026 to 9 November 2026, two times" in shown
    assert mine.locator(".entries .what a").first.get_attribute("href") == "##exercise-0"


def test_no_total_no_rank_and_no_streak_is_shown(mine: Page) -> None:
    with_kept(mine, **{k: v for n in range(30) for k, v in decided(RIGHT, n=n).items()})
    text = mine.locator(".record").inner_text().lower()
    assert not any(word in text for word in ("total", "rank", "streak", "score", "%", "level ", "points", "missed"))


def test_outcomes_have_a_disc_and_a_word(mine: Page) -> None:
    kept = (
        decided(RIGHT, n=0)
        | decided(WRONG, RIGHT, n=1, days=(1, 1))
        | decided(WRONG, n=2)
        | decided(RIGHT, RIGHT, n=3, days=(1, 5))
    )
    with_kept(mine, **kept)
    met = mine.locator(".met")
    assert met.all_inner_texts() == ["first try", "later", "not yet", "first try, revisited"]  # none that was not tried
    assert [met.nth(i).locator("circle").get_attribute("class") for i in range(4)] == [
        "full",
        "ring",
        "empty",
        "full",
    ]


def test_calibration_waits_for_twenty_answers(mine: Page) -> None:
    kept = {k: v for n in range(19) for k, v in decided(RIGHT if n % 3 else WRONG, n=n).items()}
    with_kept(mine, **kept)
    assert "You have given 19 answers with a certainty." in part(mine, "sure")
    assert mine.locator(".calibration").count() == 0
    with_kept(mine, **decided(RIGHT, n=19))
    assert mine.locator(".calibration").get_attribute("aria-label") == (
        "When unsure you were right 0 of 0. When fairly sure, 0 of 0. When very sure, 13 of 20."
    )
    headings = mine.locator('[data-part="sure"] h3').all_inner_texts()
    assert headings == ["Very sure, and not so", "Your “very sure” is worth about an “unsure”"]


def test_what_was_very_sure_and_wrong_stands_first_in_what_is_due(mine: Page) -> None:
    mine.clock.set_fixed_time("2026-11-02T09:00:00Z")
    with_kept(mine, **decided(RIGHT, n=0), **decided(("option-0", 1), n=1), **decided(WRONG, n=2))
    names = mine.locator('[data-part="due"] .what').all_inner_texts()
    assert [name[-1] for name in names] == ["2", "1", "0"]
    assert "You were very sure, and it was not so." in part(mine, "due")


@pytest.mark.parametrize(
    ("now", "due"), [("2026-11-01T23:59:00Z", 0), ("2026-11-02T00:01:00Z", 1), ("2027-03-01T10:00:00Z", 1)]
)
def test_a_thing_is_due_by_the_learners_own_calendar(mine: Page, now: str, due: int) -> None:
    mine.clock.set_fixed_time(now)
    with_kept(mine, **decided(RIGHT))
    assert mine.locator('[data-part="due"] li').count() == due
    assert due or "The next is on 2 November 2026." in part(mine, "due")


def test_closing_questions_come_back_too(context: BrowserContext, small_book: Book) -> None:
    index = rec.index_of(small_book)
    name = next(name for name, one in index["exercises"].items() if one.get("q") and one["k"] == "short-answer")
    taken = {"response": {"text": "Luck.", "points": [0]}, "at": rec.FIRST, "edition": index["exercises"][name]["e"]}
    rec.lay_out(context, index)
    page = context.new_page()
    page.clock.set_fixed_time("2026-11-02T09:00:00Z")
    page.goto(rec.ADDRESS)
    kept = {
        "format": "commissioning-decision/1",
        "id": name,
        "kind": "short-answer",
        "first": taken,
        "last": taken,
        "attempts": 1,
    }
    page.evaluate(
        "([name, raw]) => localStorage.setItem(`commissioning:decision:${name}`, raw)", [name, json.dumps(kept)]
    )
    page.reload()
    assert "Closing question, chapter 1 · a day after your first answer" in part(page, "due")
    assert "Points that you had, by your own marking: 1 of 2." in part(page, "decided")


def test_one_chapter_can_be_shown_alone(mine: Page) -> None:
    with_kept(
        mine, **decided(RIGHT), **decided(RIGHT, n=30), reflection__chapter_1="One.", reflection__chapter_2="Two."
    )
    mine.locator("#record-chapter").select_option("chapter-2")
    assert mine.locator(".chapter-block:not(.set-out) summary").all_inner_texts() == ["2 Chapter 2: one answer"]
    assert mine.locator('[data-part="can"] tbody').count() == 1
    assert mine.locator(".reflection .own").all_inner_texts() == ["Two."]
    mine.locator("#record-chapter").select_option("")
    assert mine.locator(".reflection .own").all_inner_texts() == ["One.", "Two."]


def test_what_a_learner_typed_is_shown_as_text(mine: Page) -> None:
    odd = rec.state("exercise-0", (NASTY, 1)) | {"kind": NASTY}
    gone = rec.state("long-gone", RIGHT)
    gone["last"]["response"] = {NASTY: [NASTY]}
    with_kept(
        mine,
        decision__exercise_0=odd,
        decision__long_gone=gone,
        reflection__chapter_1=NASTY,
        reflection__left_long_ago=NASTY,
    )
    script = "<script>window.hit = 1</script>"
    mine.evaluate("raw => localStorage.setItem('commissioning:aside:<img src=x onerror=window.hit=1>:1', raw)", script)
    mine.reload()
    mine.locator("[data-start]").first.click()
    assert mine.locator(".own").first.inner_text().strip() == NASTY.strip()
    assert mine.evaluate("window.hit") is None
    assert mine.locator(".record script:not([data-record-index]), .record img").count() == 0
    assert mine.evaluate(WIDER) == []
    for kind in ("json", "md", "csv"):
        assert "x" * 200 in export(mine, kind)
    cells = [
        cell for row in csv.reader(io.StringIO(export(mine, "csv").removeprefix("\ufeff"), newline="")) for cell in row
    ]
    assert NASTY in cells

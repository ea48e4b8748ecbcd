"""The record page takes in, gives away, forgets and brings back; nothing is lost where storage misbehaves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import record_on_a_page as rec
from playwright.sync_api import Browser, Page, expect
from record_page import FILES, FORBIDDEN, FULL, RIGHT, ROOM_FOR_TWO, WRONG, decided, export, part, take_in, with_kept

from commissioning import record
from commissioning.book import Book


def test_a_record_exported_in_one_browser_is_whole_in_another(mine: Page, chromium: Browser, small_book: Book) -> None:
    kept = (
        decided(WRONG, RIGHT, days=(1, 9))
        | decided(RIGHT, n=30)
        | {"reflection__chapter_1": "One.", "reflection__chapter_2.next": "Ring."}
    )
    with_kept(mine, **kept, decision__broken="{", aside__exercise_9__1="[")
    text = export(mine)
    assert json.loads(text)["format"] == "commissioning-record/1"
    other = chromium.new_context()
    rec.lay_out(other, rec.large_index(small_book, 60, chapters=3))
    page = other.new_page()
    page.goto(rec.ADDRESS)
    assert take_in(page, text).startswith("Added from mine.json: 6 new")
    again = json.loads(export(page))
    first = json.loads(text)
    assert [again[name] for name in ("decisions", "reflections")] == [
        first[name] for name in ("decisions", "reflections")
    ]
    assert sorted(again["aside"].values()) == sorted(first["aside"].values()) == ["[", "{"]
    before = rec.everything(page)
    assert take_in(page, text) == "mine.json holds nothing that is not here already."
    assert rec.everything(page) == before
    other.close()


def test_python_reads_what_the_browser_exports(mine: Page, tmp_path: Path) -> None:
    with_kept(
        mine, **decided(WRONG, RIGHT, days=(1, 9)), reflection__chapter_1="Old and bare.", decision__broken="null"
    )
    path = tmp_path / "mine.json"
    path.write_text(export(mine), encoding="utf-8")
    whole = record.read_record(path)
    assert whole.decisions["exercise-0"].attempts == 2
    assert whole.reflections["chapter-1"].text == "Old and bare."
    assert list(whole.aside.values()) == ["null"]


HALF = {"format": "commissioning-draft/1", "edition": rec.EDITION, "fields": {"choice=option-2": True}, "half": None}


def test_a_half_made_answer_travels_in_a_record_and_comes_back_told_apart_from_what_was_decided(
    mine: Page, small_book: Book, chromium: Browser
) -> None:
    draft = {**HALF, "at": "2026-11-05T10:00:00.000Z"}
    with_kept(mine, **decided(RIGHT), draft__exercise_4=json.dumps(draft))
    text = export(mine)
    whole = json.loads(text)
    assert whole["drafts"] == {"exercise-4": draft}
    assert list(whole["decisions"]) == ["exercise-0"]
    assert record.read_text(text).drafts["exercise-4"].fields == {"choice=option-2": True}
    other = chromium.new_context()
    rec.lay_out(other, rec.large_index(small_book, 60, chapters=3))
    page = other.new_page()
    page.goto(rec.ADDRESS)
    assert take_in(page, text).startswith("Added from mine.json: 2 new")
    assert json.loads(rec.everything(page)["commissioning:draft:exercise-4"]) == draft
    assert take_in(page, text) == "mine.json holds nothing that is not here already."
    other.close()


def test_undoing_an_import_keeps_half_an_answer_that_was_typed_since_and_the_one_before(mine: Page) -> None:
    before, theirs, since = (
        {**HALF, "at": f"2026-11-0{day}T10:00:00.000Z", "fields": {f"choice=option-{day}": True}} for day in (1, 2, 3)
    )
    with_kept(mine, draft__exercise_4=json.dumps(before))
    take_in(
        mine, json.dumps({"format": "commissioning-record/1", "made_at": rec.FIRST, "drafts": {"exercise-4": theirs}})
    )
    mine.evaluate("raw => localStorage.setItem('commissioning:draft:exercise-4', raw)", json.dumps(since))
    mine.locator("[data-undo]").click()
    after = rec.everything(mine)
    assert json.loads(after["commissioning:draft:exercise-4"]) == since
    aside = [raw for name, raw in after.items() if name.startswith("commissioning:aside:exercise-4:draft")]
    assert any(json.loads(raw)["fields"] == before["fields"] for raw in aside)


def test_a_half_made_answer_that_was_decided_since_goes_aside_and_an_older_one_too(mine: Page) -> None:
    """What stands is what was decided, and the draft that was typed last."""
    later = {**HALF, "at": "2026-11-20T10:00:00.000Z", "fields": {"choice=option-3": True}}
    with_kept(mine, **decided(RIGHT, days=(9, 9)), draft__exercise_4=json.dumps(later))
    earlier = {**HALF, "at": "2026-11-05T10:00:00.000Z"}
    theirs = {
        "format": "commissioning-record/1",
        "made_at": rec.FIRST,
        "drafts": {"exercise-0": earlier, "exercise-4": earlier},
    }
    take_in(mine, json.dumps(theirs))
    after = rec.everything(mine)
    assert "commissioning:draft:exercise-0" not in after
    assert json.loads(after["commissioning:draft:exercise-4"]) == later
    aside = [json.loads(raw)["id"] for name, raw in after.items() if name.startswith("commissioning:aside:")]
    assert sorted(aside) == ["exercise-0", "exercise-4"]
    mine.locator("[data-undo]").click()
    assert json.loads(rec.everything(mine)["commissioning:draft:exercise-4"]) == later


def test_importing_joins_both_sides(mine: Page) -> None:
    with_kept(mine, **decided(("option-0", 1), RIGHT, days=(3, 4)), reflection__chapter_1="Here.")
    theirs = {
        "format": "commissioning-record/1", "made_at": rec.FIRST, "mood": "fair",
        "decisions": {"exercise-0": rec.state("exercise-0", WRONG), "exercise-5": rec.state("exercise-5", RIGHT)},
        "reflections": {"chapter-1": "There."},
    }  # fmt: skip
    assert take_in(mine, json.dumps(theirs)) == "Added from mine.json: 2 new, 2 joined with yours, 0 already here."
    mine.reload()
    whole = json.loads(export(mine))
    one = whole["decisions"]["exercise-0"]
    assert (one["first"]["at"][:10], one["last"]["at"][:10], one["attempts"]) == ("2026-11-01", "2026-11-04", 3)
    assert "exercise-5" in whole["decisions"]
    assert {"Here.", "There."} == set(whole["reflections"]["chapter-1"]["text"].split("\n\n* * *\n\n"))
    assert '{"mood":"fair"}' in whole["aside"].values()


def test_a_damaged_file_is_refused_with_a_reason_and_changes_nothing(mine: Page) -> None:
    with_kept(mine, **decided(RIGHT), reflection__chapter_1="Here.")
    before = rec.everything(mine)
    for case in FILES:
        if not case["taken"]:
            said = take_in(mine, case["text"])
            assert said.startswith("mine.json was not added, and nothing here was changed. "), case["why"]
            assert rec.everything(mine) == before, case["why"]
    expect(mine.locator("[data-undo]")).to_be_hidden()


def test_a_record_of_a_later_version_is_refused_kindly(mine: Page) -> None:
    said = take_in(mine, json.dumps({"format": "commissioning-record/7", "made_at": rec.FIRST}))
    assert said.endswith(
        "A later version of the book wrote it (commissioning-record/7); this one reads commissioning-record/1. "
        "Take the newer book, and nothing is lost."
    )


def test_an_import_can_be_undone(mine: Page) -> None:
    with_kept(mine, **decided(RIGHT, days=(3, 3)))
    before = rec.everything(mine)
    theirs = {
        "format": "commissioning-record/1",
        "made_at": rec.FIRST,
        "decisions": {"exercise-0": rec.state("exercise-0", WRONG), "exercise-1": rec.state("exercise-1", WRONG)},
    }
    take_in(mine, json.dumps(theirs))
    assert rec.everything(mine) != before
    mine.locator("[data-undo]").click()
    assert rec.everything(mine) == before


# -- forget --------------------------------------------------------------------------------------------------------


def test_forgetting_a_chapter_leaves_the_others_and_can_be_undone_exactly(mine: Page) -> None:
    with_kept(
        mine, **decided(RIGHT), **decided(WRONG, n=30), reflection__chapter_1="One.", reflection__chapter_2="Two.",
        **{"reflection__chapter_1.next": "Ring."}, aside__exercise_1__7="{", scheme="dark",
    )  # fmt: skip
    before = rec.everything(mine)
    mine.locator("#record-forget").select_option("chapter-1")
    mine.locator("[data-forget=one]").click()
    expect(mine.locator("[data-status]")).to_have_text(
        "Forgotten: 1 Chapter 1. You can undo this until you leave this page."
    )
    assert sorted(rec.everything(mine)) == [
        "commissioning:decision:exercise-30",
        "commissioning:reflection:chapter-2",
        "commissioning:scheme",
    ]
    assert "1 Chapter 1" not in part(mine, "decided")
    mine.locator("[data-undo]").click()
    assert rec.everything(mine) == before
    assert "1 Chapter 1" in part(mine, "decided")


def test_forgetting_everything_keeps_only_the_colours_and_can_be_undone_by_keyboard(mine: Page) -> None:
    with_kept(mine, **decided(RIGHT), reflection__chapter_1="One.", decision__odd="{", scheme="light")
    before = rec.everything(mine)
    mine.locator("[data-forget=all]").focus()
    mine.keyboard.press("Enter")
    assert rec.everything(mine) == {"commissioning:scheme": "light"}
    expect(mine.locator("[data-undo]")).to_be_focused()
    mine.keyboard.press("Enter")
    assert rec.everything(mine) == before
    expect(mine.locator("[data-status]")).to_be_focused()


def test_several_things_forgotten_come_back_one_by_one(mine: Page) -> None:
    with_kept(mine, **decided(RIGHT), **decided(RIGHT, n=30))
    before = rec.everything(mine)
    for slug in ("chapter-1", "chapter-2"):
        mine.locator("#record-forget").select_option(slug)
        mine.locator("[data-forget=one]").click()
    assert rec.everything(mine) == {}
    mine.locator("[data-undo]").click()
    mine.locator("[data-undo]").click()
    assert rec.everything(mine) == before


def test_undoing_keeps_what_another_tab_has_written_since(mine: Page) -> None:
    with_kept(mine, **decided(WRONG), reflection__chapter_1="Before.")
    other = mine.context.new_page()
    other.goto(rec.ADDRESS)
    mine.locator("[data-forget=all]").click()
    rec.keep(other, **decided(RIGHT, days=(9, 9)), reflection__chapter_1="After.")
    mine.wait_for_function("() => localStorage.getItem('commissioning:reflection:chapter-1')?.includes('After.')")
    mine.locator("[data-undo]").click()
    whole = json.loads(export(mine))
    one = whole["decisions"]["exercise-0"]
    assert (one["first"]["response"]["choice"], one["last"]["response"]["choice"]) == ("option-2", "option-1")
    assert {"Before.", "After."} == set(whole["reflections"]["chapter-1"]["text"].split("\n\n* * *\n\n"))


# -- storage that misbehaves ---------------------------------------------------------------------------------------


def test_what_another_tab_decides_appears_at_once(mine: Page) -> None:
    other = mine.context.new_page()
    other.goto(rec.ADDRESS)
    rec.keep(other, **decided(RIGHT))
    expect(mine.locator("[data-says]")).to_have_text("You have decided once in one chapter.")


@pytest.mark.parametrize("script", [FULL, ROOM_FOR_TWO], ids=["full", "full half way"])
def test_where_there_is_no_room_an_import_changes_nothing(mine: Page, script: str) -> None:
    with_kept(mine, **decided(RIGHT), reflection__chapter_1="Mine.")
    before = rec.everything(mine)
    mine.evaluate(script)
    theirs = {
        "format": "commissioning-record/1",
        "made_at": rec.FIRST,
        "decisions": {f"exercise-{n}": rec.state(f"exercise-{n}", WRONG) for n in range(1, 9)},
    }
    assert take_in(mine, json.dumps(theirs)) == "This browser has no room for it, so nothing was changed."
    assert rec.everything(mine) == before


def test_in_a_private_window_a_record_can_still_be_looked_at(mine: Page) -> None:
    mine.add_init_script(FORBIDDEN)
    mine.reload()
    expect(mine.locator("[data-trouble]")).to_contain_text("does not let the page keep anything")
    theirs = {
        "format": "commissioning-record/1",
        "made_at": rec.FIRST,
        "decisions": {"exercise-0": rec.state("exercise-0", RIGHT)},
    }
    take_in(mine, json.dumps(theirs))
    expect(mine.locator("[data-says]")).to_have_text("You have decided once in one chapter.")
    assert list(json.loads(export(mine))["decisions"]) == ["exercise-0"]
    mine.locator("[data-forget=all]").click()
    mine.locator("[data-undo]").click()
    expect(mine.locator("[data-says]")).to_have_text("You have decided once in one chapter.")


def test_an_entry_edited_by_hand_is_kept_told_and_never_marked(mine: Page) -> None:
    no_option = rec.state("exercise-1", ("no-such-option", 2))
    with_kept(
        mine,
        decision__exercise_0='{"format": "commissioning-decision/1"',
        decision__exercise_1=no_option,
        decision__exercise_2="[]",
    )
    assert "This answer could not be read against the book, so nothing is said of it. It is kept." in part(
        mine, "decided"
    )
    assert "Not the best supported" not in part(mine, "decided")
    assert "Two things could not be read. They were put aside, not deleted" in mine.locator("[data-aside]").inner_text()
    assert set(json.loads(export(mine))["aside"].values()) == {'{"format": "commissioning-decision/1"', "[]"}
    assert mine.locator(".met").count() == 0  # an answer that says nothing meets no outcome


def test_an_import_over_an_entry_that_cannot_be_read_keeps_both(mine: Page) -> None:
    with_kept(mine, decision__exercise_0="{")
    theirs = {
        "format": "commissioning-record/1",
        "made_at": rec.FIRST,
        "decisions": {"exercise-0": rec.state("exercise-0", RIGHT)},
    }
    take_in(mine, json.dumps(theirs))
    kept = rec.everything(mine)
    assert json.loads(kept["commissioning:decision:exercise-0"])["last"]["response"]["choice"] == "option-1"
    assert [raw for name, raw in kept.items() if name.startswith("commissioning:aside:exercise-0")] == ["{"]


def test_a_book_that_goes_back_and_forward_again_loses_and_mismarks_nothing(mine: Page, small_book: Book) -> None:
    newest = rec.state("exercise-3", RIGHT) | {"format": "commissioning-decision/2"}
    with_kept(mine, **decided(WRONG), **decided(RIGHT, n=59), decision__exercise_3=newest)
    before = rec.everything(mine)
    older = rec.large_index(small_book, 60, chapters=3)
    older["exercises"]["exercise-0"]["e"] = "e0"
    del older["exercises"]["exercise-59"]
    rec.lay_out(mine.context, older)
    mine.reload()
    shown = part(mine, "decided")
    assert "Updated since you decided. Your answer stands, and is not marked again." in shown
    assert "Not the best supported" not in shown
    mine.locator(".chapter-block summary").last.click()
    expect(mine.locator("[data-says]")).to_contain_text("One exercise has changed since you met it.")
    assert "No longer in the book. Your answer is kept." in " ".join(
        mine.locator('[data-part="decided"]').text_content().split()
    )
    assert list(json.loads(export(mine))["aside"].values()) == [before["commissioning:decision:exercise-3"]]
    rec.lay_out(mine.context, rec.large_index(small_book, 60, chapters=3))
    mine.reload()
    assert rec.everything(mine) == before
    assert "Updated since" not in part(mine, "decided")


def test_what_was_put_aside_can_go_back_once_it_can_be_read(mine: Page) -> None:
    with_kept(mine, aside__exercise_0__1764000000000=rec.state("exercise-0", RIGHT), aside__exercise_1__2="{")
    assert mine.locator("[data-back]").count() == 1
    mine.locator("[data-back]").click()
    assert "commissioning:decision:exercise-0" in rec.everything(mine)
    assert [name for name in rec.everything(mine) if ":aside:" in name] == ["commissioning:aside:exercise-1:2"]
    assert "Best supported." in part(mine, "decided")

"""My record in a browser: what it shows, takes in, gives away, forgets and brings back. Nothing is lost on the way."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, date
from pathlib import Path
from typing import Any

import pytest
import reader as r
import record_on_a_page as rec
from fixture_book import FIXTURES
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect
from test_axe import faults
from test_sizes import SMALL, TOUCH, WIDER

from commissioning import record
from commissioning.book import Book
from commissioning.record import views as record_views
from commissioning.record.shapes import State

Fresh = Callable[..., Page]
RECORD = "book/my-record.html"
NASTY = (
    "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'> \"quotes\" & 🙂 שלום \u202e " + "x" * 10_000
)
FULL = """(() => { Storage.prototype.setItem = () => { throw new DOMException("Full.", "QuotaExceededError"); }; })()"""
ROOM_FOR_TWO = """(() => { const real = Storage.prototype.setItem; let left = 2;
  Storage.prototype.setItem = function (...pair) {
    if (left-- <= 0) throw new DOMException("Full.", "QuotaExceededError"); real.apply(this, pair); }; })()"""
FORBIDDEN = """Object.defineProperty(window, "localStorage",
  { get() { throw new DOMException("The request was denied.", "SecurityError"); } });"""
RIGHT, WRONG = ("option-1", 3), ("option-2", 3)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that has kept nothing, reads in London, and copies what it is asked to."""
    made = chromium.new_context(timezone_id="Europe/London", viewport={"width": 390, "height": 844})
    made.set_default_timeout(5000)
    troubles: list[str] = []
    made.on("weberror", lambda error: troubles.append(str(error.error)))
    yield made
    made.close()
    assert troubles == []


@pytest.fixture
def mine(context: BrowserContext, small_book: Book) -> Page:
    """The record page of a book of 60 decisions in three chapters, with nothing kept."""
    rec.lay_out(context, rec.large_index(small_book, 60, chapters=3))
    page = context.new_page()
    page.goto(rec.ADDRESS)
    return page


def with_kept(page: Page, **kept: Any) -> Page:
    """The page, opened again with these things kept."""
    rec.keep(page, **kept)
    page.reload()
    return page


def decided(*choices: tuple[str, int], n: int = 0, **more: Any) -> dict[str, Any]:
    return {f"decision__exercise_{n}": rec.state(f"exercise-{n}", *choices, **more)}


def part(page: Page, name: str) -> str:
    """The words under one heading, as they are read."""
    return " ".join(page.locator(f'[data-part="{name}"]').inner_text().split())


def export(page: Page, kind: str = "json") -> str:
    with page.expect_download() as started:
        page.locator(f'[data-download="{kind}"]').click()
    return Path(started.value.path()).read_text(encoding="utf-8")


def take_in(page: Page, text: str, name: str = "mine.json") -> str:
    """Add a record from a file; what the page says of it."""
    page.locator("[data-status]").evaluate("one => { one.textContent = ''; }")
    page.locator("[data-add]").set_input_files({"name": name, "mimeType": "application/json", "buffer": text.encode()})
    expect(page.locator("[data-status]")).not_to_be_empty()
    return page.locator("[data-status]").inner_text()


# -- the same rules in Python and in the browser -------------------------------------------------------------------

JOINED: list[dict[str, Any]] = json.loads((FIXTURES / "record" / "joined.json").read_text("utf-8"))
FILES: list[dict[str, Any]] = json.loads((FIXTURES / "record" / "files.json").read_text("utf-8"))
API = "globalThis.commissioning.record"


def test_files_are_taken_in_or_refused_as_in_python(mine: Page) -> None:
    read = f"text => {{ try {{ return {API}.asJson({API}.readRecord(text)); }} catch (e) {{ return [e.message]; }} }}"
    for case in FILES:
        found = mine.evaluate(read, case["text"])
        assert isinstance(found, str) == case["taken"], (case["why"], found)
        if case["taken"]:
            ours = record.read_text(case["text"]).model_dump()
            theirs = record.read_text(found).model_dump()
            assert ours == theirs or "emoji" in case["why"], case["why"]
        else:
            assert found[0].startswith(("It is ", "A later version")), case["why"]


def test_records_are_joined_as_in_python(mine: Page) -> None:
    join = f"([a, b]) => {API}.asJson({API}.merge({API}.readRecord(a), {API}.readRecord(b)))"
    for case in JOINED:
        found = mine.evaluate(join, [json.dumps(case["a"]), json.dumps(case["b"])])
        assert record.read_text(found).model_dump() == record.read_text(json.dumps(case["both"])).model_dump(), case[
            "why"
        ]


def random_record(index: record_views.Index, dice: random.Random) -> record.Record:
    """Answers to some exercises, well and badly, over a hundred days."""
    states = {}
    for name, one in index.exercises.items():
        if dice.random() < 0.2:
            continue
        days = sorted(dice.sample(range(1, 100), 2))
        answers = [
            {"response": answer(one, dice), "at": f"{date.fromordinal(739_000 + day)}T12:{dice.randrange(60):02}:00Z",
             "edition": one.edition if dice.random() < 0.9 else "older"}
            for day in days
        ]  # fmt: skip
        again = dice.random() < 0.5
        states[name] = State.model_validate(
            {"id": name, "kind": one.kind, "first": answers[0], "last": answers[again], "attempts": 1 + again}
        )
    return record.Record(
        made_at=rec.FIRST, decisions=states, reflections={"a-chapter.next": {"text": dice.choice("=+x")}}
    )


def answer(one: record_views.Entry, dice: random.Random) -> dict[str, Any]:
    names = list(one.marking.get("options", one.options)) or ["x"]
    match one.kind:
        case "ranking":
            return {"ranks": dict(zip(names, dice.sample(range(1, len(names) + 1), len(names)), strict=True))}
        case "choose-three":
            return {"choices": dice.sample(names, 3)}
        case "estimate":
            low, high = one.marking["between"]
            return {"values": [round(dice.uniform(low, high), dice.choice([0, 2])) for _ in range(one.marking["asks"])]}
        case "explorer":
            return {"prediction": dice.choice([12, 1234.5])}
        case "short-answer":
            return {"text": dice.choice(["=1+1", 'words, "quoted"\nin lines']), "points": dice.sample([0, 1, 2], 2)}
        case _:
            return {"choice": dice.choice(names), "certainty": dice.choice([1, 2, 3])}


def test_a_hundred_random_records_say_the_same_in_both(context: BrowserContext, small_book: Book) -> None:
    known, dice = record_views.make_index(small_book), random.Random(6)
    rec.lay_out(context, rec.index_of(small_book))
    page = context.new_page()
    page.goto(rec.ADDRESS)
    say = f"""([text, now]) => {{ const kept = {API}.readRecord(text);
      const due = {API}.due(kept, now).map(d => [d.one.id, d.step]);
      return [{API}.asCsv(kept), {API}.outcomes(kept), {API}.calibration(kept), due]; }}"""
    for _ in range(100):
        mine, today = random_record(known, dice), date.fromordinal(739_000 + dice.randrange(200))
        table, met, sure, due = page.evaluate(say, [record.as_json(mine), f"{today}T12:00:00Z"])
        assert table == record.as_csv(mine, known)
        assert sure == [list(level) for level in record_views.calibration(mine, known)]
        assert due == [[one.id, step] for one, step in record_views.due(mine, known, today=today, zone=UTC)]
        assert met == record_views.outcomes(mine, known)


# -- what it shows -------------------------------------------------------------------------------------------------


def test_with_nothing_kept_it_says_what_will_stand_here(mine: Page) -> None:
    assert mine.locator("[data-says]").inner_text().startswith("You have not decided anything here yet.")
    assert part(mine, "due") == "Nothing today."
    expect(mine.locator("[data-filter]")).to_be_hidden()
    expect(mine.locator(".forget")).to_be_hidden()


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
    assert met.all_inner_texts()[:5] == ["first try", "later", "not yet", "first try, revisited", "not tried"]
    assert [met.nth(i).locator("circle").get_attribute("class") for i in range(5)] == [
        "full",
        "ring",
        "empty",
        "full",
        "empty",
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
    assert "You had 1 of 2 points, by your own marking." in part(page, "decided")


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


# -- keep and move -------------------------------------------------------------------------------------------------


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
    assert mine.locator(".met").all_inner_texts()[1] == "not tried"


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


# -- set out for a portfolio ---------------------------------------------------------------------------------------


# The address of this page is not one that a browser calls secure, so it has no clipboard of its own.
CLIPBOARD = """() => { window.copies = []; window.ClipboardItem = class {};
  Object.defineProperty(navigator, "clipboard", { value: { write: async (what) => window.copies.push(what) } }); }"""


@pytest.fixture
def setting_out(mine: Page) -> Page:
    """The record with one reflection, about to be set out."""
    with_kept(mine, **decided(RIGHT), reflection__chapter_1="I rang three people on Friday.")
    mine.locator("[data-start]").click()
    return mine


def test_only_the_questions_and_the_learners_own_words_are_set_out(setting_out: Page) -> None:
    expect(setting_out.locator("#set-out")).to_be_focused()
    setting_out.locator("#set-out-learned").fill("That nobody had asked them.")
    assert setting_out.locator("[data-text]").inner_text() == (
        "The Commissioning Casebook. Chapter 1, Chapter 1\n\nWhat did you do?\n\nI rang three people on Friday.\n\n"
        "What did you learn?\n\nThat nobody had asked them."
    )


@pytest.mark.parametrize(
    ("form", "boxes", "note"),
    [
        ("registrar", ["happened", "own", "learned", "next", "capability"], "is not a Clinical Case Review"),
        ("foundation", ["happened", "own", "learned", "next", "outcome"], "is not a clinical case review"),
        ("student", ["own"], "About 200 words is usual"),
    ],
)
def test_each_form_has_its_questions_and_says_what_it_is_not(
    setting_out: Page, form: str, boxes: list[str], note: str
) -> None:
    setting_out.locator(f"[name=form][value={form}]").check()
    ids = setting_out.locator("[data-boxes] textarea").evaluate_all("all => all.map(one => one.id.slice(8))")
    assert ids == boxes
    assert note in setting_out.locator("[data-form-note]:visible").inner_text()
    assert setting_out.locator("[data-boxes] textarea").evaluate_all(
        "all => all.filter(one => one.value).map(one => one.id)"
    ) == ["set-out-own"]


def test_what_is_typed_there_is_kept_and_goes_with_the_record(setting_out: Page) -> None:
    setting_out.locator("#set-out-next").fill("Ring them again by June.")
    setting_out.locator("#set-out-own").fill("I rang four.")
    setting_out.reload()
    notes = json.loads(export(setting_out))["reflections"]
    assert {name: words["text"] for name, words in notes.items()} == {
        "chapter-1": "I rang four.",
        "chapter-1.next": "Ring them again by June.",
    }


def test_what_looks_like_a_person_is_warned_of_before_it_is_copied(setting_out: Page) -> None:
    setting_out.evaluate(CLIPBOARD)
    setting_out.locator("#set-out-own").fill("Born 12/03/1948, NHS number 943 476 5919, of SW1A 1AA.")
    copy = setting_out.locator("[data-copy]")
    copy.click()
    warning = setting_out.locator("[data-warn]")
    for words in (
        "a date, perhaps of birth: 12/03/1948",
        "ten digits, perhaps an NHS number: 943 476 5919",
        "a postcode: SW1A 1AA",
    ):
        expect(warning).to_contain_text(words)
    assert setting_out.evaluate("window.copies.length") == 0
    setting_out.locator("#set-out-own").fill("Somebody I rang. She was born in 1948.")
    expect(warning).to_be_empty()
    copy.click()
    expect(setting_out.locator("[data-status]")).to_have_text("Copied.")
    setting_out.locator("#set-out-own").fill("On 12/03/2026 we met.")
    copy.click()
    expect(warning).not_to_be_empty()
    copy.click()
    expect(setting_out.locator("[data-status]")).to_have_text("Copied.")
    assert setting_out.evaluate("window.copies.length") == 2


# -- in the book ---------------------------------------------------------------------------------------------------


@pytest.fixture
def full(fresh: Fresh, address: str, decided: StorageState) -> Page:
    """The book's own record page, with everything in the chapter decided."""
    page = fresh(storage_state=decided)
    page.goto(address + RECORD)
    return page


def test_every_answer_of_the_chapter_stands_in_the_record_with_a_way_back(full: Page, address: str) -> None:
    links = full.locator('[data-part="decided"] .what a').evaluate_all("all => all.map(one => one.href)")
    assert len(links) == len([name for name in r.keys(full) if ":decision:" in name])
    full.locator('[data-part="decided"] .what a[href*="finding-people-at-risk/index.html"]').first.click()
    assert full.url.startswith(address + r.CHAPTER)
    expect(full.locator("decision-exercise:target")).to_have_count(1)


def test_a_portfolio_box_of_a_chapter_feeds_the_record(fresh: Fresh, address: str) -> None:
    page = fresh()
    page.goto(address + r.CHAPTER)
    page.evaluate(
        "localStorage.setItem('commissioning:reflection:finding-people-at-risk', 'From before there were dates.')"
    )
    page.reload()
    box = page.locator("[data-reflection] textarea")
    assert box.input_value() == "From before there were dates."
    box.fill("Three lines.")
    other = page.context.new_page()
    other.goto(address + RECORD)
    expect(other.locator(".reflection .own")).to_have_text("Three lines.")
    assert "date not kept" not in other.locator(".reflection .label").inner_text()
    box.fill("Three lines, and a fourth.")
    expect(other.locator(".reflection .own")).to_have_text("Three lines, and a fourth.")


def test_marking_oneself_in_an_old_tab_keeps_the_newer_answer_of_another(fresh: Fresh, address: str) -> None:
    page = fresh()
    page.goto(address + r.CHAPTER)
    r.decide(page, r.RECALL)
    other = page.context.new_page()
    r.wait_for_attempts(page, r.RECALL, 1)
    other.goto(address + r.CHAPTER)
    r.wait_for_attempts(other, r.RECALL, 1)
    other.reload()
    r.unfold(other, r.RECALL)
    r.press_again(other, r.RECALL)
    r.exercise(other, r.RECALL).locator("textarea").fill("Said better.")
    r.press_decide(other, r.RECALL)
    r.wait_for_attempts(page, r.RECALL, 2)
    r.exercise(page, r.RECALL).locator(".points input").first.click(force=True)
    kept = r.kept(page, r.RECALL)
    assert kept
    assert (kept["last"]["response"]["text"], kept["attempts"]) == ("Said better.", 2)


def test_two_tabs_that_write_at_once_keep_both_texts(fresh: Fresh, address: str) -> None:
    page = fresh()
    page.goto(address + r.CHAPTER)
    box = page.locator("[data-reflection] textarea")
    box.fill("Mine.")
    theirs = {"format": "commissioning-reflection/1", "text": "Theirs.", "at": rec.FIRST}
    rec.keep(page, reflection__finding_people_at_risk=theirs)  # a page gets no event of what it writes itself
    box.press_sequentially("!")
    assert sorted(box.input_value().split("\n\n* * *\n\n")) == ["Mine.!", "Theirs."]


def test_without_javascript_the_page_says_what_it_would_show_and_why_it_cannot(fresh: Fresh, address: str) -> None:
    page = fresh(java_script_enabled=False)
    page.goto(address + RECORD)
    text = page.locator("main").inner_text()
    assert "Without JavaScript it keeps nothing, so there is nothing here to show." in " ".join(text.split())
    for heading in page.locator("main h2").all():
        assert heading.locator("xpath=following-sibling::p[1]").is_visible()
    assert page.locator("main button:visible, main select:visible, main input:visible").count() == 0


def test_only_this_page_loads_the_record(full: Page, address: str) -> None:
    scripts = "() => [...document.querySelectorAll('script[src], link[rel=stylesheet]')].map(s => s.src || s.href)"
    assert sum("/record." in one for one in full.evaluate(scripts)) == 2
    full.goto(address + r.CHAPTER)
    assert sum("/record." in one for one in full.evaluate(scripts)) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_serious_and_nothing_runs_off_the_side(
    fresh: Fresh, address: str, decided: StorageState, width: int, scheme: str
) -> None:
    page = fresh(storage_state=decided, viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address + RECORD)
    rec.keep(
        page,
        reflection__finding_people_at_risk="Three lines.",
        aside__x="{",
        decision__long_gone=rec.state("long-gone", RIGHT),
    )
    page.reload()
    r.open_everything(page)
    page.locator("[data-start]").click()
    page.locator("#set-out-own").fill("Born 12/03/1948.")
    page.locator("[data-copy]").click()
    page.locator("[data-forget=all]").click()
    page.locator("[data-undo]").click()
    assert faults(page) == []
    assert page.evaluate(WIDER) == []
    assert width > 320 or page.evaluate(SMALL, TOUCH) == []
    page.locator("[data-forget=all]").click()
    assert faults(page) == []


def test_it_also_works_from_disk(chromium: Browser, tmp_path_factory: pytest.TempPathFactory, site: Path) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto((site / r.CHAPTER).as_uri())
    r.decide(page, r.BEST)
    page.goto((site / RECORD).as_uri())
    expect(page.locator("[data-says]")).to_have_text("You have decided once in one chapter.")
    assert record.read_text(export(page)).decisions[r.BEST].attempts == 1
    context.close()


def test_on_paper_it_shows_what_was_decided_and_nothing_to_press(full: Page) -> None:
    full.emulate_media(media="print")
    full.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert full.locator("main button:visible, main select:visible, main textarea:visible").count() == 0
    assert (
        full.locator('[data-part="decided"] li:visible').count() == full.locator('[data-part="decided"] li').count() > 0
    )

"""The record set out for a portfolio, and as a page of the book: with its chapters, by axe, from disk, on paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import reader as r
import record_on_a_page as rec
from playwright.sync_api import Browser, Page, StorageState, expect
from record_page import RECORD, RIGHT, decided, export, with_kept
from test_axe import faults
from test_sizes import SMALL, TOUCH, WIDER

from commissioning import record

Fresh = Callable[..., Page]


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
    named = f"{r.KEPT.removeprefix('commissioning:').rstrip(':')}__reflection__finding-people-at-risk"
    rec.keep(page, **{named: theirs})  # a page gets no event of what it writes itself
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


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
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


def test_the_record_draws_each_kinds_own_drawing_and_says_where_to_go_on(full: Page) -> None:
    """As the decision's head draws it; a choice is a fork with its own branch."""
    shapes = full.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("template[data-drawing]")].map(
             one => [one.dataset.drawing, one.content.querySelectorAll("svg.fork > *").length]))"""
    )
    assert len(shapes) >= 10
    assert min(shapes.values()) >= 1
    drawn = full.evaluate(
        """() => [...document.querySelectorAll(".trail li a")].map(
             link => [link.hash.slice(1), link.querySelectorAll("svg.fork > *").length])"""
    )
    parts = dict(drawn)
    assert parts[r.RANKING] == shapes["ranking"]
    assert parts[r.EXPLORER] == shapes["explorer"]
    expect(full.locator(".record .goes-on a")).to_contain_text("Go on: ")
    above = full.evaluate(
        "() => document.querySelector('.record .goes-on').compareDocumentPosition(document.querySelector('.trail')) & 4"
    )
    assert above


def test_answers_are_taken_away_whole(full: Page) -> None:
    """No option that was chosen is cut in the table or in the text."""
    with full.expect_download() as csv_file:
        full.locator("[data-download=csv]").click()
    with full.expect_download() as md_file:
        full.locator("[data-download=md]").click()
    for file in (csv_file.value.path(), md_file.value.path()):
        answers = [line for line in file.read_text("utf-8").splitlines() if not line.startswith(("#", '"question"'))]
        assert [line for line in answers if "…" in line] == []

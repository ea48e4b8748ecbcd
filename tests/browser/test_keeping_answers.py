"""What the browser keeps: the first answer for ever, the last one, nothing else; and what happens when it cannot."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import reader as r
from playwright.sync_api import Page, Route, StorageState, expect

Fresh = Callable[..., Page]
FORBIDDEN = """Object.defineProperty(window, "localStorage",
  { get() { throw new DOMException("The request was denied.", "SecurityError"); } });"""
FULL = """Storage.prototype.setItem = () => { throw new DOMException("Full.", "QuotaExceededError"); };"""
GONE = "This browser does not let the page keep answers"


def fields(page: Page) -> dict[str, Any]:
    """Each exercise's state, words and form, as a reader finds them."""
    found: dict[str, Any] = page.evaluate(
        """own => Object.fromEntries([...document.querySelectorAll(own)].map(one => [one.id, {
             state: one.dataset.state, title: one.querySelector(".after-title").textContent,
             score: one.querySelector(".score").textContent,
             open: [...one.querySelectorAll(".branch")].map(b => [b.dataset.option, b.open]),
             form: [...one.querySelectorAll("form input, form select, form textarea, .points input")].map(
               i => [i.closest("li")?.dataset.option, i.value, i.checked]) }]))""",
        r.OWN,
    )
    return found


def test_everything_decided_is_there_again_after_a_reload(fresh: Fresh, address: str, decided: StorageState) -> None:
    page = fresh(storage_state=decided)
    page.goto(address + r.CHAPTER)
    before = fields(page)
    assert {one["state"] for one in before.values()} == {"decided"}
    page.reload()
    assert fields(page) == before


def test_a_reload_says_what_deciding_said(chapter: Page) -> None:
    for name in (r.BEST, r.THREE, r.RANKING, r.NUMBER, r.RECALL):
        r.decide(chapter, name)
    before = fields(chapter)
    chapter.reload()
    assert fields(chapter) == before


def test_a_reload_leaves_the_focus_and_the_live_region_alone(chapter: Page) -> None:
    r.decide(chapter, r.BEST)
    chapter.reload()
    assert r.focused(chapter).endswith(".BODY")
    assert r.exercise(chapter, r.BEST).locator("> p[role=status]").text_content() == ""


def test_the_first_answer_is_kept_beside_every_later_one(chapter: Page) -> None:
    key, wrong = r.marking(chapter, r.BEST)["key"], r.wrong_options(r.marking(chapter, r.BEST))
    for option, level in ((wrong[0], 1), (key, 3), (wrong[1], 2)):
        r.choose(chapter, r.BEST, option)
        r.be_sure(chapter, r.BEST, level)
        r.press_decide(chapter, r.BEST)
        r.press_again(chapter, r.BEST)
    kept = r.kept(chapter, r.BEST)
    assert kept
    assert kept["first"]["response"] == {"choice": wrong[0], "certainty": 1}
    assert kept["last"]["response"] == {"choice": wrong[1], "certainty": 2}
    assert kept["attempts"] == 3
    chapter.reload()
    r.show_again(chapter, r.BEST)
    first = f"Your first answer, kept: {r.letter(chapter, r.BEST, wrong[0])}, unsure."
    assert r.words(chapter, r.BEST, ".score").endswith(first)


def test_what_is_forgotten_can_be_put_back(chapter: Page) -> None:
    r.decide(chapter, r.BEST)
    r.decide(chapter, r.CLAIM)
    kept, before = r.kept(chapter, r.BEST), fields(chapter)
    box = r.exercise(chapter, r.BEST)
    box.locator("[data-forget]").click()
    assert r.kept(chapter, r.BEST) is None
    assert r.state(chapter, r.BEST) == "untouched"
    assert r.kept(chapter, r.CLAIM)
    expect(box.locator(".since p")).to_have_text("Forgotten. You can decide afresh.")
    box.get_by_role("button", name="Put my answers back").click()
    assert (r.kept(chapter, r.BEST), fields(chapter)) == (kept, before)
    box.locator("[data-forget]").click()
    chapter.reload()
    assert r.kept(chapter, r.BEST) is None


def test_try_again_can_be_left(chapter: Page) -> None:
    for name in (r.BEST, r.THREE, r.RANKING, r.NUMBER):
        r.decide(chapter, name)
        kept, before = r.kept(chapter, name), fields(chapter)[name]
        assert r.exercise(chapter, name).locator("[data-let-be]").count() == 0
        r.press_again(chapter, name)
        r.answer(chapter, name, well=False)
        r.exercise(chapter, name).get_by_role("button", name="Keep my answer as it was").click()
        expect(r.exercise(chapter, name)).to_have_attribute("data-state", "decided")
        assert (r.kept(chapter, name), fields(chapter)[name]) == (kept, before)
    chapter.reload()
    assert chapter.locator(".since:not([hidden])").count() == 0  # nothing half-made is left behind


def test_two_tabs_keep_one_first_answer_between_them(chapter: Page) -> None:
    other = chapter.context.new_page()
    other.goto(chapter.url)
    first, second, *_ = r.marking(chapter, r.CLAIM)["options"]
    r.choose(chapter, r.CLAIM, first)
    r.press_decide(chapter, r.CLAIM)
    r.wait_for_attempts(other, r.CLAIM, 1)
    assert r.state(other, r.CLAIM) == "decided"  # what one tab decides the other shows
    r.press_again(other, r.CLAIM)
    r.choose(other, r.CLAIM, second)
    r.press_decide(other, r.CLAIM)
    r.wait_for_attempts(chapter, r.CLAIM, 2)
    for page in (chapter, other):
        kept = r.kept(page, r.CLAIM)
        assert kept
        assert (kept["first"]["response"], kept["last"]["response"]) == ({"choice": first}, {"choice": second})
        assert kept["attempts"] == 2
    assert r.words(other, r.CLAIM, ".score").endswith(f"Your first answer, kept: {r.letter(other, r.CLAIM, first)}.")


def damaged(name: str, edition: str, option: str) -> dict[str, str]:
    """What a browser might hold for a best answer that this version did not write."""
    taken = {"response": {"choice": option, "certainty": 2}, "at": "2026-11-01T10:00:00.000Z", "edition": edition}
    whole: dict[str, Any] = {
        "format": "commissioning-decision/1",
        "id": name,
        "kind": "best-answer",
        "first": taken,
        "last": taken,
        "attempts": 1,
    }
    no_option = {**taken, "response": {"choice": "no-such-option", "certainty": 2}}
    return {
        "bad JSON": '{"format": "commissioning-dec',
        "another shape": json.dumps(["yes"]),
        "null": "null",
        "another kind": json.dumps({**whole, "kind": "ranking"}),
        "another exercise": json.dumps({**whole, "id": "somebody-elses"}),
        "no last answer": json.dumps({key: value for key, value in whole.items() if key != "last"}),
        "an impossible date": json.dumps({**whole, "last": {**taken, "at": "yesterday"}}),
        "attempts in words": json.dumps({**whole, "attempts": "two"}),
        "an option that is not there": json.dumps({**whole, "last": no_option}),
        "a first answer that is not there": json.dumps({**whole, "first": no_option, "attempts": 2}),
        "a certainty of nine": json.dumps({**whole, "last": {**taken, "response": {"choice": option, "certainty": 9}}}),
    }


def test_what_cannot_be_read_is_put_aside_and_told_in_words(chapter: Page) -> None:
    names = [name for name in r.exercises(chapter) if r.kind(chapter, name) == "best-answer"]
    damages = list(damaged("", "", ""))
    for batch in (damages[at : at + len(names)] for at in range(0, len(damages), len(names))):
        written = {}
        for name, what in zip(names, batch, strict=False):
            edition = r.exercise(chapter, name).get_attribute("data-edition") or ""
            written[name] = damaged(name, edition, r.marking(chapter, name)["options"][0])[what]
        chapter.evaluate(
            """all => { localStorage.clear();
                 Object.entries(all).forEach(([name, raw]) => localStorage.setItem(name, raw)); }""",
            {f"{r.KEPT}decision:{name}": raw for name, raw in written.items()},
        )
        chapter.reload()
        for name, what in zip(names, batch, strict=False):
            aside = [key for key in r.keys(chapter) if key.startswith(f"{r.KEPT}aside:{name}:")]
            assert len(aside) == 1, what
            assert chapter.evaluate("key => localStorage.getItem(key)", aside[0]) == written[name], what
            assert r.kept(chapter, name) is None, what
            r.unfold(chapter, name)
            told = r.words(chapter, name, ".since")
            assert "could not be read" in told, what
            assert aside[0] in told, what
            assert r.state(chapter, name) == "untouched", what
    r.decide(chapter, names[0])
    assert any(key.startswith(f"{r.KEPT}aside:{names[0]}:") for key in r.keys(chapter))
    assert (r.kept(chapter, names[0]) or {})["attempts"] == 1


EDITED: dict[str, dict[str, Any]] = {
    r.THREE: {"choices": ["send-to-all", "nothing"]},
    r.CLAIM: {"choice": None},
    r.RANGES: {"values": [50]},
    r.NUMBER: {"values": ["many"]},
    r.EXPLORER: {"prediction": "about 500"},
    r.RANKING: {"ranks": [1, 2, 3]},
    r.RECALL: {"text": "What made them extreme was luck."},
}


def test_a_response_edited_by_hand_breaks_no_exercise_of_any_kind(chapter: Page) -> None:
    for name, response in EDITED.items():
        r.decide(chapter, name)
        kept = r.kept(chapter, name)
        assert kept
        kept["last"]["response"] = response
        chapter.evaluate(
            "([key, kept]) => localStorage.setItem(`${key}decision:${kept.id}`, JSON.stringify(kept))", [r.KEPT, kept]
        )
    chapter.reload()
    for name in EDITED:
        assert r.state(chapter, name) == "untouched"
        r.unfold(chapter, name)
        assert "could not be read" in r.words(chapter, name, ".since")
    r.decide(chapter, r.CLAIM)


def test_a_damaged_answer_that_cannot_be_put_aside_is_not_written_over(fresh: Fresh, address: str) -> None:
    page = fresh()
    page.goto(f"{address}book/glossary.html")
    key = f"{r.KEPT}decision:{r.CLAIM}"
    page.evaluate("key => localStorage.setItem(key, 'not JSON')", key)
    page.add_init_script(
        """const set = Storage.prototype.setItem;
           Storage.prototype.setItem = function (key, value) {
             if (key.includes("aside")) throw new DOMException("Full.", "QuotaExceededError");
             set.call(this, key, value); };"""
    )
    page.goto(address + r.CHAPTER)
    assert key in r.words(page, r.CLAIM, ".since")
    r.decide(page, r.CLAIM)
    assert page.evaluate("key => localStorage.getItem(key)", key) == "not JSON"
    assert r.words(page, r.CLAIM, ".since").startswith(GONE)


@pytest.mark.parametrize(("how", "script"), [("forbidden", FORBIDDEN), ("full", FULL)], ids=["forbidden", "full"])
def test_without_storage_answers_stay_on_screen_and_words_say_so(
    fresh: Fresh, address: str, how: str, script: str
) -> None:
    page = fresh()
    page.add_init_script(script)
    page.goto(address + r.CHAPTER)
    for name in (r.BEST, r.RANKING, r.EXPLORER, r.CLAIM):
        r.decide(page, name)
        assert r.words(page, name, ".since").startswith(GONE), how
        expect(r.exercise(page, name).locator(".after-title")).to_be_visible()
    r.press_again(page, r.CLAIM)
    r.decide(page, r.CLAIM, well=False)
    assert "Your first answer, kept: " in r.words(page, r.CLAIM, ".score")
    page.locator("[data-reflection] textarea").fill("Three lines.")
    expect(page.locator("[data-not-saved]")).to_contain_text("will not let the page save your words")


def rewritten(page: Page, change: Callable[[str], str]) -> None:
    """From now on the chapter comes changed, as after a new edition of the book."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=change(response.text()))

    page.route(f"**/{r.CHAPTER}", answer)


def test_another_wording_keeps_the_answer(chapter: Page) -> None:
    r.decide(chapter, r.BEST, well=False)
    before = fields(chapter)[r.BEST]
    old = r.words(chapter, r.BEST, ".path-text")[2:]
    rewritten(chapter, lambda html: html.replace(old, "The same option in other words"))
    chapter.reload()
    r.show_again(chapter, r.BEST)
    assert r.words(chapter, r.BEST, ".path-text") == "A The same option in other words"
    assert fields(chapter)[r.BEST] == before


def test_another_edition_says_so_and_never_marks_the_old_answer(chapter: Page) -> None:
    r.decide(chapter, r.BEST, well=False)
    kept = r.kept(chapter, r.BEST)
    edition = r.exercise(chapter, r.BEST).get_attribute("data-edition") or ""
    rewritten(chapter, lambda html: html.replace(edition, "0123456789").replace('"harm-shown"', '"harm-seen"'))
    chapter.reload()
    told = r.words(chapter, r.BEST, ".since")
    assert told.startswith("Updated since you decided. Your answer of ")
    assert "is kept, and is not marked again" in told
    assert r.state(chapter, r.BEST) == "untouched"
    expect(r.exercise(chapter, r.BEST).locator(".after")).to_be_hidden()
    assert r.exercise(chapter, r.BEST).locator("input:checked").count() == 0
    assert r.kept(chapter, r.BEST) == kept
    r.decide(chapter, r.BEST)
    after = r.kept(chapter, r.BEST)
    assert kept
    assert after
    assert (after["first"], after["attempts"], after["last"]["edition"]) == (kept["first"], 2, "0123456789")
    assert "first answer" not in r.words(chapter, r.BEST, ".score")


def test_an_exercise_that_breaks_says_so_and_leaves_everything_readable(page: Page, address: str) -> None:
    def without_marking(html: str) -> str:
        start = html.index("<script", html.index(f'<decision-exercise id="{r.BEST}"'))
        return html[:start] + html[html.index("</script>", start) + 9 :]

    rewritten(page, without_marking)
    page.goto(address + r.CHAPTER)
    assert r.state(page, r.BEST) == "broken"
    assert r.words(page, r.BEST, "> .need").startswith("This exercise could not be made live here.")
    for branch in r.exercise(page, r.BEST).locator("details.branch").all():
        branch.locator("summary").click()
        expect(branch.locator(".story")).to_be_visible()
    r.decide(page, r.CLAIM)


def test_nothing_is_stored_but_our_own_keys_in_local_storage(fresh: Fresh, address: str, decided: StorageState) -> None:
    page = fresh(storage_state=decided)
    page.goto(address + r.CHAPTER)
    page.locator("[data-reflection] textarea").fill("Three lines.")
    page.locator("[data-scheme]").click()
    page.goto(f"{address}search.html?q=regression")
    expect(page.locator("#search-results a").first).to_be_visible()
    names = r.keys(page)
    assert len(names) == len(decided["origins"][0]["localStorage"]) + 2
    assert {name for name in names if not name.startswith(r.KEPT)} == {"commissioning:scheme"}
    assert page.context.cookies() == []
    assert page.evaluate("() => sessionStorage.length") == 0
    assert page.evaluate("async () => (await indexedDB.databases()).length") == 0
    assert page.evaluate("async () => (await caches.keys()).length") == 0

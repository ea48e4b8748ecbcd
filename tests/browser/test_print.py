"""A handout: options first, answers in a section of their own at the end, nothing to press."""

from __future__ import annotations

import pytest
import reader as r
from playwright.sync_api import Page, expect


@pytest.fixture
def on_paper(chapter: Page) -> Page:
    """The chapter as it goes to the printer, with one decision made."""
    r.decide(chapter, r.BEST, well=False)
    chapter.emulate_media(media="print")
    chapter.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    return chapter


def shown(page: Page, part: str) -> list[bool]:
    """For each element of a part of the page, whether it is on the paper."""
    found: list[bool] = page.eval_on_selector_all(
        part,
        "all => all.map(one => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length > 0)",
    )
    return found


def test_every_option_and_every_answer_is_on_the_paper(on_paper: Page) -> None:
    for part in (".path", ".ladder .what", ".branch > summary", ".branch .pair", ".differ .sides", ".key-status"):
        on = shown(on_paper, f"decision-exercise {part}")
        assert on, part
        assert all(on), part


def test_answers_stand_in_a_section_at_the_end(on_paper: Page) -> None:
    last = on_paper.locator(".page > section.answers-last")
    expect(last.locator("> h2")).to_have_text("Answers")
    names = on_paper.locator("main > article decision-exercise[id] .decision-title").all_inner_texts()
    headings = last.locator("decision-exercise > h3").all_inner_texts()
    assert len(headings) == on_paper.locator("decision-exercise[id]").count()
    own = [heading for heading in headings if not heading.startswith("Question")]
    assert [heading.partition(". ")[2] for heading in own] == names
    assert on_paper.locator("decision-exercise[id] .after").count() == 0
    assert last.evaluate("one => one === document.querySelector('.page').lastElementChild")


def test_there_is_nothing_to_press_on_paper(on_paper: Page) -> None:
    parts = "button, input[type=range], nav, .bar, .skip, [role=status].count"
    assert not any(shown(on_paper, parts))


def test_charts_are_still_pictures_with_their_tables_on_paper(on_paper: Page) -> None:
    assert all(shown(on_paper, "[data-chart] .still img"))
    assert not any(shown(on_paper, "[data-chart] .live"))
    assert all(shown(on_paper, "[data-chart] table"))


def test_ink_is_black_on_white_from_a_dark_screen_too(on_paper: Page) -> None:
    on_paper.emulate_media(media="print", color_scheme="dark")
    colours = on_paper.evaluate(
        "() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]; }"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


SETTLED = """async () => {
  const picture = PICTURE;
  for (;;) { // what a decision sets going comes to its end first
    const was = picture();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
    if (picture() === was) return was;
  }
}"""


def test_after_printing_the_page_is_as_it_was(chapter: Page) -> None:
    chapter.locator("body").evaluate("() => window.scrollTo(0, 0)")
    r.decide(chapter, r.BEST, well=False)
    picture = "() => document.querySelector('main').outerHTML.replace(/ tabindex=\"0\"/g, '')"
    before = chapter.evaluate(SETTLED.replace("PICTURE", picture))
    chapter.evaluate("() => { dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint')); }")
    assert chapter.evaluate(picture) == before


def test_a_real_pdf_comes_out_and_leaves_the_page_usable(chapter: Page) -> None:
    pdf = chapter.pdf(format="A4")
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") >= 10
    r.decide(chapter, r.CLAIM)

"""The contract between a built page and decision.js, and what is in the page for those who read it without."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from commissioning.book import Book
from commissioning.check import revealed
from commissioning.kinds import KINDS
from commissioning.source import markdown

SLUG = "finding-people-at-risk"
LIMIT = 30 * 1024  # bytes of decision.js with all its kinds, without its comments, gzipped


@pytest.fixture(scope="session")
def exercises(chapter: BeautifulSoup) -> dict[str, Tag]:
    """Each exercise of the chapter by its id; not those that it asks from chapters before."""
    made = {str(one["id"]): one for one in chapter.find_all("decision-exercise")}
    return {name: one for name, one in made.items() if one["data-chapter"] == SLUG}


def said(text: str) -> str:
    """Words alone: no space that depends on marks, straight quotes."""
    return re.sub(r"\s+", "", text).translate(str.maketrans("’‘“”", "''\"\""))


def plain(text: str) -> str:
    """An author's Markdown as words alone."""
    return said(markdown.plain(text))


def options(content: Any) -> list[Any]:
    """Whatever of an exercise leads to an explanation."""
    found = getattr(content, "options", None) or getattr(content, "ranges", None)
    return list(found.values()) if found else list(getattr(content, "regions", []))


def test_every_decision_and_question_of_the_chapter_is_on_its_page(real_book: Book, exercises: dict[str, Tag]) -> None:
    chapter = real_book.chapters[SLUG]
    assert chapter.questions
    questions = [f"{SLUG}--{name}" for name in chapter.questions.model]
    assert list(exercises) == [*chapter.order, *questions]
    assert set(chapter.order) == set(chapter.decisions)


def test_every_exercise_has_a_kind_an_edition_a_form_and_marking(exercises: dict[str, Tag]) -> None:
    for name, made in exercises.items():
        assert made["data-kind"] in KINDS, name
        assert re.fullmatch(r"[0-9a-f]{10}", str(made["data-edition"])), name
        assert made["data-chapter"] == SLUG, name
        assert len(made.find_all("form")) == 1, name
        assert made.select_one("form button[type=submit]"), name
        assert made.select_one("[data-again]"), name
        assert made.select_one("[data-forget]"), name
        assert made.select_one("p[role=status]"), name
        assert json.loads(made.select_one("script[data-marking]").get_text()), name  # type: ignore[union-attr]


def test_every_control_has_a_name(exercises: dict[str, Tag]) -> None:
    for name, made in exercises.items():
        for control in made.select("form input, form select, form textarea, .dials input"):
            labelled = control.find_parent("label") or control.get("aria-label")
            labelled = labelled or made.select_one(f'label[for="{control.get("id")}"]')
            assert labelled, f"{name}: {control}"
        for group in made.select("fieldset"):
            assert group.legend, name
            assert group.legend.get_text(strip=True), name


def test_every_option_consequence_and_explanation_is_in_the_html(real_book: Book, exercises: dict[str, Tag]) -> None:
    for name, sheet in real_book.chapters[SLUG].decisions.items():
        made, text = exercises[name], said(exercises[name].get_text())
        assert plain(sheet.model.situation) in text, name
        for option in options(sheet.model):
            parts = [getattr(option, part, "") for part in ("text", "consequence", "explanation")]
            assert all(plain(part) in text for part in parts), f"{name}: {option}"
        for side in sheet.model.disagreement:
            assert plain(side.says) in text, name
        assert len(made.select("details.branch")) >= len(options(sheet.model)), name


def test_every_closing_questions_explanations_are_in_the_html(real_book: Book, exercises: dict[str, Tag]) -> None:
    sheet = real_book.chapters[SLUG].questions
    assert sheet
    for name, question in sheet.model.items():
        text = said(exercises[f"{SLUG}--{name}"].get_text())
        parts = [option.explanation for option in options(question)] or [question.answer, *question.points]
        assert all(plain(part) in text for part in parts), name


def test_every_link_inside_an_exercise_leads_to_one_of_its_own_sources(exercises: dict[str, Tag]) -> None:
    for name, made in exercises.items():
        for link in made.select("a.fact"):
            assert made.find(id=str(link["href"])[1:]), f"{name}: {link}"
        for source in made.select(".source"):
            assert source.select_one(".claim").get_text(strip=True), name  # type: ignore[union-attr]


def test_what_is_pressed_to_open_holds_nothing_else_to_press(chapter: BeautifulSoup) -> None:
    assert chapter.select("summary a, summary button, summary input, button a, a button") == []


def test_a_chart_has_a_takeaway_a_description_a_table_and_a_still_picture(chapter: BeautifulSoup) -> None:
    charts = chapter.select("[data-chart]")
    assert len(charts) >= 3
    for chart in charts:
        takeaway = chart.select_one(".takeaway")
        assert takeaway
        assert takeaway.get_text(strip=True).endswith("."), chart["id"]
        assert chart.select_one(".still svg[role=img][aria-labelledby]"), chart["id"]
        assert len(chart.select_one(".description").get_text().split()) >= 10, chart["id"]  # type: ignore[union-attr]
        assert chart.select_one("table caption"), chart["id"]
        assert len(chart.select("tbody tr")) >= 2, chart["id"]
        assert json.loads(chart.select_one("script[data-spec]").get_text())["$schema"], chart["id"]  # type: ignore[union-attr]


def test_vega_is_in_the_site_and_no_page_loads_it_at_once(pages: dict[str, BeautifulSoup], site: Path) -> None:
    assert (site / "_static" / "commissioning" / "vega.js").is_file()
    for path, page in pages.items():
        assert [one for one in page.find_all("script", src=True) if "vega" in str(one["src"])] == [], path


def test_decision_js_is_loaded_where_answers_are_made_or_shown_and_nowhere_else(
    pages: dict[str, BeautifulSoup],
) -> None:
    for path, page in pages.items():
        loads = any("decision.js" in str(one["src"]) for one in page.find_all("script", src=True))
        assert loads == bool(page.select_one("decision-exercise, [data-record], [data-game]")), path


def test_decision_js_is_at_most_30_kilobytes_gzipped(site: Path) -> None:
    script = (site / "_static" / "commissioning" / "decision.js").read_bytes()
    assert len(gzip.compress(script, 6)) <= LIMIT


def test_no_caption_table_or_output_above_an_estimate_holds_its_answer(site: Path, real_book: Book) -> None:
    told = [
        str(fault)
        for chapter in real_book.chapters.values()
        for sheet in chapter.decisions.values()
        for fault in revealed.in_page((site / f"{chapter.docname}.html").read_text(encoding="utf-8"), sheet)
    ]
    assert told == []

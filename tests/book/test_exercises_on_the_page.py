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
from commissioning.site import lean
from commissioning.source import markdown

SLUG = "finding-people-at-risk"
LIMIT = 110  # KB of a chapter with its scripts, styles and typeface, gzipped
HEAVIER = {"buying-help": 117, "kinds-of-decision": 157}
"""KB of two pages: eighteen exercises of nine kinds, and every kind with the file that its author typed."""
REQUESTS = 8


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


def test_every_link_inside_an_exercise_leads_to_a_source_that_the_page_tells_once(
    exercises: dict[str, Tag], chapter: BeautifulSoup
) -> None:
    links = [(name, str(link["href"])[1:]) for name, made in exercises.items() for link in made.select("a.fact")]
    assert len(links) > 10
    told = {str(one["id"]): one for one in chapter.select(".evidence [id]")}
    assert [(name, id_) for name, id_ in links if id_ not in told] == []
    for id_ in {id_ for _, id_ in links}:
        assert told[id_].get_text(strip=True), id_


def test_what_is_pressed_to_open_holds_nothing_else_to_press(chapter: BeautifulSoup) -> None:
    assert chapter.select("summary a, summary button, summary input, button a, a button") == []


def test_a_chart_has_a_takeaway_a_description_a_table_and_a_still_picture(chapter: BeautifulSoup, site: Path) -> None:
    charts = chapter.select("[data-chart]")
    data = site / "_static" / "commissioning" / Path(str(chapter.html["data-charts"])).name  # type: ignore[index]
    specs = json.loads(data.read_text("utf-8").removeprefix("globalThis.commissioningCharts=").rstrip(";\n"))
    assert list(specs) == [chart["id"] for chart in charts]
    assert len(charts) >= 3
    for chart in charts:
        takeaway = chart.select_one(".takeaway")
        assert takeaway
        assert takeaway.get_text(strip=True).endswith("."), chart["id"]
        assert chart.select_one(".still img[alt][width][height][loading=lazy]"), chart["id"]
        assert len(chart.select_one(".description").get_text().split()) >= 10, chart["id"]  # type: ignore[union-attr]
        assert chart.select_one("table caption"), chart["id"]
        assert len(chart.select("tbody tr")) >= 2, chart["id"]
        assert specs[str(chart["id"])]["$schema"], chart["id"]


def test_vega_is_in_the_site_and_no_page_loads_it_at_once(pages: dict[str, BeautifulSoup], site: Path) -> None:
    assert (site / "_static" / "commissioning" / "vega.js").is_file()
    for path, page in pages.items():
        assert [one for one in page.find_all("script", src=True) if "vega" in str(one["src"])] == [], path


def decision_files(page: BeautifulSoup) -> list[str]:
    """The names of the script and the stylesheet of decisions that a page asks for."""
    asked = [str(one.get("src") or one.get("href")) for one in page.select("script[src], link[rel=stylesheet]")]
    return [Path(one).name for one in asked if Path(one).name.startswith("decision-")]


def test_the_script_of_decisions_is_loaded_where_answers_are_made_or_shown_and_nowhere_else(
    pages: dict[str, BeautifulSoup],
) -> None:
    for path, page in pages.items():
        loads = [name for name in decision_files(page) if name.endswith(".js")]
        assert len(loads) == bool(page.select_one("decision-exercise, [data-record], [data-game]")), path


def test_a_page_is_sent_the_kinds_that_it_holds_and_no_others(pages: dict[str, BeautifulSoup], site: Path) -> None:
    for path, page in pages.items():
        held = {str(one["data-kind"]) for one in page.select("decision-exercise")}
        for name in decision_files(page) if held and not page.select_one("[data-record]") else ():
            script = (site / "_static" / "commissioning" / name).read_text("utf-8")
            if name.endswith(".js"):
                sent = {kind for kind in KINDS if re.search(rf'[\w$](?:\.{kind}|\["{kind}"\])=\{{', script)}
                assert sent == held, path


def test_no_file_lies_in_the_site_that_no_page_asks_for(pages: dict[str, BeautifulSoup], site: Path) -> None:
    told = "\n".join(map(str, pages.values()))
    lying = {one.name for one in (site / "_static" / "commissioning").iterdir()}
    asked_by_scripts = {"besley.woff2", "besley-LICENSE.txt", "way.js", "paper.js", "charts.js"}
    assert {name for name in lying if name not in told} <= asked_by_scripts


def asked(page: BeautifulSoup, site: Path) -> list[Path]:
    """The files that a page asks for when it is opened: all but charts, which wait until they are near."""
    named = [str(one.get("src") or one.get("href")) for one in page.select("script[src], link[href]")]
    return [site / "_static" / "commissioning" / Path(one.partition("?")[0]).name for one in named]


def weight(page: BeautifulSoup, html: bytes, site: Path) -> float:
    """KB that a page asks for before a decision can be made, as a host sends them."""
    face = site / "_static" / "commissioning" / "besley.woff2"
    font = face.stat().st_size if face.is_file() else 14_000
    return (
        sum(len(gzip.compress(one, 6)) for one in [html, *(path.read_bytes() for path in asked(page, site))]) + font
    ) / 1000


def test_a_chapter_is_light_before_a_decision_can_be_made(
    pages: dict[str, BeautifulSoup], site: Path, real_book: Book
) -> None:
    if not lean.is_known():
        pytest.skip("what shortens scripts has no build for this machine")
    weights = {
        slug: weight(pages[f"{chapter.docname}.html"], (site / f"{chapter.docname}.html").read_bytes(), site)
        for slug, chapter in real_book.pages.items()
    }
    assert {slug: round(kb, 1) for slug, kb in weights.items() if kb > HEAVIER.get(slug, LIMIT)} == {}
    assert [slug for slug, most in HEAVIER.items() if weights[slug] < most - 10] == [], "lower what these may weigh"


def test_a_page_asks_for_few_files(pages: dict[str, BeautifulSoup], site: Path, real_book: Book) -> None:
    """Itself, the typeface, and what it names."""
    counts = {slug: 2 + len(asked(pages[f"{chapter.docname}.html"], site)) for slug, chapter in real_book.pages.items()}
    assert {slug: n for slug, n in counts.items() if n > REQUESTS} == {}


def test_no_caption_table_or_output_above_an_estimate_holds_its_answer(site: Path, real_book: Book) -> None:
    told = [
        str(fault)
        for chapter in real_book.chapters.values()
        for sheet in chapter.decisions.values()
        for fault in revealed.in_page((site / f"{chapter.docname}.html").read_text(encoding="utf-8"), sheet)
    ]
    assert told == []

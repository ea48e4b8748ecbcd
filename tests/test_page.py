"""From a compiled exercise to HTML: whole without JavaScript, safe, and sourced."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from fixture_book import CHAPTER, DECISIONS, Copy

from commissioning import page
from commissioning.book import Book, read_book
from commissioning.book.compile import compile_decision, compile_questions, compile_session
from commissioning.source import markdown
from commissioning.tutor import session_html

VOID = {"input", "br", "path", "circle", "img", "hr", "meta", "link", "source", "wbr"}


class Reading(HTMLParser):
    """Reads HTML and notes whatever is not well formed, every element, and the text a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.troubles: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()
        self.troubles += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.troubles.append(f"</{tag}> closes nothing; open are {self.open[-3:]}")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("script", "style"):
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


def rendered(book: Book) -> dict[str, str]:
    """The HTML of every exercise of a book."""
    made = {n: page.render(compile_decision(book, n)) for chapter in book.chapters.values() for n in chapter.decisions}
    return made | {e.id: page.render(e) for slug in book.chapters for e in compile_questions(book, slug)}


@pytest.fixture(scope="module")
def whole(small_book: Book, real_book: Book) -> dict[str, Reading]:
    return {name: Reading(html) for book in (small_book, real_book) for name, html in rendered(book).items()}


def test_every_exercise_is_well_formed(whole: dict[str, Reading]) -> None:
    assert {name: reading.troubles for name, reading in whole.items() if reading.troubles} == {}


def test_no_id_stands_twice(whole: dict[str, Reading]) -> None:
    for reading in whole.values():
        ids = [attributes["id"] for _, attributes in reading.elements if "id" in attributes]
        assert len(ids) == len(set(ids))


def test_every_link_within_an_exercise_leads_somewhere_in_it(whole: dict[str, Reading]) -> None:
    for name, reading in whole.items():
        ids = {attributes.get("id") for _, attributes in reading.elements}
        targets = [str(a.get("href")) for a in reading.all("a") if str(a.get("href")).startswith("#")]
        assert [target for target in targets if target[1:] not in ids] == [], name


def test_links_that_leave_the_page_stand_among_the_sources(whole: dict[str, Reading]) -> None:
    for reading in whole.values():
        away = [a for a in reading.all("a") if not str(a.get("href")).startswith("#")]
        assert all(re.match(r"https?://", str(a["href"])) and a.get("rel") == "noreferrer" for a in away)


def test_every_control_has_a_name(whole: dict[str, Reading]) -> None:
    for reading in whole.values():
        labels = {a.get("for") for a in reading.all("label")}
        for tag in ("input", "select", "textarea"):
            for control in reading.all(tag):
                wrapped = control.get("type") in ("radio", "checkbox")
                assert wrapped or control.get("aria-label") or control.get("id") in labels


def test_nothing_in_an_exercise_runs_or_styles_itself(whole: dict[str, Reading]) -> None:
    for reading in whole.values():
        assert not [a for _, attributes in reading.elements for a in attributes if a.startswith("on") or a == "style"]
        assert [a.get("type") for a in reading.all("script")] == ["application/json"]


def test_no_markdown_is_left_over(whole: dict[str, Reading]) -> None:
    for name, reading in whole.items():
        left = re.findall(r"\]\([^)]*\)|\*\*|\{(?:fact|term|place|source)\}|\{x\}|\{n\}", reading.words)
        assert left == [], name


@pytest.mark.parametrize("name", DECISIONS)
def test_everything_can_be_read_without_javascript(small_book: Book, name: str) -> None:
    exercise = compile_decision(small_book, name)
    seen = straight(Reading(page.render(exercise)).words)
    texts = [straight(markdown.plain(text)) for text in for_learners(exercise.content.model_dump())]
    assert [text for text in texts if text not in seen] == []


UNSEEN = {
    "kind",
    "open_below",
    "outcomes",
    "era",
    "key",
    "key_status",
    "sources",
    "chart",
    "tables",
    "bar",
    "output",
    "expression",
}


def for_learners(value: Any) -> list[str]:
    """Every text of an exercise but ids, arithmetic and what only authors read."""
    if isinstance(value, str):
        return [value]
    parts = [part for name, part in value.items() if name not in UNSEEN] if isinstance(value, dict) else value
    return [text for part in parts for text in for_learners(part)] if isinstance(parts, list | tuple) else []


def straight(text: str) -> str:
    """Text with single spaces, none before a stop, and with straight quotation marks."""
    return re.sub(r"\s+(?=[.,])", "", " ".join(text.split())).translate(str.maketrans("‘’“”", "''\"\""))


def test_questions_can_be_read_without_javascript(small_book: Book) -> None:
    seen = Reading(page.questions_html(compile_questions(small_book, CHAPTER))).words
    questions = small_book.chapters[CHAPTER].questions
    assert questions
    for question in questions.model.values():
        content = question.model_dump(exclude={"kind", "outcomes", "key", "sources"})
        assert [text for text in markdown.texts_of(content) if straight(text) not in straight(seen)] == []


@pytest.mark.parametrize("name", DECISIONS)
def test_an_exercise_carries_its_kind_edition_and_marking(small_book: Book, name: str) -> None:
    exercise, html = compile_decision(small_book, name), page.render(compile_decision(small_book, name))
    (root,) = Reading(html).all("decision-exercise")
    assert (root["id"], root["data-kind"], root["data-edition"]) == (name, DECISIONS[name], exercise.edition)
    held = re.search(r'<script type="application/json" data-marking>(.*?)</script>', html, re.S)
    assert held
    assert json.loads(held.group(1)) == exercise.marking


def test_headings_follow_on_from_the_page(small_book: Book) -> None:
    html = page.render(compile_decision(small_book, "first-step"), heading=2)
    reading = Reading(html)
    assert [a["class"] for a in reading.all("h2")] == ["decision-title"]
    assert [a["class"] for a in reading.all("h3")] == ["after-title"]


def test_sources_are_listed_with_their_dates_and_doubts(small_book: Book) -> None:
    words = Reading(page.render(compile_decision(small_book, "first-step"))).words
    assert "As at spring 2013." in words
    assert "Checked 5 January 2026. To be checked again by 5 January 2027." in words
    assert "This could not be confirmed at its source." in words
    assert "Sources (3)" in words


def test_whose_key_it_is_is_said(small_book: Book) -> None:
    assert "The key is the authors’ view" in Reading(page.render(compile_decision(small_book, "first-step"))).words
    assert "view of a panel of 12" in Reading(page.render(compile_decision(small_book, "three-of-eight"))).words
    assert "The key is" not in Reading(page.render(compile_decision(small_book, "how-long-a-queue"))).words


HOSTILE = """</script><script>alert(1)</script> "x' onmouseover=alert(1) & <img src=x onerror=alert(1)> <!-- ]]>"""


def test_what_looks_like_html_is_shown_as_text(copy: Copy) -> None:
    for name, old in (
        ("first-step", "The first step"),
        ("turn-the-dial", "Slots a day"),
        ("count-again", "asks: [Seen]"),
    ):
        text = json.dumps(HOSTILE)
        copy.change(f"chapter/decisions/{name}.yaml", old, f"asks: [{text}]" if "asks" in old else text)
    copy.change("facts.yaml", "claim: In the spring", f"note: {json.dumps(HOSTILE)}\n  claim: In the <b>spring")
    book = read_book(copy.root)
    for html in rendered(book).values():
        reading = Reading(html)
        assert reading.troubles == []
        assert [a.get("type") for a in reading.all("script")] == ["application/json"]
        assert not reading.all("img")
    assert HOSTILE.split()[0] in Reading(page.render(compile_decision(book, "first-step"))).words


def test_json_in_a_page_cannot_close_its_script() -> None:
    value: dict[str, Any] = {"a": "</script><!--\u2028\u2029é"}
    text = page.safe_json(value)
    assert not any(bad in text for bad in ("<", "\u2028", "\u2029"))
    assert json.loads(text) == value


def test_json_in_a_page_holds_no_number_that_json_lacks() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        page.safe_json(float("nan"))


@pytest.mark.parametrize(
    ("value", "digits", "unit", "text"),
    [
        (1234.5, 0, "£", "£1,235"),
        (2.5, 0, "", "3"),
        (-2.5, 0, "", "−3"),
        (-0.4, 0, "%", "0%"),
        (67.98, 1, "%", "68.0%"),
        (14049, -2, "£", "£14,000"),
        (-1200, 0, "£", "−£1,200"),
        (21, 0, "people", "21 people"),
        (0.125, 2, "", "0.13"),
        (None, 0, "£", "no end to it"),
    ],
)
def test_numbers_are_printed_as_prose_prints_them(value: float | None, digits: int, unit: str, text: str) -> None:
    assert page.shown(value, digits, unit) == text


def test_the_table_of_settings_shows_nine_settings_of_two_sliders(small_book: Book) -> None:
    html = page.render(compile_decision(small_book, "turn-the-dial"))
    assert len(re.findall(r"<tr><td", html)) == 9
    assert "no end to it" in html


def test_the_module_becomes_a_classic_script() -> None:
    script = page.as_classic(page.front("decision.js"))
    assert "globalThis.commissioning = casebook;" in script
    assert not re.search(r"^\s*(import|export)\b", script, re.M)


@pytest.mark.parametrize("module", ["const a = 1;", "export default a;\nexport default b;\n"])
def test_a_module_with_another_shape_is_refused(module: str) -> None:
    with pytest.raises(ValueError, match="exactly one line 'export default"):
        page.as_classic(module)


def test_a_session_is_rendered_for_tutors(small_book: Book) -> None:
    reading = Reading(session_html(compile_session(small_book, CHAPTER)))
    assert reading.troubles == []
    for text in (
        "Stand in line",
        "“Who is at the front?”",
        "0 to 20",
        "20 to 60",
        "Ask who is not in it.",
        "Do it twice.",
    ):
        assert text in reading.words


def test_a_chart_is_a_figure_with_words_a_picture_and_its_numbers() -> None:
    data = {
        "id": "two-bars",
        "takeaway": "May is lower.",
        "note": "Larkmere, synthetic.",
        "description": "Two bars, the second lower.",
        "spec": {"mark": "</script>"},
        "svg": '<svg viewBox="0 0 1 1"><defs><path id="p"/></defs><use href="#p"/></svg>',
        "table": {"caption": "May is lower.", "columns": ["Month", "People"], "rows": [["April", 12], ["May", 9]]},
    }
    html = page.chart_html(data)
    assert "May is lower." in html
    assert "Two bars, the second lower." in html
    assert 'role="img"' in html
    assert 'id="two-bars-p"' in html
    assert 'href="#two-bars-p"' in html
    assert "</script>" not in html.split("<script", 1)[-1].rsplit("</script>", 1)[0]


COUNTED = re.compile(
    r"\{[a-z]\}(?: of (?:the |your )?\{[a-z]\})? (?:points?|marks|pairs|passages|rows|letters|turns|choices|months)\b"
    r"|[Oo]f your \{[a-z]\} |\{x\} (?:is|are|has|have) consulted"
)
NEVER_ONE = {"alloc_after", "need_points", "attention_thin", "costs", "rule_text", "frontier_is", "frontier_text"}
"""Said of what is never one, or beside a text of its own for one."""


def test_no_composed_sentence_is_wrong_for_one() -> None:
    """A number in a sentence ("of your 1 letters") has a text for one, or stands outside the grammar."""

    def single(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, dict):
            for key, part in value.items():
                yield from single(part, key)

    assert [(n, t) for n, t in single(page.words()) if COUNTED.search(t) and n not in NEVER_ONE] == []


@pytest.mark.parametrize(
    ("value", "unit", "digits"),
    [
        (18.3, "%", 1),
        (18, "%", 0),
        (18.25, "%", 2),
        (18.5, "£", 2),
        (18.0, "£", 0),
        (1.1, "£ million", 1),
        (-0.1, "", 1),
    ],
)
def test_a_number_is_read_back_with_the_decimals_that_were_typed(value: float, unit: str, digits: int) -> None:
    assert page.typed_digits(value, unit) == digits

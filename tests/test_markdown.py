"""Authors' Markdown: safe HTML, links that are ids, and the words that a reader sees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from commissioning.source import markdown, shapes
from commissioning.source.faults import Faults
from commissioning.source.sheets import read_text


def link(name: str) -> dict[str, str]:
    return {"class": "fact", "href": f"#src-{name}"}


def test_emphasis_and_paragraphs_are_rendered() -> None:
    assert markdown.html("One *two* **three**.\n\nFour.", link) == (
        "<p>One <em>two</em> <strong>three</strong>.</p>\n<p>Four.</p>"
    )


def test_one_line_has_no_paragraph_round_it() -> None:
    assert markdown.inline_html("One *two*.", link) == "One <em>two</em>."


@pytest.mark.parametrize("name", ["F218", "L6-fall", "roland-2005", "L6-top-0.5-ppv"])
def test_a_link_to_an_id_becomes_a_link_to_its_source(name: str) -> None:
    assert markdown.inline_html(f"[68%]({name})", link) == f'<a class="fact" href="#src-{name}">68%</a>'


@pytest.mark.parametrize(
    "address",
    ["https://example.org", "javascript:alert(1)", "//example.org", "/etc", "a/b", "#x", "mailto:a@b", "data:x"],
)
def test_no_address_becomes_a_link(address: str) -> None:
    made = markdown.html(f"[words]({address})", link)
    assert "<a" not in made
    assert "words" in made


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick='x'>b</b>",
        "<https://example.org>",
        "![picture](F218)",
        "<!-- hidden -->",
    ],
)
def test_no_html_and_no_picture_passes(text: str) -> None:
    made = markdown.html(text, link)
    assert not any(tag in made for tag in ("<script", "<img", "<b ", "<!--", 'href="http'))


def test_quotation_marks_cannot_leave_an_attribute() -> None:
    made = markdown.inline_html("[a](F1\"onclick='x')", link)
    assert "<a" not in made


def test_references_are_found_in_order_across_line_ends() -> None:
    text = "A [about\n1%](F218), then [68%](L6-top-0.5-ppv), and [x](https://example.org)."
    assert markdown.references(text) == [("about\n1%", "F218"), ("68%", "L6-top-0.5-ppv"), ("x", "https://example.org")]


def test_a_reader_sees_words_and_no_marks() -> None:
    text = "*One* [two three](F218) **four** `five`."
    assert markdown.plain(text) == "One two three four five."
    assert markdown.words(text) == 5


def test_every_text_in_a_value_is_found_in_order() -> None:
    class Part:
        def __init__(self) -> None:
            self.text = "d"

    value: Any = {"a": "a", "b": ["b", ("c",)], "c": Part(), "d": 5, "e": None}
    assert markdown.texts_of(value) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2013. Two wards spent more than they had.", "'2013.' begins a line"),
        ("The year was\n\n12) and no more", "'12)' begins a line"),
        ("- 5 less than before", "'-' begins a line"),
        ("1. One\n5. Five", "'5.' begins a line"),
        ("# What to remember\nAsk first.", "a heading to Markdown ('What to remember')"),
        ("What to remember\n---\nAsk first.", "a heading to Markdown"),
        ("What to remember\n===", "a heading to Markdown"),
        ("> 5% of them", "a quotation"),
        ("    four spaces", "a program"),
        ("```python\nx\n```", "a program"),
        ("one\n\n* * *\n\ntwo", "a rule"),
        ("[note]: ward-three", "'note' would not be seen"),
        ("Ask first.\n\n[L6]: F218", "'L6' would not be seen"),
        ("one&nbsp;two", "'nbsp' would not be seen"),
        ("&copy; of the letter", "'copy' would not be seen"),
        ("2*3*4 wards", "a * between its figures"),
        ("The {term}`support unit <support-unit>` asks.", "'{term}`' is read in a page's Markdown alone"),
    ],
)
def test_what_markdown_would_swallow_is_named(text: str, said: str) -> None:
    assert said in str(markdown.lost(text))


@pytest.mark.parametrize(
    "text",
    [
        "In 2013. Two wards.", "2013\\. Two wards.", "-5 degrees, and +3", "#3 first", "AT&T, R&D &c.",
        "- one\n- two", "*so* and **so**",
        "1. one\n2. two\n\nAnd so.", "[about 1%](F218), a * b * c", "x < y > z",
        "one\ntwo", "a_b and _c_", "£5 <b>bold</b>",
    ],
)  # fmt: skip
def test_what_a_reader_sees_whole_is_left_alone(text: str) -> None:
    assert markdown.lost(text) is None


def test_every_text_of_an_authors_file_is_held_to_it_with_its_line() -> None:
    with pytest.raises(Faults) as caught:
        read_text("they: Who?\nyou: >-\n  2013. Nobody.\n", shapes.Exchange, Path("a.yaml"))
    (fault,) = caught.value.faults
    assert (fault.line, fault.trail) == (2, "you")
    assert "makes it a list to Markdown" in fault.wrong


TABLE = "Here:\n\n| Entry | £ million |\n|---|---|\n| Car park | +0.90 |\n| *Redundancy* | −0.30 |"


def test_a_table_is_one() -> None:
    shown = markdown.html(TABLE, lambda name: {})
    assert "<table>" in shown
    assert "<td>Car park</td>" in shown
    assert "|" not in shown
    assert markdown.lost(TABLE) is None


def test_a_cell_that_a_table_has_no_column_for_is_named() -> None:
    assert markdown.lost(TABLE.replace("+0.90 |", "+0.90 | of which tax |"))

"""Authors' Markdown: safe HTML, links that are ids, and the words that a reader sees."""

from __future__ import annotations

from typing import Any

import pytest

from commissioning.source import markdown


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

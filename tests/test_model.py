"""The shapes of what an author writes."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from commissioning.source import shapes


def fits(shape: Any, value: Any) -> bool:
    try:
        TypeAdapter(shape).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("text", ["a", "a-list-of-names", "2-per-cent", "x9"])
def test_a_slug_is_small_letters_figures_and_single_hyphens(text: str) -> None:
    assert fits(shapes.Slug, text)


@pytest.mark.parametrize("text", ["", "A", "a--b", "-a", "a-", "a_b", "a b", "é", "a/b", "../a", "a\n", '"><script>'])
def test_nothing_else_is_a_slug(text: str) -> None:
    assert not fits(shapes.Slug, text)


@pytest.mark.parametrize("text", ["F217", "roland-2005", "L6-top-0.5-ppv"])
def test_a_reference_may_hold_capitals_and_stops(text: str) -> None:
    assert fits(shapes.Reference, text)


@pytest.mark.parametrize("text", ["", "a..b", ".a", "a.", "http://x", "a b", "javascript:x", "#a"])
def test_a_reference_is_no_address(text: str) -> None:
    assert not fits(shapes.Reference, text)


@pytest.mark.parametrize(
    ("text", "good"), [("share", True), ("a_2", True), ("2a", False), ("a-b", False), ("A", False)]
)
def test_a_name_can_stand_in_arithmetic(text: str, good: bool) -> None:
    assert fits(shapes.Name, text) == good


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("author", True),
        ("panel(10)", True),
        ("panel(112)", True),
        ("panel(9)", False),
        ("panel(09)", False),
        ("me", False),
    ],
)
def test_a_key_is_the_authors_or_a_panels_of_ten_or_more(text: str, good: bool) -> None:
    assert fits(shapes.KeyStatus, text) == good


def test_text_is_trimmed_and_never_blank() -> None:
    assert TypeAdapter(shapes.Text).validate_python("  a \n") == "a"
    assert not fits(shapes.Text, " \n ")


def test_unknown_keys_are_refused() -> None:
    assert not fits(shapes.Position, {"who": "a", "says": "b", "why": "c"})


def test_nothing_changes_after_reading() -> None:
    position = shapes.Position(who="a", says="b")
    with pytest.raises(ValidationError):
        position.who = "c"


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_are_finite(number: float) -> None:
    from commissioning.kinds.explorer import Input

    assert not fits(Input, {"label": "a", "min": 0, "max": number, "step": 1, "start": 0})


def test_a_session_plans_for_six_twelve_and_thirty() -> None:
    field = shapes.Session.model_fields["groups"]
    assert fits(field.annotation, {6: "a", 12: "b", 30: "c"})
    assert not fits(field.annotation, {7: "a"})


def test_every_key_that_needs_it_says_what_it_is_for() -> None:
    unclear = [
        f"{shape.__name__}.{name}"
        for shape in (shapes.Option, shapes.Decision)
        for name, field in shape.model_fields.items()
        if not field.description and name != "title"
    ]
    assert unclear == []

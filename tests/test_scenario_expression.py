"""What rules may say beyond plain arithmetic, and that no text however strange does more than fail in words."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commissioning.source.expression import ExpressionError, compile_expression, cube_root, evaluate, names_in

NAMES = ["x", "y", "door.open"]


def value(text: str, **values: float) -> float | None:
    return evaluate(compile_expression(text, NAMES, rules=True), {"door.open": 1.0, **values})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sqrt(x * 4)", 4),
        ("sqrt(-1)", None),
        ("cbrt(27)", 3),
        ("cbrt(-8)", -2),
        ("abs(-x)", 4),
        ("clamp(x, 5, 9)", 5),
        ("clamp(x, 0, 3)", 3),
        ("x > 3", 1),
        ("x >= 4 and x <= 4 and x == 4", 1),
        ("x < 4 or x != 4", 0),
        ("not x", 0),
        ("not (x > 9) and door.open", 1),
        ("if(x > 3, 10, 20)", 10),
        ("if (x < 3, 10, if(door.open, 30, 40))", 30),
        ("if(x, 1, 1 / 0)", 1),
        ("if(1 / 0, 1, 2)", None),
        ("2 * (x > 3) + 1", 3),
        ("1 / (x > 9)", None),
    ],
)
def test_rules_may_compare_choose_and_take_roots(text: str, expected: float | None) -> None:
    assert value(text, x=4) == expected


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("é + x", 1, "'é' is not known here."),
        ("x + é + z", 5, "'é' is not known here."),
        ("if(x, 1)", 1, "'if' takes 3 values."),
        ("x + if(x)", 5, "'if' takes 3 values."),
        ("1 < x < 3", 1, "compare two things at a time"),
        ("x if y else 1", 1, "only numbers, names"),
        ("x is y", 1, "only numbers, names"),
        ("x in y", 1, "only numbers, names"),
        ("x = y", 3, "this is not arithmetic."),
        ("If(x, 1, 2)", 1, "only numbers, names"),
        ("exp(x)", 1, "only numbers, names"),
        ("sqrt(x).real", 1, "only numbers, names"),
        ("(x := 3)", 2, "only numbers, names"),
    ],
)
def test_nothing_else_may(text: str, column: int, words: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text, NAMES, rules=True)
    assert str(caught.value).startswith(words)
    assert caught.value.column == column


@pytest.mark.parametrize("text", ["x < y", "sqrt(x)", "if(x, 1, 2)", "x and y", "not x"])
def test_plain_arithmetic_stays_plain(text: str) -> None:
    with pytest.raises(ExpressionError):
        compile_expression(text, NAMES)


def test_cubes_of_whole_numbers_have_whole_roots() -> None:
    assert [n for n in range(-2000, 2000) if cube_root(float(n**3)) != n] == []


@settings(max_examples=500)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_cube_root_is_within_four_units_in_the_last_place(x: float) -> None:
    assert abs(cube_root(x) - math.cbrt(x)) <= 4 * math.ulp(math.cbrt(x))
    assert cube_root(-x) == -cube_root(x)


PIECES = st.sampled_from(
    [
        *"xy()+-*/,.<>=!01 ",
        "if(",
        "if",
        "and ",
        "or ",
        "not ",
        "cbrt(",
        "door.open",
        "1e9",
        "max(",
        "lambda:",
        "'",
        "\\",
    ]
)


def compiled(text: str) -> tuple[Any, ExpressionError | None]:
    try:
        return compile_expression(text, NAMES, rules=True), None
    except ExpressionError as error:
        return None, error


@settings(max_examples=1500, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
@example("if(" * 130)
@example("not " * 99)
@example("-" * 399 + "x")
@pytest.mark.slow
def test_any_text_is_either_arithmetic_or_told_what_it_is_not(text: str) -> None:
    tree, error = compiled(text)
    if error is not None:
        assert 1 <= error.column <= 401
        assert str(error).endswith(".")
        return
    assert json.loads(json.dumps(tree)) == tree
    assert names_in(tree) <= set(NAMES)
    result = evaluate(tree, dict.fromkeys(NAMES, 2.0))
    assert result is None or math.isfinite(result)

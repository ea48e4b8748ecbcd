"""Arithmetic in YAML: what may stand there, what may not, and what it comes to."""

from __future__ import annotations

import json
from typing import Any

import pytest

from commissioning.source.expression import LARGEST, ExpressionError, compile_expression, evaluate

NAMES = ["x", "y", "list.people"]


def value(text: str, **values: float | None) -> float | None:
    return evaluate(compile_expression(text, NAMES), {"list.people": 1250.0, **values})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("7 / 2", 3.5),
        ("-x", -4),
        ("2 - -x", 6),
        ("x - 1 - 1", 2),
        ("8 / x / 2", 1),
        ("min(3, x, 9)", 3),
        ("max(3, x)", 4),
        ("ceil(x / 3)", 2),
        ("floor(x / 3)", 1),
        ("floor(-x / 3)", -2),
        ("round(2.5)", 3),
        ("round(-2.5)", -2),
        ("ceil(list.people / 60)", 21),
        ("1.5e2", 150),
    ],
)
def test_arithmetic_comes_to_what_it_should(text: str, expected: float) -> None:
    assert value(text, x=4) == expected


def test_line_ends_are_spaces() -> None:
    assert value("x +\n  1", x=4) == 5


@pytest.mark.parametrize("text", ["1 / 0", "x / 0", "1 + 1 / (x - 4)", "min(1, 1 / 0)", "ceil(1 / 0)"])
def test_a_division_by_zero_has_no_value_nor_has_what_is_made_from_it(text: str) -> None:
    assert value(text, x=4) is None


def test_what_is_made_from_a_missing_value_is_missing() -> None:
    assert value("x + 1", x=None) is None


def test_a_value_too_large_for_a_number_is_none() -> None:
    assert value("*".join(["1e15"] * 30)) is None


def test_a_compiled_expression_is_plain_json() -> None:
    tree = compile_expression("ceil(list.people / 50) - x", NAMES)
    assert tree == ["-", ["ceil", ["/", ["var", "list.people"], 50]], ["var", "x"]]
    assert json.loads(json.dumps(tree)) == tree


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("people / 50", 1, "'people' is not known here."),
        ("x + list.peple", 5, "'list.peple' is not known here."),
        ("x +", 4, "this is not arithmetic."),
        ("x ** 2", 1, "only numbers, names"),
        ("x % 2", 1, "only numbers, names"),
        ("x // 2", 1, "only numbers, names"),
        ("x < y", 1, "only numbers, names"),
        ("x if y else 1", 1, "only numbers, names"),
        ("[x]", 1, "only numbers, names"),
        ("'a'", 1, "only numbers, names"),
        ("True", 1, "only numbers, names"),
        ("1j", 1, "only numbers, names"),
        ("lambda: 1", 1, "only numbers, names"),
        ("x + abs(y)", 5, "only numbers, names"),
        ("__import__('os')", 1, "only numbers, names"),
        ("x.__class__", 1, "'x.__class__' is not known here."),
        ("list.people.real", 1, "only numbers, names"),
        ("x[0]", 1, "only numbers, names"),
        ("max(x, key=y)", 1, "only numbers, names"),
        ("max(x)", 1, "'max' takes 2 to 9 values."),
        ("ceil(x, y)", 1, "'ceil' takes 1 value."),
        ("max(*x)", 1, "'max' takes 2 to 9 values."),
        ("x; y", 2, "this is not arithmetic."),
        ("x * / y", 5, "this is not arithmetic."),
        ("(x + y", 1, "this is not arithmetic."),
        ("", 1, "this is not arithmetic."),
        ("1e999", 1, "a number may not be larger than 1,000,000,000,000,000."),
        ("1" + "0" * 60, 1, "a number may not be larger"),
        ("x + " * 100 + "x", 401, "the expression is longer than 400 characters."),
    ],
)
def test_nothing_but_arithmetic_may_stand_there(text: str, column: int, words: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text, NAMES)
    assert str(caught.value).startswith(words)
    assert caught.value.column == column


@pytest.mark.parametrize("text", ["(" * 190 + "x" + ")" * 190, "-" * 390 + "x", "x\0", "\ud800"])
def test_no_text_breaks_the_compiler(text: str) -> None:
    try:
        tree: Any = compile_expression(text, NAMES)
    except ExpressionError:
        return
    evaluate(tree, {"x": 1.0})


def test_the_largest_number_is_still_exact() -> None:
    assert float(LARGEST) == LARGEST
    assert value(str(LARGEST)) == LARGEST

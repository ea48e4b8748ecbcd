"""Arithmetic that an author may write in YAML, checked when read and compiled to plain JSON.

Names, numbers, `+ - * /`, brackets, and min, max, ceil, floor, round. Nothing else: no calls, no attributes but
`table.column`, no power. The browser walks the same compiled tree, so both sides compute the same double.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Collection, Mapping
from typing import Any

Tree = Any
"""A number, ["var", name], or [operator, tree, ...]."""

LARGEST = 10**15
"""Above this, neighbouring whole numbers are soon the same double."""
OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
FUNCTIONS = {"min": (2, 9), "max": (2, 9), "ceil": (1, 1), "floor": (1, 1), "round": (1, 1)}


class ExpressionError(ValueError):
    """What is wrong with an expression, and at which column (from 1)."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


def compile_expression(text: str, names: Collection[str]) -> Tree:
    """The tree of `text`, in which only `names` may occur. Raises ExpressionError."""
    text = " ".join(text.split())
    if len(text) > 400:
        raise ExpressionError("the expression is longer than 400 characters.", 401)
    try:
        parsed = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError("this is not arithmetic.", getattr(error, "offset", None) or len(text) + 1) from None
    return _tree(parsed.body, names)


def _tree(node: ast.expr, names: Collection[str]) -> Tree:
    column = node.col_offset + 1
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            if abs(number) > LARGEST:
                raise ExpressionError(f"a number may not be larger than {LARGEST:,}.", column)
            return number
        case ast.Name(id=name):
            return _named(name, names, column)
        case ast.Attribute(value=ast.Name(id=table), attr=name):
            return _named(f"{table}.{name}", names, column)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return ["-", 0, _tree(operand, names)]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return [OPERATORS[type(op)], _tree(left, names), _tree(right, names)]
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
            least, most = FUNCTIONS[name]
            if not least <= len(args) <= most:
                wanted = "1 value" if most == 1 else f"{least} to {most} values"
                raise ExpressionError(f"'{name}' takes {wanted}.", column)
            return [name, *(_tree(arg, names) for arg in args)]
    raise ExpressionError("only numbers, names, + - * / and min, max, ceil, floor, round may stand here.", column)


def _named(name: str, names: Collection[str], column: int) -> Tree:
    if name not in names:
        raise ExpressionError(f"'{name}' is not known here.", column)
    return ["var", name]


def evaluate(tree: Tree, values: Mapping[str, float | None]) -> float | None:
    """The value of a compiled tree; None where it has none (a division by zero, a missing value, one too large)."""
    if not isinstance(tree, list):
        return float(tree)
    if tree[0] == "var":
        return values[tree[1]]
    parts = [evaluate(part, values) for part in tree[1:]]
    if any(part is None for part in parts):
        return None
    value = _apply(tree[0], [part for part in parts if part is not None])
    return value if value is not None and math.isfinite(value) else None


def _apply(operator: str, parts: list[float]) -> float | None:
    match operator:
        case "+":
            return parts[0] + parts[1]
        case "-":
            return parts[0] - parts[1]
        case "*":
            return parts[0] * parts[1]
        case "/":
            return parts[0] / parts[1] if parts[1] else None
        case "min":
            return min(parts)
        case "max":
            return max(parts)
        case "ceil":
            return float(math.ceil(parts[0]))
        case "floor":
            return float(math.floor(parts[0]))
        case _:
            return float(math.floor(parts[0] + 0.5))

"""Arithmetic that an author may write in YAML, checked when read and compiled to plain JSON.

Names, numbers, `+ - * /`, brackets, and min, max, ceil, floor, round. Rules of a scenario may also compare, say `and`,
`or`, `not` and `if(test, then, else)`, and use sqrt, cbrt, abs, clamp. Nothing else: no other calls, no attributes but
`table.column`, no power. The browser walks the same compiled tree. Everything is made of + - * / and the square root,
which IEEE 754 rounds correctly everywhere, so both sides compute the same double.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

Tree = Any
"""A number, ["var", name], or [operator, tree, ...]."""

LARGEST = 10**15
"""Above this, neighbouring whole numbers are soon the same double."""
LONGEST = 400
OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
FUNCTIONS = {"min": (2, 9), "max": (2, 9), "ceil": (1, 1), "floor": (1, 1), "round": (1, 1)}
RULES = {**FUNCTIONS, "sqrt": (1, 1), "cbrt": (1, 1), "abs": (1, 1), "clamp": (3, 3), "if": (3, 3)}
"""Functions of plain arithmetic, and those of rules, with the least and the most values that each takes."""
IF = re.compile(r"\bif(?=\s*\()")


class ExpressionError(ValueError):
    """What is wrong with an expression, and at which column (from 1)."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


def compile_expression(text: str, names: Collection[str], *, rules: bool = False) -> Tree:
    """The tree of `text`, in which only `names` may occur; `rules` opens what rules may say. Raises ExpressionError."""
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise ExpressionError(f"the expression is longer than {LONGEST} characters.", LONGEST + 1)
    try:
        # Python's own parser reads the text, to whom `if` is no name: spelt If while it looks, which moves no column.
        parsed = ast.parse(IF.sub("If", text) if rules else text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError("this is not arithmetic.", getattr(error, "offset", None) or len(text) + 1) from None
    return _Reader(text, names, rules).tree(parsed.body)


class _Reader:
    """Turns what Python parsed into our own tree, and refuses whatever is not in the list."""

    def __init__(self, text: str, names: Collection[str], rules: bool) -> None:
        self.bytes, self.names, self.rules = text.encode("utf-8", "replace"), names, rules
        self.functions = RULES if rules else FUNCTIONS

    def tree(self, node: ast.expr) -> Tree:
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return self.number(number, node)
            case ast.Name(id=name):
                return self.named(name, node)
            case ast.Attribute(value=ast.Name(id=table), attr=name):
                return self.named(f"{table}.{name}", node)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return ["-", 0, self.tree(operand)]
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                return [OPERATORS[type(op)], self.tree(left), self.tree(right)]
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self.call(
                    "if" if name == "If" and self.bytes[node.col_offset :].startswith(b"i") else name, args, node
                )
        return self.rule(node)

    def rule(self, node: ast.expr) -> Tree:
        match node if self.rules else None:
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in COMPARISONS:
                return [COMPARISONS[type(op)], self.tree(left), self.tree(right)]
            case ast.Compare(ops=[_, _, *_]):
                raise self.error("compare two things at a time, and join them with 'and'.", node)
            case ast.BoolOp(op=op, values=values):
                return ["and" if isinstance(op, ast.And) else "or", *map(self.tree, values)]
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return ["not", self.tree(operand)]
        raise self.refusal(node)

    def number(self, number: float, node: ast.expr) -> Tree:
        if abs(number) > LARGEST:
            raise self.error(f"a number may not be larger than {LARGEST:,}.", node)
        return number

    def named(self, name: str, node: ast.expr) -> Tree:
        if name not in self.names:
            raise self.error(f"'{name}' is not known here.", node)
        return ["var", name]

    def call(self, name: str, args: list[ast.expr], node: ast.expr) -> Tree:
        if name not in self.functions:
            raise self.refusal(node)
        least, most = self.functions[name]
        if not least <= len(args) <= most:
            wanted = "1 value" if most == 1 else f"{least} values" if least == most else f"{least} to {most} values"
            raise self.error(f"'{name}' takes {wanted}.", node)
        return [name, *map(self.tree, args)]

    def refusal(self, node: ast.expr) -> ExpressionError:
        also = " Comparisons, 'and', 'or' and 'not' may stand here too." if self.rules else ""
        allowed = ", ".join(self.functions)
        return self.error(f"only numbers, names, + - * / and {allowed} may stand here.{also}", node)

    def error(self, message: str, node: ast.expr) -> ExpressionError:
        """Python counts columns in bytes of UTF-8; an author counts characters."""
        return ExpressionError(message, len(self.bytes[: node.col_offset].decode("utf-8", "ignore")) + 1)


def names_in(tree: Tree) -> set[str]:
    """Every name that a compiled tree reads."""
    if not isinstance(tree, list):
        return set()
    return {tree[1]} if tree[0] == "var" else set[str]().union(*map(names_in, tree[1:]))


def evaluate(tree: Tree, values: Mapping[str, float | None]) -> float | None:
    """The value of a compiled tree; None where it has none (a division by zero, a missing value, one too large).

    A comparison is 1 or 0; whatever is not 0 counts as true. `if` looks only at the side that its test picks.
    """
    if not isinstance(tree, list):
        return float(tree)
    operator = tree[0]
    if operator == "var":
        return values[tree[1]]
    if operator == "if":
        test = evaluate(tree[1], values)
        return None if test is None else evaluate(tree[2] if test else tree[3], values)
    parts = []
    for part in tree[1:]:
        value = evaluate(part, values)
        if value is None:
            return None
        parts.append(value)
    value = APPLY[operator](*parts)
    return value if value is not None and math.isfinite(value) else None


def cube_root(x: float) -> float:
    """The cube root by fixed steps, the same on every machine: scaled by eights into 1 to 8, then six of Newton's.

    `math.cbrt` and `Math.cbrt` may differ in the last bit. Here 27 gives 3, and -8 gives -2.
    """
    a, scale = abs(x), 1.0
    if not 0 < a < math.inf:
        return 0.0 if a == 0 else x
    while a >= 8:
        a, scale = a / 8, scale * 2
    while a < 1:
        a, scale = a * 8, scale / 2
    root = 1 + (a - 1) / 7
    for _ in range(6):
        root = root - (root * root * root - a) / (3 * root * root)
    return root * scale if x > 0 else -(root * scale)


def _clamp(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


APPLY: dict[str, Callable[..., float | None]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b if b else None,
    "min": min,
    "max": max,
    "ceil": lambda a: float(math.ceil(a)),
    "floor": lambda a: float(math.floor(a)),
    "round": lambda a: float(math.floor(a + 0.5)),
    "sqrt": lambda a: math.sqrt(a) if a >= 0 else None,
    "cbrt": cube_root,
    "abs": abs,
    "clamp": _clamp,
    "<": lambda a, b: float(a < b),
    "<=": lambda a, b: float(a <= b),
    ">": lambda a, b: float(a > b),
    ">=": lambda a, b: float(a >= b),
    "==": lambda a, b: float(a == b),
    "!=": lambda a, b: float(a != b),
    "and": lambda *parts: float(all(parts)),
    "or": lambda *parts: float(any(parts)),
    "not": lambda a: float(not a),
}

"""The rules of First Hundred Days in plain letters, signs and words: formulas that need no script and no picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from math import floor
from pathlib import Path
from typing import Any

from commissioning.scenario import Rules, as_name
from commissioning.scenario.shape import Step
from commissioning.scenario.steps import Steps
from commissioning.site.the_book import tag
from commissioning.source.expression import Tree, compile_expression, evaluate, names_in
from commissioning.source.tree import read_tree

W: dict[str, Any] = read_tree((Path(__file__).parent / "game_extras.yaml").read_text("utf-8"))[0]
SAYS: dict[str, Any] = W["phrases"]
SIGNS = {"*": " × ", "/": " ÷ ", "+": " + ", "-": " − ", "==": " = ", "!=": " ≠ ", ">=": " ≥ ", "<=": " ≤ "}
TIGHT = {"or": 1, "and": 2, "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "+": 4, "-": 4, "*": 5, "/": 5}
"""How tightly each sign holds what stands beside it; brackets go round what is held less tightly."""
SHARES = {"activity": 1.0, "blended": 0.5, "fixed": 0.0}
PAPER = {"severity": 1.0}
"""On paper every event is of middling force."""
FREE = ("owed", "lent", "committed", "bonus", "secret")


def number(x: float, most: int = 3) -> str:
    """4,000; 0.42; −12: thousands by comma, a true minus, no noughts at the end."""
    text = f"{abs(x):,.{most}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"−{text}" if x < 0 and text != "0" else text


def signed(x: float, most: int = 1) -> str:
    """+8 or −12: both signs shown, since on paper either may be meant."""
    return f"+{number(x, most)}" if x > 0 else number(x, most)


def whole(x: float) -> float:
    """To the nearest whole point, halves away from nought."""
    return float(floor(abs(x) + 0.5)) * (1 if x >= 0 else -1)


def pounds(x: float) -> str:
    """−£1,200k."""
    return f"{'−' if x < 0 else ''}£{number(abs(x), 0)}k"


def name_html(name: str) -> str:
    """The letter of something that is counted, or its words; a choice as a condition."""
    first, _, rest = name.partition(".")
    if rest and first == "attention":
        return str(SAYS["points_on"].format(name=name_html(rest)))
    if rest:
        return chosen(first, rest)
    if name == "secret":
        return str(SAYS["kept_quiet"])
    sign = str(W["symbols"].get(name) or W["accounts"].get(name) or name.replace("_", " "))
    return f"<var>{escape(sign)}</var>" if len(sign) == 1 else escape(sign)


def chosen(decision: str, option: str) -> str:
    """support is “In house”; stance is sovereignty."""
    names = {as_name(slug): words for slug, words in W["options"].get(decision, {}).items()}
    words = escape(str(names.get(option, option)))
    if decision == "stance":
        return str(SAYS["stance"].format(option=words.lower()))
    title = str(W["decisions"].get(decision, decision)).lower()
    return str(SAYS["choice"].format(decision=escape(title), option=words))


def symbols(tree: Tree, *, round_to: int = 3) -> str:
    """A compiled tree as signs and letters in one line of HTML."""
    if not isinstance(tree, list):
        return number(tree, round_to)
    if inner := _to_a_tenth(tree):
        return str(SAYS["tenth"].format(value=symbols(inner, round_to=round_to)))
    return _sign(tree, round_to)


def _sign(tree: list[Any], round_to: int) -> str:
    head, parts = tree[0], tree[1:]
    if head == "var":
        return name_html(parts[0])
    if head == "-" and parts[0] == 0:
        return f"−{_held(parts[1], 5, round_to)}"
    if head in TIGHT:
        tight = TIGHT[head]
        joined = SIGNS.get(head, f" {head} ")
        held = [_held(part, tight + (place > 0 and head in "-/"), round_to) for place, part in enumerate(parts)]
        return escape(joined, quote=False).join(held)
    if head == "if":
        return "; ".join(_cases(tree, round_to))
    said = [symbols(part, round_to=round_to) for part in parts]
    if head == "clamp":
        return str(SAYS["clamp"].format(value=said[0], low=said[1], high=said[2]))
    signs = {"sqrt": "√", "cbrt": "∛", "not": "not "}
    if head in signs:
        return (
            f"{signs[head]}({said[0]})"
            if isinstance(parts[0], list) and parts[0][0] != "var"
            else signs[head] + said[0]
        )
    return f"{head}({', '.join(said)})"


def _held(tree: Tree, tight: int, round_to: int) -> str:
    """A part, in brackets where the sign outside holds it more tightly."""
    text = symbols(tree, round_to=round_to)
    loose = isinstance(tree, list) and TIGHT.get(tree[0], 9) < tight and tree[:2] != ["-", 0]
    return f"({text})" if loose or (isinstance(tree, list) and tree[0] == "if") else text


def _cases(tree: Tree, round_to: int) -> Iterator[str]:
    while isinstance(tree, list) and tree[0] == "if":
        said = {"value": symbols(tree[2], round_to=round_to), "test": symbols(tree[1], round_to=round_to)}
        yield SAYS["case"].format(**said)
        tree = tree[3]
    yield SAYS["else"].format(value=symbols(tree, round_to=round_to))


def _to_a_tenth(tree: list[Any]) -> Tree | None:
    """What stands inside `floor(… * 10 + 0.5) / 10`, the rules' way to round to one decimal."""
    match tree:
        case ["/", ["floor", ["+", ["*", inner, 10], 0.5]], 10]:
            return inner
    return None


@dataclass(frozen=True)
class Telling:
    """How the rules are told: as they stand, or for paper, where every change is a whole number of points."""

    rules: Rules
    paper: bool = False

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that an expression of these rules may read."""
        return frozenset({*Steps(self.rules).names, *self.rules.reports})

    def tree(self, text: str) -> Tree:
        """A compiled expression of the rules."""
        made = compile_expression(text, self.names, rules=True)
        return _at_paper(made) if self.paper else made

    def items(self, steps: Iterable[Step]) -> list[str]:
        """Each thing that happens, as the inside of one list item."""
        return [item for step in steps for item in self.item(step)]

    def listed(self, steps: Iterable[Step], kind: str = "ul") -> str:
        """What happens, as a list; a sentence if nothing does."""
        items = self.items(steps)
        return tag(kind, "".join(tag("li", item) for item in items)) if items else tag("p", escape(SAYS["nothing"]))

    def item(self, step: Step) -> Iterator[str]:
        """One step: a change, a payment, or a condition with a list below it."""
        for name, text in step.up.items():
            yield self.change(name, self.tree(text))
        for name, text in step.add.items():
            yield self.sum(name, self.tree(text))
        for name, text in step.set.items():
            yield self.becomes(name, self.tree(text))
        for name, text in step.let.items():
            if not self.paper:
                yield SAYS["is"].format(name=name_html(name), value=symbols(self.tree(text)))
        for payment in step.pay:
            amount = money(self.tree(payment.amount))
            accounts = {"payer": W["accounts"][payment.from_], "payee": W["accounts"][payment.to]}
            yield SAYS["pay"].format(amount=amount, **accounts)
        yield from self.conditional(step)

    def conditional(self, step: Step) -> Iterator[str]:
        """Whatever holds other steps."""
        if step.if_ or step.chance:
            key, text = ("if", step.if_) if step.if_ else ("chance", step.chance)
            said = symbols(self.tree(text)) if step.if_ else in_100(self.tree(text))
            first = SAYS[key].format(test=said, chance=said)
            yield self.under(first, step.then)
            if step.else_ and self.items(step.else_):
                yield self.under(SAYS["otherwise"], step.else_)
        if step.at_turn:
            yield self.under(SAYS["at_turn"].format(turn=symbols(self.tree(step.at_turn))), step.do)
        if step.in_turns:
            yield self.under(SAYS["in_turns"].format(turns=symbols(self.tree(step.in_turns))), step.do)
        if step.repeat:
            yield self.under(SAYS["repeat"].format(times=step.repeat), step.do)
        if step.run != "none":
            yield SAYS["run"].format(block=SAYS["blocks"].get(step.run, step.run))
        if step.event != "none":
            yield SAYS["event"].format(event=W["events"].get(step.event, step.event))

    def under(self, first: str, steps: Iterable[Step]) -> str:
        """A condition, and what follows from it: in the same line if that is one thing."""
        items = self.items(steps)
        if len(items) == 1 and "<ul" not in items[0]:
            return f"{first} {items[0]}"
        return first + self.listed(steps)

    def change(self, name: str, tree: Tree) -> str:
        """E +8, or what E moves by."""
        if not names_in(tree):
            x = evaluate(tree, {}) or 0
            return f"{name_html(name)} {signed(whole(x) if self.paper else x)}"
        return str(SAYS["moves"].format(name=name_html(name), value=symbols(tree, round_to=2 if self.paper else 3)))

    def sum(self, name: str, tree: Tree) -> str:
        """A plain sum: no share of the room left."""
        if name == "committed":
            return str(SAYS["promised"].format(value=symbols(tree)))
        if names_in(tree):
            return str(SAYS["grows"].format(name=name_html(name), value=symbols(tree)))
        return str(SAYS["adds"].format(name=name_html(name), value=pounds(evaluate(tree, {}) or 0)))

    def becomes(self, name: str, tree: Tree) -> str:
        """A new value, said in words where it is a promise, a spare point or a secret."""
        words = {"committed": "promised", "bonus": "to_spare", "secret": "quiet"}
        if name in words and not names_in(tree) and tree:
            return str(SAYS[words[name]].format(value=symbols(tree)))
        return str(SAYS["becomes"].format(name=name_html(name), value=symbols(tree)))


def _at_paper(tree: Tree) -> Tree:
    """Events of middling force: z is 1, and disappears from products."""
    if not isinstance(tree, list):
        return tree
    if tree[0] == "var":
        return PAPER.get(tree[1], tree)
    parts = [_at_paper(part) for part in tree[1:]]
    if tree[0] == "*" and 1 in parts:
        return parts[0] if parts[1] == 1 else parts[1]
    return [tree[0], *parts]


def money(tree: Tree) -> str:
    """£1,200k; a formula is in thousands of pounds too."""
    return f"£k {symbols(tree)}" if names_in(tree) else pounds(evaluate(tree, {}) or 0)


def in_100(tree: Tree) -> str:
    """60 in 100; a formula is left as a share of 1."""
    return SAYS["in_100"].format(x=number(100 * (evaluate(tree, {}) or 0), 0)) if not names_in(tree) else symbols(tree)

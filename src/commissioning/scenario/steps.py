"""Compiles the steps and expressions of a scenario's rules, and says what is wrong with them, in words.

`compiler` builds the whole on top of this; here is what stands inside a block, an option, an event.
"""

from __future__ import annotations

import keyword
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from commissioning.scenario.shape import Rules, Step
from commissioning.scenario.words import choosable
from commissioning.source.expression import RULES as FUNCTIONS
from commissioning.source.expression import ExpressionError, Tree, compile_expression, names_in
from commissioning.source.faults import did_you_mean

Trail = tuple[str | int, ...]
Found = tuple[Trail, str, str]
OWN = {"turn": 1.0, "severity": 1.0, "loan": 0.0}
"""Names that the engine itself gives a value."""
PARTS = {"then", "else_", "do"}
LATE = ("at_turn", "in_turns", "at_node")


def as_name(slug: str) -> str:
    """An id as an expression writes it: a hyphen would be a minus."""
    return slug.replace("-", "_")


class Steps:
    """The names that rules may use, the faults found so far, and how each step becomes JSON."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.faults: list[Found] = []
        self.blocks: dict[str, list[Any]] = {}
        self.calls: dict[str, set[str]] = {}
        self.here = ""
        self.places = {
            as_name(name): {as_name(option): place for place, option in enumerate(ids, start=1)}
            for name, ids in choosable(rules).items()
        }
        self.passing = {name for step in _every_step(rules) for name in (*step.let, *step.draw)}
        self.start = self._start()
        chosen = {f"{name}.{option}" for name, options in self.places.items() for option in options}
        self.names = {*self.start, *chosen, "turn"}

    def fault(self, trail: Trail, wrong: str, right: str = "") -> None:
        self.faults.append((trail, wrong, right))

    # -- names ---------------------------------------------------------------------------------------------------

    def _start(self) -> dict[str, float]:
        """Every name that has a value, with its first one; two things of one name are a fault."""
        rules, start = self.rules, dict(OWN)
        groups: list[tuple[str, dict[str, float]]] = [
            ("variables", {name: part.start for name, part in rules.variables.items()}),
            ("accounts", {name: part.start for name, part in rules.accounts.items()}),
            ("dials", {name: part.start for name, part in rules.dials.items()}),
            ("decisions", dict.fromkeys(map(as_name, rules.decisions), 0)),
            ("nodes", dict.fromkeys(map(as_name, rules.nodes), 0)),
        ]
        for group, members in groups:
            for name, value in members.items():
                if name in start:
                    self.fault((group, name), f"something else is called '{name}' too.", "Give one of them another.")
                elif group not in ("decisions", "nodes") and (keyword.iskeyword(name) or name in FUNCTIONS):
                    self.fault((group, name), f"'{name}' is a word of the rules' own.", "Choose another.")
                start[name] = value
        points = [f"{as_name(n)}.{as_name(c)}" for n, decision in rules.decisions.items() for c in decision.points]
        return {**dict.fromkeys(sorted(self.passing), 0.0), **start, **dict.fromkeys(points, 0.0)}

    # -- steps ---------------------------------------------------------------------------------------------------

    def _block(self, name: str, steps: list[Step], trail: Trail) -> list[Any]:
        self.here = name
        self.calls.setdefault(name, set())
        made = self._steps(steps, trail)
        if trail[0] == "blocks":
            self.blocks[name] = made
        return made

    def _steps(self, steps: list[Step], trail: Trail) -> list[Any]:
        return [part for index, step in enumerate(steps) for part in self._step(step, (*trail, index))]

    def _step(self, step: Step, at: Trail) -> Iterator[Any]:
        given = step.model_fields_set - PARTS
        actions = sorted(name.rstrip("_") for name in given)
        if len(actions) != 1:
            has = f"this has {' and '.join(actions)}" if actions else "this has none"
            self.fault(at, f"a step does one thing ({has}).", "Write one action to a step.")
            return
        action = actions[0]
        for part, wanted in (("then", ("if", "chance")), ("else_", ("if", "chance")), ("do", ("repeat", *LATE))):
            if part in step.model_fields_set and action not in wanted:
                self.fault((*at, part.rstrip("_")), f"'{part.rstrip('_')}' does not belong to '{action}'.")
        yield from getattr(self, f"_{action}" if action not in LATE else "_later")(step, at)

    def _up(self, step: Step, at: Trail) -> Iterator[Any]:
        return self._changes("up", step.up, at)

    def _add(self, step: Step, at: Trail) -> Iterator[Any]:
        return self._changes("add", step.add, at)

    def _set(self, step: Step, at: Trail) -> Iterator[Any]:
        return self._changes("set", step.set, at)

    def _changes(self, action: str, changes: dict[str, str], at: Trail) -> Iterator[Any]:
        for name, text in changes.items():
            if name in self.rules.accounts:
                self.fault((*at, action, name), f"'{name}' is an account: its money moves only by 'pay'.")
            elif name not in self.rules.variables:
                right = did_you_mean(name, self.rules.variables)
                self.fault((*at, action, name), f"'{name}' is not a variable.", right)
            yield [action, name, self._tree(text, (*at, action, name))]

    def _let(self, step: Step, at: Trail) -> Iterator[Any]:
        for name, text in step.let.items():
            self._check_passing(name, (*at, "let", name))
            yield ["set", name, self._tree(text, (*at, "let", name))]

    def _draw(self, step: Step, at: Trail) -> Iterator[Any]:
        for name, (low, high) in step.draw.items():
            self._check_passing(name, (*at, "draw", name))
            yield ["draw", name, *span(low, high)]

    def _check_passing(self, name: str, trail: Trail) -> None:
        held = {*self.rules.variables, *self.rules.accounts, *self.rules.dials, *self.places, *OWN}
        if name in held:
            self.fault(trail, f"'{name}' has another meaning already.", "Choose another name, or use 'set'.")

    def _pay(self, step: Step, at: Trail) -> Iterator[Any]:
        for index, payment in enumerate(step.pay):
            for part, name in (("from", payment.from_), ("to", payment.to)):
                if name not in self.rules.accounts:
                    right = did_you_mean(name, self.rules.accounts)
                    self.fault((*at, "pay", index, part), f"'{name}' is not an account.", right)
            amount = self._tree(payment.amount, (*at, "pay", index, "amount"))
            yield ["pay", payment.from_, payment.to, amount]

    def _if(self, step: Step, at: Trail) -> Iterator[Any]:
        yield ["if", self._tree(step.if_, (*at, "if")), *self._both(step, at)]

    def _chance(self, step: Step, at: Trail) -> Iterator[Any]:
        yield ["chance", self._tree(step.chance, (*at, "chance")), *self._both(step, at)]

    def _both(self, step: Step, at: Trail) -> list[Any]:
        return [self._steps(step.then, (*at, "then")), self._steps(step.else_, (*at, "else"))]

    def _later(self, step: Step, at: Trail) -> Iterator[Any]:
        name = f"{self.here}~{sum(key.startswith(f'{self.here}~') for key in self.blocks) + 1}"
        self.blocks[name] = []
        self.blocks[name] = made = self._steps(step.do, (*at, "do"))
        kept = sorted(names_in(["", *_trees(made)]) & {*self.passing, "severity"})
        if step.at_node is not None:
            if step.at_node not in self.rules.nodes:
                right = did_you_mean(step.at_node, self.rules.nodes)
                self.fault((*at, "at_node"), f"'{step.at_node}' is not a node.", right)
            yield ["later", "node", step.at_node, name, kept]
        elif step.in_turns:
            yield ["later", "in", self._tree(step.in_turns, (*at, "in_turns")), name, kept]
        else:
            yield ["later", "at", self._tree(step.at_turn, (*at, "at_turn")), name, kept]

    def _repeat(self, step: Step, at: Trail) -> Iterator[Any]:
        yield ["repeat", step.repeat, self._steps(step.do, (*at, "do"))]

    def _run(self, step: Step, at: Trail) -> Iterator[Any]:
        if step.run not in self.rules.blocks:
            self.fault((*at, "run"), f"'{step.run}' is not a block.", did_you_mean(step.run, self.rules.blocks))
        self.calls[self.here].add(step.run)
        yield ["run", step.run]

    def _event(self, step: Step, at: Trail) -> Iterator[Any]:
        if step.event not in self.rules.events:
            self.fault((*at, "event"), f"'{step.event}' is not an event.", did_you_mean(step.event, self.rules.events))
        self.calls[self.here].add(f"event {step.event}")
        yield ["event", step.event]

    def _tree(self, text: str, trail: Trail, *, also: Iterable[str] = ()) -> Tree:
        names = {*self.names, *also}
        try:
            return placed(compile_expression(text, names, rules=True), self.places)
        except ExpressionError as error:
            self.fault(trail, *told_of(error, text, names))
            return 0


def told_of(error: ExpressionError, text: str, names: Collection[str]) -> tuple[str, str]:
    """What is wrong with an expression, with the column it is wrong in, and what may have been meant."""
    near = did_you_mean(str(error).split("'")[1], names) if "is not known" in str(error) else ""
    return f"column {error.column} of '{' '.join(text.split())[:80]}': {error}", near


def placed(tree: Tree, places: Mapping[str, Mapping[str, int]]) -> Tree:
    """`support.mixed` is 1 where that option was chosen: a comparison with its place among the options."""
    if not isinstance(tree, list):
        return tree
    if tree[0] == "var":
        name, _, option = tree[1].partition(".")
        place = places.get(name, {}).get(option)
        return ["==", ["var", name], place] if place else tree
    return [tree[0], *(placed(part, places) for part in tree[1:])]


def span(low: float, high: float) -> list[float]:
    """Where a draw begins, and how far it reaches: 0.7 to 1.3 is 0.6 wide, not 0.6000000000000001."""
    return [low, float(f"{high - low:.12g}")]


def _every_step(rules: Rules) -> Iterator[Step]:
    lists = [
        rules.when_lent,
        rules.afterwards,
        *rules.blocks.values(),
        *rules.events.values(),
        *(option.do for decision in rules.decisions.values() for option in decision.options.values()),
        *(choice.do for node in rules.nodes.values() for choice in node.values()),
    ]
    for steps in lists:
        yield from _within(steps)


def _within(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _within([*step.then, *step.else_, *step.do])


def _trees(steps: list[Any]) -> Iterator[Tree]:
    """Every expression in compiled steps."""
    for operation, *rest in steps:
        for part in rest:
            if isinstance(part, list) and (not part or isinstance(part[0], list)):
                yield from _trees(part)
            elif isinstance(part, list) and operation != "later":
                yield part

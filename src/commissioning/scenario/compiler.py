"""From rules as an author wrote them to plain JSON that two interpreters walk; and what is wrong with them, in words.

`compile_rules` and `find` are one walk over the rules. Faults are (trail, what is wrong, what would be right), as the
kinds of decision give theirs; `read` turns the trail into file and line, and an expression's fault says its column.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from commissioning.expression import RULES as FUNCTIONS
from commissioning.expression import ExpressionError, Tree, compile_expression, names_in
from commissioning.faults import Faults, did_you_mean
from commissioning.read import Sheet, read_yaml
from commissioning.scenario.shape import Rules, Step
from commissioning.scenario.words import choosable, find_in_words

Trail = tuple[str | int, ...]
Found = tuple[Trail, str, str]
SLOTS = ("choices", "late", "event")
"""What an order may name besides the author's own blocks."""
OWN = {"turn": 1.0, "severity": 1.0, "loan": 0.0}
"""Names that the engine itself gives a value."""


def read(path: Path) -> Sheet[Rules]:
    """A scenario's rules from YAML. Raises Faults: all of shape, or else all of sense, each with its file and line."""
    sheet = read_yaml(path, Rules)
    faults = [sheet.fault(*fault) for fault in find(sheet.model)]
    if faults:
        raise Faults(faults)
    return sheet


def compile_rules(rules: Rules) -> dict[str, Any]:
    """Plain JSON for the engine. Raises ValueError if the rules have faults; `find` says which."""
    compiler = _Compiler(rules)
    compiled = compiler.rules_as_json()
    if compiler.faults:
        trail, wrong, _ = compiler.faults[0]
        raise ValueError(f"{trail}: {wrong}")
    return compiled


def find(rules: Rules) -> list[Found]:
    """Everything that is wrong with the rules and their words."""
    compiler = _Compiler(rules)
    compiler.rules_as_json()
    return [*compiler.faults, *find_in_words(rules)]


def as_name(slug: str) -> str:
    """An id as an expression writes it: a hyphen would be a minus."""
    return slug.replace("-", "_")


class _Compiler:
    """One walk over the rules, which gathers faults on its way."""

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

    # -- the whole -----------------------------------------------------------------------------------------------

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

    def rules_as_json(self) -> dict[str, Any]:
        rules = self.rules
        self._check_bounds()
        lenders = [name for name, account in rules.accounts.items() if account.lends]
        if len(lenders) > 1:
            self.fault(("accounts", lenders[1], "lends"), f"'{lenders[0]}' lends already.", "One account may lend.")
        for name, steps in rules.blocks.items():
            self._block(name, steps, ("blocks", name))
        compiled = {
            "format": "commissioning-scenario/1",
            "form": rules.form,
            "start": self.start,
            "bounds": {name: [part.min, part.max] for name, part in rules.variables.items()},
            "scales": {name: 10**part.digits for name, part in rules.variables.items()},
            "dials": {name: [part.min, part.max] for name, part in rules.dials.items()},
            "accounts": list(rules.accounts),
            "lender": lenders[0] if lenders else None,
            "when_lent": self._block("when lent", rules.when_lent, ("when_lent",)),
            "turns": rules.turns,
            "order": rules.order,
            "decisions": {name: self._decision(name) for name in rules.decisions},
            "events": {n: self._block(f"event {n}", steps, ("events", n)) for n, steps in rules.events.items()},
            **self._deck(),
            "first": next(iter(rules.nodes), None),
            "nodes": {name: self._node(name) for name in rules.nodes},
            "endings": [[n, self._tree(e.when, ("endings", n, "when"))] for n, e in rules.endings.items()],
            "reports": self._reports(),
            "afterwards": self._block("afterwards", rules.afterwards, ("afterwards",)),
            "skins": list(rules.skins),
        }
        self._check_form()
        self._check_circles()
        self._check_afterwards(compiled)
        return {**compiled, "blocks": self.blocks}

    def _decision(self, name: str) -> dict[str, Any]:
        decision, trail = self.rules.decisions[name], ("decisions", name)
        turns = decision.turns or list(range(1, self.rules.turns + 1))
        for index, turn in enumerate(decision.turns):
            if not 1 <= turn <= self.rules.turns:
                wrong = f"there is no turn {turn}; there are {self.rules.turns}."
                self.fault((*trail, "turns", index), wrong)
        if bool(decision.options) == bool(decision.points):
            self.fault(trail, "a decision has either options or points.", "Write one of the two.")
        if decision.points:
            return {"as": as_name(name), "turns": turns, "points": decision.points, "most": decision.most}
        options = {}
        for place, (key, option) in enumerate(decision.options.items(), start=1):
            at: Trail = (*trail, "options", key)
            when = self._tree(option.when, (*at, "when"))
            do = self._block(f"{name}.{key}", option.do, (*at, "do"))
            options[key] = {"place": place, "when": when, "do": do}
        return {"as": as_name(name), "turns": turns, "options": options}

    def _node(self, name: str) -> dict[str, Any]:
        made = {}
        for place, (key, choice) in enumerate(self.rules.nodes[name].items(), start=1):
            at: Trail = ("nodes", name, key)
            if choice.goto != "end" and choice.goto not in self.rules.nodes:
                right = did_you_mean(choice.goto, [*self.rules.nodes, "end"])
                self.fault((*at, "goto"), f"goto leads to '{choice.goto}', which is not a node.", right)
            when = self._tree(choice.when, (*at, "when"))
            do = self._block(f"{name}.{key}", choice.do, (*at, "do"))
            made[key] = {"place": place, "goto": choice.goto, "when": when, "do": do}
        return made

    def _reports(self) -> list[Any]:
        """[name, tree] in order: a report may build on those above it."""
        made: list[Any] = []
        for name, text in self.rules.reports.items():
            if name in self.names:
                self.fault(("reports", name), f"something else is called '{name}' too.", "Give one of them another.")
            made.append([name, self._tree(text, ("reports", name), also=[made_name for made_name, _ in made])])
        return made

    def _deck(self) -> dict[str, Any]:
        deck = self.rules.deck
        if deck is None:
            return {"deck": {"shuffle": [], "between": []}, "severity": [1, 0]}
        cards: list[tuple[Trail, str]]
        cards = [*((("deck", "shuffle", i), c) for i, c in enumerate(deck.shuffle)),
                 *((("deck", "between", c), c) for c in deck.between)]  # fmt: skip
        for trail, card in cards:
            if card not in self.rules.events:
                right = did_you_mean(card, self.rules.events)
                self.fault(trail, f"the deck names '{card}', which is not an event.", right)
        if len(cards) < self.rules.turns:
            self.fault(("deck",), f"the deck has {len(cards)} cards for {self.rules.turns} turns.", "One a turn.")
        size = len(deck.shuffle)
        for card, (first, last) in deck.between.items():
            size += 1
            if not 1 <= first <= last <= size:
                self.fault(("deck", "between", card), f"turns {first} to {last} are not a span of 1 to {size}.")
        between = [[card, *span] for card, span in deck.between.items()]
        return {"deck": {"shuffle": deck.shuffle, "between": between}, "severity": _span(*deck.severity)}

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
            yield ["draw", name, *_span(low, high)]

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
            return self._placed(compile_expression(text, names, rules=True))
        except ExpressionError as error:
            near = did_you_mean(str(error).split("'")[1], names) if "is not known" in str(error) else ""
            self.fault(trail, f"column {error.column} of '{' '.join(text.split())[:80]}': {error}", near)
            return 0

    def _placed(self, tree: Tree) -> Tree:
        """`support.mixed` is 1 where that option was chosen: a comparison with its place among the options."""
        if not isinstance(tree, list):
            return tree
        if tree[0] == "var":
            name, _, option = tree[1].partition(".")
            place = self.places.get(name, {}).get(option)
            return ["==", ["var", name], place] if place else tree
        return [tree[0], *map(self._placed, tree[1:])]

    # -- sense ---------------------------------------------------------------------------------------------------

    def _check_bounds(self) -> None:
        bounded = {"variables": self.rules.variables, "dials": self.rules.dials}
        for group, members in bounded.items():
            for name, part in members.items():  # type: ignore[attr-defined]
                if not part.min < part.max:
                    self.fault((group, name, "max"), f"'{name}' has no room between {part.min:g} and {part.max:g}.")
                elif not part.min <= part.start <= part.max:
                    wrong = f"'{name}' starts at {part.start:g}, outside {part.min:g} to {part.max:g}."
                    self.fault((group, name, "start"), wrong)
        for name, account in self.rules.accounts.items():
            if account.start < 0 and not account.lends:
                self.fault(("accounts", name, "start"), f"'{name}' starts below 0.", "Only the lender may.")

    def _check_form(self) -> None:
        rules = self.rules
        if rules.form == "nodes":
            if not rules.nodes:
                self.fault(("form",), "there are no nodes.", "Write them under 'nodes'.")
            if rules.turns or rules.decisions or rules.deck or rules.order:
                self.fault(("form",), "turns, decisions, order and deck belong to the form 'turns'.")
            return
        if not rules.turns or not rules.decisions or rules.nodes:
            self.fault(("form",), "the form 'turns' needs turns and decisions, and no nodes.")
        for index, part in enumerate(rules.order):
            if part not in (*SLOTS, *rules.blocks):
                wrong = f"the order names '{part}', which is not a block."
                self.fault(("order", index), wrong, did_you_mean(part, [*SLOTS, *rules.blocks]))
        if "choices" not in rules.order:
            self.fault(("order",), "the order never comes to 'choices'.")
        if ("event" in rules.order) != (rules.deck is not None):
            self.fault(("order",), "a deck and the word 'event' in the order need each other.")

    def _check_circles(self) -> None:
        """A block that runs itself, by whatever way round."""
        for name in self.calls:
            seen, ahead = set[str](), set(self.calls[name])
            while ahead:
                seen |= ahead
                ahead = {far for near in ahead for far in self.calls.get(near, ())} - seen
            if name in seen:
                group, name = ("events", name[6:]) if name.startswith("event ") else ("blocks", name)
                self.fault((group, name), f"'{name}' runs itself, and would never end.")

    def _check_afterwards(self, compiled: dict[str, Any]) -> None:
        if any(part in ("draw", "chance", "event", "later") for part in _actions(compiled["afterwards"], self.blocks)):
            self.fault(("afterwards",), "chance and late effects have no place after the last turn.")


PARTS = {"then", "else_", "do"}
LATE = ("at_turn", "in_turns", "at_node")


def _span(low: float, high: float) -> list[float]:
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


def _actions(steps: list[Any], blocks: dict[str, list[Any]], seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every operation that compiled steps come to, through the blocks that they run."""
    for operation, *rest in steps:
        yield operation
        if operation == "run" and rest[0] not in seen:
            yield from _actions(blocks.get(rest[0], []), blocks, seen | {rest[0]})
        for part in rest:
            if isinstance(part, list) and part and isinstance(part[0], list):
                yield from _actions(part, blocks, seen)

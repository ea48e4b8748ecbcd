"""From rules as an author wrote them to plain JSON that two interpreters walk; and what is wrong with them, in words.

`compile_rules` and `find` are one walk over the rules. Faults are (trail, what is wrong, what would be right), as the
kinds of decision give theirs; `read` turns the trail into file and line, and an expression's fault says its column.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commissioning.scenario.shape import Rules
from commissioning.scenario.steps import Found, Steps, Trail, as_name, span
from commissioning.scenario.words import find_in_words
from commissioning.source.faults import Faults, did_you_mean
from commissioning.source.sheets import Sheet, read_yaml

SLOTS = ("choices", "late", "event")
"""What an order may name besides the author's own blocks."""


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


class _Compiler(Steps):
    """One walk over the rules, which gathers faults on its way."""

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
        return {"deck": {"shuffle": deck.shuffle, "between": between}, "severity": span(*deck.severity)}

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


def _actions(steps: list[Any], blocks: dict[str, list[Any]], seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every operation that compiled steps come to, through the blocks that they run."""
    for operation, *rest in steps:
        yield operation
        if operation == "run" and rest[0] not in seen:
            yield from _actions(blocks.get(rest[0], []), blocks, seen | {rest[0]})
        for part in rest:
            if isinstance(part, list) and part and isinstance(part[0], list):
                yield from _actions(part, blocks, seen)

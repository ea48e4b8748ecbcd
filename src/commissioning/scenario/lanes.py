"""A batch of games side by side: the interpreter of `engine`, with a column where that has a number.

In: compiled rules, seeds, dials, and the choices of each game. Out: columns of values. Where games part ways, `who`
says whose turn it is, and nobody else's numbers move. Called by `many`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from commissioning.scenario.columns import Column, Columns, Dice, Mask, Sum, Value, dice_of, draw_column
from commissioning.scenario.engine import Compiled, ScenarioError
from commissioning.scenario.policies import Policies
from commissioning.source.expression import Tree


@dataclass
class Late:
    """A block set going for a turn to come, in some of the games, with the passing values that it will need."""

    due: Value
    block: str
    kept: dict[str, Value]
    who: Mask


class Lanes:
    """A batch of games side by side: `engine.Run`, with a column for each number and `who` for whose turn it is."""

    def __init__(self, rules: Compiled, seeds: Sequence[int], dials: Mapping[str, Column]) -> None:
        self.rules, self.size = rules, len(seeds)
        self.now = 1
        self.who: Mask | None = None
        self.lacking = False
        self.late: list[Late] = []
        self.values: Columns = {name: self.full(value) for name, value in rules["start"].items()}
        for name, column in dials.items():
            low, high = rules["dials"].get(name, (1, 0))
            if not np.all((low <= column) & (column <= high)):
                raise ScenarioError(f"'{name}' is no dial, or is set outside it.")
            self.values[name] = column
        self.cards = [*rules["deck"]["shuffle"], *(card for card, *_ in rules["deck"]["between"])]
        self.deck, self.dice = shuffled(rules["deck"], dice_of(seeds))

    def full(self, value: float) -> Column:
        return np.full(self.size, float(value))

    def everyone(self) -> Mask:
        return np.ones(self.size, dtype=bool) if self.who is None else self.who

    def deck_names(self) -> list[list[str]]:
        return [[self.cards[card] for card in row] for row in self.deck.tolist()]

    @contextmanager
    def only(self, some: Mask) -> Iterator[bool]:
        """For as long as it lasts, only these games move; says whether there is any."""
        before, self.who = self.who, some if self.who is None else some & self.who
        try:
            yield bool(self.who.any())
        finally:
            self.who = before

    def do_where(self, some: Mask, steps: list[Any]) -> None:
        if steps:
            with self.only(some) as any_left:
                if any_left:
                    self.do(steps)

    # -- the course of a turn ------------------------------------------------------------------------------------

    def turn(self, now: int, chosen: Policies) -> None:
        self.now, self.values["turn"] = now, self.full(now)
        self._refuse_what_is_closed(chosen)
        for part in self.rules["order"]:
            if part == "choices":
                self._choose(chosen)
            elif part == "late":
                self._land()
            elif part == "event":
                self._turn_a_card()
            else:
                self.do(self.rules["blocks"][part])
        self._tidy()

    def _decided(self) -> Iterator[tuple[str, dict[str, Any]]]:
        return ((name, one) for name, one in self.rules["decisions"].items() if self.now in one["turns"])

    def _refuse_what_is_closed(self, chosen: Policies) -> None:
        for name, decision in self._decided():
            for option, part in decision.get("options", {}).items():
                if part["when"] != 1 and np.any((chosen.places[name][:, self.now - 1] == part["place"])
                                                & ~self._holds(part["when"])):  # fmt: skip
                    raise ScenarioError(f"'{option}' cannot be chosen for '{name}' now.")

    def _choose(self, chosen: Policies) -> None:
        for name, decision in self._decided():
            if "points" in decision:
                for index, channel in enumerate(decision["points"]):
                    points = chosen.points[name][:, self.now - 1, index].astype(float)
                    self.values[f"{decision['as']}.{channel.replace('-', '_')}"] = points
                continue
            places = chosen.places[name][:, self.now - 1]
            if not places.all():
                raise ScenarioError(f"some game chooses nothing for '{name}' in turn {self.now}.")
            self.values[decision["as"]] = places.astype(float)
            for part in decision["options"].values():
                self.do_where(places == part["place"], part["do"])

    def _land(self) -> None:
        """Late effects that are due, in the order in which they were set going."""
        due = [late for late in self.late if np.any(late.due == self.now)]
        landing = [(late, late.who & (late.due == self.now)) for late in due]
        self.late = [late for late in self.late if not np.all(late.due == self.now)]
        for late, who in landing:
            with self.only(who) as any_left:
                if any_left:
                    for name, value in late.kept.items():
                        self._write(name, value)
                    self.do(self.rules["blocks"][late.block])

    def _turn_a_card(self) -> None:
        self._severity()
        for index, card in enumerate(self.cards):
            self.do_where(self.deck[:, self.now - 1] == index, self.rules["events"][card])

    def _severity(self) -> None:
        low, span = self.rules["severity"]
        self._write("severity", low + span * self._chance())

    def _chance(self) -> Column:
        drawn, after = draw_column(self.dice)
        self.dice = after if self.who is None else np.where(self.who, after, self.dice)
        return drawn

    def _tidy(self) -> None:
        for name, scale in self.rules["scales"].items():
            self.values[name] = np.floor(self.values[name] * scale + 0.5) / scale

    def reports(self) -> Columns:
        values: dict[str, Value] = dict(self.values)
        made = {}
        for name, tree in self.rules["reports"]:
            made[name] = values[name] = self.full(0.0) + Sum(values, lacking=True).value(tree)
        return made

    # -- what rules are made of ----------------------------------------------------------------------------------

    def do(self, steps: list[Any]) -> None:
        for operation, *rest in steps:
            getattr(self, f"_do_{operation}")(*rest)

    def _value(self, tree: Tree) -> Value:
        """What a tree gives for each game; `lacking` then says whether some may have no value."""
        worked = Sum(self.values)
        made = worked.value(tree)
        self.lacking = worked.lacking
        return made

    def _number(self, tree: Tree) -> Value:
        """The same, with 0 for a game that has no value."""
        made = self._value(tree)
        return np.where(np.isnan(made), 0.0, made) if self.lacking else made

    def _holds(self, tree: Tree) -> Mask:
        return np.broadcast_to(self._number(tree) != 0, self.size)

    def _write(self, name: str, value: Value) -> None:
        if self.who is not None:
            self.values[name] = np.where(self.who, value, self.values[name])
        else:
            self.values[name] = value if isinstance(value, np.ndarray) and value.ndim else self.full(value)

    def _put(self, name: str, value: Value) -> None:
        """Sets a value, within its bounds if it has any."""
        if name in self.rules["bounds"]:
            low, high = self.rules["bounds"][name]
            value = np.where(value < low, low, np.where(value > high, high, value))
        self._write(name, value)

    def _change(self, name: str, tree: Tree, new: Any) -> None:
        """Puts new(d, x), from the tree's value and the present one, where the tree has a value."""
        d = self._value(tree)
        made = new(d, self.values[name])
        if self.lacking:
            with self.only(~np.isnan(made)):
                self._put(name, made)
        else:
            self._put(name, made)

    def _do_up(self, name: str, tree: Tree) -> None:
        low, high = self.rules["bounds"][name]

        def up(d: Value, x: Column) -> Value:
            if isinstance(d, float):
                return x + d * (high - x) / (high - low) if d >= 0 else x + d * (x - low) / (high - low)
            return x + d * np.where(d >= 0, high - x, x - low) / (high - low)

        self._change(name, tree, up)

    def _do_add(self, name: str, tree: Tree) -> None:
        self._change(name, tree, lambda d, x: x + d)

    def _do_set(self, name: str, tree: Tree) -> None:
        self._change(name, tree, lambda d, _: d)

    def _do_draw(self, name: str, low: float, span: float) -> None:
        self._put(name, low + span * self._chance())

    def _do_if(self, tree: Tree, then: list[Any], otherwise: list[Any]) -> None:
        self._part(self._holds(tree), then, otherwise)

    def _do_chance(self, tree: Tree, then: list[Any], otherwise: list[Any]) -> None:
        drawn = self._chance()
        self._part(drawn < self._number(tree), then, otherwise)

    def _part(self, test: Mask, then: list[Any], otherwise: list[Any]) -> None:
        self.do_where(test, then)
        self.do_where(~test, otherwise)

    def _do_later(self, how: str, when: Any, block: str, kept: list[str]) -> None:
        due = self._value(when)
        who = self.everyone() & ~np.isnan(due)
        values = {name: self.values[name] for name in kept}
        self.late.append(Late(self.now + due if how == "in" else due, block, values, who))

    def _do_pay(self, payer: str, payee: str, tree: Tree) -> None:
        """Moves whole thousands, backwards where the amount is below 0."""
        amount = np.floor(self._number(tree) + 0.5) + 0.0
        backwards = np.broadcast_to(amount < 0, self.size)
        if not backwards.any():
            self._pay(payer, payee, amount)
            return
        for some, one, other in ((~backwards, payer, payee), (backwards, payee, payer)):
            with self.only(some) as any_left:
                if any_left:
                    self._pay(one, other, np.abs(amount))

    def _pay(self, payer: str, payee: str, amount: Value) -> None:
        """Who is short borrows the gap from the lender; without one, pays what there is."""
        lender = self.rules["lender"]
        if payer == lender:
            self.transfer(payer, payee, amount)
            return
        gap = amount - self.values[payer]
        short = np.where(gap > 0, gap, 0.0)
        if lender:
            self._lend(lender, payer, short)
        self.transfer(payer, payee, amount if lender else amount - short)

    def _lend(self, lender: str, payer: str, short: Column) -> None:
        with self.only(short > 0) as any_left:
            if any_left:
                self.transfer(lender, payer, short)
                self._write("loan", short)
                self.do(self.rules["when_lent"])

    def transfer(self, payer: str, payee: str, amount: Value) -> None:
        """Every payment, in the end, is one of these."""
        self._write(payer, self.values[payer] - amount)
        self._write(payee, self.values[payee] + amount)

    def _do_repeat(self, times: int, steps: list[Any]) -> None:
        for _ in range(times):
            self.do(steps)

    def _do_run(self, block: str) -> None:
        self.do(self.rules["blocks"][block])

    def _do_event(self, name: str) -> None:
        self._severity()
        self.do(self.rules["events"][name])


def shuffled(deck: Mapping[str, Any], dice: Dice) -> tuple[np.ndarray[Any, Any], Dice]:
    """Each game's cards as numbers, shuffled as `engine` shuffles them, and its dice afterwards."""
    games, count = np.arange(len(dice)), len(deck["shuffle"])
    cards = np.tile(np.arange(count), (len(dice), 1))
    for i in range(count - 1, 0, -1):
        u, dice = draw_column(dice)
        j = np.floor(u * (i + 1)).astype(int)
        cards[games, i], cards[games, j] = cards[games, j], cards[games, i].copy()
    for card, (_, first, last) in enumerate(deck["between"], start=count):
        u, dice = draw_column(dice)
        place = (first - 1 + np.floor(u * (last - first + 1))).astype(int)[:, None]
        longer = np.arange(cards.shape[1] + 1)[None, :]
        kept = np.take_along_axis(cards, np.clip(longer - (longer > place), 0, cards.shape[1] - 1), axis=1)
        cards = np.where(longer == place, card, kept)
    return cards, dice

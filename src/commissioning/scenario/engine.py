"""Plays compiled rules. `page/front/core/story.js` is the same interpreter; both walk the
same JSON to the same double. Over 300 lines and in one piece, so that the two can be read side by side.

Comes in: rules from `compile_rules`, a seed, choices. Goes out: plain JSON states, each with a log of what led to it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, TypedDict

from commissioning.scenario.dice import WORD, draw
from commissioning.source.expression import Tree, evaluate

Compiled = dict[str, Any]
Choices = Any
"""{decision: option, or {channel: points}} in a turn; the id of a choice at a node."""


class ScenarioError(ValueError):
    """A choice that the rules do not allow, in words."""


class State(TypedDict):
    """Where a story stands. Only numbers, text, lists and objects: it survives JSON, and nothing outside it matters."""

    format: str
    seed: int
    skin: str | None
    turn: int
    at: str | None
    values: dict[str, float]
    dice: int
    deck: list[str]
    late: list[dict[str, Any]]
    log: list[list[Any]]


def start(
    rules: Compiled, seed: int = 1, skin: str | None = None, *, dials: Mapping[str, float] | None = None
) -> State:
    """The state before the first choice. The seed shuffles the deck first of all. Raises ScenarioError."""
    if skin is not None and skin not in rules["skins"]:
        raise ScenarioError(f"there is no skin '{skin}'.")
    values = {name: float(value) for name, value in rules["start"].items()}
    for name, value in (dials or {}).items():
        low, high = rules["dials"].get(name, (1, 0))
        if not low <= value <= high:
            raise ScenarioError(f"'{name}' is no dial, or {value:g} is outside it.")
        values[name] = float(value)
    deck, dice = _shuffled(rules["deck"], seed & WORD)
    made: State = {
        "format": "commissioning-scenario-state/1", "seed": seed, "skin": skin, "turn": 1, "at": rules["first"],
        "values": values, "dice": dice, "deck": deck, "late": [], "log": [],
    }  # fmt: skip
    return made


def _shuffled(deck: dict[str, Any], dice: int) -> tuple[list[str], int]:
    """Fisher and Yates from the end, then each of `between` put in at its turn. One draw for each."""
    cards = list(deck["shuffle"])
    for i in range(len(cards) - 1, 0, -1):
        u, dice = draw(dice)
        j = math.floor(u * (i + 1))
        cards[i], cards[j] = cards[j], cards[i]
    for card, first, last in deck["between"]:
        u, dice = draw(dice)
        cards.insert(first - 1 + math.floor(u * (last - first + 1)), card)
    return cards, dice


def is_over(rules: Compiled, state: State) -> bool:
    """Whether nothing is left to choose."""
    return state["at"] == "end" if rules["form"] == "nodes" else state["turn"] > rules["turns"]


def options(rules: Compiled, state: State) -> dict[str, Any]:
    """What may be chosen now: {decision: [option, ...]} in a turn, {choice: goto} at a node. Empty once it is over.

    A decision that spreads points is given as its list of channels.
    """
    if is_over(rules, state):
        return {}
    values = {**state["values"], "turn": float(state["turn"])}
    if rules["form"] == "nodes":
        choices = rules["nodes"][state["at"] or ""]
        return {name: choice["goto"] for name, choice in choices.items() if evaluate(choice["when"], values)}
    return {
        name: decision.get("points") or [o for o, part in decision["options"].items() if evaluate(part["when"], values)]
        for name, decision in rules["decisions"].items()
        if state["turn"] in decision["turns"]
    }


def step(rules: Compiled, state: State, choices: Choices) -> State:
    """The state after one turn, or one choice at a node. `state` itself is left as it was. Raises ScenarioError."""
    if is_over(rules, state):
        raise ScenarioError("this story is over.")
    run = Run(rules, state)
    if rules["form"] == "nodes":
        run.move(choices)
    else:
        run.turn(choices)
    return run.state()


def play(
    rules: Compiled, policy: Mapping[str, Any] | Callable[[Compiled, State], Choices], seed: int = 1, **given: Any
) -> list[State]:
    """Every state from start to end. A policy is a function of (rules, state), or one choice for each decision."""
    states = [start(rules, seed, **given)]
    while not is_over(rules, states[-1]):
        now = states[-1]
        chosen = policy(rules, now) if callable(policy) else {n: policy[n] for n in options(rules, now) if n in policy}
        states.append(step(rules, now, chosen))
    return states


def afterwards(rules: Compiled, state: State) -> State:
    """What follows the last turn when nobody decides any more: the letter from day 365. No chance is drawn."""
    run = Run(rules, state)
    run.do(rules["afterwards"])
    return run.state()


def reports(rules: Compiled, state: State) -> dict[str, float | None]:
    """Each report by its name; one may build on those above it. There is deliberately nothing that adds them up."""
    values: dict[str, float | None] = {**state["values"], "turn": float(state["turn"])}
    made: dict[str, float | None] = {}
    for name, tree in rules["reports"]:
        made[name] = values[name] = evaluate(tree, values)
    return made


def ending(rules: Compiled, state: State) -> str | None:
    """The id of the first ending that holds, once the story is over."""
    if not is_over(rules, state):
        return None
    return next((name for name, when in rules["endings"] if evaluate(when, state["values"])), None)


def points_of(name: str, decision: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, int]:
    """The points of every channel of a decision that spreads them, 0 where none are given. Raises ScenarioError."""
    points = list(given.values())
    whole = all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in points)
    if not whole or sum(points) > decision["most"] or any(c not in decision["points"] for c in given):
        raise ScenarioError(f"'{name}' takes at most {decision['most']} whole points over its own channels.")
    return {channel: given.get(channel, 0) for channel in decision["points"]}


class Run:
    """One step as it happens: a working copy of a state, and the operations that rules are made of."""

    def __init__(self, rules: Compiled, state: State) -> None:
        self.rules, self.before = rules, state
        self.now, self.at, self.dice = state["turn"], state["at"], state["dice"]
        self.values = {**state["values"], "turn": float(state["turn"])}
        self.late = list(state["late"])
        self.log: list[list[Any]] = []
        self.spilt: list[tuple[str, str, float]] = []
        self.origin = self.source = ""

    def state(self) -> State:
        new: State = {
            **self.before, "turn": self.now, "at": self.at, "values": self.values, "dice": self.dice,
            "late": self.late, "log": self.log,
        }  # fmt: skip
        return new

    # -- the course of one step ----------------------------------------------------------------------------------

    def turn(self, choices: Mapping[str, Any]) -> None:
        open_now = options(self.rules, self.before)
        for name in choices:
            if name not in open_now:
                raise ScenarioError(f"'{name}' is not decided in turn {self.now}.")
        for part in self.rules["order"]:
            self.origin = part
            if part == "choices":
                self.choose(open_now, choices)
            elif part == "late":
                self.land()
            elif part == "event":
                self.card(self.before["deck"][self.now - 1])
            else:
                self.do(self.rules["blocks"][part])
        self.tidy()
        self.now += 1

    def choose(self, open_now: dict[str, Any], choices: Mapping[str, Any]) -> None:
        for name in open_now:
            decision, chosen = self.rules["decisions"][name], choices.get(name)
            if "points" in decision:
                self.spread(name, decision, chosen or {})
                continue
            if chosen not in open_now[name]:
                raise ScenarioError(f"'{chosen}' cannot be chosen for '{name}' now.")
            option = decision["options"][chosen]
            self.values[decision["as"]] = float(option["place"])
            self.origin = f"{name}.{chosen}"
            self.log.append(["chose", name, chosen])
            self.do(option["do"])

    def spread(self, name: str, decision: dict[str, Any], given: Mapping[str, Any]) -> None:
        for channel, points in points_of(name, decision, given).items():
            self.values[f"{decision['as']}.{channel.replace('-', '_')}"] = float(points)
        self.log.append(["chose", name, dict(given)])

    def move(self, chosen: Any) -> None:
        at = self.at or ""
        if not isinstance(chosen, str) or chosen not in options(self.rules, self.before):
            raise ScenarioError(f"'{chosen}' cannot be chosen at '{at}' now.")
        choice = self.rules["nodes"][at][chosen]
        self.values[at.replace("-", "_")] = float(choice["place"])
        self.origin = self.source = f"{at}.{chosen}"
        self.log.append(["chose", at, chosen])
        self.do(choice["do"])
        self.at = choice["goto"]
        self.now += 1
        self.values["turn"] = float(self.now)
        self.land()
        self.tidy()

    def land(self) -> None:
        """Late effects that are due by turn or by place, in the order in which they were set going."""
        due = [late for late in self.late if late["due"] in (self.now, self.at)]
        self.late = [late for late in self.late if late["due"] not in (self.now, self.at)]
        for late in due:
            self.origin, self.source = late["from"], late["block"]
            self.values.update(late["kept"])
            self.log.append(["late", late["from"], late["block"]])
            self.do(self.rules["blocks"][late["block"]])

    def card(self, name: str) -> None:
        low, span = self.rules["severity"]
        self.values["severity"] = low + span * self.chance()
        self.origin = name
        self.log.append(["event", name, self.values["severity"]])
        self.do(self.rules["events"][name])

    def chance(self) -> float:
        u, self.dice = draw(self.dice)
        return u

    def tidy(self) -> None:
        """Every variable rounded, half up, to its digits."""
        for name, scale in self.rules["scales"].items():
            self.values[name] = math.floor(self.values[name] * scale + 0.5) / scale

    # -- what rules are made of ----------------------------------------------------------------------------------

    def do(self, steps: list[Any]) -> None:
        for one in steps:
            OPERATIONS[one[0]](self, *one[1:])

    def value(self, tree: Tree) -> float | None:
        return evaluate(tree, self.values)

    def put(self, name: str, value: float) -> None:
        """Sets a value, within its bounds if it has any. What would leave them is noted for the checker."""
        if name in self.rules["bounds"]:
            low, high = self.rules["bounds"][name]
            if not low <= value <= high:
                self.spilt.append((self.source, name, value))
                value = low if value < low else high
            if value != self.values[name]:
                self.log.append(["changed", name, self.values[name], value])
        self.values[name] = value

    def up(self, name: str, tree: Tree) -> None:
        """x + d(max - x)/(max - min) for d >= 0, x + d(x - min)/(max - min) below: it cannot overshoot."""
        d, x = self.value(tree), self.values[name]
        if d is not None:
            low, high = self.rules["bounds"][name]
            self.put(name, x + d * (high - x) / (high - low) if d >= 0 else x + d * (x - low) / (high - low))

    def add(self, name: str, tree: Tree) -> None:
        d = self.value(tree)
        if d is not None:
            self.put(name, self.values[name] + d)

    def set(self, name: str, tree: Tree) -> None:
        value = self.value(tree)
        if value is not None:
            self.put(name, value)

    def draw(self, name: str, low: float, span: float) -> None:
        self.put(name, low + span * self.chance())

    def either(self, tree: Tree, then: list[Any], otherwise: list[Any]) -> None:
        self.do(then if self.value(tree) else otherwise)

    def by_chance(self, tree: Tree, then: list[Any], otherwise: list[Any]) -> None:
        self.do(then if self.chance() < (self.value(tree) or 0) else otherwise)

    def later(self, how: str, when: Any, block: str, kept: list[str]) -> None:
        """Sets a block going for a turn or a node to come, with the passing values that it will need."""
        due = when if how == "node" else self.value(when)
        if due is None:
            return
        due = self.now + due if how == "in" else due
        values = {name: self.values[name] for name in kept}
        self.late.append({"due": due, "block": block, "from": self.origin, "kept": values})

    def pay(self, payer: str, payee: str, tree: Tree) -> None:
        """Moves whole thousands. Who is short borrows the gap from the lender; without one, pays what there is."""
        amount = math.floor((self.value(tree) or 0) + 0.5)
        if amount < 0:
            payer, payee, amount = payee, payer, -amount
        lender = self.rules["lender"]
        short = 0.0 if payer == lender else max(0.0, amount - self.values[payer])
        if short and lender:
            self.transfer(lender, payer, short)
            self.values["loan"] = short
            self.log.append(["lent", payer, short])
            self.do(self.rules["when_lent"])
        self.transfer(payer, payee, amount if lender else amount - short)

    def transfer(self, payer: str, payee: str, amount: float) -> None:
        self.values[payer] -= amount
        self.values[payee] += amount
        if amount:
            self.log.append(["paid", payer, payee, amount])

    def repeat(self, times: int, steps: list[Any]) -> None:
        for _ in range(times):
            self.do(steps)

    def run(self, block: str) -> None:
        self.do(self.rules["blocks"][block])


OPERATIONS: dict[str, Callable[..., None]] = {
    "up": Run.up,
    "add": Run.add,
    "set": Run.set,
    "draw": Run.draw,
    "if": Run.either,
    "chance": Run.by_chance,
    "later": Run.later,
    "pay": Run.pay,
    "repeat": Run.repeat,
    "run": Run.run,
    "event": Run.card,
}
"""Each step of compiled rules is [operation, ...]."""

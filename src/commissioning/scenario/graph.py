"""Walks every route through a scenario of nodes and says what an author must not leave in it.

Every node can be reached, no route stops early or sticks, every choice changes something, no variable leaves its
bounds, no late effect is lost, no ending goes unmet, and no choice is worse than another whatever a learner values.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from commissioning.scenario.engine import Compiled, Run, State, ending, options, start
from commissioning.source.expression import names_in

Found = tuple[tuple[str | int, ...], str, str]
Key = tuple[Any, ...]
Vector = tuple[float, ...]
MOST_STATES = 6_000


def find_in_graph(
    rules: Compiled, better: Mapping[str, str], declared: Collection[tuple[str, str]] = ()
) -> Iterator[Found]:
    """Faults of sense of compiled rules without faults; `better` says of each variable whether higher or lower is.

    A dominated choice that is `declared` (node, choice) may stand; one that is declared in vain is a fault.
    """
    around = find_circle(rules, rules["first"], (), {"end"})
    if around:
        yield around
        return
    walk = _Walk(rules, better)
    walk.all_routes()
    if walk.too_many:
        yield ("nodes",), f"there are more than {MOST_STATES:,} ways through this.", "Join branches sooner."
        return
    yield from walk.faults()
    if not walk.stuck:
        yield from walk.find_dominated(declared)


def find_circle(rules: Compiled, node: str, route: tuple[str, ...], clear: set[str]) -> Found | None:
    """The first choice that leads back into its own route; nodes once found `clear` are not walked again."""
    for name, choice in rules["nodes"][node].items():
        to = choice["goto"]
        if to in (*route, node):
            wrong = f"goto leads back to '{to}', so that the story might never end."
            return ("nodes", node, name, "goto"), wrong, "Lead to a later node, or to 'end'."
        if to not in clear and (found := find_circle(rules, to, (*route, node), clear)):
            return found
    clear.add(node)
    return None


@dataclass
class _Walk:
    """Everything seen on the way. States that differ in nothing that can matter any more count as one."""

    rules: Compiled
    better: Mapping[str, str]
    states: dict[Key, State] = field(default_factory=dict)
    ways: dict[Key, dict[str, Key]] = field(default_factory=dict)
    routes: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    spilt: dict[tuple[str, str], tuple[float, tuple[str, ...]]] = field(default_factory=dict)
    idle: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    landed: set[str] = field(default_factory=set)
    stuck: dict[str, tuple[str, ...]] = field(default_factory=dict)
    fronts: dict[Key, list[Vector]] = field(default_factory=dict)
    too_many: bool = False

    def __post_init__(self) -> None:
        trees: list[Any] = [when for _, when in self.rules["endings"]]
        trees += [[choice["when"], choice["do"]] for node in self.rules["nodes"].values() for choice in node.values()]
        trees += list(self.rules["blocks"].values())
        read = set[str]().union(*(_names_anywhere(tree) for tree in trees))
        self.matter = [name for name in self.rules["start"] if name in read or name in self.rules["bounds"]]

    def key(self, state: State) -> Key:
        late = tuple((late["due"], late["block"], tuple(late["kept"].items())) for late in state["late"])
        return state["at"], state["turn"], late, *(state["values"][name] for name in self.matter)

    def all_routes(self) -> None:
        first = start(self.rules)
        ahead = [self.key(first)]
        self.states[ahead[0]], self.routes[ahead[0]] = first, ()
        while ahead and not self.too_many:
            key = ahead.pop()
            self.ways[key] = {}
            for choice in options(self.rules, self.states[key]):
                new = self.take(key, choice)
                if new not in self.ways and new not in ahead:
                    ahead.append(new)
            if not self.ways[key] and key[0] != "end":
                self.stuck.setdefault(str(key[0]), self.routes[key])
            self.too_many = len(self.states) > MOST_STATES

    def take(self, key: Key, choice: str) -> Key:
        state, node, route = self.states[key], str(key[0]), (*self.routes[key], choice)
        run = Run(self.rules, state)
        run.move(choice)
        new = run.state()
        after = self.key(new)
        self.states.setdefault(after, new)
        self.routes.setdefault(after, route)
        self.ways[key][choice] = after
        for source, name, value in run.spilt:
            self.spilt.setdefault((source, name), (value, route))
        self.landed |= {entry[2] for entry in run.log if entry[0] == "late"}
        own = run.log[: next((i for i, entry in enumerate(run.log) if entry[0] == "late"), len(run.log))]
        started = any(late["from"] == f"{node}.{choice}" for late in [*new["late"]]) or any(
            entry[0] == "late" and entry[1] == f"{node}.{choice}" for entry in run.log
        )
        if not started and not any(entry[0] == "changed" for entry in own):
            self.idle.setdefault((node, choice), route)
        return after

    # -- faults --------------------------------------------------------------------------------------------------

    def faults(self) -> Iterator[Found]:
        seen = {str(key[0]) for key in self.states}
        taken = {(str(key[0]), choice) for key, ways in self.ways.items() for choice in ways}
        for node, choices in self.rules["nodes"].items():
            if node not in seen:
                yield ("nodes", node), "no route leads to this node.", "Lead a choice to it, or delete it."
            for choice in choices:
                if node in seen and (node, choice) not in taken:
                    yield ("nodes", node, choice, "when"), "this choice is open on no route.", "Change its 'when'."
        for node, route in self.stuck.items():
            yield ("nodes", node), f"no choice is open here after {_told(route)}.", "Leave one without 'when'."
        for (node, choice), route in self.idle.items():
            wrong = f"this choice changes no variable, now or later, after {_told(route[:-1])}."
            yield ("nodes", node, choice), wrong, "Give it an effect."
        yield from self._find_spilt()
        yield from self._find_short()
        yield from self._find_lost()

    def _find_spilt(self) -> Iterator[Found]:
        for (source, name), (value, route) in self.spilt.items():
            low, high = self.rules["bounds"][name]
            wrong = f"takes '{name}' to {value:.6g}, outside {low:g} to {high:g}, after {_told(route)}."
            yield (*_place(source), name), wrong, "Lessen the effect, or widen the bounds."

    def _find_short(self) -> Iterator[Found]:
        """A route may end at the last node or the one before it (R28)."""
        ends = [key for key in self.states if key[0] == "end"]
        longest = max((len(self.routes[key]) for key in ends), default=0)
        told: set[str] = set()
        for before, ways in self.ways.items():
            for choice, after in ways.items():
                length = int(after[1]) - 1
                if after[0] == "end" and length < longest - 1 and f"{before[0]}.{choice}" not in told:
                    told.add(f"{before[0]}.{choice}")
                    wrong = f"a route ends here after {length} choices, where the longest has {longest}."
                    yield ("nodes", str(before[0]), choice, "goto"), wrong, "A poor path stays playable: lead it on."

    def _find_lost(self) -> Iterator[Found]:
        for block in self.rules["blocks"]:
            if "~" in block and block not in self.landed:
                yield _place(block)[:-1], "this late effect arrives on no route.", "Name a node that comes after."
        met = {ending(self.rules, state) for state in self.states.values() if state["at"] == "end"}
        for name, _ in self.rules["endings"]:
            if name not in met:
                yield ("endings", name), "no route comes to this ending.", "Change its 'when', or its place."
        if None in met:
            yield ("endings",), "there is a route to which no ending belongs.", "The last ending has no 'when'."

    # -- dominated choices ---------------------------------------------------------------------------------------

    def find_dominated(self, declared: Collection[tuple[str, str]]) -> Iterator[Found]:
        """A choice to which, wherever it stands open, some other is never inferior and somewhere better."""
        worse: dict[tuple[str, str], str | None] = {}
        for key, ways in self.ways.items():
            for choice in ways:
                place = str(key[0]), choice
                if worse.get(place, "unseen") is not None:
                    rivals = (other for other in ways if other != choice)
                    worse[place] = next((other for other in rivals if self.beats(ways[other], ways[choice])), None)
        for (node, choice), other in worse.items():
            if other is None and (node, choice) in declared:
                wrong = "no other choice leads to as good an end as any that this one leads to."
                yield ("nodes", node, choice, "dominated"), wrong, "Leave 'dominated' out."
            elif other is not None and (node, choice) not in declared:
                right = "Give each choice something that it does best, or say 'dominated: why it is there'."
                wrong = f"whatever one values, '{other}' leads to as good an end as any that this choice leads to."
                yield ("nodes", node, choice), wrong, right

    def beats(self, one: Key, other: Key) -> bool:
        ours, theirs = self.front(one), self.front(other)
        return _covers(ours, theirs) and not _covers(theirs, ours)

    def front(self, key: Key) -> list[Vector]:
        """The ends that can still be reached and that no other reachable end betters in everything."""
        if key not in self.fronts:
            if key[0] == "end":
                values = self.states[key]["values"]
                made = [tuple(values[n] if way == "higher" else -values[n] for n, way in self.better.items())]
            else:
                made = _best([vector for way in self.ways[key].values() for vector in self.front(way)])
            self.fronts[key] = made
        return self.fronts[key]


def _covers(ours: list[Vector], theirs: list[Vector]) -> bool:
    return all(any(all(a >= b for a, b in zip(mine, yours, strict=True)) for mine in ours) for yours in theirs)


def _best(vectors: list[Vector]) -> list[Vector]:
    kept: list[Vector] = []
    for vector in sorted(set(vectors), reverse=True):
        if not _covers(kept, [vector]):
            kept.append(vector)
    return kept


def _told(route: tuple[str, ...]) -> str:
    return ", ".join(f"'{choice}'" for choice in route) or "no choice at all"


def _place(source: str) -> tuple[str | int, ...]:
    """Where the effects of a choice, or of its late part, stand: "n1.silence~2" is its second step to come."""
    node, _, rest = source.partition(".")
    choice, _, late = rest.partition("~")
    return ("nodes", node, choice, "late", int(late) - 1, "effects") if late else ("nodes", node, choice, "effects")


def _names_anywhere(part: Any) -> set[str]:
    if isinstance(part, list) and part and part[0] == "var":
        return names_in(part)
    return set[str]().union(*map(_names_anywhere, part)) if isinstance(part, list) else set()

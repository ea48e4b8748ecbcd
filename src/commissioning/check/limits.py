"""Limits bind: what a decision states as scarce rules out some ways through it, and not all, and a best end stays open.

    sourcing      the share of all boards that cost no more than the total
    allocation    the share of all ways to fill every use, step by step, that fit into the total
    scenario      for each choice with a condition, the share of arrivals at which it is open; for each ending, of
                  paths; and a budget (a variable that begins at its most and is only spent) closes a choice, or is
                  all spent
    negotiation   the share of packages that are accepted when put first, and last; and that a package worth most to
                  both together can be agreed within the rounds

`table` prints the shares (`commissioning check --shares`); a share of none or of all is a fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from commissioning.book import Book
from commissioning.check.stories import can_be_walked
from commissioning.kinds import allocation, negotiation, scenario, sourcing
from commissioning.kinds.kind import NOTHING
from commissioning.scenario import ending, options, paths
from commissioning.scenario.steps import Steps
from commissioning.source.expression import names_in
from commissioning.source.faults import Fault
from commissioning.source.sheets import Sheet

Trail = tuple[str | int, ...]


class Share(NamedTuple):
    """What share of the ways through a decision keep within one of its limits."""

    trail: Trail
    what: str
    share: float
    none: str
    every: str


def find(book: Book) -> Iterator[tuple[str, Fault]]:
    """Limits that bind nobody, or everybody, with their page."""
    for slug, sheet in _sheets(book):
        for one in shares(sheet):
            wrong = one.none if one.share <= 0 else one.every if one.share >= 1 else ""
            if wrong:
                yield slug, sheet.fault(one.trail, wrong, "A limit rules out some ways, and not all.")


def table(book: Book) -> Iterator[str]:
    """A line for each limit: the decision, the limit, and the share of ways that keep within it."""
    for slug, sheet in _sheets(book):
        for one in shares(sheet):
            yield f"{100 * one.share:6.1f}%  {slug}, {sheet.path.stem}: {one.what}"


def _sheets(book: Book) -> Iterator[tuple[str, Sheet[Any]]]:
    for slug, chapter in book.pages.items():
        yield from ((slug, sheet) for sheet in chapter.decisions.values() if sheet.model.kind in FINDERS)


def shares(sheet: Sheet[Any]) -> Iterator[Share]:
    """The shares of one decision; none for one whose kind has faults of its own."""
    finder, kind = FINDERS[sheet.model.kind]
    usable = can_be_walked(sheet.model) if kind is scenario else not list(kind.find(sheet.model, NOTHING))
    if usable:
        yield from finder(sheet.model)


# -- money ---------------------------------------------------------------------------------------------------------


def within(costs: Iterable[Iterable[int]], total: int) -> float:
    """Of all ways to pick one cost from each list, the share whose sum is at most `total`."""
    ways: Counter[int] = Counter({0: 1})
    for choices in costs:
        step: Counter[int] = Counter()
        for cost in choices:
            for spent, many in ways.items():
                step[spent + cost] += many
        ways = step
    return sum(many for spent, many in ways.items() if spent <= total) / sum(ways.values())


def _of_sourcing(exercise: Any) -> Iterator[Share]:
    costs = [[cell.cost for cell in function.cells.values()] for function in exercise.functions.values()]
    what = f"boards within £{exercise.total:,}k"
    share = within(costs, exercise.total)
    yield Share(("total",), what, share, "no board fits the total.", "every board fits the total.")


def _of_allocation(exercise: Any) -> Iterator[Share]:
    costs = [range(use.floor, use.most + 1, exercise.step) for use in exercise.options.values()]
    what = f"ways to fill the uses within £{exercise.total:,}k"
    share = within(costs, exercise.total)
    yield Share(("total",), what, share, "no way to spend fits the total.", "every way to spend fits the total.")


# -- stories -------------------------------------------------------------------------------------------------------


def _of_scenario(exercise: Any) -> Iterator[Share]:
    rules = scenario.compiled(exercise)
    met: dict[int, paths.Move] = {}
    ends: Counter[str | None] = Counter()
    walked = list(paths.walk(rules))
    for path in walked:
        met |= {id(move): move for move in path}
        ends[ending(rules, path[-1].after)] += 1
    arrivals = {(move.node, id(move.before)): move.before for move in met.values()}
    for node, part in exercise.nodes.items():
        here = [state for (name, _), state in arrivals.items() if name == node]
        for key, choice in part.choices.items():
            if choice.when != "1" and here:
                share = sum(key in options(rules, state) for state in here) / len(here)
                never, always = "it is open on no path.", f"'{choice.when}' holds whenever one comes here."
                yield Share(("nodes", node, "choices", key, "when"), f"{node}.{key} is open", share, never, always)
    for name, end in exercise.endings.items():
        share = ends[name] / len(walked)
        yield Share(("endings", name), f"paths to '{end.name}'", share, "no path comes here.", "every path comes here.")
    yield from _of_budgets(exercise, rules, walked)


def _of_budgets(exercise: Any, rules: dict[str, Any], walked: list[paths.Path]) -> Iterator[Share]:
    """A budget begins at its most and is only spent; it binds if it closes a choice, or if all of it is spent."""
    steps = Steps(scenario.rules(exercise))
    read = set[str]().union(*(names_in(choice["when"]) for node in rules["nodes"].values() for choice in node.values()))
    for name, variable in exercise.variables.items():
        left = [path[-1].after["values"][name] for path in walked]
        spends = all(m.after["values"][name] <= m.before["values"][name] for path in walked for m in path)
        if variable.start == variable.max and spends and name in steps.names and min(left) < variable.start:
            if name in read or all(value == variable.min for value in left):
                continue
            short = "it is spent on no path."
            binds = f"'{variable.label}' is only spent, closes no choice, and some of it is left on every path."
            share = sum(value > variable.min for value in left) / len(left)
            yield Share(("variables", name), f"paths that leave some of '{variable.label}'", share, short, binds)


# -- bargains ------------------------------------------------------------------------------------------------------


def _of_negotiation(exercise: Any) -> Iterator[Share]:
    rules = negotiation.compiled(exercise)
    every = negotiation.packages(rules)
    puts = [name for name, (_, _, does_put, _) in rules["moves"].items() if does_put]
    talks = sorted((n for n in rules["moves"] if n not in puts), key=lambda n: -rules["moves"][n][0])
    for when, before in (("at once", 0), ("in the last round", rules["rounds"] - 1)):
        taken = sum(_accepts(rules, talks, puts[0], picks, before) for picks in every)
        none, all_ = (f"no package is accepted {when}.", "") if before else ("", f"all are accepted {when}.")
        yield Share(("issues",), f"packages accepted {when}", taken / len(every), none, all_)
    best = [picks for picks in every if sum(negotiation.worth(rules, picks)) == negotiation.best_joint(rules)]
    rounds = range(rules["rounds"])
    found = sum(any(_accepts(rules, talks, put, picks, n) for put in puts for n in rounds) for picks in best)
    none = "no package that is worth most to both can be agreed within the rounds."
    yield Share(("rounds",), "best packages that can be agreed", found / len(best), none, "")


def _accepts(rules: dict[str, Any], talks: list[str], put: str, picks: tuple[int, ...], before: int) -> bool:
    """Whether they accept a package put after so many rounds of talk, the friendliest first."""
    talk = negotiation.start(rules)
    for index in range(before):
        move = talks[min(index, len(talks) - 1)] if talks else put
        package = {} if talks else {"package": negotiation.as_package(rules, picks)}
        negotiation.turn(rules, talk, {"move": move, **package})
    negotiation.turn(rules, talk, {"move": put, "package": negotiation.as_package(rules, picks)})
    return talk.deal == picks


FINDERS: dict[str, tuple[Any, Any]] = {
    "sourcing": (_of_sourcing, sourcing),
    "allocation": (_of_allocation, allocation),
    "scenario": (_of_scenario, scenario),
    "negotiation": (_of_negotiation, negotiation),
}

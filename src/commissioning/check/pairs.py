"""No option is dominated: each option beside each other one, with the same seed and the same other choices.

Many games are played of random policies, with six points of attention and with seven, at the low, middle and high end
of every dial; and each is played again with one option switched, the same seed and the same other choices. An option is
dominated if in every game another is at least as good on every outcome (the seven lenses at day 100, and those and the
position in the letter) and better on some in some; then only its `dominated:` in the rules, with the reason why it is
there, lets it stand. `find` plays a few hundred games; `benchmarks/pairs.py` plays 6,000 and prints the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Any, NamedTuple

import numpy as np

from commissioning import game
from commissioning.book import Book
from commissioning.game.play import LENSES, random_policies
from commissioning.scenario.many import Games, play_many
from commissioning.scenario.policies import Policies
from commissioning.source.faults import Fault, Faults

GAMES, SEED = 300, 2013


class Pair(NamedTuple):
    """Two options of a decision, and in what share of games the second is nowhere worse and somewhere better."""

    decision: str
    option: str
    other: str
    share: float
    never_worse: bool


def pairs(rules: dict[str, Any], games: int, seed: int = SEED) -> Iterator[Pair]:
    """Every pair of options of every decision of compiled rules."""
    halves = [random_policies(part, seed, rules, points) for part, points in ((games - games // 2, 6), (games // 2, 7))]
    chosen, seeds = _joined(*halves), range(seed, seed + games)
    dials = {name: _settings(low, rules["start"][name], high, games) for name, (low, high) in rules["dials"].items()}
    for name, decision in rules["decisions"].items():
        ends = {
            option: _outcomes(play_many(rules, _switched(chosen, name, part["place"]), seeds, dials))
            for option, part in decision.get("options", {}).items()
        }
        for option, other in permutations(ends, 2):
            ours, theirs = ends[option], ends[other]
            no_worse = (theirs >= ours).all(axis=0)
            better = (theirs > ours).any(axis=0)
            yield Pair(name, option, other, float((no_worse & better).mean()), bool(no_worse.all()))


def _joined(one: Policies, other: Policies) -> Policies:
    places = {name: np.concatenate([part, other.places[name]]) for name, part in one.places.items()}
    return Policies(places, {name: np.concatenate([p, other.points[name]]) for name, p in one.points.items()})


def _settings(low: float, middle: float, high: float, games: int) -> Any:
    return np.resize([low, middle, high], games)


def _switched(chosen: Policies, decision: str, place: int) -> Policies:
    return Policies({**chosen.places, decision: np.full_like(chosen.places[decision], place)}, chosen.points)


def _outcomes(played: Games) -> Any:
    later = [played.letters[name] for name in (*LENSES, "day_365")]
    return np.array([*(played.reports[name] for name in LENSES), *later])


def is_dominated(pair: Pair) -> bool:
    """Whether the second is at least as good in every game, and better in some."""
    return pair.never_worse and pair.share > 0


def find(book: Book) -> Iterator[tuple[str, Fault]]:
    """Options of the game that are dominated and do not say why they are there, and those that say it in vain."""
    try:
        if not game.has_game(book.root):
            return
        sheet, rules = game.rules_sheet(book.root), game.rules(book.root)
    except Faults:
        return
    worse = {(pair.decision, pair.option): pair.other for pair in pairs(rules, GAMES) if is_dominated(pair)}
    for name, decision in sheet.model.decisions.items():
        for key, option in decision.options.items():
            at = ("decisions", name, "options", key)
            by = worse.get((name, key))
            if by and not option.dominated:
                wrong = (
                    f"'{by}' is at least as good on every lens in each of {GAMES} games that differ in nothing else."
                )
                yield (
                    game.FOLDER.name,
                    sheet.fault(at, wrong, "Give it something that it does best, or say 'dominated: why'."),
                )
            elif option.dominated and not by:
                wrong = f"no other option is as good in each of {GAMES} games."
                yield game.FOLDER.name, sheet.fault((*at, "dominated"), wrong, "Leave 'dominated' out.")

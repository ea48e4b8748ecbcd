"""No option of the game is dominated: every pair of options over 6,000 games that differ in nothing else.

`python benchmarks/run.py --only pairs` prints, of each option, the other one that is most often at least as good on
every lens and better on some; a pair in which that is so in every game, without a reason in the rules, misses the
promise.
"""

from __future__ import annotations

from books import ROOT, Books
from playwright.sync_api import Browser
from tables import Table

from commissioning import game
from commissioning.check.pairs import Pair, is_dominated, pairs

GAMES = 6000


def dominated(browser: Browser, books: Books) -> list[Table]:
    """A row for each option. (Neither the browser nor the books are needed.)"""
    closest: dict[tuple[str, str], Pair] = {}
    for pair in pairs(game.rules(ROOT), GAMES):
        before = closest.get((pair.decision, pair.option))
        if before is None or (pair.never_worse, pair.share) > (before.never_worse, before.share):
            closest[pair.decision, pair.option] = pair
    rows: list[list[str | float]] = [
        [f"{one.decision}: {one.option}", one.other, f"{100 * one.share:.1f}%", "yes" if is_dominated(one) else "no"]
        for one in sorted(closest.values(), key=lambda one: -one.share)
    ]
    head = ["option", "closest rival", "games in which it is nowhere worse, somewhere better", "dominated"]
    table = Table("pairs", f"Options of the game by pairs, {GAMES:,} games", head, rows)
    decisions = game.rules_sheet(ROOT).model.decisions
    for one in closest.values():
        declared = bool(decisions[one.decision].options[one.option].dominated)
        table.promise(
            is_dominated(one) == declared, f"{one.decision}: '{one.option}' beside '{one.other}': {one.share:.0%}"
        )
    return [table]

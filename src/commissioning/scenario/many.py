"""Plays thousands of games of compiled rules at once, to the same numbers as `engine` plays each alone.

In: rules from `compile_rules` (of the form `turns`), choices, one seed for each game. Out: `Games`, a column for each
value and report. NumPy walks the compiled rules once for a whole batch; where games part ways (an option, a card, a
chance), a mask says whose turn it is. Every sum is done in the engine's order, so every double is the engine's.

    games = play_many(rules, {"governance": "workshop", ...}, seeds=range(200), dials={"k_w": 0.004})
    games.reports["position"].mean(), games.letters["day_365"].mean()
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from commissioning.scenario.columns import Column, Columns, Dice
from commissioning.scenario.engine import Compiled, ScenarioError
from commissioning.scenario.lanes import Lanes
from commissioning.scenario.policies import Policies, policies

if TYPE_CHECKING:
    import pandas as pd  # loaded where a table is made

BATCH = 8192
"""Games walked at once: their columns fit into a core's own memory, which is where the speed is."""


@dataclass(frozen=True)
class Games:
    """What became of many games: a column, one number for each game, of everything.

    `dice` as they lie at the end; `values` and `reports` after the last turn; `afterwards` and `letters` are both once
    nobody decides any more; `turns` holds the values after each turn, if they were to be kept.
    """

    seeds: list[int]
    dice: Dice
    deck: list[list[str]]
    values: Columns
    reports: Columns
    afterwards: Columns
    letters: Columns
    turns: list[Columns]

    def frame(self, *names: str) -> pd.DataFrame:
        """A row for each game: its seed, then these reports, or all. `day_365` and its like are the letter's."""
        import pandas as pd

        wanted = names or tuple(self.reports)
        return pd.DataFrame({"seed": self.seeds} | {name: self.report(name) for name in wanted})

    def report(self, name: str) -> Column:
        """A report as it stands at the end; one whose name says day 365, as the letter from that day gives it."""
        return (self.letters if name == "day_365" else self.reports)[name]


def play_many(
    rules: Compiled,
    choices: Policies | Mapping[str, Any] | Sequence[Any],
    seeds: Iterable[int],
    dials: Mapping[str, Any] | None = None,
    *,
    each_turn: bool = False,
) -> Games:
    """Every game from start to end and its letter, as `engine` would play it, to the last digit.

    `choices` is one policy for all games (an option for each decision, held through all turns), or one for each game (a
    policy, or its choices turn by turn), or `Policies`. A dial is one number, or one for each game. `each_turn` keeps
    the values after every turn too. Raises ScenarioError for what the rules do not allow.
    """
    if rules["form"] != "turns":
        raise ScenarioError("many games at once are played of rules with turns; play these one by one.")
    seeds = [int(seed) for seed in seeds]
    chosen = choices if isinstance(choices, Policies) else policies(rules, choices, len(seeds))
    if len(chosen) != len(seeds):
        raise ScenarioError(f"there are {len(seeds)} seeds for {len(chosen)} games.")
    set_to = {name: np.broadcast_to(np.asarray(value, float), len(seeds)) for name, value in (dials or {}).items()}
    batches = []
    for first in range(0, max(len(seeds), 1), BATCH):
        part = slice(first, first + BATCH)
        some = {name: column[part] for name, column in set_to.items()}
        batches.append(_batch(Lanes(rules, seeds[part], some), chosen[part], each_turn))
    return _joined(seeds, batches)


def _batch(lanes: Lanes, chosen: Policies, each_turn: bool) -> Games:
    """One batch, played to its end."""
    rules, turns = lanes.rules, []
    with np.errstate(divide="ignore", invalid="ignore", over="raise"):
        for now in range(1, rules["turns"] + 1):
            lanes.turn(now, chosen)
            if each_turn:
                turns.append(dict(lanes.values))
        ended, lanes.values["turn"] = dict(lanes.values), lanes.full(rules["turns"] + 1.0)
        reports = lanes.reports()
        lanes.do(rules["afterwards"])
        letters = lanes.reports()
    later = dict(lanes.values)
    return Games([], lanes.dice, lanes.deck_names(), ended, reports, later, letters, turns)


def _joined(seeds: list[int], batches: list[Games]) -> Games:
    def joined(parts: list[Columns]) -> Columns:
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def of(part: str) -> Columns:
        return joined([getattr(batch, part) for batch in batches])

    turns = [joined([batch.turns[turn] for batch in batches]) for turn in range(len(batches[0].turns))]
    deck = [cards for batch in batches for cards in batch.deck]
    dice = np.concatenate([batch.dice for batch in batches])
    return Games(seeds, dice, deck, of("values"), of("reports"), of("afterwards"), of("letters"), turns)

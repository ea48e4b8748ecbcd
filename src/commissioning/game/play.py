"""First Hundred Days in Python: one game as a table of its turns, or thousands of games as a table of their ends.

In: the rules of the book at hand, a strategy, seeds and the dial. Out: DataFrames; money in £k, lenses and variables
from 0 to 100 (activity: 100 is the contract's plan). The model is `curriculum`'s prototype; its numbers are invented.

    play("Builder", seed=2013)                      one row for each turn
    play(changed("Builder", route="tender"))        the same with one decision changed
    runs(200, strategy="Builder")                   one row for each game, seeds 1 to 200
    runs(6000, seed=2013)                           6,000 random policies
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from commissioning import scenario
from commissioning.game.log import Log, LogError, read_log
from commissioning.game.words import has_game, rules
from commissioning.scenario.many import Games, play_many
from commissioning.scenario.policies import Policies
from commissioning.source.faults import did_you_mean
from commissioning.source.tree import read_tree

if TYPE_CHECKING:
    import pandas as pd  # loaded where a table is made: half a second that a build and a check need not spend

__all__ = [
    "DIALS", "LENSES", "POINTS", "Log", "LogError", "changed", "from_log", "games", "play", "random_policies",
    "reference", "runs", "strategies", "the_rules",
]  # fmt: skip

LENSES = ("money", "patients", "redesigned", "partners", "the_public", "overseers", "foundations")
"""The seven lenses, each from 0 to 100. They are never added up."""
DIALS = {"sceptical": {"k_w": 0.0}, "central": {"k_w": 0.004}, "optimistic": {"k_w": 0.008}}
"""The assumption dial: how much redesign lowers emergency activity, in points a turn for each point of redesign."""
POINTS = 6
"""Points of attention that a random policy spreads, each turn alike."""
Strategy = str | Mapping[str, Any] | Sequence[Mapping[str, Any]] | Log


def the_rules() -> dict[str, Any]:
    """The compiled rules of the book at hand; of the book that came with this package, if that one has no game."""
    try:
        here = has_game()
    except FileNotFoundError:
        here = False
    return rules() if here else rules(_own_root())


def _own_root() -> Path:
    package = Path(__file__).resolve().parents[1]
    return next(root for root in (package / "_book", *package.parents) if has_game(root))


@cache
def _strategies() -> dict[str, dict[str, Any]]:
    text = files("commissioning.game").joinpath("strategies.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, Any]] = read_tree(text)[0]
    return loaded


def strategies() -> dict[str, dict[str, Any]]:
    """The six named strategies: an option for each decision and six points of attention, held through all turns."""
    return {name: {**policy, "attention": dict(policy["attention"])} for name, policy in _strategies().items()}


def from_log(text: str) -> Log:
    """A game of your own: the text of the file that the game's page saves. `play` and `changed` take it.

    Raises LogError for text that is no whole game. Warns of a game that was played by other rules than the book's.
    """
    return read_log(text, the_rules())


def changed(strategy: Strategy, **choices: Any) -> Any:
    """The same strategy, or the same game from a log, with some decisions changed; the seed and the dial stay.

    changed("Bookkeeper", payment="blended"). Raises ValueError for a decision or an option that is not there.
    """
    for name, option in choices.items():
        _must_be_decided(name, option)
    if isinstance(strategy, Log):
        turns = tuple(_with(turn, choices) for turn in strategy.turns)
        return Log(strategy.seed, strategy.skin, strategy.dials, turns)
    policy = _policy(strategy)
    return {**policy, **choices} if isinstance(policy, Mapping) else [_with(turn, choices) for turn in policy]


def _with(turn: Mapping[str, Any], choices: Mapping[str, Any]) -> dict[str, Any]:
    return {**turn, **{name: option for name, option in choices.items() if name in turn}}


def _must_be_decided(name: str, option: Any) -> None:
    decisions = the_rules()["decisions"]
    if name not in decisions:
        raise ValueError(f"there is no decision '{name}'. {did_you_mean(name, decisions)}".strip())
    known = decisions[name].get("options")
    if known and option not in known:
        raise ValueError(f"'{name}' must be one of {', '.join(known)} (got '{option}').")


def _policy(strategy: Any) -> Mapping[str, Any] | list[Mapping[str, Any]]:
    """What is chosen, whichever way it is given."""
    if isinstance(strategy, Log):
        return list(strategy.turns)
    if isinstance(strategy, str):
        if strategy not in _strategies():
            raise ValueError(f"there is no strategy '{strategy}'. It must be one of: {', '.join(_strategies())}.")
        return strategies()[strategy]
    return strategy if isinstance(strategy, Mapping) else list(strategy)


def _dials(dials: str | Mapping[str, float] | None) -> dict[str, float]:
    """A dial's setting by its name or its number."""
    if isinstance(dials, str):
        if dials not in DIALS:
            raise ValueError(f"the dial must be one of {', '.join(DIALS)} (got '{dials}').")
        return dict(DIALS[dials])
    return dict(dials or {})


def play(
    strategy: Strategy, *, seed: int | None = None, dials: str | Mapping[str, float] | None = None
) -> pd.DataFrame:
    """One game: a row for each turn, as things stand at its end.

    `strategy` is the name of one of `strategies()`, a policy like them, choices turn by turn, or a `Log`, whose own
    seed and dial hold unless others are given; seed 1 and the central dial otherwise. Columns: turn, day, event; the
    seven lenses (0 to 100); position (£k), and day_365 (£k, the letter's position) in the last row; every variable;
    every account (£k). Raises ValueError for what the rules do not allow.
    """
    told = the_rules()
    own = (strategy.seed, strategy.dials) if isinstance(strategy, Log) else (1, {})
    set_to, policy = own[1] if dials is None else _dials(dials), _policy(strategy)
    turns = iter(policy) if not isinstance(policy, Mapping) else None
    states = scenario.play(
        told,
        policy if turns is None else lambda *_: next(turns),  # type: ignore[arg-type]
        seed=own[0] if seed is None else seed,
        dials=set_to,
    )
    rows = [_row(told, state) for state in states[1:]]
    later = scenario.reports(told, scenario.afterwards(told, states[-1]))["day_365"] or 0.0
    import pandas as pd

    return pd.DataFrame(rows).assign(day_365=[np.nan] * (len(rows) - 1) + [later])[_columns(told)]


def _row(told: dict[str, Any], state: scenario.State) -> dict[str, Any]:
    turn = state["turn"] - 1
    return {
        "turn": turn,
        "day": 20 * turn,
        "event": state["deck"][turn - 1],
        **{name: state["values"][name] for name in (*told["bounds"], *told["accounts"])},
        **scenario.reports(told, state),
    }


def _columns(told: dict[str, Any]) -> list[str]:
    first = ["turn", "day", "event", *LENSES, "position", "day_365"]
    return [*first, *(name for name in (*told["bounds"], *told["accounts"]) if name not in first)]


def random_policies(n: int, seed: int, rules: dict[str, Any] | None = None, points: int = POINTS) -> Policies:
    """Policies drawn at random: every option of a decision as likely, six points thrown at the channels, all held.

    Of the rules of the book at hand, unless others are given.
    """
    told, rng = rules or the_rules(), np.random.default_rng(seed)
    places, thrown_at = {}, {}
    for name, decision in told["decisions"].items():
        if "points" in decision:
            channels = len(decision["points"])
            thrown = rng.integers(0, channels, (n, points))
            spread = (thrown[:, :, None] == np.arange(channels)).sum(axis=1)
            thrown_at[name] = np.repeat(spread[:, None, :], told["turns"], axis=1)
        else:
            drawn = rng.integers(1, len(decision["options"]) + 1, n)
            places[name] = np.repeat(drawn[:, None], told["turns"], axis=1)
    return Policies(places, thrown_at)


def games(
    n: int,
    *,
    seed: int = 1,
    strategy: Strategy | None = None,
    dials: str | Mapping[str, float] | None = None,
    each_turn: bool = False,
) -> Games:
    """The games behind `runs`, with every value of every account and variable as a column of its own."""
    chosen: Any = random_policies(n, seed) if strategy is None else _policy(strategy)
    if isinstance(chosen, list):
        chosen = [chosen] * n
    set_to = dict(strategy.dials) if isinstance(strategy, Log) and dials is None else _dials(dials)
    return play_many(the_rules(), chosen, range(seed, seed + n), set_to, each_turn=each_turn)


def runs(
    n: int, *, seed: int = 1, strategy: Strategy | None = None, dials: str | Mapping[str, float] | None = None
) -> pd.DataFrame:
    """The ends of n games, with the seeds `seed`, `seed` + 1 and so on: a row for each.

    With a strategy all follow it, so that only luck differs; without one each follows a policy of its own, drawn at
    random. Columns: seed; the seven lenses (0 to 100); position and day_365 (£k); and, of random policies, the option
    of each decision and the points of each channel.
    """
    ends = games(n, seed=seed, strategy=strategy, dials=dials).frame(*LENSES, "position", "day_365")
    import pandas as pd

    return ends if strategy is not None else pd.concat([ends, _chosen(random_policies(n, seed))], axis=1)


def _chosen(policies: Policies) -> pd.DataFrame:
    """The options and the points of policies that are held through all turns, by name."""
    made: dict[str, Any] = {}
    decisions = the_rules()["decisions"]
    for name, decision in decisions.items():
        turn = decision["turns"][0] - 1
        if "points" in decision:
            for index, channel in enumerate(decision["points"]):
                made[f"{name}.{channel}"] = policies.points[name][:, turn, index]
        else:
            made[name] = np.array(list(decision["options"]))[policies.places[name][:, turn] - 1]
    import pandas as pd

    return pd.DataFrame(made)


def reference() -> pd.DataFrame:
    """What 6,000 random policies reached, at the central dial: quantiles 0 to 100 of each lens, of money on both days.

    Columns: the seven lenses (0 to 100); position (on day 100) and day_365, in £k. `game.reference` writes it.
    """
    told = json.loads(files("commissioning.game").joinpath("reference.json").read_text(encoding="utf-8"))
    import pandas as pd

    return pd.DataFrame({**told["lenses"], "position": told["day_100"], "day_365": told["day_365"]})

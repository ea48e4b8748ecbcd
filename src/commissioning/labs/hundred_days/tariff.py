"""The national rule of 2013 that the game leaves out: growth above a baseline was paid at 30% of the tariff.

Only what a commissioner pays "by activity" is changed, in the turns and in the letter. It is an approximation: the
real baseline was the emergency work of an earlier year, and the game's is the contract.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from commissioning.game.play import DIALS, random_policies, strategies, the_rules
from commissioning.game.reference import DIAL, GAMES, SEED
from commissioning.labs.hundred_days.money import SEEDS
from commissioning.scenario.many import play_many

SHARE = 0.3
PAID_IN_FULL = ["if", ["==", ["var", "payment"], 3], 0.5, 1]
"""Where the rules say what is paid above plan: half if the payment is blended, and otherwise (by activity) all."""


@cache
def rules_with(share: float = SHARE) -> dict[str, Any]:
    """The game's rules, with `share` of the price above plan paid by activity. ValueError if they lack the line."""
    changed, found = _replaced(the_rules(), [*PAID_IN_FULL[:3], share])
    if found != 2:
        raise ValueError(f"the rules say {found} times what is paid above plan, and not twice (the turns, the letter).")
    return dict(changed)


def _replaced(part: Any, by: list[Any]) -> tuple[Any, int]:
    if part == PAID_IN_FULL:
        return by, 1
    if isinstance(part, dict):
        pairs = {key: _replaced(inner, by) for key, inner in part.items()}
        return {key: made for key, (made, _) in pairs.items()}, sum(many for _, many in pairs.values())
    if isinstance(part, list | tuple):
        parts = [_replaced(inner, by) for inner in part]
        return type(part)(made for made, _ in parts), sum(many for _, many in parts)
    return part, 0


def money_with(share: float = SHARE) -> pd.DataFrame:
    """A row for each named strategy: its mean day_365 (£k) over 200 games, seeds 1 to 200, and its rank, of six."""
    told = rules_with(share)
    means = {
        name: float(play_many(told, policy, range(1, SEEDS + 1)).report("day_365").mean())
        for name, policy in strategies().items()
    }
    table = pd.DataFrame({"day_365": means}).rename_axis("strategy")
    table["rank_365"] = table["day_365"].rank(ascending=False).astype(int)
    return table


def by_payment_with(share: float = SHARE, seed: int = SEED) -> dict[str, float]:
    """The mean day_365 (£k) of 6,000 random runs played under the changed rule, by their payment; `seed` draws them."""
    chosen, options = random_policies(GAMES, seed), list(the_rules()["decisions"]["payment"]["options"])
    games = play_many(rules_with(share), chosen, range(seed, seed + GAMES), DIALS[DIAL])
    taken = pd.Series(chosen.places["payment"][:, 0]).map(lambda place: options[int(place) - 1])
    means = pd.Series(games.report("day_365")).groupby(taken).mean()
    return {str(payment): float(mean) for payment, mean in means.items()}

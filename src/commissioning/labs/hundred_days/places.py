"""Where a run stands among six thousand: for each lens by itself. Nothing here makes one number of seven."""

from __future__ import annotations

from functools import cache

import pandas as pd

from commissioning.game.play import LENSES, runs
from commissioning.game.reference import DIAL, GAMES, SEED

NAMES = {
    "money": "Money",
    "patients": "Patients and fairness",
    "redesigned": "The redesign",
    "partners": "Partners",
    "the_public": "Practices and public",
    "overseers": "Oversight",
    "foundations": "Foundations",
}
"""The lenses as a chart has room for them; the game's words say them at length."""
QUANTILES = {"low": 0.10, "quarter": 0.25, "middle": 0.50, "three_quarters": 0.75, "high": 0.90}


@cache
def _six_thousand() -> pd.DataFrame:
    return runs(GAMES, seed=SEED, dials=DIAL)


def six_thousand() -> pd.DataFrame:
    """The ends of 6,000 games by policies drawn at random, at the central dial: a row for each, as `runs` has it."""
    return _six_thousand().copy()


def place(among: pd.Series[float], value: float) -> float:
    """The percentage of these runs that came as high as a value, or less high. Not a number if there are none."""
    return 100 * float((among <= value).mean())


def places(run: pd.DataFrame, among: pd.DataFrame | None = None) -> pd.DataFrame:
    """Where a run's end stands on each lens. `run` is what `play` gives; `among` what `runs` gives, or the 6,000.

    A row for each lens. Columns: yours (0 to 100), place (per cent of the runs at or below it), and what a tenth, a
    quarter, half, three quarters and nine tenths of the runs came up to.
    """
    others, end = _six_thousand() if among is None else among, run.iloc[-1]
    rows = {
        lens: {"yours": float(end[lens]), "place": place(others[lens], float(end[lens]))}
        | {name: float(others[lens].quantile(share)) for name, share in QUANTILES.items()}
        for lens in LENSES
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("lens")

"""Weekly attendances at A&E: two years at Larkmere General, and seventy weeks in each of four other towns.

In: a seed. Out: tables. Planted at the General: until week 51 people who come back by appointment are counted as
attendances, and from week 52 they are not (8% of them); from week 66 there are truly 3% fewer; week 68 is a heatwave.
The team for older people began in week 60. Planted in the four towns, each of which began something in week 41: a fall
that came after it, a fall that came before it, a rise that came after it, and no change at all, in a town that began
because its last four weeks had been its worst. No season is planted; a real series has one.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from commissioning.place.larkmere import DEFAULT_SEED, Floats, Ints

# ---- two years at the General --------------------------------------------------------------------------------------

FIRST_MONDAY = "2015-04-06"
WEEKS = 104
LEVEL = 420.0
"""Attendances a week of people aged 65 and over, those by appointment among them."""
RULE_FROM = 52
"""The week that begins on 28 March 2016: from here, people who come back by appointment are counted elsewhere."""
MOVED = 0.08
"""Share of attendances that are by appointment."""
TEAM_FROM = 60
EFFECT_FROM = 66
EFFECT = -0.03
HEAT_WEEK = 68
HEAT = 0.25


def weekly_attendances(seed: int = DEFAULT_SEED, *, effect: float = EFFECT, moved: float = MOVED) -> pd.DataFrame:
    """104 weeks at the General: week, begins (a Monday), reported (as the rule of that week counts), moved_out.

    `moved_out` are the people who came back by appointment and were counted elsewhere: none before week 52. `effect` is
    what truly happens from week 66 as a share of the level, and `moved` the share of attendances by appointment.
    """
    if not (-1 < effect < 1 and 0 <= moved < 1):
        raise ValueError(f"effect must lie between -1 and 1, and moved from 0 to 1 (got {effect:g} and {moved:g})")
    rng = np.random.default_rng([seed, *b"weekly attendances"])
    week = np.arange(1, WEEKS + 1)
    level = LEVEL * np.where(week >= EFFECT_FROM, 1 + effect, 1.0) * np.where(week == HEAT_WEEK, 1 + HEAT, 1.0)
    came: Ints = rng.poisson(level)
    out = np.where(week >= RULE_FROM, rng.binomial(came, moved), 0)
    begins = np.datetime64(FIRST_MONDAY) + 7 * (week - 1)
    return pd.DataFrame({"week": week, "begins": begins, "reported": came - out, "moved_out": out})


# ---- four other towns ----------------------------------------------------------------------------------------------

TOWN_WEEKS = 70
TOWN_START = 41
"""The week in which each of the four towns began something."""
WORST = 4
"""Weeks that South Vale looked back on when it decided to begin."""
CHANGES = {"Eastbank": (44, -0.14), "Mid Vale": (31, -0.14), "North Vale": (43, 0.14)}
"""From which week the level is another, and by how much of itself."""
TOWN_LEVEL = {"Eastbank": 350.0, "Mid Vale": 400.0, "North Vale": 330.0, "South Vale": 290.0}


def town_attendances(seed: int = DEFAULT_SEED) -> pd.DataFrame:
    """Seventy weeks in each of four towns: town, week, attendances. Each began something in week 41."""
    rng = np.random.default_rng([seed, *b"weekly towns"])
    week = np.arange(1, TOWN_WEEKS + 1)
    parts = []
    for town, level in TOWN_LEVEL.items():
        if town in CHANGES:
            begins, change = CHANGES[town]
            counted: Ints = rng.poisson(level * np.where(week >= begins, 1 + change, 1.0))
        else:
            counted = around_the_worst(rng.poisson(np.full(400, level)))
        parts.append(pd.DataFrame({"town": town, "week": week, "attendances": counted}))
    return pd.concat(parts, ignore_index=True)


def around_the_worst(long: Ints) -> Ints:
    """Seventy weeks cut from a long series so that the worst four weeks of all that fit are weeks 37 to 40."""
    sums: Floats = np.convolve(long, np.ones(WORST), mode="valid")
    before, after = TOWN_START - 1 - WORST, TOWN_WEEKS - TOWN_START + 1
    fit = sums[before : len(long) - WORST - after + 1]
    first = int(np.argmax(fit))
    return long[first : first + TOWN_WEEKS]

"""The tasks of chapter 14 and the wrong numbers that known slips lead to, all worked out from games played anew.

In: the game in Python and the methods of `labs.hundred_days`. Out: `TASKS`, by name. Called by `checks`. What is said
to each slip stands in checks.yaml, under the slip's name. Money is in £k.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd

from commissioning.game.play import changed, play
from commissioning.labs.hundred_days import lead, money_by_strategy, place, six_thousand
from commissioning.labs.shapes import Slip, Task

SEED = 2013
AHEAD, BEHIND = "Sovereign", "Delegator"
"""The pair of the bare case. The chapter itself compares the Builder with the Bookkeeper."""


@cache
def _run(name: str, dials: str = "central", payment: str = "") -> pd.Series[float]:
    """The end of one game."""
    strategy = changed(name, payment=payment) if payment else name
    return play(strategy, seed=SEED, dials=dials).iloc[-1]


# ---- a place among six thousand ------------------------------------------------------------------------------------


def _place(name: str, who: str, on: str, other: str) -> Task:
    """How many per cent of the 6,000 runs stand at or below one run. The Sovereign's lens is near its share above."""
    among, value = six_thousand(), float(_run(who)[on])
    share = place(among[on], value)
    slips = (
        Slip("share-above", 100 - share, 0.3),
        Slip("share-of-one", share / 100, 0.005),
        Slip("runs-counted", float((among[on] <= value).sum()), 1),
        Slip("lens-itself" if on == "money" else "money-itself", value, 0.06),
        Slip("other-day", place(among[other], float(_run(who)[other])), 0.8),
    )
    return Task(name, share, 1.2, slips)


# ---- what becomes of one game --------------------------------------------------------------------------------------


def _half_later() -> Task:
    end = _run("Delegator")
    fall = float(end["position"] - end["day_365"])
    slips = (
        Slip("letter-itself", float(end["day_365"]), 1),
        Slip("hundred-itself", float(end["position"]), 1),
        Slip("fall-below-zero", -fall, 1),
        Slip("added-up", float(end["position"] + end["day_365"]), 1),
        Slip("lens-taken-off", float(end["money"] - end["day_365"]), 1),
    )
    return Task("half-later", fall, 5, slips)


def _half_one_change() -> Task:
    before, after = _run("Delegator"), _run("Delegator", payment="blended")
    gain = float(after["day_365"] - before["day_365"])
    slips = (
        Slip("gain-by-hundred", float(after["position"] - before["position"]), 1),
        Slip("gain-turned", -gain, 1),
        Slip("new-letter", float(after["day_365"]), 1),
        Slip("fixed-for-blended", float(_run("Delegator", payment="fixed")["day_365"] - before["day_365"]), 1),
        Slip("across-both-days", float(after["day_365"] - before["position"]), 1),
    )
    return Task("half-one-change", gain, 5, slips)


def _half_sceptical() -> Task:
    """The optimistic setting brings as much as the sceptical one takes: a dial turned the wrong way is right too."""
    central, doubted = _run("Delegator"), _run("Delegator", "sceptical")
    cost = float(central["day_365"] - doubted["day_365"])
    slips = (
        Slip("cost-turned", -cost, 1),
        Slip("doubted-letter", float(doubted["day_365"]), 1),
        Slip("both-ends", float(_run("Delegator", "optimistic")["day_365"] - doubted["day_365"]), 1),
        Slip("cost-by-hundred", float(central["position"] - doubted["position"]), 0.5),
    )
    return Task("half-sceptical", cost, 5, slips)


# ---- who is ahead, and why -----------------------------------------------------------------------------------------


def _lead_year() -> Task:
    answer, means = lead(AHEAD, BEHIND), money_by_strategy()["day_365"]
    slips = (
        Slip("lead-on-hundred", lead(AHEAD, BEHIND, on="position"), 12),
        Slip("lead-turned", -answer, 12),
        Slip("one-mean", float(means[AHEAD]), 12),
        Slip("other-mean", float(means[BEHIND]), 12),
        Slip("one-game", float(_run(AHEAD)["day_365"] - _run(BEHIND)["day_365"]), 12),
        Slip("both-together", float(means[AHEAD] + means[BEHIND]), 12),
    )
    return Task("lead-year", answer, 15, slips)


def _lead_sceptical() -> Task:
    """Not far from the lead on day 100, so both are held more narrowly than their neighbours."""
    answer = lead(AHEAD, BEHIND, dials="sceptical")
    slips = (
        Slip("dial-not-turned", lead(AHEAD, BEHIND), 15),
        Slip("dial-other-way", lead(AHEAD, BEHIND, dials="optimistic"), 15),
        Slip("sign-of-lead", -answer, 15),
        Slip("hundred-again", lead(AHEAD, BEHIND, dials="sceptical", on="position"), 8),
        Slip("one-mean-alone", float(money_by_strategy("sceptical")["day_365"][AHEAD]), 15),
    )
    return Task("lead-sceptical", answer, 10, slips)


def _same_dispute() -> Task:
    """Whichever of the two is changed, the lead comes out nearly the same: that slip is not told apart."""
    both_dispute, both_own = changed(BEHIND, deficit="dispute"), changed(AHEAD, deficit="own")
    slips = (
        Slip("dispute-not-copied", lead(AHEAD, BEHIND), 15),
        Slip("crossed-over", lead(both_own, both_dispute), 15),
        Slip("alike-on-hundred", lead(AHEAD, both_dispute, on="position"), 8),
        Slip("alike-sceptical", lead(AHEAD, both_dispute, dials="sceptical"), 8),
        Slip("gain-of-dispute", lead(both_dispute, BEHIND), 8),
        Slip("one-mean", float(money_by_strategy()["day_365"][AHEAD]), 12),
    )
    return Task("same-dispute", lead(AHEAD, both_dispute), 20, slips)


TASKS: dict[str, Callable[[], Task]] = {
    "half-place": cache(lambda: _place("half-place", "Delegator", "money", "day_365")),
    "half-later": cache(_half_later),
    "half-one-change": cache(_half_one_change),
    "half-sceptical": cache(_half_sceptical),
    "place-hundred": cache(lambda: _place("place-hundred", AHEAD, "money", "day_365")),
    "place-year": cache(lambda: _place("place-year", AHEAD, "day_365", "money")),
    "lead-year": cache(_lead_year),
    "lead-sceptical": cache(_lead_sceptical),
    "needs-redesign": cache(lambda: Task("needs-redesign", False, 0)),
    "same-dispute": cache(_same_dispute),
}
"""Every task of the exercise notebook, by name; each is worked out when it is first asked for."""

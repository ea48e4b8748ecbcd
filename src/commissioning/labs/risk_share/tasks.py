"""The tasks of chapter 12 and the wrong numbers that known slips lead to, all worked out from the place's own tables.

In: the place and the methods of `labs.risk_share`. Out: `TASKS`, by name. Called by `checks`. What is said to each slip
stands in checks.yaml, under the slip's name. Money is in £ thousand.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from commissioning import place
from commissioning.labs import risk_share
from commissioning.labs.risk_share.figures import GENERAL, LAST, MID_VALE
from commissioning.labs.risk_share.rules import COST_PCT
from commissioning.labs.shapes import Slip, Task
from commissioning.place.workshops import TOLD

NEAR = 0.5
"""In £ thousand: the tables are whole, and so are the sums asked for."""
CLOSE = 0.2
"""In per cent."""


@cache
def _at(hospital: str, kind: str) -> tuple[float, risk_share.Quarrel]:
    """The year's work, and what both sides propose."""
    quarrel = risk_share.quarrel(place.contract_offers(), hospital, kind)
    return risk_share.done(place.contract_activity(), hospital, kind, LAST), quarrel


def _fixed(name: str) -> Task:
    """How much more the group pays for planned work under a fixed sum than at each its price."""
    work, ((plan, _), _) = _at(GENERAL, "planned")
    return Task(
        name,
        plan - work,
        NEAR,
        (
            Slip("sign-turned", work - plan, NEAR),
            Slip("pay-and-not-gap", plan, NEAR),
            Slip("half-of-it", (plan - work) / 2, NEAR),
            Slip("millions", (plan - work) / 1000, 0.001),
        ),
    )


def _at_half(name: str) -> Task:
    """What the group pays for planned work at a share of half."""
    work, ((plan, _), (half, _)) = _at(GENERAL, "planned")
    right = risk_share.paid(work, plan, half)
    return Task(
        name,
        right,
        NEAR,
        (
            Slip("share-of-it-all", half / 100 * work, NEAR),
            Slip("added-on", plan + half / 100 * (plan - work), NEAR),
            Slip("at-its-price", work, NEAR),
            Slip("fixed-sum", plan, NEAR),
            Slip("millions", right / 1000, 0.001),
        ),
    )


def _asked(name: str) -> Task:
    """Of all who were asked where they were told, how many per cent were still coming."""
    row = risk_share.still_coming(place.design_meetings(), place.design_groups()).to_dict("index")[TOLD]
    right, seats = row["of_asked_pct"], risk_share.seats_filled(place.design_meetings()).to_dict("index")[TOLD]["after"]
    return Task(
        name,
        right,
        CLOSE,
        (
            Slip("of-those-who-joined", row["of_joined_pct"], CLOSE),
            Slip("seats-and-not-people", seats, CLOSE),
            Slip("those-who-left", 100 - right, CLOSE),
            Slip("fraction", right / 100, CLOSE / 100),
        ),
    )


def _share(name: str) -> Task:
    """How much the share moves in Mid Vale."""
    work, ((low, high), shares) = _at(MID_VALE, "emergency")
    right = risk_share.share_moves(work, low, shares)
    return Task(
        name,
        right,
        NEAR,
        (
            Slip("beyond-the-other-baseline", risk_share.share_moves(work, high, shares), NEAR),
            Slip("of-all-the-work", (shares[1] - shares[0]) / 100 * work, NEAR),
            Slip("one-share-alone", shares[0] / 100 * (work - low), NEAR),
            Slip("one-share-alone", shares[1] / 100 * (work - low), NEAR),
            Slip("millions", right / 1000, 0.001),
        ),
    )


def _baseline(name: str) -> Task:
    """How much the baseline moves in Mid Vale."""
    work, (baselines, shares) = _at(MID_VALE, "emergency")
    right = risk_share.baseline_moves(work, baselines, shares[0])
    return Task(
        name,
        right,
        NEAR,
        (
            Slip("share-forgotten", baselines[1] - baselines[0], NEAR),
            Slip("the-shared-part", (baselines[1] - baselines[0]) * shares[0] / 100, NEAR),
            Slip("at-the-other-share", risk_share.baseline_moves(work, baselines, shares[1]), NEAR),
            Slip("millions", right / 1000, 0.001),
        ),
    )


def _turning(name: str) -> Task:
    """From what amount of work the share moves more than the baseline, in Mid Vale."""
    _, (baselines, shares) = _at(MID_VALE, "emergency")
    right = risk_share.break_even(baselines, shares)
    return Task(
        name,
        right,
        NEAR,
        (
            Slip("beyond-and-not-whole", right - baselines[0], NEAR),
            Slip("from-the-other-baseline", right - baselines[0] + baselines[1], NEAR),
            Slip("share-forgotten", baselines[0] + 100 * (baselines[1] - baselines[0]) / (shares[1] - shares[0]), NEAR),
            Slip("millions", right / 1000, 0.001),
        ),
    )


def _left(name: str) -> Task:
    """What the work beyond plan leaves Mid Vale's hospital with at the group's offer."""
    work, ((low, _), (share, _)) = _at(MID_VALE, "emergency")
    right = risk_share.left_to_hospital(work, low, share)
    return Task(
        name,
        right,
        NEAR,
        (
            Slip("pay-without-cost", share / 100 * (work - low), NEAR),
            Slip("cost-without-pay", -COST_PCT / 100 * (work - low), NEAR),
            Slip("millions", right / 1000, 0.001),
        ),
    )


TASKS: dict[str, Callable[[], Task]] = {
    "half-fixed-sum": cache(lambda: _fixed("half-fixed-sum")),
    "half-at-half": cache(lambda: _at_half("half-at-half")),
    "half-asked": cache(lambda: _asked("half-asked")),
    "bare-share-quarrel": cache(lambda: _share("bare-share-quarrel")),
    "bare-baseline-quarrel": cache(lambda: _baseline("bare-baseline-quarrel")),
    "bare-turning": cache(lambda: _turning("bare-turning")),
    "bare-hospital-left": cache(lambda: _left("bare-hospital-left")),
}
"""Every task of the exercise notebook, by name; each is worked out when it is first asked for."""

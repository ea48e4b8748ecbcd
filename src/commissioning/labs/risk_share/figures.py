"""The figures of the lab "Who carries the risk?", from the default seed. It offers no table to explorers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from commissioning import place
from commissioning.labs import risk_share
from commissioning.labs.shapes import Figure, Table
from commissioning.place.contracts import CONTRACT_YEARS
from commissioning.place.workshops import TOLD, UNTOLD

GENERAL, NEXT_DOOR, MID_VALE = "Larkmere General", "North Vale's hospital", "Mid Vale's hospital"
FIRST, SECOND, LAST = CONTRACT_YEARS
EXPECTED = 44_000
"""£ thousand: what both sides expect the General's emergency work to come to, when they meet in March 2014."""


@cache
def figures() -> dict[str, Figure]:
    """Every figure of the lab, by id."""
    named = _of_a_quarrel("", GENERAL) | _of_a_quarrel("bare-", MID_VALE)
    return {
        f"L12-{name}": figure for name, figure in (named | _of_next_door() | _of_planned() | _of_clinicians()).items()
    }


def _pounds(thousands: float, said: str, digits: int = -4) -> Figure:
    return Figure(1000.0 * thousands, "£", 0, said, digits)


def _of_a_quarrel(mark: str, hospital: str) -> dict[str, Figure]:
    """What the share and the baseline move between the two sides' offers for one hospital's emergency work."""
    work = risk_share.done(place.contract_activity(), hospital, "emergency", LAST)
    (low, high), shares = risk_share.quarrel(place.contract_offers(), hospital, "emergency")
    even = risk_share.break_even((low, high), shares)
    rules = {"price": 100.0, "share": shares[0], "fixed": 0.0}
    made = {
        "work": _pounds(work, f"Emergency work of {LAST}, {hospital}", -5),
        "baseline-group": _pounds(low, f"Baseline that the group proposes, {hospital}", -5),
        "baseline-hospital": _pounds(high, f"Baseline that the hospital proposes, {hospital}"),
        "apart": _pounds(high - low, f"Between the two baselines, {hospital}"),
        "apart-percent": Figure(100 * (high / low - 1), "%", 0, f"The same, of the lower, {hospital}", 1),
        "extra": _pounds(work - low, f"Work beyond the group's baseline, {hospital}", -5),
        "extra-percent": Figure(100 * (work / low - 1), "%", 0, f"The same, of the baseline, {hospital}", 1),
        "share-moves": _pounds(risk_share.share_moves(work, low, shares), f"What the share moves, {hospital}"),
        "baseline-moves": _pounds(
            risk_share.baseline_moves(work, (low, high), shares[0]), f"What the baseline moves, {hospital}"
        ),
        "break-even": _pounds(even, f"Work above which the share moves more, {hospital}", -5),
        "break-even-percent": Figure(
            100 * (even / low - 1), "%", 0, f"How far that is beyond the baseline, {hospital}", 1
        ),
    }
    for name, value in (("work", work), ("baseline-group", low), ("baseline-hospital", high)):
        made[f"{name}-m"] = Figure(value / 1000, "£m", 0, f"{made[name].meaning}, in £ million", 1)
    for name, share in rules.items():
        made[f"paid-{name}"] = _pounds(risk_share.paid(work, low, share), f"Paid, {name}, {hospital}")
        left = risk_share.left_to_hospital(work, low, share)
        made[f"left-{name}"] = _pounds(left, f"Left to the hospital of work beyond plan, {name}, {hospital}")
    expected = {
        "expected": _pounds(EXPECTED, "Emergency work that both sides expect in March 2014", -6),
        "expected-share-moves": _pounds(risk_share.share_moves(EXPECTED, low, shares), "What the share would move"),
        "expected-baseline-moves": _pounds(
            risk_share.baseline_moves(EXPECTED, (low, high), shares[0]), "What the baseline would move"
        ),
    }
    return {f"{mark}{name}": figure for name, figure in (made if mark else made | expected).items()}


def _of_next_door() -> dict[str, Figure]:
    """What moved from North Vale's hospital to the General when an A&E shut at night."""
    activity = place.contract_activity()
    next_door = {year: risk_share.done(activity, NEXT_DOOR, "emergency", year) for year in (FIRST, SECOND)}
    general = {year: risk_share.done(activity, GENERAL, "emergency", year) for year in (FIRST, SECOND)}
    moved = next_door[FIRST] - next_door[SECOND]
    return {
        "next-door-first": _pounds(next_door[FIRST], f"Emergency work next door, {FIRST}", -5),
        "next-door-second": _pounds(next_door[SECOND], f"Emergency work next door, {SECOND}", -5),
        "general-second": _pounds(general[SECOND], f"Emergency work at the General, {SECOND}", -5),
        "grew": _pounds(general[SECOND] - general[FIRST], "Growth at the General in that year", -5),
        "moved": _pounds(moved, "By how much the work next door fell", -5),
        "fair": _pounds(general[FIRST] + moved, "The General's first year with what moved", -5),
    }


def _of_planned() -> dict[str, Figure]:
    work = risk_share.done(place.contract_activity(), GENERAL, "planned", LAST)
    (plan, _), _ = risk_share.quarrel(place.contract_offers(), GENERAL, "planned")
    return {
        "half-work": _pounds(work, f"Planned work of {LAST} at the General", -5),
        "half-baseline": _pounds(plan, "Its baseline", -5),
        "half-short": _pounds(plan - work, "By how much the work fell short", -5),
    }


def _of_clinicians() -> dict[str, Figure]:
    meetings = place.design_meetings()
    seats = risk_share.seats_filled(meetings).to_dict("index")
    people = risk_share.still_coming(meetings, place.design_groups()).to_dict("index")
    came = risk_share.came_of_those_still_coming(meetings).to_dict()
    made: dict[str, Figure] = {}
    for mark, told in (("told", TOLD), ("untold", UNTOLD)):
        row = people[told]
        for when in ("before", "after"):
            made[f"{mark}-{when}"] = Figure(seats[told][when], "%", 0.3, f"Seats filled {when} the notice, told {told}")
        for name in ("asked", "joined", "still", "gone"):
            made[f"{mark}-{name}"] = Figure(row[name], "people", 0, f"Clinicians {name}, told {told}")
        made[f"{mark}-came"] = Figure(came[told], "%", 0.5, f"Of the meetings after it, came of those still, {told}")
        for name in ("joined", "asked"):
            said = f"Still coming, of those {name}, told {told}"
            made[f"{mark}-of-{name}"] = Figure(row[f"of_{name}_pct"], "%", 0, said)
    stayed = people[TOLD]["still"], people[UNTOLD]["still"]
    for name in ("joined", "asked"):
        chance = risk_share.chance_of_gap(stayed, (people[TOLD][name], people[UNTOLD][name]))
        made[f"chance-{name}"] = Figure(100 * chance, "%", 0, f"Deals with a gap as wide, of those {name}")
    return made


TABLES: dict[str, Callable[[], Table]] = {}
"""No explorer reads this lab."""

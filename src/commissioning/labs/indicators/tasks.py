"""The tasks of the lab "Thirty green indicators": each right answer, and the wrong numbers that known slips lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import pandas as pd

from commissioning import place
from commissioning.labs import indicators
from commissioning.labs.indicators.figures import RED
from commissioning.labs.shapes import Slip, Task

AMBER = "K32"
LONG = 30
"""Minutes from which a report counts as read at length, in the half-worked case."""


# ---- a share of the indicators -------------------------------------------------------------------------------------


def _half_share() -> Task:
    return Task("half-indicator-share", _share("accuracy"), 0.3, tuple(_share_slips("accuracy")))


def _usefulness() -> Task:
    survey = place.user_survey()
    more = (
        Slip("reports-for-indicators", indicators.share_that_changed(survey), 0.2),
        Slip("green-and-useful", 100 / 33, 0.02),
    )
    return Task("usefulness-share", _share("usefulness"), 0.15, (*more, *_share_slips("usefulness")))


def _share(kind: str) -> float:
    return indicators.share_of_type(place.csu_kpi(), kind)


def _share_slips(kind: str) -> Iterator[Slip]:
    rows = indicators.ratings(place.csu_kpi())
    count, green = int((rows["type"] == kind).sum()), int((rows["rating"] == "green").sum())
    right = 100 * count / len(rows)
    yield Slip("share-of-one", right / 100, 0.003)
    yield Slip("count-for-share", count, 0.01)
    yield Slip("rows-counted", 12 * count, 0.1)
    yield Slip("of-the-green-ones", 100 * count / green, 0.1)
    yield Slip("the-other-types", 100 - right, 0.2)
    yield Slip("share-of-green", 100 * green / len(rows), 0.2)
    yield from (Slip("another-type", _share(other), 0.2) for other in indicators.TYPES if other != kind)


# ---- the cost of a report ------------------------------------------------------------------------------------------


def _half_cost() -> Task:
    survey = place.user_survey()
    strictly = Slip("longer-only", indicators.cost_per_report(place.csu_costs(), survey[survey["minutes"] > LONG]), 20)
    return Task("half-report-cost", *_cost(survey["minutes"] >= LONG, strictly))


def _decision_cost() -> Task:
    survey = place.user_survey()
    share = Slip("share-for-cost", indicators.share_that_changed(survey), 0.2)
    return Task("decision-cost", *_cost(survey["used_in_decision"] == "Y", share))


def _cost(which: pd.Series[bool], *more: Slip) -> tuple[float, float, tuple[Slip, ...]]:
    costs, survey, count = place.csu_costs(), place.user_survey(), int(which.sum())
    fee, replacement = float(costs["fee"].sum()), float(costs["replacement"].sum())
    right = indicators.cost_per_report(costs, survey[which])
    slips = (
        Slip("every-report", indicators.cost_per_report(costs, survey), 20),
        Slip("the-other-reports", indicators.cost_per_report(costs, survey[~which]), 20),
        Slip("one-month", right / 12, 5),
        Slip("wrong-column", replacement / count, 20),
        Slip("both-columns", (fee + replacement) / count, 20),
        Slip("in-thousands", right / 1000, 0.05),
        Slip("how-many-reports", count, 0.2),
    )
    return right, 50, (*more, *slips)


# ---- what goes with satisfaction -----------------------------------------------------------------------------------


def _half_link() -> Task:
    return Task("half-satisfaction-link", _link(AMBER), 0.006, tuple(_link_slips(AMBER)))


def _satisfaction_link() -> Task:
    return Task("satisfaction-link", _link(RED), 0.006, tuple(_link_slips(RED)))


def _link(indicator: str) -> float:
    return indicators.satisfaction_link(place.csu_kpi(), place.user_survey(), indicator)


def _link_slips(indicator: str) -> Iterator[Slip]:
    kpi, survey, right = place.csu_kpi(), place.user_survey(), _link(indicator)
    values = kpi[kpi["indicator"] == indicator].set_index("month")["value"]
    liking = indicators.satisfaction_by_month(survey)
    used = (survey["used_in_decision"] == "Y").groupby(survey["month"]).mean()
    yield Slip("sign-turned", -right, 0.005)
    yield Slip("squared", right**2, 0.002)
    yield Slip("out-of-a-hundred", 100 * right, 0.5)
    yield Slip("covariance", float(values.cov(liking)), 0.01)
    yield Slip("slope-for-link", float(values.cov(liking) / values.var()), 0.0005)
    yield Slip("slope-for-link", float(values.cov(liking) / liking.var()), 0.01)
    yield Slip("decisions-for-satisfaction", float(values.corr(used)), 0.003)
    for other in {RED, AMBER, "K08", "K33"} - {indicator}:
        yield Slip("another-indicator", _link(other), 0.002)


def _chance() -> Task:
    rows = place.csu_kpi()
    count, months = int(rows["indicator"].nunique()), int(rows["month"].nunique())
    slips = (
        Slip("months-for-indicators", months / 20, 0.02),
        Slip("five-for-a-twentieth", 5 * count, 1),
        Slip("a-fifth", count / 5, 0.05),
        Slip("rows-for-indicators", len(rows) / 20, 0.1),
        Slip("green-ones-only", 31 / 20, 0.02),
        Slip("how-many-did", 2, 0.01),
        Slip("the-level", indicators.chance_level(months), 0.01),
        Slip("those-inside", count - count / 20, 0.1),
    )
    return Task("chance-links", indicators.expected_by_chance(count), 0.06, slips)


# ---- leaving -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Leaving:
    """What leaving costs and saves, in £ thousand."""

    one_off: float
    dip_a_month: float
    dip_months: int
    fee: float
    replacement: float

    @property
    def saving(self) -> float:
        return self.fee - self.replacement

    @property
    def months(self) -> float:
        dip = self.dip_a_month * self.dip_months
        return indicators.break_even(one_off=self.one_off, dip=dip, saving=self.saving)


NEIGHBOUR = Leaving(one_off=300, dip_a_month=30, dip_months=2, fee=75, replacement=55)
"""A neighbouring group, for the half-worked case. Invented."""


def _larkmere() -> Leaving:
    costs = place.csu_costs()
    one_off, dip = indicators.ONE_OFF / 1000, indicators.DIP_A_MONTH / 1000
    fee, replacement = (float(costs[column].mean()) / 1000 for column in ("fee", "replacement"))
    return Leaving(one_off, dip, indicators.DIP_MONTHS, fee, replacement)


def _half_leaving() -> Task:
    return Task("half-leaving-month", NEIGHBOUR.months, 0.06, tuple(_leaving_slips(NEIGHBOUR)))


def _leaving() -> Task:
    return Task("leaving-month", _larkmere().months, 0.06, tuple(_leaving_slips(_larkmere())))


def _leaving_slips(case: Leaving) -> Iterator[Slip]:
    dip, saving = case.dip_a_month * case.dip_months, case.saving
    spent = case.one_off + dip
    yield Slip("no-dip", case.one_off / saving, 0.05)
    yield Slip("one-month-of-dip", (case.one_off + case.dip_a_month) / saving, 0.05)
    yield Slip("dip-alone", dip / saving, 0.05)
    yield Slip("dip-taken-off", (case.one_off - dip) / saving, 0.05)
    yield Slip("months-added", spent / saving + case.dip_months, 0.05)
    yield Slip("in-years", spent / saving / 12, 0.02)
    yield Slip("whole-fee", spent / case.fee, 0.05)
    yield Slip("replacement-for-saving", spent / case.replacement, 0.05)
    yield Slip("upside-down", saving / spent, 0.001)
    yield Slip("units-mixed", spent / saving / 1000, 0.0005)
    yield Slip("units-mixed", 1000 * spent / saving, 1)


TASKS: dict[str, Callable[[], Task]] = {
    "half-indicator-share": cache(_half_share),
    "half-report-cost": cache(_half_cost),
    "half-satisfaction-link": cache(_half_link),
    "half-leaving-month": cache(_half_leaving),
    "usefulness-share": cache(_usefulness),
    "decision-cost": cache(_decision_cost),
    "satisfaction-link": cache(_satisfaction_link),
    "chance-links": cache(_chance),
    "leaving-month": cache(_leaving),
}
"""Every task of the exercise notebook, by name; each is worked out when it is first asked for."""

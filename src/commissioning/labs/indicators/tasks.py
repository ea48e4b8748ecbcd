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


def _months_met() -> Task:
    """Monthly figures of usefulness that met their target. All of that type are better the higher they are."""
    rows = place.csu_kpi()
    useful = rows[rows["type"] == "usefulness"]
    met = useful["value"] >= useful["target"]
    right, rated = 100 * float(met.mean()), indicators.ratings(useful)["rating"]
    reached = (rows["value"] >= rows["target"]).where(rows["better"] == "higher", rows["value"] <= rows["target"])
    slips = (
        Slip("share-of-one", right / 100, 0.003),
        Slip("months-counted", int(met.sum()), 0.01),
        Slip("months-missed", 100 - right, 0.3),
        Slip("colours-for-months", 100 * float((rated == "green").mean()), 0.5),
        Slip("months-of-all", 100 * float(reached.mean()), 0.3),
    )
    return Task("months-met", right, 0.6, slips)


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


def _hour_cost() -> Task:
    costs, survey = place.csu_costs(), place.user_survey()
    fee, minutes = float(costs["fee"].sum()), float(survey["minutes"].sum())
    right = 60 * fee / minutes
    slips = (
        Slip("minutes-for-hours", fee / minutes, 1),
        Slip("report-for-hour", fee / len(survey), 20),
        Slip("one-month", right / 12, 5),
        Slip("wrong-column", 60 * float(costs["replacement"].sum()) / minutes, 20),
        Slip("in-thousands", right / 1000, 0.05),
        Slip("how-many-hours", minutes / 60, 0.2),
    )
    return Task("hour-cost", right, 30, slips)


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


def _use_link() -> Task:
    """The red indicator against the share of reports that changed a decision, by month."""
    kpi, survey = place.csu_kpi(), place.user_survey()
    used = (survey["used_in_decision"] == "Y").astype(float).groupby(survey["month"]).mean()
    values = {name: rows.set_index("month")["value"] for name, rows in kpi.groupby("indicator")}
    red = values[RED]
    right = float(red.corr(used))
    slips = [
        Slip("sign-turned", -right, 0.005),
        Slip("squared", right**2, 0.002),
        Slip("out-of-a-hundred", 100 * right, 0.5),
        Slip("covariance", float(red.cov(used)), 0.01),
        Slip("satisfaction-for-use", _link(RED), 0.005),
        Slip("satisfaction-and-use", float(indicators.satisfaction_by_month(survey).corr(used)), 0.005),
    ]
    slips += [Slip("another-indicator", float(values[other].corr(used)), 0.002) for other in (AMBER, "K08", "K33")]
    return Task("use-link", right, 0.006, tuple(slips))


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
        Slip("once-for-twice", count / 20, 0.04),
        Slip("months-for-indicators", months / 20, 0.02),
        Slip("five-for-a-twentieth", 10 * count, 1),
        Slip("a-fifth", 2 * count / 5, 0.05),
        Slip("rows-for-indicators", 2 * len(rows) / 20, 0.1),
        Slip("green-ones-only", 2 * 31 / 20, 0.02),
        Slip("the-level", indicators.chance_level(months), 0.01),
        Slip("those-inside", 2 * (count - count / 20), 0.1),
    )
    return Task("chance-twice", indicators.expected_by_chance(2 * count), 0.06, slips)


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


WITHIN = 24
"""Months within which leaving is to have paid for itself, in the bare case."""


def _half_leaving() -> Task:
    return Task("half-leaving-month", NEIGHBOUR.months, 0.06, tuple(_leaving_slips(NEIGHBOUR)))


def _dearest_exit() -> Task:
    """The most that leaving may cost once, in £ thousand, if it is to pay within so many months."""
    costs = place.csu_costs()
    fee, replacement = (float(costs[column].mean()) / 1000 for column in ("fee", "replacement"))
    one, dip = indicators.DIP_A_MONTH / 1000, indicators.DIP_MONTHS * indicators.DIP_A_MONTH / 1000
    right = WITHIN * (fee - replacement) - dip
    slips = (
        Slip("no-dip", right + dip, 2),
        Slip("one-month-of-dip", right + dip - one, 2),
        Slip("dip-taken-off", right + 2 * dip, 2),
        Slip("whole-fee", WITHIN * fee - dip, 2),
        Slip("in-pounds", 1000 * right, 2000),
        Slip("dip-months-lost", (WITHIN - indicators.DIP_MONTHS) * (fee - replacement) - dip, 2),
    )
    return Task("dearest-exit", right, 1.5, slips)


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
    "months-met": cache(_months_met),
    "hour-cost": cache(_hour_cost),
    "use-link": cache(_use_link),
    "chance-twice": cache(_chance),
    "dearest-exit": cache(_dearest_exit),
}
"""Every task of the exercise notebook, by name; each is worked out when it is first asked for."""

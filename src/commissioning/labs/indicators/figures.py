"""The figures of the lab "Thirty green indicators", from the default seed. Its explorer needs no table."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd

from commissioning import place
from commissioning.labs import indicators
from commissioning.labs.shapes import Figure, Table

RED = "K31"


@cache
def figures() -> dict[str, Figure]:
    """Every figure of the lab, by id."""
    return _of_the_report() | _of_the_readers() | _of_the_links() | _of_leaving()


def _of_the_report() -> dict[str, Figure]:
    kpi = place.csu_kpi()
    rows = indicators.ratings(kpi)
    found: dict[str, Figure] = {
        "L10-indicators": Figure(len(rows), "indicators", 0, "Indicators in Meridian's report"),
        "L10-months": Figure(kpi["month"].nunique(), "months", 0, "Months of data, November 2012 to October 2013"),
        "L10-green-share": Figure(indicators.share_green(kpi), "%", 0, "Share of indicators that are green"),
    }
    for rating in indicators.RATINGS:
        count = int((rows["rating"] == rating).sum())
        found[f"L10-{rating}"] = Figure(count, "indicators", 0, f"Indicators rated {rating}, on the year's average")
    for kind in indicators.TYPES:
        of_kind = rows["type"] == kind
        found[f"L10-{kind}"] = Figure(int(of_kind.sum()), "indicators", 0, f"Indicators that measure {kind}")
        share = indicators.share_of_type(kpi, kind)
        found[f"L10-{kind}-share"] = Figure(share, "%", 0, f"Share of indicators that measure {kind}")
    return found | _of_delivery(rows)


def _of_delivery(rows: pd.DataFrame) -> dict[str, Figure]:
    delivery = rows[rows["type"] != "usefulness"]
    late = rows["type"].isin(["timeliness", "volume"])
    return {
        "L10-delivery": Figure(len(delivery), "indicators", 0, "Indicators of timeliness, volume or accuracy"),
        "L10-delivery-green": Figure(int((delivery["rating"] == "green").sum()), "indicators", 0, "Of these, green"),
        "L10-fast-or-many": Figure(int(late.sum()), "indicators", 0, "Indicators of timeliness or volume"),
        "L10-red-target": Figure(float(rows.set_index("indicator")["target"][RED]), "%", 0, "Target of the red one"),
        "L10-red-mean": Figure(float(rows.set_index("indicator")["mean"][RED]), "%", 0.3, "The red one, on average"),
    }


def _of_the_readers() -> dict[str, Figure]:
    survey, costs = place.user_survey(), place.csu_costs()
    changed = indicators.changed_a_decision(survey)
    unchanged = survey[survey["used_in_decision"] == "N"]
    comments = survey["comment_code"].value_counts()
    return {
        "L10-reports": Figure(len(survey), "reports", 0, "Reports in the year, each with its reader's answer"),
        "L10-changed": Figure(len(changed), "reports", 0, "Reports that changed a decision, as readers say"),
        "L10-changed-share": Figure(indicators.share_that_changed(survey), "%", 0, "Share of reports that did"),
        "L10-fees": Figure(float(costs["fee"].sum()), "£", 0, "Meridian's fees for reports in the year"),
        "L10-cost-report": Figure(indicators.cost_per_report(costs, survey), "£", 0, "Fees for each report"),
        "L10-cost-decision": Figure(
            indicators.cost_per_report(costs, changed), "£", 0, "Fees for each report that changed a decision"
        ),
        "L10-satisfaction": Figure(float(survey["satisfaction"].mean()), "out of 10", 0.3, "Mean satisfaction", 1),
        "L10-hours-unchanged": Figure(
            indicators.hours_reading(unchanged), "hours", 30, "Hours spent reading reports that changed no decision"
        ),
        "L10-other-question": Figure(
            int(comments["answers-another-question"]), "reports", 20, "Reports said to answer another question"
        ),
        "L10-late": Figure(int(comments["late"]), "reports", 6, "Reports said to be late"),
    }


def _of_the_links() -> dict[str, Figure]:
    kpi, survey = place.csu_kpi(), place.user_survey()
    rows = indicators.links(kpi, survey)
    red, lucky = rows.set_index("indicator")["correlation"][RED], rows[rows["indicator"] != RED].iloc[0]
    level = indicators.chance_level(kpi["month"].nunique())
    passing = int((rows["correlation"].abs() >= level).sum())
    expected = indicators.expected_by_chance(len(rows))
    return {
        "L10-red-link": Figure(float(red), "correlation", 0.2, "The red indicator and satisfaction, by month", 2),
        "L10-lucky-link": Figure(
            float(lucky["correlation"]), "correlation", 0.5, f"{lucky['name']}: the highest of the others, by luck", 2
        ),
        "L10-chance-level": Figure(level, "correlation", 0, "Passed by chance by one in twenty, over 12 months", 2),
        "L10-passing": Figure(passing, "indicators", 4, "Indicators that pass this level"),
        "L10-expected": Figure(expected, "indicators", 0, "Indicators that would pass it if none had a part in it", 2),
    }


def _of_leaving() -> dict[str, Figure]:
    costs = place.csu_costs()
    saving, dip = indicators.saving_a_month(costs), float(indicators.DIP_A_MONTH * indicators.DIP_MONTHS)
    months = indicators.break_even(one_off=indicators.ONE_OFF, dip=dip, saving=saving)
    without = indicators.break_even(one_off=indicators.ONE_OFF, dip=0, saving=saving)
    return {
        "L10-fee-month": Figure(float(costs["fee"].mean()), "£", 0, "Meridian's fee for reports, a month"),
        "L10-replacement": Figure(float(costs["replacement"].mean()), "£", 0, "The same work without it, a month"),
        "L10-saving": Figure(saving, "£", 0, "What leaving would save, a month"),
        "L10-one-off": Figure(indicators.ONE_OFF, "£", 0, "What leaving would cost once, assumed"),
        "L10-dip": Figure(dip, "£", 0, "What the months of dip would cost, assumed"),
        "L10-dip-month": Figure(indicators.DIP_A_MONTH, "£", 0, "What a month of dip would cost, assumed"),
        "L10-dip-months": Figure(indicators.DIP_MONTHS, "months", 0, "Months of dip, assumed"),
        "L10-break-even": Figure(months, "months", 0, "Months until leaving has paid for itself", 1),
        "L10-break-even-no-dip": Figure(without, "months", 0, "The same, if one forgets the dip"),
    }


TABLES: dict[str, Callable[[], Table]] = {}
"""None: break-even is (one-off + dip) / saving, which an explorer can work out from its inputs."""

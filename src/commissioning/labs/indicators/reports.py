"""What reports cost, and how many of them changed anything."""

from __future__ import annotations

import math

import pandas as pd


def changed_a_decision(survey: pd.DataFrame) -> pd.DataFrame:
    """The reports of which whoever asked for them says that they changed a decision."""
    return survey[survey["used_in_decision"] == "Y"]


def share_that_changed(survey: pd.DataFrame) -> float:
    """Reports that changed a decision as a percentage of all reports."""
    return 100 * len(changed_a_decision(survey)) / len(survey)


def cost_per_report(costs: pd.DataFrame, reports: pd.DataFrame) -> float:
    """A year's fees, in pounds, for each report in `reports`; infinite if there is none.

    Give it all reports and it is what a report costs; give it those that changed a decision and it is what such a
    report costs, with all the others that had to be paid for on the way.
    """
    return float(costs["fee"].sum()) / len(reports) if len(reports) else math.inf


def hours_reading(reports: pd.DataFrame) -> float:
    """Hours that readers spent on these reports."""
    return float(reports["minutes"].sum()) / 60

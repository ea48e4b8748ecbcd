"""A&E attendances where practices have extended hours and where not: crude, and with deprivation allowed for."""

from __future__ import annotations

import pandas as pd


def attendance_rates(table: pd.DataFrame, *, count: str = "attendances") -> pd.DataFrame:
    """Attendances for 1,000 people in a year, by deprivation fifth: a row for each, and the columns "N" and "Y"."""
    sums = table.groupby(["imd_quintile", "extended_hours"])[[count, "persons"]].sum()
    rates: pd.DataFrame = (1000 * sums[count] / sums["persons"]).unstack()
    return rates


def crude_ratio(table: pd.DataFrame, *, count: str = "attendances") -> float:
    """The rate at practices with extended hours over the rate at those without: 1.1 is a tenth more."""
    sums = table.groupby("extended_hours")[[count, "persons"]].sum()
    rates = sums[count] / sums["persons"]
    return float(rates["Y"] / rates["N"])


def fair_ratio(table: pd.DataFrame, *, count: str = "attendances") -> float:
    """The same ratio with deprivation allowed for: both groups' rates, fifth by fifth, given to all Larkmere's people.

    Direct standardisation: sum over fifths of people x rate with, over the sum of people x rate without. It compares
    like with like in deprivation, and in nothing else. (Rothman, Modern Epidemiology, on standardised rate ratios.)
    """
    rates = attendance_rates(table, count=count)
    people = table.groupby("imd_quintile")["persons"].sum()
    return float((rates["Y"] * people).sum() / (rates["N"] * people).sum())

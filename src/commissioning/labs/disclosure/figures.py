"""The figures of the lab "Strip the extract; check the invoices", from the default seed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd

from commissioning import place
from commissioning.labs import disclosure
from commissioning.labs.disclosure.cells import as_cells, small_cells
from commissioning.labs.disclosure.queries import QUERY_COST, SAME
from commissioning.labs.shapes import Figure, Table

WHOLE = ("born", "sex", "area")
"""The columns that the chapter's opening counts combinations of."""
NEEDS = {"lines": ("national", "dearer"), "code": ("twice", "no-record"), "yes-no": ("not-ours",)}
"""What each check has to know of a person: nothing, a code for them, or a yes or no about them."""
AGES = ("18 to 39", "40 to 64", "65 and over")
YEAR, OLD = 2013, 1927
"""The year of the extract, and the year of birth before which a person in it is old enough to have little company."""
CHEAP = 20
"""Pounds for a query, in the question what a cheaper one would do."""


@cache
def figures() -> dict[str, Figure]:
    """Every figure of the lab, by id."""
    return _of_people() | _of_the_small_table() | _of_checks() | _of_needs()


def _of_people() -> dict[str, Figure]:
    extract = place.extract()
    told = {grain: disclosure.born_by(extract, grain) for grain in disclosure.GRAINS}
    year, alone = told["year"], disclosure.alone
    made = {
        "L7-people": Figure(len(extract), "people", 0, "People in the extract"),
        "L7-areas": Figure(extract["area"].nunique(), "areas", 0, "Small areas in Larkmere"),
        "L7-in-an-area": Figure(len(extract) / extract["area"].nunique(), "people", 2, "People in an area, mean", -2),
        "L7-days": Figure(extract["born"].nunique(), "days", 500, "Days on which somebody in the extract was born", -3),
        "L7-no-area": Figure(alone(extract, ["born", "sex"]), "%", 0.4, "Alone by day of birth and sex", 1),
        "L7-no-sex": Figure(alone(extract, ["born", "area"]), "%", 0.3, "Alone by day of birth and area", 1),
        "L7-no-sex-month": Figure(alone(told["month"], ["born", "area"]), "%", 0.8, "Alone by month and area", 1),
        "L7-below-year": Figure(disclosure.below(year, WHOLE), "%", 0.5, "In groups under five by year, sex, area", 1),
        "L7-smallest-year": Figure(disclosure.smallest(year, WHOLE), "person", 0, "Smallest group by year, sex, area"),
    }
    for grain, table in told.items():
        mark = grain.replace(" ", "-")
        for name, where in (("", "area"), ("practice-", "practice_id")):
            share = alone(table, ["born", "sex", where])
            meaning = f"Alone by birth told by {grain}, sex and {where}"
            made[f"L7-{name}{mark}"] = Figure(share, "%", 1.2, meaning, 1)
    lone = alone(year, WHOLE)
    company = year.groupby(list(WHOLE), observed=True)["pid"].transform("size")
    old = 100 * (year.loc[company == 1, "born"].astype(int) < OLD).mean()
    return made | {
        "L7-year-old": Figure(old, "%", 6, f"Of those alone by year, sex and area, those born before {OLD}"),
        "L7-year-people": Figure(lone * len(extract) / 100, "people", 250, "Alone by year, sex and area", -2),
        "L7-day-people": Figure(alone(extract, WHOLE) * len(extract) / 100, "people", 600, "Alone by day", -2),
    }


@cache
def small_table() -> tuple[str, pd.DataFrame]:
    """The first area in which one count of people with a severe mental illness, by age and sex, is under five.

    With its name the counts, totals included: ages down, F and M across.
    """
    extract = place.extract()
    ill = extract[extract["severe_mental_illness"] == "Y"]
    ages = pd.cut(YEAR - pd.DatetimeIndex(ill["born"]).year, [17, 39, 64, 120], labels=list(AGES))
    ill = ill.assign(age=ages.astype(str), sex=ill["sex"].astype(str))
    for area, rows in ill.groupby("area", observed=True):
        counts = disclosure.counted(rows, "age", "sex")
        if counts.shape == (4, 3) and (counts > 0).all().all() and (counts < 5).to_numpy().sum() == 1:
            return str(area), counts
    raise LookupError("no area of this town has just one count under five: take another seed")


def _of_the_small_table() -> dict[str, Figure]:
    _, counts = small_table()
    cells = as_cells(counts)
    (least,) = small_cells(counts).values()
    made = {
        f"L7-table-{number}-{column.lower()}": Figure(
            cells[row, str(column)], "people", 60, f"With a severe mental illness in one area: {row}, {column}"
        )
        for number, row in enumerate([*AGES, disclosure.ALL], start=1)
        for column in counts.columns
    }
    return made | {"L7-table-hidden": Figure(least, "people", 4, "The one count under five")}


def _of_checks() -> dict[str, Figure]:
    bills = place.bills()
    table = disclosure.found(bills)
    made = {
        "L7-lines": Figure(len(bills), "lines", 60, "Lines billed from April to September 2013"),
        "L7-billed": Figure(float(bills["billed"].sum()), "£", 3e5, "What they come to", -5),
        "L7-query-cost": Figure(QUERY_COST, "£", 0, "A query, staff at both ends: assumed"),
        "L7-no-person": Figure(
            len(disclosure.repeated(bills, SAME[1:])), "lines", 250, "Lines that say date, hospital and item again"
        ),
        "L7-by-month": Figure(
            len(disclosure.repeated(disclosure.with_month(bills), ("pid", "month", "hospital", "item"))),
            "lines",
            200,
            "Lines that say code, month, hospital and item again",
        ),
    }
    parts = {"back": "recovered", "spent": "spent on queries", "left": "left over"}
    for name, row in table.to_dict("index").items():
        for part in ("picked", "owed", "in_order"):
            mark = f"L7-{name}-{part.replace('_', '-')}"
            made[mark] = Figure(row[part], "lines", 20, f"Lines that '{name}' picks: {part.replace('_', ' ')}")
        for part, said in parts.items():
            made[f"L7-{name}-{part}"] = Figure(row[part], "£", 30_000, f"Pounds {said} by '{name}'")
    return made | _of_all(table, disclosure.by_stake(bills))


def _of_all(table: pd.DataFrame, order: pd.DataFrame) -> dict[str, Figure]:
    sums = {str(name): float(total) for name, total in table.sum().items()}
    dearer = table.to_dict("index")["dearer"]
    cheap = dearer["back"] - CHEAP * dearer["picked"]
    return {
        "L7-picked": Figure(sums["picked"], "lines", 30, "Lines that the five checks pick"),
        "L7-owed": Figure(sums["owed"], "lines", 20, "Of them owed back"),
        "L7-in-order": Figure(sums["in_order"], "lines", 20, "Of them in order"),
        "L7-in-order-share": Figure(100 * sums["in_order"] / sums["picked"], "%", 2, "Picked in error"),
        "L7-back": Figure(sums["back"], "£", 50_000, "Pounds recovered by all five checks", -3),
        "L7-left": Figure(sums["left"], "£", 50_000, "Pounds left over by all five checks", -3),
        "L7-two-left": Figure(table["left"].nlargest(2).sum(), "£", 40_000, "Left over by the two that leave most"),
        "L7-enough-lines": Figure(
            disclosure.enough(order), "lines", 60, "Lines, largest stake first, that leave as much over as all"
        ),
        "L7-dearer-cheap": Figure(cheap, "£", 2_500, f"'dearer' at £{CHEAP} a query"),
    }


def _of_needs() -> dict[str, Figure]:
    back = {str(name): float(pounds) for name, pounds in disclosure.found(place.bills())["back"].items()}
    made: dict[str, Figure] = {}
    for need, checks in NEEDS.items():
        pounds = sum(back[check] for check in checks)
        made[f"L7-need-{need}"] = Figure(pounds, "£", 35_000, f"Recovered by checks that need the {need}", -3)
        made[f"L7-need-{need}-share"] = Figure(100 * pounds / sum(back.values()), "%", 12, f"Their share of it: {need}")
    return made


TABLES: dict[str, Callable[[], Table]] = {}
"""No explorer reads this lab."""

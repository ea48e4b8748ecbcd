"""The figures of the lab "Finding people at risk" and the table that its explorer reads, from the default seed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from commissioning import place
from commissioning.labs import risk
from commissioning.labs.shapes import Figure, Table
from commissioning.place.larkmere import MATRON_EFFECT, MEAN_RATE, SHAPE

ALIKE = 1.17
"""Design effect of drawing practices: the mean of 120 towns made in the same way (its standard error is 0.03)."""
LARGE, HALVED = -15.0, -50.0


@cache
def figures() -> dict[str, Figure]:
    """Every figure of the lab, by id."""
    return _without_a_matron() | _with_a_matron() | _of_children() | _of_older_people() | _on_the_list()


def _without_a_matron() -> dict[str, Figure]:
    """The town in which nobody was visited: what chapter 6 opens with."""
    town = place.persons(matron_effect=0.0)
    forwards, backwards = risk.before_after_fall(town), risk.backwards_fall(town)
    before, after = (risk.share_of_admissions(town, year) for year in ("adm_y1", "adm_y2"))
    any_admission = 100 * float((town["adm_y1"] > 0).mean())
    each = "emergency admissions per person per year"
    group = "people with two or more emergency admissions in year 1"
    return {
        "L6-population": Figure(len(town), "people", 0, "People registered in Larkmere"),
        "L6-people": Figure(forwards.people, "people", 200, f"Number of {group}"),
        "L6-before": Figure(forwards.before, each, 0.05, f"Year 1, {group}", 2),
        "L6-after": Figure(forwards.after, each, 0.06, "Year 2, the same people, with no matron", 2),
        "L6-fall": Figure(forwards.fall, "%", 3, f"Fall from year 1 to year 2 among {group}, with no matron"),
        "L6-share-before": Figure(before, "%", 2, f"Share of all year-1 emergency admissions of {group}"),
        "L6-share-after": Figure(after, "%", 1.5, "Share of all year-2 emergency admissions of the same people"),
        "L6-any": Figure(any_admission, "%", 0.3, "Share of all people with any emergency admission in year 1", 1),
        "L6-slope": Figure(
            risk.slope(town), "admissions in year 2 per admission in year 1", 0.03, "Slope of year 2 on year 1", 2
        ),
        "L6-slope-theory": Figure(
            MEAN_RATE / (SHAPE + MEAN_RATE), "", 0, "The slope that theory gives: 0.10 / (0.25 + 0.10)", 3
        ),
        "L6-back-people": Figure(backwards.people, "people", 200, "People with two or more admissions in year 2"),
        "L6-back-before": Figure(backwards.after, each, 0.06, "Year 1 of people with two or more in year 2", 2),
        "L6-back-after": Figure(backwards.before, each, 0.05, "Year 2 of people with two or more in year 2", 2),
    }


def _with_a_matron() -> dict[str, Figure]:
    """The lab's town, in which a matron was offered at practices drawn by lot."""
    town = place.persons()
    at_practice = risk.at_practices_with_matron(town)
    with_matron, without = (risk.before_after_fall(town[rows]) for rows in (at_practice, ~at_practice))
    fair = risk.difference_between_practices(town)
    spread = risk.dispersion(town.loc[~at_practice & (town["adm_y1"] >= 2), "adm_y2"])
    of_draws = "20 other draws of the lot, in the same town and with 5% planted"
    others = risk.other_draws(place.persons(matron_effect=0.0), effect=100 * MATRON_EFFECT)
    needed = risk.sample_size(without.after, 100 * MATRON_EFFECT, dispersion=spread)
    each = "emergency admissions per person per year"
    meaning = "Year-2 admissions at practices with a matron against those without, people with two or more in year 1"
    return {
        "L6-with-people": Figure(with_matron.people, "people", 400, "People offered a matron"),
        "L6-with-before": Figure(with_matron.before, each, 0.1, "Year 1, people offered a matron", 2),
        "L6-with-after": Figure(with_matron.after, each, 0.1, "Year 2, people offered a matron", 2),
        "L6-with-fall": Figure(with_matron.fall, "%", 3, "Before-after fall at practices with a matron"),
        "L6-without-people": Figure(without.people, "people", 400, "People like them at practices without a matron"),
        "L6-without-before": Figure(without.before, each, 0.1, "Year 1, the same at practices without a matron", 2),
        "L6-without-after": Figure(without.after, each, 0.1, "Year 2, the same at practices without a matron", 2),
        "L6-without-fall": Figure(without.fall, "%", 3, "Before-after fall at practices without a matron"),
        "L6-lab-slope": Figure(
            risk.slope(town), "admissions in year 2 per admission in year 1", 0.03, "Slope, all of the lab's people", 2
        ),
        "L6-fair-effect": Figure(fair.estimate, "%", 10, meaning),
        "L6-fair-low": Figure(fair.low, "%", 10, f"{meaning}: lower end of the 95% interval"),
        "L6-fair-high": Figure(fair.high, "%", 10, f"{meaning}: upper end of the 95% interval"),
        "L6-fair-people": Figure(fair.people, "people", 200, "People in the comparison between practices"),
        "L6-fair-practices": Figure(fair.practices, "practices", 0, "Practices in the comparison"),
        "L6-other-draws": Figure(len(others), "draws", 0, "Other draws of the lot in the same town, numbers 1 to 20"),
        "L6-other-draws-low": Figure(others[0], "%", 10, f"The lowest estimate in {of_draws}"),
        "L6-other-draws-high": Figure(others[-1], "%", 10, f"The highest estimate in {of_draws}"),
        "L6-true-effect": Figure(100 * MATRON_EFFECT, "%", 0, "What the matron truly does, as we planted it"),
        "L6-dispersion": Figure(spread, "", 0.2, "Negative binomial dispersion of year 2, practices without", 2),
        "L6-needed": Figure(needed, "people in each arm", 1500, "Sample size for 80% power to find 5% fewer"),
        "L6-needed-alike": Figure(
            risk.sample_size(without.after, 100 * MATRON_EFFECT, dispersion=spread, design_effect=ALIKE),
            "people in each arm",
            1700,
            "The same when practices are drawn, and likeness within a practice adds 17%",
        ),
        "L6-needed-large": Figure(
            risk.sample_size(without.after, LARGE, dispersion=spread, design_effect=ALIKE),
            "people in each arm",
            250,
            "Sample size for 80% power to find 15% fewer when practices are drawn and likeness adds 17%",
        ),
        "L6-one-matron": Figure(
            100 * _power_of_one_matron(without.after, spread, fair.people / fair.practices),
            "%",
            6,
            "Chance that six practices drawn by lot against six, eight people named at each, show a halving",
        ),
    }


NAMED, PRACTICES = 8, 6
"""Chapter 6's trial of one matron: people named beforehand at each practice, and practices in each of the two arms."""


def _power_of_one_matron(rate: float, spread: float, per_practice: float) -> float:
    """The chance of showing a halving when practices are drawn and only the people named beforehand are counted."""
    likeness = (ALIKE - 1) / (per_practice - 1)
    return risk.power(
        rate,
        HALVED,
        offered=NAMED * PRACTICES,
        others=NAMED * PRACTICES,
        dispersion=spread,
        practices=2 * PRACTICES,
        design_effect=1 + (NAMED - 1) * likeness,
    )


def _of_children() -> dict[str, Figure]:
    """Children with the same bad year, at practices without a matron. No community matron visits a child."""
    town = place.persons()
    children = town[~risk.at_practices_with_matron(town) & (town["age_band"] == "0 to 17")]
    change = risk.before_after_fall(children)
    each, who = "emergency admissions per person per year", "children with two or more in year 1, no matron"
    return {
        "L6-children-people": Figure(change.people, "people", 40, f"Number of {who}"),
        "L6-children-before": Figure(change.before, each, 0.2, f"Year 1, {who}", 2),
        "L6-children-after": Figure(change.after, each, 0.2, f"Year 2, {who}", 2),
        "L6-children-fall": Figure(change.fall, "%", 10, f"Fall from year 1 to year 2, {who}"),
    }


OLDER = ("65 to 74", "75 to 84", "85 and over")
FOUND = -10.0


def _of_older_people() -> dict[str, Figure]:
    """The bare case: what is printed for a pencil, and then its folded answers."""
    town = place.persons()
    older = town[town["age_band"].isin(OLDER)]
    at_practice = risk.at_practices_with_matron(town)[older.index]
    made = {}
    for name, rows in (("with", older[at_practice]), ("without", older[~at_practice])):
        two = rows[rows["adm_y1"] >= 2]
        who = f"of 65 and over with two or more in year 1, {name} a matron"
        made[f"L6-older-{name}-people"] = Figure(len(two), "people", 120, f"People {who}")
        for when, year in (("before", "adm_y1"), ("after", "adm_y2")):
            meaning = f"Emergency admissions in {'year 1' if when == 'before' else 'year 2'}, people {who}"
            made[f"L6-older-{name}-{when}"] = Figure(two[year].sum(), "admissions", 300, meaning)
    without = older[~at_practice]
    chosen = without.loc[without["adm_y1"] >= 2, "adm_y2"]
    fair = risk.difference_between_practices(older)
    needed = risk.sample_size(chosen.mean(), FOUND, dispersion=risk.dispersion(chosen))
    of_all = "everybody of 65 and over at practices without a matron"
    return made | {
        "L6-older-together": Figure(
            float(without["adm_y1"].cov(without["adm_y2"])), "", 0.02, f"Covariance of the two years, {of_all}", 4
        ),
        "L6-older-spread": Figure(float(without["adm_y1"].var()), "", 0.03, f"Variance of year 1, {of_all}", 4),
        "L6-older-slope": Figure(risk.slope(without), "", 0.06, f"Slope of year 2 on year 1, {of_all}", 2),
        "L6-older-fall": Figure(risk.before_after_fall(without).fall, "%", 6, f"Fall, two or more in year 1, {of_all}"),
        "L6-older-effect": Figure(fair.estimate, "%", 20, "Year-2 admissions, 65 and over, with a matron and without"),
        "L6-older-low": Figure(fair.low, "%", 20, "The same: lower end of the 95% interval"),
        "L6-older-high": Figure(fair.high, "%", 20, "The same: upper end of the 95% interval"),
        "L6-older-needed": Figure(needed, "people in each group", 900, "To find 10% fewer, people of 65 and over"),
    }


COST_OF_ONE = 12.5e9 / 5.3e6
"""Pounds for an emergency admission, on average: England, 2012/13 (facts F060 and F061)."""


def _on_the_list() -> dict[str, Figure]:
    """What a list by risk score holds, in the town without a matron. Sorted once, with only the columns it needs."""
    town = place.persons(matron_effect=0.0)[["risk_score", "adm_y2"]]
    town = town.sort_values("risk_score", ascending=False, kind="stable", ignore_index=True)
    rows: dict[str, Figure] = {}
    for share, called in ((0.5, "half"), (5, "5"), (20, "20")):
        top, name = risk.reach(town, share), f"L6-top-{called}"
        of_list = f"riskiest {share:g}% of the list"
        rows |= {
            f"{name}-people": Figure(top.people, "people", 0, f"People in the {of_list}"),
            f"{name}-reach": Figure(top.share_of_admissions, "%", 2, f"Share of year-2 admissions of the {of_list}"),
            f"{name}-ppv": Figure(
                risk.positive_predictive_value(town, share), "%", 3, f"Share admitted in year 2 of the {of_list}"
            ),
            f"{name}-sensitivity": Figure(
                risk.sensitivity(town, share), "%", 2, f"Of people admitted in year 2, share in the {of_list}"
            ),
            f"{name}-cost": Figure(
                risk.cost_per_avoided_admission(town, share, effect=5),
                "£",
                5_000,
                f"Cost per admission avoided if matrons avert 5% in the {of_list}; caseload and cost are assumed",
                -3,
            ),
        }
    all_averted = risk.cost_per_avoided_admission(town, 0.5, effect=100)
    return rows | {
        "L6-break-even": Figure(
            100 * all_averted / COST_OF_ONE,
            "%",
            6,
            "Admissions that matrons would have to avert in the riskiest 0.5% of the list to save what they cost",
        )
    }


@cache
def _risk_reach() -> Table:
    """By share of the list (0.5 to 20%), with no matron.

    Columns: people; their year-2 admissions; how many were admitted; reach, which is the admissions as a percentage of
    everybody's.
    """
    shares = [half / 2 for half in range(1, 41)]
    table = risk.reach_by_share(place.persons(matron_effect=0.0), shares)
    table["reach"] = table["share_of_admissions"].round(2)
    columns = ("people", "admissions", "admitted", "reach")
    return {"over": shares, "columns": {name: table[name].tolist() for name in columns}}


TABLES: dict[str, Callable[[], Table]] = {"risk-reach": _risk_reach}

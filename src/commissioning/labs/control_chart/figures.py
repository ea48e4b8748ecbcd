"""The figures of the lab "Ask for the weeks", from the default seed. It offers no table to explorers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd

from commissioning import place
from commissioning.labs.control_chart.averages import between, change
from commissioning.labs.control_chart.limits import TOWN_BASE, limits, one_rule, signals
from commissioning.labs.control_chart.starts import MONTH, How, falls
from commissioning.labs.shapes import Figure, Table
from commissioning.place.weekly import EFFECT_FROM, HEAT_WEEK, RULE_FROM, TEAM_FROM, TOWN_LEVEL, TOWN_START, WEEKS

BASE = (1, 30)
"""The weeks settled on, before any was drawn, for the limits as reported: the towns' 30, over before the plan."""
UNTIL = (1, TEAM_FROM - 1)
"""The weeks before the team began."""
SINCE = (TEAM_FROM, WEEKS)
SETTLED = (EFFECT_FROM, WEEKS)


@cache
def weeks() -> pd.DataFrame:
    """The General's weeks, with `counted` on one rule throughout."""
    return one_rule(place.weekly_attendances())


@cache
def figures() -> dict[str, Figure]:
    """Every figure of the lab, by id."""
    return _of_the_report() | _of_one_rule() | _of_the_towns() | _of_the_starts()


def _of_the_report() -> dict[str, Figure]:
    rows = weeks()
    known, found = limits(between(rows, "reported", BASE)), signals(rows, "reported", BASE)
    late = signals(rows, "reported", UNTIL)
    before, since = between(rows, "reported", UNTIL).mean(), between(rows, "reported", SINCE).mean()
    said = "of weeks 1 to 30, as reported"
    return {
        "L11-before": Figure(before, "attendances", 6, "Average of weeks 1 to 59, as reported"),
        "L11-base-mean": Figure(known.mean, "attendances", 6, f"Average {said}"),
        "L11-since": Figure(since, "attendances", 8, "Average of weeks 60 to 104, as reported"),
        "L11-claimed": Figure(100 * (1 - since / before), "%", 3, "The fall between the two"),
        "L11-moving-range": Figure(known.moving_range, "attendances", 9, f"Average moving range {said}", 1),
        "L11-low": Figure(known.low, "attendances", 20, f"Lower limit {said}"),
        "L11-high": Figure(known.high, "attendances", 20, f"Upper limit {said}"),
        "L11-first": Figure(int(found["week"].iloc[0]), "week", 9, "First week that signals, as reported"),
        "L11-first-run": Figure(
            int(found.loc[found["kind"] == "run", "week"].iloc[0]), "week", 9, "First week of a run signal, as reported"
        ),
        "L11-late-first": Figure(int(late["week"].iloc[0]), "week", 9, "First signal by the limits of weeks 1 to 59"),
    }


def _of_one_rule() -> dict[str, Figure]:
    rows = weeks()
    known, found = limits(between(rows, "counted", UNTIL)), signals(rows, "counted", UNTIL)
    runs = found[found["kind"] == "run"]
    fall, least, most = change(between(rows, "counted", UNTIL), between(rows, "counted", SETTLED, [HEAT_WEEK]))
    moved = 100 * rows["moved_out"].sum() / rows.loc[rows["week"] >= RULE_FROM, "counted"].sum()
    return {
        "L11-one-mean": Figure(known.mean, "attendances", 6, "Average of weeks 1 to 59, on one rule"),
        "L11-one-moving-range": Figure(known.moving_range, "attendances", 9, "The same weeks' average moving range", 1),
        "L11-one-low": Figure(known.low, "attendances", 20, "Lower limit of weeks 1 to 59, on one rule"),
        "L11-one-high": Figure(known.high, "attendances", 20, "Upper limit of weeks 1 to 59, on one rule"),
        "L11-moved": Figure(moved, "%", 1, "Share of attendances by appointment, from week 52"),
        "L11-one-run": Figure(int(runs["week"].iloc[0]), "week", 30, "First week of a run signal, on one rule"),
        "L11-effect": Figure(-fall, "%", 2, "Fall on one rule, weeks 66 to 104 without week 68", 1),
        "L11-effect-most": Figure(-least, "%", 2.5, "The further end of its interval", 1),
        "L11-effect-least": Figure(-most, "%", 2.5, "The nearer end of its interval", 1),
        "L11-heat": Figure(int(rows.loc[rows["week"] == HEAT_WEEK, "counted"].iloc[0]), "attendances", 60, "Week 68"),
    }


def _of_the_towns() -> dict[str, Figure]:
    table, made = place.town_attendances(), {}
    for town in TOWN_LEVEL:
        rows = table[table["town"] == town]
        known = limits(between(rows, "attendances", TOWN_BASE))
        found = signals(rows, "attendances", TOWN_BASE)
        mark = "L11-" + town.lower().replace(" ", "-")
        made[f"{mark}-signals"] = Figure(len(found), "signals", 25, f"Signals in {town} after week 30")
        made[f"{mark}-low"] = Figure(known.low, "attendances", 20, f"Lower limit, {town}")
        made[f"{mark}-high"] = Figure(known.high, "attendances", 20, f"Upper limit, {town}")
        if len(found):
            made[f"{mark}-first"] = Figure(int(found["week"].iloc[0]), "week", 12, f"First signal in {town}")
    south = table[table["town"] == "South Vale"]
    month = between(south, "attendances", (TOWN_START - MONTH, TOWN_START - 1))
    after = between(south, "attendances", (TOWN_START, TOWN_START + MONTH - 1))
    made["L11-south-vale-fall"] = Figure(
        -change(month, after)[0], "%", 6, "South Vale, four weeks after on four before"
    )
    return made


def _of_the_starts() -> dict[str, Figure]:
    ways: dict[How, str] = {
        "after-the-worst": "Average fall, four weeks on four, after the worst four weeks",
        "by-lot": "Average fall, four weeks on four, from a week drawn by lot",
        "after-a-lasting-rise": "Average fall, four weeks on four, after a rise that stays",
    }
    return {f"L11-{how}": Figure(-float(falls(how).mean()), "%", 0.5, said) for how, said in ways.items()}


TABLES: dict[str, Callable[[], Table]] = {}
"""No explorer reads this lab."""

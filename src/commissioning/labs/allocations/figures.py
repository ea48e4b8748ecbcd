"""The figures of the lab "The hole in the allocation", from the default seed. It offers no table to explorers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd

from commissioning import place
from commissioning.labs import allocations
from commissioning.labs.shapes import Figure, Table

ALONE = ("general",)
TOTAL_M = 1_200.0
"""£ million that the five groups share."""
CLEANED = 10_000
"""Names taken off Larkmere's lists."""
PRACTICE, HOSPITAL = "General practice", "Hospital"


@cache
def wrong(group: str) -> tuple[str, ...]:
    """The ids of the lines that were planted as not matching."""
    rows = allocations.of_group(place.allocation_lines(truth=True), group)
    return tuple(rows.loc[rows["wrong"], "line"])


@cache
def figures() -> dict[str, Figure]:
    """Every figure of the lab, by id."""
    lines = {f"L8-{name}": figure for name, figure in _of_the_lines("Larkmere").items()}
    bare = {f"L8-bare-{name}": figure for name, figure in _of_the_lines("North Vale").items()}
    return lines | bare | _of_the_years() | _of_the_formula()


def _of_the_lines(group: str) -> dict[str, Figure]:
    lines = allocations.of_group(place.allocation_lines(), group)
    out = allocations.unmatched(lines)
    over, under = out[out["gap_k"] > 0], out[out["gap_k"] < 0]
    twice = over[over["note"].str.startswith("Same")]
    pounds = {
        "taken": (lines["deducted_k"].sum(), "Taken from the allocation"),
        "general": (lines["general_k"].sum(), "By how much the General's contract fell"),
        "elsewhere": (lines["elsewhere_k"].sum(), "By how much other contracts fell"),
        "moved": (lines[["general_k", "elsewhere_k"]].to_numpy().sum(), "By how much all contracts fell"),
        "hole-alone": (allocations.hole(lines, ALONE), "Taken, less the fall of the General's contract"),
        "hole": (allocations.hole(lines), "Taken, less the fall of all contracts"),
        "over": (over["gap_k"].sum(), "Taken too much, over the lines where it was too much"),
        "under": (-under["gap_k"].sum(), "Taken too little, over the lines where it was too little"),
        "twice": (twice["gap_k"].sum(), "Taken twice for the same patients"),
        "not-moved": (over["gap_k"].sum() - twice["gap_k"].sum(), "Taken for work that did not move"),
    }
    pounds["owed"] = (-allocations.hole(lines), "By how much less was taken than moved")
    made = {name: Figure(1000.0 * value, "£", 0, f"{said}, {group}", -4) for name, (value, said) in pounds.items()}
    millions = ("over", "under", "hole")
    made |= {
        f"{name}-m": Figure(pounds[name][0] / 1000, "£m", 0, f"{pounds[name][1]}, {group}", 2) for name in millions
    }
    counts = {
        "lines": (len(lines), "Lines of the deduction", 0),
        "unmatched": (len(out), "Lines that are out by more than £10,000", 0),
        "over-lines": (len(over), "Of those, lines where too much was taken", 0),
        "under-lines": (len(under), "Of those, lines where too little was taken", 0),
        "twice-lines": (len(twice), "Lines taken twice for the same patients", 0),
        "unmatched-alone": (len(allocations.unmatched(lines, ALONE)), "Lines out beside the General's contract", 6),
        "nothing-alone": ((lines["general_k"] == 0).sum(), "Lines for which the General's contract did not fall", 0),
    }
    return made | {
        name: Figure(int(number), "lines", within, f"{said}, {group}")
        for name, (number, said, within) in counts.items()
    }


def _of_the_years() -> dict[str, Figure]:
    series = place.spend_series()
    practice = allocations.of_sector(series, PRACTICE)
    hospital = allocations.of_sector(series, HOSPITAL)
    totals = series.groupby("year")["cash_m"].sum()
    first, last = practice.iloc[0], practice.iloc[-1]
    made = {
        "L8-cash-first": Figure(1e6 * first["cash_m"], "£", 1e5, "General practice, cash, 2003/04", -5),
        "L8-cash-last": Figure(1e6 * last["cash_m"], "£", 1e5, "General practice, cash, 2012/13", -5),
        "L8-real-first": Figure(1e6 * first["real_m"], "£", 1e5, "General practice, 2003/04, in money of 2012/13", -5),
        "L8-total-first": Figure(1e6 * totals.iloc[0], "£", 1e5, "All of Larkmere's money, 2003/04", -6),
        "L8-total-last": Figure(1e6 * totals.iloc[-1], "£", 1e5, "All of Larkmere's money, 2012/13", -5),
        "L8-total-first-m": Figure(totals.iloc[0], "£m", 0.1, "All of Larkmere's money, 2003/04", 1),
        "L8-total-last-m": Figure(totals.iloc[-1], "£m", 0.1, "All of Larkmere's money, 2012/13", 1),
        "L8-share-first": Figure(first["share_pct"], "%", 0.1, "General practice's share, 2003/04", 1),
        "L8-share-last": Figure(last["share_pct"], "%", 0.1, "General practice's share, 2012/13", 1),
        "L8-hospital-share-first": Figure(hospital["share_pct"].iloc[0], "%", 0.1, "The hospital's share, 2003/04", 1),
        "L8-hospital-share-last": Figure(hospital["share_pct"].iloc[-1], "%", 0.1, "The hospital's share, 2012/13", 1),
        "L8-at-first-share": Figure(
            1e4 * first["share_pct"] * totals.iloc[-1], "£", 1e5, "2012/13 at the share of 2003/04", -5
        ),
        "L8-lost-share": Figure(
            1e4 * (first["share_pct"] - last["share_pct"]) * totals.iloc[-1],
            "£", 1e5, "What the fall of the share comes to in 2012/13", -5,
        ),
    }  # fmt: skip
    for way in ("cash", "real", "share"):
        value = allocations.change(series, PRACTICE, way)
        meaning = f"Change of general practice's {way}, 2003/04 to 2012/13"
        made[f"L8-{way}-change"] = Figure(value, "%", 0.2, meaning, 1 if way == "real" else 0)
    fall = -allocations.change(series, PRACTICE, "real")
    made["L8-real-fall"] = Figure(fall, "%", 0.2, "Fall of general practice's money, prices allowed for", 1)
    prices = series["deflator"].iloc[-1] / series["deflator"].iloc[0]
    made["L8-prices"] = Figure(100 * (prices - 1), "%", 0.1, "Rise of prices, 2003/04 to 2012/13", 1)
    made["L8-prices-index"] = Figure(100 * prices, "index", 0.1, "Prices in 2012/13, where 2003/04 is 100", 1)
    for mark, sector in (("half", "Prescribing"), ("bare", "Community and mental health")):
        made |= _of_another(series, mark, sector)
    return made


def _of_another(series: pd.DataFrame, mark: str, sector: str) -> dict[str, Figure]:
    """What the notebook and the bare case ask of a second sector and a third."""
    table = allocations.of_sector(series, sector)
    ends = {"first": table.iloc[0], "last": table.iloc[-1]}
    made = {}
    for name, row in ends.items():
        said = f"{sector}, {row['year']}"
        made[f"L8-{mark}-cash-{name}"] = Figure(1e6 * row["cash_m"], "£", 1e5, f"{said}, cash", -5)
        made[f"L8-{mark}-cash-{name}-m"] = Figure(row["cash_m"], "£m", 0.1, f"{said}, cash", 1)
        made[f"L8-{mark}-share-{name}"] = Figure(row["share_pct"], "%", 0.1, f"{said}, share", 1)
    for way in ("cash", "real", "share"):
        value = allocations.change(series, sector, way)
        made[f"L8-{mark}-{way}-change"] = Figure(value, "%", 0.2, f"Change of {sector.lower()}, {way}", 1)
    return made


def _of_the_formula() -> dict[str, Figure]:
    groups = place.fair_shares()
    ways: dict[str, tuple[str, ...]] = {"heads": (), "age": ("age",), "both": ("age", "need")}
    by = {name: allocations.shared_out(groups, TOTAL_M, weights) for name, weights in ways.items()}
    cleaned = allocations.shared_out(_cleaned(groups, {"Larkmere"}), TOTAL_M)
    made = {
        f"L8-{group.lower().replace(' ', '-')}-{name}": Figure(
            1e6 * money[group], "£", 0, f"{group}'s share by {'heads' if name == 'heads' else name}", -5
        )
        for name, money in by.items()
        for group in money.index
    }
    target, actual = by["both"]["Larkmere"], 299.5
    return made | {
        "L8-shared": Figure(1e6 * TOTAL_M, "£", 0, "What the five groups share", -6),
        "L8-target": Figure(1e6 * target, "£", 0, "Larkmere's target by the formula", -5),
        "L8-under-target": Figure(1e6 * (target - actual), "£", 0, "Target less what Larkmere was given", -5),
        "L8-under-target-percent": Figure(100 * (1 - actual / target), "%", 0, "The same, of the target", 1),
        "L8-cleaned-loss": Figure(1e6 * (target - cleaned["Larkmere"]), "£", 0, "What 10,000 fewer names cost", -5),
        "L8-eastbank-swing": Figure(
            1e6 * (by["both"]["Eastbank"] - by["age"]["Eastbank"]), "£", 0, "What the index of need gives Eastbank", -5
        ),
        "L8-need-swing": Figure(1e6 * (target - by["age"]["Larkmere"]), "£", 0, "What the index of need gives", -5),
    }


def _cleaned(groups: pd.DataFrame, names: set[str]) -> pd.DataFrame:
    """The groups with `CLEANED` names in 250,000 taken off the lists of these."""
    share = CLEANED / int(groups.loc[groups["group"] == "Larkmere", "listed"].iloc[0])
    kept = groups["listed"] * (1 - share)
    return groups.assign(listed=groups["listed"].where(~groups["group"].isin(names), kept))


TABLES: dict[str, Callable[[], Table]] = {}
"""No explorer reads this lab."""

"""The figures of the lab "Your run against six thousand", and the table that an explorer may read.

Money stands in millions of pounds, as positions: below 0 is short. Means are over seeds 1 to 200, none of them chosen;
single games have seed 2013, as a class that plays one deck would.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd

from commissioning.game.play import LENSES, changed, play, runs, strategies
from commissioning.labs.hundred_days.money import SEEDS, lead, money_by_strategy
from commissioning.labs.hundred_days.places import NAMES, place, places, six_thousand
from commissioning.labs.hundred_days.tariff import by_payment_with, money_with
from commissioning.labs.shapes import Figure, Table

SEED = 2013
MILLION = "£ million"
CAREFUL: dict[str, Any] = {
    "governance": "workshop",
    "buying": "mixed",
    "request": "minimal",
    "deficit": "own",
    "model": "all-clinicians",
    "invest": "nothing",
    "route": "negotiate",
    "payment": "blended",
    "quality": "jointly",
    "rescue": "panel",
    "stance": "diplomacy",
    "attention": dict.fromkeys(("engagement", "improvement", "data", "clinicians", "public", "oversight"), 1),
}
"""A policy of moderate choices, with one point of attention on each of six things in every turn."""
STEPS = [float(step) for step in range(9)]
"""The dial, in thousandths of a point of activity for each point of redesign and turn: 0 to 8; central is 4."""


@cache
def figures() -> dict[str, Figure]:
    """Every figure of the lab, by id."""
    made = _counts()
    for name in strategies():
        made |= _money(name) | _lenses(name) | _one_game(name)
    return made | _leads() | _reference() | _all_round() | _tariff()


@cache
def _table(dials: str, payment: str | None = None) -> pd.DataFrame:
    return money_by_strategy(dials, **({"payment": payment} if payment else {}))


def _counts() -> dict[str, Figure]:
    return {
        "L14-runs": Figure(len(six_thousand()), "runs", 0, "Runs by policies drawn at random"),
        "L14-lenses": Figure(len(LENSES), "lenses", 0, "Lenses, which are never added up"),
        "L14-games-each": Figure(SEEDS, "games", 0, "Games of each named strategy"),
        "L14-strategies": Figure(len(strategies()), "strategies", 0, "Named strategies"),
    }


def _money(name: str) -> dict[str, Figure]:
    mark, made = f"L14-{name.lower()}", {}
    for dials, setting in (("central", ""), ("sceptical", "-sceptical"), ("optimistic", "-optimistic")):
        row, at = _table(dials).loc[name], f"{name}, mean over {SEEDS} games, {dials} dial"
        made[f"{mark}-day-365{setting}"] = Figure(
            _of(row, "day_365") / 1000, MILLION, 0.3, f"Position on day 365: {at}", 1
        )
        made[f"{mark}-rank-365{setting}"] = Figure(_of(row, "rank_365"), "", 1, f"Rank on that money, of six: {at}")
    row = _table("central").loc[name]
    same = _table("central", "blended").loc[name]
    return made | {
        f"{mark}-day-100": Figure(
            _of(row, "day_100") / 1000, MILLION, 0.3, f"Position on day 100: {name}, mean over {SEEDS} games", 1
        ),
        f"{mark}-rank-100": Figure(_of(row, "rank_100"), "", 1, f"Rank on money on day 100, of six: {name}"),
        f"{mark}-day-365-blended": Figure(
            _of(same, "day_365") / 1000, MILLION, 0.3, f"Position on day 365 if all six had blended payment: {name}", 1
        ),
        f"{mark}-rank-365-blended": Figure(
            _of(same, "rank_365"), "", 1, f"Rank on day 365 if all six had blended payment: {name}"
        ),
    }


def _lenses(name: str) -> dict[str, Figure]:
    ends = runs(SEEDS, strategy=name)
    return {
        f"L14-{name.lower()}-{_slug(lens)}": Figure(
            float(ends[lens].mean()), "", 1.5, f"{NAMES[lens]}, 0 to 100: {name}, mean over {SEEDS} games"
        )
        for lens in LENSES
    }


def _one_game(name: str) -> dict[str, Figure]:
    """One game of each, and its place among the six thousand."""
    run = play(name, seed=SEED)
    table, letter = places(run), float(run["day_365"].iloc[-1])
    mark, at = f"L14-{name.lower()}-place", f"{name}, seed {SEED}"
    made = {
        f"{mark}-{_slug(str(lens))}": Figure(
            _of(row, "place"), "%", 10, f"Runs of the 6,000 at or below it on the lens {NAMES[str(lens)]}: {at}"
        )
        for lens, row in table.iterrows()
    }
    return made | {
        f"{mark}-365": Figure(
            place(six_thousand()["day_365"], letter), "%", 10, f"Runs of the 6,000 at or below it on day 365: {at}"
        )
    }


def _leads() -> dict[str, Figure]:
    blended = changed("Bookkeeper", payment="blended")
    pairs = {
        "lead-100": (lead("Builder", "Bookkeeper", on="position"), "on day 100"),
        "lead-365": (lead("Builder", "Bookkeeper"), "on day 365"),
        "lead-sceptical": (
            lead("Builder", "Bookkeeper", dials="sceptical"),
            "on day 365, where redesign lowers no activity",
        ),
        "lead-same-payment": (lead("Builder", blended), "on day 365, if the Bookkeeper too had blended payment"),
        "lead-same-payment-sceptical": (
            lead("Builder", blended, dials="sceptical"),
            "on day 365, with blended payment for both, where redesign lowers no activity",
        ),
        "lead-same-payment-optimistic": (
            lead("Builder", blended, dials="optimistic"),
            "on day 365, with blended payment for both, where redesign lowers activity most",
        ),
    }
    saved = pairs["lead-same-payment"][0] - pairs["lead-same-payment-sceptical"][0]
    return {
        f"L14-{name}": Figure(value / 1000, MILLION, 0.3, f"How far the Builder is ahead of the Bookkeeper {how}", 1)
        for name, (value, how) in pairs.items()
    } | {
        "L14-redesign-saved": Figure(
            saved / 1000, MILLION, 0.3, "What redesign adds to the Builder's lead, with blended payment for both", 1
        )
    }


def _reference() -> dict[str, Figure]:
    made: dict[str, Figure] = {}
    among = six_thousand()
    for word, share in (("low", 0.1), ("middle", 0.5), ("high", 0.9)):
        of = f"{100 * share:.0f}% of the 6,000 runs come up to it"
        for lens in LENSES:
            value = float(among[lens].quantile(share))
            made[f"L14-{word}-{_slug(lens)}"] = Figure(value, "", 1, f"{NAMES[lens]}, 0 to 100: {of}")
        for day, column in (("100", "position"), ("365", "day_365")):
            value = float(among[column].quantile(share)) / 1000
            made[f"L14-{word}-day-{day}"] = Figure(value, MILLION, 0.15, f"Position on day {day}: {of}", 1)
    for payment, mean in among.groupby("payment")["day_365"].mean().items():
        made[f"L14-{payment}-day-365"] = Figure(
            float(mean) / 1000, MILLION, 0.15, f"Position on day 365: mean of the 6,000 with {payment} payment", 1
        )
    return made


def _tariff() -> dict[str, Figure]:
    """What the rule of 2013 that the game leaves out would do to the six, and to each payment."""
    rule = "if growth above plan, paid by activity, cost 30% of the price"
    made = {}
    for name, row in money_with().iterrows():
        at = f"{name}, mean over {SEEDS} games, {rule}"
        mark = f"L14-{str(name).lower()}"
        made[f"{mark}-day-365-tariff"] = Figure(
            _of(row, "day_365") / 1000, MILLION, 0.3, f"Position on day 365: {at}", 1
        )
        made[f"{mark}-rank-365-tariff"] = Figure(_of(row, "rank_365"), "", 1, f"Rank on that money, of six: {at}")
    for payment, mean in by_payment_with().items():
        made[f"L14-{payment}-day-365-tariff"] = Figure(
            mean / 1000, MILLION, 0.15, f"Position on day 365: mean of the 6,000 with {payment} payment, {rule}", 1
        )
    return made


def _all_round() -> dict[str, Figure]:
    among = six_thousand()
    worst = among[list(LENSES)].rank(pct=True, method="max").min(axis=1)
    careful = runs(SEEDS, strategy=CAREFUL)
    lowest = min(place(among[lens], float(careful[lens].mean())) for lens in LENSES)
    first = among["position"] >= among["position"].quantile(0.9)
    later = among["day_365"] >= among["day_365"].quantile(0.9)
    return {
        "L14-above-half": Figure(
            int((worst >= 0.5).sum()), "runs", 15, "Runs of 6,000 in the upper half on all lenses"
        ),
        "L14-above-70": Figure(int((worst >= 0.7).sum()), "runs", 3, "Runs of 6,000 past seven in ten on all lenses"),
        "L14-careful-lowest": Figure(
            lowest,
            "%",
            4,
            f"Runs of the 6,000 at or below a careful, even strategy on its worst lens, mean of {SEEDS} games",
        ),
        "L14-still-top": Figure(
            100 * float(later[first].mean()), "%", 5, "Of the tenth with most money on day 100, still so on day 365"
        ),
        "L14-top-blended": Figure(
            100 * float((among.loc[later, "payment"] == "blended").mean()),
            "%",
            5,
            "Of the tenth with most money on day 365, those with blended payment",
        ),
    }


def _of(row: Any, column: str) -> float:
    return float(row[column])


def _slug(lens: str) -> str:
    return lens.replace("_", "-")


def _by_dial() -> Table:
    """By the dial (0 to 8 thousandths, 4 is central): each strategy's mean position on day 365, in £ million."""
    ends = {
        name.lower(): [runs(SEEDS, strategy=name, dials={"k_w": step / 1000})["day_365"].mean() for step in STEPS]
        for name in strategies()
    }
    return {
        "over": STEPS,
        "columns": {name: [round(float(mean) / 1000, 3) for mean in means] for name, means in ends.items()},
    }


def _by_dial_blended() -> Table:
    """The same, if all six had blended payment."""
    same = {name.lower(): changed(name, payment="blended") for name in strategies()}
    ends = {
        name: [runs(SEEDS, strategy=policy, dials={"k_w": step / 1000})["day_365"].mean() for step in STEPS]
        for name, policy in same.items()
    }
    return {
        "over": STEPS,
        "columns": {name: [round(float(mean) / 1000, 3) for mean in means] for name, means in ends.items()},
    }


TABLES: dict[str, Callable[[], Table]] = {
    "day-365-by-dial": _by_dial,
    "day-365-by-dial-blended": _by_dial_blended,
}

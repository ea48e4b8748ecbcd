"""The figures of the lab "The weight that flips the list", from the default seed. It offers no table to explorers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd

from commissioning import place
from commissioning.labs import weights as methods
from commissioning.labs.shapes import Figure, Table
from commissioning.place.proposals import CRITERIA, NAMES

SAID = {"staff": "the staff's scores", "patients": "the patients' scores"}


@cache
def scores(scored_by: str) -> pd.DataFrame:
    """The likely scores of the staff or of the patients."""
    return methods.of_scorers(place.proposal_scores(), scored_by)


@cache
def mean() -> pd.Series[float]:
    """The mean weights of the 40 people."""
    return methods.mean_weights(place.panel_weights())


@cache
def figures() -> dict[str, Figure]:
    """Every figure of the lab, by id: `L9-…` for the staff's scores, `L9-bare-…` for the patients'."""
    both = {"L9": "staff", "L9-bare": "patients"}
    made = {f"{mark}-{name}": figure for mark, who in both.items() for name, figure in _of(who).items()}
    return made | _of_the_people()


def _of(who: str) -> dict[str, Figure]:
    table, said = scores(who), SAID[who]
    leader = methods.first(table, mean())
    worth = methods.values(table, mean())
    stays = 100 * methods.stays_first(place.proposal_scores(), who, mean())
    agree = methods.agreeing(table, place.panel_weights(), leader)
    made = {
        f"value-{name}": Figure(worth[name], "points", 2.5, f"Value of '{NAMES[name]}' at the mean weights, {said}", 1)
        for name in NAMES
    }
    made |= {
        "agree": Figure(agree, "people", 6, f"People of 40 whose own weights put the same one first, {said}"),
        "agree-percent": Figure(100 * agree / 40, "%", 15, f"The same, in per cent, {said}"),
        "stays": Figure(stays, "%", 15, f"Draws in which the first stays first, {said}"),
        "dominated": Figure(
            len(methods.dominated(table)), "proposals", 0, f"Beaten in everything by one other, {said}"
        ),
        "never": Figure(_never(table), "proposals", 1, f"Found to be first at no weights, {said}"),
    }
    for criterion in CRITERIA:
        if (at := methods.flip_above(table, mean(), criterion)) is not None:
            meaning = f"Weight on {criterion} above which another comes first, {said}"
            made[f"flip-{criterion}"] = Figure(100 * at, "%", 4, meaning)
            made[f"flip-{criterion}-fine"] = Figure(100 * at, "%", 4, meaning, 1)
    return made


def _never(table: pd.DataFrame) -> int:
    return len({*methods.dominated(table), *methods.beaten_by_two(table)})


def _of_the_people() -> dict[str, Figure]:
    said = "Mean weight of the 40 people on"
    made = {f"L9-weight-{name}": Figure(100 * mean()[name], "%", 1, f"{said} {name}") for name in CRITERIA}
    places = methods.ranks(scores("staff"), place.panel_weights())
    firsts = len({places[role].idxmin() for role in places})
    return made | {
        "L9-people": Figure(len(place.panel_weights()), "people", 0, "People whose weights were asked"),
        "L9-firsts": Figure(
            firsts, "proposals", 1, "Different proposals that five roles put first, the staff's scores"
        ),
    }


TABLES: dict[str, Callable[[], Table]] = {}
"""No explorer reads this lab."""

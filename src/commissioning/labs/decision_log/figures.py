"""The figures of the lab "The decision log" and the table that an explorer may read, from the default seed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from commissioning import place
from commissioning.labs import decision_log
from commissioning.labs.shapes import Figure, Table

HALF = 60
"""Decisions in the half of the log that the chapter works through."""


@cache
def figures() -> dict[str, Figure]:
    """Every figure of the lab, by id."""
    return _of_all() | _of_the_first_half() | _by_lead() | _by_bodies()


def _of_all() -> dict[str, Figure]:
    log = place.decisions()
    first, last = decision_log.crossing(log)
    each = "days for each further body"
    return {
        "L3-decisions": Figure(len(log), "decisions", 0, "Shared decisions in Larkmere's log"),
        "L3-crude-slope": Figure(decision_log.slope(log), each, 0.5, "Slope of days on bodies, all decisions", 1),
        "L3-line-2": Figure(first, "days", 4, "What that slope's line expects with two bodies"),
        "L3-line-7": Figure(last, "days", 4, "What that slope's line expects with seven bodies"),
        "L3-median": Figure(log["days"].median(), "days", 5, "Median days to decide, all decisions"),
        "L3-reversed": Figure(decision_log.reversed_share(log), "%", 0, "Reversed within six months, all decisions"),
        "L3-value": Figure(1000 * log["value_k"].sum(), "£", 8e6, "Yearly value of all that was decided", -5),
        "L3-joint": Figure(3, "decisions", 0, "Decisions among two bodies that no single lead should have"),
    }


def _of_the_first_half() -> dict[str, Figure]:
    """What the chapter works out and prints; the whole log is left to its bare case."""
    first = place.decisions().head(HALF)
    led, not_led = decision_log.led(first), decision_log.not_led(first)
    each, half = "days for each further body", "the earlier half of the log"
    return {
        "L3-half": Figure(len(first), "decisions", 0, f"Decisions in {half}"),
        "L3-half-slope": Figure(decision_log.slope(first), each, 1.5, f"Slope of days on bodies, {half}", 1),
        "L3-half-led-median": Figure(led["days"].median(), "days", 6, f"Median days with one named lead, {half}"),
        "L3-half-not-led-median": Figure(not_led["days"].median(), "days", 6, f"Median days without one, {half}"),
    }


def _by_lead() -> dict[str, Figure]:
    made: dict[str, Figure] = {}
    for name, who, row in zip(
        ("led", "not-led"),
        ("with one named lead", "without a named lead"),
        decision_log.by_lead(place.decisions()).to_dict("records"),
        strict=True,
    ):
        made |= {
            f"L3-{name}": Figure(row["decisions"], "decisions", 0, f"Decisions {who}"),
            f"L3-{name}-median": Figure(row["median_days"], "days", 1, f"Median days to decide, {who}"),
            f"L3-{name}-slope": Figure(
                row["slope"], "days for each further body", 1, f"Slope of days on bodies, {who}", 1
            ),
            f"L3-{name}-reversed": Figure(row["reversed"], "decisions", 0, f"Reversed within six months, {who}"),
            f"L3-{name}-reversed-share": Figure(
                row["reversed_share"], "%", 0, f"Share reversed within six months, {who}"
            ),
        }
    return made


def _by_bodies() -> dict[str, Figure]:
    rows = decision_log.by_bodies(place.decisions()).set_index("n_bodies")
    made: dict[str, Figure] = {}
    for bodies, row in rows.iterrows():
        of = f"decisions of {bodies} bodies"
        made |= {
            f"L3-of-{bodies}": Figure(row["decisions"], "decisions", 0, f"Number of {of}"),
            f"L3-led-of-{bodies}": Figure(row["led_share"], "%", 0, f"Share with one named lead, {of}"),
            f"L3-median-of-{bodies}": Figure(row["median"], "days", 15, f"Median days to decide, {of}"),
        }
    return made


def _table() -> Table:
    """By bodies (2 to 7). Columns: decisions, led (per cent with one named lead), median days."""
    rows = decision_log.by_bodies(place.decisions())
    columns = {"decisions": "decisions", "led": "led_share", "median": "median"}
    return {
        "over": [float(bodies) for bodies in rows["n_bodies"]],
        "columns": {name: [round(float(value), 1) for value in rows[column]] for name, column in columns.items()},
    }


TABLES: dict[str, Callable[[], Table]] = {"decisions-by-bodies": _table}

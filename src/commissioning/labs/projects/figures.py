"""The figures of the lab "What can 24 projects tell us?" and its explorer's table, from the default seed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from commissioning import place
from commissioning.labs import projects
from commissioning.labs.shapes import Figure, Table
from commissioning.place.projects import PLANTED

PAIRS = (("A", "B"), ("A", "C"), ("B", "C"))


@cache
def figures() -> dict[str, Figure]:
    """Every figure of the lab, by id. The small letters at the end of an id are the models."""
    return _of_each_model() | _between_models() | _needed()


def _of_each_model() -> dict[str, Figure]:
    table = place.projects()
    made = {"L2-projects": Figure(len(table), "projects", 0, "Projects in Larkmere's table")}
    for model in PLANTED:
        some, share, name = table[table["model"] == model], projects.in_use(table, model), model.lower()
        middle = some[["weeks_to_signoff", "clinician_hours", "cost_k"]].median()
        of = f"model {model}"
        made |= {
            f"L2-each-{name}": Figure(share.of, "projects", 0, f"Projects of {of}"),
            f"L2-weeks-{name}": Figure(middle["weeks_to_signoff"], "weeks", 0, f"Median weeks to sign-off, {of}"),
            f"L2-hours-{name}": Figure(middle["clinician_hours"], "hours", 35, f"Median clinician hours, {of}"),
            f"L2-cost-{name}": Figure(1000 * middle["cost_k"], "£", 5_000, f"Median cost of designing one, {of}", -2),
            f"L2-in-use-{name}": Figure(share.yes, "projects", 0, f"Projects in use twelve months on, {of}"),
            f"L2-share-{name}": Figure(share.share, "%", 0, f"Share of its eight projects in use, {of}"),
            f"L2-low-{name}": Figure(share.low, "%", 0, f"Lower end of the 95% interval of that share, {of}"),
            f"L2-high-{name}": Figure(share.high, "%", 0, f"Upper end of the 95% interval of that share, {of}"),
            f"L2-cost-in-use-{name}": Figure(
                1000 * some["cost_k"].sum() / share.yes, "£", 10_000, f"Cost of all eight for each one in use, {of}", -3
            ),
            f"L2-longest-{name}": Figure(some["weeks_to_signoff"].max(), "weeks", 15, f"Longest to sign-off, {of}"),
            f"L2-shortest-{name}": Figure(some["weeks_to_signoff"].min(), "weeks", 10, f"Quickest to sign-off, {of}"),
            f"L2-six-by-{name}": Figure(
                sorted(some["weeks_to_signoff"])[5], "weeks", 15, f"Weeks by which six of eight were signed off, {of}"
            ),
        }
    return made


def _between_models() -> dict[str, Figure]:
    table = place.projects()
    made = {"L2-shuffles": Figure(projects.SHUFFLES, "shuffles", 0, "Shuffles of the labels in each test")}
    for first, second in PAIRS:
        one, two, name = projects.in_use(table, first), projects.in_use(table, second), f"{first}{second}".lower()
        between = f"between models {first} and {second}"
        exact = projects.fisher(one.yes, one.of, two.yes, two.of)
        by_shuffling = projects.p_by_shuffling(table, first, second)
        weeks = projects.p_by_shuffling(table, first, second, column="weeks_to_signoff")
        wide = "with a gap in projects in use at least as wide as the real one"
        made |= {
            f"L2-gap-{name}": Figure(abs(two.yes - one.yes), "projects", 0, f"Gap in projects in use, {between}"),
            f"L2-deals-{name}": Figure(100 * exact, "in 100", 0, f"Of every 100 deals, those {wide}, {between}"),
            f"L2-p-{name}": Figure(exact, "", 0, f"p-value of that gap, {between}: Fisher's exact test", 2),
            f"L2-p-shuffled-{name}": Figure(by_shuffling, "", 0.03, f"The same p-value by shuffling, {between}", 2),
            f"L2-as-wide-{name}": Figure(
                projects.SHUFFLES * by_shuffling, "shuffles", 150, f"Shuffles {wide}, {between}"
            ),
            f"L2-p-weeks-{name}": Figure(
                weeks, "", 0.5, f"p-value of the gap in median weeks, {between}: by shuffling", 3
            ),
        }
    return made


def _needed() -> dict[str, Figure]:
    chance, true = "Chance of a convincing result", "if 25% and 62.5% are the true shares"
    formula, exact = "by the textbook formula", "by Fisher's exact test, which asks for a few more"
    return {
        "L2-needed": Figure(
            projects.sample_size(25, 62.5), "projects of each model", 0, f"To tell 25% from 62.5%, {formula}"
        ),
        "L2-needed-exact": Figure(
            projects.needed_for_proof(25, 62.5), "projects of each model", 0, f"To tell 25% from 62.5%, {exact}"
        ),
        "L2-needed-ac": Figure(
            projects.sample_size(37.5, 62.5), "projects of each model", 0, f"To tell 37.5% from 62.5%, {formula}"
        ),
        "L2-needed-ab": Figure(
            projects.sample_size(25, 37.5), "projects of each model", 0, f"To tell 25% from 37.5%, {formula}"
        ),
        "L2-chance-8": Figure(projects.chance_of_proof(8, 25, 62.5), "%", 0, f"{chance} with 8 of each, {true}"),
        "L2-chance-16": Figure(projects.chance_of_proof(16, 25, 62.5), "%", 0, f"{chance} with 16 of each, {true}"),
        "L2-chance-32": Figure(projects.chance_of_proof(32, 25, 62.5), "%", 0, f"{chance} with 32 of each, {true}"),
        "L2-false-8": Figure(
            projects.chance_of_proof(8, 25, 25),
            "%",
            0,
            "Chance that 8 of each seem convincing if both shares are 25%",
            1,
        ),
    }


def _power() -> Table:
    """By projects of each model (4 to 120): the chance in per cent of a convincing result.

    The first model's true share is 2 in 8 throughout. Column c5 is for a second whose true share is 5 in 8, and so on
    from c2 (no difference: a false alarm) to c7.
    """
    each = list(range(4, 121, 4))
    shares = {f"c{eighths}": 12.5 * eighths for eighths in range(2, 8)}
    columns = {name: [round(projects.chance_of_proof(n, 25, share), 1) for n in each] for name, share in shares.items()}
    return {"over": [float(n) for n in each], "columns": columns}


TABLES: dict[str, Callable[[], Table]] = {"projects-power": _power}

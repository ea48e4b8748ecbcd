"""The tasks of chapter 2 and the wrong numbers that known slips lead to, all worked out from Larkmere's 24 projects.

In: the place and the methods of `labs.projects`. Out: `TASKS`, by name. Called by `checks`. What is said to each slip
stands in checks.yaml, under the slip's name.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache
from statistics import NormalDist

import pandas as pd

from commissioning import place
from commissioning.labs import projects
from commissioning.labs.projects.shares import Share
from commissioning.labs.shapes import Slip, Task

MODELS = ("A", "B", "C")


@cache
def _cards() -> pd.DataFrame:
    return place.projects()


def _share(model: str) -> Share:
    return projects.in_use(_cards(), model)


# ---- a median ------------------------------------------------------------------------------------------------------


def _weeks(model: str) -> pd.Series[int]:
    cards = _cards()
    return cards.loc[cards["model"] == model, "weeks_to_signoff"]


def _signoff_median(name: str, model: str) -> Task:
    weeks = _weeks(model)
    as_they_stand, in_order = weeks.tolist(), sorted(weeks)
    middle = len(in_order) // 2
    others = (Slip("another-model", float(_weeks(other).median()), 0.4) for other in MODELS if other != model)
    return Task(
        name,
        float(weeks.median()),
        0.4,
        (
            Slip("mean-for-median", float(weeks.mean()), 0.2),
            Slip("one-of-the-middle", in_order[middle - 1], 0.4),
            Slip("one-of-the-middle", in_order[middle], 0.4),
            Slip("between-the-ends", (in_order[0] + in_order[-1]) / 2, 0.2),
            Slip("not-in-order", (as_they_stand[middle - 1] + as_they_stand[middle]) / 2, 0.3),
            *others,
        ),
    )


# ---- an interval ---------------------------------------------------------------------------------------------------


def _in_use_low(name: str, model: str) -> Task:
    found = _share(model)
    one, z = found.share / 100, NormalDist().inv_cdf(0.975)
    textbook = found.share - 100 * z * math.sqrt(one * (1 - one) / found.of)
    others = (Slip("another-models-end", _share(other).low, 0.6) for other in MODELS if other != model)
    return Task(
        name,
        found.low,
        0.8,
        (
            Slip("other-end", found.high, 1),
            Slip("the-share-itself", found.share, 1),
            Slip("end-as-share-of-one", found.low / 100, 0.02),
            Slip("textbook-interval", textbook, 0.4),
            Slip("how-far-down", found.share - found.low, 0.5),
            Slip("whole-width", found.high - found.low, 0.5),
            Slip("count-in-use", found.yes, 0.1),
            *others,
        ),
    )


# ---- a p-value -----------------------------------------------------------------------------------------------------


def _shuffle(name: str, first: str, second: str, *slips: Slip) -> Task:
    one, two = _share(first), _share(second)
    exact = projects.fisher(one.yes, one.of, two.yes, two.of)
    return Task(name, exact, 0.04, (*_p_value_slips(one, two, exact), *slips))


def _p_value_slips(one: Share, two: Share, exact: float) -> Iterator[Slip]:
    """Two arms of one size: the two sides of the shuffles are alike, so one side is half of both."""
    wider = projects.fisher(one.yes - 1, one.of, two.yes + 1, two.of)
    yield Slip("p-in-per-cent", 100 * exact, 4)
    yield Slip("shuffles-counted", projects.SHUFFLES * exact, 200)
    yield Slip("one-side-only", exact / 2, 0.02)
    yield Slip("wider-only", wider, 0.012)
    yield Slip("narrower-ones", 1 - exact, 0.02)


def _full_shuffle() -> Task:
    """Against A the gap comes up in most shuffles, and half of those would pass for the answer against B."""
    one, two = _share("B"), _share("C")
    against_a = projects.fisher(_share("A").yes, 8, two.yes, two.of)
    both = (one.yes + two.yes) / (one.of + two.of)
    z = (two.share - one.share) / 100 / math.sqrt(both * (1 - both) * (1 / one.of + 1 / two.of))
    by_formula = 2 * (1 - NormalDist().cdf(z))
    slips = (Slip("another-pair", against_a, 0.03), Slip("bell-curve", by_formula, 0.012))
    return _shuffle("shuffle", "B", "C", *slips)


def _convincing() -> Task:
    two, one = _share("C"), _share("B")
    return Task("convincing", projects.fisher(one.yes, one.of, two.yes, two.of) < projects.CONVINCING, 0)


# ---- how many projects ---------------------------------------------------------------------------------------------


def _projects_needed(name: str, first: str, second: str, within: float) -> Task:
    needed = _needed(first, second)
    others = (_needed(*pair) for pair in (("A", "B"), ("A", "C"), ("B", "C")) if pair != (first, second))
    return Task(
        name,
        needed,
        within,
        (
            Slip("both-models", 2 * needed, 3),
            Slip("a-coin-to-see-it", _needed(first, second, power=0.5 + 1e-9), 0.6),
            Slip("nine-in-ten", _needed(first, second, power=0.9), 1),
            Slip("what-there-is", _share(first).of, 0.4),
            Slip("what-there-is", 2 * _share(first).of, 0.4),
            *(Slip("other-shares", other, 2) for other in others),
        ),
    )


def _needed(first: str, second: str, *, power: float = 0.8) -> int:
    return projects.sample_size(_share(first).share, _share(second).share, power=power)


TASKS: dict[str, Callable[[], Task]] = {
    "half-signoff-median": cache(lambda: _signoff_median("half-signoff-median", "A")),
    "half-in-use-low": cache(lambda: _in_use_low("half-in-use-low", "A")),
    "half-shuffle": cache(lambda: _shuffle("half-shuffle", "A", "C")),
    "half-projects-needed": cache(lambda: _projects_needed("half-projects-needed", "A", "C", 9)),
    "signoff-median": cache(lambda: _signoff_median("signoff-median", "C")),
    "in-use-low": cache(lambda: _in_use_low("in-use-low", "C")),
    "shuffle": cache(_full_shuffle),
    "convincing": cache(_convincing),
    "projects-needed": cache(lambda: _projects_needed("projects-needed", "B", "C", 5)),
}
"""Every task of the exercise notebook, by name; each is worked out when it is first asked for."""

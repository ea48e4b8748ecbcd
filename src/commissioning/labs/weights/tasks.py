"""The tasks of chapter 9 and the wrong numbers that known slips lead to, all worked out from the place's own tables.

In: the place and the methods of `labs.weights`. Out: `TASKS`, by name. Called by `checks`. What is said to each slip
stands in checks.yaml, under the slip's name. Weights and shares are in per cent, values in points of 100.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from commissioning import place
from commissioning.labs import weights as methods
from commissioning.labs.shapes import Slip, Task
from commissioning.labs.weights.figures import mean, scores

NEAR = 0.6
"""In per cent: a weight or a share read to the nearest whole."""
CLOSE = 0.06
"""In points of value."""
OTHER = {"staff": "patients", "patients": "staff"}


def _flip(name: str, who: str, criterion: str, *, confused: str) -> Task:
    """The weight above which another proposal comes first."""
    at = methods.flip_above(scores(who), mean(), criterion)
    other = methods.flip_above(scores(OTHER[who]), mean(), criterion)
    wrong = methods.flip_above(scores(who), mean(), confused)
    assert at is not None
    slips = [
        Slip("as-a-fraction", at, NEAR / 100),
        Slip("the-weight-itself", 100 * float(mean()[criterion]), NEAR),
        Slip("how-much-more", 100 * (at - float(mean()[criterion])), NEAR),
    ]
    slips += [Slip("other-scorers", 100 * other, NEAR)] if other is not None else []
    slips += [Slip("other-criterion", 100 * wrong, NEAR)] if wrong is not None else []
    return Task(name, 100 * at, NEAR, tuple(slip for slip in slips if abs(slip.value - 100 * at) > 2 * NEAR))


def _value(name: str, who: str) -> Task:
    """The value of the proposal that the mean weights put first."""
    worth, other = (methods.values(scores(one), mean()) for one in (who, OTHER[who]))
    leader = str(worth.index[0])
    plain = float(scores(who).mean(axis=1)[leader])
    return Task(
        name,
        float(worth.iloc[0]),
        CLOSE,
        (
            Slip("equal-weights", plain, CLOSE),
            Slip("second-place", float(worth.iloc[1]), CLOSE),
            Slip("other-scorers", float(other.iloc[0]), CLOSE),
            Slip("as-a-fraction", float(worth.iloc[0]) / 100, CLOSE / 100),
        ),
    )


def _people(name: str, who: str) -> Task:
    """How many of the 40 put the same proposal first as the mean weights do."""
    people = place.panel_weights()

    def count(scorers: str) -> int:
        return methods.agreeing(scores(scorers), people, methods.first(scores(scorers), mean()))

    right = count(who)
    differ, other = len(people) - right, count(OTHER[who])
    slips = [
        Slip("in-per-cent", 100 * right / len(people), 0.1),
        Slip("those-who-differ", differ, 0),
        Slip("everyone", len(people), 0),
    ]
    slips += [Slip("other-scorers", other, 0)] if other not in (right, differ) else []
    return Task(name, right, 0, tuple(slips))


def _stays(name: str, who: str) -> Task:
    """In what share of draws from the scores' ranges the first is still first."""
    table, people = place.proposal_scores(), place.panel_weights()
    right, other = (100 * methods.stays_first(table, one, mean()) for one in (who, OTHER[who]))
    second = 100 * float(methods.first_in_draws(table, who, mean()).iloc[1])
    agree = 100 * methods.agreeing(scores(who), people, methods.first(scores(who), mean())) / len(people)
    return Task(
        name,
        right,
        1.5,
        (
            Slip("as-a-fraction", right / 100, 0.015),
            Slip("other-scorers", other, 1.5),
            Slip("second-in-draws", second, 1.5),
            Slip("people-and-not-draws", agree, 1.5),
            Slip("when-it-changes", 100 - right, 1.5),
        ),
    )


def _dominated(name: str, who: str) -> Task:
    """How many proposals one other beats in everything."""
    by_one = methods.dominated(scores(who))
    never = {*by_one, *methods.beaten_by_two(scores(who))}
    slips = (
        Slip("two-between-them", len(never), 0),
        Slip("other-scorers", len(methods.dominated(scores(OTHER[who]))), 0),
    )
    return Task(name, len(by_one), 0, slips)


TASKS: dict[str, Callable[[], Task]] = {
    "half-flip": cache(lambda: _flip("half-flip", "staff", "wanted", confused="fairness")),
    "half-people": cache(lambda: _people("half-people", "staff")),
    "bare-value": cache(lambda: _value("bare-value", "patients")),
    "bare-flip": cache(lambda: _flip("bare-flip", "patients", "fairness", confused="wanted")),
    "bare-people": cache(lambda: _people("bare-people", "patients")),
    "bare-stays": cache(lambda: _stays("bare-stays", "patients")),
    "bare-dominated": cache(lambda: _dominated("bare-dominated", "patients")),
}
"""Every task of the exercise notebook, by name; each is worked out when it is first asked for."""

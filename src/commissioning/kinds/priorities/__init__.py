"""Priority scoring: weigh criteria, see which option your weights put first, and how easily that changes.

The method is swing weighting with an additive value (multi-criteria decision analysis; Thokala and others 2016, Marsh
and others 2016: reports 1 and 2 of the ISPOR task force). The learner gives each criterion 0 to 100 swing points for
the move from its worst end to its best. Weights are w_j = s_j / sum(s); an option's value is V_i = sum_j w_j * v_ij,
where the author's scores v_ij run from 0 to 100 between fixed, described ends, with a low and a high estimate.

Nothing is right or wrong. The report gives the values and the order; which options are dominated (another is at least
as good on every criterion and better on one); for each criterion the nearest weights at which the top changes, the
others keeping their proportions; whose stated weights are near; and rank acceptability, as follows.

Rank acceptability counts each option's ranks over 2,000 draws of weights from a Dirichlet distribution around the
learner's exact weights, with a concentration of 40: a weight of 25% then lies within about 13 points of it in 19 draws
of 20. How they are drawn is in `draws`. Python and JavaScript draw the same numbers to within the last digit of a
logarithm, and ranks are whole, so that reports agree. In a draw, options of equal value rank in the order of their ids.

Response: {"swings": {criterion id: whole points from 0 to 100}}, each criterion once and not all nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.priorities import draws
from commissioning.kinds.told import plainly
from commissioning.source import shapes
from commissioning.source.faults import did_you_mean

NAME = "priorities"
MARKED = False
DRAWS, CONCENTRATION, SEED, MOST = 2000, 40, 2016, 100

Found = Iterator[tuple[tuple[str | int, ...], str, str]]
Table = list[list[float]]


class Criterion(shapes.Shape):
    """One thing that matters, and the two ends of its scale."""

    label: shapes.Text
    worst: shapes.Text = Field(description="What a score of 0 means.")
    best: shapes.Text = Field(description="What a score of 100 means.")


class Contender(shapes.Option):
    """One option with its scores."""

    scores: dict[shapes.Slug, tuple[float, float, float]] = Field(description="criterion: [low, most likely, high]")


class Stance(shapes.Shape):
    """Somebody's swing points, and why."""

    who: shapes.Text
    swings: dict[shapes.Slug, int]
    says: shapes.Text


class Decision(shapes.Decision):
    """Criteria with fixed ends, options scored on them, and whose values would say what."""

    kind: Literal["priorities"]
    criteria: dict[shapes.Slug, Criterion] = Field(min_length=2, max_length=8)
    options: dict[shapes.Slug, Contender] = Field(min_length=3, max_length=10)
    scored_by: shapes.Text = Field(description="Who set the scores, and who was not asked.")
    stances: dict[shapes.Slug, Stance] = Field(min_length=2)


Question = None


def find(exercise: Decision, given: Given = NOTHING) -> Found:
    """Scores that are missing or out of order, criteria and options that cannot matter, and stances without points."""
    faults = list(_find_in_scores(exercise))
    yield from faults
    for name, stance in exercise.stances.items():
        yield from _find_in_stance(exercise, name, stance)
    if not faults:
        yield from _find_idle(exercise)


def _find_in_scores(exercise: Decision) -> Found:
    for name, option in exercise.options.items():
        for criterion, scores in option.scores.items():
            at = ("options", name, "scores", criterion)
            if criterion not in exercise.criteria:
                yield at, f"'{criterion}' is not a criterion.", did_you_mean(criterion, exercise.criteria)
            if not 0 <= scores[0] <= scores[1] <= scores[2] <= MOST:
                yield at, "these are not low, most likely and high, from 0 to 100.", "Put them in that order."
        for criterion in exercise.criteria:
            if criterion not in option.scores:
                yield ("options", name, "scores"), f"there is no score for '{criterion}'.", ""


def _find_in_stance(exercise: Decision, name: str, stance: Stance) -> Found:
    at = ("stances", name, "swings")
    if sorted(stance.swings) != sorted(exercise.criteria):
        yield at, "swings must name each criterion once.", ""
    if any(not 0 <= points <= MOST for points in stance.swings.values()) or not any(stance.swings.values()):
        yield at, "swings are whole points from 0 to 100, and not all 0.", ""


def _find_idle(exercise: Decision) -> Found:
    middle = {name: {c: s[1] for c, s in option.scores.items()} for name, option in exercise.options.items()}
    for criterion in exercise.criteria:
        if len({scores[criterion] for scores in middle.values()}) == 1:
            wrong = "every option scores the same here, so this weight changes nothing."
            yield ("criteria", criterion), wrong, "Change a score, or drop the criterion."
    for name, scores in middle.items():
        if all(_beats(scores, other) for rival, other in middle.items() if rival != name):
            yield ("options", name), "this is the best on every criterion, so there is nothing to weigh.", ""


def _beats(one: dict[str, float], other: dict[str, float]) -> bool:
    """At least as good on every criterion, and better on one."""
    return all(one[key] >= other[key] for key in one) and any(one[key] > other[key] for key in one)


explained = explained_options


def compiled(exercise: Decision, given: Given = NOTHING) -> dict[str, Any]:
    """{"criteria": [ids], "scores": {id: {criterion: [low, likely, high]}}, "stances": {id: {criterion: points}},
    "draws", "concentration", "seed"}"""
    return {
        "criteria": list(exercise.criteria),
        "scores": {name: {c: list(s) for c, s in option.scores.items()} for name, option in exercise.options.items()},
        "stances": {name: stance.swings for name, stance in exercise.stances.items()},
        "draws": DRAWS,
        "concentration": CONCENTRATION,
        "seed": SEED,
    }


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """What the learner's swing points lead to; None unless every criterion has whole points and one has any.

    {"weights": {criterion: share of 1}, "values": {option: [low, likely, high]}, "order": [options, best first],
    "dominated": {option: [by whom]}, "crossings": {criterion: {"below", "above": {"at": weight, "top": id} or None}},
    "acceptability": {option: [draws at rank 1, 2, …]}, "stances": {id: {"top": option, "apart": 0 to 1}}}
    """
    swings = _swings(marking, response)
    if swings is None:
        return None
    criteria, names = sorted(marking["criteria"]), sorted(marking["scores"])
    low, likely, high = ([[marking["scores"][n][c][k] for c in criteria] for n in names] for k in range(3))
    weights = _weights(swings)
    values = [[_value(weights, table[i]) for table in (low, likely, high)] for i in range(len(names))]
    order = sorted(range(len(names)), key=lambda i: (-values[i][1], i))
    counts = _rank_counts(marking, swings, likely)
    return {
        "weights": dict(zip(criteria, weights, strict=True)),
        "values": dict(zip(names, values, strict=True)),
        "order": [names[i] for i in order],
        "dominated": _dominated(names, likely),
        "crossings": {c: _crossing(names, likely, swings, j, order[0]) for j, c in enumerate(criteria)},
        "acceptability": dict(zip(names, counts, strict=True)),
        "stances": {name: _stance(names, likely, weights, [given[c] for c in criteria])
                    for name, given in marking["stances"].items()},
    }  # fmt: skip


def _swings(marking: dict[str, Any], response: Any) -> list[int] | None:
    """Whole points in the order of the criteria's ids, or None."""
    given = response.get("swings") if isinstance(response, dict) else None
    if not isinstance(given, dict) or given.keys() != set(marking["criteria"]):
        return None
    points = [_whole(given[name]) for name in sorted(given)]
    whole = [p for p in points if p is not None]
    return whole if len(whole) == len(points) and any(whole) else None


def _whole(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST:
        return None
    return int(value) if value == int(value) else None


def _weights(swings: list[int]) -> list[float]:
    whole = sum(swings)
    return [points / whole for points in swings]


def _value(weights: list[float], scores: list[float]) -> float:
    """sum w * v, from the left, one addition at a time (`sum` would round otherwise in newer Pythons)."""
    value = 0.0
    for weight, points in zip(weights, scores, strict=True):
        value = value + weight * points
    return value


def _dominated(names: list[str], likely: Table) -> dict[str, list[str]]:
    as_dicts = [dict(enumerate(map(float, row))) for row in likely]
    by = {
        name: [names[k] for k, other in enumerate(as_dicts) if _beats_row(other, as_dicts[i])]
        for i, name in enumerate(names)
    }
    return {name: rivals for name, rivals in by.items() if rivals}


def _beats_row(one: dict[int, float], other: dict[int, float]) -> bool:
    return all(one[j] >= other[j] for j in one) and any(one[j] > other[j] for j in one)


def rest(swings: list[int], scores: list[float], j: int) -> float:
    """An option's value on all criteria but j, in the learner's proportions (evenly, if those have no points)."""
    others = [k for k in range(len(swings)) if k != j]
    shares = swings if any(swings[k] for k in others) else [1] * len(swings)
    whole, value = 0, 0.0
    for k in others:
        whole, value = whole + shares[k], value + shares[k] * scores[k]
    return value / whole


def _crossing(names: list[str], likely: Table, swings: list[int], j: int, top: int) -> dict[str, Any]:
    """The nearest weights of criterion j, below and above its own, at which another option comes first."""
    weight = swings[j] / sum(swings)
    rests = [rest(swings, scores, j) for scores in likely]
    below: tuple[float, str] | None = None
    above: tuple[float, str] | None = None
    for i, name in enumerate(names):
        ahead, at_nothing = likely[top][j] - likely[i][j], rests[top] - rests[i]
        if ahead < 0 and ahead < at_nothing:
            at = max(at_nothing / (at_nothing - ahead), weight)
            above = (at, name) if above is None or at < above[0] else above
        if at_nothing < 0 and at_nothing < ahead:
            at = min(at_nothing / (at_nothing - ahead), weight)
            below = (at, name) if below is None or at > below[0] else below
    return {"below": _at(below), "above": _at(above)}


def _at(found: tuple[float, str] | None) -> dict[str, Any] | None:
    return {"at": found[0], "top": found[1]} if found else None


def _rank_counts(marking: dict[str, Any], swings: list[int], likely: Table) -> list[list[int]]:
    """For each option, how many draws put it at each rank."""
    parameters = draws.shapes(swings, marking["concentration"])
    counts = [[0] * len(likely) for _ in likely]
    for weights in draws.gammas(marking["seed"], marking["draws"], parameters):
        values = [_value(weights, scores) for scores in likely]
        for rank, i in enumerate(sorted(range(len(values)), key=values.__getitem__, reverse=True)):
            counts[i][rank] += 1
    return counts


def _stance(names: list[str], likely: Table, mine: list[float], swings: list[int]) -> dict[str, Any]:
    theirs = _weights(swings)
    values = [_value(theirs, scores) for scores in likely]
    apart = 0.0
    for one, other in zip(mine, theirs, strict=True):
        apart = apart + abs(one - other)
    return {"top": names[max(range(len(names)), key=lambda i: (values[i], -i))], "apart": apart / 2}


def met(score: dict[str, Any]) -> bool | None:
    """None: nothing here is right or wrong."""
    return None


told = plainly

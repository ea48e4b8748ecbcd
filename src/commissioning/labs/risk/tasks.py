"""The tasks of chapter 6 and the wrong numbers that known slips lead to, all worked out from Larkmere itself.

In: the place and the methods of `labs.risk`. Out: `TASKS`, by name. Called by `checks`. What is said to each slip
stands in checks.yaml, under the slip's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pandas as pd

from commissioning import place
from commissioning.labs import risk
from commissioning.labs.risk.figures import OLDER, figures
from commissioning.labs.shapes import Figure, Slip, Task

# ---- Larkmere ------------------------------------------------------------------------------------------------------


@cache
def _drawn() -> pd.Series[bool]:
    return risk.at_practices_with_matron(place.persons())


@cache
def _town() -> pd.DataFrame:
    return place.persons()


@cache
def _older() -> pd.DataFrame:
    """The people of the bare case: 65 and over. The chapter folds their answers away."""
    return _town()[_town()["age_band"].isin(OLDER)]


def _without(people: pd.DataFrame) -> pd.DataFrame:
    """Those of them who are at practices where nobody called."""
    return people[~_drawn()[people.index]]


def _figure(name: str) -> Figure:
    return figures()[name]


# ---- a fall --------------------------------------------------------------------------------------------------------


def _fall() -> Task:
    at_any_age = Slip("at-any-age", _figure("L6-without-fall").value, 0.2)
    with_matron = Slip("with-matron", risk.before_after_fall(_older()[_drawn()[_older().index]]).fall, 0.05)
    answer = risk.before_after_fall(_without(_older())).fall
    return Task("fall", answer, 0.4, (at_any_age, with_matron, *_fall_slips(_older(), 2)))


def _half_fall() -> Task:
    others = Slip("two-or-more", _figure("L6-without-fall").value, 0.2)
    answer = risk.before_after_fall(_without(_town()), at_least=3).fall
    return Task("half-fall", answer, 0.6, (others, *_fall_slips(_town(), 3)))


def _fall_slips(people: pd.DataFrame, at_least: int) -> Iterator[Slip]:
    without = _without(people)
    change = risk.before_after_fall(without, at_least=at_least)
    gone, left, each = change.fall, 100 - change.fall, change.before - change.after
    yield Slip("share-of-one", gone / 100, 0.012)
    yield Slip("per-thousand", gone * 10, 30)
    yield Slip("rise-for-fall", -gone, 3)
    yield Slip("what-is-left", left, 1.5)
    yield Slip("left-of-one", left / 100, 0.015)
    yield Slip("second-year-base", 100 * each / change.after, 8)
    yield Slip("times", change.before / change.after, 0.08)
    yield Slip("fall-each", each, 0.04)
    yield Slip("first-average", change.before, 0.02)
    yield Slip("second-average", change.after, 0.02)
    chosen_by_year_2 = risk.backwards_fall(without, at_least=at_least)
    yield Slip("chosen-by-year-two", 100 * (1 - chosen_by_year_2.before / chosen_by_year_2.after), 8)
    for some in (without, people):
        total = risk.before_after_fall(some, at_least=at_least)
        yield Slip("fall-in-total", total.people * (total.before - total.after), 2)
        yield Slip("everybody", risk.before_after_fall(some, at_least=0).fall, 0.03)


# ---- a slope -------------------------------------------------------------------------------------------------------


def _slope() -> Task:
    at_any_age = Slip("slope-at-any-age", risk.slope(_without(_town())), 0.001)
    return _slope_task("slope", _without(_older()), 0.006, at_any_age)


def _half_slope() -> Task:
    return _slope_task("half-slope", _without(_town()[_town()["age_band"] == OLDER[0]]), 0.0165)


def _slope_task(name: str, people: pd.DataFrame, within: float, *others: Slip) -> Task:
    answer = risk.slope(people)
    swapped = answer * people["adm_y1"].var() / people["adm_y2"].var()
    told_apart = (
        Slip("correlation", float(people["adm_y1"].corr(people["adm_y2"])), 0.001),
        Slip("years-swapped", swapped, 0.004),
    )
    return Task(name, answer, within, (*others, *told_apart, *_slope_slips(people, answer)))


def _slope_slips(people: pd.DataFrame, answer: float) -> Iterator[Slip]:
    year_1, year_2, group = people["adm_y1"], people["adm_y2"], people[people["adm_y1"] >= 2]
    yield Slip("slope-times-hundred", 100 * answer, 3)
    yield Slip("falling-slope", -answer, 0.03)
    yield Slip("the-rest", 1 - answer, 0.03)
    yield Slip("change-on-year-one", answer - 1, 0.03)
    yield Slip("where-it-starts", year_2.mean() - answer * year_1.mean(), 0.01)
    yield Slip("covariance", float(year_1.cov(year_2)), 0.002)
    yield Slip("inside-the-group", risk.slope(group), 0.036)
    yield Slip("means-alike", _slope_of_means(people), 0.008)
    yield Slip("ratio-of-totals", year_2.sum() / year_1.sum(), 0.008)


def _slope_of_means(people: pd.DataFrame) -> float:
    """Through the means of five groups as if each held as many people."""
    means = risk.group_means_by_year1(people)
    return float(means["year_1"].cov(means["year_2"]) / means["year_1"].var())


# ---- an effect -----------------------------------------------------------------------------------------------------


def _effect() -> Task:
    answer = risk.difference_between_practices(_older()).estimate
    at_any_age = Slip("effect-at-any-age", _figure("L6-fair-effect").value, 0.5)
    return Task("effect", answer, 0.6, (at_any_age, *_effect_slips(_older(), 2)))


def _half_effect() -> Task:
    answer = risk.difference_between_practices(_town(), at_least=3).estimate
    return Task("half-effect", answer, 0.5, tuple(_effect_slips(_town(), 3)))


def _effect_slips(people: pd.DataFrame, at_least: int) -> Iterator[Slip]:
    fair = risk.difference_between_practices(people, at_least=at_least)
    ratio = 1 + fair.estimate / 100
    with_matron, without = _arms(people, at_least)
    yield Slip("more-for-fewer" if ratio < 1 else "fewer-for-more", -fair.estimate, 0.09)
    yield Slip("divided-by-her-own", 100 / ratio - 100, 0.09)
    yield Slip("effect-of-one", fair.estimate / 100, 0.005)
    yield Slip("rate-ratio", ratio, 0.006)
    yield Slip("ratio-in-per-cent", 100 * ratio, 0.6)
    yield Slip("ratio-upside-down", 1 / ratio, 0.006)
    yield Slip("effect-each", with_matron.mean() - without.mean(), 0.003)
    yield Slip("effect-each", without.mean() - with_matron.mean(), 0.003)
    yield from _comparisons_of_something_else(people, at_least)
    yield Slip("end-of-interval", fair.low, 0.5)
    yield Slip("end-of-interval", fair.high, 0.5)


def _comparisons_of_something_else(people: pd.DataFrame, at_least: int) -> Iterator[Slip]:
    drawn = _drawn()[people.index]
    falls = [risk.before_after_fall(people[rows], at_least=at_least).fall for rows in (drawn, ~drawn)]
    with_matron, without = _arms(people, at_least)
    everybody = risk.difference_between_practices(people, at_least=0).estimate
    admitted = with_matron[with_matron > 0].mean() / without[without > 0].mean()
    for fall in falls:
        yield Slip("before-and-after", fall, 0.8)
        yield Slip("before-and-after", -fall, 0.8)
    yield Slip("difference-of-falls", falls[0] - falls[1], 0.1)
    yield Slip("difference-of-falls", falls[1] - falls[0], 0.1)
    yield Slip("every-patient", everybody, 0.06)
    yield Slip("admitted-only", 100 * admitted - 100, 0.1)
    yield Slip("totals-compared", 100 * with_matron.sum() / without.sum() - 100, 0.15)
    if at_least == 2:
        yield Slip("practices-alike", _mean_of_practices(people, at_least), 0.3)


def _arms(people: pd.DataFrame, at_least: int) -> tuple[pd.Series[int], pd.Series[int]]:
    """Year 2 of the group, at practices with a matron and without."""
    group = people[people["adm_y1"] >= at_least]
    drawn = _drawn()[group.index]
    return group.loc[drawn, "adm_y2"], group.loc[~drawn, "adm_y2"]


def _mean_of_practices(people: pd.DataFrame, at_least: int) -> float:
    table = risk.falls_by_practice(people, at_least=at_least)
    means = (table["year_2"] / table["people"]).groupby(table["with_matron"]).mean()
    return float(100 * means[True] / means[False] - 100)


def _includes_zero() -> Task:
    fair = risk.difference_between_practices(_older())
    return Task("includes-zero", fair.low < 0 < fair.high, 0)


# ---- a sample size -------------------------------------------------------------------------------------------------


def _sample_size() -> Task:
    """A tenth fewer, among older people. The chapter asks after a twentieth fewer, among people of any age."""
    group = _older()[_older()["adm_y1"] >= 2]
    people = tuple(Slip("larkmere", len(some), 1) for some in (group, _without(group), group[_drawn()[group.index]]))
    answer, slips = _sample_size_and_slips(_older(), 2, -10)
    return Task("sample-size", answer, 0.08 * answer, (*people, *slips))


def _half_sample_size() -> Task:
    group = _without(_town()[_town()["adm_y1"] >= 3])
    answer, slips = _sample_size_and_slips(_town(), 3, -10)
    return Task("half-sample-size", answer, 0.1 * answer, (Slip("larkmere", len(group), 1), *slips))


def _sample_size_and_slips(people: pd.DataFrame, at_least: int, change: float) -> tuple[int, list[Slip]]:
    without = _without(people)
    group = without[without["adm_y1"] >= at_least]
    rate, clumping = group["adm_y2"].mean(), risk.dispersion(group["adm_y2"])
    first, first_clumping = group["adm_y1"].mean(), risk.dispersion(group["adm_y1"])
    fall = risk.before_after_fall(group, at_least=0).fall

    def needed(rate: float, change: float, dispersion: float, power: float = 0.8) -> int:
        return risk.sample_size(rate, change, dispersion=dispersion, power=power)

    right = needed(rate, change, clumping)
    everybody = without["adm_y2"]
    wrong = [
        ("both-groups", 0.06, 2 * right),
        ("half-a-group", 0.02, right / 2),
        ("half-a-group", 0.003, needed(first, change, clumping)),
        ("year-one-throughout", 0.003, needed(first, change, first_clumping)),
        ("change-of-one", 0.1, needed(rate, change / 100, clumping)),
        ("no-clumping", 0.02, needed(rate, change, 0)),
        ("smaller-effect", 0.003, needed(rate, change / 2, clumping)),
        ("larger-effect", 0.003, needed(rate, 2 * change, clumping)),
        ("larger-effect", 0.003, needed(rate, 4 * change, clumping)),
        ("the-fall-itself", 0.2, needed(rate, -fall, clumping)),
        ("more-power", 0.02, needed(rate, change, clumping, 0.9)),
        ("a-rise", 0.0015, needed(rate, -change, clumping)),
        *(
            ("everybodys-rate", 0.05, needed(everybody.mean(), change, s))
            for s in (clumping, risk.dispersion(everybody))
        ),
    ]
    return right, [Slip(name, some, within * some) for name, within, some in wrong]


TASKS: dict[str, Callable[[], Task]] = {
    "half-fall": cache(_half_fall),
    "half-slope": cache(_half_slope),
    "half-effect": cache(_half_effect),
    "half-sample-size": cache(_half_sample_size),
    "fall": cache(_fall),
    "slope": cache(_slope),
    "effect": cache(_effect),
    "includes-zero": cache(_includes_zero),
    "sample-size": cache(_sample_size),
}
"""Every task of the exercise notebooks, by name; each is worked out when it is first asked for."""

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
from commissioning.labs.risk.figures import figures
from commissioning.labs.shapes import Figure, Slip, Task

# ---- Larkmere ------------------------------------------------------------------------------------------------------


@cache
def _drawn() -> pd.Series[bool]:
    return risk.at_practices_with_matron(place.persons())


@cache
def _without() -> pd.DataFrame:
    """Everybody at practices where nobody called."""
    return place.persons()[~_drawn()]


def _figure(name: str) -> Figure:
    return figures()[name]


def _aged_65_to_74() -> pd.DataFrame:
    return _without()[_without()["age_band"] == "65 to 74"]


# ---- a fall --------------------------------------------------------------------------------------------------------


def _fall() -> Task:
    fall = _figure("L6-fall")
    with_matron = Slip("with-matron", _figure("L6-with-fall").value, 0.5)
    return Task("fall", fall.value, fall.tolerance, (with_matron, *_fall_slips(2)))


def _half_fall() -> Task:
    others = Slip("two-or-more", _figure("L6-without-fall").value, 0.2)
    answer = risk.before_after_fall(_without(), at_least=3).fall
    return Task("half-fall", answer, 0.6, (others, *_fall_slips(3)))


def _fall_slips(at_least: int) -> Iterator[Slip]:
    change = risk.before_after_fall(_without(), at_least=at_least)
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
    yield from _falls_in_total(at_least)
    chosen_by_year_2 = risk.backwards_fall(_without(), at_least=at_least)
    yield Slip("chosen-by-year-two", 100 * (1 - chosen_by_year_2.before / chosen_by_year_2.after), 8)
    for people in (_without(), place.persons(), place.persons(matron_effect=0.0)):
        yield Slip("everybody", risk.before_after_fall(people, at_least=0).fall, 0.03)


def _falls_in_total(at_least: int) -> Iterator[Slip]:
    for people in (_without(), place.persons(), place.persons(matron_effect=0.0)):
        change = risk.before_after_fall(people, at_least=at_least)
        yield Slip("fall-in-total", change.people * (change.before - change.after), 2)


# ---- a slope -------------------------------------------------------------------------------------------------------


def _slope() -> Task:
    """In the whole town the two years vary alike, so swapping them, or the correlation, gives the same number."""
    slope = _figure("L6-slope")
    return Task("slope", slope.value, slope.tolerance, tuple(_slope_slips(_without(), slope.value)))


def _half_slope() -> Task:
    people = _aged_65_to_74()
    answer = risk.slope(people)
    swapped = answer * people["adm_y1"].var() / people["adm_y2"].var()
    told_apart = (
        Slip("correlation", float(people["adm_y1"].corr(people["adm_y2"])), 0.001),
        Slip("years-swapped", swapped, 0.004),
    )
    return Task("half-slope", answer, 0.0165, (*told_apart, *_slope_slips(people, answer)))


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
    """Right within 1 point. The figure's own tolerance says how far another seed would move it, which is much more."""
    return Task("effect", _figure("L6-fair-effect").value, 1.0, tuple(_effect_slips(2)))


def _half_effect() -> Task:
    answer = risk.difference_between_practices(place.persons(), at_least=3).estimate
    return Task("half-effect", answer, 0.5, tuple(_effect_slips(3)))


def _effect_slips(at_least: int) -> Iterator[Slip]:
    fair = risk.difference_between_practices(place.persons(), at_least=at_least)
    ratio = 1 + fair.estimate / 100
    with_matron, without = _arms(at_least)
    yield Slip("more-for-fewer", -fair.estimate, 0.14)
    yield Slip("divided-by-her-own", 100 / ratio - 100, 0.14)
    yield Slip("effect-of-one", fair.estimate / 100, 0.005)
    yield Slip("rate-ratio", ratio, 0.006)
    yield Slip("ratio-in-per-cent", 100 * ratio, 0.6)
    yield Slip("ratio-upside-down", 1 / ratio, 0.006)
    yield Slip("effect-each", with_matron.mean() - without.mean(), 0.003)
    yield Slip("effect-each", without.mean() - with_matron.mean(), 0.003)
    yield from _comparisons_of_something_else(at_least)
    yield Slip("end-of-interval", fair.low, 0.5)
    yield Slip("end-of-interval", fair.high, 0.5)


def _comparisons_of_something_else(at_least: int) -> Iterator[Slip]:
    persons, drawn = place.persons(), _drawn()
    falls = [risk.before_after_fall(persons[rows], at_least=at_least).fall for rows in (drawn, ~drawn)]
    with_matron, without = _arms(at_least)
    everybody = risk.difference_between_practices(persons, at_least=0).estimate
    admitted = with_matron[with_matron > 0].mean() / without[without > 0].mean()
    for fall in falls:
        yield Slip("before-and-after", fall, 0.8)
        yield Slip("before-and-after", -fall, 0.8)
    yield Slip("difference-of-falls", falls[0] - falls[1], 0.1)
    yield Slip("difference-of-falls", falls[1] - falls[0], 0.1)
    yield Slip("every-patient", everybody, 0.06)
    yield Slip("admitted-only", 100 * admitted - 100, 0.1)
    yield Slip("totals-compared", 100 * with_matron.sum() / without.sum() - 100, 0.5)
    if at_least == 2:
        yield Slip("practices-alike", _mean_of_practices(at_least), 0.3)


def _arms(at_least: int) -> tuple[pd.Series[int], pd.Series[int]]:
    """Year 2 of the group, at practices with a matron and without."""
    group = place.persons()[place.persons()["adm_y1"] >= at_least]
    drawn = _drawn()[group.index]
    return group.loc[drawn, "adm_y2"], group.loc[~drawn, "adm_y2"]


def _mean_of_practices(at_least: int) -> float:
    table = risk.falls_by_practice(place.persons(), at_least=at_least)
    means = (table["year_2"] / table["people"]).groupby(table["with_matron"]).mean()
    return float(100 * means[True] / means[False] - 100)


def _includes_zero() -> Task:
    return Task("includes-zero", _figure("L6-fair-low").value < 0 < _figure("L6-fair-high").value, 0)


# ---- a sample size -------------------------------------------------------------------------------------------------


def _sample_size() -> Task:
    needed = _figure("L6-needed")
    people = tuple(Slip("larkmere", _figure(f"L6-{group}-people").value, 1) for group in ("fair", "with", "without"))
    return Task("sample-size", needed.value, needed.tolerance, (*people, *_sample_size_slips(2, -5)))


def _half_sample_size() -> Task:
    three = _without()[_without()["adm_y1"] >= 3]["adm_y2"]
    answer = risk.sample_size(three.mean(), -10, dispersion=risk.dispersion(three))
    smaller = risk.sample_size(three.mean(), -5, dispersion=risk.dispersion(three))
    slips = (Slip("larkmere", len(three), 1), Slip("smaller-effect", smaller, 20), *_sample_size_slips(3, -10))
    return Task("half-sample-size", answer, 0.1 * answer, slips)


def _sample_size_slips(at_least: int, change: float) -> Iterator[Slip]:
    group = _without()[_without()["adm_y1"] >= at_least]
    rate, clumping = group["adm_y2"].mean(), risk.dispersion(group["adm_y2"])
    first, first_clumping = group["adm_y1"].mean(), risk.dispersion(group["adm_y1"])
    right = risk.sample_size(rate, change, dispersion=clumping)
    fall = risk.before_after_fall(group, at_least=0).fall

    def slip(name: str, within: float, needed: float) -> Slip:
        return Slip(name, needed, within * needed)

    yield slip("both-groups", 0.06, 2 * right)
    yield slip("half-a-group", 0.02, right / 2)
    yield slip("half-a-group", 0.003, risk.sample_size(first, change, dispersion=clumping))
    yield slip("year-one-throughout", 0.003, risk.sample_size(first, change, dispersion=first_clumping))
    yield slip("change-of-one", 0.1, risk.sample_size(rate, change / 100, dispersion=clumping))
    yield slip("no-clumping", 0.02, risk.sample_size(rate, change, dispersion=0))
    yield slip("larger-effect", 0.003, risk.sample_size(rate, 2 * change, dispersion=clumping))
    yield slip("larger-effect", 0.003, risk.sample_size(rate, 4 * change, dispersion=clumping))
    yield slip("the-fall-itself", 0.2, risk.sample_size(rate, -fall, dispersion=clumping))
    yield slip("more-power", 0.02, risk.sample_size(rate, change, dispersion=clumping, power=0.9))
    yield slip("a-rise", 0.0015, risk.sample_size(rate, -change, dispersion=clumping))
    yield from (slip("everybodys-rate", 0.05, needed) for needed in _needed_of_everybody(change, clumping))


def _needed_of_everybody(change: float, clumping: float) -> Iterator[int]:
    everybody = _without()["adm_y2"]
    for spread in (clumping, risk.dispersion(everybody)):
        yield risk.sample_size(everybody.mean(), change, dispersion=spread)


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

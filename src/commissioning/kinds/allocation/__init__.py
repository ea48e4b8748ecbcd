"""Budget allocation: share a fixed sum among more good uses than it will cover.

Money is whole £ thousand, and what is not spent is a reserve: spending and reserve always make the total, exactly. Each
use has a curve from money to gain (low, most likely, high), a lag in months, the share of its gain that reaches a named
group, and somebody who loses. There is no score (curriculum, section 3, kind 6). The report says what was bought, what
one sum of it would have done in its best other place (opportunity cost), the downside, the first year, who is reached,
and how far the pattern lies from those of named people: sum|x - y| / (2 * total), reserve included, so 0 is the same
pattern and 1 has no pound in the same place.

Response: {"spend": {option id: whole £k}}, each option once, none below its floor or above the most it can use, and
together no more than the total.

Sums run over ids in alphabetical order, one `+` at a time, so that the order of display changes nothing and JavaScript
gives the same digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Literal

from pydantic import Field, model_validator

from commissioning.kinds.allocation.moves import MOST_STEPS, gain, lump, opportunity
from commissioning.kinds.kind import NOTHING, Given, explained_options
from commissioning.kinds.told import With
from commissioning.source import shapes
from commissioning.source.faults import did_you_mean

__all__ = ["MOST_STEPS", "NAME", "Decision", "Question", "compiled", "explained", "find", "gain", "score"]
NAME = "allocation"
MARKED = False
MONTHS = 12

Found = Iterator[tuple[tuple[str | int, ...], str, str]]
Point = tuple[int, float, float, float]


class Gain(shapes.Shape):
    """What all the uses are measured by, and what that measure cannot see."""

    unit: shapes.Text = Field(description="What is counted, in the plural: people helped.")
    digits: int = Field(default=0, ge=0, le=2)
    leaves_out: shapes.Text = Field(description="What this count does not see. One or two sentences.")


class Group(shapes.Shape):
    """The people whose share of the gain is reported."""

    name: shapes.Text
    percent: float = Field(ge=0, le=100, description="Their share of everybody, for comparison.")


class Saturating(shapes.Shape):
    """Gain = limit * spend / (spend + half): quick at first, never quite reaching its limit."""

    limit: tuple[float, float, float] = Field(description="[low, most likely, high] that no money can pass.")
    half: int = Field(ge=1, description="£k at which half of the limit is reached.")
    most: int = Field(ge=1, description="The most £k that it can use.")


class Use(shapes.Option):
    """One use of the money. `consequence` is what happens if it is paid for, `without` if it is not."""

    without: shapes.Text = Field(description="What happens if it gets nothing beyond its floor, and to whom.")
    losers: shapes.Text = Field(description="Who loses if it is paid for. One sentence.")
    floor: int = Field(default=0, ge=0, description="£k already promised, which cannot be moved.")
    gains: list[Point] = Field(default=[], description="[£k, low, most likely, high], straight lines between.")
    whole: bool = Field(default=False, description="Nothing is gained between one point and the next, as with a ward.")
    saturates: Saturating | None = None
    lag: int = Field(ge=0, le=60, description="Months before the gain begins.")
    equity: float = Field(ge=0, le=100, description="Per cent of the gain that reaches the group.")
    sector: shapes.Slug | None = None

    @model_validator(mode="after")
    def _has_one_curve(self) -> Use:
        if bool(self.gains) == bool(self.saturates):
            raise ValueError("give either 'gains' (points) or 'saturates'")
        if self.whole and self.saturates:
            raise ValueError("'whole' is for 'gains'; what saturates has no points")
        return self

    @property
    def most(self) -> int:
        """The most £k that it can use."""
        return self.saturates.most if self.saturates else self.gains[-1][0]

    @property
    def rows(self) -> list[list[float]]:
        """[£k, low, most likely, high] at the points of its curve, or at four steps along a saturating one."""
        spends = [self.most * k // 4 for k in (1, 2, 3, 4)] if self.saturates else [point[0] for point in self.gains]
        return [[spend, *gain(_curve(self), spend)] for spend in spends if spend]


class Stance(shapes.Shape):
    """How somebody else would spend it, and why."""

    who: shapes.Text
    spend: dict[shapes.Slug, int]
    says: shapes.Text


class Decision(shapes.Decision):
    """A total, the uses that compete for it, and how others would share it."""

    kind: Literal["allocation"]
    total: int = Field(ge=1, description="£k to share.")
    step: int = Field(default=100, ge=1, description="£k of one press and of one paper token.")
    optimism: float = Field(default=20, ge=0, le=100, description="Per cent taken off the first year as a check.")
    gain: Gain
    group: Group
    sectors: dict[shapes.Slug, shapes.Text] = Field(default={})
    options: dict[shapes.Slug, Use] = Field(min_length=3, max_length=12)
    stances: dict[shapes.Slug, Stance] = Field(min_length=2)


Question = None


def find(exercise: Decision, given: Given = NOTHING) -> Found:
    """Curves that run backwards, money that cannot be shared or need not be, and stances that do not add up."""
    if exercise.total % exercise.step:
        yield ("step",), f"steps of £{exercise.step}k do not make £{exercise.total}k.", "Choose a step that divides it."
    if sum(use.floor for use in exercise.options.values()) > exercise.total:
        yield ("total",), "the floors alone come to more than the total.", "Lower one, or raise the total."
    if sum(use.most for use in exercise.options.values()) <= exercise.total:
        yield ("total",), "everything can be paid for, so nothing has to be chosen.", "Lower the total."
    for name, use in exercise.options.items():
        yield from _find_in_use(exercise, name, use)
    for name, stance in exercise.stances.items():
        yield from _find_in_stance(exercise, name, stance)


def _find_in_use(exercise: Decision, name: str, use: Use) -> Found:
    at = ("options", name)
    if use.floor > use.most:
        yield (*at, "floor"), f"the floor is £{use.floor}k, but it can use only £{use.most}k.", ""
    if use.sector is not None and use.sector not in exercise.sectors:
        yield (*at, "sector"), f"'{use.sector}' is not a sector.", did_you_mean(use.sector, exercise.sectors)
    if use.saturates:
        yield from _find_out_of_order((*at, "saturates", "limit"), use.saturates.limit)
    if use.gains and use.gains[0] != (0, 0, 0, 0):
        yield (*at, "gains", 0), "the curve must begin at [0, 0, 0, 0].", "Nothing spent gives nothing."
    for index, point in enumerate(use.gains):
        yield from _find_out_of_order((*at, "gains", index), point[1:])
    for index, (one, next_) in enumerate(pairwise(use.gains), start=1):
        if next_[0] <= one[0]:
            yield (*at, "gains", index), f"£{next_[0]}k does not come after £{one[0]}k.", "Put the points in order."
        if any(after < before for before, after in zip(one[1:], next_[1:], strict=True)):
            yield (*at, "gains", index), "more money gives less here.", "A gain may stand still but not fall."


def _find_out_of_order(at: tuple[str | int, ...], gains: tuple[float, ...]) -> Found:
    low, likely, high = gains
    if not 0 <= low <= likely <= high:
        yield at, f"{low:g}, {likely:g}, {high:g} are not low, most likely and high.", "Put them in that order."


def _find_in_stance(exercise: Decision, name: str, stance: Stance) -> Found:
    for option in stance.spend:
        if option not in exercise.options:
            wrong = f"'{option}' is not an option."
            yield ("stances", name, "spend", option), wrong, did_you_mean(option, exercise.options)
    for option, use in exercise.options.items():
        if not use.floor <= stance.spend.get(option, 0) <= use.most:
            wrong = f"£{stance.spend.get(option, 0)}k for '{option}' is not between £{use.floor}k and £{use.most}k."
            yield ("stances", name, "spend"), wrong, ""
    if sum(stance.spend.values()) > exercise.total:
        wrong = f"this comes to £{sum(stance.spend.values())}k, more than the total of £{exercise.total}k."
        yield ("stances", name, "spend"), wrong, ""


explained = explained_options


def compiled(exercise: Decision, given: Given = NOTHING) -> dict[str, Any]:
    """{"total", "step", "months", "optimism", "items": {id: {"floor", "most", "gains", "lag", "equity", "sector"}},
    "stances": {id: {option id: £k}}}. `gains` is a list of points, or {"limit", "half"}."""
    return {
        "total": exercise.total,
        "step": exercise.step,
        "months": MONTHS,
        "optimism": exercise.optimism,
        "items": {name: _item(use) for name, use in exercise.options.items()},
        "stances": {
            name: {option: stance.spend.get(option, 0) for option in exercise.options}
            for name, stance in exercise.stances.items()
        },
    }


def _item(use: Use) -> dict[str, Any]:
    kept = {"floor": use.floor, "most": use.most, "gains": _curve(use), "lag": use.lag, "equity": use.equity}
    return kept | {"sector": use.sector}


def _curve(use: Use) -> Any:
    """The curve of a use as plain JSON."""
    if use.saturates:
        return {"limit": list(use.saturates.limit), "half": use.saturates.half}
    points = [list(point) for point in use.gains]
    if not use.whole:
        return points
    short = [[next_[0] - 1, *one[1:]] for one, next_ in pairwise(points) if next_[0] - 1 > one[0]]
    return sorted([*points, *short])


def score(marking: dict[str, Any], response: Any) -> dict[str, Any] | None:
    """The report of an allocation; None unless every option has a whole sum within its bounds, and all of them fit.

    {"spent", "reserve": £k, "gain": [low, likely, high], "first_year", "first_year_cautious": gains that arrive within
    `months`, the second less `optimism` per cent, "lag": months weighted by gain, "equity": per cent of the gain,
    "sectors": {id: £k}, "items": {id: {"gain", "last": gain of the last step, "next": gain of the next, "lump": [£k,
    gain] of the larger sum that gives more for each step than the next one does, or None}}, "opportunity": {"from": id
    or None for the reserve, "money": £k, "gave", "to", "would_give"} or None, "stances": {id: distance}}. Shares of a
    gain of nothing are None.
    """
    spend = _spend(marking, response)
    if spend is None:
        return None
    items = {name: _use(marking, name, money) for name, money in spend.items()}
    reserve = marking["total"] - sum(spend.values())
    return {
        "spent": sum(spend.values()),
        "reserve": reserve,
        **_sums(marking, items),
        "sectors": _sectors(marking, spend),
        "items": items,
        "opportunity": opportunity(marking, spend, items),
        "stances": {name: _distance(marking, spend, other) for name, other in marking["stances"].items()},
    }


def _spend(marking: dict[str, Any], response: Any) -> dict[str, int] | None:
    """£k by option in alphabetical order, or None where it is not a way to share the total."""
    given = response.get("spend") if isinstance(response, dict) else None
    if not isinstance(given, dict) or given.keys() != marking["items"].keys():
        return None
    spend = {name: _whole(given[name], marking["items"][name]) for name in sorted(given)}
    whole = {name: money for name, money in spend.items() if money is not None}
    return whole if len(whole) == len(spend) and sum(whole.values()) <= marking["total"] else None


def _whole(value: Any, item: dict[str, Any]) -> int | None:
    """A whole sum within the bounds of its option, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not item["floor"] <= value <= item["most"]:
        return None
    return int(value) if value == int(value) else None


def _use(marking: dict[str, Any], name: str, money: int) -> dict[str, Any]:
    item, step = marking["items"][name], marking["step"]
    now = gain(item["gains"], money)
    has_last, has_next = money - step >= item["floor"], money + step <= item["most"]
    return {
        "gain": now,
        "last": now[1] - gain(item["gains"], money - step)[1] if has_last else None,
        "next": gain(item["gains"], money + step)[1] - now[1] if has_next else None,
        "lump": lump(item, money, step) if has_next else None,
    }


def _sums(marking: dict[str, Any], items: dict[str, dict[str, Any]]) -> dict[str, Any]:
    low, likely, high, first, waited, reached = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    months = marking["months"]
    for name, use in items.items():
        item, (worst, middle, best) = marking["items"][name], use["gain"]
        low, likely, high = low + worst, likely + middle, high + best
        first = first + middle * max(0, months - item["lag"]) / months
        waited = waited + middle * item["lag"]
        reached = reached + middle * item["equity"]
    return {
        "gain": [low, likely, high],
        "first_year": first,
        "first_year_cautious": first * (100 - marking["optimism"]) / 100,
        "lag": waited / likely if likely else None,
        "equity": reached / likely if likely else None,
    }


def _sectors(marking: dict[str, Any], spend: dict[str, int]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for name, money in spend.items():
        sector = marking["items"][name]["sector"]
        if sector is not None:
            sums[sector] = sums.get(sector, 0) + money
    return sums


def _distance(marking: dict[str, Any], spend: dict[str, int], other: dict[str, int]) -> float:
    kept = abs(sum(spend.values()) - sum(other.values()))
    apart = kept + sum(abs(money - other[name]) for name, money in spend.items())
    return apart / (2 * int(marking["total"]))


def met(score: dict[str, Any]) -> bool | None:
    """None: nothing here is right or wrong."""
    return None


def told(response: Mapping[str, Any], with_: With) -> str | None:
    """What each option was given."""
    spend = response.get("spend")
    if not isinstance(spend, dict):
        return None
    return ", ".join(f"{with_.name(of)} £{with_.said(money)}k" for of, money in spend.items())

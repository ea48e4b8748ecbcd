"""Packages of a negotiation: one option of each issue, what they are worth to both sides, and the best of them."""

from __future__ import annotations

from itertools import product
from typing import Any

Points = tuple[int, int]
Picks = tuple[int, ...]


def packages(marking: dict[str, Any]) -> list[Picks]:
    """Every package, in the order of listing: the last issue changes fastest."""
    return list(product(*(range(len(options)) for _, options in marking["issues"])))


def worth(marking: dict[str, Any], picks: Picks) -> Points:
    """(your points, their points) of a package."""
    terms = [options[pick] for (_, options), pick in zip(marking["issues"], picks, strict=True)]
    return sum(term[1] for term in terms), sum(term[2] for term in terms)


def as_package(marking: dict[str, Any], picks: Picks) -> dict[str, str]:
    """{issue: option}"""
    return {name: options[pick][0] for (name, options), pick in zip(marking["issues"], picks, strict=True)}


def as_picks(marking: dict[str, Any], package: Any) -> Picks | None:
    """The places of a package's options; None if an issue is lacking or unknown, or an option is."""
    if not isinstance(package, dict) or len(package) != len(marking["issues"]):
        return None
    picks = []
    for name, options in marking["issues"]:
        known = [option for option, _, _ in options]
        if package.get(name) not in known:
            return None
        picks.append(known.index(package[name]))
    return tuple(picks)


def best_joint(marking: dict[str, Any]) -> int:
    """The most points that any package gives both sides together."""
    return max(sum(worth(marking, picks)) for picks in packages(marking))


def frontier(marking: dict[str, Any]) -> list[Picks]:
    """Packages than which no other is better for one and no worse for the other; best for you first."""
    worths = {picks: worth(marking, picks) for picks in packages(marking)}
    kept = [picks for picks, own in worths.items() if not any(_beats(other, own) for other in worths.values())]
    return sorted(kept, key=lambda picks: -worths[picks][0])


def _beats(one: Points, other: Points) -> bool:
    return one != other and one[0] >= other[0] and one[1] >= other[1]

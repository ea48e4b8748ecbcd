"""Who came to design groups before and after a notice, and how many of those who were asked were still coming.

Seats filled are meetings times people, and one person who leaves empties a seat at every later meeting. So people are
the unit to compare, and `chance_of_gap` deals people, not seats (Fisher's exact test, by the gap between the shares).
"""

from __future__ import annotations

import math

import pandas as pd


def seats_filled(meetings: pd.DataFrame) -> pd.DataFrame:
    """Per cent of seats filled, by how the groups were told, before and after the notice."""
    came = (meetings["attended"] == "Y").groupby([meetings["told"], meetings["meeting"] > 0]).mean()
    return (100 * came).unstack().set_axis(["before", "after"], axis=1)


def never_again(meetings: pd.DataFrame) -> pd.DataFrame:
    """Of the clinicians who joined, how many came to no meeting after the notice, by how they were told."""
    after = meetings[meetings["meeting"] > 0]
    came = (after["attended"] == "Y").groupby([after["told"], after["clinician"]]).any()
    by = came.groupby("told").agg(["size", "sum"])
    return pd.DataFrame({"joined": by["size"], "never_again": by["size"] - by["sum"]})


def still_coming(meetings: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """By how they were told: people asked, joined, gone and still coming; the last also in per cent of the first two.

    A clinician is still coming who came to any meeting after the notice, and gone who came to none.
    """
    asked = groups.groupby("told")[["asked", "joined"]].sum()
    gone = never_again(meetings)["never_again"]
    table = asked.assign(gone=gone, still=asked["joined"] - gone)
    return table.assign(
        of_joined_pct=100 * table["still"] / table["joined"], of_asked_pct=100 * table["still"] / table["asked"]
    )


def came_of_those_still_coming(meetings: pd.DataFrame) -> pd.Series[float]:
    """Of the meetings after the notice, the per cent that those still coming came to, by how they were told."""
    after = meetings[meetings["meeting"] > 0]
    came = (after["attended"] == "Y").groupby([after["told"], after["clinician"]]).mean()
    return 100 * came[came > 0].groupby("told").mean()


def chance_of_gap(stayed: tuple[int, int], out_of: tuple[int, int]) -> float:
    """How often a deal of the same people into the same two groups leaves a gap at least as wide, either way.

    `stayed` and `out_of` count people in each group. Every deal is counted (the hypergeometric distribution), and deals
    are ranked by the gap between the two shares.
    """
    if not all(0 <= one <= most for one, most in zip(stayed, out_of, strict=True)):
        raise ValueError(f"no more can stay than were there, and none fewer than 0 (got {stayed} of {out_of})")
    total, kept = sum(out_of), sum(stayed)
    wide = abs(stayed[0] / out_of[0] - stayed[1] / out_of[1])
    ways = 0
    for first in range(max(0, kept - out_of[1]), min(kept, out_of[0]) + 1):
        gap = abs(first / out_of[0] - (kept - first) / out_of[1])
        if gap >= wide - 1e-12:
            ways += math.comb(out_of[0], first) * math.comb(out_of[1], kept - first)
    return ways / math.comb(total, kept)

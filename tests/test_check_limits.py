"""Limits bind: shares by hand, and a limit that binds nobody, or everybody, in the words in which it is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fixture_book import FIXTURES, ROOT

from commissioning import check
from commissioning.book import read_book
from commissioning.check import limits
from commissioning.kinds import negotiation, scenario
from commissioning.source.sheets import Sheet, read_text

TOLD = FIXTURES / "scenario" / "told.yaml"
BARGAIN = ROOT / "book" / "kinds-of-decision" / "decisions" / "example-negotiation.yaml"


def told(path: Path, shape: Any, *changes: tuple[str, str]) -> list[str]:
    """What the check says of one changed decision."""
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    sheet: Sheet[Any] = read_text(text, shape, Path("own.yaml"))
    found = [(one, one.none if one.share <= 0 else one.every if one.share >= 1 else "") for one in limits.shares(sheet)]
    return [str(sheet.fault(one.trail, wrong)) for one, wrong in found if wrong]


def test_the_share_within_a_total_is_counted_over_all_ways() -> None:
    """1 + 3, 1 + 5 and 2 + 3 are at most 6, 2 + 5 is not; so are 4 of 8 with 0 or 1 besides and a total of 5."""
    assert limits.within([[1, 2], [3, 5]], 6) == 0.75
    assert limits.within([[1, 2], [3, 5], [0, 1]], 5) == 0.375
    assert limits.within([[1], [1]], 1) == 0.0


def test_the_small_story_and_the_bargain_of_the_gallery_have_limits_that_bind() -> None:
    assert told(TOLD, scenario.Decision) == []
    assert told(BARGAIN, negotiation.Decision) == []


BROKEN: list[tuple[Path, Any, tuple[str, str], str]] = [
    (TOLD, scenario.Decision, ("when: left >= 40, in", "when: left >= 4, in"),
     "own.yaml:62  node 'august', choice 'hire', when\n  'left >= 4' holds whenever one comes here."),
    (TOLD, scenario.Decision, ("when: left >= 40, in", "when: seen < 120, in"),
     "  'Money left' is only spent, closes no choice, and some of it is left on every path."),
    (TOLD, scenario.Decision, ("when: seen > 170", "when: seen > 1"),
     "ending 'many'\n  every path comes here."),
    (BARGAIN, negotiation.Decision, ("alternative: 15", "alternative: 63"),
     "rounds\n  no package that is worth most to both can be agreed within the rounds."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "shape", "change", "message"), BROKEN, ids=[one[3][-40:] for one in BROKEN])
def test_a_limit_that_binds_nobody_or_everybody_is_told(
    path: Path, shape: Any, change: tuple[str, str], message: str
) -> None:
    found = told(path, shape, change)
    assert any(message in fault for fault in found), found


def test_every_limit_of_the_book_has_a_line() -> None:
    lines = list(check.shares(read_book(ROOT)))
    assert any("boards within £" in line for line in lines)
    assert all(0 < float(line.split("%")[0]) < 100 or "best packages" in line for line in lines)

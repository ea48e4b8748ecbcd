"""What the gallery says of itself: the endings of its story hold on every path that leads to them."""

from __future__ import annotations

from pathlib import Path

from story_paths import assert_deficit_endings_hold

from commissioning.book import read_book
from commissioning.kinds import scenario as kind

ROOT = Path(__file__).resolve().parents[1]
GALLERY = read_book(ROOT).pages["kinds-of-decision"]


def test_what_the_endings_of_the_deficit_letter_say_is_so_on_every_path() -> None:
    rules = kind.compiled(GALLERY.decisions["example-scenario"].model)
    silent = {"day-12.silence", "finance-officer.tell-her-to-wait"}
    assert_deficit_endings_hold(rules, waited=silent, found_out=silent)


def test_the_falls_team_is_gone_before_its_absence_is_counted() -> None:
    """What comes back of the saving does so only where the cut was held, after the month in which the team ended."""
    model = GALLERY.decisions["example-scenario"].model
    late = [(name, effect) for name, choice in model.nodes["prevention"].choices.items() for effect in choice.late]
    assert [name for name, _ in late] == ["hold"]
    assert "ends this month" in model.nodes["day-12"].choices["cut-now"].consequence
    assert "May and June" in late[0][1].text

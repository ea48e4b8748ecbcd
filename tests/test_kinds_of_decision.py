"""What the gallery says of itself: what its story tells holds on every path that leads to it."""

from __future__ import annotations

from pathlib import Path

from story_paths import paths

from commissioning.book import read_book
from commissioning.kinds import scenario as kind

ROOT = Path(__file__).resolve().parents[1]
GALLERY = read_book(ROOT).pages["kinds-of-decision"]
STORY = GALLERY.decisions["example-scenario"].model
FEW, AS_BEFORE = 800, 50
"""How few people may be left without a practice, and where the practices and the patients began."""


def test_what_the_endings_of_the_closing_surgery_say_is_so_on_every_path() -> None:
    """Placed or left, with the practices or the patients no worse or worse than they began: and every ending is met."""
    met = set()
    for steps, values, reached in paths(kind.compiled(STORY)):
        met.add(reached)
        few, kept = values["unplaced"] <= FEW, values["neighbours"] >= AS_BEFORE
        says = {
            "placed-together": few and kept,
            "placed-and-strained": few and not kept,
            "unplaced-and-told": not few and values["patients"] >= AS_BEFORE,
            "unplaced": not few and values["patients"] < AS_BEFORE,
        }
        assert says[reached], (reached, steps, values)
    assert met == set(STORY.endings)


def test_each_first_choice_can_come_to_the_ending_with_most_people_placed_and_the_practices_kept() -> None:
    first = {steps[0][1] for steps, _, reached in paths(kind.compiled(STORY)) if reached == "placed-together"}
    assert first == set(STORY.nodes["week-1"].choices)


def test_no_path_spends_more_than_there_is_or_places_more_people_than_there_are() -> None:
    for _, values, _ in paths(kind.compiled(STORY)):
        assert values["unplaced"] > 0
        assert values["money"] >= 0


def test_what_is_left_at_the_end_of_the_last_week_is_more_than_the_practices_add_in_one() -> None:
    """Where many are left, as the endings say; and those whom one choice places are as many as the text allows."""
    week = -float(STORY.nodes["week-15"].choices["place-the-rest"].effects["unplaced"])
    for _, values, reached in paths(kind.compiled(STORY)):
        assert reached.startswith("placed") or values["unplaced"] > week
    assert -float(STORY.nodes["answers"].choices["take-the-two"].effects["unplaced"]) <= 2 * 800

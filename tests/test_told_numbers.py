"""A number that an ending prints before a noun in the plural is never 0 or 1 on a path that reaches it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from story_paths import paths

from commissioning.book import read_book
from commissioning.kinds import scenario as kind

BOOK = read_book(Path(__file__).resolve().parents[1])
STORIES = {
    f"{page}/{name}": decision.model
    for page, chapter in BOOK.pages.items()
    for name, decision in chapter.decisions.items()
    if decision.model.kind == "scenario"
}
COUNTED = re.compile(r"\{(\w+)\} (?!is\b|was\b|less\b|has\b)\w+s\b")


def odd(story: object) -> list[tuple[str, str, float]]:
    """The ending, the words and the number wherever an ending would print "1 weeks" or "0 weeks"."""
    found = set()
    for _, values, ending in paths(kind.compiled(story)):
        for match in COUNTED.finditer(str(story.endings[ending].text)):  # type: ignore[attr-defined]
            value = values.get(match.group(1))
            if value in (0, 1):
                found.add((ending, match.group(0), value))
    return sorted(found)


@pytest.mark.parametrize("name", STORIES)
def test_no_ending_prints_one_of_several(name: str) -> None:
    assert odd(STORIES[name]) == []


def test_it_would_have_been_found() -> None:
    """The story of the four meetings said "1 weeks of work" until its endings put the number last."""
    story = STORIES["may-we-use-these-data/but-i-see-it-all-day"]
    said = {"text": "There are {weeks} weeks of work to do."}
    endings = {name: told.model_copy(update=said) for name, told in story.endings.items()}
    story = story.model_copy(update={"endings": endings})
    assert 1 in {value for _, _, value in odd(story)}

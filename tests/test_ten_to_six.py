"""The start page's first decision: one price for one thing, told before the vote, and endings true on every road."""

from __future__ import annotations

import re
from typing import Any

from story_paths import paths

from commissioning.book import Book
from commissioning.check.figures import UNITS
from commissioning.kinds import scenario
from commissioning.site.roles import chapter_counts

NAME = "ten-to-six"
ONE_POST = {"clinic": (80, 50, 0), "visit": (100, 40, 0), "walk-in": (1000, 10, 0), "quays": (45, 45, 45)}
"""What one post does in a year: people helped, those of them seriously ill, and those of these who are new faces."""
LETTERS = (12, 12, 12)
FOUND = (40, 0, 0)
"""Whom a year's search brings back to their own practices, before they are seriously ill."""
LOOKED, SHARED, CLINIC = (
    ("look-first", "go-to-them"),
    ("look-first", "half-and-half"),
    ("look-first", "clinic-after-all"),
)
TWO_POSTS: dict[tuple[str, ...], list[str]] = {
    LOOKED: ["quays", "quays"],
    SHARED: ["quays", "clinic"],
    CLINIC: ["clinic", "clinic"],
}
Roads = dict[tuple[str, ...], tuple[dict[str, float], str]]


def story(book: Book) -> Any:
    return book.chapter_of(NAME).decisions[NAME].model


def roads(book: Book) -> Roads:
    """Each road, by the choices on it: the values it comes to, and its ending."""
    walked = paths(scenario.compiled(story(book)))
    return {tuple(choice for _, choice in chosen): (values, ending) for chosen, values, ending in walked}


def placed(road: tuple[str, ...]) -> list[str]:
    """Where the posts of a road work at its end; the search is paid for with one, and what it does is FOUND."""
    first, second = road
    if first == "look-first":
        return TWO_POSTS[road]
    return [first, first, "quays" if second == "move" else first]


def test_a_post_does_the_same_for_the_same_money_on_every_road(real_book: Book) -> None:
    made = roads(real_book)
    assert len(made) == 9
    for road, (values, _) in made.items():
        wanted = [sum(done) for done in zip(*(ONE_POST[where] for where in placed(road)), strict=True)]
        if road[1] == "letters":
            wanted = [a + b for a, b in zip(wanted, LETTERS, strict=True)]
        if road[0] == "look-first":
            wanted = [a + b for a, b in zip(wanted, FOUND, strict=True)]
        assert [values["helped"], values["ill"], values["new"]] == wanted, road
        assert values["posts"] == 0, "no money is left that cannot be spent"


def test_every_price_is_told_before_the_vote(real_book: Book) -> None:
    exercise = story(real_book)
    first = next(iter(exercise.nodes.values()))
    assert "£90,000 a year" in exercise.situation
    assert "£30,000 a year each" in exercise.situation
    assert "Three of the four each ask for all three posts." in first.text
    assert "the price of one, every year" in first.text
    assert [choice.effects["posts"] for choice in first.choices.values()] == ["-3", "-3", "-3", "-1"]


def test_what_the_endings_say_is_so_on_every_road_to_them(real_book: Book) -> None:
    made, endings = roads(real_book), story(real_book).endings
    helped = {road: values["helped"] for road, (values, _) in made.items()}
    assert "Every other road through this story helps more people in all." in endings["looked"].text
    assert min(helped, key=lambda road: helped[road]) == LOOKED
    for road, (values, ending) in made.items():
        if ending in ("looked", "shared", "moved"):
            assert "Of the 140 people on the Quays, {new} will be seen" in endings[ending].text, road
        if ending == "moved":
            assert max(helped[looked] for looked in TWO_POSTS) < helped[road] < 3 * ONE_POST[road[0]][0], road
        if ending == "busy":
            assert values["new"] == 140 - 128, road
        if ending == "known":
            assert road == CLINIC
            assert values["new"] == 0
            assert 3 * (values["helped"] - FOUND[0]) == 2 * (3 * ONE_POST["clinic"][0]), (
                "the search cost a third of the clinic"
            )
            assert values["helped"] > helped[LOOKED]
    assert helped["clinic", "move"] > helped[SHARED]
    assert made["clinic", "move"][0]["new"] == made[SHARED][0]["new"] == 45
    told = story(real_book).nodes["the-map"].choices[SHARED[1]].explanation
    assert "would have helped more people, and as many on the Quays" in told


def test_what_the_map_offers_is_priced_and_what_it_leaves_out_has_a_reason(real_book: Book) -> None:
    exercise, made = story(real_book), roads(real_book)
    the_map = exercise.nodes["the-map"]
    for road in TWO_POSTS:
        parts = (45, 80) if road == SHARED else (made[road][0]["helped"] - FOUND[0],)
        told = the_map.choices[road[1]].text
        assert all(f"{part:g}" in told for part in parts), f"{road}: what two posts buy is told before the choice"
    for champion, reason in (("Lien Pham", "has taken a job"), ("Francis", "has asked the council")):
        offered = any(champion in choice.text for choice in the_map.choices.values())
        assert offered or f"{reason}" in the_map.text.split(champion)[1], champion


def test_each_first_choice_is_best_at_something_or_between_the_best(real_book: Book) -> None:
    made = roads(real_book)
    best = {what: max(made, key=lambda road, what=what: made[road][0][what])[0] for what in ("helped", "ill", "new")}  # type: ignore[misc]
    assert best == {"helped": "walk-in", "ill": "clinic", "new": "look-first"}
    visit = made["visit", "letters"][0]
    assert visit["helped"] > made["clinic", "letters"][0]["helped"]
    assert visit["ill"] > made["walk-in", "letters"][0]["ill"]


DEFINITION = (
    "is deciding, for everyone in a place, what care there shall be, paying for it, and finding out whether it helped."
)
NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen)"
COUNTED = re.compile(rf"\b{NUMBER}\b[^.`]*\bchapters?\b|\bplanned {NUMBER}\b", re.I)


def test_commissioning_is_defined_in_one_way_and_before_the_first_decision(real_book: Book) -> None:
    """The start page once taught a word that it had not explained, and three chapters explained it in three ways."""
    start = " ".join((real_book.root / "book" / "index.md").read_text(encoding="utf-8").split())
    assert DEFINITION in start.split("decision(")[0]
    defining = 0
    for slug in real_book.chapters:
        page = " ".join((real_book.root / "book" / slug / "index.md").read_text(encoding="utf-8").split())
        for said in re.findall(r"\{term\}`Commissioning` (is [^.]*\.)", page):
            assert said == DEFINITION, slug
            defining += 1
    assert defining >= 4


def test_the_start_page_counts_the_chapters_and_types_no_number_of_them(real_book: Book) -> None:
    """It said that six were ready when the contents listed eight."""
    contents = (real_book.root / "_toc.yml").read_text(encoding="utf-8")
    listed = [slug for slug in real_book.chapters if f"file: book/{slug}/index\n" in contents]
    numbers = {chapter.head.model.number for chapter in real_book.chapters.values()}
    counts = chapter_counts(real_book)
    assert counts["ready"] == len(listed) > 0
    assert counts["planned"] == len(set(real_book.about["coverage"].model.planned) | numbers)
    page = (real_book.root / "book" / "index.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\{chapters\}`(\w+)`", page)) == set(counts)
    assert not COUNTED.findall(page)
    assert COUNTED.findall("**Six chapters are ready**, of a planned fourteen.")


def test_the_readme_counts_chapters_and_kinds_as_they_are(real_book: Book) -> None:
    """It said six chapters when there were eight."""
    text = (real_book.root / "README.md").read_text(encoding="utf-8")
    said = re.search(r"\*\*(\w+) chapters\*\*, each whole", text)
    counts = chapter_counts(real_book)
    assert said
    assert UNITS[said[1].lower()] == counts["ready"] == counts["planned"]
    shown = list((real_book.root / "book/kinds-of-decision/decisions").glob("example-*.yaml"))
    kinds = re.search(r"gallery of all (\w+)\s+kinds", text)
    assert kinds
    assert UNITS[kinds[1]] == len(shown)

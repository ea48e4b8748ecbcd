"""What chapter 2 says beside its slider is so at every place of the slider where it is said."""

from __future__ import annotations

from itertools import product
from typing import Any

from commissioning import labs
from commissioning.book import Book

POWER = labs.tables()["projects-power"]
EVERY = tuple(POWER["over"])


def chance(each: float, eighths: int) -> float:
    """The chance in 100 of a convincing result with so many of each, if C truly keeps so many in eight and B two."""
    return float(POWER["columns"][f"c{eighths}"][EVERY.index(each)])


def said(book: Book) -> dict[str, list[tuple[float, int]]]:
    """For each region by name, every place of the two sliders at which its text is shown."""
    exercise: Any = book.chapters["three-meanings"].decisions["how-many-projects"].model
    shown: dict[str, list[tuple[float, int]]] = {region.name: [] for region in exercise.regions}
    for each, eighths in product(EVERY, range(2, 8)):
        at = {"each": each, "eighths": eighths}
        name = next(
            region.name
            for region in exercise.regions
            if all(low <= at[name] <= high for name, (low, high) in (region.when or {}).items())
        )
        shown[name].append((each, eighths))
    return shown


def test_each_region_of_how_many_projects_is_true_wherever_it_is_shown(real_book: Book) -> None:
    shown = {name: [(at, chance(*at)) for at in places] for name, places in said(real_book).items()}
    assert all(shown.values())
    assert max(share for _, share in shown["Nothing to find"]) < 5
    assert max(share for _, share in shown["A small difference"]) < 50
    assert min(share for _, share in shown["A large difference"]) > 60
    assert min(share for (each, _), share in shown["A large difference"] if each >= 24) > 90
    assert max(share for (_, eighths), share in shown["A handful of each"] if eighths < 7) < 50
    assert {eighths for (_, eighths), _ in shown["A middling difference"]} == {4}
    assert max(share for _, share in shown["A middling difference"]) < 80
    nearly = [share for _, share in shown["Nearly enough"]]
    assert (round(min(nearly), -1), max(nearly) < 75) == (40, True)
    assert min(share for _, share in shown["Enough to be worth asking"]) > 80


def test_the_shares_that_its_explanations_print_are_those_of_the_table() -> None:
    assert round(chance(40, 3) / 100 * 6) == round(chance(16, 4) / 100 * 6) == 1, "about one time in six"
    assert round(chance(60, 4) / 100 * 4) == 3, "about three in four"
    assert round(100 - chance(8, 5), -1) == 80, "missed about four times in five"
    assert chance(60, 4) < 80 < chance(64, 4), "for four in eight it takes about 64"

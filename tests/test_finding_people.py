"""What chapter 6 says of itself: its slider reaches what is said of it, its regions are true at every setting."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from commissioning.book import read_book
from commissioning.labs import figures, tables
from commissioning.labs.checks import check

ROOT = Path(__file__).resolve().parents[1]
BOOK = read_book(ROOT)
EXPLORER = BOOK.chapters["finding-people-at-risk"].decisions["where-to-draw-the-line"].model
COST_OF_ONE = 12.5e9 / 5.3e6
CITED = re.compile(r"L[36]-[\w-]+")
BARE = {
    "who-decides": ("crude-slope", "led-median", "led-slope", "not-led-slope"),
    "finding-people-at-risk": ("fall", "slope", "effect", "sample-size"),
}

BY_COINCIDENCE = {"L6-other-draws-high": "effect", "L3-led-reversed": "crude-slope"}
"""Figures of something else, of about the same size: an estimate of another draw, and a count of decisions undone."""


def settings() -> Iterator[tuple[str, float, float, float]]:
    """Every setting: the region told there, how many of 100 are admitted, reach, and the cost of one avoided."""
    table = tables()["risk-reach"]
    lowest, highest = EXPLORER.inputs["effect"].min, EXPLORER.inputs["effect"].max
    for row, share in enumerate(table["over"]):
        people, admitted, admissions, reach = (
            table["columns"][name][row] for name in ("people", "admitted", "admissions", "reach")
        )
        for effect in range(int(lowest), int(highest) + 1):
            at = {"share": share, "effect": effect}
            region = next(
                one.name for one in EXPLORER.regions if all(a <= at[name] <= b for name, (a, b) in one.when.items())
            )
            avoided = admissions * effect / 100
            cost = math.ceil(people / 50) * 60_000 / avoided if avoided else math.inf
            yield region, 100 * admitted / people, reach, cost


def test_the_slider_reaches_the_effect_at_which_a_matron_pays_for_herself() -> None:
    costs = [cost for *_, cost in settings()]
    assert min(costs) < COST_OF_ONE < max(costs)
    assert EXPLORER.inputs["effect"].min < figures()["L6-break-even"].value < EXPLORER.inputs["effect"].max


def test_what_each_region_says_is_so_at_every_setting_in_it() -> None:
    says = {
        "No effect, no price": lambda admitted, reach, cost: cost == math.inf,
        "In sight of the price of a bed": lambda admitted, reach, cost: cost < 1.5 * COST_OF_ONE,
        "A short list": lambda admitted, reach, cost: admitted > 55 and reach < 11,
        "A list of thousands": lambda admitted, reach, cost: 49 < admitted < 56 and 100 / 7.5 < reach < 20,
        "A middling list": lambda admitted, reach, cost: admitted < 50 and reach > 20,
        "A long list": lambda admitted, reach, cost: reach < 66,
    }
    met = set()
    for region, *values in settings():
        met.add(region)
        assert says[region](*values), (region, values)
    assert met == set(says)


@pytest.mark.parametrize("name", BARE)
def test_no_figure_that_a_chapter_cites_answers_its_bare_case(name: str) -> None:
    """The checks of the bare tasks call wrong whatever is printed above them of the same thing."""
    chapter = BOOK.chapters[name]
    open_text = re.sub(r'<details class="more">.*?</details>', "", chapter.text, flags=re.DOTALL)  # where answers wait
    written = [open_text, *(sheet.path.read_text(encoding="utf-8") for sheet in chapter.decisions.values())]
    cited = {one: figures()[one] for text in written for one in CITED.findall(text) if one in figures()}
    assert len(cited) > 5
    answers = {one: task for one, figure in cited.items() for task in BARE[name] if check(task, figure.value).right}
    assert answers.items() <= BY_COINCIDENCE.items()


def test_a_pencil_does_the_bare_case_from_the_table_above_it() -> None:
    """The page once promised it to readers without the notebook, and printed none of the numbers."""
    page = " ".join(BOOK.chapters["finding-people-at-risk"].text.split())
    bare, _, folded = page.partition("### The bare case")[2].partition('<details class="more">')

    def printed(name: str) -> float:
        found = re.search(rf"\{{place\}}`([\d.,]+)[^`]*<L6-{name}>`", bare)
        assert found, name
        return float(found.group(1).replace(",", ""))

    each = {
        (arm, when): printed(f"older-{arm}-{when}") / printed(f"older-{arm}-people")
        for arm in ("with", "without")
        for when in ("before", "after")
    }
    assert check("fall", 100 * (1 - each["without", "after"] / each["without", "before"])).right
    assert check("slope", printed("older-together") / printed("older-spread")).right
    assert check("effect", 100 * (each["with", "after"] / each["without", "after"] - 1)).right
    assert abs(printed("needed") / 4 / figures()["L6-older-needed"].value - 1) < 0.1
    assert all(f"<L6-older-{answer}>" in folded for answer in ("fall", "slope", "effect", "needed"))

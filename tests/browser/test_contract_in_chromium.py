"""The scoring contract in Chromium: the script scores as Python does, to the last digit."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from contract_cases import REVIVE, SCORED, SEED, as_json, cases, is_same, random_answers

from commissioning import kinds, page
from commissioning.book import Book
from commissioning.book.compile import compile_decision
from commissioning.kinds import explorer

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCORES = f"""text => {{
  const {{ kind, answers }} = JSON.parse(text, {REVIVE});
  const {{ score }} = globalThis.commissioning.kinds[kind];
  return answers.map(([marking, response]) => score(marking, response));
}}"""
RESULTS = "([marking, settings]) => settings.map((at) => globalThis.commissioning.results(marking, at))"
REGIONS = """([marking, settings]) => {
  const { regionAt, results } = globalThis.commissioning;
  return settings.map((at) => regionAt(marking, results(marking, at)));
}"""
SHOWN = "([values, words]) => values.map((v) => globalThis.commissioning.shown(...v, words))"


def scores(blank: Page, kind: str, answers: list[tuple[dict[str, Any], Any]]) -> list[Any]:
    made: list[Any] = blank.evaluate(SCORES, as_json({"kind": kind, "answers": [list(pair) for pair in answers]}))
    return made


@pytest.mark.parametrize("kind", SCORED)
def test_the_browser_gives_the_scores_that_were_worked_out_by_hand(blank: Page, kind: str) -> None:
    held = cases(kind)
    given = scores(blank, kind, [(case.marking, case.response) for case in held])
    assert [c.why for c, score in zip(held, given, strict=True) if not is_same(score, c.score)] == []


@pytest.mark.parametrize("kind", SCORED)
def test_python_and_the_browser_agree_on_a_thousand_random_answers(blank: Page, kind: str) -> None:
    answers = random_answers(kind)
    ours = [kinds.score(kind, marking, response) for marking, response in answers]
    theirs = scores(blank, kind, answers)
    differ = [(a, one, other) for a, one, other in zip(answers, ours, theirs, strict=True) if one != other]
    assert differ == []


MOST = 4_000


def grid(marking: dict[str, Any]) -> list[dict[str, float]]:
    """Every setting that the sliders can take; of more than MOST, the extremes of each slider and a seeded draw."""
    axes = {
        name: [round(low + i * step, 6) for i in range(round((high - low) / step) + 1)]
        for name, (low, high, step, _) in marking["inputs"].items()
    }
    if math.prod(map(len, axes.values())) <= MOST:
        return [dict(zip(axes, point, strict=True)) for point in itertools.product(*axes.values())]
    dice = random.Random(SEED)
    corners = itertools.product(*((axis[0], axis[-1]) for axis in axes.values()))
    drawn = (tuple(dice.choice(axis) for axis in axes.values()) for _ in range(MOST))
    return [dict(zip(axes, point, strict=True)) for point in (*corners, *drawn)]


def markings(*books: Book) -> Iterator[tuple[dict[str, Any], Any]]:
    for book in books:
        for chapter in book.chapters.values():
            for name, sheet in chapter.decisions.items():
                if sheet.model.kind == "explorer":
                    yield compile_decision(book, name).marking, sheet.model


def test_explorers_give_the_same_read_outs_at_every_setting(blank: Page, small_book: Book, real_book: Book) -> None:
    for marking, model in markings(small_book, real_book):
        settings = grid(marking)
        ours = [explorer.results(marking, at) for at in settings]
        theirs = [{name: got[name] for name in model.outputs} for got in blank.evaluate(RESULTS, [marking, settings])]
        assert [at for at, one, other in zip(settings, ours, theirs, strict=True) if one != other] == []
        assert [explorer.region(marking, at) for at in settings] == blank.evaluate(REGIONS, [marking, settings])
        values = [(at[name], out.digits, out.unit) for at in ours for name, out in model.outputs.items()]
        assert in_browser(blank, values) == [page.shown(*value) for value in values]


def in_browser(blank: Page, values: list[tuple[float | None, int, str]]) -> list[str]:
    made: list[str] = blank.evaluate(SHOWN, [[list(value) for value in values], page.words()["browser"]])
    return made


def test_a_thousand_random_numbers_are_printed_alike_in_both(blank: Page) -> None:
    dice = random.Random(SEED)
    halves = [(sign * (n + 0.5) / 10**d, d, "") for n in range(25) for d in range(3) for sign in (1, -1)]
    edges = [(value, d, "£") for value in (None, 0, -0.0, -0.4, 0.5, -0.5, 999.5, -999.95, 1e12) for d in range(-3, 5)]
    random_ones = [
        (dice.uniform(-1, 1) * 10 ** dice.uniform(-3, 9), dice.randint(-3, 4), dice.choice(["", "%", "£", "people"]))
        for _ in range(1000)
    ]
    values = [*halves, *edges, *random_ones]
    ours = [page.shown(*value) for value in values]
    theirs = in_browser(blank, values)
    assert [(v, one, other) for v, one, other in zip(values, ours, theirs, strict=True) if one != other] == []


def test_what_was_typed_is_read_back_with_as_many_decimals_in_both(blank: Page) -> None:
    dice = random.Random(SEED)
    values = [round(dice.uniform(-1000, 1000), dice.randint(0, 4)) for _ in range(1000)]
    theirs = blank.evaluate("(values) => values.map((v) => globalThis.commissioning.typedDigits(v, '%'))", values)
    assert [page.typed_digits(value, "%") for value in values] == theirs


def test_a_value_too_large_for_a_number_is_no_value_in_both(blank: Page) -> None:
    huge: Any = ["*", 1e15, 1e15]
    for _ in range(30):
        huge = ["*", huge, 1e15]
    marking = {"inputs": {}, "tables": {}, "outputs": [["y", huge, 0]], "regions": [{}], "prediction": ["y", {}]}
    response = {"prediction": 1}
    assert kinds.score("explorer", marking, response) == {"actual": None, "off": None}
    assert scores(blank, "explorer", [(marking, response)]) == [{"actual": None, "off": None}]

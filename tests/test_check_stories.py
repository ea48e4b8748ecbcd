"""Stories compute: each fault in a small story beside the words in which it is told, and what is none."""
# ruff: noqa: E501 (a table of faults reads best with a fault to a line)

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fixture_book import FIXTURES, ROOT

from commissioning.check import stories
from commissioning.check.figures import figures
from commissioning.kinds import negotiation, scenario
from commissioning.source.sheets import Sheet, read_text, read_yaml

TEXT = (FIXTURES / "scenario" / "told.yaml").read_text(encoding="utf-8")
LIMIT = "text: Of 300 people, {300 - seen} stayed away."


def faults(*changes: tuple[str, str]) -> list[str]:
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    sheet: Sheet[Any] = read_text(text, scenario.Decision, Path("told.yaml"))
    return [str(sheet.fault(*fault)) for fault in stories.find_in(sheet)]


def line(of: str) -> int:
    return TEXT[: TEXT.index(of)].count("\n") + 1


BROKEN = [
    (LIMIT, "text: 103 people a year were seen.", "ending 'few', text\n  '103' is typed beside 'People seen', which here is 94 to 167 and has changed by 5 to 67. Write {seen}, {seen_change} or a sum with them."),
    (LIMIT, "text: Eighty people a year were seen.", "'Eighty' is typed beside 'People seen', which here is 94 to 167 and has changed by 3 to 67."),
    (LIMIT, "text: The money left is £40k.", "'£40k' is typed beside 'Money left', which here is"),
    (LIMIT, "text: You opened a clinic, and few came.", "ending 'few', text\n  'You opened …' says what the reader did, and is told on every path to this ending. Write it as a sentence with its 'when', or say why it is 'always' true."),
    (LIMIT, "text: Your ledger says \"open a second clinic\" in red.", "it quotes the choice 'open-a-clinic' of 'june', which was not made on every path to here. Give the sentence 'when: june.open_a_clinic'."),
    (LIMIT, "text: It moved by {seen_change}.", "'{seen_change}' is told without a sign, and it rises on some paths and falls on others. Write a sentence for each, with 'when'."),
    (LIMIT, "text: Of 300 people, {300 / (seen - 95)} stayed away.", "'{300 / (seen - 95)}' has no value on some path. Do not divide by what may be 0."),
    ("when: left > 0, in_words", "when: left < 0, in_words", "no path tells this sentence. Change its 'when', or leave it out."),
    ('      - {text: "{seen} people came."}\n', "", ""),
    ('      - {text: "There is one clinic.", when: june.keep_the_money, in_words: If you kept the money.}\n      - {text: "{seen} people came."}\n', "", "node 'july', text\n  nothing is told here after 'keep-the-money'"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "message"), BROKEN, ids=[message[:60] or "all covered" for *_, message in BROKEN]
)
def test_what_is_not_true_on_every_path_is_told_in_these_words(old: str, new: str, message: str) -> None:
    told = faults((old, new))
    assert any(message in fault for fault in told) if message else told == [], told


def test_the_story_tells_only_what_is_so() -> None:
    assert faults() == []


def test_a_fault_names_the_line() -> None:
    assert faults((LIMIT, "text: 103 people a year were seen."))[0].startswith(f"told.yaml:{line(LIMIT)} ")


@pytest.mark.parametrize(
    "said",
    [
        "text: You opened a clinic, and few came.\n    when: june.open_a_clinic",
        "text: \n      - {text: You had some money in June., always: the first moment says so}",
        "text: Fewer than 170 people a year were seen, below 180.",
        "text: Of 100 people a year before, some stayed.",
        "text: Three streets away 40 people live.",
        "text: If you opened another clinic, more would come.",
    ],
)  # fmt: skip
def test_what_is_so_or_is_about_something_else_is_no_fault(said: str) -> None:
    if "when: june" in said:
        middle = "  few:\n    name: Few came\n    in_words: If 170 people or fewer are seen.\n    " + LIMIT
        new = middle.replace("few:", "some:").replace(LIMIT, said) + "\n    explanation: It was June's doing.\n"
        told = [fault for fault in faults((middle, new + middle)) if "says what the reader did" in fault]
    else:
        told = faults((LIMIT, said))
    assert told == []


def test_typed_points_of_a_negotiation_are_those_of_its_terms() -> None:
    path = next((ROOT / "book").rglob("example-negotiation.yaml"))
    sheet = read_yaml(path, negotiation.Decision)
    assert list(stories.find_in(sheet)) == []
    text = path.read_text(encoding="utf-8")
    broken = read_text(text.replace("25 of your 40 points", "24 of your 40 points"), negotiation.Decision, path)
    assert [str(wrong) for _, wrong, _ in stories.find_in(broken)] == [
        "'24' is no number of points that these terms have, or differ by."
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("thirteen of 1,240", [("count", 13), ("count", 1240)]),
        ("31% or 31 per cent or ninety per cent", [("share", 31), ("share", 31), ("share", 90)]),
        ("£1.2 million, £90k and £80,000", [("money", 1_200_000), ("money", 90_000), ("money", 80_000)]),
        ("in May 2013, 2013/14", [("month", 5), ("year", 2013), ("year", 2013)]),
        ("You may march on. One-off.", []),
        ("Twenty-five, a hundred, two thousand", [("count", 25), ("count", 100), ("count", 2000)]),
    ],
)  # fmt: skip
def test_figures_are_read_in_digits_and_words_each_of_its_kind(text: str, found: list[tuple[str, float]]) -> None:
    assert [(one.kind, one.value) for one in figures(text)] == found

"""Texts told from state: what is filled in, what is said only where it holds, and what may not be written."""
# ruff: noqa: E501 (a table of faults reads best with a fault to a line)

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from fixture_book import FIXTURES
from scenario_pages import exercise, told

from commissioning import page
from commissioning.kinds import scenario as kind
from commissioning.scenario import paths
from commissioning.source.faults import Faults
from commissioning.source.sheets import read_text

TEXT = (FIXTURES / "scenario" / "told.yaml").read_text(encoding="utf-8")


def path_of(*choices: str) -> paths.Path:
    return next(path for path in paths.walk(exercise(told().model).marking)
                if tuple(move.choice for move in path) == choices)  # fmt: skip


def said(*choices: str) -> list[str]:
    return [text for _, text in kind.telling(told().model).told(path_of(*choices), page.shown)]


def test_every_number_of_a_path_is_its_own() -> None:
    assert said("open-a-clinic", "wait", "rest") == [
        "You have £90.0k and *100* people a year.",
        "It costs £40.5k, and 60 more people come than the 100 before.",
        "It adds 60. Right where there is a queue.",
        "The second clinic is open. 160 people came.",
        "5 people give up, which leaves 155.",
        "Waiting is free to you. Right where you are about to learn something.",
        "The bus stops there, and 12 more come, 167 in all. You had kept £49.5k.",
        "Of 300 people, 133 have not come.",
        "One person more is missed.",
        "A rest is worth having. Right after a change.",
        "Of 300 people, 134 stayed away.",
        "You opened a second clinic, and it was not enough.",
    ]


def test_what_did_not_happen_is_not_said() -> None:
    told_then = said("keep-the-money", "advertise", "hire")
    assert told_then[3] == "There is one clinic. 100 people came."
    assert not any("second clinic" in text for text in told_then)
    assert said("open-a-clinic", "advertise", "rest")[-2:] == [
        "229 people came, 129 more than before. The second clinic brought 60 of them. You have £39.5k.",
        "Many came, and it cost £50.5k.",
    ]
    assert told_then[-2:] == ["Of 300 people, 167 stayed away.", "You kept most of the money until July."]


def test_there_are_eleven_paths_and_none_is_left_out() -> None:
    rules = exercise(told().model).marking
    assert paths.is_whole(rules)
    assert len(list(paths.walk(rules))) == 11


def test_too_many_paths_are_sampled_within_the_stated_bound() -> None:
    rules = exercise(told().model).marking
    assert not paths.is_whole(rules, most=5)
    drawn = list(paths.walk(rules, most=5))
    assert len(drawn) == 5
    assert drawn == list(paths.walk(rules, most=5))


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def test_without_a_script_a_number_that_is_the_same_on_every_path_stands_there_and_any_other_says_what_it_counts() -> (
    None
):
    html = plain(page.render(exercise(told().model)))
    assert "It costs £40.5k, and 60 more people come" in html
    assert "If you waited. You had kept £49.5k." in html
    assert "5 people give up, which leaves [People seen]." in html
    assert "[change in People seen] more people for £10.0k." in html
    assert "Of 300 people, [300 − People seen] stayed away." in html


def faults(old: str, new: str) -> list[str]:
    assert old in TEXT
    try:
        sheet = read_text(TEXT.replace(old, new, 1), kind.Decision, Path("told.yaml"))
    except Faults as error:
        return [str(fault) for fault in error.faults]
    return [str(sheet.fault(*fault)) for fault in kind.find(sheet.model)]


BROKEN = [
    ("which leaves {seen}.", "which leaves {sen}.", "column 1 of 'sen': 'sen' is not known here. Did you mean 'seen'?"),
    ("You have {left} and", "You have {left +} and", "column 7 of 'left +': this is not arithmetic."),
    ("when: july.wait, in_words: If you waited.", "when: july.wait", "'when' and 'in_words' need each other. Say the condition for readers on paper."),
    ("title: July", 'title: "July, {seen} people"', "'{seen}' stands where no state is told. Say it in words here."),
    ("when: left > 0, in_words", "when: lef > 0, in_words", "column 1 of 'lef > 0': 'lef' is not known here. Did you mean 'left'?"),
    ("when: left > 0, in_words", "whn: left > 0, in_words", "'whn' is not a key here."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), BROKEN, ids=[message[:40] for *_, message in BROKEN])
def test_what_cannot_be_told_is_named_with_its_line(old: str, new: str, message: str) -> None:
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    found = [fault for fault in faults(old, new) if message in " ".join(fault.split())]
    assert found, faults(old, new)
    assert abs(int(found[0].split(":")[1].split()[0]) - line) <= 1


def test_the_story_has_no_faults() -> None:
    assert faults("title: June", "title: June") == []

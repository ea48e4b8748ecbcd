"""No option is dominated, by pairs: what is found in rules made for it, in the book's, and when it says why in vain."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fixture_book import ROOT

from commissioning import game
from commissioning.book import read_book
from commissioning.check import pairs

CLOSEST = "      activity:\n        do: []\n        dominated: >-"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The rules of the game in a folder of their own."""
    folder = tmp_path / game.FOLDER
    folder.mkdir(parents=True)
    shutil.copy(ROOT / game.FOLDER / "rules.yaml", folder)
    return tmp_path


def told(root: Path) -> list[str]:
    book = read_book(ROOT)
    moved = type(book)(**{**vars(book), "root": root})
    return [str(fault).replace(f"{root}/", "") for _, fault in pairs.find(moved)]


def test_every_dominated_option_of_the_book_says_why_it_is_there(own: Path) -> None:
    assert told(own) == []


def test_an_option_that_is_as_bad_in_every_game_is_named_with_its_rival_and_line(own: Path) -> None:
    path = own / game.FOLDER / "rules.yaml"
    text = path.read_text(encoding="utf-8").replace("defer: {do: [{up: {public: -8,", "defer: {do: [{up: {public: -18,")
    path.write_text(text.replace("oversight: -4}}]}\n  stance", "oversight: -9}}]}\n  stance"), encoding="utf-8")
    line = path.read_text(encoding="utf-8").split("      defer:")[0].count("\n") + 1
    assert told(own) == [
        f"{game.FOLDER.as_posix()}/rules.yaml:{line}  decision 'rescue', option 'defer'\n"
        "  'refuse' is at least as good on every lens in each of 300 games that differ in nothing else. "
        "Give it something that it does best, or say 'dominated: why'."
    ]


def test_a_reason_in_vain_is_named(own: Path) -> None:
    path = own / game.FOLDER / "rules.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("      activity:\n        do: []", "      activity:\n        do: [{up: {executives: 9}}]")
    )
    assert [fault.split("\n  ")[1] for fault in told(own)] == [
        "no other option is as good in each of 300 games. Leave 'dominated' out."
    ]

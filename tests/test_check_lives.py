"""One life for each person of Larkmere: months, posts, invitations and deaths, each broken in a small book."""

from __future__ import annotations

from datetime import date

import pytest
from fixture_book import ROOT, Copy

from commissioning.book import read_book
from commissioning.book.lives import lives, named_in

PEOPLE = """\
larkmere:
  helen-ostrowska:
    {name: Helen Ostrowska, then: accountable officer, now: place director, wants: a sum, known_by: a pencil}
  lee-hesketh: {name: Lee Hesketh, now: account manager, wants: a contract, known_by: a list}
scenes:
  first-step: {when: "2013-07"}
  in-what-order: {when: "2026-03", invites: [lee-hesketh]}
real: [Ben Gowland]
"""
THEN = "chapter/decisions/first-step.yaml"
NOW = "chapter/decisions/in-what-order.yaml"
QUEUE = "chapter/decisions/how-long-a-queue.yaml"


@pytest.fixture
def lived(copy: Copy) -> Copy:
    """The fixture book with two people, and a scene in each era that names one of them."""
    copy.path("people.yaml").write_text(PEOPLE, encoding="utf-8")
    copy.change(THEN, "You have *one* clerk", "In July 2013 Helen has *one* clerk")
    copy.change(NOW, "Four things wait on a desk.", "March 2026. Lee asks you about four things on a desk.")
    return copy


def test_a_book_whose_lives_agree_has_no_faults(lived: Copy) -> None:
    assert lived.faults() == []


def test_who_is_in_a_scene_is_read_from_its_words(lived: Copy) -> None:
    met = lives(read_book(lived.root))
    assert [(one.begins, one.ends, one.decision) for one in met["helen-ostrowska"]] == [
        (date(2013, 7, 1), date(2013, 7, 31), "first-step")
    ]
    assert [one.decision for one in met["lee-hesketh"]] == ["in-what-order"]


def test_a_name_inside_another_word_is_nobody(lived: Copy) -> None:
    people = read_book(lived.root).about["people"].model.larkmere
    assert named_in("A sleeve of Helena's.", people) == []
    assert named_in("Ostrowska’s list, and Lee.", people) == ["helen-ostrowska", "lee-hesketh"]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            QUEUE,
            "Think of the people",
            "Helen thinks of the people",
            "chapter/decisions/how-long-a-queue.yaml:1 it names Helen Ostrowska, and people.yaml does not say when it "
            "happens. Add 'how-long-a-queue: {when: 2013-07}', with its own month, below 'scenes'.",
        ),
        ("people.yaml", "first-step:", "frist-step:", "there is no such decision. Did you mean 'first-step'?"),
        ("people.yaml", '"2013-07"', '"2013-13"', "there is no such day"),
        ("people.yaml", '"2013-07"', '"2013-07", until: "2013-05"', "it ends before it begins."),
        ("people.yaml", '"2013-07"', '"2026-07"', "the decision is set then, and this is not."),
        (
            NOW,
            "March 2026. Lee",
            "May 2026. Lee",
            "it begins with 'May 2026', and people.yaml says 2026-03. One of the two is wrong.",
        ),
        ("people.yaml", "[lee-hesketh]", "[lee-heskth]", "there is no 'lee-heskth' among the people."),
        ("people.yaml", "known_by: a list", 'known_by: a list, died: "2020-01"', "names Lee Hesketh after 2020-01"),
        (
            "chapter/index.md",
            "And look.",
            "And Lee Hesketh, the midwife, looked.",
            "'Lee Hesketh, … midwife' is not what people.yaml says: account manager.",
        ),
        (
            THEN,
            "who: A clerk",
            "who: Helen Ostrowska, place director",
            "Helen Ostrowska is not 'place director' then: people.yaml says accountable officer.",
        ),
    ],
)
def test_what_does_not_agree_is_named(lived: Copy, file: str, old: str, new: str, fault: str) -> None:
    lived.change(file, old, new)
    assert any(fault in " ".join(told.split()) for told in lived.faults())


@pytest.mark.parametrize(
    ("first", "second", "asked_twice"),
    [
        ("2026-03", "2026-03", True),
        ("2026-03-02", "2026-03-08", True),
        ("2026-03-02", "2026-03-09", False),
        ("2026-03", "2026-04", False),
    ],
)
def test_one_person_is_asked_to_join_one_thing_in_a_week(
    lived: Copy, first: str, second: str, asked_twice: bool
) -> None:
    scenes = f'"{first}", invites: [lee-hesketh]}}\n  three-of-eight: {{when: "{second}", invites: [lee-hesketh]'
    lived.change("people.yaml", '"2026-03", invites: [lee-hesketh]', scenes)
    assert any("may be asked in one week" in fault for fault in lived.faults()) is asked_twice


def test_everyone_of_larkmere_is_met() -> None:
    assert [who for who, met in lives(read_book(ROOT)).items() if not met] == []

"""Sense checks over a whole book: one faultless book, broken one thing at a time."""

from __future__ import annotations

import shutil
from datetime import date
from typing import Any

import pytest
from fixture_book import CHAPTER, FIXTURES, ROOT, Copy
from ruamel.yaml import YAML

from commissioning import check
from commissioning.book import Book, read_book
from commissioning.check import chapters, evidence

BROKEN: list[dict[str, Any]] = YAML(typ="safe").load(FIXTURES / "broken.yaml")
PAGE, QUESTIONS, SESSION = "chapter/index.md", "chapter/questions.yaml", "chapter/session.yaml"


def test_a_faultless_book_has_no_faults(copy: Copy) -> None:
    assert copy.faults() == []


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken["fact"])
def test_what_is_broken_is_told_in_exactly_these_words(copy: Copy, broken: dict[str, Any]) -> None:
    copy.change(broken["file"], broken["old"], broken["new"])
    assert "\n".join(copy.faults()) + "\n" == broken["told"]


def test_questions_whose_keys_all_stand_at_one_place_are_unbalanced(copy: Copy) -> None:
    copy.change(QUESTIONS, "key: count", "key: meeting")
    copy.change(QUESTIONS, "key: fewer", "key: care")
    assert f"{QUESTIONS}:1\n  the key is unbalanced: all 3 keys stand at place 1. Move some of them." in copy.faults()


def test_fewer_than_five_questions_are_too_few(copy: Copy) -> None:
    text = copy.path(QUESTIONS).read_text(encoding="utf-8")
    copy.path(QUESTIONS).write_text(text[: text.index("say-how:")], encoding="utf-8")
    assert copy.faults() == [
        f"{QUESTIONS}:1\n  there are 4 questions, 1 of them short answers. At least five, two of them short answers."
    ]


def test_a_chapter_needs_questions_and_a_session(copy: Copy) -> None:
    copy.path(QUESTIONS).unlink()
    copy.path(SESSION).unlink()
    copy.change(PAGE, '```{code-cell} ipython3\nquestions("waiting-for-a-scan")\n```\n', "")
    unmet = "no question meets this outcome. Name it in one."
    assert copy.faults() == [
        f"{PAGE}:11\n  the chapter has no questions.yaml. Write at least five closing questions.",
        f"{PAGE}:11\n  the chapter has no session.yaml. Write a plan for its tutors.",
        f"{PAGE}:19  outcome 'count-the-queue'\n  {unmet}",
        f"{PAGE}:20  outcome 'choose-a-step'\n  {unmet}",
        f"{PAGE}:21  outcome 'read-a-plot'\n  {unmet}",
    ]


def test_an_outcome_that_no_decision_meets_is_named(copy: Copy) -> None:
    copy.change("chapter/decisions/what-the-plot-says.yaml", "[read-a-plot]", "[choose-a-step]")
    copy.change("chapter/decisions/turn-the-dial.yaml", "[read-a-plot]", "[choose-a-step]")
    assert copy.faults() == [f"{PAGE}:21  outcome 'read-a-plot'\n  no decision meets this outcome. Name it in one."]


@pytest.mark.parametrize(("words", "is_fault"), [(880, False), (1200, True)])
def test_nobody_reads_more_than_nine_hundred_words_between_two_activities(
    copy: Copy, words: int, is_fault: bool
) -> None:
    copy.change(PAGE, "Then somebody has to begin.", "word " * words)
    expected = f"{PAGE}:39\n  {words} words stand between two activities. At most 900."
    assert between(copy) == ([expected] if is_fault else [])


def test_a_chart_is_no_activity(copy: Copy) -> None:
    cell = "\n\n```{code-cell} ipython3\nrisk.chart()\n```\n\n"
    copy.change(PAGE, "Then somebody has to begin.", "word " * 600 + cell + "word " * 600)
    assert between(copy) == [f"{PAGE}:39\n  1200 words stand between two activities. At most 900."]


def between(copy: Copy) -> list[str]:
    """The faults about stretches, without those about the minutes that they change."""
    return [fault for fault in copy.faults() if "between two activities" in fault]


def test_options_of_directives_and_targets_of_roles_are_not_read() -> None:
    text = "One {fact}`two three <F217>` {term}`four`.\n\n:::{note}\n:class: x\nFive.\n:::\n```{portfolio}\n```\n"
    assert chapters.reading_words(text) == 5


def test_two_decisions_of_one_name_in_two_chapters_are_one_too_many(copy: Copy) -> None:
    other = copy.root / "book" / "another-queue"
    shutil.copytree(copy.path("chapter/index.md").parent, other)
    page = other / "index.md"
    page.write_text(page.read_text(encoding="utf-8").replace(CHAPTER, "another-queue"), encoding="utf-8")
    told = [fault for fault in copy.faults() if "there is another decision" in fault]
    assert "there is another decision 'count-again' in " in told[0]
    assert len(told) == 7


def test_a_file_whose_name_is_no_id_is_told(copy: Copy) -> None:
    folder = copy.path("chapter/decisions")
    (folder / "first-step.yaml").rename(folder / "First step.yaml")
    copy.change(PAGE, 'decision("first-step")', 'decision("First step")')
    assert copy.faults() == [
        "chapter/decisions/First step.yaml:1\n  'First step.yaml' will not do as a file's name. "
        "Use small letters and figures with single hyphens between them: it is the decision's id."
    ]


def test_a_figure_may_be_printed_as_rounded_as_its_lab_prints_it(small_book: Book) -> None:
    for shown in ("68%", "67.98%", "about 68% of them", "two in three", "sixty-eight per cent"):
        assert evidence.figures_that_differ(small_book, shown, "L6-fall") == ""


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("1,240%", "1,240%"),
        ("£1,240", "£1,240"),
        ("thirteen people", "thirteen"),
        ("2,013 people", "2,013"),
        ("in May", "May"),
        ("three in four", "three, four"),
    ],
)
def test_a_figure_in_words_or_of_another_kind_is_not_the_facts(small_book: Book, shown: str, printed: str) -> None:
    wrong = f"'{shown}' prints {printed}, which fact queue-length does not say."
    assert evidence.figures_that_differ(small_book, shown, "queue-length") == wrong


@pytest.mark.parametrize("shown", ["68 people", "£68", "three in ten", "in 2013"])
def test_a_figure_of_a_lab_has_its_kind_too(small_book: Book, shown: str) -> None:
    assert "the lab computes 67.9758 for L6-fall" in evidence.figures_that_differ(small_book, shown, "L6-fall")


@pytest.mark.parametrize("shown", ["1,240", "1240 people", "in 2013", "spring"])
def test_a_fact_may_print_any_figure_of_its_claim_value_and_date(small_book: Book, shown: str) -> None:
    assert evidence.figures_that_differ(small_book, shown, "queue-length") == ""


def test_facts_due_are_the_most_overdue_first(small_book: Book) -> None:
    assert [name for name, _ in check.facts_due(small_book, date(2027, 1, 5))] == ["kept-appointments", "queue-length"]
    assert [name for name, _ in check.facts_due(small_book, date(2027, 1, 4))] == ["kept-appointments"]
    assert check.facts_due(small_book, date(2026, 1, 1)) == []


def test_faults_of_shape_come_before_those_of_sense(copy: Copy) -> None:
    copy.change("chapter/decisions/first-step.yaml", "key: telephone", "key: nobody")
    copy.change("chapter/decisions/count-again.yaml", "minutes: 1", "minutes: one")
    assert [fault.splitlines()[0] for fault in copy.faults()] == ["chapter/decisions/count-again.yaml:5  minutes"]


def test_the_book_has_no_faults() -> None:
    """To mend: commissioning check."""
    assert [str(fault) for fault in check.find_all(ROOT)] == []


def test_reading_a_book_twice_reads_no_file_twice(copy: Copy) -> None:
    first, second = read_book(copy.root), read_book(copy.root)
    assert all(one is other for one, other in zip(first.sheets[:2], second.sheets[:2], strict=True))

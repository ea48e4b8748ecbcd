"""Nothing copied from the articles, nobody misnamed, no old body alive today, each broken in a small book."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fixture_book import Copy

from commissioning.check import overlap

PAGE = "chapter/index.md"
ARTICLE = "The new boards were told on Monday that nobody would be paid for anything that had not been counted twice."
PEOPLE = """\
larkmere:
  helen-ostrowska: {name: Helen Ostrowska, now: director, wants: a sum, known_by: a pencil}
  lee-hesketh: {name: Lee Hesketh, now: manager, wants: a contract, known_by: a list}
in_passing: [Adeyemi]
real: [Ben Gowland]
"""


@pytest.fixture
def guarded(copy: Copy, tmp_path: Path) -> Copy:
    """The fixture book with people, and with the hashes of an article that is not in it."""
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    made = subprocess.run(
        [sys.executable, "-m", "commissioning.check.overlap", str(article)], check=True, capture_output=True, text=True
    )
    copy.path("articles.txt").write_text(made.stdout, encoding="utf-8")
    copy.path("people.yaml").write_text(PEOPLE, encoding="utf-8")
    return copy


def told(book: Copy, words: str) -> list[str]:
    book.change(PAGE, "And look.", words)
    return [" ".join(fault.split()) for fault in book.faults()]


def test_the_hashes_of_an_article_do_not_hold_its_words(guarded: Copy) -> None:
    text = guarded.path("articles.txt").read_text(encoding="utf-8")
    assert "counted twice" not in text
    assert len(overlap.read_hashes(guarded.path("articles.txt"))) == len(ARTICLE.split()) - 7


def test_a_faultless_book_with_people_and_articles_has_no_faults(guarded: Copy) -> None:
    assert guarded.faults() == []


def test_eight_words_of_an_article_are_a_fault_wherever_a_line_or_a_role_breaks_them(guarded: Copy) -> None:
    (fault,) = told(guarded, "We heard that *nobody* would be\n{fact}`paid for anything <queue-length>`, that had not.")
    assert fault.startswith("chapter/index.md:53 an article has these words in this order: 'that nobody would be paid")
    assert "quote at most 12 words" in fault


def test_eight_words_of_an_article_are_a_fault_in_a_decision_too(guarded: Copy) -> None:
    where = "chapter/decisions/first-step.yaml"
    guarded.change(where, "ask: ", "ask: Would nobody would be paid for anything that had not? ")
    (fault,) = guarded.faults()
    assert "first-step.yaml" in fault
    assert "an article has these words" in fault


def test_seven_words_are_nobodys(guarded: Copy) -> None:
    assert told(guarded, "We heard that nobody would be paid for anything which he wanted.") == []


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "‘{}’"])
def test_twelve_words_may_be_quoted(guarded: Copy, marks: str) -> None:
    quoted = "nobody would be paid for anything that had not been counted twice"
    assert told(guarded, f"He says {marks.format(quoted)}.") == []


def test_thirteen_words_may_not_be_quoted(guarded: Copy) -> None:
    quoted = "that nobody would be paid for anything that had not been counted twice"
    assert len(told(guarded, f"He says “{quoted}”.")) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Helen Ostrowska looked up, and Ostrowska's pen with her.",
        "Dr Ben Gowland and Mrs Adeyemi are named.",
        "Hesketh spoke. Lee Hesketh did.",
        "In Leeds, Lenora was not there.",
    ],
)
def test_a_name_that_is_written_as_it_should_be_is_no_fault(guarded: Copy, words: str) -> None:
    assert told(guarded, words) == []


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("Dr Nemo came in.", "nobody of the name 'Nemo' is known."),
        ("Mr Arthur Nemo’s letter came.", "nobody of the name 'Arthur Nemo' is known."),
        ("Helen Ostrowski looked up.", "'Ostrowski' looks like 'Ostrowska', misspelt."),
        ("Lee Heskett rang.", "'Heskett' looks like 'Hesketh', misspelt."),
        ("Helen Hesketh rang.", "'Helen Hesketh' is not one of the people."),
    ],
)
def test_a_name_that_is_not_known_is_a_fault(guarded: Copy, words: str, wrong: str) -> None:
    faults = told(guarded, words)
    assert faults == [f"chapter/index.md:53 {wrong} Write it as book/people.yaml does, or add the person there."]


@pytest.mark.parametrize(
    "words",
    [
        "In 2026 the clinical commissioning group pays for it.",
        ":::{now}\nThe clinical commissioning group pays for it.\n:::",
        "Today the NHS Commissioning Board decides.",
        "As at 21 November 2026 an area team decides.",
    ],
)
def test_a_body_of_2013_in_a_sentence_about_today_is_a_fault(guarded: Copy, words: str) -> None:
    (fault,) = told(guarded, words)
    assert "stands in a sentence about today. Name what took its place, or say that it was." in fault


@pytest.mark.parametrize(
    "words",
    [
        "In 2013 the clinical commissioning group pays for it.",
        "Today a board decides what the clinical commissioning group once did.",
        "Clinical commissioning groups were abolished in July 2022, and today boards decide.",
    ],
)
def test_a_body_of_2013_may_stand_where_it_was(guarded: Copy, words: str) -> None:
    assert told(guarded, words) == []


def test_a_body_of_2013_in_a_decision_of_today_is_a_fault(guarded: Copy) -> None:
    where = "chapter/decisions/first-step.yaml"
    text = guarded.path(where).read_text(encoding="utf-8")
    era = next(line for line in text.split("\n") if line.startswith("era:"))
    guarded.change(where, era, "era: now")
    guarded.change(where, "ask: ", "ask: The CCG waits. ")
    (fault,) = guarded.faults()
    assert "'CCG' stands in a sentence about today." in fault

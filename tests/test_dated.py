"""Dates in words, old evidence for what is said of today, and facts that answer one question."""

from __future__ import annotations

import re
from datetime import date

import pytest
from fixture_book import Copy

from commissioning import check
from commissioning.book import Book, read_book
from commissioning.check import dated

WORDS = [
    ("1 April 2013", date(2013, 4, 1), date(2013, 4, 1)),
    ("February 2024", date(2024, 2, 1), date(2024, 2, 29)),
    ("spring 2026", date(2026, 3, 1), date(2026, 5, 31)),
    ("2013/14", date(2013, 4, 1), date(2014, 3, 31)),
    ("1999/00", date(1999, 4, 1), date(2000, 3, 31)),
    ("about 2006", date(2006, 1, 1), date(2006, 12, 31)),
]


@pytest.mark.parametrize(("words", "first", "last"), WORDS)
def test_a_date_in_words_is_a_first_and_a_last_day(words: str, first: date, last: date) -> None:
    assert dated.spans(words) == [(first, last)]
    assert dated.evidence_of(words) == last


def test_of_several_dates_the_latest_is_that_of_the_evidence() -> None:
    assert dated.spans("2009/10 to 2012/13") == [
        (date(2009, 4, 1), date(2010, 3, 31)),
        (date(2012, 4, 1), date(2013, 3, 31)),
    ]
    assert dated.evidence_of("April 2021 to June 2022") == date(2022, 6, 30)


@pytest.mark.parametrize("words", ["", "last spring", "an undated page (copy read in November 2026)"])
def test_words_without_a_date_of_their_own_have_no_evidence_to_date(words: str) -> None:
    assert dated.evidence_of(words) is None


def test_a_fact_that_says_why_it_differs_may_stand_beside_the_other(copy: Copy) -> None:
    copy.change("facts.yaml", "  confidence: verified\n", "  confidence: verified\n  answers: how-many\n")
    text = copy.path("facts.yaml").read_text("utf-8")
    copy.path("facts.yaml").write_text(text.rstrip("\n") + "\n  answers: how-many\n", "utf-8")
    assert len(copy.faults()) == 1
    copy.path("facts.yaml").write_text(text.rstrip("\n") + "\n  answers: how-many\n  differs: A share.\n", "utf-8")
    assert copy.faults() == []


def test_what_is_said_of_today_is_stale_after_twenty_four_months(copy: Copy) -> None:
    copy.change("facts.yaml", 'as_at: "spring 2013"', 'as_at: "31 May 2024"\n  still: true')
    copy.change("facts.yaml", 'as_at: "2013"', 'as_at: "an undated page"\n  still: true')
    book = read_book(copy.root)
    nine = (None, "kept-appointments", "Nine of ten appointments were kept, 90%")
    queue = (date(2024, 5, 31), "queue-length", "In the spring of 2013 the clinic's waiting list held 1,240 people")
    assert check.stale(book, date(2026, 5, 31)) == [nine]
    assert check.stale(book, date(2026, 6, 1)) == [nine, queue]


def test_what_once_happened_does_not_grow_stale(copy: Copy) -> None:
    assert check.stale(read_book(copy.root), date(2099, 1, 1)) == []


OF_THE_BILL = re.compile(r"<(F294|icb-90-per-cent|F529)>")


def test_what_the_bill_would_do_is_said_of_the_bill_as_introduced(real_book: Book) -> None:
    """Its clauses were read in May 2026, and its stage in September: one date once stood for both."""
    met = set()
    for slug, chapter in real_book.chapters.items():
        for paragraph in chapter.text.split("\n\n"):
            if OF_THE_BILL.search(paragraph):
                met.add(slug)
                words = " ".join(paragraph.split())
                assert re.search(r"As introduced in May 2026, the \{term\}`Health Bill", words), slug
                assert "our last evidence" not in words, slug
    assert {"what-commissioning-is", "three-meanings", "who-decides", "knowing-a-population"} <= met

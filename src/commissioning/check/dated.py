"""Faults of dates: a fact carries the date of its evidence, not of the search for it, and one question has one answer.

`as_at` is written for people ("1 April 2013", "2013/14", "spring 2026"). `spans` reads the periods in it. A page
without a date is called so ("an undated page, copy read in November 2026"): the day of a reading does not say when a
thing was true.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from commissioning.book import Book
from commissioning.book.pages import Thing
from commissioning.source import shapes
from commissioning.source.faults import Fault

MONTHS = [
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
]
SEASONS = {"early": (1, 4), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 12), "late": (9, 12)}
A_DAY = re.compile(rf"\b(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) (\d{{4}})\b", re.I)
A_YEAR = re.compile(r"\b(?:(early|spring|summer|autumn|winter|late) )?((?:19|20)\d\d)(?:/(\d\d))?\b", re.I)
A_LOOK = re.compile(r"\b(?:read|seen|looked|searched|checked|opened|accessed|retrieved)\b", re.I)
NO_DATE = re.compile(r"\b(?:undated|no date)\b", re.I)
FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
STALE_AFTER = 24  # months


def spans(as_at: str) -> list[tuple[date, date]]:
    """The periods that a date in words names, each as its first and last day, in the order in which they stand.

    A day, a month, a season, a year and a year like 2013/14 (April to March) are read. Words that name none give [].
    """
    found: list[tuple[int, tuple[date, date]]] = []
    taken: list[tuple[int, int]] = []
    for match in A_DAY.finditer(as_at):
        day, month, year = match[1], MONTHS.index(match[2].lower()) + 1, int(match[3])
        last = monthrange(year, month)[1]
        first, end = (min(int(day), last), min(int(day), last)) if day else (1, last)
        found.append((match.start(), (date(year, month, max(first, 1)), date(year, month, max(end, 1)))))
        taken.append(match.span())
    for match in A_YEAR.finditer(as_at):
        if not any(start <= match.start(2) < end for start, end in taken):
            found.append((match.start(), _year(match[1], int(match[2]), match[3])))
    return [span for _, span in sorted(found)]


def _year(season: str | None, year: int, second: str | None) -> tuple[date, date]:
    if second and int(second) == (year + 1) % 100:
        return date(year, 4, 1), date(year + 1, 3, 31)
    first, last = SEASONS[season.lower()] if season else (1, 12)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def evidence_of(as_at: str) -> date | None:
    """The last day for which the evidence speaks; None if it has no date of its own."""
    known = spans(as_at)
    return None if NO_DATE.search(as_at) or not known else max(end for _, end in known)


def find(book: Book) -> Iterator[Fault]:
    """Dates of a search in the place of a date of evidence, dates to come, and two answers to one question."""
    sheet = book.sheets[0]
    for name, fact in book.facts.items():
        for wrong, right in _wrong_with(fact.as_at, fact.checked):
            yield sheet.fault((name, "as_at"), wrong, right)
    yield from _two_answers(book)
    for name, thing in _things(book):
        for wrong, right in _wrong_with(thing.as_at, None):
            yield book.about["then-and-now"].fault((name, "as_at"), wrong, right)


def _wrong_with(as_at: str, checked: date | None) -> Iterator[tuple[str, str]]:
    undated = bool(NO_DATE.search(as_at))
    if not undated and A_LOOK.search(as_at):
        yield "this is the day of a reading.", "Give the date of the evidence, or say that the page is undated."
    elif not undated and not spans(as_at):
        yield f"'{as_at}' names no year.", "Give the date of the evidence, such as 'March 2025' or '2013/14'."
    elif checked and not undated and max(first for first, _ in spans(as_at)) > checked:
        yield f"'{as_at}' is later than the check of {checked}.", "Evidence cannot be later than the day it was read."


def _two_answers(book: Book) -> Iterator[Fault]:
    first: dict[str, str] = {}
    sheet = book.sheets[0]
    for name, fact in book.facts.items():
        if fact.differs and not fact.answers:
            yield sheet.fault((name, "differs"), "no question is named.", "Name it in `answers`.")
        if not fact.answers or fact.differs:
            continue
        other = first.setdefault(fact.answers, name)
        if _said(book.facts[other]) != _said(fact):
            wrong = f"'{fact.value}' answers '{fact.answers}' otherwise than '{book.facts[other].value}' of {other}."
            right = "Keep one; or put the time of each into the question; or say in `differs` why both stand."
            yield sheet.fault((name, "answers"), wrong, right)


def _said(fact: shapes.Fact) -> object:
    """What a value says, for comparing: its figures, or its words if it has none."""
    figures = [float(figure.replace(",", "")) for figure in FIGURE.findall(fact.value)]
    return figures or " ".join(fact.value.casefold().split())


def stale(book: Book, day: date) -> list[tuple[date | None, str, str]]:
    """What the book says of today on evidence older than 24 months by `day`, or without a date; the oldest first.

    These are the entries of then-and-now, and the facts that say how things `still` are. Each is (the last day of its
    evidence or None, where it stands, what it says).
    """
    limit = _months_before(day, STALE_AFTER)
    entries = [(thing.as_at, f"then-and-now {name}", thing.today) for name, thing in _things(book)]
    entries += [(fact.as_at, name, fact.claim) for name, fact in book.facts.items() if fact.still]
    dated = [(evidence_of(as_at), where, text) for as_at, where, text in entries]
    old = [entry for entry in dated if entry[0] is None or entry[0] < limit]
    return sorted(old, key=lambda entry: (entry[0] or date.min, entry[1]))


def _things(book: Book) -> list[tuple[str, Thing]]:
    sheet = book.about.get("then-and-now")
    return list(sheet.model.items()) if sheet else []


def _months_before(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

"""Figures as a reader reads them: in digits or in words, and each of its kind.

`figures` finds counts ("thirteen", "1,240", "twenty-five"), shares ("31%", "31 per cent"), money ("£1.2 million"),
years ("2013", "2013/14"), months ("in May") and days ("13 March"). Two figures agree only if they are of one
kind: 31 commissioners are not 31%, and the year 2012 is not 2,012 people. "One" is a pronoun as often as a number, and
no figure here.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator
from typing import NamedTuple

# fmt: off
UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}
# fmt: on
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
SHORT = {"m": 1_000_000, "k": 1_000, "bn": 1_000_000_000, **SCALES}
MONTHS = {month.lower(): place for place, month in enumerate(month_name) if month}
SMALL = (
    rf"(?:(?:{'|'.join(TENS)})(?:-(?:{'|'.join(list(UNITS)[1:10])}))?|{'|'.join(sorted(UNITS, key=len, reverse=True))})"
)
WORDED = rf"\b(?:(?P<many>{SMALL}|an?)[ -](?P<scale>hundred|thousand|million|billion)|(?P<small>{SMALL}))\b(?!-)"
TYPED = (
    r"(?<![\w.,])(?P<pound>£ ?)?(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?P<season>/\d\d\b)?"
    r"(?P<short>(?:m|k|bn)\b| (?:million|billion|thousand|hundred)\b)?(?P<share>%| per ?cent\b)?(?![\w])"
)
MONTH = rf"\b(?P<month>{'|'.join(MONTHS)})\b"
FIGURE = re.compile(f"{TYPED}|{WORDED}|{MONTH}", re.I)
IN_TEN = re.compile(rf"\b(?P<few>{SMALL}|\d+)(?: times)? (?:in|of|out of) (?P<many>{SMALL}|\d+)\b", re.I)
PERCENT = re.compile(r"^(?:%| per ?cent\b)", re.I)
A_DAY = re.compile(rf" (?:{'|'.join(MONTHS)})\b", re.I)
A_MONTH = re.compile(r"(?:\b(?:in|of|by|since|until|from|to|late|early|mid|last|next|every|this|\d{1,2})[ -])$", re.I)
"""What stands before 'may' and 'march' where they are months."""


class Figure(NamedTuple):
    """One figure: its kind (count, share, money, year, month, day), its value, its words, and where they begin."""

    kind: str
    value: float
    written: str
    at: int


def figures(text: str) -> list[Figure]:
    """Every figure of a plain text, in order."""
    return list(_figures(text))


def in_kind(text: str, source: str) -> list[str]:
    """The figures of a text, as written, that a source does not have: not the number, or not that kind of number.

    "Six times in ten" agrees with a share within 5 points of 60%.
    """
    known = figures(source)
    told = {(one.kind, one.value) for one in known}
    shares = [one.value for one in known if one.kind == "share"]
    rough: set[int] = set()
    for found in IN_TEN.finditer(text):
        few, many = (_number(found.group(name)) for name in ("few", "many"))
        if many and any(abs(100 * few / many - share) <= 5 for share in shares):
            rough |= {found.start("few"), found.start("many")}
    return [one.written for one in figures(text) if (one.kind, one.value) not in told and one.at not in rough]


def _number(word: str) -> float:
    return float(word) if word.isdigit() else _small(word)


def _figures(text: str) -> Iterator[Figure]:
    for found in FIGURE.finditer(text):
        if found.group("month"):
            yield from _month(text, found)
        elif found.group("digits"):
            yield _typed(found)
        else:
            yield from _worded(text, found)


def _typed(found: re.Match[str]) -> Figure:
    digits, pound, share = (found.group(name) for name in ("digits", "pound", "share"))
    value, short = float(digits.replace(",", "")), (found.group("short") or "").strip().lower()
    kind = "money" if pound else "share" if share else "count"
    if kind == "count" and len(digits) < 3 and A_DAY.match(found.string[found.end() :]):
        kind = "day"
    elif kind == "count" and not short and re.fullmatch(r"(?:1[89]|20)\d\d", digits):
        kind = "year"
    return Figure(kind, value * SHORT.get(short, 1), found.group().strip(), found.start())


def _worded(text: str, found: re.Match[str]) -> Iterator[Figure]:
    many, scale, small = (found.group(name) for name in ("many", "scale", "small"))
    value = _small(small) if small else _small(many) * SCALES[scale.lower()]
    if value == 1 or (many and many.lower() in ("a", "an") and scale.lower() in ("million", "billion")):
        return
    share = PERCENT.match(text[found.end() :])
    yield Figure("share" if share else "count", value, found.group(), found.start())


def _small(word: str) -> float:
    tens, _, unit = word.lower().partition("-")
    return 1 if tens in ("a", "an") else TENS.get(tens, UNITS.get(tens, 0)) + UNITS.get(unit, 0)


def _month(text: str, found: re.Match[str]) -> Iterator[Figure]:
    name = found.group("month")
    if name.lower() in ("may", "march") and not (name[0].isupper() and _is_month(text, found)):
        return
    if name[0].isupper():
        yield Figure("month", MONTHS[name.lower()], name, found.start())


def _is_month(text: str, found: re.Match[str]) -> bool:
    return bool(A_MONTH.search(text[: found.start()]) or re.match(r" \d{4}\b", text[found.end() :]))

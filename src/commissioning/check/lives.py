"""Faults of lives: a person of Larkmere is one person in every chapter, with one post at a time, and months that agree.

`find` is called by `check.find`. It holds people.yaml's `scenes` against the decisions: each that names a person and
is set then or now has its month, and says the same month if it begins with one; no one is asked to join two things in
one week; what stands behind a name ("Helen Ostrowska, the place director") is a post that people.yaml gives; and
whoever has died is in no later scene.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

from commissioning.book import Book
from commissioning.book.lives import first_day, lives, named_in, span, words_of
from commissioning.book.pages import People, Person
from commissioning.check.dated import MONTHS
from commissioning.check.words import Passage, passages
from commissioning.source.faults import Fault, did_you_mean
from commissioning.source.sheets import Sheet

OPENS = re.compile(
    rf"^(?:It is |In |On )?(?:late |early |mid-)?(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) (\d{{4}})\b", re.I
)
BEHIND = re.compile(r", \(?(?:now |once |then |formerly )?(?:the|an?|our|your|its|[A-Z]\w+[’']s) ([^,.;:?!)\"”]+)")
ERAS = {"then": (2012, 2017), "now": (2025, 2027)}
"""The years in which a decision of each era may be set. One of both eras may be set in any."""
A_WEEK = timedelta(days=7)
RIGHT = "Add '{}: {{when: 2013-07}}', with its own month, below 'scenes'."
SAME = 5
"""Two words of at least so many letters at the front alike are forms of one: director, directors; analyst, analysts."""


def find(book: Book) -> Iterator[Fault]:
    """Every fault of lives; none in a book without people."""
    sheet = book.about.get("people")
    if sheet is None:
        return
    for passage in passages(book):
        yield from _in_posts(passage, sheet.model.larkmere)
    if sheet.model.scenes:
        yield from _in_scenes(book, sheet)


def _in_scenes(book: Book, sheet: Sheet[Any]) -> Iterator[Fault]:
    people: People = sheet.model
    decisions = {name: one for chapter in book.pages.values() for name, one in chapter.decisions.items()}
    for name in people.scenes.keys() - decisions.keys():
        yield sheet.fault(("scenes", name), "there is no such decision.", did_you_mean(name, decisions))
    if wrong := {name: said for name in people.scenes if (said := _no_day(people, name))}:
        for name, said in wrong.items():
            yield sheet.fault(("scenes", name), said, "Write a month as 2013-07, or a day as 2013-07-22.")
        return
    for name, decision in decisions.items():
        yield from _in_scene(name, decision, sheet)
        yield from _in_voices(decision, people.larkmere)
    yield from _in_invitations(people, sheet, decisions)
    yield from _after_death(book, sheet)


def _no_day(people: People, name: str) -> str:
    try:
        begins, ends = span(people.scenes[name])
    except ValueError as error:
        return f"there is no such day: {error}."
    return "it ends before it begins." if ends < begins else ""


def _in_scene(name: str, decision: Sheet[Any], sheet: Sheet[Any]) -> Iterator[Fault]:
    people: People = sheet.model
    era, scene = decision.model.era, people.scenes.get(name)
    if scene is None:
        if era in ERAS and (named := named_in(words_of(decision.model), people.larkmere)):
            who = people.larkmere[named[0]].name
            yield decision.fault(
                (), f"it names {who}, and people.yaml does not say when it happens.", RIGHT.format(name)
            )
        return
    begins, ends = span(scene)
    if era in ERAS and not ERAS[era][0] <= begins.year <= ends.year <= ERAS[era][1]:
        yield sheet.fault(("scenes", name), f"the decision is set {era}, and this is not.", "Change one of the two.")
    opened = OPENS.match(" ".join(decision.model.situation.split()))
    if opened:
        day, month, year = opened.groups()
        said = first_day(f"{year}-{MONTHS.index(month.lower()) + 1:02}" + (f"-{int(day):02}" if day else ""))
        first = begins if day and scene.when.count("-") == 2 else begins.replace(day=1)
        if not first <= said <= ends:
            wrong = f"it begins with '{opened.group()}', and people.yaml says {scene.when}."
            yield decision.fault(("situation",), wrong, "One of the two is wrong.")


def _in_voices(decision: Sheet[Any], people: dict[str, Person]) -> Iterator[Fault]:
    """What a voice is said to be, beside its name, is the person's post in the decision's own years."""
    for place, voice in enumerate(getattr(decision.model, "disagreement", ())):
        name, comma, said = voice.who.partition(", ")
        for person in people.values() if comma else ():
            then_only = decision.model.era == "then" and person.then
            posts = then_only or (person.now if decision.model.era == "now" else f"{person.then} {person.now}")
            if name.endswith(person.name) and not _alike(said, posts):
                wrong = f"{person.name} is not '{said}' {decision.model.era}: people.yaml says {posts}."
                yield decision.fault(("disagreement", place, "who"), wrong, "Give the post that people.yaml has.")


def _in_invitations(people: People, sheet: Sheet[Any], decisions: dict[str, Any]) -> Iterator[Fault]:
    asked: dict[str, list[tuple[Any, str]]] = {}
    for name, scene in people.scenes.items():
        for who in scene.invites if name in decisions else ():
            if who not in people.larkmere:
                right = did_you_mean(who, people.larkmere)
                yield sheet.fault(("scenes", name, "invites"), f"there is no '{who}' among the people.", right)
            asked.setdefault(who, []).append((span(scene), name))
    for who, times in asked.items():
        for (before, first), (after, second) in pairwise(sorted(times)):
            if after[0] <= before[1] or after[0] - before[0] < A_WEEK:
                wrong = f"'{who}' may be asked in one week here and in '{first}'."
                yield sheet.fault(("scenes", second), wrong, "Give one of them another month, or both a day.")


def _after_death(book: Book, sheet: Sheet[Any]) -> Iterator[Fault]:
    people: People = sheet.model
    if not any(person.died for person in people.larkmere.values()):
        return
    for who, met in lives(book).items():
        person = people.larkmere[who]
        for one in met:
            if person.died and one.ends > first_day(person.died):
                wrong = f"'{one.decision}' names {person.name} after {person.died}, when people.yaml has that death."
                yield one.sheet.fault((), wrong, "Let another speak, or set it earlier.")


def _in_posts(passage: Passage, people: dict[str, Person]) -> Iterator[Fault]:
    for person in people.values():
        for found in re.finditer(re.escape(person.name), passage.text):
            behind = BEHIND.match(passage.text, found.end())
            posts = f"{person.then} {person.now}".strip()
            if behind and not _alike(behind.group(1), posts):
                wrong = f"'{person.name}, … {behind.group(1)}' is not what people.yaml says: {posts}."
                yield passage.fault(wrong, "Give that part to another person, or the post to this one.")


def _alike(said: str, posts: str) -> bool:
    def stems(text: str) -> set[str]:
        return {word[:SAME].lower() for word in re.findall(r"\w{2,}", text)}

    return bool(stems(said) & stems(posts))

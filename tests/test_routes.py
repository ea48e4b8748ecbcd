"""Ways through the book: minutes that add up, and stops that are there."""

from __future__ import annotations

import pytest
from fixture_book import CHAPTER, Copy

from commissioning.book import Book, read_book, routes

ROUTE = """\
short:
  title: Short
  by: time
  minutes: {minutes}
  why: For a bus.
  stops:
    - {{decide: first-step}}
    - {{chapter: waiting-for-a-scan}}
    - {{session: waiting-for-a-scan, minutes: {session}}}
    - {{page: book/about, title: About, minutes: 3}}
"""


def written(
    copy: Copy, *, minutes: int | None = None, session: int | None = None, old: str = "", new: str = ""
) -> Copy:
    if not copy.path("about.md").exists():
        copy.path("about.md").write_text("# About\n", encoding="utf-8")
        copy.enter("book/about")
    book = read_book(copy.root)
    plan = book.chapters[CHAPTER].session
    assert plan is not None
    text = ROUTE.format(minutes=minutes or total(book), session=session or plan.model.minutes)
    copy.path("routes.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return copy


def total(book: Book) -> int:
    chapter = book.chapters[CHAPTER]
    assert chapter.session is not None
    decisions = sum(sheet.model.minutes for sheet in chapter.decisions.values())
    first = chapter.decisions["first-step"].model.minutes
    return int(first + chapter.head.model.reading_minutes + decisions + chapter.session.model.minutes + 3)


def test_a_route_whose_minutes_add_up_has_no_faults(copy: Copy) -> None:
    assert written(copy).faults() == []


@pytest.mark.parametrize("share", [0.92, 1.08])
def test_a_tenth_either_way_is_allowed(copy: Copy, share: float) -> None:
    assert written(copy, minutes=round(share * total(read_book(copy.root)))).faults() == []


@pytest.mark.parametrize("share", [0.85, 1.15])
def test_more_than_a_tenth_is_told_with_the_sum(copy: Copy, share: float) -> None:
    true = total(read_book(copy.root))
    said = round(share * true)
    (fault,) = written(copy, minutes=said).faults()
    assert fault.startswith("routes.yaml:5\n") or "routes.yaml:4" in fault
    assert f"the parts take {true} minutes, not {said}. Say {true}" in fault


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("decide: first-step", "decide: frist-step", "there is no decision 'frist-step'. Did you mean 'first-step'?"),
        ("chapter: waiting-for-a-scan", "chapter: waiting", "there is no chapter 'waiting'."),
        ("page: book/about", "page: book/nowhere", "there is no page 'book/nowhere'."),
    ],
)
def test_a_stop_that_is_not_there_is_a_fault_at_its_line(copy: Copy, old: str, new: str, wrong: str) -> None:
    (fault,) = written(copy, old=old, new=new).faults()
    assert wrong in " ".join(fault.split())


def test_a_session_of_a_length_that_its_plan_does_not_have_is_a_fault(copy: Copy) -> None:
    (fault,) = written(copy, session=17).faults()
    assert "there is no session of 17 minutes in" in fault


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("- {decide: first-step}", "- {decide: first-step, chapter: waiting-for-a-scan}", "name one of"),
        ("title: About, minutes: 3", "title: About", "'minutes' belongs to a page or a session"),
        ("title: About, minutes: 3", "minutes: 3", "'title' belongs to a page"),
    ],
)
def test_a_stop_is_one_thing_with_what_that_thing_needs(copy: Copy, old: str, new: str, wrong: str) -> None:
    (fault,) = written(copy, old=old, new=new).faults()
    assert wrong in fault


def test_a_chapter_takes_longer_with_its_lab_and_the_decisions_in_it(real_book: Book) -> None:
    chapter = real_book.chapters["finding-people-at-risk"]
    in_lab = routes.lab_decisions(chapter)
    assert in_lab == {"how-far-it-fell", "what-the-gap-shows", "choose-the-comparison"}
    with_lab, without = (routes.minutes_of(chapter, lab=lab) for lab in (True, False))
    lab = chapter.head.model.lab_minutes + sum(chapter.decisions[name].model.minutes for name in in_lab)
    assert with_lab - without == lab

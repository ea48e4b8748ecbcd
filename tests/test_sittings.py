"""Sittings: what a front matter names is cut where it says and timed, and its author is told what is wrong."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fixture_book import ROOT, Copy

from commissioning.book import Book, Chapter, read_book, sittings
from commissioning.check import minutes
from commissioning.check import sittings as check_sittings
from commissioning.site import sittings as site_sittings
from commissioning.source.shapes import Sitting

CHAPTER = "finding-people-at-risk"


@pytest.fixture(scope="module")
def book() -> Book:
    return read_book(ROOT)


def named(chapter: Chapter, *begins: str) -> Chapter:
    """The chapter with other sittings, each called after its heading."""
    parts = [Sitting(title=f"On {words}", begins=words) for words in begins]
    head = replace(chapter.head, model=chapter.head.model.model_copy(update={"sittings": parts}))
    return replace(chapter, head=head)


def told(book: Book, chapter: Chapter) -> list[str]:
    return [
        fault.wrong for _, fault in check_sittings.find(replace(book, chapters={**book.chapters, CHAPTER: chapter}))
    ]


def test_sittings_hold_the_whole_chapter_once(book: Book) -> None:
    for chapter in book.chapters.values():
        parts = sittings.cut(chapter)
        assert "\n".join(part.text for part in parts) == chapter.text
        assert [name for part in parts for name in part.decisions] == list(chapter.order)


def test_their_minutes_are_those_of_the_chapter(book: Book) -> None:
    chapter = book.chapters[CHAPTER]
    each = [check_sittings.takes(book, chapter, part) for part in sittings.cut(chapter)]
    assert sum(each) == pytest.approx(check_sittings.whole(book, chapter), abs=0.1)
    decided = sum(sheet.model.minutes for sheet in chapter.decisions.values())
    assert sum(each) > minutes.reading(book, chapter) + 0.8 * decided


def test_the_questions_of_a_sitting_take_time(book: Book) -> None:
    chapter = book.chapters[CHAPTER]
    first, last = sittings.cut(chapter)[0], sittings.cut(chapter)[-1]
    silent = replace(chapter, questions=None)
    assert check_sittings.takes(book, chapter, last) > check_sittings.takes(book, silent, last) + 4
    alone = replace(book, chapters={CHAPTER: chapter})
    assert check_sittings.takes(book, chapter, first) > check_sittings.takes(alone, chapter, first) + 1


@pytest.mark.parametrize(
    ("begins", "wrong"),
    [
        ((), "the chapter takes "),
        (("Item six", "What a score ranks"), "there are 2 sittings."),
        (("Item six", "What a score rank", "Back at the table"), "no heading of the page, '##' or '###', reads"),
        (("What happens to extremes", "What a score ranks", "Back at the table"), "the first sitting begins later."),
        (
            ("Item six", "Back at the table", "What a score ranks"),
            "this heading stands above that of the sitting before.",
        ),
        (("Item six", "What a score ranks", "On Monday"), "'On On Monday' takes "),
        (("Item six", "Back at the table", "On Monday"), "'On Item six' takes "),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else len(value),
)
def test_wrong_sittings_are_told(book: Book, begins: tuple[str, ...], wrong: str) -> None:
    assert any(one.startswith(wrong) for one in told(book, named(book.chapters[CHAPTER], *begins)))


def test_a_fault_names_its_line_and_the_heading_that_was_meant(book: Book) -> None:
    chapter = named(book.chapters[CHAPTER], "Item six", "What a score rank", "Back at the table")
    (fault,) = [
        fault for _, fault in check_sittings.find(replace(book, chapters={CHAPTER: chapter})) if "reads" in fault.wrong
    ]
    assert fault.line > 1
    assert fault.right == "Did you mean 'What a score ranks'?"


def test_a_short_chapter_needs_none(copy: Copy) -> None:
    whole = read_book(copy.root)
    assert list(check_sittings.find(whole)) == []
    assert check_sittings.whole(whole, next(iter(whole.chapters.values()))) < 24


def test_a_heading_in_a_cell_or_a_box_begins_no_sitting(copy: Copy) -> None:
    chapter = next(iter(read_book(copy.root).chapters.values()))
    text = "\n## One\n\n```{code-cell} ipython3\n## two\n```\n\n:::{story}\n## Three\n:::\n\n### Four\n"
    assert [one.words for one in sittings.sections(replace(chapter, text=text))] == ["One", "Four"]


def test_the_ways_stylesheet_dresses_nothing_that_others_name() -> None:
    """book.css is on every page: a class of way.css that a kind or the game also uses would change it there."""
    package = ROOT / "src" / "commissioning"
    own = {"way.css", "around.css", "way.js", "again.js", "sittings.py", "later.py", "cover.py"}
    named = set(re.findall(r"\.([a-z][a-z-]+)", (package / "page/front/way.css").read_text(encoding="utf-8")))
    shared = {
        "bar",
        "brand",
        "small",
        "contents",
        "standfirst",
        "route",
        "routes",
        "on",
        "dot",
        "glow",
        "road",
        "cover",
    }
    paths = [
        path for path in package.rglob("*") if path.suffix in {".css", ".js", ".py", ".html"} and path.name not in own
    ]
    texts = {path.name: path.read_text(encoding="utf-8") for path in paths}
    for name in sorted(named - shared):
        used = rf"""\.{name}(?![\w-])[^(]*\{{|class[\w]*=["'][^"']*(?<![\w-]){name}(?![\w-])"""
        assert [file for file, text in texts.items() if re.search(used, text)] == [], name


def test_the_head_says_how_its_total_and_its_sittings_differ(book: Book) -> None:
    """A head once said 75 minutes and listed 64, and no word told that the lab's 20 were in no sitting."""
    for chapter in book.chapters.values():
        parts = sittings.cut(chapter)
        said, head = site_sittings.beside(book, chapter, parts), chapter.head.model
        held = [at for at, part in enumerate(parts, 1) if f"exercises/{chapter.slug}.ipynb" in part.text]
        assert bool(head.lab_minutes) == bool(held), chapter.slug
        if held:
            assert f"adds about {head.lab_minutes} minutes to sitting {held[0]}." in said
        asked = round(check_sittings.questions(book, chapter))
        assert f"about {asked} minute" in said
        listed = sum(site_sittings.minutes(book, chapter, part) for part in parts)
        total = minutes.reading(book, chapter) + sum(sheet.model.minutes for sheet in chapter.decisions.values())
        assert abs(listed - asked - total) <= 0.15 * total, chapter.slug


def test_a_chapter_without_a_notebook_says_nothing_of_one(book: Book) -> None:
    chapter = book.chapters[CHAPTER]
    silent = replace(
        chapter, head=replace(chapter.head, model=chapter.head.model.model_copy(update={"lab_minutes": 0}))
    )
    assert "notebook" in site_sittings.beside(book, chapter, sittings.cut(chapter))
    assert "notebook" not in site_sittings.beside(book, silent, sittings.cut(silent))

"""The book as its authors keep it: found, read whole, read again only when changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from fixture_book import CHAPTER, DECISIONS, FIXTURES, ROOT, Copy

from commissioning.book import Book, read_book, read_front_matter
from commissioning.book import book as books
from commissioning.book.book import read_sources
from commissioning.source.faults import Faults
from commissioning.source.root import find_root


def test_the_book_is_read_whole(small_book: Book) -> None:
    chapter = small_book.chapters[CHAPTER]
    assert (chapter.title, chapter.head.model.number) == ("Waiting for a scan", 1)
    assert {name: sheet.model.kind for name, sheet in chapter.decisions.items()} == DECISIONS
    assert chapter.questions
    assert list(chapter.questions.model) == ["who-waits", "what-first", "which-bar", "say-why", "say-how"]
    assert chapter.session
    assert (len(small_book.facts), len(small_book.sources), len(small_book.glossary)) == (2, 2, 2)


def test_decisions_are_numbered_in_the_order_of_the_page(small_book: Book) -> None:
    chapter = small_book.chapter(CHAPTER)
    assert [chapter.number_of(name) for name in ("how-long-a-queue", "first-step", "turn-the-dial")] == [
        "1.1",
        "1.2",
        "1.7",
    ]
    assert chapter.number_of("nowhere") == ""


def test_a_decision_knows_its_chapter(small_book: Book) -> None:
    assert small_book.chapter_of("first-step").slug == CHAPTER


def test_an_unknown_decision_is_answered_with_the_nearest(small_book: Book) -> None:
    with pytest.raises(LookupError, match=r"^there is no decision 'frist-step'\. Did you mean 'first-step'\?$"):
        small_book.chapter_of("frist-step")


def test_an_unknown_chapter_is_answered_with_the_nearest(small_book: Book) -> None:
    with pytest.raises(LookupError, match=r"^there is no chapter 'waiting'\. .*'waiting-for-a-scan'"):
        small_book.chapter("waiting")


def test_a_file_is_read_again_only_when_it_has_changed(copy: Copy) -> None:
    before = read_book(copy.root).chapter(CHAPTER)
    path = copy.path("chapter/decisions/first-step.yaml")
    copy.change("chapter/decisions/first-step.yaml", "title: The first step", "title: Another step")
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 10**9))
    after = read_book(copy.root).chapter(CHAPTER)
    assert after.decisions["first-step"].model.title == "Another step"
    assert after.decisions["in-what-order"] is before.decisions["in-what-order"]


def test_every_fault_of_shape_in_every_file_is_told_at_once(copy: Copy) -> None:
    copy.change("chapter/decisions/first-step.yaml", "era: then", "era: soon")
    copy.change("chapter/session.yaml", "minutes: 60", "minutes: some")
    copy.change("chapter/index.md", "number: 1", "number: one")
    copy.change("facts.yaml", "confidence: unsure", "confidence: vague")
    copy.change("references.bib", "@article{clinic-2013,", "@article clinic-2013,")
    copy.path("glossary.yaml").unlink()
    assert [fault.splitlines()[0] for fault in copy.faults()] == [
        "facts.yaml:15  'kept-appointments', confidence",
        "glossary.yaml:1",
        "references.bib:1",
        "chapter/decisions/first-step.yaml:4  era",
        "chapter/index.md:11  number",
        "chapter/session.yaml:4  minutes",
    ]


def test_lines_of_front_matter_are_those_of_the_page(copy: Copy) -> None:
    copy.change("chapter/index.md", "stage: Understand", "stagee: Understand")
    assert copy.faults() == [
        "chapter/index.md:11\n  'stage' is missing.",
        "chapter/index.md:12  stagee\n  'stagee' is not a key here. Did you mean 'stage'?",
    ]


@pytest.mark.parametrize("broken", ["chaptr:\n  number: 1", "title: x"])
def test_a_chapter_without_its_front_matter_does_not_vanish_in_silence(copy: Copy, broken: str) -> None:
    copy.change("chapter/index.md", "chapter:\n  number: 1", broken)
    assert copy.faults()[0] == (
        "chapter/index.md:1\n  the page has no 'chapter:' in its front matter, but its folder holds a chapter's files. "
        "Begin the page with '---', the front matter, and '---'."
    )


def test_a_page_that_is_no_chapter_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "index.md"
    page.write_text("# Just a page\n\nWith text.\n", encoding="utf-8")
    assert read_front_matter(page) == (None, "# Just a page\n\nWith text.", 1)


def test_a_byte_order_mark_does_not_hide_the_front_matter(copy: Copy) -> None:
    page = copy.path("chapter/index.md")
    page.write_bytes(b"\xef\xbb\xbf" + page.read_bytes())
    assert copy.faults() == []


@pytest.mark.parametrize("name", ["chapter/index.md", "references.bib", "facts.yaml", "chapter/questions.yaml"])
def test_a_file_that_is_not_utf8_is_a_fault_wherever_it_stands(copy: Copy, name: str) -> None:
    path = copy.path(name)
    path.write_bytes(path.read_bytes() + b"\n# caf\xe9\n")
    line = path.read_bytes().count(b"\n")
    assert copy.faults() == [f"{name}:{line}\n  this is not UTF-8 text. Save the file as UTF-8."]


def test_broken_bibtex_is_told_with_its_line(copy: Copy) -> None:
    copy.change("references.bib", "title = {What we would do again},", "title = {What we would do again,")
    (fault,) = copy.faults()
    assert fault.startswith("references.bib:")
    assert "this is not valid BibTeX" in fault


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://a.example/b", "//a.example/b", "data:text/html,b", "a.html", "https://a b"]
)
def test_an_address_that_is_not_of_the_web_is_told_with_its_line(copy: Copy, url: str) -> None:
    copy.change("references.bib", "https://example.org/again", url)
    line = copy.path("references.bib").read_text("utf-8").split(url)[0].count("\n") + 1
    (fault,) = copy.faults()
    assert fault.startswith(f"references.bib:{line}  source 'team-2014'")
    assert f"'{url}' is no address of the web. Write an address that begins with 'https://'" in fault


def test_a_reference_named_twice_is_told(copy: Copy) -> None:
    copy.change("references.bib", "@techreport{team-2014,", "@techreport{clinic-2013,")
    (fault,) = copy.faults()
    assert "clinic-2013" in fault


def test_sources_are_printed_as_a_list_of_references_would(small_book: Book) -> None:
    clinic, team = small_book.sources["clinic-2013"], small_book.sources["team-2014"]
    assert (clinic.short, clinic.published) == ("Penrose and others 2013", "Journal of Invented Clinics 7 (2):11–19")
    assert (team.short, team.published) == ("Tern 2014", "An Invented Trust")
    assert (clinic.url, team.url) == ("https://doi.org/10.0000/invented", "https://example.org/again")


def test_two_authors_are_both_named(tmp_path: Path) -> None:
    bib = tmp_path / "a.bib"
    bib.write_text("@book{ab, author={van der Berg, A. and {The Trust}}, title={T}, year={1999}}", encoding="utf-8")
    assert read_sources(bib)["ab"].short == "van der Berg and The Trust 1999"


def test_a_source_without_authors_goes_by_its_publisher(tmp_path: Path) -> None:
    bib = tmp_path / "a.bib"
    bib.write_text("@misc{x, publisher={The Journal}, title={T}, year={2012}}", encoding="utf-8")
    assert read_sources(bib)["x"].short == "The Journal 2012"


def test_the_book_is_found_from_any_folder_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMMISSIONING_BOOK", raising=False)
    assert find_root(FIXTURES / "book" / "book" / CHAPTER) == FIXTURES / "book"
    assert find_root(ROOT / "src" / "commissioning") == ROOT


def test_the_environment_may_name_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMISSIONING_BOOK", str(FIXTURES / "book"))
    assert find_root(ROOT) == FIXTURES / "book"


def test_a_named_book_that_is_none_is_named_in_the_message(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COMMISSIONING_BOOK", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="which COMMISSIONING_BOOK names"):
        find_root(ROOT)


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Faults, match="the file is missing"):
        books.sheet(tmp_path / "decision.yaml", "decision")

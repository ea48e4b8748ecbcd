"""Closing questions come back at the start of later chapters, open again, under their own ids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fixture_book import Copy

from commissioning import check, page
from commissioning.book import read_book
from commissioning.book.compile import compile_from_before, compile_questions
from commissioning.jupyter.widget import QUESTIONS_MIME, from_before


@pytest.fixture
def three(copy: Copy) -> Path:
    """The fixture book with its chapter twice more; the third asks two questions of the first."""
    first = next(path.parent for path in sorted((copy.root / "book").glob("*/index.md")))
    slug = first.name
    names = list(read_book(copy.root).chapters[slug].questions.model)[:2]
    for number, called in ((2, "second"), (3, "third")):
        folder = copy.root / "book" / called
        folder.mkdir()
        text = (first / "index.md").read_text(encoding="utf-8").replace(slug, called)
        text = re.sub(r"number: \d+", f"number: {number}", text)
        for path in (first / "decisions").glob("*.yaml"):
            (folder / "decisions").mkdir(exist_ok=True)
            new = f"{called}-{path.stem}"
            (folder / "decisions" / f"{new}.yaml").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
            text = text.replace(f'decision("{path.stem}")', f'decision("{new}")')
        if called == "third":
            asked = ", ".join(f"{slug}--{name}" for name in names)
            text = re.sub(r"(\n)(\s+)(number: 3)", rf"\1\2\3\1\2from_before: [{asked}]", text)
            text += '\n```{code-cell} ipython3\nfrom commissioning import from_before\n\nfrom_before("third")\n```\n'
        (folder / "index.md").write_text(text, encoding="utf-8")
        for name in ("questions.yaml", "session.yaml"):
            (folder / name).write_text((first / name).read_text(encoding="utf-8"), encoding="utf-8")
    text = (first / "index.md").read_text(encoding="utf-8")
    (first / "index.md").write_text(re.sub(r"number: \d+", "number: 1", text), encoding="utf-8")
    toc = copy.root / "_toc.yml"
    named = "chapters:\n  - file: book/second/index\n  - file: book/third/index\n"
    toc.write_text(toc.read_text(encoding="utf-8") + named, encoding="utf-8")
    owed = copy.root / "book" / "owed.yaml"  # the short sentences of the fixture, and its keys, three times
    owed.write_text(f"guessers: [the-book]\nprose: [{slug}, second, third]\n", encoding="utf-8")
    return copy.root


def test_a_later_chapter_asks_again_under_the_first_ones_ids(three: Path) -> None:
    book = read_book(three)
    first = next(iter(book.chapters))
    again = compile_from_before(book, "third")
    asked = compile_questions(book, first)[:2]
    assert [one.id for one in again] == [one.id for one in asked]
    assert [one.edition for one in again] == [one.edition for one in asked]
    assert all(one.again for one in again)
    assert not any(one.again for one in asked)


def test_what_is_asked_again_begins_open_in_the_page(three: Path) -> None:
    html = page.questions_html(compile_from_before(read_book(three), "third"))
    assert html.count("data-asked-again>") == 2


def test_a_book_whose_third_chapter_asks_two_from_the_first_has_no_fault(three: Path) -> None:
    assert check.find_all(three) == []


def test_a_third_chapter_that_asks_nothing_from_before_is_told(three: Path) -> None:
    path = three / "book" / "third" / "index.md"
    path.write_text(re.sub(r"\n\s+from_before: .*", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert ["fewer than two questions from before" in str(fault) for fault in check.find_all(three)] == [True]


def test_a_question_of_the_chapter_just_before_is_too_near(three: Path) -> None:
    path = three / "book" / "third" / "index.md"
    text = re.sub(r"from_before: \[[a-z-]+?--", "from_before: [second--", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    told = [str(fault) for fault in check.find_all(three)]
    assert any("no closing question of a chapter at least two before" in one for one in told)


def test_a_second_chapter_may_ask_the_first_which_is_all_that_there_is(three: Path) -> None:
    asked = re.search(r"from_before: .*", (three / "book" / "third" / "index.md").read_text(encoding="utf-8"))
    path = three / "book" / "second" / "index.md"
    text = path.read_text(encoding="utf-8")
    assert asked
    assert "from_before" not in text
    text = re.sub(r"\n(\s+)outcomes:", rf"\n\1{asked.group()}\n\1outcomes:", text, count=1)
    path.write_text(text, encoding="utf-8")
    assert ["no cell of the chapter asks them" in str(fault) for fault in check.find_all(three)] == [True]


def test_the_widget_carries_only_the_chapter(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMISSIONING_BOOK", str(three))
    bundle, _ = from_before("third")._repr_mimebundle_()
    assert bundle[QUESTIONS_MIME] == {"chapter": "third", "from_before": True}

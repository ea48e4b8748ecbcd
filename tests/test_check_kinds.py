"""What a kind lacks is named by the check, with its folder, wherever it is owed."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from fixture_book import ROOT

from commissioning.book import Book
from commissioning.check import kinds as check_kinds
from commissioning.kinds import KINDS
from commissioning.kinds.kind import ELSEWHERE


def said(book: Book) -> list[str]:
    return [f"{fault.path.parent.name}: {fault.wrong}" for fault in check_kinds.find(book)]


def test_the_books_own_kinds_owe_nothing(real_book: Book) -> None:
    assert said(real_book) == []


@pytest.fixture
def as_they_were() -> Iterator[None]:
    """The kinds afterwards as they were, in their order: one that is taken out and put back would stand last."""
    kept = dict(KINDS)
    yield
    KINDS.clear()
    KINDS.update(kept)


@pytest.mark.usefixtures("as_they_were")
def test_a_folder_that_is_not_named_is_found(real_book: Book) -> None:
    del KINDS["ranking"]
    assert said(real_book) == ["ranking: this kind is not in the book."]


@pytest.mark.parametrize("part", ["MARKED", "find", "explained"])
def test_a_part_that_is_missing_is_named(real_book: Book, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    monkeypatch.delattr(KINDS["ranking"], part)
    [fault] = said(real_book)
    assert fault.startswith(f"ranking: ranking/__init__.py: {part}")


def test_what_is_owed_elsewhere_is_asked_for(real_book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "strike", SimpleNamespace(**{**vars(KINDS["ranking"]), "NAME": "strike"}))
    found = said(real_book)
    for place in ELSEWHERE:
        assert any(place.format(name="strike", module="strike") in fault for fault in found), place
    assert (ROOT / "tests/contract/ranking.json").is_file()

"""The index of the fixture book, for the tests of this folder."""

from __future__ import annotations

import pytest

from commissioning.book import Book
from commissioning.record import views as record_views
from commissioning.record.views import Index


@pytest.fixture(scope="module")
def known(small_book: Book) -> Index:
    """The index of the fixture book."""
    return record_views.make_index(small_book)

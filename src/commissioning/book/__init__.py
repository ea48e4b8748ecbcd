"""The whole book as its authors keep it, and what learners and tutors are given of it.

`read_book` reads it; `compile` makes an Exercise (learners) or a TutorGuide (tutors) from it; `routes`, `uses` and
`coverage` say how its parts hang together.
"""

from __future__ import annotations

from commissioning.book.book import CELL, HEADS, SHAPES, START, Book, Chapter, Source, read_book, read_front_matter

__all__ = ["CELL", "HEADS", "SHAPES", "START", "Book", "Chapter", "Source", "read_book", "read_front_matter"]
